// What the epochs in a history say about it (src/log/history_epochs.cpp).
import type { AuditEpochs, AuditReason, AuditReport, EpochObjection } from './audit_report';
import type { Checkpoint } from './checkpoint';
import { hashHead, missingBetween, overdueAt, parseEpochLeaf } from './epoch';
import type { Epoch } from './epoch';
import type { History, HistoryEpoch, HistoryHead } from './history';
import { hashLeaf, verifyInclusion } from './merkle';
import type { Pace } from './pace';

/** Holds each epoch of a history against the ones before it, the entries and the checkpoint. */
class Epochs {
  readonly listed: Epoch[] = [];
  /** Entries that the newest of them binds. */
  bound = 0;
  private last: Epoch | null = null;
  /** Of the entries that are in the log, in ascending order. */
  private readonly indices: readonly number[];

  constructor(
    private readonly history: History,
    private readonly checkpoint: Checkpoint,
    private readonly commitments: readonly Uint8Array[],
  ) {
    const indices: number[] = [];
    for (const { place } of history.entries) if (place !== null) indices.push(place.index);
    this.indices = indices.sort((a, b) => a - b);
  }

  check(given: HistoryEpoch): AuditReason | null {
    const epoch = parseEpochLeaf(given.leaf);
    if (!epoch.ok) return { code: 'epoch-leaf-rejected', index: given.place.index, why: epoch.why };
    const why = this.objectTo(given, epoch.value);
    if (why !== null) return { code: 'epoch-rejected', number: epoch.value.number, why };
    this.last = epoch.value;
    this.listed.push(epoch.value);
    return null;
  }

  private objectTo(given: HistoryEpoch, epoch: Epoch): EpochObjection | null {
    const { index, proof } = given.place;
    const { size, root } = this.checkpoint;
    const how = verifyInclusion(BigInt(index), size, hashLeaf(given.leaf), proof, root);
    if (how !== null) return { code: 'not-in-log', how };
    const objection = this.objectToOrder(epoch, index);
    if (objection !== null) return objection;
    const covered = this.coveredEntries(epoch);
    if (covered === 0) {
      if (given.head !== null) return { code: 'binds-before-entry-0' };
      return this.last === null ? null : { code: 'tells-nothing' };
    }
    if (given.head === null) return { code: 'shows-no-head' };
    this.bound = covered;
    return this.objectToHead(epoch, given.head, covered);
  }

  private objectToOrder(epoch: Epoch, index: number): EpochObjection | null {
    if (epoch.covered > BigInt(index)) return { code: 'covers-too-much' };
    const last = this.last;
    if (last === null) return null;
    if (epoch.number <= last.number) return { code: 'after-a-later-one' };
    const less = epoch.covered < last.covered || epoch.positions < last.positions || epoch.time < last.time;
    return less ? { code: 'covers-less' } : null;
  }

  /** How many entries of the file the epoch covers: those without an index are in no log yet. */
  private coveredEntries(epoch: Epoch): number {
    const covered = Number(epoch.covered); // at most the index of its leaf, which is below 2^53
    let low = 0;
    let high = this.indices.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const index = this.indices[middle];
      if (index !== undefined && index < covered) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private objectToHead(epoch: Epoch, head: HistoryHead, covered: number): EpochObjection | null {
    const { entries, position } = this.history;
    if (head.count > entries.length) return { code: 'end-cut-off', binds: head.count, have: entries.length };
    if (head.count !== covered) return { code: 'another-count', binds: head.count, covers: covered };
    const index = entries[covered - 1]?.place?.index;
    const last = this.commitments[covered - 1];
    if (index === undefined || last === undefined || BigInt(index) >= epoch.covered)
      return { code: 'binds-later-entries' };
    const leaf = hashHead(epoch.number, { position, count: BigInt(covered), last }, head.blind);
    const how = verifyInclusion(position, epoch.positions, leaf, head.proof, epoch.root);
    return how === null ? null : { code: 'another-head', how };
  }
}

/** An accepted history is only incomplete, for this reason; one that was incomplete before keeps its reason. */
export function qualify(report: AuditReport, reason: AuditReason): AuditReport {
  return report.verdict === 'accepted' ? { ...report, verdict: 'incomplete', reason } : report;
}

function missingIn(history: History, listed: readonly Epoch[]): AuditEpochs['missing'] {
  const missing = missingBetween(listed);
  const [oldest] = listed;
  const [first] = history.epochs;
  if (oldest !== undefined && oldest.number > 0n && first !== undefined && first.head !== null)
    missing.unshift({ first: 0n, last: oldest.number - 1n });
  return missing;
}

/** The report of a history whose checkpoint is trusted and whose entries are in order, once its epochs are looked at. */
export async function holdAgainstEpochs(history: History, report: AuditReport, pace: Pace): Promise<AuditReport> {
  if (report.checkpoint === null) return report;
  const found = new Epochs(history, report.checkpoint, report.rows.map((row) => row.commitment));
  for (const given of history.epochs) {
    const reason = found.check(given);
    if (reason !== null) return { ...report, verdict: 'rejected', reason };
    await pace.breathe();
  }
  const newest = found.listed[found.listed.length - 1] ?? null;
  const missing = missingIn(history, found.listed);
  const epochs = { listed: found.listed.length, newest, bound: found.bound, missing, overdue: null };
  const whole: AuditReport = { ...report, epochs };
  if (newest === null) return qualify(whole, { code: 'no-epoch' });
  const [range] = missing;
  const listed = range === undefined ? whole : qualify(whole, { code: 'epochs-missing', range });
  const last = report.rows[report.rows.length - 1]?.entry;
  return last ? missOverdueEpoch(listed, last.time) : listed;
}

/** Once it is known that the log was as the file shows it at `seen` (seconds since 1970): whether an epoch is missed. */
export function missOverdueEpoch(report: AuditReport, seen: number): AuditReport {
  const { epochs } = report;
  if (epochs === null || epochs.newest === null || epochs.overdue !== null) return report;
  const overdue = overdueAt(epochs.newest, seen);
  if (overdue === null) return report;
  const reason: AuditReason = { code: 'epoch-overdue', number: epochs.newest.number + 1n, due: overdue };
  return qualify({ ...report, epochs: { ...epochs, overdue } }, reason);
}
