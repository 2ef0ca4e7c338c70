import {
  type CreditTransfer, type CreditTransferFault, creditTransferFaults, creditTransferText, maxCreditTransferVersion, parseIban,
} from '../../slips/credit_transfer';
import { t } from '../../text/text';
import type { Fault } from '../../ui/form';
import type { Row } from '../../ui/pieces';
import { amountInWords, readAmount } from './amounts';
import type { Slip } from './slip_view';

const badForm = {
  iban: 'payment.transfer.iban.form', bic: 'payment.transfer.bic.form', purpose: 'payment.transfer.purpose.form',
  reference: 'payment.transfer.reference.form',
} as const;
const badCheck = { iban: 'payment.transfer.iban.check', reference: 'payment.transfer.reference.check' } as const;

function faultOf(fault: CreditTransferFault): Fault {
  switch (fault.code) {
    case 'missing': return { field: fault.field, id: 'payment.missing' };
    case 'too-long': return { field: fault.field, id: 'payment.too-long', values: { max: fault.max } };
    case 'not-one-line': return { field: fault.field, id: 'payment.one-line' };
    case 'bad-form': return { field: fault.field, id: badForm[fault.field] };
    case 'wrong-check-digits': return { field: fault.field, id: badCheck[fault.field] };
    case 'bad-amount': return { field: 'amount', id: 'payment.amount.wrong' };
    case 'too-large': return { field: null, id: 'payment.too-large', values: { bytes: fault.bytes, max: fault.max } };
  }
}

type Remittance = Pick<CreditTransfer, 'remittance'>;

function remittanceOf(values: Readonly<Record<string, string>>): Remittance {
  if (values.remittance === 'reference') return { remittance: { kind: 'reference', reference: values.reference ?? '' } };
  return values.remittance === 'text' ? { remittance: { kind: 'text', text: values.text ?? '' } } : {};
}

/** What was typed, in words. */
function rowsOf(transfer: CreditTransfer): Row[] {
  const { remittance } = transfer;
  const iban = parseIban(transfer.iban);
  const row = (key: string, name: string, value: string | undefined): Row[] => (value?.trim() ? [{ key, name, value: value.trim() }] : []);
  return [
    ...row('amount', t('payment.transfer.amount'), amountInWords('eur', transfer.cents)),
    ...row('name', t('payment.transfer.name'), transfer.name),
    ...row('iban', t('payment.transfer.iban'), iban.ok ? iban.value.replace(/(.{4})(?=.)/g, '$1 ') : transfer.iban),
    ...row('bic', t('payment.transfer.bic'), transfer.bic),
    ...row('reference', t('payment.transfer.reference'), remittance?.kind === 'reference' ? remittance.reference : ''),
    ...row('text', t('payment.transfer.text'), remittance?.kind === 'text' ? remittance.text : ''),
    ...row('purpose', t('payment.transfer.purpose'), transfer.purpose),
    ...row('information', t('payment.transfer.information'), transfer.information),
  ];
}

/** The slip that the fields make (name, iban, bic, amount, remittance, text, reference, purpose, information), or all that is wrong. */
export function readTransferSlip(values: Readonly<Record<string, string>>): Slip | Fault[] {
  const typed = (field: string) => values[field] ?? '';
  const transfer: CreditTransfer = {
    name: typed('name'), iban: typed('iban'), bic: typed('bic'), cents: readAmount(typed('amount')) ?? 0,
    purpose: typed('purpose'), information: typed('information'), ...remittanceOf(values),
  };
  const faults = creditTransferFaults(transfer).map(faultOf);
  if (faults.length > 0) {
    const blank = typed('amount').trim() === '';
    return faults.map((fault) => (blank && fault.field === 'amount' ? { field: 'amount', id: 'payment.transfer.amount.missing' } : fault));
  }
  const text = creditTransferText(transfer);
  if (!text.ok) return [faultOf(text.why)];
  return { title: transfer.name.trim(), text: text.value, maxVersion: maxCreditTransferVersion, rows: rowsOf(transfer), model: false };
}
