// What the log signs (C2SP tlog-checkpoint), and what its witnesses say of it by a policy.
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { isBy, timeOfCosignature, verifyNote } from './note';
import type { NoteRefusal, SignatureRefusal, SignedNote, VerifierKey } from './note';
import type { TrustPolicy } from './trust_policy';
import { hashFromBase64, Lines, parseDecimal } from './text';

/** Logs of test mode have a name that begins so: nothing in them has legal effect. */
const testOriginPrefix = 'test-mode.';

export function isTestOrigin(origin: string): boolean {
  return origin.startsWith(testOriginPrefix);
}

/** The name of a log, how many leaves it has, and their root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
  /** Further lines. */
  readonly extensions: readonly string[];
}

/** Which line is not as it must be. */
export type CheckpointRefusal = {
  readonly code: 'checkpoint-malformed';
  readonly line: 'origin' | 'size' | 'root' | 'end';
};

/** The checkpoint is of another log than the key. */
export type OriginRefusal = { readonly code: 'origin-another'; readonly origin: string; readonly key: string };

/** The policy does not know this log. */
export type UnknownLog = { readonly code: 'log-unknown'; readonly origin: string };

/** Why a text is not a checkpoint that the log signed. */
export type SignedCheckpointRefusal = NoteRefusal | SignatureRefusal | CheckpointRefusal | OriginRefusal;

function malformed(line: CheckpointRefusal['line']): { readonly ok: false; readonly why: CheckpointRefusal } {
  return refused({ code: 'checkpoint-malformed', line });
}

/** Takes the text of a note. */
export function parseCheckpoint(text: string): Outcome<Checkpoint, CheckpointRefusal> {
  const lines = new Lines(text);
  const origin = lines.take();
  if (origin === null || origin === '') return malformed('origin');
  const size = parseDecimal(lines.take() ?? '');
  if (size === null) return malformed('size');
  const root = hashFromBase64(lines.take() ?? '');
  if (root === null) return malformed('root');
  const extensions: string[] = [];
  while (lines.rest() !== '') {
    const extension = lines.take();
    if (extension === null || extension === '') return malformed('end');
    extensions.push(extension);
  }
  return done({ origin, size, root, extensions });
}

/** The checkpoint in a note that this key signed, whose name must be the checkpoint's origin. */
export async function verifyCheckpoint(
  note: SignedNote,
  logKey: VerifierKey,
): Promise<Outcome<Checkpoint, SignatureRefusal | CheckpointRefusal | OriginRefusal>> {
  const signed = await verifyNote(note, [logKey]);
  if (!signed.ok) return signed;
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.ok && checkpoint.value.origin !== logKey.name)
    return refused({ code: 'origin-another', origin: checkpoint.value.origin, key: logKey.name });
  return checkpoint;
}

/** A checkpoint that the log signed, with what its witnesses said of it. */
export interface Cosigned {
  readonly checkpoint: Checkpoint;
  /** Each once, in the order of the policy. */
  readonly cosigners: readonly VerifierKey[];
  /** As the policy asks. */
  readonly quorum: boolean;
  /** When the first witness saw it, in seconds since 1970; null without a cosignature. */
  readonly seenAt: number | null;
}

/** The checkpoint in a note under this policy. A bad cosignature of a known witness condemns it; too few do not. */
export async function verifyCosigned(
  note: SignedNote,
  policy: TrustPolicy,
): Promise<Outcome<Cosigned, SignatureRefusal | CheckpointRefusal | OriginRefusal | UnknownLog>> {
  const text = parseCheckpoint(note.text);
  if (!text.ok) return text;
  const logKey = policy.logKey(text.value.origin);
  if (logKey === null) return refused({ code: 'log-unknown', origin: text.value.origin });
  const checkpoint = await verifyCheckpoint(note, logKey);
  if (!checkpoint.ok) return checkpoint;
  const cosigners: VerifierKey[] = [];
  let seenAt: number | null = null;
  for (const witness of policy.witnesses) {
    const line = note.signatures.find((candidate) => isBy(candidate, witness.key));
    if (line === undefined) continue;
    const good = await verifyNote(note, [witness.key]);
    if (!good.ok) return good;
    cosigners.push(witness.key);
    const seen = timeOfCosignature(line);
    if (seen !== null && (seenAt === null || seen < seenAt)) seenAt = seen;
  }
  return done({ checkpoint: checkpoint.value, cosigners, quorum: policy.quorum(cosigners), seenAt });
}
