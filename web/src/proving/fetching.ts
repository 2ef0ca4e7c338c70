// What a check asks of the register, as bytes: what was signed is what is read.
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import type { TileFetcher } from '../log';

/**
 * Why something did not come: no connection; the session is over; the log has no checkpoint or no proof yet; there are
 * more entries than a file can have; or whatever else, which says nothing about the log.
 */
export type Missed = 'offline' | 'signed-out' | 'not-yet' | 'too-large' | 'unavailable';

/** A long history on a slow line is megabytes. */
const patience_ms = 90_000;

const meanings: Readonly<Record<number, Missed>> = { 401: 'signed-out', 409: 'not-yet', 413: 'too-large' };

async function ask(path: string, cache: RequestCache): Promise<{ status: number; ok: boolean; bytes: Uint8Array }> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), patience_ms);
  try {
    const answer = await fetch(path, { credentials: 'same-origin', cache, signal: clock.signal });
    return { status: answer.status, ok: answer.ok, bytes: new Uint8Array(await answer.arrayBuffer()) };
  } finally {
    clearTimeout(timer);
  }
}

/** Asks in the background: whoever is not signed in any more is told so, and not interrupted by the gate. */
export async function fetchBytes(path: string): Promise<Outcome<Uint8Array, Missed>> {
  try {
    const { status, ok, bytes } = await ask(path, 'no-store');
    return ok ? done(bytes) : refused(meanings[status] ?? 'unavailable');
  } catch {
    return refused('offline');
  }
}

/** The log's tiles, which never change; throws if they do not come, as its type says. */
export const fetchTile: TileFetcher = async (path) => {
  const { status, ok, bytes } = await ask(`/${path}`, 'default');
  if (status === 404) return null;
  if (!ok) throw new Error('no tile came');
  return bytes;
};
