import { describe, expect, it } from 'vitest';
import { readWish } from './correction_wish';

const today = '2026-11-28';
const name = { field: 'given_names', wanted: ' Anna-Maria ', reason: 'My  passport has a hyphen' };
const birth = (day: string, month: string, year: string) => ({ field: 'birth_date', birth: day, 'birth.month': month, 'birth.year': year, reason: 'A slip' });

describe('a request for a correction', () => {
  it('is read as it is typed', () => {
    expect(readWish(name, today)).toEqual({ field: 'given_names', wanted: 'Anna-Maria', reason: 'My passport has a hyphen' });
    expect(readWish(birth('12', '8', '1974'), today)).toEqual({ field: 'birth_date', wanted: '1974-08-12', reason: 'A slip' });
  });

  it.each([
    [{ ...name, field: '' }, 'field', 'rights.correct.field.missing'],
    [{ ...name, field: 'main_address' }, 'field', 'rights.correct.field.missing'],
    [{ ...name, wanted: ' ' }, 'wanted', 'rights.correct.wanted.missing'],
    [{ ...name, wanted: 'a\u202eb' }, 'wanted', 'address.unseen'],
    [{ ...name, wanted: 'ж'.repeat(201) }, 'wanted', 'rights.correct.too-long'],
    [{ ...name, reason: '' }, 'reason', 'rights.correct.reason.missing'],
    [{ ...name, reason: 'x'.repeat(401) }, 'reason', 'rights.correct.too-long'],
    [birth('', '', ''), 'birth', 'rights.correct.birth.missing'],
    [birth('31', '2', '1974'), 'birth', 'date.none-such'],
    [birth('29', '11', '2026'), 'birth', 'date.to-come'],
    [birth('1', '1', '1890'), 'birth', 'date.too-early'],
  ])('is refused: %j', (values, field, id) => expect(readWish(values, today)).toEqual([{ field, id }]));

  it('is told all that is wrong at once', () => {
    expect(readWish({}, today)).toMatchObject([{ field: 'field' }, { field: 'wanted' }, { field: 'reason' }]);
  });
});
