import { rectifiableFields } from '../../api/wire';
import { type Day, dayAt } from '../../base/days';
import type { Draft } from '../../drafts/drafts';
import { readDay } from '../../ui/day_values';
import type { Fault } from '../../ui/form';
import { faultOfPastDay } from '../register/dates';

// What the register takes as a request for a correction (service/rectification.hpp), so that a slip shows at once.

export type CorrectedField = (typeof rectifiableFields)[number];

export interface Wish {
  field: CorrectedField;
  /** What should stand there; a day as 1974-08-12. */
  wanted: string;
  reason: string;
}

const max_bytes = 400;
/** Control and invisible characters, which the register takes in no line. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

export function fieldIn(values: Readonly<Draft>): CorrectedField | null {
  return rectifiableFields.find((field) => field === values.field) ?? null;
}

type MissingId = 'rights.correct.wanted.missing' | 'rights.correct.reason.missing';

function readLine(values: Readonly<Draft>, field: string, missing: MissingId): string | Fault {
  const typed = (values[field] ?? '').trim();
  if (!typed) return { field, id: missing };
  if (unseen.test(typed)) return { field, id: 'address.unseen' };
  const line = typed.replace(/\s+/g, ' ');
  return new TextEncoder().encode(line).length > max_bytes ? { field, id: 'rights.correct.too-long' } : line;
}

function readBirth(values: Readonly<Draft>, today: Day): string | Fault {
  const day = readDay(values, 'birth', 'date.none-such');
  if (day === null) return { field: 'birth', id: 'rights.correct.birth.missing' };
  return typeof day === 'string' ? (faultOfPastDay(day, 'birth', today) ?? day) : day;
}

/** The request that was typed (fields: field, wanted or the parts of birth, reason), or what is wrong with it. */
export function readWish(values: Readonly<Draft>, today: Day = dayAt(new Date())): Wish | Fault[] {
  const field = fieldIn(values);
  const wanted = field === 'birth_date' ? readBirth(values, today) : readLine(values, 'wanted', 'rights.correct.wanted.missing');
  const reason = readLine(values, 'reason', 'rights.correct.reason.missing');
  if (field !== null && typeof wanted === 'string' && typeof reason === 'string') return { field, wanted, reason };
  const faults: Fault[] = field === null ? [{ field: 'field', id: 'rights.correct.field.missing' }] : [];
  return [...faults, ...[wanted, reason].filter((one): one is Fault => typeof one !== 'string')];
}
