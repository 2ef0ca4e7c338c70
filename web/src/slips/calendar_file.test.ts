import { describe, expect, it } from 'vitest';
import { dayAt, timeAt } from '../../test/days';
import { forSeeds } from '../../test/random';
import { type CalendarEvent, calendarFile } from './calendar_file';

const event: CalendarEvent = {
  id: 'deadline-moscow-model-2026-04-28',
  day: dayAt('2026-05-12'),
  summary: 'Last day to register',
  description: 'You moved in on 28 April.',
  made: timeAt('2026-04-28T09:05:07Z'),
};

/** Lines joined again (section 3.1), as name with parameters and value. */
function unfolded(file: string): [string, string][] {
  expect(file.endsWith('\r\n')).toBe(true);
  return file
    .slice(0, -2)
    .replace(/\r\n /g, '')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
}

function valueOf(file: string, name: string): string | undefined {
  return unfolded(file).find(([candidate]) => candidate === name)?.[1];
}

/** Section 3.3.11, read back. */
const unescaped = (text: string) => text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

describe('a calendar file', () => {
  it('is an event of a whole day with two reminders', () => {
    expect(calendarFile(event)).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Abode//Abode//EN',
        'BEGIN:VEVENT',
        'UID:deadline-moscow-model-2026-04-28@abode.invalid',
        'DTSTAMP:20260428T090507Z',
        'DTSTART;VALUE=DATE:20260512',
        'DTEND;VALUE=DATE:20260513',
        'SUMMARY:Last day to register',
        'DESCRIPTION:You moved in on 28 April.',
        'CLASS:PRIVATE',
        'TRANSP:TRANSPARENT',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Last day to register',
        'TRIGGER:-P6DT15H',
        'END:VALARM',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:Last day to register',
        'TRIGGER:-PT15H',
        'END:VALARM',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('ends on the next day, over a year too', () => {
    expect(valueOf(calendarFile({ ...event, day: dayAt('2026-12-31') }), 'DTEND;VALUE=DATE')).toBe('20270101');
  });

  it('is the same event whenever it is made', () => {
    const later = calendarFile({ ...event, made: timeAt('2026-05-01T00:00:00Z') });
    expect(valueOf(later, 'UID')).toBe(valueOf(calendarFile(event), 'UID'));
    expect(valueOf(calendarFile({ ...event, id: 'a\r\nB:c' }), 'UID')).toBe('a--B-c@abode.invalid');
  });

  it('escapes what would end a text or a line', () => {
    const file = calendarFile({ ...event, summary: 'a;b,c\\d', description: 'one\r\ntwo\nthree\rfour\u0007' });
    expect(valueOf(file, 'SUMMARY')).toBe('a\\;b\\,c\\\\d');
    expect(valueOf(file, 'DESCRIPTION')).toBe('one\\ntwo\\nthree\\nfour ');
  });

  it('folds lines at 75 bytes and cuts no character, and any text comes back', () => {
    const exact = `${'x'.repeat(67)}`; // SUMMARY: is 8
    expect(calendarFile({ ...event, summary: exact })).toContain(`SUMMARY:${exact}\r\nDESC`);
    expect(calendarFile({ ...event, summary: `${exact}y` })).toContain(`SUMMARY:${exact}\r\n y\r\nDESC`);
    forSeeds(200, (random) => {
      const text = random.text('abc ,;\\\nйцуՀքთ😀', 0, 400);
      const file = calendarFile({ ...event, summary: text, description: text });
      for (const line of file.split('\r\n')) {
        const bytes = new TextEncoder().encode(line);
        expect(bytes.length).toBeLessThanOrEqual(75);
        expect(line.includes('\n')).toBe(false);
        expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(line);
      }
      expect(unescaped(valueOf(file, 'SUMMARY') ?? '')).toBe(text);
      expect(unescaped(valueOf(file, 'DESCRIPTION') ?? '')).toBe(text);
    });
  });
});
