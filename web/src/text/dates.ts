import type { Day } from '../base/days';
import { dayAt, partsOf } from '../base/days';
import { type MessageId, t } from './text';

// Dates in words by messages of our own, not by the browser's: for most of our languages many browsers have no month
// names, and show English ones or "M11".

const months = [
  'date.month.1', 'date.month.2', 'date.month.3', 'date.month.4', 'date.month.5', 'date.month.6',
  'date.month.7', 'date.month.8', 'date.month.9', 'date.month.10', 'date.month.11', 'date.month.12',
] as const satisfies readonly MessageId[];

/** A calendar day in words; what is no day is shown as it is. */
export function dayInWords(day: Day): string {
  const parts = partsOf(day);
  const month = parts && months[parts.month - 1];
  return parts && month ? t('date.day', { day: parts.day, month: t(month), year: String(parts.year) }) : day;
}

/** A month ("2026-11") in words; what is no month is shown as it is. */
export function monthInWords(month: string): string {
  const parts = partsOf(`${month}-01`);
  const name = parts && months[parts.month - 1];
  return parts && name ? t('date.month-of-year', { month: t(name), year: String(parts.year) }) : month;
}

const two = (n: number) => String(n).padStart(2, '0');

const clock = (time: Date) => `${two(time.getHours())}:${two(time.getMinutes())}`;

/** A moment (RFC 3339) on the device's own clock, in words. */
export function momentInWords(moment: string): string {
  const time = new Date(moment);
  if (Number.isNaN(time.getTime())) return moment;
  return t('date.moment', { day: dayInWords(dayAt(time)), time: clock(time) });
}

/** The time of day of a moment, where its day is said already. */
export function timeInWords(moment: string): string {
  return clock(new Date(moment));
}
