import { describe, expect, it } from 'vitest';
import { dayAt, daysBetween, makeDay, partsOf } from './days';

describe('days', () => {
  it('are made of parts that the calendar has', () => {
    expect(makeDay({ year: 2024, month: 2, day: 29 })).toBe('2024-02-29');
    for (const [year, month, day] of [[2023, 2, 29], [2026, 13, 1], [2026, 0, 1], [2026, 4, 31], [2026, 4, 0], [26, 4, 1]] as const)
      expect(makeDay({ year, month, day })).toBeNull();
    expect(makeDay({ year: NaN, month: 1, day: 1 })).toBeNull();
  });

  it('come apart again', () => {
    expect(partsOf('2026-11-03')).toEqual({ year: 2026, month: 11, day: 3 });
    expect(partsOf('3.11.2026')).toBeNull();
  });

  it('are counted over changes of the clock', () => {
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(daysBetween('2026-04-01', '2026-03-31')).toBe(-1);
    expect(dayAt(new Date(2026, 0, 5, 0, 30))).toBe('2026-01-05');
  });
});
