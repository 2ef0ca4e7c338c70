import { beforeAll, expect, it } from 'vitest';
import { dayAt } from '../../test/days';
import { answerFaultInWords, answerInWords, stepInWords } from '../../test/in_english';
import { type Vector, describeVectors } from '../../test/vectors';
import { formatDay, formatTime, parseDay, parseTime, timeOf } from '../base/day';
import { type Table, answer } from './answer';
import type { Calendar } from './calendar';
import { calendarNames, loadCalendar, loadTable, tableNames } from './data';
import { type Period, deadline } from './deadline';

const tables = new Map<string, Table>();
const calendars = new Map<string, Calendar>();

beforeAll(async () => {
  for (const name of tableNames) tables.set(name, await loadTable(name));
  for (const name of calendarNames) calendars.set(name, await loadCalendar(name));
});

const textOrNull = (vector: Vector) => (vector.json === null ? null : vector.text());

function tableNamed(name: string): Table {
  const table = tables.get(name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  return table;
}

function calendarOf(item: Vector): Calendar | null {
  const name = textOrNull(item.at('calendar'));
  const calendar = name === null ? null : calendars.get(name);
  if (calendar === undefined) throw new Error(`there is no calendar ${name}`);
  return calendar;
}

describeVectors('rules_answers.json', (file) => {
  it('have the deadlines of every table, calendar, citizenship and day', () => {
    const seen = new Set<string>();
    let compared = 0;
    for (const item of file.list()) {
      const table = tableNamed(item.at('table').text());
      const [calendar, citizenship] = [calendarOf(item), textOrNull(item.at('citizenship'))];
      seen.add(table.name);
      for (const pair of item.at('answers').list()) {
        const [event, expected] = pair.list();
        const mine = answer(table, calendar, dayAt(event?.text() ?? ''), citizenship);
        const said = mine.ok
          ? mine.value.alternatives.map(({ rule, deadline: { lastDay } }) => [rule.id, formatDay(lastDay)])
          : answerFaultInWords(mine.why);
        // expect() for each of so many would take minutes
        if (JSON.stringify(said) !== JSON.stringify(expected?.json))
          expect({ table: table.name, citizenship, event: event?.json, said }).toEqual(expected?.json);
        ++compared;
      }
    }
    expect(seen).toEqual(new Set(tableNames));
    expect(compared).toBeGreaterThan(50_000);
  });
});

describeVectors('rules_words.json', (file) => {
  it('come about in the same steps, and say the same', () => {
    const items = file.list();
    for (const item of items) {
      const table = tableNamed(item.at('table').text());
      const event = dayAt(item.at('event').text());
      const mine = answer(table, calendarOf(item), event, textOrNull(item.at('citizenship')));
      if (mine.ok) expect(answerInWords(table, mine.value)).toEqual(item.at('lines').json);
      else expect(answerFaultInWords(mine.why)).toEqual(item.at('error').json);
    }
    expect(items.length).toBeGreaterThan(1000);
  });
});

/** The period of an item: each kind has its place in the file. */
function periodOf(item: Vector): Period {
  const units = ['working-days', 'calendar-days', 'weeks'] as const;
  const [count, firstDayCounts] = [item.at('count').number(), item.at('firstDayCounts').json === true];
  const unit = units.find((candidate) => candidate === item.at('unit').text());
  if (unit === undefined) throw new Error('there is no such unit');
  if (unit === 'working-days') return { count, firstDayCounts, unit };
  return { count, firstDayCounts, unit, onDayOff: item.at('onDayOff').text() === 'stays' ? 'stays' : 'next-working-day' };
}

describeVectors('rules_periods.json', (file) => {
  it('have the last day of every kind of period', () => {
    const items = file.list();
    for (const item of items) {
      const mine = deadline(periodOf(item.at('period')), dayAt(item.at('event').text()), calendarOf(item));
      if (mine.ok) {
        expect(formatDay(mine.value.lastDay)).toBe(item.at('lastDay').text());
        expect(mine.value.steps.map(stepInWords)).toEqual(item.at('steps').json);
      } else {
        expect(answerFaultInWords(mine.why)).toEqual(item.at('error').json);
      }
    }
    expect(items.length).toBeGreaterThan(1000);
  });
});

describeVectors('rules_dates.json', (file) => {
  it('are read as days and instants, or are none', () => {
    for (const item of file.at('days').list()) {
      const [text, expected] = item.list();
      const day = parseDay(text?.text() ?? '');
      expect(day === null ? null : formatDay(day), text?.text()).toBe(expected?.json);
    }
    for (const item of file.at('times').list()) {
      const text = item.at('text').text();
      const seconds = item.at('seconds');
      expect(parseTime(text), text).toBe(seconds.json);
      if (seconds.json !== null) expect(formatTime(timeOf(seconds.number()))).toBe(text);
    }
    expect(file.at('days').list().length + file.at('times').list().length).toBeGreaterThan(30);
  });
});
