// A payment to a Russian account as the text of a QR code: GOST R 56042-2014. The slip is made on the
// person's device; nobody learns of it.

import { type Outcome, done, refused } from '../base/outcome';
import { bytesIn, charactersIn, isOneLine } from '../base/lines';

interface FieldRule {
  /** Its name in the text. */
  readonly name: string;
  readonly maxLength: number;
  /** Exactly so many digits, 1 to so many digits, or any text of one line. */
  readonly form: 'digits' | 'up-to-digits' | 'text';
}

/** In the order they must come. */
const mandatory = {
  name: { name: 'Name', maxLength: 160, form: 'text' },
  account: { name: 'PersonalAcc', maxLength: 20, form: 'digits' },
  bankName: { name: 'BankName', maxLength: 45, form: 'text' },
  bic: { name: 'BIC', maxLength: 9, form: 'digits' },
  correspondentAccount: { name: 'CorrespAcc', maxLength: 20, form: 'digits' },
} as const satisfies Record<string, FieldRule>;

/**
 * Those of the standard that a tax or a fee of a person needs. It sets no length for the last six; 160 is ours, that of
 * a name.
 */
const optional = {
  purpose: { name: 'Purpose', maxLength: 210, form: 'text' },
  payeeInn: { name: 'PayeeINN', maxLength: 12, form: 'up-to-digits' },
  payerInn: { name: 'PayerINN', maxLength: 12, form: 'up-to-digits' },
  drawerStatus: { name: 'DrawerStatus', maxLength: 2, form: 'text' },
  kpp: { name: 'KPP', maxLength: 9, form: 'digits' },
  cbc: { name: 'CBC', maxLength: 20, form: 'digits' },
  oktmo: { name: 'OKTMO', maxLength: 11, form: 'up-to-digits' },
  paymentReason: { name: 'PaytReason', maxLength: 2, form: 'text' },
  taxPeriod: { name: 'TaxPeriod', maxLength: 10, form: 'text' },
  documentNumber: { name: 'DocNo', maxLength: 15, form: 'text' },
  documentDate: { name: 'DocDate', maxLength: 10, form: 'text' },
  taxPaymentKind: { name: 'TaxPaytKind', maxLength: 2, form: 'text' },
  lastName: { name: 'LastName', maxLength: 160, form: 'text' },
  firstName: { name: 'FirstName', maxLength: 160, form: 'text' },
  middleName: { name: 'MiddleName', maxLength: 160, form: 'text' },
  payerAddress: { name: 'PayerAddress', maxLength: 160, form: 'text' },
  payerIdType: { name: 'PayerIdType', maxLength: 160, form: 'text' },
  payerIdNumber: { name: 'PayerIdNum', maxLength: 160, form: 'text' },
} as const satisfies Record<string, FieldRule>;

export type MandatoryField = keyof typeof mandatory;
export type OptionalField = keyof typeof optional;

export type BankSlip = Readonly<Record<MandatoryField, string>> &
  Readonly<Partial<Record<OptionalField, string>>> & {
    /** 1 to maxKopecks. */
    readonly kopecks?: number;
  };

export type BankSlipFault =
  | { readonly code: 'missing'; readonly field: MandatoryField }
  | { readonly code: 'too-long'; readonly field: MandatoryField | OptionalField; readonly max: number }
  | { readonly code: 'not-digits'; readonly field: MandatoryField | OptionalField; readonly digits: number }
  | { readonly code: 'not-one-line'; readonly field: MandatoryField | OptionalField }
  | { readonly code: 'bad-amount'; readonly max: number }
  | { readonly code: 'no-separator-left' }
  | { readonly code: 'too-large'; readonly bytes: number; readonly max: number };

/** The standard has 18 digits; these 15 are what a number holds exactly. */
export const maxKopecks = 999_999_999_999_999;

/** The standard names no version. 27 (1,125 bytes at level M) is as dense as the seal on our paper certificates. */
export const maxBankSlipVersion = 27;
export const maxBankSlipBytes = 1125;

/** ST, version 0001 of the format, 2 for UTF-8. */
const header = 'ST00012';

/** The usual one first. All are one byte of ASCII that no name of a field has. */
const separators = ['|', '~', '^', '#', ';', '!', '*', '_', '$', '%'];

type Fields = Record<string, FieldRule>;

function keysOf<T extends Fields>(rules: T): (keyof T & string)[] {
  return Object.keys(rules);
}

function faultOf<F extends MandatoryField | OptionalField>(
  field: F,
  rule: FieldRule,
  value: string,
): BankSlipFault | null {
  if (!isOneLine(value)) return { code: 'not-one-line', field };
  if (rule.form === 'text')
    return charactersIn(value) > rule.maxLength ? { code: 'too-long', field, max: rule.maxLength } : null;
  if (!/^\d+$/.test(value)) return { code: 'not-digits', field, digits: rule.maxLength };
  if (value.length > rule.maxLength) return { code: 'too-long', field, max: rule.maxLength };
  return rule.form === 'digits' && value.length < rule.maxLength
    ? { code: 'not-digits', field, digits: rule.maxLength }
    : null;
}

/** A field as it goes into the text; null if it is optional and blank. */
function fieldOf<F extends MandatoryField | OptionalField>(
  field: F,
  rule: FieldRule,
  value: string,
): Outcome<[name: string, value: string] | null, BankSlipFault> {
  const fault = value === '' ? null : faultOf(field, rule, value);
  if (fault !== null) return refused(fault);
  return done(value === '' ? null : [rule.name, value]);
}

function sumOf(kopecks: number | undefined): Outcome<[name: string, value: string] | null, BankSlipFault> {
  if (kopecks === undefined) return done(null);
  const fits = Number.isInteger(kopecks) && kopecks >= 1 && kopecks <= maxKopecks;
  return fits ? done(['Sum', String(kopecks)]) : refused({ code: 'bad-amount', max: maxKopecks });
}

/** Each field in the order of the text, or what is wrong with it. */
function fieldsOf(slip: BankSlip): Outcome<[name: string, value: string] | null, BankSlipFault>[] {
  const first = keysOf(mandatory).map((field) => {
    const value = slip[field].trim();
    return value === '' ? refused({ code: 'missing', field } as const) : fieldOf(field, mandatory[field], value);
  });
  const others = keysOf(optional).map((field) => fieldOf(field, optional[field], slip[field]?.trim() ?? ''));
  return [...first, sumOf(slip.kopecks), ...others];
}

/** All that is wrong with single fields, in their order. */
export function bankSlipFaults(slip: BankSlip): BankSlipFault[] {
  return fieldsOf(slip).flatMap((field) => (field.ok ? [] : [field.why]));
}

/**
 * The text for the QR code. Blanks around a value are taken off; an optional field that is blank is left out. The
 * separator is a character that no value has; it stands between all fields and not at the end.
 */
export function bankSlipText(slip: BankSlip): Outcome<string, BankSlipFault> {
  const fields: [name: string, value: string][] = [];
  for (const field of fieldsOf(slip)) {
    if (!field.ok) return field;
    if (field.value !== null) fields.push(field.value);
  }
  const separator = separators.find((sign) => fields.every(([, value]) => !value.includes(sign)));
  if (separator === undefined) return refused({ code: 'no-separator-left' });
  const text = [header, ...fields.map(([name, value]) => `${name}=${value}`)].join(separator);
  const bytes = bytesIn(text);
  return bytes > maxBankSlipBytes ? refused({ code: 'too-large', bytes, max: maxBankSlipBytes }) : done(text);
}
