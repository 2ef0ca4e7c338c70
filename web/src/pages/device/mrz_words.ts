import type { CheckHint, MrzFault } from '../../identity/faults';
import { t } from '../../text/text';

// What is wrong with the lines of a document, in words that help whoever typed them.

function meantInWords(sign: string): string {
  return /\d/.test(sign) ? t('mrz.meant.digit', { sign }) : t('mrz.meant.letter', { sign });
}

function hintInWords(hint: CheckHint): string {
  if (hint.code === 'compare') return t('mrz.hint.compare');
  if (hint.code === 'every') return t('mrz.hint.every', { typed: hint.typed, meant: meantInWords(hint.meant) });
  const places = hint.slips.map(({ typed, line, column, meant }) => ({ typed, line, column, meant: meantInWords(meant) }));
  const [only] = places;
  if (only && places.length === 1) return t('mrz.hint.one', only);
  return t('mrz.hint.some', { slips: places.map((place) => t('mrz.hint.slip', place)).join('; ') });
}

type Field<Code extends MrzFault['code']> = Extract<MrzFault, { code: Code }>['field' & keyof Extract<MrzFault, { code: Code }>];

/** The fields that have a check digit; any other has none that could be wrong. */
function checkedField(field: Field<'check-digit-wrong'>): 'document-number' | 'birth-date' | 'expiry-date' | 'optional-data' | 'zone' {
  return field === 'document-number' || field === 'birth-date' || field === 'expiry-date' || field === 'optional-data' ? field : 'zone';
}

function characterInWords({ typed, meant, allowed, checkDigit }: Extract<MrzFault, { code: 'wrong-character' }>): string {
  const advice = meant === null ? t('mrz.read-again') : t('mrz.meant', { meant: meantInWords(meant) });
  if (checkDigit) return t('mrz.check-digits', { typed, advice });
  return t(`mrz.${allowed}`, { typed, advice });
}

type Placed = Extract<MrzFault, { line: number; column: number }>;

/** What is wrong at one place. */
function placedInWords(fault: Placed): string {
  switch (fault.code) {
    case 'forbidden-character': return t(`mrz.forbidden.${fault.hint}`);
    case 'number-without-end':
    case 'number-without-check-digit':
    case 'visa':
    case 'bad-state':
    case 'bad-date':
    case 'bad-sex': return t(`mrz.${fault.code}`);
    case 'wrong-character': return characterInWords(fault);
    case 'missing': return t(`mrz.missing.${fault.field}`);
    case 'check-digit-missing': return t(`mrz.check.missing.${checkedField(fault.field)}`);
    case 'check-digit-wrong': return t(`mrz.check.wrong.${checkedField(fault.field)}`, { hint: hintInWords(fault.hint) });
  }
}

export function mrzFaultInWords(fault: MrzFault): string {
  const sizes = t('mrz.sizes');
  switch (fault.code) {
    case 'too-large': return t('mrz.too-large');
    case 'empty': return t('mrz.empty');
    case 'one-line': return t('mrz.one-line', { sizes, length: fault.length });
    case 'too-many-lines': return t('mrz.too-many-lines', { sizes, lines: fault.lines });
    case 'wrong-length': return t('mrz.wrong-length', { sizes, line: fault.line, length: fault.length });
    default: return t('mrz.at', { line: fault.line, column: fault.column, what: placedInWords(fault) });
  }
}
