import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { ShownEntry } from '../../api/wire';
import { historyPage } from '../../api/wire';
import { dayAt } from '../../base/days';
import type { HistoryCheck } from '../../proving/proving';
import { dayInWords } from '../../text/dates';
import { t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Button } from '../../ui/pieces';
import { EntryItem } from './entry_item';
import { OlderButton } from './older_button';
import { type Part, useOlder } from './use_older';
import { type Proving, useProving } from './use_proving';

type Older = Part<ShownEntry, number>;

const askBefore = (before: number) => get('/api/v1/history', historyPage, { query: { before } });

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

interface EntriesProps {
  list: ReturnType<typeof useOlder<ShownEntry, number>>;
  markOf: (entry: ShownEntry) => ComponentChildren;
}

function Entries({ list, markOf }: EntriesProps) {
  return (
    <>
      {byDay(list.entries).map(([day, ofDay]) => (
        <section key={day} class="day" aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>{dayInWords(day)}</h2>
          <ol class="timeline">{ofDay.map((entry) => <EntryItem key={entry.entry} entry={entry} level="h3" mark={markOf(entry)} />)}</ol>
        </section>
      ))}
      <OlderButton list={list} />
    </>
  );
}

/** What a check of the history found so far, once for each list that was loaded. */
function useCheck(first: Older, proving: Proving | null): HistoryCheck | null {
  const [found, show] = useState<{ first: Older; check: HistoryCheck } | null>(null);
  useEffect(() => proving?.followHistory((check) => show({ first, check })), [first, proving]);
  return found?.first === first ? found.check : null; // what was found of an older list says nothing of this one
}

function Checking({ missing, again }: { missing: boolean; again: () => void }) {
  return (
    <div class={missing ? 'proving under-way' : 'proving under-way checking'}>
      <p>{t(missing ? 'history.not-checked' : 'history.checking')}</p>
      {missing && <p class="actions"><Button second onClick={again}>{t('app.try-again')}</Button></p>}
    </div>
  );
}

/** The list, which is there at once, and what this device finds of it, which comes when it is found. */
function Checked({ first, again }: { first: Older; again: () => void }) {
  const [round, next] = useState(0);
  const loaded = useProving(round);
  const proving = loaded === 'missing' ? null : loaded;
  const check = useCheck(first, proving);
  const list = useOlder(first, askBefore);
  // Only a list that was asked for after a file came must show all that the file had.
  const known = useRef({ list: first, atLeast: 0, next: 0 });
  if (known.current.list !== first) known.current = { list: first, atLeast: known.current.next, next: known.current.next };
  const reload = () => {
    if (check?.code === 'audited') known.current.next = check.report.rows.length;
    again();
  };
  const shown = { entries: list.entries, isWhole: list.before === null, atLeast: known.current.atLeast };
  const markOf = (entry: ShownEntry) =>
    proving && check?.code === 'audited' ? <proving.Mark tick={proving.tickOf(check, entry, Date.now())} /> : undefined;
  return (
    <>
      <div role="status">
        {proving && check ? <proving.Statement check={check} shown={shown} again={reload} /> : <Checking missing={loaded === 'missing'} again={() => next(round + 1)} />}
      </div>
      <Entries list={list} markOf={markOf} />
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
          <Checked first={first} again={loaded.again} />
          <p><a href="/api/v1/history/export" download="abode-history.json">{t('history.export')}</a></p>
        </>
      )}
    </LoadedPage>
  );
}
