import { t } from '../../text/text';
import { Around, describing, FaultSummary, FormFrame, inputId, type Labelled } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Note } from '../../ui/pieces';
import { signIn } from './asking';
import { faultInWords } from './words';

/** What is typed is not to be read over a shoulder, and not to be kept. */
function SecretField(labelled: Labelled) {
  const { form, name, hint } = labelled;
  const fault = form.faultOf(name);
  return (
    <Around {...labelled}>
      <input
        id={inputId(name)} name={name} type="password" value={form.value(name)} autocomplete="off" spellcheck={false}
        aria-invalid={fault ? true : undefined} {...describing(name, hint, fault)} onInput={({ currentTarget }) => form.set(name, currentTarget.value)}
      />
    </Around>
  );
}

/** `ended`: somebody was signed in here, and is no more. */
export function SignInView({ ended, onIn }: { ended: boolean; onIn: () => void }) {
  const form = useForm({ key: '' });
  const submit = () => {
    const key = form.value('key').trim();
    if (key === '') return form.fail([{ field: 'key', id: 'desk.key.missing' }]);
    form.submit(async () => {
      const came = await signIn(key);
      if (came.ok) return onIn();
      const { why } = came;
      form.fail([{ field: why === 'wrong-key' ? 'key' : null, words: () => faultInWords(why) }]);
    });
  };
  return (
    <Page title={t('desk.sign-in')} faulty={form.faults.length > 0}>
      {ended && <Note><p>{t('desk.ended')}</p></Note>}
      <p class="lead">{t('desk.what')}</p>
      <FaultSummary form={form} />
      <FormFrame form={form} onSubmit={submit}>
        <SecretField form={form} name="key" label={t('desk.key')} hint={t('desk.key.hint')} />
        <p class="actions"><Button type="submit" busy={form.busy}>{t('sign-in.button')}</Button></p>
      </FormFrame>
    </Page>
  );
}
