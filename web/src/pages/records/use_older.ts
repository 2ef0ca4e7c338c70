import { useEffect, useState } from 'preact/hooks';
import type { Answer, Failure } from '../../api/client';

/** A part of a list whose newest come first. */
export interface Part<Entry, Before> {
  entries: readonly Entry[];
  /** Where the part before it ends; null if there is none. */
  before: Before | null;
}

/** The list so far, which begins with `first`, and how to get what is before it. */
export function useOlder<Entry, Before>(first: Part<Entry, Before>, ask: (before: Before) => Promise<Answer<Part<Entry, Before>>>) {
  const [older, setOlder] = useState<Part<Entry, Before>>({ entries: [], before: first.before });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => setOlder({ entries: [], before: first.before }), [first]);
  const more = async () => {
    if (older.before === null) return;
    setBusy(true);
    const answer = await ask(older.before);
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setOlder({ entries: [...older.entries, ...answer.value.entries], before: answer.value.before });
  };
  return { entries: [...first.entries, ...older.entries], before: older.before, failure, busy, more };
}
