// The entry, what is written down about one act on one record (docs/log.md "Forms"; src/log/entry.hpp has the limits).
import { concat } from '../base/bytes';
import { CborReader } from './cbor';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { bigEndian, hmacSha256, sha256 } from './sha256';
import { bytesOf, textOf } from './text';

// Members by version: version 2 says when it was first tried as well.
const memberCounts: ReadonlyMap<bigint, number> = new Map([[1n, 13], [2n, 14]]);
const lateVersion = 2n;
const maxEntrySizeBytes = 800;
const maxWordSizeBytes = 32;
const maxReferenceSizeBytes = 64;
const maxFields = 8;
const maxFieldSizeBytes = 24;

/** The last second of the year 9999. */
export const maxTime = 253_402_300_799;

/** By this operation a holder asked for the erasure of the record. */
export const erasureOperation = 'erasure';
/** And by this one took it back. */
export const undoErasureOperation = 'undo-erasure';

const commitmentLabel = bytesOf('abode/entry/v1\0');

/** Texts may be empty, except for `operation`. */
export interface Entry {
  /** Of the record in the head tree; secret, never shown. */
  readonly position: bigint;
  /** 0, 1, 2 ... within the record. */
  readonly seq: bigint;
  /** The commitment of the entry before; zeros in entry 0. */
  readonly previous: Uint8Array;
  /** Seconds since 1970. */
  readonly time: number;
  readonly actor: string;
  readonly office: string;
  readonly purpose: string;
  readonly reference: string;
  readonly operation: string;
  /** Names of what was read or written, never the values. */
  readonly fields: readonly string[];
  /** A keyed hash of the record's state before the act. */
  readonly before: Uint8Array;
  /** And after it. */
  readonly after: Uint8Array;
  /**
   * Of what had to wait until it could be sent: when that was first tried, in seconds since 1970, by the sender's own
   * clock, which nobody checked. A whole minute, not after `time`.
   */
  readonly firstTried: number | null;
}

export type EntryMember =
  | 'previous' | 'time' | 'first_tried' | 'actor' | 'office' | 'purpose' | 'reference' | 'operation' | 'fields';

/** Why bytes are no entry: of another form, of another version, or with a member that breaks a rule. */
export type EntryRefusal =
  | { readonly code: 'entry-malformed' }
  | { readonly code: 'entry-unsupported' }
  | { readonly code: 'entry-invalid'; readonly member: EntryMember; readonly rule: EntryRule };

/** Too long by bytes, with a control character or not UTF-8, empty, out of its range, or not zeros in entry 0. */
export type EntryRule = 'too-long' | 'not-printable' | 'empty' | 'out-of-range' | 'not-the-first';

interface RawEntry {
  readonly position: bigint;
  readonly seq: bigint;
  readonly previous: Uint8Array;
  readonly time: bigint;
  readonly texts: Readonly<Record<TextMember, Uint8Array>>;
  readonly fields: readonly Uint8Array[];
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly firstTried: bigint | null;
}
type TextMember = 'actor' | 'office' | 'purpose' | 'reference' | 'operation';

const malformed = refused<EntryRefusal>({ code: 'entry-malformed' });

function invalid(member: EntryMember, rule: EntryRule): { readonly ok: false; readonly why: EntryRefusal } {
  return refused({ code: 'entry-invalid', member, rule });
}

/** C0 and C1 control characters are out. */
function readText(bytes: Uint8Array, maxSizeBytes: number, member: EntryMember): Outcome<string, EntryRefusal> {
  if (bytes.length > maxSizeBytes) return invalid(member, 'too-long');
  const text = textOf(bytes);
  return text === null || /[\0-\x1f\x7f-\x9f]/.test(text) ? invalid(member, 'not-printable') : done(text);
}

function readFields(raw: readonly Uint8Array[]): Outcome<string[], EntryRefusal> {
  const fields: string[] = [];
  for (const bytes of raw) {
    if (bytes.length === 0) return invalid('fields', 'empty');
    const field = readText(bytes, maxFieldSizeBytes, 'fields');
    if (!field.ok) return field;
    fields.push(field.value);
  }
  return done(fields);
}

function isFirstTry(tried: bigint, time: bigint): boolean {
  return tried >= 0n && tried <= time && tried % 60n === 0n;
}

function checkEntry(raw: RawEntry): Outcome<Entry, EntryRefusal> {
  if (raw.seq === 0n && raw.previous.some((byte) => byte !== 0)) return invalid('previous', 'not-the-first');
  if (raw.time < 0n || raw.time > BigInt(maxTime)) return invalid('time', 'out-of-range');
  if (raw.firstTried !== null && !isFirstTry(raw.firstTried, raw.time)) return invalid('first_tried', 'out-of-range');
  if (raw.texts.operation.length === 0) return invalid('operation', 'empty');
  const actor = readText(raw.texts.actor, maxWordSizeBytes, 'actor');
  if (!actor.ok) return actor;
  const office = readText(raw.texts.office, maxWordSizeBytes, 'office');
  if (!office.ok) return office;
  const purpose = readText(raw.texts.purpose, maxWordSizeBytes, 'purpose');
  if (!purpose.ok) return purpose;
  const reference = readText(raw.texts.reference, maxReferenceSizeBytes, 'reference');
  if (!reference.ok) return reference;
  const operation = readText(raw.texts.operation, maxWordSizeBytes, 'operation');
  if (!operation.ok) return operation;
  const fields = readFields(raw.fields);
  if (!fields.ok) return fields;
  return done({
    position: raw.position,
    seq: raw.seq,
    previous: raw.previous,
    time: Number(raw.time),
    actor: actor.value,
    office: office.value,
    purpose: purpose.value,
    reference: reference.value,
    operation: operation.value,
    fields: fields.value,
    before: raw.before,
    after: raw.after,
    firstTried: raw.firstTried === null ? null : Number(raw.firstTried),
  });
}

/** The members after the version, in the order of their keys. */
function readMembers(reader: CborReader, late: boolean): RawEntry {
  let key = 1;
  const next = (): CborReader => {
    reader.key(key++);
    return reader;
  };
  const position = next().unsigned();
  const seq = next().unsigned();
  const previous = next().hash();
  const time = next().signed();
  const actor = next().textBytes();
  const office = next().textBytes();
  const purpose = next().textBytes();
  const reference = next().textBytes();
  const operation = next().textBytes();
  const fields: Uint8Array[] = [];
  for (let count = next().array(maxFields); count > 0; --count) fields.push(reader.textBytes());
  const before = next().hash();
  const after = next().hash();
  const firstTried = late ? next().signed() : null;
  const texts = { actor, office, purpose, reference, operation };
  return { position, seq, previous, time, texts, fields, before, after, firstTried };
}

/** Takes exactly what the register writes. */
export function decodeEntry(encoded: Uint8Array): Outcome<Entry, EntryRefusal> {
  if (encoded.length > maxEntrySizeBytes) return malformed;
  const reader = new CborReader(encoded);
  // The number of members may differ in another version, so the version comes before anything else.
  const members = reader.map(0xff);
  reader.key(0);
  const version = reader.unsigned();
  const wanted = memberCounts.get(version);
  if (!reader.failed && wanted === undefined) return refused({ code: 'entry-unsupported' });
  if (members !== wanted) return malformed;
  const raw = readMembers(reader, version === lateVersion);
  return reader.finished() ? checkEntry(raw) : malformed;
}

/** The commitment C = SHA-256("abode/entry/v1" || 0x00 || salt || length of the entry in 4 bytes || entry). */
export function commitment(salt: Uint8Array, encoded: Uint8Array): Uint8Array {
  return sha256(commitmentLabel, salt, bigEndian(BigInt(encoded.length), 4), encoded);
}

/** The leaf of the log that stands for an entry: 0x01 || C. */
export function entryLeaf(entryCommitment: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0x01), entryCommitment);
}

/** What an entry's `before` or `after` is for a record of these facts: a MAC by the entry's salt of a MAC by `key`. */
export function stateMac(salt: Uint8Array, key: Uint8Array, facts: Uint8Array): Uint8Array {
  return hmacSha256(salt, hmacSha256(key, facts));
}
