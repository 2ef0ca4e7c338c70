// Deadlines: so many days or weeks from a day, and how that came about, step by step. The same count as
// src/rules/deadline.cpp, held to it by vectors.

import { type Day, addDays, partsOf } from '../base/day';
import { type Outcome, done, refused } from '../base/outcome';
import { type Calendar, type CalendarYear, isWorkedIn, yearFor } from './calendar';

/** "7 working days, the first day counted". A week is seven calendar days. */
export type Period = {
  /** 1 to maxPeriodCount */
  readonly count: number;
  /** The day of the event itself is the first day of the period. */
  readonly firstDayCounts: boolean;
} & (
  | { readonly unit: 'working-days' }
  | {
      readonly unit: 'calendar-days' | 'weeks';
      /** What happens when the last day is a day off. */
      readonly onDayOff: 'stays' | 'next-working-day';
    }
);

const maxPeriodCount = 400;

/** How a deadline came about: each is a sentence of the catalog, in order. */
export type Step =
  | { readonly code: 'event'; readonly day: Day }
  | { readonly code: 'first-day'; readonly counts: boolean; readonly unit: Period['unit'] }
  | { readonly code: 'first-working-day'; readonly day: Day }
  | { readonly code: 'not-counted'; readonly daysOff: readonly Day[] }
  | { readonly code: 'last-working-day'; readonly count: number; readonly day: Day }
  | { readonly code: 'period-ends'; readonly period: Period; readonly day: Day }
  | { readonly code: 'stays' }
  | { readonly code: 'ends-on-working-day' }
  | { readonly code: 'moves'; readonly daysOff: readonly Day[]; readonly day: Day }
  | { readonly code: 'calendar'; readonly title: string }
  | { readonly code: 'provisional'; readonly year: number }
  | { readonly code: 'note'; readonly text: string };

export interface Deadline {
  /** The act is in time until its end. */
  readonly lastDay: Day;
  readonly steps: readonly Step[];
}

export type DeadlineFault =
  | { readonly code: 'count-out-of-range'; readonly max: number }
  | { readonly code: 'calendar-missing' }
  | { readonly code: 'calendar-does-not-cover'; readonly title: string; readonly year: number };

/** True if nothing can be said without a calendar. */
function needsCalendar(period: Period): boolean {
  return period.unit === 'working-days' || period.onDayOff === 'next-working-day';
}

/** Days in a calendar, and the years that were looked at on the way, in order. */
class DaysOff {
  readonly years: CalendarYear[] = [];

  constructor(private readonly calendar: Calendar) {}

  /** The first working day from `day` on; the days off before it go into `passed`. */
  seekWorkingDay(day: Day, passed: Day[]): Outcome<Day, DeadlineFault> {
    for (let at = day; ; at = addDays(at, 1)) {
      const year = yearFor(this.calendar, at);
      if (year === null)
        return refused({ code: 'calendar-does-not-cover', title: this.calendar.title, year: partsOf(at).year });
      if (this.years[this.years.length - 1] !== year) this.years.push(year);
      if (isWorkedIn(this.calendar, year, at)) return done(at);
      passed.push(at);
    }
  }

  explain(): Step[] {
    return [
      { code: 'calendar', title: this.calendar.title },
      ...this.years.filter((year) => year.provisional).map(({ year }): Step => ({ code: 'provisional', year })),
      ...this.calendar.notes.map((text): Step => ({ code: 'note', text })),
    ];
  }
}

function countWorkingDays(period: Period, event: Day, daysOff: DaysOff): Outcome<Deadline, DeadlineFault> {
  const steps: Step[] = [];
  const passed: Day[] = [];
  let day = period.firstDayCounts ? event : addDays(event, 1);
  for (let counted = 0; counted < period.count; ++counted) {
    const found = daysOff.seekWorkingDay(counted > 0 ? addDays(day, 1) : day, passed);
    if (!found.ok) return found;
    day = found.value;
    if (counted === 0) steps.push({ code: 'first-working-day', day });
  }
  if (passed.length > 0) steps.push({ code: 'not-counted', daysOff: passed });
  steps.push({ code: 'last-working-day', count: period.count, day });
  return done({ lastDay: day, steps });
}

function countAllDays(period: Period, event: Day, daysOff: DaysOff | null): Outcome<Deadline, DeadlineFault> {
  const total = period.unit === 'weeks' ? 7 * period.count : period.count;
  const day = addDays(event, total - (period.firstDayCounts ? 1 : 0));
  const steps: Step[] = [{ code: 'period-ends', period, day }];
  if (daysOff === null) return done({ lastDay: day, steps: [...steps, { code: 'stays' }] });
  const passed: Day[] = [];
  const found = daysOff.seekWorkingDay(day, passed);
  if (!found.ok) return found;
  steps.push(
    passed.length === 0 ? { code: 'ends-on-working-day' } : { code: 'moves', daysOff: passed, day: found.value },
  );
  return done({ lastDay: found.value, steps });
}

/** Counts `period` from the day of the event. `calendar` may be null for a period that needs none. */
export function deadline(period: Period, event: Day, calendar: Calendar | null): Outcome<Deadline, DeadlineFault> {
  if (!Number.isInteger(period.count) || period.count < 1 || period.count > maxPeriodCount)
    return refused({ code: 'count-out-of-range', max: maxPeriodCount });
  let daysOff: DaysOff | null = null;
  if (needsCalendar(period)) {
    if (calendar === null) return refused({ code: 'calendar-missing' });
    daysOff = new DaysOff(calendar);
  }
  const counted =
    period.unit === 'working-days' && daysOff !== null
      ? countWorkingDays(period, event, daysOff)
      : countAllDays(period, event, daysOff);
  if (!counted.ok) return counted;
  const before: Step[] = [
    { code: 'event', day: event },
    { code: 'first-day', counts: period.firstDayCounts, unit: period.unit },
  ];
  const { lastDay, steps } = counted.value;
  return done({ lastDay, steps: [...before, ...steps, ...(daysOff?.explain() ?? [])] });
}
