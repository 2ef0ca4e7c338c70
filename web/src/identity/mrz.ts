// Machine-readable zones of passports and identity cards: ICAO Doc 9303, 8th edition, parts 3 (all sizes), 4 (TD3),
// 5 (TD1) and 6 (TD2). The same reading as src/identity/mrz.cpp, held to it by vectors.

import { type Day, dayOf, partsOf } from '../base/day';
import { type Outcome, done, refused } from '../base/outcome';
import { type MrzFault, findFault } from './faults';
import { type NumberPlaces, type Zone, filler, placeNumber, readZone } from './zone';

/** td1: 3 lines of 30 characters, td2: 2 of 36, td3: 2 of 44 (passports). */
export type MrzSize = 'td1' | 'td2' | 'td3';

export type Sex = 'female' | 'male' | 'unspecified';

/** A date as the zone has it: each part is 0 to 99 or unknown. The parts need not make a date of the calendar. */
export interface MrzDate {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

/** The fields of a zone without the fillers that pad them; fillers between two characters stay. */
export interface Mrz {
  readonly size: MrzSize;
  /** One or two letters: "P", "ID". */
  readonly documentCode: string;
  /** One to three letters: "UTO" (specimens), "D" (Germany). */
  readonly issuingState: string;
  /** Surname: "ERIKSSON", "VAN<DER<MUELLEN"; never blank. */
  readonly primaryIdentifier: string;
  /** Given names: "ANNA<MARIA"; blank for a person with a single name. */
  readonly secondaryIdentifier: string;
  /** Whole, even where it runs on into the optional data. */
  readonly documentNumber: string;
  /** For the arrival form, which stays on the device. The register never gets it (G9). */
  readonly nationality: string;
  readonly birth: MrzDate;
  readonly sex: Sex;
  readonly expiry: MrzDate;
  /** What the state likes; in a passport often a personal number. */
  readonly optionalData: string;
  /** TD1 only: the optional data of line 2. */
  readonly moreOptionalData: string;
  /** The name fills its field to the last column, so the zone may have cut it (part 3, section 4.6). */
  readonly nameMayBeCut: boolean;
}

/** incomplete: a part is unknown; no-such-day: the parts make no date. Both are for the person to put right by hand. */
export type DateFault = { readonly code: 'incomplete' } | { readonly code: 'no-such-day' };

function withoutPadding(field: string): string {
  return field.replace(/<+$/, '');
}

function dateIn(field: string): MrzDate {
  const part = (at: number) => (field[at] === filler ? null : Number(field.slice(at, at + 2)));
  return { year: part(0), month: part(2), day: part(4) };
}

/** The fields of a zone in which nothing is at fault. */
function fieldsOf(zone: Zone, places: NumberPlaces): Mrz {
  const { layout } = zone;
  const name = withoutPadding(zone.at(layout.names));
  const gap = name.indexOf('<<');
  const sex = zone.at(layout.sex);
  return {
    size: layout.size,
    documentCode: withoutPadding(zone.at(layout.documentCode)),
    issuingState: withoutPadding(zone.at(layout.issuingState)),
    primaryIdentifier: gap < 0 ? name : name.slice(0, gap),
    secondaryIdentifier: gap < 0 ? '' : name.slice(gap + 2),
    documentNumber: withoutPadding(zone.join(places.number)),
    nationality: withoutPadding(zone.at(layout.nationality)),
    birth: dateIn(zone.at(layout.birth)),
    sex: sex === 'F' ? 'female' : sex === 'M' ? 'male' : 'unspecified',
    expiry: dateIn(zone.at(layout.expiry)),
    optionalData: withoutPadding(zone.at(places.optional)),
    moreOptionalData: withoutPadding(zone.at(layout.moreOptional)),
    nameMayBeCut: !zone.at(layout.names).endsWith(filler),
  };
}

/**
 * Reads a zone as people paste or type it: blanks, empty lines, CRLF and lower case do not matter, nor does it when the
 * lines run together. The characters themselves must be right: a letter typed for a digit is a fault that names line,
 * column (both from 1, blanks not counted) and what is probably meant. The first fault is reported.
 */
export function parseMrz(text: string): Outcome<Mrz, MrzFault> {
  const zone = readZone(text);
  if (!zone.ok) return zone;
  const places = placeNumber(zone.value);
  if (!places.ok) return places;
  const fault = findFault(zone.value, places.value);
  return fault === null ? done(fieldsOf(zone.value, places.value)) : refused(fault);
}

function dateOf(date: MrzDate, yearOf: (lastDigits: number) => number): Outcome<Day, DateFault> {
  if (date.year === null || date.month === null || date.day === null) return refused({ code: 'incomplete' });
  const day = dayOf(yearOf(date.year), date.month, date.day);
  return day === null ? refused({ code: 'no-such-day' }) : done(day);
}

/**
 * The latest date not after `today` that has these two digits as its year: someone of 100 years or more reads as a
 * century younger.
 */
export function dateOfBirth(mrz: Mrz, today: Day): Outcome<Day, DateFault> {
  const now = partsOf(today);
  const { month, day } = mrz.birth;
  return dateOf(mrz.birth, (lastDigits) => {
    const year = now.year - (now.year % 100) + lastDigits;
    const later =
      year > now.year ||
      (year === now.year && ((month ?? 0) > now.month || (month === now.month && (day ?? 0) > now.day)));
    return later ? year - 100 : year;
  });
}

/** The year is taken from the 49 years before `today` to the 50 after it. */
export function dateOfExpiry(mrz: Mrz, today: Day): Outcome<Day, DateFault> {
  const now = partsOf(today).year;
  return dateOf(mrz.expiry, (lastDigits) => {
    const year = now - (now % 100) + lastDigits;
    if (year > now + 50) return year - 100;
    return year < now - 49 ? year + 100 : year;
  });
}
