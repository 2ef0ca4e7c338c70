import { makeStore, type Store } from '../base/store';

/**
 * What a request waits for before it is sent once more: that somebody signs in whose session is over, or that the
 * person who is signed in shows once more that it is them.
 */
export type Gate = 'sign-in' | 'fresh-sign-in';

/** Whose session it takes: a person's and an official's are two, in cookies of their own, also in one browser. */
export type Who = 'person' | 'official';

export interface Waiting {
  gate: Gate;
  done: Promise<boolean>;
  settle: (passed: boolean) => void;
}

const makeLine = () => makeStore<Waiting | null>(null);
const lines: Readonly<Record<Who, Store<Waiting | null>>> = { person: makeLine(), official: makeLine() };

/** What waits for a person, in front of the whole app. */
export const waiting = lines.person;
/** What waits for an official, in front of an official's page. */
export const waitingForOfficial = lines.official;

/** Resolves once the gate was passed (true) or given up (false). Requests that wait at the same time wait for one. */
export function pass(gate: Gate, who: Who): Promise<boolean> {
  const line = lines[who];
  const present = line.get();
  if (present) return present.done;
  let settle: Waiting['settle'] = () => undefined;
  const done = new Promise<boolean>((resolve) => {
    settle = (passed) => {
      line.set(null);
      resolve(passed);
    };
  });
  line.set({ gate, done, settle });
  return done;
}
