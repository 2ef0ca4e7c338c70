import { t } from '../../text/text';
import { FailureText } from '../../ui/loading';
import { Button } from '../../ui/pieces';
import type { useOlder } from './use_older';

/** Below a list: the way to what is before it, and why it did not come. */
export function OlderButton({ list: { before, failure, busy, more } }: { list: Pick<ReturnType<typeof useOlder>, 'before' | 'failure' | 'busy' | 'more'> }) {
  return (
    <>
      {failure && <FailureText failure={failure} again={() => void more()} />}
      {before !== null && <p class="actions"><Button second busy={busy} onClick={() => void more()}>{t('history.older')}</Button></p>}
    </>
  );
}
