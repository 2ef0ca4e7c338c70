import { useEffect, useState } from 'preact/hooks';

/**
 * Something that is shown this once, and is gone when the page is left: also where the browser keeps the page as it is
 * for "back". `left`: it was there, and the page was left.
 */
export function useShownOnce<T>(): { value: T | null; left: boolean; show: (value: T) => void } {
  const [{ value, left }, set] = useState<{ value: T | null; left: boolean }>({ value: null, left: false });
  useEffect(() => {
    const clear = () => set((before) => ({ value: null, left: before.left || before.value !== null }));
    addEventListener('pagehide', clear);
    return () => removeEventListener('pagehide', clear);
  }, []);
  return { value, left, show: (next) => set({ value: next, left: false }) };
}
