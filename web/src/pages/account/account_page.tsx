import { goTo } from '../../app/places';
import { signOut } from '../../app/session';
import { t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button } from '../../ui/pieces';
import { ContactSection } from './contact';
import { PasskeySection } from './passkeys';
import { PrintedCodes } from './printed_codes';
import { Sessions } from './sessions';

/** How one signs in, where one is signed in, and where news go. */
export default function AccountPage() {
  const form = useForm({ passkey: '', address: '', reminders: '', code: '' });
  const leave = () => void signOut().then(() => goTo('', 'replace'));
  return (
    <>
      <FaultSummary form={form} />
      <Page title={t('account.title')} faulty={form.faults.length > 0}>
        <p class="actions"><Button second onClick={leave}>{t('account.sign-out')}</Button></p>
        <PasskeySection form={form} />
        <PrintedCodes form={form} />
        <Sessions form={form} />
        <ContactSection form={form} />
      </Page>
    </>
  );
}
