import { dropKeptProofs } from '../credential/proof_store';
import { dropAll } from '../drafts/storage';
import { forgetHeads } from '../proving/heads';

// "Leave quickly": what is on the screen goes at once, with all that the app keeps on this device; the session ends, and
// this page's place in the browser's history is taken by an empty one.

const away = '/leave';

export function leaveQuickly(): void {
  document.title = '\u200b';
  document.body.replaceChildren();
  dropAll();
  forgetHeads();
  dropKeptProofs();
  // Goes on by itself when the page is gone.
  fetch(away, { method: 'POST', keepalive: true, credentials: 'same-origin', redirect: 'manual' }).catch(() => undefined);
  location.replace(away);
}

const presses_wanted = 3;
const within_ms = 3_000;

/** Pressing Shift three times does the same as the button. */
export function startLeaving(allowed: () => boolean): void {
  let presses: number[] = [];
  addEventListener('keyup', (event) => {
    const now = Date.now();
    presses = event.key === 'Shift' ? [...presses.filter((at) => now - at < within_ms), now] : [];
    if (presses.length >= presses_wanted && allowed()) leaveQuickly();
  });
}
