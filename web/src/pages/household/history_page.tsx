import { useState } from 'preact/hooks';
import { type Failure, get } from '../../api/client';
import { childHistory, type ShownAct } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { t } from '../../text/text';
import { FailureText, LoadedPage, useLoaded } from '../../ui/loading';
import { Button, Link } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';
import { EntryItem } from '../records/entry_item';
import { asOwn } from '../records/receipted';

interface Part {
  entries: readonly ShownAct[];
  before: string | null;
}

const ask = (child: string, before?: string) =>
  get('/api/v1/children/{child}/history', childHistory, { params: { child }, ...(before !== undefined && { query: { before } }) });

/** What is there, and by and by what was before it. */
function Entries({ id, first }: { id: string; first: Part }) {
  const [older, show] = useState<Part>({ entries: [], before: first.before });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const { before } = older;
  const more = async () => {
    if (before === null) return;
    setBusy(true);
    const answer = await ask(id, before);
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) show({ entries: [...older.entries, ...answer.value.entries], before: answer.value.before });
  };
  return (
    <>
      <ol class="timeline">{[...first.entries, ...older.entries].map((one) => <EntryItem key={one.commitment} entry={asOwn(one)} level="h2" />)}</ol>
      {failure && <FailureText failure={failure} again={() => void more()} />}
      {before !== null && <p class="actions"><Button second busy={busy} onClick={() => void more()}>{t('history.older')}</Button></p>}
    </>
  );
}

/** One's own acts for a child: a guardian sees no others. */
export default function ChildHistoryPage({ params }: PageProps) {
  const child = useChild();
  const id = params.child ?? '';
  const loaded = useLoaded(() => ask(id), id);
  return (
    <>
      <p class="back"><Link to={pathOf(child, '')}>{t('register.back')}</Link></p>
      <LoadedPage title={say(child, 'history.title')} loaded={loaded}>
        {(first) => (
          <>
            <p class="lead">{say(child, 'history.what')}</p>
            {first.entries.length === 0 && <p>{t('household.none', { name: child?.name ?? '' })}</p>}
            <Entries id={id} first={first} />
          </>
        )}
      </LoadedPage>
    </>
  );
}
