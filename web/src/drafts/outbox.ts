import type { Answer, Failure } from '../api/client';
import { list, oneOf, parsed, recordWith, text } from '../base/decode';
import { makeStore } from '../base/store';
import { drop, keep, kept } from './storage';

// Requests that could not be sent wait here, on the device, and are sent once, later: each keeps its Idempotency-Key, so
// that it has one effect even if it came through the first time and only the answer was lost.

const decoder = list(
  recordWith(
    {
      key: text,
      path: oneOf('/api/v1/registrations'),
      /** The request's body, as JSON. */
      body: text,
      /** When it was first sent (RFC 3339). */
      first_tried: text,
    },
    /** The guardianship, if it is for a child. */
    { child: text },
  ),
);
export type Waiting = ReturnType<typeof decoder>[number];

/** Whether it is for this child; null: for the person themselves. */
export function isFor(child: string | null): (request: Waiting) => boolean {
  return (request) => (request.child ?? null) === child;
}

/** The register remembers keys for 72 hours; an hour is left for its clock and ours to differ. */
const good_for_ms = 71 * 3_600_000;
const minute_ms = 60_000;

function read(): Waiting[] {
  const found = kept('outbox');
  return (found === null ? null : parsed(decoder, found)) ?? [];
}

export const outbox = makeStore<readonly Waiting[]>([]);

function write(waiting: readonly Waiting[]): void {
  if (waiting.length === 0) drop('outbox');
  else keep('outbox', waiting);
  outbox.set(waiting);
}

/** Reads what waits again: at the start, and when another tab changed it. */
export function refreshOutbox(): void {
  outbox.set(read());
}

export function putAside(request: Waiting): void {
  write([...read().filter((other) => other.key !== request.key), request]);
}

/** Not to be sent any more. */
export function takeOut(key: string): void {
  write(read().filter((other) => other.key !== key));
}

const takenBack = (child: string | null) => `draft.taken-back.${child ?? 'own'}`;

/** Out of what waits, to be looked at again. It may have come through all the same: unchanged, it keeps its key. */
export function takeBack(request: Waiting): void {
  takeOut(request.key);
  keep(takenBack(request.child ?? null), [request]);
}

/** The key of a request that was taken back, if this is the same; null otherwise. */
export function keyOfTakenBack(child: string | null, body: string, now: Date): string | null {
  const found = kept(takenBack(child));
  const [request] = (found === null ? null : parsed(decoder, found)) ?? [];
  return request && request.body === body && !isStale(request, now) ? request.key : null;
}

/** Once it was answered, its key is nobody's any more. */
export function dropTakenBack(child: string | null): void {
  drop(takenBack(child));
}

/** True once it is too old to be sent by itself: its key may be forgotten, and it might count twice. */
export function isStale(request: Waiting, now: Date): boolean {
  return now.getTime() - Date.parse(request.first_tried) > good_for_ms;
}

/**
 * In which minute it was first tried, as the register takes it; null if it did not have to wait: less than a minute ago,
 * or at no time that this device's clock makes sense of.
 */
export function firstTry(request: Waiting, now: Date): string | null {
  const tried_ms = Date.parse(request.first_tried);
  if (!(now.getTime() - tried_ms >= minute_ms)) return null;
  const moment = new Date(tried_ms - (((tried_ms % minute_ms) + minute_ms) % minute_ms)).toISOString();
  return /^\d{4}-/.test(moment) ? moment.replace('.000Z', 'Z') : null;
}

/** True if sending the same again later would do no better. A session that is over, or a busy register, is no answer. */
function isFinal(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.status < 500 && failure.status !== 401 && failure.status !== 403;
}

/**
 * Sends what waits, one after the other, until one does not come through. What was answered, well or badly, waits no
 * longer; `answered` hears of each.
 */
export async function sendWaiting<T>(
  send: (request: Waiting, first_tried: string | null) => Promise<Answer<T>>,
  answered: (request: Waiting, answer: Answer<T>) => void,
  now: () => Date = () => new Date(),
): Promise<void> {
  for (const request of read()) {
    if (isStale(request, now())) continue;
    const answer = await send(request, firstTry(request, now()));
    if (!answer.ok && !isFinal(answer.failure)) return;
    answered(request, answer);
    takeOut(request.key);
  }
}
