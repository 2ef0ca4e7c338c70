import { get, post } from '../../api/client';
import { inbox } from '../../api/wire';
import { record } from '../../base/decode';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FaultSummary } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Button } from '../../ui/pieces';
import { EntryItem } from './entry_item';

/** What others did with one's record, and what changed in how one signs in. */
export default function InboxPage() {
  const loaded = useLoaded(() => get('/api/v1/inbox', inbox));
  const form = useForm({});
  const doing = useDoing(form);
  const read = (up_to: number) => doing(up_to, (key) => post('/api/v1/inbox/read', { up_to }, record({}), { key }), loaded.again);
  return (
    <>
      <FaultSummary form={form} />
      <LoadedPage title={t('inbox.title')} loaded={loaded} faulty={form.faults.length > 0}>
        {({ notices }) => {
          const [newest] = notices;
          return (
            <>
              <p class="lead">{t('inbox.what')}</p>
              {!newest && <p>{t('inbox.none')}</p>}
              {newest && notices.some((notice) => !notice.read) && (
                <p class="actions"><Button second busy={form.busy} onClick={() => read(newest.entry)}>{t('inbox.read')}</Button></p>
              )}
              <ol class="timeline">{notices.map((notice) => <EntryItem key={notice.entry} entry={notice} level="h2" fresh={!notice.read} />)}</ol>
            </>
          );
        }}
      </LoadedPage>
    </>
  );
}
