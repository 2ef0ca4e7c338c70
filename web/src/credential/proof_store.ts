// Proofs in IndexedDB. It keeps keys that cannot be extracted as they are: what it holds of them is a handle.
import type { KeptProof, ProofStore } from './holder';

const databaseName = 'abode-proofs';
const storeName = 'proofs';

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gives no reason'));
  });
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'id' });
  return answerOf(request);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What another version of the app may have left there is passed over. */
function readKept(value: unknown): KeptProof[] {
  if (!isObject(value)) return [];
  const { id, text, privateKey } = value;
  const isKept = typeof id === 'string' && typeof text === 'string' && privateKey instanceof CryptoKey;
  return isKept ? [{ id, text, privateKey }] : [];
}

/** Of this origin; `factory` is `window.indexedDB`. */
export class BrowserProofStore implements ProofStore {
  constructor(private readonly factory: IDBFactory) {}

  async put(proof: KeptProof): Promise<void> {
    await this.change((store) => store.put(proof));
  }

  async remove(id: string): Promise<void> {
    await this.change((store) => store.delete(id));
  }

  async all(): Promise<readonly KeptProof[]> {
    const database = await open(this.factory);
    try {
      const found: unknown[] = await answerOf(database.transaction(storeName).objectStore(storeName).getAll());
      return found.flatMap(readKept);
    } finally {
      database.close();
    }
  }

  /** Done only once the browser has written it. */
  private async change(make: (store: IDBObjectStore) => unknown): Promise<void> {
    const database = await open(this.factory);
    try {
      const transaction = database.transaction(storeName, 'readwrite');
      const written = new Promise<void>((resolve, reject) => {
        const fail = (): void => reject(transaction.error ?? new Error('IndexedDB gives no reason'));
        transaction.oncomplete = () => resolve();
        transaction.onerror = fail;
        transaction.onabort = fail;
      });
      make(transaction.objectStore(storeName));
      await written;
    } finally {
      database.close();
    }
  }
}
