import { type Answer, type Failure, postLate } from '../api/client';
import { type Acted, acted } from '../api/wire';
import { makeStore } from '../base/store';
import { dropDraft } from '../drafts/drafts';
import { outbox, refreshOutbox, sendWaiting, type Waiting } from '../drafts/outbox';

// Sends what waits in the outbox when there may be a connection again.

/** What came of the last request that had waited. */
export type Outcome = { sent: Acted } | { refused: Failure };
export const outcome = makeStore<Outcome | null>(null);

const interval_ms = 30_000;
let running = false;

function send({ path, body, key }: Waiting, first_tried: string | null): Promise<Answer<Acted>> {
  return postLate(path, body, acted, key, first_tried);
}

function note(answer: Answer<Acted>): void {
  if (answer.ok) {
    dropDraft('register');
    outcome.set({ sent: answer.value });
  } else outcome.set({ refused: answer.failure });
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
  await alone(() => sendWaiting(send, (_, answer) => note(answer))).finally(() => {
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
