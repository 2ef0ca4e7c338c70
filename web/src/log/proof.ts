// The file that shows that one leaf is in the log (C2SP tlog-proof, "c2sp.org/tlog-proof@v1").
import { fromBase64 } from '../base/bytes';
import { verifyCheckpoint } from './checkpoint';
import type { Checkpoint, CheckpointRefusal, OriginRefusal } from './checkpoint';
import { hashLeaf, verifyInclusion } from './merkle';
import type { InclusionRefusal, Proof } from './merkle';
import { parseNote } from './note';
import type { NoteRefusal, SignatureRefusal, SignedNote, VerifierKey } from './note';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { bytesOf, hashFromBase64, Lines, parseDecimal } from './text';

/** A tree of fewer than 2^64 leaves needs no more. */
export const maxProofHashes = 64;
const maxProofSizeBytes = 2_000_000;
const extraStart = 'extra ';
const indexStart = 'index ';

export interface LeafProof {
  readonly index: bigint;
  readonly hashes: Proof;
  readonly checkpoint: SignedNote;
  /** Opaque, and vouched for by nobody; null if there is none. */
  readonly extra: Uint8Array | null;
}

export type ProofPart = 'first-line' | 'extra' | 'index-missing' | 'index-number' | 'hash' | 'blank-line';

/** What of the file is not as it must be, or that it is over a limit. */
export type LeafProofRefusal =
  | { readonly code: 'proof-malformed'; readonly part: ProofPart }
  | { readonly code: 'proof-too-large' }
  | { readonly code: 'proof-too-many-hashes' }
  | NoteRefusal;

function malformed(part: ProofPart): { readonly ok: false; readonly why: LeafProofRefusal } {
  return refused({ code: 'proof-malformed', part });
}

/** Takes the whole text of the file, as `GET /api/v1/history/{entry}/proof` gives it. */
export function parseProof(file: string): Outcome<LeafProof, LeafProofRefusal> {
  if (bytesOf(file).length > maxProofSizeBytes) return refused({ code: 'proof-too-large' });
  const lines = new Lines(file);
  if (lines.take() !== 'c2sp.org/tlog-proof@v1') return malformed('first-line');
  let line = lines.take();
  let extra: Uint8Array | null = null;
  if (line !== null && line.startsWith(extraStart)) {
    extra = fromBase64(line.slice(extraStart.length));
    if (extra === null) return malformed('extra');
    line = lines.take();
  }
  if (line === null || !line.startsWith(indexStart)) return malformed('index-missing');
  const index = parseDecimal(line.slice(indexStart.length));
  if (index === null) return malformed('index-number');
  const hashes: Uint8Array[] = [];
  for (line = lines.take(); line !== null && line !== ''; line = lines.take()) {
    if (hashes.length === maxProofHashes) return refused({ code: 'proof-too-many-hashes' });
    const hash = hashFromBase64(line);
    if (hash === null) return malformed('hash');
    hashes.push(hash);
  }
  if (line === null) return malformed('blank-line');
  const checkpoint = parseNote(lines.rest());
  return checkpoint.ok ? done({ index, hashes, checkpoint: checkpoint.value, extra }) : checkpoint;
}

/** That the log does not hold the leaf where the proof says. */
export type NotIncluded = { readonly code: 'not-included'; readonly how: InclusionRefusal };

/** The checkpoint by which `leaf` (its data, such as `entryLeaf(commitment)`) is in the log of this key. */
export async function verifyProof(
  proof: LeafProof,
  leaf: Uint8Array,
  logKey: VerifierKey,
): Promise<Outcome<Checkpoint, SignatureRefusal | CheckpointRefusal | OriginRefusal | NotIncluded>> {
  const checkpoint = await verifyCheckpoint(proof.checkpoint, logKey);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const how = verifyInclusion(proof.index, size, hashLeaf(leaf), proof.hashes, root);
  return how === null ? checkpoint : refused({ code: 'not-included', how });
}
