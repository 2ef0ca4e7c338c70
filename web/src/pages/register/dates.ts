import type { Kind } from '../../api/wire';
import type { Day } from '../../base/days';
import { daysBetween } from '../../base/days';
import type { Draft } from '../../drafts/drafts';
import { readDay } from '../../ui/day_values';
import type { Fault } from '../../ui/form';

// What the rules say of days (rules/residence.cpp), so that a slip shows at once. The register decides.

const earliest: Day = '1900-01-01';
const max_years_ahead = 10;

/** A first or last day: from 1900 to today. */
export function faultOfPastDay(day: Day, field: string, today: Day): Fault | null {
  if (day < earliest) return { field, id: 'date.too-early' };
  return daysBetween(today, day) > 0 ? { field, id: 'date.to-come' } : null;
}

/** A day until which somebody means to stay. */
export function faultOfStatedEnd(until: Day, since: Day, today: Day): Fault | null {
  if (until < since) return { field: 'until', id: 'date.end-before-start' };
  const [year = '', ...rest] = today.split('-');
  const last = [String(Number(year) + max_years_ahead), ...rest].join('-');
  return until > last ? { field: 'until', id: 'date.too-far' } : null;
}

export interface Stay {
  since: Day;
  until: Day | null;
}

/** The days that were typed, or what is wrong with them. Without a first day it is today's. */
export function readStay(values: Readonly<Draft>, kind: Kind, today: Day): Stay | Fault[] {
  const since = readDay(values, 'since', 'date.none-such') ?? today;
  const until = kind === 'main' ? null : readDay(values, 'until', 'date.none-such');
  const faults: (Fault | null)[] = [];
  if (typeof since !== 'string') faults.push(since);
  else faults.push(faultOfPastDay(since, 'since', today));
  if (until !== null && typeof until !== 'string') faults.push(until);
  else if (until !== null && typeof since === 'string') faults.push(faultOfStatedEnd(until, since, today));
  const found = faults.filter((fault): fault is Fault => fault !== null);
  if (found.length > 0 || typeof since !== 'string' || (until !== null && typeof until !== 'string')) return found;
  return { since, until };
}
