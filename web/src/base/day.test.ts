import { describe, expect, it } from 'vitest';
import { dayAt, timeAt } from '../../test/days';
import {
  addDays,
  addSeconds,
  dayOf,
  dayOfTime,
  formatDay,
  formatTime,
  parseDay,
  parseTime,
  partsOf,
  timeOf,
  weekdayOf,
} from './day';

describe('days', () => {
  it('are counted from 1970, and are written as they are read', () => {
    expect(dayAt('1970-01-01')).toBe(0);
    expect(dayAt('1969-12-31')).toBe(-1);
    for (const text of ['0000-01-01', '0099-12-31', '1900-03-01', '2000-02-29', '2026-11-28', '9999-12-31'])
      expect(formatDay(dayAt(text))).toBe(text);
    expect(partsOf(dayAt('2026-11-28'))).toEqual({ year: 2026, month: 11, day: 28 });
  });

  it('exist or are none', () => {
    expect(dayOf(2026, 2, 29)).toBeNull();
    expect(dayOf(10_000, 1, 1)).toBeNull();
    expect(dayOf(-1, 1, 1)).toBeNull();
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-01', '2026-01-01 ', '']) expect(parseDay(text)).toBeNull();
  });

  it('follow each other over years, and each has its weekday', () => {
    expect(formatDay(addDays(dayAt('2024-02-28'), 1))).toBe('2024-02-29');
    expect(formatDay(addDays(dayAt('2027-01-01'), -1))).toBe('2026-12-31');
    expect(weekdayOf(dayAt('2026-11-29'))).toBe(0);
    expect(weekdayOf(dayAt('1969-12-27'))).toBe(6);
  });
});

describe('instants', () => {
  it('are whole seconds of UTC', () => {
    expect(timeAt('1970-01-02T00:00:01Z')).toBe(86_401);
    expect(timeOf(1.9)).toBe(1);
    expect(formatTime(addSeconds(timeAt('2026-12-31T23:59:59Z'), 1))).toBe('2027-01-01T00:00:00Z');
    expect(formatTime(timeOf(-1))).toBe('1969-12-31T23:59:59Z');
    expect(formatDay(dayOfTime(timeOf(-1)))).toBe('1969-12-31');
  });

  it('have one form', () => {
    for (const text of ['2026-11-28', '2026-11-28T24:00:00Z', '2026-11-28T10:00Z', '2026-11-28T10:00:00+03:00'])
      expect(parseTime(text)).toBeNull();
  });
});
