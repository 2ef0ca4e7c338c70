import { useEffect, useRef, useState } from 'preact/hooks';
import { type Answer, freshKey, get } from '../../api/client';
import { hasPasskeys, type PasskeyFailure, signInByPasskey } from '../../api/passkeys';
import { testPeople } from '../../api/wire';
import { loadAhead } from '../../app/ahead';
import { greet, signIn } from '../../app/session';
import { t } from '../../text/text';
import { type Fault, faultOf, type Form, type Placing, useForm } from '../../ui/form';
import { FaultSummary, FormFrame, TextField } from '../../ui/fields';
import { Button, Link } from '../../ui/pieces';
import { checkCard, checkCode } from './credentials';

/** Hears that somebody is in, and whether it is another person than before. */
type Done = (another: boolean) => void;

const placing: Placing = {
  fields: { card: 'card', code: 'code' },
  words: {
    unauthenticated: 'sign-in.wrong',
    'forbidden': 'sign-in.another-person',
    'invalid:card': 'sign-in.card.wrong',
    'invalid:code': 'sign-in.code.wrong',
  },
};

function faultOfPasskey(failure: PasskeyFailure): Fault {
  if (failure.kind === 'no-passkey' || failure.kind === 'there-already') return { field: null, id: 'sign-in.passkey.none' };
  if (failure.kind === 'wrong-address') return { field: null, id: 'sign-in.passkey.wrong-address' };
  return faultOf(failure, { words: { unauthenticated: 'sign-in.passkey.unknown', forbidden: 'sign-in.another-person', unsupported: 'sign-in.passkey.wrong-address' } });
}

/** On, once it is known who it is. */
function welcome(greeted: Answer<boolean>, form: Form, onDone: Done): void {
  if (greeted.ok) onDone(greeted.value);
  else form.fail([faultOf(greeted.failure)]);
}

function Passkey({ again, form, onDone }: { again: boolean; form: Form; onDone: Done }) {
  const use = () => form.submit(async () => {
    loadAhead('home');
    const answer = await signInByPasskey(again);
    if (!answer.ok) return form.fail([faultOfPasskey(answer.failure)]);
    welcome(await greet(), form, onDone);
  });
  return (
    <section class="other-way">
      <h2>{t('sign-in.passkey')}</h2>
      <p class="hint">{t('sign-in.passkey.what')}</p>
      <Button second busy={form.busy} onClick={use}>{t('sign-in.passkey.use')}</Button>
    </section>
  );
}

/** Test mode's specimens; nothing elsewhere. */
function TestPeople({ form, onDone }: { form: Form; onDone: Done }) {
  const [people, show] = useState<readonly { id: string; label: string }[]>([]);
  useEffect(() => {
    void get('/api/v1/test-people', testPeople, { gated: false }).then((answer) => answer.ok && show(answer.value.test_people));
  }, []);
  if (people.length === 0) return null;
  const enter = (test_person: string) => form.submit(async () => {
    loadAhead('home');
    const answer = await signIn({ test_person }, freshKey());
    if (answer.ok) welcome(await greet(), form, onDone);
    else form.fail([faultOf(answer.failure)]);
  });
  return (
    <section class="other-way" aria-labelledby="specimens">
      <h2 id="specimens">{t('sign-in.test')}</h2>
      <p class="hint">{t('sign-in.test.what')}</p>
      <ul class="people">
        {people.map(({ id, label }) => <li key={id}><Button second busy={form.busy} onClick={() => enter(id)}>{label}</Button></li>)}
      </ul>
    </section>
  );
}

/** Every way in. `again`: only as the person whose session it is. */
export function SignInForm({ again, onDone }: { again: boolean; onDone: Done }) {
  const form = useForm({ card: '', code: '' });
  const key = useRef({ of: '', value: '' });
  const submit = () => {
    const [card, code] = [form.value('card'), form.value('code')];
    const faults = [checkCard(card), checkCode(code)].filter((fault): fault is Fault => fault !== null);
    if (faults.length > 0) return form.fail(faults);
    // Repeated without a change it is the same request: a code is good once, and its answer may have been lost.
    const asked = JSON.stringify([card, code]);
    if (key.current.of !== asked) key.current = { of: asked, value: freshKey() };
    form.submit(async () => {
      loadAhead('home');
      const answer = await signIn({ card, code }, key.current.value);
      if (answer.ok) return welcome(await greet(), form, onDone);
      if (answer.failure.kind === 'refused') key.current = { of: '', value: '' };
      form.fail([faultOf(answer.failure, placing)]);
    });
  };
  return (
    <>
      <FaultSummary form={form} />
      {again && hasPasskeys() && <Passkey again form={form} onDone={onDone} />}
      <section class="card">
        <h2>{t('sign-in.card.title')}</h2>
        <FormFrame form={form} onSubmit={submit}>
          <TextField form={form} name="card" label={t('sign-in.card')} hint={t('sign-in.card.hint')} width="medium" autocomplete="username" capitals />
          <TextField form={form} name="code" label={t('sign-in.code')} hint={t('sign-in.code.hint')} width="medium" autocomplete="one-time-code" capitals />
          <p class="actions"><Button type="submit" busy={form.busy}>{t('sign-in.button')}</Button></p>
        </FormFrame>
        <p class="hint"><Link to="freeze">{t('sign-in.freeze')}</Link></p>
      </section>
      {!again && hasPasskeys() && <Passkey again={false} form={form} onDone={onDone} />}
      <TestPeople form={form} onDone={onDone} />
    </>
  );
}
