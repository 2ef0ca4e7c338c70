import { goTo } from '../../app/places';
import { t } from '../../text/text';
import { FaultSummary, FormFrame, TextField } from '../../ui/fields';
import { faultOf, useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Link } from '../../ui/pieces';
import { checkInvitation } from './checks';
import { signInByInvitation } from './official';

/** Where an official comes in for the first time. */
export default function InvitationPage() {
  const form = useForm({ invitation: '' });
  const enter = () => {
    const fault = checkInvitation(form.value('invitation'));
    if (fault) return form.fail([fault]);
    form.submit(async () => {
      const answer = await signInByInvitation(form.value('invitation').trim());
      if (answer.ok) return goTo('staff/first-passkey', 'replace');
      const fields = { invitation: 'invitation' };
      const found = faultOf(answer.failure, { fields, words: { unauthenticated: 'official.invitation.refused' } });
      form.fail([answer.failure.kind === 'refused' && answer.failure.status === 401 ? { ...found, field: 'invitation' } : found]);
    });
  };
  return (
    <>
      <p class="back"><Link to="staff">{t('official.sign-in')}</Link></p>
      <FaultSummary form={form} />
      <Page title={t('official.invitation')} faulty={form.faults.length > 0}>
        <p class="lead">{t('official.invitation.lead')}</p>
        <FormFrame form={form} onSubmit={enter}>
          <TextField form={form} name="invitation" label={t('official.invitation.label')} hint={t('official.invitation.hint')} />
          <p class="actions"><Button type="submit" busy={form.busy}>{t('official.invitation.use')}</Button></p>
        </FormFrame>
      </Page>
    </>
  );
}
