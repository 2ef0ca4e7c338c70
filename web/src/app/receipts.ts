import { forgotten } from '../drafts/owner';
import { type Child, pathOf } from '../ui/whom';
import { goTo } from './places';

interface Done {
  receipt: { entry?: number; commitment: string };
  filing_window?: { last_day: string; met: boolean } | null;
}

/** The last act, with what only its answer says. */
let last: Done | null = null;
forgotten.follow(() => {
  last = null;
});

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
