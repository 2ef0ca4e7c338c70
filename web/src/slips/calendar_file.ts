// A deadline as a file for the person's own calendar: iCalendar (RFC 5545), an event of a whole day with two reminders.

import { type Day, type Time, addDays, formatDay, formatTime } from '../base/day';

export interface CalendarEvent {
  /**
   * Which event this is, 1 to 200 of A-Z, a-z, 0-9 and -: a calendar that gets the same one again replaces the event.
   * Calendars are often kept by others, so neither this nor the texts may tell of a citizenship.
   */
  readonly id: string;
  readonly day: Day;
  /** What stands in the calendar, in the person's language. */
  readonly summary: string;
  readonly description: string;
  /** When the file was made. */
  readonly made: Time;
}

const maxLineBytes = 75; // section 3.1, without the line end
const crlf = '\r\n';

/** Section 3.3.11. Of the control characters only line ends are kept: no text may hold the others. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '\\n');
}

/** Section 3.1: at most 75 bytes to a line, a blank before what goes on, and no character cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let out = '';
  let room = maxLineBytes;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (size > room) {
      out += `${crlf} `;
      room = maxLineBytes - 1;
    }
    out += sign;
    room -= size;
  }
  return out;
}

const compact = (text: string) => text.replace(/[-:]/g, '');

/** At nine in the morning of the day so many days before: the event begins at midnight, wherever the phone is. */
function alarm(daysBefore: number, summary: string): string[] {
  const trigger = daysBefore > 1 ? `-P${daysBefore - 1}DT15H` : '-PT15H';
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(summary)}`, `TRIGGER:${trigger}`, 'END:VALARM'];
}

/** The whole file. Its media type is text/calendar, its name ends in .ics. */
export function calendarFile({ id, day, summary, description, made }: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Abode//Abode//EN',
    'BEGIN:VEVENT',
    `UID:${id.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 200)}@abode.invalid`,
    `DTSTAMP:${compact(formatTime(made))}`,
    `DTSTART;VALUE=DATE:${compact(formatDay(day))}`,
    `DTEND;VALUE=DATE:${compact(formatDay(addDays(day, 1)))}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    'CLASS:PRIVATE',
    'TRANSP:TRANSPARENT',
    ...alarm(7, summary),
    ...alarm(1, summary),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => folded(line) + crlf).join('');
}
