import { get, post } from '../../api/client';
import { activationCode, newSheet, printedCodes, receiptAnswer } from '../../api/wire';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import type { Form } from '../../ui/form';
import { useLoaded } from '../../ui/loading';
import { Button, Note } from '../../ui/pieces';
import type { Sheet } from './new_sheet';
import { Section } from './section';

/** An activation code that the office made waits for its time: whoever did not ask for it takes it back. */
function CardNews({ form }: { form: Form }) {
  const loaded = useLoaded(() => get('/api/v1/activation-code', activationCode));
  const doing = useDoing(form);
  if (!loaded.value) return null;
  const { good_from, wrong_codes } = loaded.value;
  const discard = () => doing('activation', (key) => post('/api/v1/activation-code/discard', null, receiptAnswer, { key }), loaded.again);
  return (
    <>
      {good_from && (
        <Note>
          <p>{t('account.activation', { from: momentInWords(good_from) })}</p>
          <p><Button quiet busy={form.busy} onClick={discard}>{t('account.activation.discard')}</Button></p>
        </Note>
      )}
      {wrong_codes > 0 && <p>{t('account.wrong-codes', { count: wrong_codes })}</p>}
    </>
  );
}

/** Ten codes on paper, by which somebody signs in from any phone. */
export function PrintedCodes({ form, onMade }: { form: Form; onMade: (sheet: Sheet) => void }) {
  const loaded = useLoaded(() => get('/api/v1/printed-codes', printedCodes));
  const doing = useDoing(form);
  const make = () => doing('sheet', (key) => post('/api/v1/printed-codes', null, newSheet, { key }), ({ sheet }) => onMade(sheet));
  const discard = () => doing('discard', (key) => post('/api/v1/printed-codes/discard', null, receiptAnswer, { key }), loaded.again);
  return (
    <Section id="sheet" title={t('account.sheet')} what={t('account.sheet.what')} loaded={loaded}>
      {({ in_use, waiting, frozen_until }) => (
        <>
          <CardNews form={form} />
          {frozen_until && <Note><p>{t('account.frozen', { until: momentInWords(frozen_until) })}</p></Note>}
          {in_use && <p>{t('account.sheet.left', { count: in_use.codes.filter(({ used_at }) => used_at === null).length })}</p>}
          {waiting && (
            <Note>
              <p>{t('account.sheet.waiting', { from: momentInWords(waiting.good_from) })}</p>
              <p><Button quiet busy={form.busy} onClick={discard}>{t('account.sheet.discard')}</Button></p>
            </Note>
          )}
          {!frozen_until && <p class="actions"><Button second busy={form.busy} onClick={make}>{t(in_use ? 'account.sheet.make-new' : 'account.sheet.make')}</Button></p>}
        </>
      )}
    </Section>
  );
}
