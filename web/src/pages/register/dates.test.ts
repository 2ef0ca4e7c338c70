import { describe, expect, it } from 'vitest';
import { readDay } from '../../ui/day_values';
import { readStay } from './dates';

const today = '2026-11-28';
const typed = (since: string, until = '') => {
  const [day = '', month = '', year = ''] = since.split('.');
  const [untilDay = '', untilMonth = '', untilYear = ''] = until.split('.');
  return { since: day, 'since.month': month, 'since.year': year, until: untilDay, 'until.month': untilMonth, 'until.year': untilYear };
};

describe('the days of a stay', () => {
  it('are read as they are typed', () => {
    expect(readStay(typed('1.3.2024'), 'main', today)).toEqual({ since: '2024-03-01', until: null });
    expect(readStay(typed('28.11.2026', '30.6.2027'), 'temporary', today)).toEqual({ since: '2026-11-28', until: '2027-06-30' });
    expect(readStay(typed(''), 'main', today)).toEqual({ since: today, until: null });
  });

  it('have no stated end at a main residence, whatever stands there', () => {
    expect(readStay(typed('1.3.2024', '99.99.9999'), 'main', today)).toEqual({ since: '2024-03-01', until: null });
  });

  it.each([
    ['31.2.2024', '', 'since', 'date.none-such'],
    ['1..2024', '', 'since', 'date.none-such'],
    ['29.11.2026', '', 'since', 'date.to-come'],
    ['31.12.1899', '', 'since', 'date.too-early'],
    ['1.3.2024', '29.2.2024', 'until', 'date.end-before-start'],
    ['1.3.2024', '29.11.2036', 'until', 'date.too-far'],
    ['1.3.2024', 'x.1.2027', 'until', 'date.none-such'],
  ])('are refused: %s to %s', (since, until, field, id) => {
    expect(readStay(typed(since, until), 'secondary', today)).toEqual([{ field, id }]);
  });
});

describe('a day', () => {
  it('may be left out', () => expect(readDay({}, 'on', 'date.none-such')).toBeNull());
});
