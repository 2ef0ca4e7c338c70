// Closed epochs, as leaves of the log, and the heads that they bind (docs/log.md "Forms"; src/log/epoch.hpp and
// head_tree.hpp).
import { CborReader } from './cbor';
import { maxTime } from './entry';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { bigEndian, sha256 } from './sha256';
import { bytesOf } from './text';

const epochVersion = 1n;
const memberCount = 7;
const epochLeafKind = 0x02;
const maxEpochLength_s = 31n * 86_400n;
/** The head trees of so many newest epochs are kept. */
const keptEpochs = 90n;
const missedAfter_s = 120;

const headLabel = bytesOf('\0abode/head/v1\0'); // with the 0x00 of a leaf (RFC 6962)

export interface Epoch {
  readonly number: bigint;
  /** When it was closed, in seconds since 1970. */
  readonly time: number;
  /** In seconds, after which the next one is due. */
  readonly length: number;
  /** It counts the entries whose leaves are among the log's first `covered`. */
  readonly covered: bigint;
  /** Leaves of the head tree; a power of two. */
  readonly positions: bigint;
  /** Of the head tree. */
  readonly root: Uint8Array;
}

/** A leaf of another kind; not in the one form that epochs have; or of a later version. */
export type EpochRefusal = 'not-an-epoch' | 'epoch-malformed' | 'epoch-unsupported';

/** Numbers from `first` to `last`. */
export interface EpochRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** Takes the data of a leaf. */
export function parseEpochLeaf(leaf: Uint8Array): Outcome<Epoch, EpochRefusal> {
  if (leaf[0] !== epochLeafKind) return refused('not-an-epoch');
  const reader = new CborReader(leaf.subarray(1));
  const members = reader.map(0xff);
  reader.key(0);
  const version = reader.unsigned();
  if (!reader.failed && version !== epochVersion) return refused('epoch-unsupported');
  if (members !== memberCount) return refused('epoch-malformed');
  reader.key(1);
  const number = reader.unsigned();
  reader.key(2);
  const time = reader.signed();
  reader.key(3);
  const length = reader.signed();
  reader.key(4);
  const covered = reader.unsigned();
  reader.key(5);
  const positions = reader.unsigned();
  reader.key(6);
  const root = reader.hash();
  const inOrder =
    time >= 0n && time <= BigInt(maxTime) - maxEpochLength_s &&
    length >= 1n && length <= maxEpochLength_s &&
    positions > 0n && (positions & (positions - 1n)) === 0n;
  if (!reader.finished() || !inOrder) return refused('epoch-malformed');
  return done({ number, time: Number(time), length: Number(length), covered, positions, root });
}

/** What is bound of one record: how many entries, and the commitment of the last of them. */
export interface Head {
  readonly position: bigint;
  readonly count: bigint;
  readonly last: Uint8Array;
}

/** The hash of a leaf of the head tree of the epoch of this number. */
export function hashHead(epoch: bigint, head: Head, blind: Uint8Array): Uint8Array {
  return sha256(
    headLabel, bigEndian(epoch, 8), bigEndian(head.position, 8), blind, bigEndian(head.count, 8), head.last,
  );
}

/** When the epoch after this one was due, if at `seen` it is missed; else null. All in seconds since 1970. */
export function overdueAt(newest: Epoch, seen: number): number | null {
  const due = newest.time + newest.length;
  return seen > due + newest.length + missedAfter_s ? due : null;
}

/** Months since the year 0, in UTC. */
function monthAt(time: number): number {
  const date = new Date(time * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * That those between the two have gone, if all were old enough: each of them was of the month of `next`, and not the
 * last of it. `one` is the last of its own month, unless it is the first of all, which is kept in any case.
 */
function mayBeThinned(one: Epoch, next: Epoch): boolean {
  const month = monthAt(one.time);
  if (monthAt(next.time) === month) return true;
  const oneIsLast = one.number > 0n || monthAt(one.time + one.length) !== month;
  return oneIsLast && monthAt(next.time) === month + 1;
}

/** Those of which a list of epochs, in ascending order, should have the one or other and has not. */
export function missingBetween(listed: readonly Epoch[]): EpochRange[] {
  const missing: EpochRange[] = [];
  const newest = listed[listed.length - 1];
  let before: Epoch | null = null;
  for (const epoch of listed) {
    if (before !== null && newest !== undefined && before.number + 1n < epoch.number) {
      const last = epoch.number - 1n;
      const oldEnough = newest.number - last >= keptEpochs;
      if (!oldEnough || !mayBeThinned(before, epoch)) missing.push({ first: before.number + 1n, last });
    }
    before = epoch;
  }
  return missing;
}
