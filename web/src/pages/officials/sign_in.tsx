import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../api/client';
import { get } from '../../api/client';
import type { Gate } from '../../api/gate';
import { hasPasskeys, type PasskeyAnswer } from '../../api/passkeys';
import { signInAsOfficial } from '../../api/staff_passkeys';
import { goTo } from '../../app/places';
import { t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import { faultOf, type Form, useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Link } from '../../ui/pieces';
import { useInFront } from '../sign-in/gate_page';
import { isAnother, signInAsSpecimen } from './official';
import { faultOfPasskey } from './passkey_faults';
import { testStaff } from './wire';

type SignIn = () => Promise<Answer<unknown> | PasskeyAnswer>;
type Enter = (sign_in: SignIn) => void;

/** Test mode's specimens; nothing elsewhere. */
function Specimens({ form, enter }: { form: Form; enter: Enter }) {
  const [all, show] = useState<ReturnType<typeof testStaff>['test_staff']>([]);
  useEffect(() => {
    void get('/api/v1/test-people', testStaff, { gated: false }).then((answer) => answer.ok && show(answer.value.test_staff));
  }, []);
  if (all.length === 0) return null;
  return (
    <section class="other-way" aria-labelledby="specimens">
      <h2 id="specimens">{t('official.test')}</h2>
      <p class="hint">{t('official.test.what')}</p>
      <ul class="people">
        {all.map(({ id, name, office }) => (
          <li key={id}><Button second busy={form.busy} onClick={() => enter(() => signInAsSpecimen(id))}><span>{name}<small>{office}</small></span></Button></li>
        ))}
      </ul>
    </section>
  );
}

interface Props {
  gate: Gate;
  onPassed: () => void;
  onGivenUp: () => void;
}

/** Stands in front of an official's page whose request waits for a sign-in. The page stays as it is behind it. */
export function OfficialsGate({ gate, onPassed, onGivenUp }: Props) {
  useInFront('#official-page h1');
  const form = useForm({});
  const again = gate === 'fresh-sign-in';
  const enter: Enter = (sign_in) => form.submit(async () => {
    const came = await sign_in();
    if (!came.ok) return form.fail([faultOfPasskey(came.failure)]);
    const another = await isAnother();
    if (!another.ok) return form.fail([faultOf(another.failure)]);
    if (!another.value) return onPassed();
    // Somebody else does not send what their colleague typed.
    onGivenUp();
    goTo('staff', 'replace');
  });
  const giveUp = () => {
    onGivenUp();
    if (!again) goTo('');
  };
  return (
    <>
      <FaultSummary form={form} />
      <Page title={t(again ? 'official.again' : 'official.sign-in')} faulty={form.faults.length > 0}>
        <p class="lead">{t(again ? 'official.again.why' : 'official.sign-in.what')}</p>
        {hasPasskeys() ? (
          <p class="actions"><Button busy={form.busy} onClick={() => enter(signInAsOfficial)}>{t('official.sign-in.passkey')}</Button></p>
        ) : (
          <p>{t('official.passkey.not-here')}</p>
        )}
        {!again && <p><Link to="staff/invitation">{t('official.sign-in.invited')}</Link></p>}
        <Specimens form={form} enter={enter} />
        <p><Button quiet onClick={giveUp}>{t(again ? 'gate.back' : 'app.to-start')}</Button></p>
      </Page>
    </>
  );
}
