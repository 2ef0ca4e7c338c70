import { describe, expect, it } from 'vitest';
import { anna, arrivalForm, ben } from '../../test/arrivals';
import { dayAt, timeAt } from '../../test/days';
import { formatTime } from '../base/day';
import { parseMrz } from '../identity/mrz';
import {
  type ArrivalDraft,
  type TravellerDraft,
  ageOn,
  atTheBorder,
  checkArrival,
  fileBy,
  maxTravellers,
  missingIn,
  travellerOf,
} from './arrival';

const form = arrivalForm(1);
const now = timeAt('2026-12-01T00:00:00Z');

const nothing: TravellerDraft = {
  family: null,
  given: null,
  birth: null,
  sex: null,
  citizenship: null,
  document: null,
  documentExpiry: null,
  holds: null,
  guardian: null,
};

const withTravellers = (...travellers: TravellerDraft[]): ArrivalDraft => ({ ...form, travellers });
const missing = (draft: ArrivalDraft) => missingIn(draft).map((one) => one.code);

describe('an arrival form', () => {
  it('is whole when nothing is missing', () => {
    const check = checkArrival(form, now);
    expect(check).toEqual({
      needed: true,
      exemptions: [null],
      missing: [],
      fileBy: timeAt('2026-12-07T10:30:00Z'),
      time: 'open',
      form,
    });
  });

  it('is to be filed 72 hours before the entry, in an emergency 4', () => {
    expect(formatTime(fileBy(form.entry, 'none'))).toBe('2026-12-07T10:30:00Z');
    for (const emergency of ['illness', 'death'] as const)
      expect(formatTime(fileBy(form.entry, emergency))).toBe('2026-12-10T06:30:00Z');
    const timeOf = (clock: string, emergency: 'none' | 'death' = 'none') =>
      checkArrival({ ...form, emergency }, timeAt(clock)).time;
    expect(timeOf('2026-12-07T10:30:00Z')).toBe('open');
    expect(timeOf('2026-12-07T10:30:01Z')).toBe('late');
    expect(timeOf('2026-12-07T10:30:01Z', 'death')).toBe('open');
    expect(timeOf('2026-12-10T06:30:01Z', 'death')).toBe('late');
    expect(timeOf('2026-12-10T10:30:00Z')).toBe('late');
    expect(timeOf('2026-12-10T10:30:01Z')).toBe('over');
    expect(checkArrival(form, timeAt('2026-12-11T00:00:00Z')).form).toEqual(form); // it can be made all the same
  });

  it('goes by the clock at the border', () => {
    expect(formatTime(atTheBorder(timeAt('2026-12-31T22:00:00Z')))).toBe('2027-01-01T01:00:00Z');
  });

  it('says each thing that is missing', () => {
    const empty: ArrivalDraft = {
      travellers: [],
      entry: null,
      lastDay: null,
      purpose: null,
      emergency: null,
      country: null,
      lines: null,
    };
    const check = checkArrival(empty, now);
    expect(check).toMatchObject({ needed: true, time: 'unknown', fileBy: null, form: null });
    expect(check.missing).toEqual([
      ...['entry', 'lastDay', 'purpose', 'emergency', 'country', 'lines'].map((field) => ({ code: 'blank', field })),
      { code: 'no-travellers' },
    ]);
    expect(missingIn(withTravellers(nothing))).toEqual(
      Object.keys(nothing).map((field) => ({ code: 'blank', traveller: 0, field })),
    );
    expect(missingIn(withTravellers({ ...anna, family: ' ', given: '' }))).toEqual([
      { code: 'blank', traveller: 0, field: 'family' },
    ]);
  });

  it('checks values', () => {
    expect(missing({ ...form, lastDay: dayAt('2026-12-09') })).toEqual(['ends-before-entry']);
    expect(missing({ ...form, lastDay: dayAt('2026-12-10') })).toEqual([]);
    expect(missing({ ...form, country: 'ru' })).toEqual(['bad-value']);
    expect(missing({ ...form, lines: [] })).toEqual(['blank']);
    expect(missing({ ...form, lines: [' ', ''] })).toEqual(['blank']);
    for (const lines of [['a', ' '], ['a\nb'], ['ж'.repeat(201)], Array<string>(9).fill('a')])
      expect(missing({ ...form, lines })).toEqual(['bad-value']);
    expect(missing(withTravellers({ ...anna, citizenship: 'UZB' }))).toEqual(['bad-value']);
    expect(missing(withTravellers({ ...anna, given: 'a\tb' }))).toEqual(['bad-value']);
    expect(missing(withTravellers({ ...anna, family: 'ж'.repeat(201) }))).toEqual(['bad-value']);
    expect(missingIn(withTravellers({ ...anna, documentExpiry: dayAt('2026-12-09') }))).toEqual([
      { code: 'document-expires-before-entry', traveller: 0, day: dayAt('2026-12-09') },
    ]);
    expect(missing(withTravellers({ ...anna, documentExpiry: dayAt('2026-12-10') }))).toEqual([]);
    expect(missing(withTravellers(anna, { ...ben, birth: dayAt('2026-12-11'), guardian: 'none' }))).toEqual([
      'born-after-entry',
    ]);
  });

  it('takes groups of up to ten', () => {
    expect(missing(arrivalForm(maxTravellers))).toEqual([]);
    expect(missingIn({ ...form, travellers: Array(11).fill(anna) })).toEqual([
      { code: 'too-many-travellers', max: 10 },
    ]);
  });
});

describe('children of 6 to 17', () => {
  const child = (birth: string, guardian: TravellerDraft['guardian'] = 'none') => ({
    ...ben,
    birth: dayAt(birth),
    guardian,
  });

  it('need a parent or guardian', () => {
    expect(missing(withTravellers(anna, ben))).toEqual([]);
    expect(missing(withTravellers(anna, child('2020-12-10')))).toEqual(['guardian-missing']); // six on the day of entry
    expect(missing(withTravellers(anna, child('2020-12-11')))).toEqual([]); // not yet
    expect(missing(withTravellers(anna, child('2008-12-11')))).toEqual(['guardian-missing']);
    expect(missing(withTravellers(anna, child('2008-12-10')))).toEqual([]); // eighteen
    expect(missing(withTravellers(anna, child('2008-12-10', ben.guardian)))).toEqual(['guardian-not-needed']);
  });

  it('need one who is an adult of the group, or has a form of their own', () => {
    const by = (traveller: number) => ({ relation: 'guardian', kind: 'traveller', traveller }) as const;
    expect(missing(withTravellers(anna, { ...ben, guardian: by(1) }))).toEqual(['guardian-not-in-group']);
    expect(missing(withTravellers(anna, { ...ben, guardian: by(2) }))).toEqual(['guardian-not-in-group']);
    expect(missing(withTravellers(anna, ben, { ...ben, guardian: by(1) }))).toEqual(['guardian-not-adult']);
    const own = {
      relation: 'parent',
      kind: 'own-form',
      family: 'ERIKSSON',
      given: 'ANNA',
      document: anna.document,
    } as const;
    expect(missing(withTravellers({ ...ben, guardian: own }))).toEqual([]);
    for (const wrong of [{ family: ' ' }, { family: 'a\nb' }, { given: 'ж'.repeat(201) }])
      expect(missing(withTravellers({ ...ben, guardian: { ...own, ...wrong } }))).toEqual(['guardian-without-name']);
  });

  it('are counted in years as people count them', () => {
    expect(ageOn(dayAt('2008-02-29'), dayAt('2026-02-28'))).toBe(17);
    expect(ageOn(dayAt('2008-02-29'), dayAt('2026-03-01'))).toBe(18);
    expect(ageOn(dayAt('2026-12-31'), dayAt('2026-12-30'))).toBe(-1);
    expect(ageOn(dayAt('1926-11-28'), dayAt('2026-11-28'))).toBe(100);
  });
});

describe('exempt', () => {
  const exemption = (traveller: TravellerDraft) => checkArrival(withTravellers(traveller), now).exemptions[0];

  it('are some people', () => {
    expect(exemption(anna)).toBeNull();
    expect(exemption({ ...anna, citizenship: 'BY' })).toBe('citizen-of-belarus');
    expect(exemption({ ...ben, birth: dayAt('2020-12-11') })).toBe('under-six');
    expect(exemption({ ...ben, birth: dayAt('2026-12-11') })).toBeNull();
    expect(exemption({ ...ben, birth: dayAt('2020-12-10') })).toBeNull();
    for (const holds of ['visa', 'temporary-residence-permit', 'residence-permit', 'diplomatic-status'] as const)
      expect(exemption({ ...anna, holds })).toBe(holds);
    expect(exemption(nothing)).toBeNull();
  });

  it('have nothing to file, unless others come with them', () => {
    const alone = checkArrival(withTravellers({ ...nothing, citizenship: 'BY' }), now);
    expect(alone).toMatchObject({ needed: false, missing: [], form: null });
    const together = checkArrival(withTravellers({ ...anna, holds: 'visa' }, ben), now);
    expect(together).toMatchObject({ needed: true, exemptions: ['visa', null], missing: [] });
    expect(together.form).not.toBeNull();
  });
});

describe('a traveller', () => {
  it('comes from the zone of a document, as far as it goes', () => {
    const zone = 'P<UZBERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UZB7408122F3204153ZE184226B<<<<<16';
    const mrz = parseMrz(zone);
    if (!mrz.ok) throw new Error(JSON.stringify(mrz.why));
    expect(travellerOf(mrz.value, dayAt('2026-11-28'))).toEqual({ ...anna, holds: null, guardian: null });
  });

  it('has what a zone does not know left blank', () => {
    const mrz = parseMrz('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10');
    if (!mrz.ok) throw new Error(mrz.why.code);
    const birth = { ...mrz.value.birth, day: null };
    expect(travellerOf({ ...mrz.value, birth }, dayAt('2026-11-28'))).toMatchObject({ citizenship: null, birth: null });
  });
});
