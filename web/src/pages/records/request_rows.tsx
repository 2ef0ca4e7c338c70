import type { ShownAct } from '../../api/wire';
import { fieldInWords } from '../../text/operations';
import { t } from '../../text/text';
import { MomentText, type Row } from '../../ui/pieces';
import type { Receipted } from './receipted';

/** What was asked for that concerns the record as a whole, as it stands now. */
export function requestRows(act: ShownAct, { rectifications, erasure_due }: Pick<Receipted, 'rectifications' | 'erasure_due'>): Row[] {
  if (act.operation === 'erasure' && erasure_due) return [{ key: 'due', name: t('rights.erasure.due'), value: <MomentText moment={erasure_due} /> }];
  const request = act.operation === 'rectification-request' ? rectifications.find(({ entry }) => entry === act.entry) : undefined;
  if (!request) return [];
  return [
    { key: 'wanted', name: fieldInWords(request.field), value: <bdi>{request.wanted}</bdi> },
    { key: 'reason', name: t('rights.correct.reason'), value: <bdi>{request.reason}</bdi> },
  ];
}
