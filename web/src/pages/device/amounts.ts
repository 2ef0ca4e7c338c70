import { t } from '../../text/text';

// Amounts as people type and read them: whole hundredths inside, so that nothing is rounded.

/** Kopecks or cents of "1 234,50", "1234.5" or "12"; null if it is no amount. Blanks between digits do not matter. */
export function readAmount(typed: string): number | null {
  const found = /^(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/\s/g, ''));
  if (!found) return null;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** As it is typed: "1234.50" */
export function amountTyped(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** "1 234.50 roubles"; blanks that do not break part the thousands. */
export function amountInWords(currency: 'rub' | 'eur', hundredths: number): string {
  const [whole = '', part = ''] = amountTyped(hundredths).split('.');
  return t(`payment.amount.${currency}`, { whole: whole.replace(/\B(?=(?:\d{3})+$)/g, '\u00a0'), part });
}
