// A person's own history as a file (`GET /api/v1/history/export`; docs/log.md "Forms", src/log/history.hpp).
import { fromBase64 } from '../base/bytes';
import { parseJson, wholeNumber } from './json';
import type { Json } from './json';
import type { Proof } from './merkle';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import type { Pace } from './pace';
import { maxProofHashes } from './proof';
import { hashFromBase64, parseDecimal, textOf } from './text';

const historyVersion = 2n;
const maxHistorySizeBytes = 64 * 1024 * 1024;
const maxEntries = 20_000;
const maxEpochs = 2_000;

/** Where a leaf is in the log, and the proof of it in the history's checkpoint. */
export interface Place {
  /** Below 2^53. */
  readonly index: number;
  readonly proof: Proof;
}

/** One entry with what opens its commitment. */
export interface HistoryEntry {
  readonly encoded: Uint8Array;
  readonly salt: Uint8Array;
  /** Null: not yet provable. */
  readonly place: Place | null;
}

/** An older checkpoint of the same log, and the proof that the history's own grew out of it. */
export interface SeenCheckpoint {
  /** A signed note with its cosignatures. */
  readonly checkpoint: string;
  readonly proof: Proof;
}

/** That an epoch binds so many entries of the record. */
export interface HistoryHead {
  readonly count: number;
  readonly blind: Uint8Array;
  /** Of inclusion in the head tree, at the record's position. */
  readonly proof: Proof;
}

export interface HistoryEpoch {
  readonly leaf: Uint8Array;
  readonly place: Place;
  /** Null if the epoch covers no entry of the record. */
  readonly head: HistoryHead | null;
}

export interface History {
  readonly origin: string;
  /** The log's key as a line. */
  readonly verifierKey: string;
  /** A signed note. */
  readonly checkpoint: string;
  /** Of the record; secret, never shown. */
  readonly position: bigint;
  /** From entry 0 on, in order. */
  readonly entries: readonly HistoryEntry[];
  /** The record's facts after the last entry, in the register's form. */
  readonly state: Uint8Array;
  /** The key of their tag. */
  readonly stateKey: Uint8Array;
  readonly seen: readonly SeenCheckpoint[];
  readonly epochs: readonly HistoryEpoch[];
}

/** Why a file is no history; `member` is the dotted path of the member at fault, or empty. */
export interface HistoryRefusal {
  readonly code: 'malformed' | 'invalid' | 'unsupported' | 'too-large';
  readonly member: string;
}

/** Reads the members of one object; the first thing that is wrong is what `finish` answers with. */
class ObjectReader {
  private readonly known = new Set<string>();
  private readonly members: ReadonlyMap<string, Json> | null;
  private refusal: HistoryRefusal | null = null;

  constructor(
    value: Json,
    private readonly path: string,
  ) {
    this.members = value instanceof Map ? value : null;
    if (this.members === null) this.refuse({ code: 'invalid', member: path });
  }

  refuse(refusal: HistoryRefusal): void {
    this.refusal ??= refusal;
  }

  optional(name: string): Json | undefined {
    this.known.add(name);
    return this.members?.get(name);
  }

  required(name: string): Json | undefined {
    const value = this.optional(name);
    if (value === undefined) this.refuseMember(name);
    return value;
  }

  text(name: string): string {
    const value = this.required(name);
    if (typeof value === 'string') return value;
    this.refuseMember(name);
    return '';
  }

  bytes(name: string): Uint8Array {
    return fromBase64(this.text(name)) ?? this.emptyFor(name);
  }

  hash(name: string): Uint8Array {
    return hashFromBase64(this.text(name)) ?? this.emptyFor(name);
  }

  decimal(name: string): bigint {
    const number = parseDecimal(this.text(name));
    if (number === null) this.refuseMember(name);
    return number ?? 0n;
  }

  /** From 0 to 2^53 - 1. */
  number(name: string): number {
    const number = wholeNumber(this.required(name));
    if (number !== null && number >= 0n && number <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(number);
    this.refuseMember(name);
    return 0;
  }

  proof(): Proof {
    const items = this.required('proof');
    const hashes: Uint8Array[] = [];
    if (!Array.isArray(items) || items.length > maxProofHashes) this.refuseMember('proof');
    else for (const item of items) hashes.push(this.hashOfProof(item));
    return hashes;
  }

  place(): Place {
    return { index: this.number('index'), proof: this.proof() };
  }

  pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  finish<T>(value: T): Outcome<T, HistoryRefusal> {
    if (this.refusal !== null) return refused(this.refusal);
    for (const name of this.members?.keys() ?? [])
      if (!this.known.has(name)) return refused({ code: 'invalid', member: this.pathOf(name) });
    return done(value);
  }

  private hashOfProof(item: Json): Uint8Array {
    const hash = typeof item === 'string' ? hashFromBase64(item) : null;
    return hash ?? this.emptyFor('proof');
  }

  private emptyFor(name: string): Uint8Array {
    this.refuseMember(name);
    return new Uint8Array(32);
  }

  private refuseMember(name: string): void {
    this.refuse({ code: 'invalid', member: this.pathOf(name) });
  }
}

function readEntry(value: Json, path: string): Outcome<HistoryEntry, HistoryRefusal> {
  const reader = new ObjectReader(value, path);
  const encoded = reader.bytes('entry');
  const salt = reader.hash('salt');
  // A null would be a second way of writing "not yet provable"; only the absence of the member says it.
  const place = reader.optional('index') === undefined ? null : reader.place();
  return reader.finish({ encoded, salt, place });
}

function readSeen(value: Json, path: string): Outcome<SeenCheckpoint, HistoryRefusal> {
  const reader = new ObjectReader(value, path);
  return reader.finish({ checkpoint: reader.text('checkpoint'), proof: reader.proof() });
}

function readHead(value: Json, path: string): Outcome<HistoryHead, HistoryRefusal> {
  const reader = new ObjectReader(value, path);
  return reader.finish({ count: reader.number('count'), blind: reader.hash('blind'), proof: reader.proof() });
}

function readEpoch(value: Json, path: string): Outcome<HistoryEpoch, HistoryRefusal> {
  const reader = new ObjectReader(value, path);
  const leaf = reader.bytes('leaf');
  const place = reader.place();
  const given = reader.optional('head');
  const epoch = reader.finish({ leaf, place, head: null });
  if (!epoch.ok || given === undefined) return epoch;
  const head = readHead(given, `${path}.head`);
  return head.ok ? done({ ...epoch.value, head: head.value }) : head;
}

async function readList<T>(
  list: Json | undefined,
  name: string,
  limit: number,
  read: (value: Json, path: string) => Outcome<T, HistoryRefusal>,
  pace: Pace,
): Promise<Outcome<T[], HistoryRefusal>> {
  if (!Array.isArray(list)) return refused({ code: 'invalid', member: name });
  if (list.length > limit) return refused({ code: 'too-large', member: name });
  const items: T[] = [];
  for (const value of list) {
    const item = read(value, `${name}.${items.length}`);
    if (!item.ok) return item;
    items.push(item.value);
    await pace.breathe();
  }
  return done(items);
}

/** Strict, as the register writes it: unknown, missing and repeated members are refused. Takes the file's bytes. */
export async function decodeHistory(file: Uint8Array, pace: Pace): Promise<Outcome<History, HistoryRefusal>> {
  if (file.length > maxHistorySizeBytes) return refused({ code: 'too-large', member: '' });
  const text = textOf(file);
  const document = text === null ? undefined : parseJson(text);
  if (document === undefined) return refused({ code: 'malformed', member: '' });
  await pace.breathe();
  const reader = new ObjectReader(document, '');
  const version = wholeNumber(reader.optional('version'));
  if (version !== null && version !== historyVersion) return refused({ code: 'unsupported', member: 'version' });
  if (version === null) reader.refuse({ code: 'invalid', member: 'version' });
  const origin = reader.text('origin');
  const verifierKey = reader.text('verifier_key');
  const checkpoint = reader.text('checkpoint');
  const position = reader.decimal('position');
  const listed = reader.required('entries');
  const state = reader.bytes('state');
  const stateKey = reader.hash('state_key');
  const older = reader.required('seen');
  const closed = reader.required('epochs');
  const whole = reader.finish({ origin, verifierKey, checkpoint, position, state, stateKey });
  if (!whole.ok) return whole;
  const entries = await readList(listed, 'entries', maxEntries, readEntry, pace);
  if (!entries.ok) return entries;
  const seen = await readList(older, 'seen', maxEntries, readSeen, pace);
  if (!seen.ok) return seen;
  const epochs = await readList(closed, 'epochs', maxEpochs, readEpoch, pace);
  if (!epochs.ok) return epochs;
  return done({ ...whole.value, entries: entries.value, seen: seen.value, epochs: epochs.value });
}
