// The fixed monthly payment for a work permit ("patent"): computed on the device, from the factors as published.

import { type Outcome, done, refused } from '../base/outcome';

/** What the payment of one year is made of. Factors are whole numbers, so that the product is exact. */
export interface PermitFactors {
  readonly year: number;
  /** The deflator, in thousandths. */
  readonly deflator: number;
  /** The regional coefficient, in ten-thousandths. */
  readonly coefficient: number;
  /** Where they stand. */
  readonly source: string;
}

/** Tax Code, article 227.1 (2): the base of the payment for a month. */
export const baseRoubles = 1200;

export const moscowFactors: readonly PermitFactors[] = [
  {
    year: 2025,
    deflator: 2594,
    coefficient: 28592,
    source: 'Tax Code of Russia, article 227.1; deflator of 2025; law of Moscow on the coefficient of 2025',
  },
  {
    year: 2026,
    deflator: 2842,
    coefficient: 29323,
    source: 'Tax Code of Russia, article 227.1; deflator of 2026; law of Moscow on the coefficient of 2026',
  },
];

export type PermitPaymentFault =
  | { readonly code: 'no-factors'; readonly year: number; readonly known: readonly number[] }
  | { readonly code: 'bad-months'; readonly max: number };

export const maxPermitMonths = 12;

export interface PermitPayment {
  readonly factors: PermitFactors;
  readonly roublesPerMonth: number;
  readonly kopecks: number;
}

/** Whole roubles: less than half a rouble is dropped, half a one and more counts as one (Tax Code, article 52 (6)). */
function monthly({ deflator, coefficient }: PermitFactors): number {
  return Math.round((baseRoubles * deflator * coefficient) / 10_000_000);
}

/** The payment for 1 to 12 months of a year, each month rounded by itself. */
export function permitPayment(year: number, months: number): Outcome<PermitPayment, PermitPaymentFault> {
  if (!Number.isInteger(months) || months < 1 || months > maxPermitMonths)
    return refused({ code: 'bad-months', max: maxPermitMonths });
  const factors = moscowFactors.find((candidate) => candidate.year === year);
  if (factors === undefined)
    return refused({ code: 'no-factors', year, known: moscowFactors.map((known) => known.year) });
  const roublesPerMonth = monthly(factors);
  return done({ factors, roublesPerMonth, kopecks: 100 * months * roublesPerMonth });
}
