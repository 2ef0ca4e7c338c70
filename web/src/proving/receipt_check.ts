// One entry's commitment, held against the log by its single proof.
import { fromHex } from '../base/bytes';
import { entryLeaf, parseProof, textOf, verifyProof } from '../log';
import { fetchBytes } from './fetching';
import { inDispute, LogView } from './log_view';
import type { Standing, Uncheckable } from './log_view';

/**
 * What came of it. `proven` says that the commitment is in the log; what the commitment stands for is the whole
 * history's to show, which alone has what opens it. The file is the proof as it came.
 */
export type ReceiptCheck =
  | { readonly code: 'proven'; readonly index: bigint; readonly size: bigint }
  | { readonly code: 'waiting' }
  | { readonly code: 'failed'; readonly file: Uint8Array; readonly why: 'unreadable' | 'unsigned' | 'not-in-log' }
  | { readonly code: 'failed'; readonly file: Uint8Array; readonly why: 'dispute'; readonly standing: Standing }
  | { readonly code: 'uncheckable'; readonly why: Uncheckable };

const commitmentSize_bytes = 32;

async function heldAgainst(log: LogView, file: Uint8Array, commitment: string): Promise<ReceiptCheck> {
  const told = textOf(file) ?? '';
  const proof = parseProof(told);
  const bytes = fromHex(commitment);
  if (!proof.ok || bytes === null || bytes.length !== commitmentSize_bytes) return { code: 'failed', file, why: 'unreadable' };
  const checkpoint = await verifyProof(proof.value, entryLeaf(bytes), log.key);
  if (!checkpoint.ok)
    return { code: 'failed', file, why: checkpoint.why.code === 'not-included' ? 'not-in-log' : 'unsigned' };
  await log.look(told.slice(told.indexOf('\n\n') + 2)); // its checkpoint comes after the first blank line
  if (inDispute(log.found)) return { code: 'failed', file, why: 'dispute', standing: log.found };
  return { code: 'proven', index: proof.value.index, size: checkpoint.value.size };
}

/** What is checked: a commitment, by the proof at this address. */
export interface Claim {
  readonly proof: string;
  readonly commitment: string;
}

/** Fetches the proof and checks once. */
export async function checkReceipt({ proof, commitment }: Claim): Promise<ReceiptCheck> {
  const log = await LogView.open();
  if (!log.ok) return { code: 'uncheckable', why: log.why };
  const file = await fetchBytes(proof);
  if (file.ok) return heldAgainst(log.value, file.value, commitment);
  return file.why === 'not-yet' ? { code: 'waiting' } : { code: 'uncheckable', why: file.why };
}
