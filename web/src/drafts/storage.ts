// What the app keeps on the device, all under one prefix, so that leaving takes all of it away. A browser that keeps
// nothing, or has no room, is no failure: then it is kept in memory, and does not outlive the page.

const prefix = 'abode.';
const memory = new Map<string, string>();

function inBrowser<T>(work: (storage: Storage) => T, otherwise: T): T {
  try {
    return work(localStorage);
  } catch {
    return otherwise;
  }
}

export function keep(name: string, value: unknown): void {
  const text = JSON.stringify(value);
  const stored = inBrowser((storage) => (storage.setItem(prefix + name, text), true), false);
  if (stored) memory.delete(name);
  else memory.set(name, text);
}

export function kept(name: string): string | null {
  return memory.get(name) ?? inBrowser((storage) => storage.getItem(prefix + name), null);
}

export function drop(name: string): void {
  memory.delete(name);
  inBrowser((storage) => storage.removeItem(prefix + name), undefined);
}

/** The names of all that is kept and begins so, each once. */
function keptNames(begins = ''): string[] {
  const stored = inBrowser((storage) => Object.keys(storage), [] as string[]).filter((name) => name.startsWith(prefix));
  const names = new Set([...memory.keys(), ...stored.map((name) => name.slice(prefix.length))]);
  return [...names].filter((name) => name.startsWith(begins));
}

/** Everything that begins so; the whole of what the app keeps, if nothing is named. */
export function dropAll(begins = ''): void {
  keptNames(begins).forEach(drop);
}
