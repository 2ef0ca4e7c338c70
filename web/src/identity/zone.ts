// The zone as a grid of characters, and where each size has its fields: Doc 9303 part 4, 5 and 6, section 4.2.2.

import { type Outcome, done, refused } from '../base/outcome';
import type { MrzFault } from './faults';
import type { MrzSize } from './mrz';

export const filler = '<';
const maxMrzTextBytes = 1024;

/** Line and column of the first character (from 1, as in Doc 9303), and length. Length 0 is nowhere. */
export type Span = readonly [line: number, column: number, length: number];

const nowhere: Span = [1, 1, 0];

/** Where the fields of one size are. */
export interface Layout {
  readonly size: MrzSize;
  readonly lines: number;
  readonly width: number;
  /** A number of more than 9 characters runs on into the optional data. */
  readonly longNumbers: boolean;
  readonly documentCode: Span;
  readonly issuingState: Span;
  readonly names: Span;
  readonly number: Span;
  readonly numberCheck: Span;
  readonly nationality: Span;
  readonly birth: Span;
  readonly birthCheck: Span;
  readonly sex: Span;
  readonly expiry: Span;
  readonly expiryCheck: Span;
  readonly optional: Span;
  readonly optionalCheck: Span;
  readonly moreOptional: Span;
  readonly composite: readonly Span[];
  readonly compositeCheck: Span;
}

const td1: Layout = {
  size: 'td1',
  lines: 3,
  width: 30,
  longNumbers: true,
  documentCode: [1, 1, 2],
  issuingState: [1, 3, 3],
  names: [3, 1, 30],
  number: [1, 6, 9],
  numberCheck: [1, 15, 1],
  nationality: [2, 16, 3],
  birth: [2, 1, 6],
  birthCheck: [2, 7, 1],
  sex: [2, 8, 1],
  expiry: [2, 9, 6],
  expiryCheck: [2, 15, 1],
  optional: [1, 16, 15],
  optionalCheck: nowhere,
  moreOptional: [2, 19, 11],
  composite: [
    [1, 6, 25],
    [2, 1, 7],
    [2, 9, 7],
    [2, 19, 11],
  ],
  compositeCheck: [2, 30, 1],
};

const td2: Layout = {
  size: 'td2',
  lines: 2,
  width: 36,
  longNumbers: true,
  documentCode: [1, 1, 2],
  issuingState: [1, 3, 3],
  names: [1, 6, 31],
  number: [2, 1, 9],
  numberCheck: [2, 10, 1],
  nationality: [2, 11, 3],
  birth: [2, 14, 6],
  birthCheck: [2, 20, 1],
  sex: [2, 21, 1],
  expiry: [2, 22, 6],
  expiryCheck: [2, 28, 1],
  optional: [2, 29, 7],
  optionalCheck: nowhere,
  moreOptional: nowhere,
  composite: [
    [2, 1, 10],
    [2, 14, 7],
    [2, 22, 14],
  ],
  compositeCheck: [2, 36, 1],
};

/** As TD2 but for the width, and what follows the expiry date. */
const td3: Layout = {
  ...td2,
  size: 'td3',
  width: 44,
  longNumbers: false,
  names: [1, 6, 39],
  optional: [2, 29, 14],
  optionalCheck: [2, 43, 1],
  composite: [
    [2, 1, 10],
    [2, 14, 7],
    [2, 22, 22],
  ],
  compositeCheck: [2, 44, 1],
};

const layouts = [td1, td2, td3];

/**
 * The check digit of a field (part 3, section 4.9): values 0-9, A-Z as 10-35 and `<` as 0, weighted 7, 3, 1, 7, 3, 1
 * ..., their sum modulo 10.
 */
export function checkDigit(field: string): string {
  const weights = [7, 3, 1];
  let sum = 0;
  for (let i = 0; i < field.length; ++i) {
    const sign = field.charAt(i);
    sum += (sign === filler ? 0 : parseInt(sign, 36)) * (weights[i % 3] ?? 0);
  }
  return String(sum % 10);
}

export class Zone {
  constructor(
    readonly layout: Layout,
    private readonly lines: readonly string[],
  ) {}

  at([line, column, length]: Span): string {
    return (this.lines[line - 1] ?? '').slice(column - 1, column - 1 + length);
  }

  /** Pieces that are read one after the other as a single field. */
  join(spans: readonly Span[]): string {
    return spans.map((span) => this.at(span)).join('');
  }

  /** The same zone with each of `spans` changed. */
  with(spans: readonly Span[], change: (text: string) => string): Zone {
    const lines = [...this.lines];
    for (const [line, column, length] of spans) {
      const text = lines[line - 1] ?? '';
      const piece = change(text.slice(column - 1, column - 1 + length));
      lines[line - 1] = text.slice(0, column - 1) + piece + text.slice(column - 1 + length);
    }
    return new Zone(this.layout, lines);
  }
}

/**
 * The lines that are not blank, in upper case and without blanks. Case is ASCII only: in a Turkic locale i becomes a
 * letter that no zone has.
 */
function linesOf(text: string): string[] {
  return text
    .replace(/[ \t\v\f\u00a0\u200b\ufeff]/g, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .split(/[\r\n]+/)
    .filter((line) => line !== '');
}

function forbiddenCharacter(lines: readonly string[]): MrzFault | null {
  for (const [i, line] of lines.entries()) {
    const at = line.search(/[^A-Z0-9<]/);
    if (at < 0) continue;
    const sign = line.charAt(at);
    const hint =
      sign === '\u00ab'
        ? 'two-fillers'
        : sign === '\u2039'
          ? 'filler-for-quote'
          : sign === '-' || sign === '_'
            ? 'filler-for-dash'
            : sign > '\u007f'
              ? 'other-alphabet'
              : 'read-again';
    return { code: 'forbidden-character', line: i + 1, column: at + 1, hint };
  }
  return null;
}

function layoutFor(lines: readonly string[]): Outcome<Layout, MrzFault> {
  if (lines.length === 0) return refused({ code: 'empty' });
  if (lines.length > 3) return refused({ code: 'too-many-lines', lines: lines.length });
  const fitting = layouts.find(
    (layout) => layout.lines === lines.length && lines.every((line) => line.length === layout.width),
  );
  if (fitting !== undefined) return done(fitting);
  const likelyAPassport = lines.some((line) => line.length > 40);
  const width = lines.length === 3 ? 30 : likelyAPassport ? 44 : 36;
  const wrong = lines.findIndex((line) => line.length !== width);
  return refused({ code: 'wrong-length', line: wrong + 1, length: lines[wrong]?.length ?? 0 });
}

/** Cleans pasted text and finds its size. What it gives has letters A-Z, digits and fillers only; no field is checked. */
export function readZone(text: string): Outcome<Zone, MrzFault> {
  if (new TextEncoder().encode(text).length > maxMrzTextBytes) return refused({ code: 'too-large' });
  const lines = linesOf(text);
  const forbidden = forbiddenCharacter(lines);
  if (forbidden !== null) return refused(forbidden);
  const [whole] = lines;
  if (lines.length === 1 && whole !== undefined) {
    const layout = layouts.find((candidate) => candidate.lines * candidate.width === whole.length);
    if (layout === undefined) return refused({ code: 'one-line', length: whole.length });
    const { width } = layout;
    return done(
      new Zone(
        layout,
        Array.from({ length: layout.lines }, (_, i) => whole.slice(i * width, (i + 1) * width)),
      ),
    );
  }
  const layout = layoutFor(lines);
  return layout.ok ? done(new Zone(layout.value, lines)) : layout;
}

/** Where the document number, its check digit and the optional data after it are in one zone. */
export interface NumberPlaces {
  readonly number: readonly Span[];
  readonly check: Span;
  readonly optional: Span;
}

/**
 * Follows a long number into the optional data: there come its remaining characters, its check digit and a filler,
 * while a filler takes the usual place of the check digit (part 5, sections 4.2.2 and 4.2.4; part 6 likewise).
 */
export function placeNumber(zone: Zone): Outcome<NumberPlaces, MrzFault> {
  const { number, numberCheck, optional, longNumbers } = zone.layout;
  if (!longNumbers || zone.at(numberCheck) !== filler) return done({ number: [number], check: numberCheck, optional });
  const [line, column] = numberCheck;
  const end = zone.at(optional).indexOf(filler);
  if (end < 0) return refused({ code: 'number-without-end', line, column });
  if (end < 2) return refused({ code: 'number-without-check-digit', line, column });
  const [optionalLine, from, length] = optional;
  return done({
    number: [number, [optionalLine, from, end - 1]],
    check: [optionalLine, from + end - 1, 1],
    optional: [optionalLine, from + end + 1, length - end - 1],
  });
}
