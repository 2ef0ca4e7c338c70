// Made by scripts/rules_data.mjs: what there is, by name.
import type { Calendar } from '../calendar';
import type { Table } from '../answer';

const calendars = {
  'germany': () => import('./calendars/germany'),
  'germany-bb': () => import('./calendars/germany-bb'),
  'germany-be': () => import('./calendars/germany-be'),
  'germany-bw': () => import('./calendars/germany-bw'),
  'germany-by': () => import('./calendars/germany-by'),
  'germany-hb': () => import('./calendars/germany-hb'),
  'germany-he': () => import('./calendars/germany-he'),
  'germany-hh': () => import('./calendars/germany-hh'),
  'germany-mv': () => import('./calendars/germany-mv'),
  'germany-ni': () => import('./calendars/germany-ni'),
  'germany-nw': () => import('./calendars/germany-nw'),
  'germany-rp': () => import('./calendars/germany-rp'),
  'germany-sh': () => import('./calendars/germany-sh'),
  'germany-sl': () => import('./calendars/germany-sl'),
  'germany-sn': () => import('./calendars/germany-sn'),
  'germany-st': () => import('./calendars/germany-st'),
  'germany-th': () => import('./calendars/germany-th'),
  'russia': () => import('./calendars/russia'),
  'weekdays': () => import('./calendars/weekdays'),
};

export type CalendarName = keyof typeof calendars;
export const calendarNames: readonly CalendarName[] = ['germany','germany-bb','germany-be','germany-bw','germany-by','germany-hb','germany-he','germany-hh','germany-mv','germany-ni','germany-nw','germany-rp','germany-sh','germany-sl','germany-sn','germany-st','germany-th','russia','weekdays'];

/** Loads its chunk; the promise is broken if that does not arrive. */
export async function loadCalendar(name: CalendarName): Promise<Calendar> {
  return (await calendars[name]()).content;
}

const deadlines = {
  'austria': () => import('./deadlines/austria'),
  'estonia': () => import('./deadlines/estonia'),
  'generic': () => import('./deadlines/generic'),
  'germany': () => import('./deadlines/germany'),
  'moscow-model': () => import('./deadlines/moscow-model'),
  'netherlands': () => import('./deadlines/netherlands'),
  'specimen': () => import('./deadlines/specimen'),
};

export type TableName = keyof typeof deadlines;
export const tableNames: readonly TableName[] = ['austria','estonia','generic','germany','moscow-model','netherlands','specimen'];

/** Loads its chunk; the promise is broken if that does not arrive. */
export async function loadTable(name: TableName): Promise<Table> {
  return (await deadlines[name]()).content;
}
