import { type Day, dayOfTime, formatDay, formatTime, parseDay, type Time, timeOf, weekdayOf } from '../../base/day';
import { dayAt } from '../../base/days';
import { atTheBorder } from '../../rules/arrival';
import { dayInWords } from '../../text/dates';
import { type MessageId, t } from '../../text/text';

const weekdays = [
  'deadline.weekday.0', 'deadline.weekday.1', 'deadline.weekday.2', 'deadline.weekday.3', 'deadline.weekday.4', 'deadline.weekday.5',
  'deadline.weekday.6',
] as const satisfies readonly MessageId[];

/** "10 December 2026" */
export function plainDay(day: Day): string {
  return dayInWords(formatDay(day));
}

/** "Thursday, 10 December 2026": people plan by weekdays. */
export function fullDay(day: Day): string {
  const weekday = weekdays[weekdayOf(day)];
  return weekday ? t('deadline.weekday', { weekday: t(weekday), day: plainDay(day) }) : plainDay(day);
}

/** "14:30", of a time that is meant as a clock shows it. */
export function clock(time: Time): string {
  return formatTime(time).slice(11, 16);
}

/** The instant on this device's clock. */
export function now(): Time {
  return timeOf(Date.now() / 1000);
}

/** Today on this device's clock and calendar. */
export function today(): Day {
  return parseDay(dayAt(new Date())) ?? dayOfTime(now());
}

/** What a clock at the border shows now. */
export function nowAtTheBorder(): Time {
  return atTheBorder(now());
}
