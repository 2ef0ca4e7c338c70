// Signed notes and the keys that sign them (C2SP signed-note and tlog-cosignature).
import { concat, equal, fromBase64, toBase64, toHex } from '../base/bytes';
import { verifyEd25519 } from './ed25519';
import type { VerifyEd25519 } from './ed25519';
import { maxTime } from './entry';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { sha256 } from './sha256';
import { bytesOf, Lines } from './text';

const maxNoteSizeBytes = 1_000_000;
const maxNoteSignatures = 64;
const keyIdSizeBytes = 4;
const timeSizeBytes = 8;
const publicKeySizeBytes = 32;

/** Types of signatures by their byte: a log's over the text, and a witness's with its time. */
const signatureTypes = { 0x01: 'ed25519', 0x04: 'cosignature' } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** The public half of a key that signs notes. */
export interface VerifierKey {
  readonly name: string;
  /** The first 4 bytes of SHA-256(name || 0x0A || type || public key). */
  readonly id: Uint8Array;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
  /** `name+hex(id)+base64(type || public key)`: equal keys have equal lines. */
  readonly line: string;
}

export type KeyRefusal = { readonly code: 'key-malformed' } | { readonly code: 'key-unsupported' };

/** One line under a note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** Ends in a newline. */
  readonly text: string;
  /** At least one. */
  readonly signatures: readonly NoteSignature[];
}

export type NoteRefusal =
  | { readonly code: 'note-too-large' }
  | { readonly code: 'note-too-many-signatures' }
  | { readonly code: 'note-malformed'; readonly part: NotePart };

/** Where a note is not as it must be: its text, the blank line, that there are signatures, one of them, or its end. */
export type NotePart = 'text' | 'blank-line' | 'no-signature' | 'signature' | 'last-newline';

/** A trusted key's signature is bad, which condemns the whole note; or no trusted key has signed. */
export type SignatureRefusal =
  | { readonly code: 'signature-bad'; readonly name: string }
  | { readonly code: 'signature-missing' };

/** Not empty; without control characters, plus signs, Unicode spaces and halves of surrogate pairs. */
function isKeyName(name: string): boolean {
  const not = /[\0-\x20+\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\p{Surrogate}]/u;
  return name !== '' && !not.test(name);
}

function signatureTypeOf(byte: number | undefined): SignatureType | null {
  return byte === 0x01 || byte === 0x04 ? signatureTypes[byte] : null;
}

/** Takes exactly the line form of a key; `/log.vkey` has a newline after it, which is to be taken off before. */
export function parseVerifierKey(line: string): Outcome<VerifierKey, KeyRefusal> {
  const malformed = refused<KeyRefusal>({ code: 'key-malformed' });
  const first = line.indexOf('+');
  const second = first < 0 ? first : line.indexOf('+', first + 1);
  if (second < 0) return malformed;
  const typed = fromBase64(line.slice(second + 1));
  if (typed === null || typed.length === 0) return malformed;
  const type = signatureTypeOf(typed[0]);
  if (type === null) return refused({ code: 'key-unsupported' });
  const name = line.slice(0, first);
  if (!isKeyName(name) || typed.length !== 1 + publicKeySizeBytes) return malformed;
  const id = sha256(bytesOf(`${name}\n`), typed).slice(0, keyIdSizeBytes);
  // Comparing the whole line holds the key id against the key, and leaves one way of writing it.
  if (line !== `${name}+${toHex(id)}+${toBase64(typed)}`) return malformed;
  return done({ name, id, type, publicKey: typed.slice(1), line });
}

function parseSignature(line: string): NoteSignature | null {
  const start = '\u2014 ';
  if (!line.startsWith(start)) return null;
  const space = line.indexOf(' ', start.length);
  if (space < 0) return null;
  const name = line.slice(start.length, space);
  const bytes = isKeyName(name) ? fromBase64(line.slice(space + 1)) : null;
  if (bytes === null || bytes.length <= keyIdSizeBytes) return null;
  return { name, keyId: bytes.slice(0, keyIdSizeBytes), signature: bytes.slice(keyIdSizeBytes) };
}

function malformedNote(part: NotePart): { readonly ok: false; readonly why: NoteRefusal } {
  return refused({ code: 'note-malformed', part });
}

/** Takes a text, a blank line and signature lines. Nothing is believed yet. */
export function parseNote(note: string): Outcome<SignedNote, NoteRefusal> {
  if (note.length > maxNoteSizeBytes || bytesOf(note).length > maxNoteSizeBytes)
    return refused({ code: 'note-too-large' });
  if (/[\0-\x09\x0b-\x1f\p{Surrogate}]/u.test(note)) return malformedNote('text');
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) return malformedNote('blank-line');
  const lines = new Lines(note.slice(blank + 2));
  const signatures: NoteSignature[] = [];
  if (lines.rest() === '') return malformedNote('no-signature');
  while (lines.rest() !== '') {
    if (signatures.length === maxNoteSignatures) return refused({ code: 'note-too-many-signatures' });
    const line = lines.take();
    if (line === null) return malformedNote('last-newline');
    const signature = parseSignature(line);
    if (signature === null) return malformedNote('signature');
    signatures.push(signature);
  }
  return done({ text: note.slice(0, blank + 1), signatures });
}

export function isBy(signature: NoteSignature, key: VerifierKey): boolean {
  return signature.name === key.name && equal(signature.keyId, key.id);
}

/** The time in a cosignature, in seconds since 1970; null if it is none, or one over the year 9999. */
export function timeOfCosignature(signature: NoteSignature): number | null {
  if (signature.signature.length <= timeSizeBytes) return null;
  let seconds = 0n;
  for (const byte of signature.signature.subarray(0, timeSizeBytes)) seconds = (seconds << 8n) | BigInt(byte);
  return seconds <= BigInt(maxTime) ? Number(seconds) : null;
}

async function isGood(
  line: NoteSignature,
  key: VerifierKey,
  text: string,
  verify: VerifyEd25519,
): Promise<boolean> {
  if (key.type === 'ed25519') return verify(key.publicKey, bytesOf(text), line.signature);
  const time = timeOfCosignature(line);
  if (time === null) return false;
  // That this is the largest tree of this log that the witness has seen, and that it grew out of all before it.
  const message = concat(bytesOf(`cosignature/v1\ntime ${time}\n`), bytesOf(text));
  return verify(key.publicKey, message, line.signature.subarray(timeSizeBytes));
}

/**
 * The keys among `trusted` that signed the note, each once, in the order of the signatures. Signatures of other keys
 * are ignored.
 */
export async function verifyNote(
  note: SignedNote,
  trusted: readonly VerifierKey[],
  verify: VerifyEd25519 = verifyEd25519,
): Promise<Outcome<VerifierKey[], SignatureRefusal>> {
  const good: VerifierKey[] = [];
  for (const line of note.signatures) {
    const key = trusted.find((candidate) => isBy(line, candidate));
    if (key === undefined) continue;
    if (!(await isGood(line, key, note.text, verify))) return refused({ code: 'signature-bad', name: key.name });
    if (!good.includes(key)) good.push(key);
  }
  return good.length === 0 ? refused({ code: 'signature-missing' }) : done(good);
}
