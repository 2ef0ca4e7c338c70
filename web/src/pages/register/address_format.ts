import type { Address, AddressPart, NewAddress } from '../../api/wire';
import { addressParts } from '../../api/wire';
import type { Draft } from '../../drafts/drafts';
import type { Fault } from '../../ui/form';

// How addresses are written, country by country (Universal Postal Union, postal addressing systems): which parts there
// are, in the order in which people say them, and the lines that they make on an envelope. A country that is not here,
// and any address that does not fit, is written in free lines: no address is refused for its form.

type Line = readonly AddressPart[];

export interface Format {
  parts: readonly AddressPart[];
  /** Parts of a line, in their order; those that are empty are left out. */
  lines: readonly Line[];
  /** Between a street and what comes after it. */
  after_street: string;
}

const middleEuropean: Format = {
  parts: ['street', 'house_number', 'unit', 'postal_code', 'locality'],
  lines: [['street', 'house_number'], ['unit'], ['postal_code', 'locality']],
  after_street: ' ',
};

const postSoviet: Format = {
  parts: ['region', 'locality', 'street', 'house_number', 'unit', 'postal_code'],
  lines: [['street', 'house_number', 'unit'], ['locality'], ['region'], ['postal_code']],
  after_street: ', ',
};

const caucasian: Format = {
  parts: ['region', 'locality', 'street', 'house_number', 'unit', 'postal_code'],
  lines: [['street', 'house_number', 'unit'], ['postal_code', 'locality'], ['region']],
  after_street: ', ',
};

const formats: Readonly<Record<string, Format>> = {
  DE: middleEuropean, AT: middleEuropean, CH: middleEuropean, NL: middleEuropean, PL: middleEuropean, RO: middleEuropean,
  RU: postSoviet, BY: postSoviet, KZ: postSoviet, KG: postSoviet, UA: postSoviet, TJ: postSoviet, TM: postSoviet, MD: postSoviet,
  UZ: caucasian, AM: caucasian, AZ: caucasian, GE: caucasian,
};

/** Null where free lines are all there is. */
export function formatOf(country: string): Format | null {
  return Object.prototype.hasOwnProperty.call(formats, country) ? (formats[country] ?? null) : null;
}

const max_lines = 8;
const max_bytes = 400;

const clean = (typed: string | undefined) => (typed ?? '').replace(/\s+/g, ' ').trim();

/** The lines of an envelope that the parts make. */
export function linesOf(format: Format, values: Readonly<Draft>): string[] {
  const line = (parts: Line) =>
    parts.reduce((text, part) => {
      const more = clean(values[part]);
      if (!text || !more) return text || more;
      return text + (parts.includes('street') ? format.after_street : ' ') + more;
    }, '');
  return format.lines.map(line).filter((text) => text !== '');
}

/** True if the address is written in free lines. */
export function isFree(values: Readonly<Draft>): boolean {
  return values.free === 'yes' || formatOf(values.country ?? '') === null;
}

function partsOf(values: Readonly<Draft>, wanted: readonly AddressPart[]): Partial<Record<AddressPart, string>> {
  return Object.fromEntries(wanted.map((part) => [part, clean(values[part])] as const).filter(([, value]) => value !== ''));
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

/** Control and invisible characters, which the register takes in no line. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

function faultIn(values: Readonly<Draft>, fields: readonly string[]): Fault | null {
  for (const field of fields) {
    const value = values[field] ?? '';
    if (unseen.test(value)) return { field, id: 'address.unseen' };
    if (value.split('\n').some((line) => bytes(clean(line)) > max_bytes)) return { field, id: 'address.too-long' };
  }
  return null;
}

/** The address that was typed (fields: country, free, lines and the parts), or what is wrong with it. */
export function readAddress(values: Readonly<Draft>): NewAddress | Fault[] {
  const country = values.country ?? '';
  const format = formatOf(country);
  const free = isFree(values);
  const fields: readonly AddressPart[] = free || !format ? ['care_of'] : [...format.parts, 'care_of'];
  const lines = free || !format ? (values.lines ?? '').split('\n').map(clean).filter(Boolean) : linesOf(format, values);
  const faults: Fault[] = [];
  if (!/^[A-Z]{2}$/.test(country)) faults.push({ field: 'country', id: 'address.country.missing' });
  const first = free || !format ? 'lines' : (format.parts.find((part) => part === 'street' || part === 'region') ?? 'street');
  if (country && lines.length === 0) faults.push({ field: first, id: free ? 'address.lines.missing' : 'address.parts.missing' });
  if (lines.length > max_lines) faults.push({ field: 'lines', id: 'address.lines.too-many' });
  const odd = faultIn(values, free ? ['lines', 'care_of'] : fields);
  if (odd) faults.push(odd);
  return faults.length > 0 ? faults : { country, lines, ...partsOf(values, fields) };
}

/** The fields of a form for an address that is there already. */
export function addressValues(address: Address): Draft {
  const format = formatOf(address.country);
  const parts = Object.fromEntries(addressParts.map((part) => [part, address[part] ?? '']));
  // Only what the parts give again word for word is shown in parts.
  const fits = format !== null && linesOf(format, parts).join('\n') === address.lines.join('\n');
  return { country: address.country, free: fits ? 'no' : 'yes', lines: address.lines.join('\n'), ...parts };
}

/** An address's fields when nothing was typed. */
export const emptyAddress: Draft = {
  country: '', free: 'no', lines: '', ...Object.fromEntries(addressParts.map((part) => [part, ''])),
};
