import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { dayAt } from '../../test/days';
import { addDays, dayOf, formatDay } from '../base/day';
import { type Table, answer } from './answer';
import { isWorkedIn, yearFor } from './calendar';
import { type TableName, loadCalendar, loadTable } from './data';

async function ask(name: TableName, event: string, citizenship: string | null = null) {
  const table = await loadTable(name);
  const calendar = table.calendar === undefined ? null : await loadCalendar(table.calendar);
  return answer(table, calendar, dayAt(event), citizenship);
}

async function last(name: TableName, event: string, citizenship: string | null = null): Promise<string> {
  const said = await ask(name, event, citizenship);
  return said.ok ? formatDay(said.value.lastDay) : said.why.code;
}

describe('deadlines', () => {
  it('are those of the laws', async () => {
    expect(await last('germany', '2026-11-02')).toBe('2026-11-16');
    expect(await last('germany', '2026-12-12')).toBe('2026-12-28'); // the 26th is a Saturday and a holiday
    expect(await last('netherlands', '2026-11-02')).toBe('2026-11-07');
    expect(await last('austria', '2026-11-02')).toBe('2026-11-05');
    expect(await last('estonia', '2026-11-02')).toBe('2026-11-16');
    expect(await last('moscow-model', '2026-04-28')).toBe('2026-05-07');
  });

  it('depend on a citizenship where a table says so', async () => {
    for (const fifteen of ['UZ', 'TJ']) expect(await last('moscow-model', '2026-04-28', fifteen)).toBe('2026-05-12');
    for (const thirty of ['KG', 'KZ', 'AM'])
      expect(await last('moscow-model', '2026-04-28', thirty)).toBe('2026-05-27');
    expect(await last('moscow-model', '2026-04-28', 'DE')).toBe('2026-05-07');
    for (const wrong of ['', 'uz', 'UZB', 'U1'])
      expect(await last('austria', '2026-04-28', wrong)).toBe('not-a-citizenship');
  });

  it('show all where sources differ, and go by the earliest', async () => {
    const said = await ask('moscow-model', '2026-04-28', 'BY');
    if (!said.ok) throw new Error(said.why.code);
    expect(formatDay(said.value.lastDay)).toBe('2026-05-27');
    expect(said.value.alternatives.map(({ rule }) => rule.id)).toEqual(['belarus-30', 'belarus-90']);
    for (const { rule } of said.value.alternatives) expect(rule.conflicting).toContain('sources differ');
  });

  it('are not guessed where there is no calendar or no rule', async () => {
    expect(await last('moscow-model', '2024-12-28')).toBe('calendar-does-not-cover');
    expect(await last('moscow-model', '2000-01-01')).toBe('no-rule-in-force');
    expect(answer(await loadTable('germany'), null, dayAt('2026-04-28'), null).ok).toBe(false);
  });

  it('have the earliest first, whatever the rules are called', async () => {
    const table = await loadTable('moscow-model');
    const rules = table.rules.map((rule) => (rule.id === 'belarus-30' ? { ...rule, id: 'z' } : rule));
    const said = answer({ ...table, rules }, null, dayAt('2026-04-28'), 'BY');
    expect(said.ok && said.value.alternatives.map(({ rule }) => rule.id)).toEqual(['z', 'belarus-90']);
  });

  it('come by a later rule from its day on', () => {
    const rule = {
      id: 'a',
      count: 3,
      unit: 'calendar-days',
      firstDayCounts: false,
      onDayOff: 'stays',
      source: '',
    } as const;
    const table: Table = {
      name: 'x',
      title: 'X',
      event: 'arrival',
      notes: [],
      rules: [
        { ...rule, count: 9, validFrom: '2026-06-01' },
        { ...rule, validFrom: '2020-01-01' },
      ],
    };
    const lastOf = (event: string) => {
      const said = answer(table, null, dayAt(event), null);
      return said.ok ? formatDay(said.value.lastDay) : said.why.code;
    };
    expect(lastOf('2026-05-31')).toBe('2026-06-03');
    expect(lastOf('2026-06-01')).toBe('2026-06-10');
    expect(lastOf('2019-12-31')).toBe('no-rule-in-force');
  });
});

describe('the calendar of Russia', () => {
  it('has 247 working days in each year', async () => {
    const russia = await loadCalendar('russia');
    expect(russia.years.map(({ year }) => year)).toEqual([2025, 2026, 2027]);
    for (const { year } of russia.years) {
      let worked = 0;
      for (let day = dayOf(year, 1, 1); day !== null && yearFor(russia, day)?.year === year; day = addDays(day, 1)) {
        const entry = yearFor(russia, day);
        if (entry !== null && isWorkedIn(russia, entry, day)) ++worked;
      }
      expect(worked, String(year)).toBe(247);
    }
  });
});

describe('what profiles/ says', () => {
  it('is what src/rules/data has', () => {
    execFileSync('node', ['scripts/rules_data.mjs', '--check']);
  });
});
