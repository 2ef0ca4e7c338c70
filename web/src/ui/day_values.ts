import type { Day } from '../base/days';
import { makeDay, partsOf } from '../base/days';
import type { MessageId } from '../text/text';
import type { Fault } from './form';

// A date is typed as three numbers: it works on every phone, in every language, and with a screen reader. The first one
// has the field's name, so that errors lead there.

export const monthOf = (name: string) => `${name}.month`;
export const yearOf = (name: string) => `${name}.year`;

/** The values of the three inputs for a day. */
export function dayValues(name: string, day: Day | null): Record<string, string> {
  const parts = day === null ? null : partsOf(day);
  return {
    [name]: parts ? String(parts.day) : '',
    [monthOf(name)]: parts ? String(parts.month) : '',
    [yearOf(name)]: parts ? String(parts.year) : '',
  };
}

const number = (typed: string) => (/^\s*\d{1,4}\s*$/.test(typed) ? Number(typed) : NaN);

/** The day that was typed, null if all three are empty, a fault if it is none. */
export function readDay(values: Readonly<Record<string, string>>, name: string, wrong: MessageId): Day | null | Fault {
  const [day = '', month = '', year = ''] = [values[name], values[monthOf(name)], values[yearOf(name)]];
  if (!day.trim() && !month.trim() && !year.trim()) return null;
  return makeDay({ day: number(day), month: number(month), year: number(year) }) ?? { field: name, id: wrong };
}
