import type { Acted } from '../api/wire';
import { parsed, text } from '../base/decode';
import { keep, kept } from '../drafts/storage';
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

/** For an act that had to wait: when it was first tried to send it. Kept until sign-out. */
export function keepFirstTry(entry: number, first_tried: string): void {
  keep(`outbox-tried.${entry}`, first_tried);
}

export function firstTryOf(entry: number): string | null {
  const found = kept(`outbox-tried.${entry}`);
  return found === null ? null : parsed(text, found);
}
