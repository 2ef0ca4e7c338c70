import { parsed, text } from '../base/decode';
import { keep, kept } from '../drafts/storage';
import { type Child, pathOf } from '../ui/whom';
import { goTo } from './places';

interface Done {
  receipt: { entry?: number; commitment: string };
  filing_window?: { last_day: string; met: boolean } | null;
}

/** The last act, with what only its answer says. */
let last: Done | null = null;

/** What a receipt goes by: its number in one's own history, its commitment in a child's, where numbers would tell too much. */
export function nameOfReceipt({ entry, commitment }: Done['receipt']): string {
  return entry === undefined ? commitment : String(entry);
}

export function lastActed(name: string): Done | null {
  return last && nameOfReceipt(last.receipt) === name ? last : null;
}

/** On to the receipt of an act that was just done, by oneself or for a child. */
export function showReceipt(done: Done, child: Child | null = null): void {
  last = done;
  goTo(pathOf(child, `receipts/${nameOfReceipt(done.receipt)}`), 'replace');
}

/** For an act that had to wait: when it was first tried to send it. Kept until sign-out. */
export function keepFirstTry(name: string, first_tried: string): void {
  keep(`outbox-tried.${name}`, first_tried);
}

export function firstTryOf(name: string): string | null {
  const found = kept(`outbox-tried.${name}`);
  return found === null ? null : parsed(text, found);
}
