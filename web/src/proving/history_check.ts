// A whole history, fetched and audited on this device by the log's key.
import { audit, decodeHistory } from '../log';
import type { AuditReport, History } from '../log';
import { fetchBytes } from './fetching';
import { inDispute, LogView } from './log_view';
import type { Standing, Uncheckable } from './log_view';

/** What came of one round. The file is kept as it came: if something does not fit, it is what shows it. */
export type HistoryCheck =
  | { readonly code: 'uncheckable'; readonly why: Uncheckable }
  | { readonly code: 'unreadable'; readonly file: Uint8Array }
  | Audited;

export interface Audited {
  readonly code: 'audited';
  readonly file: Uint8Array;
  readonly report: AuditReport;
  readonly standing: Standing;
}

async function auditOf(file: Uint8Array, history: History, log: LogView): Promise<Audited> {
  const report = await audit(history, { by: 'key', key: log.key });
  // An untrusted checkpoint is the report's to tell; the log is then known by its own newest one.
  if (report.checkpoint !== null) await log.look(history.checkpoint);
  await log.lookAtNewest();
  return { code: 'audited', file, report, standing: log.found };
}

/** Fetches and checks once. */
export async function checkHistory(): Promise<HistoryCheck> {
  const log = await LogView.open();
  if (!log.ok) return { code: 'uncheckable', why: log.why };
  const file = await fetchBytes('/api/v1/history/export');
  if (!file.ok) return { code: 'uncheckable', why: file.why };
  const history = await decodeHistory(file.value);
  if (history.ok) return auditOf(file.value, history.value, log.value);
  if (history.why.code === 'unsupported') return { code: 'uncheckable', why: 'newer' };
  if (history.why.code === 'too-large') return { code: 'uncheckable', why: 'too-large' };
  return { code: 'unreadable', file: file.value };
}

/** Something in it does not fit. */
export function isGrave(check: HistoryCheck): boolean {
  if (check.code === 'audited') return check.report.verdict === 'rejected' || inDispute(check.standing);
  return check.code === 'unreadable';
}

/** The next round may say more: entries are on their way into the log. */
export function isUnderWay(check: HistoryCheck): boolean {
  if (check.code === 'uncheckable') return check.why === 'not-yet';
  return check.code === 'audited' && check.report.verdict !== 'rejected' && check.report.notYetProvable.length > 0;
}
