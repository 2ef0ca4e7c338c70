// What is wrong with a zone, such that it helps the person who typed it. As src/identity/internal/faults.cpp.

import type { NumberPlaces, Span, Zone } from './zone';
import { checkDigit, filler } from './zone';

/** The field at fault; `zone` is the zone as a whole. */
export type MrzField =
  | 'document-code'
  | 'issuing-state'
  | 'name'
  | 'document-number'
  | 'nationality'
  | 'birth-date'
  | 'sex'
  | 'expiry-date'
  | 'optional-data'
  | 'zone';

interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, blanks not counted. */
  readonly column: number;
}

/** One character that makes a check digit right when it is taken for the other that looks like it. */
export interface Slip extends Place {
  readonly typed: string;
  readonly meant: string;
}

/** What to do about a check digit: look at these characters, or take every `typed` for `meant`, or compare it all. */
export type CheckHint =
  | { readonly code: 'slips'; readonly slips: readonly Slip[] }
  | { readonly code: 'every'; readonly typed: string; readonly meant: string }
  | { readonly code: 'compare' };

export type MrzFault =
  | { readonly code: 'too-large' | 'empty' }
  | ({
      readonly code: 'forbidden-character';
      readonly hint: 'two-fillers' | 'filler-for-quote' | 'filler-for-dash' | 'other-alphabet' | 'read-again';
    } & Place)
  | { readonly code: 'one-line'; readonly length: number }
  | { readonly code: 'too-many-lines'; readonly lines: number }
  | { readonly code: 'wrong-length'; readonly line: number; readonly length: number }
  | ({ readonly code: 'number-without-end' | 'number-without-check-digit' } & Place)
  | ({
      readonly code: 'wrong-character';
      readonly field: MrzField;
      /** The character stands where a check digit belongs. */
      readonly checkDigit: boolean;
      readonly allowed: 'letters' | 'digits';
      readonly typed: string;
      /** What looks like it and may stand here, or null. */
      readonly meant: string | null;
    } & Place)
  | ({ readonly code: 'visa' } & Place)
  | ({ readonly code: 'missing'; readonly field: 'document-code' | 'name' | 'document-number' } & Place)
  | ({ readonly code: 'bad-state'; readonly field: 'issuing-state' | 'nationality' } & Place)
  | ({ readonly code: 'bad-date'; readonly field: 'birth-date' | 'expiry-date' } & Place)
  | ({ readonly code: 'bad-sex' } & Place)
  | ({ readonly code: 'check-digit-missing'; readonly field: MrzField } & Place)
  | ({ readonly code: 'check-digit-wrong'; readonly field: MrzField; readonly hint: CheckHint } & Place);

/**
 * Letters and digits that people and cameras take for each other. G and 6 are not here: their values differ by ten, so
 * no check digit tells them apart.
 */
const twins = ['O0', 'I1', 'S5', 'B8', 'Z2'];

function twinOf(sign: string): string | null {
  const pair = twins.find((candidate) => candidate.includes(sign));
  return pair === undefined ? null : pair.replace(sign, '');
}

const placeOf = ([line, column]: Span): Place => ({ line, column });

// ---- characters

interface CharacterRule {
  readonly span: Span;
  readonly allowed: 'letters' | 'digits';
  readonly field: MrzField;
  readonly checkDigit: boolean;
}

function characterRules({ layout }: Zone, places: NumberPlaces): CharacterRule[] {
  const letters = (span: Span, field: MrzField): CharacterRule => ({
    span,
    allowed: 'letters',
    field,
    checkDigit: false,
  });
  const digits = (span: Span, field: MrzField): CharacterRule => ({
    span,
    allowed: 'digits',
    field,
    checkDigit: false,
  });
  const check = (span: Span, field: MrzField): CharacterRule => ({ ...digits(span, field), checkDigit: true });
  return [
    letters(layout.documentCode, 'document-code'),
    letters(layout.issuingState, 'issuing-state'),
    letters(layout.names, 'name'),
    letters(layout.nationality, 'nationality'),
    digits(layout.birth, 'birth-date'),
    digits(layout.expiry, 'expiry-date'),
    check(places.check, 'document-number'),
    check(layout.birthCheck, 'birth-date'),
    check(layout.expiryCheck, 'expiry-date'),
    check(layout.optionalCheck, 'optional-data'),
    check(layout.compositeCheck, 'zone'),
  ];
}

function characterFault(zone: Zone, rule: CharacterRule): MrzFault | null {
  const { span, allowed, field } = rule;
  const text = zone.at(span);
  const at = text.search(allowed === 'letters' ? /[0-9]/ : /[A-Z]/);
  if (at < 0) return null;
  const typed = text.charAt(at);
  const place = { line: span[0], column: span[1] + at };
  return {
    code: 'wrong-character',
    ...place,
    field,
    checkDigit: rule.checkDigit,
    allowed,
    typed,
    meant: twinOf(typed),
  };
}

// ---- the form of a field

function formFault(zone: Zone): MrzFault | null {
  const { documentCode, issuingState, nationality, names, number, birth, expiry, sex } = zone.layout;
  if (zone.at(documentCode).startsWith('V')) return { code: 'visa', ...placeOf(documentCode) };
  if (zone.at(documentCode).startsWith(filler))
    return { code: 'missing', field: 'document-code', ...placeOf(documentCode) };
  const states = [[issuingState, 'issuing-state'] as const, [nationality, 'nationality'] as const];
  for (const [span, field] of states)
    if (!/^[A-Z]+<*$/.test(zone.at(span))) return { code: 'bad-state', field, ...placeOf(span) };
  if (zone.at(names).startsWith(filler)) return { code: 'missing', field: 'name', ...placeOf(names) };
  if (/^<*$/.test(zone.at(number))) return { code: 'missing', field: 'document-number', ...placeOf(number) };
  for (const [span, field] of [[birth, 'birth-date'] as const, [expiry, 'expiry-date'] as const])
    if (!/^(?:\d\d|<<){3}$/.test(zone.at(span))) return { code: 'bad-date', field, ...placeOf(span) };
  return /^[FM<]$/.test(zone.at(sex)) ? null : { code: 'bad-sex', ...placeOf(sex) };
}

// ---- check digits

interface Check {
  readonly digit: Span;
  readonly covers: readonly Span[];
  /** The part of `covers` where a letter and a digit are both possible. */
  readonly suspects: readonly Span[];
  readonly field: MrzField;
}

function holds(zone: Zone, check: Check): boolean {
  return zone.at(check.digit) === checkDigit(zone.join(check.covers));
}

/** Each single character that makes the check digit right when it is taken for its twin. */
function singleSlips(zone: Zone, check: Check): Slip[] {
  const slips: Slip[] = [];
  for (const [line, column, length] of check.suspects) {
    for (let i = 0; i < length; ++i) {
      const at: Span = [line, column + i, 1];
      const typed = zone.at(at);
      const meant = twinOf(typed);
      if (
        meant !== null &&
        holds(
          zone.with([at], () => meant),
          check,
        )
      )
        slips.push({ ...placeOf(at), typed, meant });
    }
  }
  return slips;
}

function hintFor(zone: Zone, check: Check): CheckHint {
  const mostAlternatives = 3; // a longer list helps nobody
  const slips = singleSlips(zone, check);
  if (slips.length > mostAlternatives) return { code: 'compare' };
  if (slips.length > 0) return { code: 'slips', slips };
  // Who types O for 0 may do so every time.
  for (const pair of twins) {
    const [typed, meant] = [pair.charAt(0), pair.charAt(1)];
    const changed = zone.with(check.suspects, (text) => text.split(typed).join(meant));
    if (holds(changed, check)) return { code: 'every', typed, meant };
  }
  return { code: 'compare' };
}

function checkDigitFault(zone: Zone, check: Check): MrzFault | null {
  const { digit, field } = check;
  if (zone.at(digit) === filler) return { code: 'check-digit-missing', field, ...placeOf(digit) };
  if (holds(zone, check)) return null;
  return { code: 'check-digit-wrong', field, hint: hintFor(zone, check), ...placeOf(digit) };
}

function checksOf(zone: Zone, places: NumberPlaces): Check[] {
  const { birth, birthCheck, expiry, expiryCheck, optional, optionalCheck, moreOptional } = zone.layout;
  const { composite, compositeCheck } = zone.layout;
  const optionalHasOwn = optionalCheck[2] > 0;
  const checks: Check[] = [
    { digit: places.check, covers: places.number, suspects: places.number, field: 'document-number' },
    { digit: birthCheck, covers: [birth], suspects: [], field: 'birth-date' },
    { digit: expiryCheck, covers: [expiry], suspects: [], field: 'expiry-date' },
  ];
  // TD3 may have a filler as the check digit of blank data (part 4, section 4.2.2.2).
  const mayBeFiller = /^<*$/.test(zone.at(optional)) && zone.at(optionalCheck) === filler;
  if (optionalHasOwn && !mayBeFiller)
    checks.push({ digit: optionalCheck, covers: [optional], suspects: [optional], field: 'optional-data' });
  // Only data without a check digit of its own is in doubt when the last check digit alone fails.
  const suspects = optionalHasOwn ? [] : [places.optional, moreOptional];
  checks.push({ digit: compositeCheck, covers: composite, suspects, field: 'zone' });
  return checks;
}

function firstOf<T>(things: readonly T[], faultOf: (thing: T) => MrzFault | null): MrzFault | null {
  for (const thing of things) {
    const fault = faultOf(thing);
    if (fault !== null) return fault;
  }
  return null;
}

/** The first fault, looking at characters (a digit in a name), then at the form of each field, then at check digits. */
export function findFault(zone: Zone, places: NumberPlaces): MrzFault | null {
  return (
    firstOf(characterRules(zone, places), (rule) => characterFault(zone, rule)) ??
    formFault(zone) ??
    firstOf(checksOf(zone, places), (check) => checkDigitFault(zone, check))
  );
}
