import { useEffect, useState } from 'preact/hooks';
import { loadArea } from '../../text/text';

export type Proving = typeof import('../../proving/proving');

/**
 * What checks the log, with its words. It comes only once the page is drawn, so that nothing waits for it; 'missing' if
 * its files could not be had. Asks once for each `round`.
 */
export function useProving(round: number): Proving | 'missing' | null {
  const [proving, show] = useState<Proving | 'missing' | null>(null);
  useEffect(() => {
    let wanted = true;
    void Promise.all([import('../../proving/proving'), loadArea('tick')]).then(
      ([module]) => wanted && show(module),
      () => wanted && show('missing'),
    );
    return () => {
      wanted = false;
    };
  }, [round]);
  return proving;
}
