import { describe, expect, it } from 'vitest';
import { permitPayment } from './permit_payment';

function roubles(year: number, months = 1) {
  const payment = permitPayment(year, months);
  return payment.ok ? payment.value.kopecks / 100 : payment.why;
}

describe('the payment for a permit', () => {
  it('follows from the factors of the year', () => {
    expect(roubles(2025)).toBe(8900);
    expect(roubles(2026)).toBe(10_000);
  });

  it('is for whole months', () => {
    expect(roubles(2026, 12)).toBe(120_000);
    for (const months of [0, 13, 1.5, NaN, -1]) expect(roubles(2026, months)).toEqual({ code: 'bad-months', max: 12 });
  });

  it('is not guessed for other years', () => {
    expect(roubles(2024)).toEqual({ code: 'no-factors', year: 2024, known: [2025, 2026] });
  });
});
