import { hasPasskeys } from '../../api/passkeys';
import { addOfficialsPasskey } from '../../api/staff_passkeys';
import { t } from '../../text/text';
import { FormFrame, TextField } from '../../ui/fields';
import type { Form, Placing } from '../../ui/form';
import { Button } from '../../ui/pieces';
import { checkPasskeyName } from './checks';
import { faultOfPasskey } from './passkey_faults';

interface Props {
  /** With a field "name". */
  form: Form;
  /** False for somebody who has no other way in yet. */
  gated: boolean;
  words?: Placing['words'];
  onAdded: (name: string) => void;
}

/** Makes a passkey on this device. */
export function PasskeyForm({ form, gated, words, onAdded }: Props) {
  if (!hasPasskeys()) return <p class="note">{t('official.passkey.not-here')}</p>;
  const add = () => {
    const name = form.value('name').trim();
    const fault = checkPasskeyName(name);
    if (fault) return form.fail([fault]);
    form.submit(async () => {
      const answer = await addOfficialsPasskey(name, gated);
      if (!answer.ok) return form.fail([faultOfPasskey(answer.failure, { fields: { name: 'name' }, ...(words ? { words } : {}) })]);
      form.set('name', '');
      form.fail([]);
      onAdded(name);
    });
  };
  return (
    <FormFrame form={form} onSubmit={add}>
      <TextField form={form} name="name" label={t('official.passkey.name')} hint={t('official.passkey.name.hint')} width="medium" />
      <p class="actions"><Button type="submit" busy={form.busy}>{t('official.passkey.add')}</Button></p>
    </FormFrame>
  );
}
