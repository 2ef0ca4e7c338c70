import { post } from '../../api/client';
import { erasureAnswer } from '../../api/wire';
import { showReceipt } from '../../app/receipts';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import type { Form } from '../../ui/form';
import { Button, Note } from '../../ui/pieces';

/** The erasure that was asked for: when it will be done, and the way back. */
export function ErasureDue({ due, form }: { due: string; form: Form }) {
  const doing = useDoing(form, { words: { 'too-late': 'rights.erasure.too-late', conflict: 'rights.changed' } });
  const takeBack = () => doing('undo', (key) => post('/api/v1/erasure/undo', null, erasureAnswer, { key }), showReceipt);
  return (
    <>
      <Note><p>{t('rights.erasure.asked', { due: momentInWords(due) })}</p></Note>
      <p class="actions"><Button busy={form.busy} onClick={takeBack}>{t('rights.erasure.take-back')}</Button></p>
    </>
  );
}
