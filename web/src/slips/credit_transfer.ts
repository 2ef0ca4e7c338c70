// A SEPA credit transfer as the text of a QR code: EPC069-12 version 2.1, version 002 of the format, in UTF-8.

import { type Outcome, done, refused } from '../base/outcome';
import { bytesIn, charactersIn, isOneLine } from '../base/lines';

export interface CreditTransfer {
  /** Of the bank; within the EEA the IBAN is enough. */
  readonly bic?: string;
  /** Who is paid, at most 70 characters. */
  readonly name: string;
  readonly iban: string;
  /** 1 to maxCents. */
  readonly cents: number;
  /** A code of ISO 20022, at most 4 letters. */
  readonly purpose?: string;
  /** A creditor reference (ISO 11649 where it begins with RF), or a text for the payee. Never both. */
  readonly remittance?:
    { readonly kind: 'reference'; readonly reference: string } | { readonly kind: 'text'; readonly text: string };
  /** For who pays, at most 70 characters. */
  readonly information?: string;
}

type Field = 'bic' | 'name' | 'iban' | 'purpose' | 'reference' | 'text' | 'information';

export type CreditTransferFault =
  | { readonly code: 'missing'; readonly field: 'name' | 'iban' }
  | { readonly code: 'too-long'; readonly field: Field; readonly max: number }
  | { readonly code: 'not-one-line'; readonly field: Field }
  | { readonly code: 'bad-form'; readonly field: 'bic' | 'iban' | 'purpose' | 'reference' }
  | { readonly code: 'wrong-check-digits'; readonly field: 'iban' | 'reference' }
  | { readonly code: 'bad-amount'; readonly max: number }
  | { readonly code: 'too-large'; readonly bytes: number; readonly max: number };

/** EUR999999999.99 */
export const maxCents = 99_999_999_999;
/** What version 13, the highest that the guidelines allow, holds at level M. */
const maxCreditTransferBytes = 331;
export const maxCreditTransferVersion = 13;

const limits = { name: 70, purpose: 4, reference: 35, text: 140, information: 70 } as const;

/**
 * The remainder by 97 of a code whose first four characters are moved to its end, with letters as 10 to 35 (ISO 7064,
 * MOD 97-10): 1 if the check digits of an IBAN (ISO 13616) or a creditor reference (ISO 11649) are right.
 */
function mod97(code: string): number {
  let remainder = 0;
  for (const sign of code.slice(4) + code.slice(0, 4))
    for (const digit of String(parseInt(sign, 36))) remainder = (10 * remainder + Number(digit)) % 97;
  return remainder;
}

const withoutBlanks = (text: string) => text.replace(/\s/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase());

/** An IBAN as people write it, without blanks and in capitals; its form and check digits are right. */
export function parseIban(text: string): Outcome<string, CreditTransferFault> {
  const iban = withoutBlanks(text);
  if (iban === '') return refused({ code: 'missing', field: 'iban' });
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return refused({ code: 'bad-form', field: 'iban' });
  return mod97(iban) === 1 ? done(iban) : refused({ code: 'wrong-check-digits', field: 'iban' });
}

/** The form of ISO 9362: party, country, place, and a branch or none. Blank stays blank. */
function parseBic(text: string): Outcome<string, CreditTransferFault> {
  const bic = withoutBlanks(text);
  const fits = /^(?:[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)?$/.test(bic);
  return fits ? done(bic) : refused({ code: 'bad-form', field: 'bic' });
}

function parseReference(text: string): Outcome<string, CreditTransferFault> {
  const compact = withoutBlanks(text);
  if (!compact.startsWith('RF')) return parseLine('reference', text);
  if (!/^RF\d{2}[A-Z0-9]{1,21}$/.test(compact)) return refused({ code: 'bad-form', field: 'reference' });
  return mod97(compact) === 1 ? done(compact) : refused({ code: 'wrong-check-digits', field: 'reference' });
}

function parseLine(field: keyof typeof limits, text: string): Outcome<string, CreditTransferFault> {
  const line = text.trim();
  if (!isOneLine(line)) return refused({ code: 'not-one-line', field });
  if (charactersIn(line) > limits[field]) return refused({ code: 'too-long', field, max: limits[field] });
  return done(line);
}

function parsePurpose(text: string): Outcome<string, CreditTransferFault> {
  const purpose = withoutBlanks(text);
  if (purpose.length > limits.purpose) return refused({ code: 'too-long', field: 'purpose', max: limits.purpose });
  return /^[A-Z0-9]*$/.test(purpose) ? done(purpose) : refused({ code: 'bad-form', field: 'purpose' });
}

function amountOf(cents: number): Outcome<string, CreditTransferFault> {
  if (!Number.isInteger(cents) || cents < 1 || cents > maxCents) return refused({ code: 'bad-amount', max: maxCents });
  return done(`EUR${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);
}

function parseName(text: string): Outcome<string, CreditTransferFault> {
  const name = parseLine('name', text);
  return name.ok && name.value === '' ? refused({ code: 'missing', field: 'name' }) : name;
}

/** Each line in the order of the text, or what is wrong with it. */
function linesOf({ bic, name, iban, cents, purpose, remittance, information }: CreditTransfer): Outcome<string, CreditTransferFault>[] {
  return [
    parseBic(bic ?? ''),
    parseName(name),
    parseIban(iban),
    amountOf(cents),
    parsePurpose(purpose ?? ''),
    parseReference(remittance?.kind === 'reference' ? remittance.reference : ''),
    parseLine('text', remittance?.kind === 'text' ? remittance.text : ''),
    parseLine('information', information ?? ''),
  ];
}

/** All that is wrong with single fields, in their order. */
export function creditTransferFaults(transfer: CreditTransfer): CreditTransferFault[] {
  return linesOf(transfer).flatMap((line) => (line.ok ? [] : [line.why]));
}

/** The text for the QR code: its lines with a line feed between them, and none after the last that says something. */
export function creditTransferText(transfer: CreditTransfer): Outcome<string, CreditTransferFault> {
  const values: string[] = [];
  for (const line of linesOf(transfer)) {
    if (!line.ok) return line;
    values.push(line.value);
  }
  const text = ['BCD', '002', '1', 'SCT', ...values].join('\n').replace(/\n+$/, '');
  const bytes = bytesIn(text);
  return bytes > maxCreditTransferBytes
    ? refused({ code: 'too-large', bytes, max: maxCreditTransferBytes })
    : done(text);
}
