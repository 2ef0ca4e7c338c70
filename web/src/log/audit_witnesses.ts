// What the witnesses of a policy say of a history (src/log/history_witnesses.cpp).
import { missOverdueEpoch, qualify } from './audit_epochs';
import type { AuditReason, AuditReport, AuditRow, CheckpointObjection, EntryObjection } from './audit_report';
import { verifyCosigned } from './checkpoint';
import type { Cosigned } from './checkpoint';
import type { History } from './history';
import { verifyConsistency } from './merkle';
import { parseNote } from './note';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import type { Pace } from './pace';
import type { TrustPolicy } from './trust_policy';

/** How soon after its time an entry must be in the log. */
const mergeDelay_s = 10;
/** How long after that the next checkpoint may be that is kept. */
const witnessGap_s = 120;

interface Seen {
  readonly at: number;
  readonly size: bigint;
}

/** When witnesses saw how much of the log, for questions about one entry. Times in seconds since 1970. */
class SeenTimes {
  private readonly times: readonly number[];
  /** At each place the largest size until then, and the smallest from then on. */
  private readonly largestUntil: bigint[] = [];
  private readonly smallestFrom: bigint[] = [];

  constructor(seen: Seen[]) {
    seen.sort((a, b) => a.at - b.at);
    this.times = seen.map((one) => one.at);
    let largest = 0n;
    for (const { size } of seen) this.largestUntil.push((largest = size > largest ? size : largest));
    let smallest: bigint | null = null;
    for (const { size } of seen.slice().reverse())
      this.smallestFrom.push((smallest = smallest === null || size < smallest ? size : smallest));
    this.smallestFrom.reverse();
  }

  /** True if at `at` or later a witness saw a log that did not have the leaf. */
  lackingFrom(at: number, index: bigint): boolean {
    const smallest = this.smallestFrom[this.firstFrom(at)];
    return smallest !== undefined && smallest <= index;
  }

  /** True if before `at` a witness saw a log that had the leaf. */
  holdingBefore(at: number, index: bigint): boolean {
    const largest = this.largestUntil[this.firstFrom(at) - 1];
    return largest !== undefined && largest > index;
  }

  /** The first place that is not before `at`. */
  private firstFrom(at: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const time = this.times[middle];
      if (time !== undefined && time < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

async function cosignedIn(text: string, policy: TrustPolicy): Promise<Outcome<Cosigned, CheckpointObjection>> {
  const note = parseNote(text);
  return note.ok ? verifyCosigned(note.value, policy) : note;
}

/** What the older checkpoints show; a reason to reject if one of them contradicts the history's own. */
async function seenTimes(
  history: History,
  newest: Cosigned,
  policy: TrustPolicy,
  pace: Pace,
): Promise<Outcome<SeenTimes, AuditReason>> {
  const seen: Seen[] = [];
  const note = (cosigned: Cosigned): void => {
    if (cosigned.quorum && cosigned.seenAt !== null)
      seen.push({ at: cosigned.seenAt, size: cosigned.checkpoint.size });
  };
  note(newest);
  for (const { checkpoint, proof } of history.seen) {
    const older = await cosignedIn(checkpoint, policy);
    if (!older.ok) return refused({ code: 'older-checkpoint-untrusted', why: older.why });
    const { size, root } = older.value.checkpoint;
    const how = verifyConsistency(size, newest.checkpoint.size, root, newest.checkpoint.root, proof);
    if (how !== null) return refused({ code: 'not-grown', size, how });
    note(older.value);
    await pace.breathe();
  }
  return done(new SeenTimes(seen));
}

function objectToTime(said: number, index: bigint, times: SeenTimes): EntryObjection | null {
  if (times.lackingFrom(said + mergeDelay_s, index)) return { code: 'dated-back' };
  return times.holdingBefore(said - mergeDelay_s, index) ? { code: 'dated-ahead' } : null;
}

/** The rows up to the first whose time witnesses contradict, and all rows if there is none. */
function holdAgainstTimes(rows: readonly AuditRow[], times: SeenTimes): AuditRow[] {
  const held = rows.slice();
  for (const row of rows) {
    if (row.state !== 'proven' || row.entry === null || row.index === null) continue;
    const index = BigInt(row.index);
    const objection = objectToTime(row.entry.time, index, times);
    if (objection !== null) {
      held[row.seq] = { ...row, state: 'rejected', objection };
      break;
    }
    const late = !times.holdingBefore(row.entry.time + mergeDelay_s + witnessGap_s, index);
    held[row.seq] = { ...row, late };
  }
  return held;
}

function reject(report: AuditReport, reason: AuditReason): AuditReport {
  return { ...report, verdict: 'rejected', reason };
}

/** Incomplete without a quorum or with late entries, unless it was so before for entries that are not in the log. */
function qualifyByWitnesses(report: AuditReport): AuditReport {
  const { witnesses } = report;
  if (witnesses === null) return report;
  const { cosigners, known, late } = witnesses;
  if (!witnesses.quorum) return qualify(report, { code: 'no-quorum', cosigners, known });
  const [first] = late;
  return first === undefined ? report : qualify(report, { code: 'times-unconfirmed', count: late.length, first });
}

/** The report of a history that nothing stands against so far, once its witnesses are asked. */
export async function holdAgainstWitnesses(
  history: History,
  policy: TrustPolicy,
  report: AuditReport,
  pace: Pace,
): Promise<AuditReport> {
  const newest = await cosignedIn(history.checkpoint, policy);
  if (!newest.ok) return reject(report, { code: 'checkpoint-untrusted', why: newest.why });
  const { cosigners, quorum, seenAt } = newest.value;
  const witnesses = { cosigners: cosigners.length, known: policy.witnesses.length, quorum, seenAt, late: [] };
  if (!policy.asksForCosignatures) return { ...report, witnesses };
  const times = await seenTimes(history, newest.value, policy, pace);
  if (!times.ok) return reject({ ...report, witnesses }, times.why);
  const rows = holdAgainstTimes(report.rows, times.value);
  const late = rows.filter((row) => row.late).map((row) => row.seq);
  const held: AuditReport = { ...report, rows, witnesses: { ...witnesses, late } };
  for (const { seq, state, objection } of rows)
    if (state === 'rejected' && objection !== null) return reject(held, { code: 'entry-rejected', seq, why: objection });
  const qualified = qualifyByWitnesses(held);
  return seenAt === null ? qualified : missOverdueEpoch(qualified, seenAt);
}
