import { type Answer, type Failure, postLate } from '../api/client';
import { type Acted, acted } from '../api/wire';
import { makeStore } from '../base/store';
import { dropDraft, registerDraft } from '../drafts/drafts';
import { forgotten } from '../drafts/owner';
import { outbox, refreshOutbox, sendWaiting, type Waiting } from '../drafts/outbox';
import { isOwners } from './session';

// Sends what waits in the outbox when there may be a connection again.

/** What came of a request that had waited, and for which child it was, if any. */
export type Outcome = { child: string | null } & ({ sent: Acted } | { refused: Failure });
/** One for each of them at most: the last one. */
export const outcomes = makeStore<readonly Outcome[]>([]);

forgotten.follow(() => outcomes.set([]));

export function dropOutcome(child: string | null): void {
  outcomes.set(outcomes.get().filter((one) => one.child !== child));
}

const interval_ms = 30_000;
let running = false;

function send({ child, path, body, key }: Waiting, first_tried: string | null): Promise<Answer<Acted>> {
  return postLate(child ?? null, path, body, acted, key, first_tried);
}

function note(request: Waiting, answer: Answer<Acted>): void {
  const child = request.child ?? null;
  dropOutcome(child);
  if (answer.ok) dropDraft(registerDraft(child));
  outcomes.set([...outcomes.get(), answer.ok ? { child, sent: answer.value } : { child, refused: answer.failure }]);
}

/** Only one tab sends at a time, where the browser can tell; where it cannot, keys see to one effect. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request('abode-outbox', { ifAvailable: true }, async (lock) => (lock ? work() : undefined));
  else await work();
}

export async function sendNow(): Promise<void> {
  refreshOutbox();
  if (running || outbox.get().length === 0) return;
  running = true;
  await alone(async () => {
    if (await isOwners()) await sendWaiting(send, note);
  }).finally(() => {
    running = false;
  });
  refreshOutbox();
}

export function startSending(): void {
  const quietly = () => void sendNow();
  addEventListener('online', quietly);
  addEventListener('storage', refreshOutbox);
  setInterval(quietly, interval_ms);
  quietly();
}
