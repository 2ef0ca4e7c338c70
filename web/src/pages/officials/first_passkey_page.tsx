import { useState } from 'preact/hooks';
import { t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { ButtonLink } from '../../ui/pieces';
import { PasskeyForm } from './passkey_form';

/** For somebody whose invitation let them in: a passkey, and nothing else. */
export default function FirstPasskeyPage() {
  const form = useForm({ name: '' });
  const [added, setAdded] = useState<string | null>(null);
  if (added !== null)
    return (
      <Page key="added" title={t('official.first.done')}>
        <p class="lead">{t('official.first.done.what', { name: added })}</p>
        <p class="actions"><ButtonLink to="staff">{t('official.sign-in')}</ButtonLink></p>
      </Page>
    );
  return (
    <>
      <FaultSummary form={form} />
      <Page title={t('official.first')} faulty={form.faults.length > 0}>
        <p class="lead">{t('official.first.lead')}</p>
        <p>{t('official.first.what')}</p>
        <PasskeyForm form={form} gated={false} words={{ unauthenticated: 'official.first.over' }} onAdded={setAdded} />
      </Page>
    </>
  );
}
