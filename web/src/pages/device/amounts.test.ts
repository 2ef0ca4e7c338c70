import { describe, expect, it } from 'vitest';
import { amountTyped, readAmount } from './amounts';

describe('an amount', () => {
  it.each([
    ['1234.50', 123_450], ['1 234,5', 123_450], ['1\u00a0234', 123_400], ['0.01', 1], ['007', 700], [' 12 ', 1200], ['0', 0],
  ])('is read: %s', (typed, hundredths) => expect(readAmount(typed)).toBe(hundredths));

  it.each(['', '.', '1.', '.5', '1,234.50', '1.234', '-1', '1e3', '12€', '१२', '99999999999999'])('is none: %s', (typed) => expect(readAmount(typed)).toBeNull());

  it('is shown as it was typed', () => {
    for (const hundredths of [0, 1, 10, 100, 123_450, 999_999_999_999_999]) expect(readAmount(amountTyped(hundredths))).toBe(hundredths);
  });
});
