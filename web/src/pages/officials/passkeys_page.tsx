import { useState } from 'preact/hooks';
import { get, post, removed } from '../../api/client';
import { momentInWords, monthInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { type Form, useForm } from '../../ui/form';
import { LoadedContent, useLoaded } from '../../ui/loading';
import { ConfirmedButton } from './confirm';
import { DoneNote } from './done';
import { OfficialsPage } from './frame';
import { PasskeyForm } from './passkey_form';
import { staffPasskeys } from './wire';

type Passkey = ReturnType<typeof staffPasskeys>['passkeys'][number];

function PasskeyItem({ passkey, form, onRemoved }: { passkey: Passkey; form: Form; onRemoved: () => void }) {
  const { id, name, added_at, last_used } = passkey;
  const doing = useDoing(form, { words: { conflict: 'official.passkey.last', 'not-found': 'official.passkey.gone' } });
  const remove = () => doing(['remove', id], (key) => post('/api/v1/staff/passkeys/{id}/remove', null, removed, { params: { id }, key }), onRemoved);
  return (
    <li>
      <h2><bdi>{name}</bdi></h2>
      <p>
        {t('official.passkey.added', { at: momentInWords(added_at) })}{' '}
        {last_used ? t('official.passkey.used', { month: monthInWords(last_used) }) : t('official.passkey.unused')}
      </p>
      <ConfirmedButton label={t('official.passkey.remove')} what={name} question={t('official.passkey.remove.sure')} busy={form.busy} onConfirmed={remove} />
    </li>
  );
}

/** Own passkeys: the only way in. */
export default function OfficialsPasskeysPage() {
  const form = useForm({ name: '' });
  return (
    <OfficialsPage title={t('official.passkeys.title')} at="staff/passkeys" form={form}>
      {() => <Passkeys form={form} />}
    </OfficialsPage>
  );
}

function Passkeys({ form }: { form: Form }) {
  const loaded = useLoaded(() => get('/api/v1/staff/passkeys', staffPasskeys));
  const [said, say] = useState<{ id: 'official.passkey.removed' | 'official.passkey.is-added'; name: string; round: number } | null>(null);
  const done = (id: 'official.passkey.removed' | 'official.passkey.is-added', name: string) => {
    say((before) => ({ id, name, round: (before?.round ?? 0) + 1 }));
    loaded.again();
  };
  return (
    <>
      {said && <DoneNote words={t(said.id, { name: said.name })} round={said.round} />}
      <p class="lead">{t('official.passkeys.lead')}</p>
      <LoadedContent loaded={loaded} words={t('official.loading')}>
        {({ passkeys }) => (
          <div class="card">
            {passkeys.length === 0 ? <p>{t('official.passkeys.none')}</p> : (
              <ul class="plain keys">
                {passkeys.map((one) => <PasskeyItem key={one.id} passkey={one} form={form} onRemoved={() => done('official.passkey.removed', one.name)} />)}
              </ul>
            )}
          </div>
        )}
      </LoadedContent>
      <section aria-labelledby="add">
        <h2 id="add">{t('official.passkey.new')}</h2>
        <PasskeyForm form={form} gated onAdded={(name) => done('official.passkey.is-added', name)} />
      </section>
    </>
  );
}
