import type { Acted } from '../api/wire';
import { goTo } from './places';

/** The last act, with what only its answer says. */
let last: Acted | null = null;

export function lastActed(entry: number): Acted | null {
  return last?.receipt.entry === entry ? last : null;
}

/** On to the receipt of an act that was just done. */
export function showReceipt(done: Acted): void {
  last = done;
  goTo(`receipts/${done.receipt.entry}`, 'replace');
}
