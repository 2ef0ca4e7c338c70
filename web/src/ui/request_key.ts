import { useRef } from 'preact/hooks';
import { freshKey } from '../api/client';

/**
 * Idempotency-Keys for what a page sends: the same one for the same thing, however often it is sent, so that an answer
 * that was lost does no harm; a fresh one when something else is sent, or after `done`.
 */
export function useRequestKey(): { of: (what: unknown) => string; done: () => void } {
  const last = useRef({ what: '', key: '' });
  return {
    of: (what) => {
      const text = JSON.stringify(what);
      if (last.current.what !== text) last.current = { what: text, key: freshKey() };
      return last.current.key;
    },
    done: () => {
      last.current = { what: '', key: '' };
    },
  };
}
