import { type Field } from '../../api/wire';
import type { Fault } from '../../ui/form';
import { checkReference } from './checks';
import type { Purpose, PurposeId } from './wire';

// One opening, before it is sent. What is typed is in memory alone, and only while one is at it: a code lets into
// somebody's record.

export interface Opening {
  /** As it stands at its holder's: "7K2PD-XQ0MV". */
  code: string;
  purpose: PurposeId;
  reference: string;
  fields: Field[];
}

type Values = Readonly<Record<string, string>>;
export const nothingTyped: Values = { code: '', purpose: '', reference: '', fields: '' };

/** Ten characters of Crockford's base 32, in which O stands for 0, and I and L for 1; null for anything else. */
function readCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) ? `${code.slice(0, 5)}-${code.slice(5)}` : null;
}

/** The fields that a purpose allows; none for no purpose. */
export function allowedFor(purposes: readonly Purpose[], purpose: string): readonly Field[] {
  return purposes.find(({ id }) => id === purpose)?.fields ?? [];
}

export function readOpening(values: Values, purposes: readonly Purpose[]): Opening | Fault[] {
  const { code: typed = '', purpose = '', reference = '', fields: chosen = '' } = values;
  const code = readCode(typed);
  const known = purposes.find(({ id }) => id === purpose);
  const names = chosen.split(' ');
  const fields = allowedFor(purposes, purpose).filter((field) => names.includes(field));
  const faults: Fault[] = [];
  if (!code) faults.push({ field: 'code', id: typed.trim() === '' ? 'official.code.missing' : 'official.code.wrong' });
  if (!known) faults.push({ field: 'purpose', id: 'official.purpose.missing' });
  const unfit = checkReference(reference);
  if (unfit) faults.push(unfit);
  if (known && fields.length === 0) faults.push({ field: 'fields', id: 'official.fields.missing' });
  if (!code || !known || faults.length > 0) return faults;
  return { code, purpose: known.id, reference: reference.trim(), fields };
}

let typed: Values = nothingTyped;

export const keepTyped = (values: Values) => {
  typed = values;
};
export const takeTyped = (): Values => typed;
export const forgetTyped = () => keepTyped(nothingTyped);
