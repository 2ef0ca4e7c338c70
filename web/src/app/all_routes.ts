import type { Route } from './routes';

/** Pages about oneself that there are about a child as well: registrations, codes for officials, receipts. */
const either: readonly Route[] = [
  { pattern: 'register', load: () => import('../pages/register/kind_page'), area: 'resident' },
  { pattern: 'register/address', load: () => import('../pages/register/address_page'), area: 'resident' },
  { pattern: 'register/dates', load: () => import('../pages/register/dates_page'), area: 'resident' },
  { pattern: 'register/check', load: () => import('../pages/register/check_page'), area: 'resident' },
  { pattern: 'register/waiting', load: () => import('../pages/register/waiting_page'), area: 'resident' },
  { pattern: 'registrations/{id}', load: () => import('../pages/registrations/registration_page'), area: 'resident' },
  { pattern: 'registrations/{id}/move', load: () => import('../pages/registrations/move_page'), area: 'resident' },
  { pattern: 'registrations/{id}/correct', load: () => import('../pages/registrations/correct_page'), area: 'resident' },
  { pattern: 'registrations/{id}/renew', load: () => import('../pages/registrations/renew_page'), area: 'resident' },
  { pattern: 'registrations/{id}/make-main', load: () => import('../pages/registrations/make_main_page'), area: 'resident' },
  { pattern: 'registrations/{id}/end', load: () => import('../pages/registrations/end_page'), area: 'resident' },
  { pattern: 'registrations/{id}/landlord', load: () => import('../pages/registrations/landlord_page'), area: 'resident' },
  { pattern: 'registrations/{id}/letter', load: () => import('../pages/registrations/letter_page'), area: 'resident' },
  { pattern: 'codes', load: () => import('../pages/sharing/codes_page'), area: 'resident' },
  { pattern: 'receipts/{entry}', load: () => import('../pages/records/receipt_page'), area: 'resident' },
];

/** The same page about a child that one files for. */
function forChild({ pattern, load, area }: Route): Route {
  const loadBoth = async () => {
    const [page, { ofChild }] = await Promise.all([load(), import('../pages/household/of_child')]);
    return { default: ofChild(page.default) };
  };
  return { pattern: pattern === '' ? 'children/{child}' : `children/{child}/${pattern}`, load: loadBoth, area };
}

/** Every page of the app. Pages of one area come in files of their own, loaded when one of them is opened. */
export const routes: readonly Route[] = [
  { pattern: '', load: () => import('../pages/sign-in/start_page'), area: 'frame' },
  { pattern: 'home', load: () => import('../pages/home/home_page'), area: 'resident' },
  ...either,
  ...either.map(forChild),
  { pattern: 'children', load: () => import('../pages/household/children_page'), area: 'resident' },
  forChild({ pattern: '', load: () => import('../pages/household/child_page'), area: 'resident' }),
  forChild({ pattern: 'history', load: () => import('../pages/household/history_page'), area: 'resident' }),
  { pattern: 'rights', load: () => import('../pages/rights/rights_page'), area: 'resident' },
  { pattern: 'rights/erasure', load: () => import('../pages/rights/erasure_page'), area: 'resident' },
  { pattern: 'history', load: () => import('../pages/records/history_page'), area: 'resident' },
  { pattern: 'inbox', load: () => import('../pages/records/inbox_page'), area: 'resident' },
  { pattern: 'invitations', load: () => import('../pages/sharing/invitations_page'), area: 'resident' },
  { pattern: 'proofs', load: () => import('../pages/proofs/proofs_page'), area: 'proofs' },
  { pattern: 'proofs/new', load: () => import('../pages/proofs/new_page'), area: 'proofs' },
  { pattern: 'proofs/kept/{id}', load: () => import('../pages/proofs/kept_page'), area: 'proofs' },
  { pattern: 'proofs/{entry}/withdraw', load: () => import('../pages/proofs/withdraw_page'), area: 'proofs' },
  { pattern: 'account', load: () => import('../pages/account/account_page'), area: 'resident' },
  { pattern: 'about', load: () => import('../pages/public/about_page'), area: 'public' },
  { pattern: 'log', load: () => import('../pages/public/log_page'), area: 'public' },
  { pattern: 'openings', load: () => import('../pages/public/openings_page'), area: 'public' },
  { pattern: 'privacy', load: () => import('../pages/public/privacy_page'), area: 'public' },
  { pattern: 'rules', load: () => import('../pages/public/rules_page'), area: 'public' },
  { pattern: 'freeze', load: () => import('../pages/public/freeze_page'), area: 'public' },
  { pattern: 'staff', load: () => import('../pages/officials/start_page'), area: 'official' },
  { pattern: 'staff/invitation', load: () => import('../pages/officials/invitation_page'), area: 'official' },
  { pattern: 'staff/first-passkey', load: () => import('../pages/officials/first_passkey_page'), area: 'official' },
  { pattern: 'staff/open', load: () => import('../pages/officials/open_page'), area: 'official' },
  { pattern: 'staff/open/check', load: () => import('../pages/officials/check_page'), area: 'official' },
  { pattern: 'staff/identify', load: () => import('../pages/officials/identify_page'), area: 'official' },
  { pattern: 'staff/roles', load: () => import('../pages/officials/roles_page'), area: 'official' },
  { pattern: 'staff/passkeys', load: () => import('../pages/officials/passkeys_page'), area: 'official' },
  { pattern: 'helpers', load: () => import('../pages/device/helpers_page'), area: 'device' },
  { pattern: 'deadlines', load: () => import('../pages/device/deadlines_page'), area: 'device' },
  { pattern: 'payment', load: () => import('../pages/device/payment_page'), area: 'device' },
  { pattern: 'payment/permit', load: () => import('../pages/device/permit_page'), area: 'device' },
  { pattern: 'payment/account', load: () => import('../pages/device/account_page'), area: 'device' },
  { pattern: 'payment/transfer', load: () => import('../pages/device/transfer_page'), area: 'device' },
  { pattern: 'arrival', load: () => import('../pages/device/arrival_page'), area: 'device' },
  { pattern: 'arrival/trip', load: () => import('../pages/device/trip_page'), area: 'device' },
  { pattern: 'arrival/person/{number}', load: () => import('../pages/device/person_page'), area: 'device' },
  { pattern: 'arrival/show', load: () => import('../pages/device/arrival_show_page'), area: 'device' },
];
