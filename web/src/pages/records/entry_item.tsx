import type { ComponentChildren } from 'preact';
import type { ShownAct } from '../../api/wire';
import { momentInWords, timeInWords } from '../../text/dates';
import { actorOf, fieldInWords, purposeInWords, sentenceOf } from '../../text/operations';
import { t } from '../../text/text';
import { Link, type Row, SummaryList, Unseen } from '../../ui/pieces';
import { pathOf, useChild } from '../../ui/whom';

/** What an official did is told in full; of one's own acts the receipt says the rest. */
function rowsOf(entry: ShownAct): Row[] {
  if (!entry.office) return [];
  return [
    { key: 'by', name: t('receipt.by'), value: actorOf(entry) },
    ...(entry.purpose ? [{ key: 'purpose', name: t('history.purpose'), value: purposeInWords(entry.purpose) }] : []),
    ...(entry.reference ? [{ key: 'reference', name: t('history.reference'), value: <bdi class="code">{entry.reference}</bdi> }] : []),
    ...(entry.fields.length > 0 ? [{ key: 'fields', name: t('history.fields'), value: entry.fields.map(fieldInWords).join(', ') }] : []),
  ];
}

interface Props {
  entry: ShownAct;
  fresh?: boolean;
  level: 'h2' | 'h3';
  /** What this device found of it; until then the register's word stands there. */
  mark?: ComponentChildren;
}

/** One entry in plain words. What officials did stands out. Below the heading of its day (h3) it says the time alone. */
export function EntryItem({ entry, fresh = false, level: Heading, mark }: Props) {
  const child = useChild();
  const { entry: number, commitment, at } = entry;
  return (
    <li class={entry.office ? 'entry by-official' : 'entry'}>
      <Heading>{sentenceOf(entry, child?.name)}{fresh && <> <span class="badge">{t('inbox.new')}</span></>}</Heading>
      <p class="hint"><time dateTime={entry.at}>{Heading === 'h3' ? timeInWords(entry.at) : momentInWords(entry.at)}</time>{!entry.office && ` · ${actorOf(entry, child?.name)}`}</p>
      {entry.first_tried && <p class="hint">{t('history.first-tried', { moment: momentInWords(entry.first_tried) })}</p>}
      <SummaryList rows={rowsOf(entry)} />
      <p class="foot">
        <Link to={pathOf(child, `receipts/${number ?? commitment}`)}>
          {t('history.receipt')}<Unseen> {number === undefined ? momentInWords(at) : t('history.entry', { number })}</Unseen>
        </Link>
        {mark ?? (!entry.provable && <span class="hint">{t('history.not-yet')}</span>)}
      </p>
    </li>
  );
}
