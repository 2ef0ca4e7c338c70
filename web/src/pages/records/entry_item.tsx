import type { ShownEntry } from '../../api/wire';
import { actorOf, fieldInWords, purposeInWords, sentenceOf } from '../../text/operations';
import { t } from '../../text/text';
import { Link, MomentText, type Row, SummaryList, Unseen } from '../../ui/pieces';

function rowsOf(entry: ShownEntry): Row[] {
  return [
    { key: 'by', name: t('receipt.by'), value: actorOf(entry) },
    ...(entry.purpose ? [{ key: 'purpose', name: t('history.purpose'), value: purposeInWords(entry.purpose) }] : []),
    ...(entry.office && entry.reference ? [{ key: 'reference', name: t('history.reference'), value: <bdi class="code">{entry.reference}</bdi> }] : []),
    ...(entry.fields.length > 0 ? [{ key: 'fields', name: t('history.fields'), value: entry.fields.map(fieldInWords).join(', ') }] : []),
  ];
}

/** One entry in plain words. What officials did stands out. */
export function EntryItem({ entry, fresh = false }: { entry: ShownEntry; fresh?: boolean }) {
  return (
    <li class={entry.office ? 'entry by-official' : 'entry'}>
      <h3>{sentenceOf(entry)}{fresh && <span class="badge">{t('inbox.new')}</span>}</h3>
      <p class="hint"><MomentText moment={entry.at} /></p>
      <SummaryList rows={rowsOf(entry)} />
      <p class="foot">
        <Link to={`receipts/${entry.entry}`}>{t('history.receipt')}<Unseen> {t('history.entry', { number: entry.entry })}</Unseen></Link>
        {!entry.provable && <span class="hint">{t('history.not-yet')}</span>}
      </p>
    </li>
  );
}
