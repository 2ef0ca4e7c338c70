import { t } from '../../text/text';
import { Button } from '../../ui/pieces';
import type { Fault } from './asking';
import { faultInWords } from './words';

/** What could not be had, and another try. */
export function Trouble({ fault, onAgain }: { fault: Fault; onAgain: () => void }) {
  return (
    <div class="summary" role="alert">
      <p>{faultInWords(fault)}</p>
      {fault === 'offline' && <p>{t('desk.offline.scan')}</p>}
      <p class="actions"><Button second onClick={onAgain}>{t('app.try-again')}</Button></p>
    </div>
  );
}
