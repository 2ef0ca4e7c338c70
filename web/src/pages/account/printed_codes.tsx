import { useEffect, useRef, useState } from 'preact/hooks';
import { get, post } from '../../api/client';
import { activationCode, newSheet, printedCodes, receiptAnswer } from '../../api/wire';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import type { Form } from '../../ui/form';
import { useLoaded } from '../../ui/loading';
import { Button, Note } from '../../ui/pieces';
import { Section } from './section';

type Sheet = ReturnType<typeof newSheet>['sheet'];

/** The new sheet: shown once, to be printed or copied by hand. */
function NewSheet({ sheet, onKept }: { sheet: Sheet; onKept: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <article class="receipt" aria-labelledby="sheet-title">
      <h3 id="sheet-title" ref={heading} tabIndex={-1}>{t('account.sheet.new')}</h3>
      <p>{t('account.sheet.new.what')}</p>
      {new Date(sheet.good_from) > new Date() && <p>{t('account.sheet.good-from', { from: momentInWords(sheet.good_from) })}</p>}
      <ol class="sheet">{sheet.codes.map((code) => <li key={code} class="code">{code}</li>)}</ol>
      <p>{t('account.sheet.freeze')} <b class="code">{sheet.freeze_code}</b></p>
      <p class="actions">
        <Button onClick={() => print()}>{t('receipt.print')}</Button>
        <Button second onClick={onKept}>{t('account.sheet.kept')}</Button>
      </p>
    </article>
  );
}

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
export function PrintedCodes({ form }: { form: Form }) {
  const loaded = useLoaded(() => get('/api/v1/printed-codes', printedCodes));
  const [sheet, show] = useState<Sheet | null>(null);
  const doing = useDoing(form);
  const make = () => doing('sheet', (key) => post('/api/v1/printed-codes', null, newSheet, { key }), (made) => {
    show(made.sheet);
    loaded.again();
  });
  const discard = () => doing('discard', (key) => post('/api/v1/printed-codes/discard', null, receiptAnswer, { key }), loaded.again);
  if (sheet) return <NewSheet sheet={sheet} onKept={() => show(null)} />;
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
