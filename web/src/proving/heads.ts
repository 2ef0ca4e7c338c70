// Where the checkpoints lie that this device has seen of the log (log/seen.ts). They are the log's own public words:
// its name, how many leaves it has and their root, under its signature; nothing in them is about anybody.
//
// So they outlive a sign-out: what one person's visit has seen holds the register to its word for the next person on
// this device too, and a memory that ends with each session would notice nothing. "Leave quickly" takes them away all
// the same. It promises that nothing of the app stays on the device, to somebody whose danger may be the one who looks
// at it next: that a register was used here is told by them as by anything else. What is lost is this device's memory
// only; witnesses, monitors and other devices keep theirs, and so does a file that was saved.
import type { KeyValueStore } from '../log/seen';

const name = 'abode.heads';
const table = 'heads';
/** Some versions of Safari 14 never answered. */
const patience_ms = 3_000;

/** Once this page was left in haste, nothing is written any more: a check that still runs would bring it all back. */
let left = false;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (left) return reject(new Error('left'));
    const timer = setTimeout(() => reject(new Error('no answer')), patience_ms);
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
  });
}

/** One step, on a connection of its own: an open one would be in the way of `forgetHeads`. */
async function step<T>(mode: IDBTransactionMode, work: (heads: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(table, mode);
      const request = work(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const inBrowser: KeyValueStore = {
  async keys(prefix) {
    const keys = await step('readonly', (heads) => heads.getAllKeys());
    return keys.filter((key): key is string => typeof key === 'string' && key.startsWith(prefix));
  },
  async get(key) {
    const value: unknown = await step('readonly', (heads) => heads.get(key));
    return typeof value === 'string' ? value : null;
  },
  async set(key, value) {
    await step('readwrite', (heads) => heads.put(value, key));
  },
  async delete(key) {
    await step('readwrite', (heads) => heads.delete(key));
  },
};

const memory = new Map<string, string>();

const inMemory: KeyValueStore = {
  keys: async (prefix) => Array.from(memory.keys()).filter((key) => key.startsWith(prefix)),
  get: async (key) => memory.get(key) ?? null,
  set: async (key, value) => void memory.set(key, value),
  delete: async (key) => void memory.delete(key),
};

export interface HeadsStore {
  store: KeyValueStore;
  /** False where the browser keeps nothing, as in some private windows: then it lasts as long as the page. */
  lasting: boolean;
}

const trial = 'trial';

/** Where heads can be kept here: in the browser if it lets us write, else in memory. */
export async function headsStore(): Promise<HeadsStore> {
  try {
    await inBrowser.set(trial, trial);
    await inBrowser.delete(trial);
    return { store: inBrowser, lasting: true };
  } catch {
    return { store: inMemory, lasting: false };
  }
}

/** All that was kept, gone; for "leave quickly". It goes on by itself when the page is gone. */
export function forgetHeads(): void {
  left = true;
  memory.clear();
  try {
    indexedDB.deleteDatabase(name);
  } catch {
    // a browser without a store has kept nothing
  }
}
