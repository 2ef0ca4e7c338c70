import { makeStore } from '../base/store';

/**
 * What a request waits for before it is sent once more: that somebody signs in whose session is over, or that the
 * person who is signed in shows once more that it is them.
 */
export type Gate = 'sign-in' | 'fresh-sign-in';

interface Waiting {
  gate: Gate;
  done: Promise<boolean>;
  settle: (passed: boolean) => void;
}

export const waiting = makeStore<Waiting | null>(null);

/** Resolves once the gate was passed (true) or given up (false). Requests that wait at the same time wait for one. */
export function pass(gate: Gate): Promise<boolean> {
  const present = waiting.get();
  if (present) return present.done;
  let settle: Waiting['settle'] = () => undefined;
  const done = new Promise<boolean>((resolve) => {
    settle = (passed) => {
      waiting.set(null);
      resolve(passed);
    };
  });
  waiting.set({ gate, done, settle });
  return done;
}
