// What an audit finds, as codes: the page has the words for them. The classes are those of src/log/history.hpp.
import type { Checkpoint, CheckpointRefusal, OriginRefusal, UnknownLog } from './checkpoint';
import type { Entry, EntryRefusal } from './entry';
import type { Epoch, EpochRange } from './epoch';
import type { ConsistencyRefusal, InclusionRefusal } from './merkle';
import type { KeyRefusal, NoteRefusal, SignatureRefusal } from './note';

/** In the log and in order; in order, but no checkpoint covers it yet; in order, but there is no checkpoint that can be
 * trusted to hold it against; or rejected. */
export type RowState = 'proven' | 'not-yet-provable' | 'unchecked' | 'rejected';

/** Every entry proven and no epoch missing; in order, but something is not shown yet; or rejected. */
export type AuditVerdict = 'accepted' | 'incomplete' | 'rejected';

/** Why an entry is rejected. */
export type EntryObjection =
  | EntryRefusal
  /** It says that it is another entry of the record than its place in the file: entries are missing or disordered. */
  | { readonly code: 'out-of-order'; readonly found: bigint }
  | { readonly code: 'another-record' }
  /** It does not hold the commitment of the entry before it. */
  | { readonly code: 'not-following' }
  | { readonly code: 'before-its-predecessor' }
  /** It claims the index of an entry before it. */
  | { readonly code: 'same-place'; readonly as: number }
  | { readonly code: 'not-in-log'; readonly how: InclusionRefusal }
  /** The record does not stand as this last entry left it. */
  | { readonly code: 'another-state' }
  /** After its time, witnesses saw the log without it. */
  | { readonly code: 'dated-back' }
  /** Before its time, witnesses saw the log with it. */
  | { readonly code: 'dated-ahead' };

/** Why an epoch is rejected, and the history with it. */
export type EpochObjection =
  | { readonly code: 'not-in-log'; readonly how: InclusionRefusal }
  | { readonly code: 'covers-too-much' | 'after-a-later-one' | 'covers-less' }
  | { readonly code: 'binds-before-entry-0' | 'tells-nothing' | 'shows-no-head' | 'binds-later-entries' }
  /** It binds more entries than the file has: the end was cut off. */
  | { readonly code: 'end-cut-off'; readonly binds: number; readonly have: number }
  | { readonly code: 'another-count'; readonly binds: number; readonly covers: number }
  /** There are other entries at this position, or some were taken away. */
  | { readonly code: 'another-head'; readonly how: InclusionRefusal };

/** Why a checkpoint is not one that the log signed, or not the file's. */
export type CheckpointObjection =
  | KeyRefusal | NoteRefusal | SignatureRefusal | CheckpointRefusal | OriginRefusal | UnknownLog
  | { readonly code: 'another-key-than-trusted' }
  | { readonly code: 'another-log-than-named' };

/** What the verdict stands on; of a rejection the first thing found. */
export type AuditReason =
  | { readonly code: 'all-proven'; readonly entries: number }
  | { readonly code: 'not-yet-provable'; readonly count: number; readonly entries: number }
  | { readonly code: 'no-epoch' }
  | { readonly code: 'epochs-missing'; readonly range: EpochRange }
  | { readonly code: 'epoch-overdue'; readonly number: bigint; readonly due: number }
  | { readonly code: 'no-quorum'; readonly cosigners: number; readonly known: number }
  | { readonly code: 'times-unconfirmed'; readonly count: number; readonly first: number }
  | { readonly code: 'checkpoint-untrusted'; readonly why: CheckpointObjection }
  | { readonly code: 'no-entries' }
  | { readonly code: 'entry-rejected'; readonly seq: number; readonly why: EntryObjection }
  | { readonly code: 'epoch-leaf-rejected'; readonly index: number; readonly why: EpochLeafObjection }
  | { readonly code: 'epoch-rejected'; readonly number: bigint; readonly why: EpochObjection }
  | { readonly code: 'unknown-log' }
  | { readonly code: 'older-checkpoint-untrusted'; readonly why: CheckpointObjection }
  /** The log did not grow out of the leaves that its witnesses saw before. */
  | { readonly code: 'not-grown'; readonly size: bigint; readonly how: ConsistencyRefusal };

export type EpochLeafObjection = 'not-an-epoch' | 'epoch-malformed' | 'epoch-unsupported';

export interface AuditRow {
  /** The place in the file, which a sound entry repeats. */
  readonly seq: number;
  /** Null if it cannot be decoded. */
  readonly entry: Entry | null;
  readonly commitment: Uint8Array;
  readonly state: RowState;
  /** Of its leaf in the log; null if none is given. */
  readonly index: number | null;
  /** Why it is rejected; null if it is not. */
  readonly objection: EntryObjection | null;
  /** With witnesses: true if none saw it soon after its time. */
  readonly late: boolean;
}

/** What the epochs show: that what the log had of this record when one was closed is what the file has of it. */
export interface AuditEpochs {
  readonly listed: number;
  /** Null if the file has no epoch. */
  readonly newest: Epoch | null;
  /** How many entries it binds: the first ones. What came later, the next one will. */
  readonly bound: number;
  readonly missing: readonly EpochRange[];
  /** When the one after the newest should have been closed, in seconds since 1970; null if it is not missed. */
  readonly overdue: number | null;
}

export interface AuditWitnesses {
  /** Of the file's checkpoint, known to the policy. */
  readonly cosigners: number;
  /** Witnesses that the policy names. */
  readonly known: number;
  readonly quorum: boolean;
  /** When the first of them saw it, in seconds since 1970. */
  readonly seenAt: number | null;
  /** The entries that no witness saw soon after their time. */
  readonly late: readonly number[];
}

export interface AuditReport {
  readonly verdict: AuditVerdict;
  readonly reason: AuditReason;
  /** No trusted key was given: the file vouches for itself. */
  readonly keyFromFile: boolean;
  /** The log's name says that nothing in it has legal effect. */
  readonly testMode: boolean;
  readonly origin: string;
  /** The key that was used, as a line; empty if the file's is not the trusted one, or none. */
  readonly verifierKey: string;
  /** Null unless its signature and origin are good. */
  readonly checkpoint: Checkpoint | null;
  readonly notYetProvable: readonly number[];
  /** The entries by which erasure was asked for or taken back. */
  readonly erasures: readonly number[];
  readonly rows: readonly AuditRow[];
  /** Null unless the checkpoint can be trusted and the entries and epochs are in order. */
  readonly epochs: AuditEpochs | null;
  /** Null without a policy. */
  readonly witnesses: AuditWitnesses | null;
}
