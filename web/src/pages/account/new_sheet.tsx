import type { newSheet } from '../../api/wire';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { Page } from '../../ui/page';
import { Button } from '../../ui/pieces';

export type Sheet = ReturnType<typeof newSheet>['sheet'];

/** The new sheet: shown once, to be printed or copied by hand. */
export function NewSheet({ sheet, onKept }: { sheet: Sheet; onKept: () => void }) {
  return (
    <Page title={t('account.sheet.new')}>
      <p class="lead">{t('account.sheet.new.what')}</p>
      <article class="receipt" aria-label={t('account.sheet.new')}>
        <p class="caption">{t('account.sheet.what')}</p>
        {new Date(sheet.good_from) > new Date() && <p>{t('account.sheet.good-from', { from: momentInWords(sheet.good_from) })}</p>}
        <ol class="sheet">{sheet.codes.map((code) => <li key={code} class="code">{code}</li>)}</ol>
        <p>{t('account.sheet.freeze')}<br /><b class="code">{sheet.freeze_code}</b></p>
      </article>
      <p class="actions">
        <Button onClick={() => print()}>{t('receipt.print')}</Button>
        <Button second onClick={onKept}>{t('account.sheet.kept')}</Button>
      </p>
    </Page>
  );
}
