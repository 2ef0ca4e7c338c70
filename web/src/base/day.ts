// Days of the calendar and instants, without time zones and without a clock: as base/time.hpp has them.

declare const dayMark: unique symbol;
declare const timeMark: unique symbol;

/** A day of the Gregorian calendar, as the number of days since 1970-01-01. Days compare as numbers. */
export type Day = number & { readonly [dayMark]: true };

/** An instant, as whole seconds of UTC since 1970-01-01. Instants compare as numbers. */
export type Time = number & { readonly [timeMark]: true };

export interface DayParts {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
}

const msPerDay = 86_400_000;
const secondsPerDay = 86_400;

const digits = (value: number, width: number) => String(value).padStart(width, '0');

// The only places where a number becomes a day or an instant.
const asDay = (days: number) => days as Day;
const asTime = (seconds: number) => seconds as Time;

/** The day of these parts, or null if there is no such day. The year is 0 to 9999. */
export function dayOf(year: number, month: number, day: number): Day | null {
  if (year < 0 || year > 9999) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? asDay(date.getTime() / msPerDay) : null;
}

export function partsOf(day: Day): DayParts {
  const date = new Date(day * msPerDay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(day * msPerDay).getUTCDay();
}

export function addDays(day: Day, days: number): Day {
  return asDay(day + days);
}

/** YYYY-MM-DD of a day that exists (ISO 8601), or null. */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  return dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));
}

export function formatDay(day: Day): string {
  const { year, month, day: dayOfMonth } = partsOf(day);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(dayOfMonth, 2)}`;
}

/** The instant so many whole seconds after 1970-01-01 in UTC; fractions are cut off. */
export function timeOf(seconds: number): Time {
  return asTime(Math.floor(seconds));
}

export function addSeconds(time: Time, seconds: number): Time {
  return asTime(time + seconds);
}

/** The UTC day that an instant falls on. */
export function dayOfTime(time: Time): Day {
  return asDay(Math.floor(time / secondsPerDay));
}

/** YYYY-MM-DDThh:mm:ssZ and nothing else (RFC 3339 in UTC), or null. */
export function parseTime(text: string): Time | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/.exec(text);
  const day = parseDay(found?.[1] ?? '');
  const [hour, minute, second] = [Number(found?.[2]), Number(found?.[3]), Number(found?.[4])];
  if (day === null || hour > 23 || minute > 59 || second > 59) return null;
  return asTime(day * secondsPerDay + hour * 3600 + minute * 60 + second);
}

export function formatTime(time: Time): string {
  const day = dayOfTime(time);
  const second = time - day * secondsPerDay;
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return `${formatDay(day)}T${clock.map((part) => digits(part, 2)).join(':')}Z`;
}
