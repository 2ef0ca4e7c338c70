import { describe, expect, it } from 'vitest';
import { dayAt } from '../../test/days';
import { countryOfState, isCountry } from './countries';
import { documentOf } from './documents';
import { dateOfBirth, dateOfExpiry, parseMrz } from './mrz';
import { namesOf } from './names';
import { checkDigit } from './zone';

// Doc 9303, parts 4 to 6, appendix B.
const td3 = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';
const td1 = 'I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<';

function parsed(text: string) {
  const mrz = parseMrz(text);
  if (!mrz.ok) throw new Error(mrz.why.code);
  return mrz.value;
}

function fault(text: string) {
  const mrz = parseMrz(text);
  return mrz.ok ? null : mrz.why;
}

describe('a zone', () => {
  it('gives its fields', () => {
    const mrz = parsed(td3);
    expect(namesOf(mrz)).toEqual({ family: 'ERIKSSON', given: 'ANNA MARIA' });
    expect(documentOf(mrz)).toEqual({ kind: 'passport', number: 'L898902C3' });
    expect(mrz).toMatchObject({ size: 'td3', sex: 'female', nationality: 'UTO', optionalData: 'ZE184226B' });
    expect(dateOfBirth(mrz, dayAt('2026-11-28'))).toEqual({ ok: true, value: dayAt('1974-08-12') });
    expect(dateOfExpiry(mrz, dayAt('2026-11-28'))).toEqual({ ok: true, value: dayAt('2012-04-15') });
  });

  it('gives a long number whole', () => {
    expect(documentOf(parsed(td1))).toEqual({ kind: 'identity-card', number: 'D23145890734' });
  });

  it('may come with blanks, in small letters and in one line', () => {
    expect(parsed(td3.toLowerCase().replace('\n', '').replace(/</g, ' < '))).toEqual(parsed(td3));
  });

  it('names what was probably meant', () => {
    expect(fault(td3.replace('L898902C3', 'L8989O2C3'))).toEqual({
      code: 'check-digit-wrong',
      field: 'document-number',
      line: 2,
      column: 10,
      hint: { code: 'slips', slips: [{ line: 2, column: 6, typed: 'O', meant: '0' }] },
    });
    expect(fault(td3.replace('740812', '74O812'))).toMatchObject({ code: 'wrong-character', meant: '0', column: 16 });
  });

  it('has check digits of weights 7, 3, 1', () => {
    expect(checkDigit('L898902C3')).toBe('6');
    expect(checkDigit('<<<')).toBe('0');
  });
});

describe('countries', () => {
  it('are two capital letters', () => {
    expect(['UZ', 'ZZ'].every(isCountry)).toBe(true);
    expect(['', 'uz', 'UZB', 'U1', 'UZ\n'].some(isCountry)).toBe(false);
  });

  it('follow from the code of a state in a zone', () => {
    const some = { UZB: 'UZ', TJK: 'TJ', KGZ: 'KG', ABW: 'AW', ZWE: 'ZW', D: 'DE', GBN: 'GB', RKS: 'XK', UKR: 'UA' };
    for (const [state, country] of Object.entries(some)) expect(countryOfState(state), state).toBe(country);
    for (const none of ['UTO', 'XXA', 'UNO', '', 'U', 'DE', 'constructor', 'ABWAW', 'WAG'])
      expect(countryOfState(none), none).toBeNull();
  });

  it('are known to everybody', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region' });
    const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
    const countries = codes.filter((code) => !/^GB[DNOPS]$/.test(code)).flatMap((code) => countryOfState(code) ?? []);
    expect(new Set(countries).size).toBe(250);
    for (const country of countries) expect(names.of(country), country).not.toBe(country);
  });
});
