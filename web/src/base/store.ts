import { useEffect, useState } from 'preact/hooks';

/** A value that parts of the page follow. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** Calls back after each change; gives what ends that. */
  follow(listener: () => void): () => void;
}

export function makeStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (next === value) return;
      value = next;
      for (const listener of Array.from(listeners)) listener();
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  const [value, show] = useState(store.get);
  useEffect(() => {
    const update = () => show(() => store.get());
    update(); // it may have changed between the first drawing and now
    return store.follow(update);
  }, [store]);
  return value;
}
