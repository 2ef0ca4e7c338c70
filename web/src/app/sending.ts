import { type Answer, type Failure, postAgain } from '../api/client';
import { type Acted, acted } from '../api/wire';
import { makeStore } from '../base/store';
import { dropDraft } from '../drafts/drafts';
import { outbox, refreshOutbox, sendWaiting, type Waiting } from '../drafts/outbox';
import { keepFirstTry } from './receipts';

// Sends what waits in the outbox when there may be a connection again.

/** What came of the last request that had waited. */
export type Outcome = { sent: Acted } | { refused: Failure };
export const outcome = makeStore<Outcome | null>(null);

const interval_ms = 30_000;
let running = false;

function send({ path, body, key }: Waiting): Promise<Answer<Acted>> {
  return postAgain(path, body, acted, key);
}

function note(request: Waiting, answer: Answer<Acted>): void {
  if (answer.ok) {
    keepFirstTry(answer.value.receipt.entry, request.first_tried);
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
  await alone(() => sendWaiting(send, note)).finally(() => {
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
