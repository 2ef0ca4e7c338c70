import { makeStore } from '../../base/store';
import {
  type BankSlip, type BankSlipFault, bankSlipFaults, bankSlipText, type MandatoryField, maxBankSlipVersion, type OptionalField,
} from '../../slips/bank_slip';
import { t } from '../../text/text';
import type { Fault } from '../../ui/form';
import { amountInWords, readAmount } from './amounts';
import type { Slip } from './slip_view';

export const payeeFields = ['name', 'account', 'bankName', 'bic', 'correspondentAccount'] as const satisfies readonly MandatoryField[];
export const taxFields = [
  'payeeInn', 'kpp', 'cbc', 'oktmo', 'payerInn', 'drawerStatus', 'paymentReason', 'taxPeriod', 'documentNumber', 'documentDate',
  'taxPaymentKind',
] as const satisfies readonly OptionalField[];
export const payerFields = [
  'lastName', 'firstName', 'middleName', 'payerAddress', 'payerIdType', 'payerIdNumber',
] as const satisfies readonly OptionalField[];
const optionalFields = ['purpose', ...taxFields, ...payerFields] as const;

/** An amount that was worked out on another page, for the next slip. In memory only. */
export const workedOut = makeStore<{ kopecks: number; purpose: string } | null>(null);

const upToDigits: readonly string[] = ['payeeInn', 'payerInn', 'oktmo'] satisfies OptionalField[];

/** What is wrong with a slip, at its field. */
function faultOf(fault: BankSlipFault): Fault {
  switch (fault.code) {
    case 'missing': return { field: fault.field, id: 'payment.missing' };
    case 'too-long': return { field: fault.field, id: 'payment.too-long', values: { max: fault.max } };
    case 'not-digits':
      return { field: fault.field, id: upToDigits.includes(fault.field) ? 'payment.up-to-digits' : 'payment.digits', values: { digits: fault.digits } };
    case 'not-one-line': return { field: fault.field, id: 'payment.one-line' };
    case 'bad-amount': return { field: 'amount', id: 'payment.amount.wrong' };
    case 'no-separator-left': return { field: null, id: 'payment.no-separator' };
    case 'too-large': return { field: null, id: 'payment.too-large', values: { bytes: fault.bytes, max: fault.max } };
  }
}

function slipOf(values: Readonly<Record<string, string>>, kopecks: number | null): BankSlip {
  const typed = (field: MandatoryField | OptionalField) => values[field] ?? '';
  return {
    name: typed('name'), account: withoutBlanks(typed('account')), bankName: typed('bankName'), bic: withoutBlanks(typed('bic')),
    correspondentAccount: withoutBlanks(typed('correspondentAccount')),
    ...Object.fromEntries(optionalFields.map((field) => [field, digitFields.includes(field) ? withoutBlanks(typed(field)) : typed(field)])),
    ...(kopecks === null ? {} : { kopecks }),
  };
}

/** Numbers are copied with blanks in them. */
const digitFields: readonly string[] = ['kpp', 'cbc', ...upToDigits];
const withoutBlanks = (text: string) => text.replace(/\s/g, '');

/** The slip that the fields make (their names are those of BankSlip, and amount), or all that is wrong with them. */
export function readAccountSlip(values: Readonly<Record<string, string>>, model: boolean): Slip | Fault[] {
  const amount = (values.amount ?? '').trim();
  const kopecks = amount === '' ? null : (readAmount(amount) ?? 0);
  const slip = slipOf(values, kopecks);
  const faults = bankSlipFaults(slip);
  if (faults.length > 0) return faults.map(faultOf);
  const text = bankSlipText(slip);
  if (!text.ok) return [faultOf(text.why)];
  const filled = [...payeeFields, ...optionalFields].filter((field) => slip[field]?.trim());
  const rows = filled.map((field) => ({ key: field, name: t(`payment.account.${field}`), value: slip[field]?.trim() ?? '' }));
  const sum = { key: 'amount', name: t('payment.account.amount'), value: kopecks === null ? t('payment.amount.none') : amountInWords('rub', kopecks) };
  return { title: slip.name.trim(), text: text.value, maxVersion: maxBankSlipVersion, rows: [sum, ...rows], model };
}
