import type { Route } from './routes';

/** Every page of the app. Pages of one area come in files of their own, loaded when one of them is opened. */
export const routes: readonly Route[] = [
  { pattern: '', load: () => import('../pages/sign-in/start_page'), area: 'frame' },
  { pattern: 'home', load: () => import('../pages/home/home_page'), area: 'resident' },
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
  { pattern: 'history', load: () => import('../pages/records/history_page'), area: 'resident' },
  { pattern: 'inbox', load: () => import('../pages/records/inbox_page'), area: 'resident' },
  { pattern: 'codes', load: () => import('../pages/sharing/codes_page'), area: 'resident' },
  { pattern: 'invitations', load: () => import('../pages/sharing/invitations_page'), area: 'resident' },
  { pattern: 'proofs', load: () => import('../pages/sharing/proofs_page'), area: 'resident' },
  { pattern: 'account', load: () => import('../pages/account/account_page'), area: 'resident' },
  { pattern: 'receipts/{entry}', load: () => import('../pages/records/receipt_page'), area: 'resident' },
];
