import type { Day } from '../../base/day';
import { parseDay } from '../../base/day';
import { type Answer, answer, type Table } from '../../rules/answer';
import type { Calendar } from '../../rules/calendar';
import { readDay } from '../../ui/day_values';
import type { Fault } from '../../ui/form';
import { faultInWords } from './deadline_words';

/** A table, and the calendar that it counts by. */
export interface Place {
  table: Table;
  calendar: Calendar | null;
}

/** All of them, by their titles. They come in one file, so that none can be told from what is loaded. */
export async function loadPlaces(): Promise<Place[]> {
  const { loadCalendar, loadTable, tableNames } = await import('../../rules/data');
  const load = async (name: (typeof tableNames)[number]): Promise<Place> => {
    const table = await loadTable(name);
    return { table, calendar: table.calendar ? await loadCalendar(table.calendar) : null };
  };
  const places = await Promise.all(tableNames.map(load));
  return places.sort((a, b) => a.table.title.localeCompare(b.table.title, 'en'));
}

/** True if a citizenship makes a difference there. */
export function asksForCitizenship({ rules }: Table): boolean {
  return rules.some(({ citizenships }) => citizenships !== undefined);
}

export interface Counted {
  place: Place;
  event: Day;
  answer: Answer;
}

/** The answer to what was typed (fields: place, day, citizenship), or what is wrong with it. */
export function countDays(places: readonly Place[], values: Readonly<Record<string, string>>): Counted | Fault[] {
  const place = places.find(({ table }) => table.name === values.place);
  const typed = readDay(values, 'day', 'date.none-such');
  const faults: Fault[] = [];
  if (!place) faults.push({ field: 'place', id: 'deadline.place.missing' });
  if (typed === null) faults.push({ field: 'day', id: 'deadline.event.missing' });
  else if (typeof typed !== 'string') faults.push(typed);
  const event = typeof typed === 'string' ? parseDay(typed) : null;
  if (!place || event === null) return faults;
  const citizenship = asksForCitizenship(place.table) ? values.citizenship || null : null;
  const counted = answer(place.table, place.calendar, event, citizenship);
  return counted.ok ? { place, event, answer: counted.value } : [faultInWords(counted.why)];
}
