import { get, post } from '../../api/client';
import { addPasskey, hasPasskeys } from '../../api/passkeys';
import { passkeys, receiptAnswer } from '../../api/wire';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FormFrame, TextField } from '../../ui/fields';
import { faultOf, type Form } from '../../ui/form';
import { useLoaded } from '../../ui/loading';
import { Button, Unseen } from '../../ui/pieces';
import { Section } from './section';

function AddPasskey({ form, onAdded }: { form: Form; onAdded: () => void }) {
  const add = () => {
    const name = form.value('passkey').trim();
    if (name === '') return form.fail([{ field: 'passkey', id: 'account.passkey.name.missing' }]);
    form.submit(async () => {
      const answer = await addPasskey(name);
      if (answer.ok) {
        form.set('passkey', '');
        form.fail([]);
        return onAdded();
      }
      const { failure } = answer;
      if (failure.kind === 'no-passkey' || failure.kind === 'wrong-address' || failure.kind === 'there-already')
        form.fail([{ field: null, id: `account.passkey.${failure.kind}` }]);
      else form.fail([faultOf(failure, { fields: { name: 'passkey' } })]);
    });
  };
  return (
    <FormFrame form={form} onSubmit={add}>
      <TextField form={form} name="passkey" label={t('account.passkey.name')} hint={t('account.passkey.name.hint')} width="medium" />
      <p class="actions"><Button second type="submit" busy={form.busy}>{t('account.passkey.add')}</Button></p>
    </FormFrame>
  );
}

/** Passkeys, by which most people sign in. */
export function PasskeySection({ form }: { form: Form }) {
  const loaded = useLoaded(() => get('/api/v1/passkeys', passkeys));
  const doing = useDoing(form, { words: { conflict: 'account.passkey.last' } });
  const act = (path: '/api/v1/passkeys/{entry}/remove' | '/api/v1/passkeys/{entry}/keep', entry: number) =>
    doing([path, entry], (key) => post(path, null, receiptAnswer, { params: { entry }, key }), loaded.again);
  return (
    <Section id="passkeys" title={t('account.passkeys')} what={t('account.passkeys.what')} loaded={loaded}>
      {({ passkeys: all }) => (
        <>
          {all.length === 0 && <p>{t('account.passkeys.none')}</p>}
          <ul class="plain">
            {all.map(({ entry, name, good_from, removed_from, last_used }) => (
              <li key={entry}>
                <b><bdi>{name}</bdi></b>
                {new Date(good_from) > new Date() && <p>{t('account.passkey.good-from', { from: momentInWords(good_from) })}</p>}
                {last_used && <p>{t('account.passkey.last-used', { month: last_used })}</p>}
                {removed_from ? (
                  <>
                    <p>{t('account.passkey.goes', { from: momentInWords(removed_from) })}</p>
                    <Button quiet busy={form.busy} onClick={() => act('/api/v1/passkeys/{entry}/keep', entry)}>{t('account.passkey.keep')}<Unseen> {name}</Unseen></Button>
                  </>
                ) : (
                  <Button quiet busy={form.busy} onClick={() => act('/api/v1/passkeys/{entry}/remove', entry)}>{t('account.passkey.remove')}<Unseen> {name}</Unseen></Button>
                )}
              </li>
            ))}
          </ul>
          {hasPasskeys() ? <AddPasskey form={form} onAdded={loaded.again} /> : <p class="hint">{t('account.passkeys.not-here')}</p>}
        </>
      )}
    </Section>
  );
}
