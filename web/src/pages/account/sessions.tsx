import { get, post, removed } from '../../api/client';
import { sessions } from '../../api/wire';
import { record, whole } from '../../base/decode';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import type { Form } from '../../ui/form';
import { useLoaded } from '../../ui/loading';
import { Button, MomentText, Unseen } from '../../ui/pieces';
import { Section } from './section';

const ended = record({ ended: whole });

/** Where one is signed in. */
export function Sessions({ form }: { form: Form }) {
  const loaded = useLoaded(() => get('/api/v1/sessions', sessions));
  const doing = useDoing(form);
  const end = (id: string) => doing(id, (key) => post('/api/v1/sessions/{id}/end', null, removed, { params: { id }, key }), loaded.again);
  const endOthers = () => doing('others', (key) => post('/api/v1/sessions/end-others', null, ended, { key }), loaded.again);
  return (
    <Section id="sessions" title={t('account.sessions')} what={t('account.sessions.what')} loaded={loaded}>
      {({ sessions: all }) => (
        <>
          <ul class="plain">
            {all.map(({ id, proof, begun_at, expires_at, last_end, current }) => (
              <li key={id}>
                <b>{t(`account.proof.${proof}`)}</b>{current && <span class="badge">{t('account.this-one')}</span>}
                <p><MomentText moment={begun_at} /></p>
                <p>{t('account.session.ends', { expires: momentInWords(expires_at), last: momentInWords(last_end) })}</p>
                {!current && <Button quiet busy={form.busy} onClick={() => end(id)}>{t('account.session.end')}<Unseen> {momentInWords(begun_at)}</Unseen></Button>}
              </li>
            ))}
          </ul>
          {all.length > 1 && <p class="actions"><Button second busy={form.busy} onClick={endOthers}>{t('account.sessions.end-others')}</Button></p>}
        </>
      )}
    </Section>
  );
}
