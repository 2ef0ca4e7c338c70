// Which days are working days. The calendars themselves are made from profiles/calendars (scripts/rules_data.mjs).

import { type Day, formatDay, partsOf, weekdayOf } from '../base/day';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** One year of a calendar, as its authority published it. Days are written YYYY-MM-DD. */
export interface CalendarYear {
  readonly year: number;
  /** Announced, may still change. */
  readonly provisional: boolean;
  /** Where the days stand. */
  readonly source: string;
  /** Days off besides the weekend; some may fall on it. */
  readonly off: readonly string[];
  /** Days of the weekend that are worked. */
  readonly worked: readonly string[];
}

export interface Calendar {
  readonly name: string;
  readonly title: string;
  readonly weekend: readonly Weekday[];
  /** What everybody who counts by it should know, whole sentences in English. */
  readonly notes: readonly string[];
  readonly years: readonly CalendarYear[];
}

/** The year of the calendar that a day is in, or null if the calendar does not cover it. */
export function yearFor(calendar: Calendar, day: Day): CalendarYear | null {
  const { year } = partsOf(day);
  return calendar.years.find((candidate) => candidate.year === year) ?? null;
}

/** Whether a day is worked. `year` is what yearFor gives for it. */
export function isWorkedIn(calendar: Calendar, year: CalendarYear, day: Day): boolean {
  const text = formatDay(day);
  if (year.worked.includes(text)) return true;
  const weekday = weekdays[weekdayOf(day)];
  return !year.off.includes(text) && !(weekday !== undefined && calendar.weekend.includes(weekday));
}
