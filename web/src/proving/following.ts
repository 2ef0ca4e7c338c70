// Runs a check until there is nothing more to find out.

/** Anything that looks grave is looked at twice before it is said: a line that broke is no lie. */
const beforeAlarm_ms = 1_500;
/** How long what is under way is waited for, each time; an entry is in the log within seconds, with witnesses minutes. */
const pauses_s = [1, 2, 3, 5, 8, 13, 21, 34, 55, 60, 60, 60, 60, 60, 60];

export interface Checking<T> {
  check: () => Promise<T>;
  isGrave: (found: T) => boolean;
  isUnderWay: (found: T) => boolean;
  isOffline: (found: T) => boolean;
  /** What is found if the check itself breaks, as when the browser's store does. */
  broken: T;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function event(target: EventTarget, name: string): Promise<void> {
  return new Promise((resolve) => target.addEventListener(name, () => resolve(), { once: true }));
}

/** Until somebody looks at the page: nobody is asked for what nobody sees. */
async function inSight(): Promise<void> {
  while (document.visibilityState === 'hidden') await event(document, 'visibilitychange');
}

async function carefully<T>({ check, isGrave, broken }: Checking<T>): Promise<T> {
  try {
    const found = await check();
    if (!isGrave(found)) return found;
    await pause(beforeAlarm_ms);
    return await check();
  } catch {
    return broken;
  }
}

/** Shows what each round found, until nothing is under way; gives what ends it. */
export function follow<T>(checking: Checking<T>, show: (found: T) => void): () => void {
  let wanted = true;
  const run = async () => {
    for (let round = 0; wanted; ) {
      const found = await carefully(checking);
      if (!wanted) return;
      show(found);
      if (checking.isOffline(found)) {
        await event(window, 'online');
        continue;
      }
      const seconds = pauses_s[round++];
      if (!checking.isUnderWay(found) || seconds === undefined) return;
      await pause(seconds * 1000);
      await inSight();
    }
  };
  void run();
  return () => {
    wanted = false;
  };
}
