// What pages load once they have shown what is to be checked: a part of the app of its own, with the log's code in it.
import { follow } from './following';
import { checkHistory, isGrave, isUnderWay } from './history_check';
import type { HistoryCheck } from './history_check';
import { checkReceipt } from './receipt_check';
import type { Claim, ReceiptCheck } from './receipt_check';

export type { HistoryCheck } from './history_check';
export { tickOf } from './judging';
export { Mark } from './mark';
export type { ReceiptCheck } from './receipt_check';
export { ReceiptMark, ReceiptWarning } from './receipt_mark';
export { Statement } from './statement';

const broken = { code: 'uncheckable', why: 'unavailable' } as const;

function isOffline(found: HistoryCheck | ReceiptCheck): boolean {
  return found.code === 'uncheckable' && found.why === 'offline';
}

/** Checks the whole history of who is signed in, and again while entries are on their way; gives what ends it. */
export function followHistory(show: (check: HistoryCheck) => void): () => void {
  return follow<HistoryCheck>({ check: checkHistory, isGrave, isUnderWay, isOffline, broken }, show);
}

/** Checks one entry's commitment, and again until the log has it; gives what ends it. */
export function followReceipt(claim: Claim, show: (check: ReceiptCheck) => void): () => void {
  const check = () => checkReceipt(claim);
  const failed = ({ code }: ReceiptCheck) => code === 'failed';
  const waiting = ({ code }: ReceiptCheck) => code === 'waiting';
  return follow<ReceiptCheck>({ check, isGrave: failed, isUnderWay: waiting, isOffline, broken }, show);
}
