import { describe, expect, it } from 'vitest';
import { secondsBetween, spanOf } from './ages';

describe('a span of time', () => {
  it.each([
    [0, 'seconds', 0], [59.9, 'seconds', 59], [60, 'minutes', 1], [3599, 'minutes', 59], [3600, 'hours', 1],
    [47 * 3600, 'hours', 47], [48 * 3600, 'days', 2], [30 * 86400 + 5, 'days', 30],
  ])('of %d seconds is said in %s', (seconds, unit, count) => {
    expect(spanOf(seconds)).toEqual({ unit, count });
  });

  it('is none where a clock goes behind', () => {
    expect(spanOf(-5)).toEqual({ unit: 'seconds', count: 0 });
  });

  it('is counted between moments', () => {
    expect(secondsBetween('2026-11-28T10:00:00Z', '2026-11-28T10:01:30Z')).toBe(90);
    expect(secondsBetween('some day', '2026-11-28T10:01:30Z')).toBeNull();
  });
});
