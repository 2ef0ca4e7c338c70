import { useState } from 'preact/hooks';
import { type Failure, get } from '../../api/client';
import type { ShownEntry } from '../../api/wire';
import { historyPage } from '../../api/wire';
import { dayAt } from '../../base/days';
import { dayInWords } from '../../text/dates';
import { t } from '../../text/text';
import { FailureText, LoadedPage, useLoaded } from '../../ui/loading';
import { Button } from '../../ui/pieces';
import { EntryItem } from './entry_item';

interface Older {
  entries: readonly ShownEntry[];
  before: number | null;
}

/** Entries of one day after the other, in the order in which they come: the newest first. */
function byDay(entries: readonly ShownEntry[]): [day: string, entries: ShownEntry[]][] {
  const days: [string, ShownEntry[]][] = [];
  for (const entry of entries) {
    const day = dayAt(new Date(entry.at));
    const last = days[days.length - 1];
    if (last && last[0] === day) last[1].push(entry);
    else days.push([day, [entry]]);
  }
  return days;
}

function Entries({ first }: { first: Older }) {
  const [older, setOlder] = useState<Older>({ entries: [], before: first.before });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const more = async () => {
    if (older.before === null) return;
    setBusy(true);
    const answer = await get('/api/v1/history', historyPage, { query: { before: older.before } });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setOlder({ entries: [...older.entries, ...answer.value.entries], before: answer.value.before });
  };
  return (
    <>
      {byDay([...first.entries, ...older.entries]).map(([day, entries]) => (
        <section key={day} class="day" aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>{dayInWords(day)}</h2>
          <ol class="timeline">{entries.map((entry) => <EntryItem key={entry.entry} entry={entry} />)}</ol>
        </section>
      ))}
      {failure && <FailureText failure={failure} again={() => void more()} />}
      {older.before !== null && <p class="actions"><Button second busy={busy} onClick={() => void more()}>{t('history.older')}</Button></p>}
    </>
  );
}

/** Everything that was ever written to or read from one's record. */
export default function HistoryPage() {
  const loaded = useLoaded(() => get('/api/v1/history', historyPage));
  return (
    <LoadedPage title={t('history.title')} loaded={loaded}>
      {(first) => (
        <>
          <p class="lead">{t('history.what')}</p>
          <Entries first={first} />
          <p><a href="/api/v1/history/export" download="abode-history.json">{t('history.export')}</a></p>
        </>
      )}
    </LoadedPage>
  );
}
