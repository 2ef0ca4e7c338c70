// The audit of a history, as `abode audit` does it (src/log/history_audit.cpp): everything is checked here, against the
// log's key alone.
import { equal } from '../base/bytes';
import { holdAgainstEpochs } from './audit_epochs';
import type { AuditReason, AuditReport, AuditRow, CheckpointObjection, EntryObjection } from './audit_report';
import { holdAgainstWitnesses } from './audit_witnesses';
import { isTestOrigin, verifyCheckpoint } from './checkpoint';
import type { Checkpoint } from './checkpoint';
import { commitment, decodeEntry, entryLeaf, erasureOperation, stateMac, undoErasureOperation } from './entry';
import type { Entry } from './entry';
import type { History, HistoryEntry } from './history';
import { hashLeaf, verifyInclusion } from './merkle';
import { parseNote, parseVerifierKey } from './note';
import type { VerifierKey } from './note';
import { refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { Pace } from './pace';
import type { TrustPolicy } from './trust_policy';

/** Whom to believe: the log's key, got from elsewhere than the file; a policy; or the file itself, for want of both. */
export type Trust =
  | { readonly by: 'key'; readonly key: VerifierKey }
  | { readonly by: 'policy'; readonly policy: TrustPolicy }
  | { readonly by: 'file' };

/** The checkpoint that the file may be held against, and the key in question. */
async function trustworthyCheckpoint(
  history: History,
  trusted: VerifierKey | null,
): Promise<{ readonly key: string; readonly checkpoint: Outcome<Checkpoint, CheckpointObjection> }> {
  const named = parseVerifierKey(history.verifierKey);
  if (!named.ok) return { key: '', checkpoint: named };
  if (trusted !== null && trusted.line !== named.value.line)
    return { key: '', checkpoint: refused({ code: 'another-key-than-trusted' }) };
  const key = named.value.line;
  const note = parseNote(history.checkpoint);
  if (!note.ok) return { key, checkpoint: note };
  const checkpoint = await verifyCheckpoint(note.value, named.value);
  if (checkpoint.ok && checkpoint.value.origin !== history.origin)
    return { key, checkpoint: refused({ code: 'another-log-than-named' }) };
  return { key, checkpoint };
}

/** Holds each entry of a history against the ones before it and against the checkpoint. */
class Chain {
  private seq = 0;
  private previous: Uint8Array = new Uint8Array(32); // zeros before entry 0, as entry 0 says
  private latest = 0;
  private readonly seqOfIndex = new Map<number, number>();

  constructor(
    private readonly history: History,
    private readonly checkpoint: Checkpoint | null,
  ) {}

  check(given: HistoryEntry): AuditRow {
    const decoded = decodeEntry(given.encoded);
    const entry = decoded.ok ? decoded.value : null;
    const own = commitment(given.salt, given.encoded);
    const objection = decoded.ok ? this.objectTo(decoded.value, given, own) : decoded.why;
    if (entry !== null) this.latest = Math.max(this.latest, entry.time);
    this.previous = own;
    const seq = this.seq++;
    const index = given.place === null ? null : given.place.index;
    return { seq, entry, commitment: own, state: this.stateOf(index, objection), index, objection, late: false };
  }

  private objectTo(entry: Entry, given: HistoryEntry, own: Uint8Array): EntryObjection | null {
    return this.objectToOrder(entry) ?? this.objectToPlace(given, own) ?? this.objectToState(given, entry);
  }

  private objectToOrder(entry: Entry): EntryObjection | null {
    if (entry.seq !== BigInt(this.seq)) return { code: 'out-of-order', found: entry.seq };
    if (entry.position !== this.history.position) return { code: 'another-record' };
    if (!equal(entry.previous, this.previous)) return { code: 'not-following' };
    return entry.time < this.latest ? { code: 'before-its-predecessor' } : null;
  }

  private objectToPlace(given: HistoryEntry, own: Uint8Array): EntryObjection | null {
    if (given.place === null) return null;
    const { index, proof } = given.place;
    const taken = this.seqOfIndex.get(index);
    if (taken !== undefined) return { code: 'same-place', as: taken };
    this.seqOfIndex.set(index, this.seq);
    if (this.checkpoint === null) return null;
    const { size, root } = this.checkpoint;
    const how = verifyInclusion(BigInt(index), size, hashLeaf(entryLeaf(own)), proof, root);
    return how === null ? null : { code: 'not-in-log', how };
  }

  private objectToState(given: HistoryEntry, entry: Entry): EntryObjection | null {
    const { entries, stateKey, state } = this.history;
    if (this.seq + 1 < entries.length) return null;
    return equal(entry.after, stateMac(given.salt, stateKey, state)) ? null : { code: 'another-state' };
  }

  private stateOf(index: number | null, objection: EntryObjection | null): AuditRow['state'] {
    if (objection !== null) return 'rejected';
    if (index === null) return 'not-yet-provable';
    return this.checkpoint === null ? 'unchecked' : 'proven';
  }
}

function isAboutErasure(row: AuditRow): boolean {
  return row.entry?.operation === erasureOperation || row.entry?.operation === undoErasureOperation;
}

/** The first thing that stands against the history as a whole or one of its entries, if there is one. */
function rejection(checkpoint: Outcome<Checkpoint, CheckpointObjection>, rows: AuditRow[]): AuditReason | null {
  if (!checkpoint.ok) return { code: 'checkpoint-untrusted', why: checkpoint.why };
  if (rows.length === 0) return { code: 'no-entries' };
  for (const { seq, objection } of rows)
    if (objection !== null) return { code: 'entry-rejected', seq, why: objection };
  return null;
}

async function auditByKey(history: History, trusted: VerifierKey | null, pace: Pace): Promise<AuditReport> {
  const { key, checkpoint } = await trustworthyCheckpoint(history, trusted);
  const chain = new Chain(history, checkpoint.ok ? checkpoint.value : null);
  const rows: AuditRow[] = [];
  for (const given of history.entries) {
    rows.push(chain.check(given));
    await pace.breathe();
  }
  const notYetProvable = rows.filter((row) => row.state === 'not-yet-provable').map((row) => row.seq);
  const found = {
    keyFromFile: trusted === null,
    testMode: isTestOrigin(history.origin),
    origin: history.origin,
    verifierKey: key,
    checkpoint: checkpoint.ok ? checkpoint.value : null,
    notYetProvable,
    erasures: rows.filter(isAboutErasure).map((row) => row.seq),
    rows,
    epochs: null,
    witnesses: null,
  };
  const reason = rejection(checkpoint, rows);
  if (reason !== null) return { ...found, verdict: 'rejected', reason };
  const entries = rows.length;
  const count = notYetProvable.length;
  const ordered: AuditReport =
    count > 0
      ? { ...found, verdict: 'incomplete', reason: { code: 'not-yet-provable', count, entries } }
      : { ...found, verdict: 'accepted', reason: { code: 'all-proven', entries } };
  return holdAgainstEpochs(history, ordered, pace);
}

async function auditByPolicy(history: History, policy: TrustPolicy, pace: Pace): Promise<AuditReport> {
  const key = policy.logKey(history.origin);
  const report = await auditByKey(history, key, pace);
  if (key === null) return { ...report, verdict: 'rejected', reason: { code: 'unknown-log' } };
  return report.verdict === 'rejected' ? report : holdAgainstWitnesses(history, policy, report, pace);
}

/**
 * Checks, in this order: the signature of the checkpoint, that the origin is the same in checkpoint, key and file; of
 * each entry its form, order, position, the commitment of the entry before, its time, an index of its own and its
 * inclusion there; of the last that it fits the state; of each epoch its form, inclusion, order, and that its head tree
 * binds just the entries that it covers; and by a policy what the witnesses say. Lets the page in while it works.
 */
export function audit(history: History, trust: Trust, pace: Pace = new Pace()): Promise<AuditReport> {
  if (trust.by === 'policy') return auditByPolicy(history, trust.policy, pace);
  return auditByKey(history, trust.by === 'key' ? trust.key : null, pace);
}
