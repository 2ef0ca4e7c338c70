import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Standing } from '../../proving/log_view';
import { type MessageId, t } from '../../text/text';
import { Button, Details } from '../../ui/pieces';
import { Code } from './sections';

/** How the log stands to what this device has seen of it, or why that cannot be said. */
export type LogLook = Standing | { readonly code: 'no-checkpoint' | 'unreachable' | 'no-cryptography' };

/** Comes with the tools for it, which no other public page needs. */
async function look(): Promise<LogLook> {
  try {
    const { LogView } = await import('../../proving/log_view');
    const log = await LogView.open();
    if (!log.ok) return { code: log.why === 'device' ? 'no-cryptography' : 'unreachable' };
    const missed = await log.value.lookAtNewest();
    if (missed !== null) return { code: missed === 'unavailable' ? 'no-checkpoint' : 'unreachable' };
    return log.value.found;
  } catch {
    return { code: 'unreachable' };
  }
}

/** What came of one look, and how to take another. */
export function useLook(): { found: LogLook | null; again: () => void } {
  const [round, next] = useState(0);
  const [found, show] = useState<LogLook | null>(null);
  useEffect(() => {
    let wanted = true;
    show(null);
    void look().then((came) => wanted && show(came));
    return () => {
      wanted = false;
    };
  }, [round]);
  return { found, again: () => next((n) => n + 1) };
}

/** The signed checkpoints that do not agree: whoever holds both can show it to anybody. */
function Evidence({ notes }: { notes: readonly string[] }) {
  const file = useMemo(() => URL.createObjectURL(new Blob([notes.join('\n')], { type: 'text/plain' })), [notes]);
  useEffect(() => () => URL.revokeObjectURL(file), [file]);
  return (
    <>
      <p class="actions"><a class="button" href={file} download="checkpoints.txt">{t('log.broken.save')}</a></p>
      <Details summary={t('log.broken.show')}>{notes.map((note, i) => <pre key={i} class="code" dir="ltr">{note}</pre>)}</Details>
    </>
  );
}

/** A log that does not fit what was seen before: loud, and what can be done. */
function Broken({ found }: { found: Standing }) {
  const values = { size: Number(found.now ?? 0n), before: Number(found.before ?? 0n) };
  return (
    <div class="verdict bad" role="alert">
      <h3>{t('log.broken')}</h3>
      <p>{found.code === 'shrunk' ? t('log.broken.shrunk', values) : t('log.broken.forked')}</p>
      <p>{t('log.broken.calm')}</p>
      <ol class="steps">
        <li>{t('log.broken.keep')}</li>
        <li>{t('log.broken.tell')}</li>
        <li>{t('log.broken.history')}</li>
      </ol>
      <Evidence notes={found.evidence} />
    </div>
  );
}

function Good({ found: { code, before, now } }: { found: Standing }) {
  const size = Number(now ?? 0n);
  const grown = before !== null && Number(before) < size;
  const words = () => {
    if (code === 'first' || before === null) return t('log.first.what', { size });
    return grown ? t('log.grown.what', { size, before: Number(before), more: size - Number(before) }) : t('log.same.what', { size });
  };
  return (
    <div class="verdict good" role="status">
      <h3>{t(code === 'first' ? 'log.first' : 'log.grown')}</h3>
      <p>{words()}</p>
    </div>
  );
}

const failures: Readonly<Record<Exclude<LogLook['code'], 'first' | 'grown' | 'shrunk' | 'forked'>, [title: MessageId, what: MessageId]>> = {
  unproven: ['log.unproven', 'log.unproven.what'],
  'no-checkpoint': ['log.no-checkpoint', 'log.no-checkpoint.what'],
  unsigned: ['log.unsigned', 'log.unsigned.what'],
  unreachable: ['log.unreachable', 'log.unreachable.what'],
  'no-cryptography': ['log.no-cryptography', 'log.no-cryptography.what'],
};

function Unknown({ code, again }: { code: keyof typeof failures; again: () => void }) {
  const [title, what] = failures[code];
  const bad = code === 'unsigned';
  return (
    <div class={bad ? 'verdict bad' : 'verdict'} role={bad ? 'alert' : 'status'}>
      <h3>{t(title)}</h3>
      <p>{t(what)}</p>
      <p class="actions"><Button second onClick={again}>{t('app.try-again')}</Button></p>
    </div>
  );
}

function Others({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div class="note">
      <p>{t('log.others', { count: names.length })}</p>
      <ul>{names.map((name) => <li key={name}><Code>{name}</Code></li>)}</ul>
      <p>{t('log.others.what')}</p>
    </div>
  );
}

/** What this device found, checked by itself. */
export function Verdict({ found, again }: { found: LogLook | null; again: () => void }) {
  if (!found) return <div class="verdict" role="status"><p>{t('log.checking')}</p></div>;
  if (!('evidence' in found)) return <Unknown code={found.code} again={again} />;
  return (
    <>
      {(found.code === 'shrunk' || found.code === 'forked') && <Broken found={found} />}
      {(found.code === 'first' || found.code === 'grown') && <Good found={found} />}
      {(found.code === 'unproven' || found.code === 'unsigned') && <Unknown code={found.code} again={again} />}
      <Others names={found.otherLogs} />
    </>
  );
}
