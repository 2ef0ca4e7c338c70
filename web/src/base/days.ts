/** A calendar day as it is written on the wire: YYYY-MM-DD. */
export type Day = string;

export interface DayParts {
  year: number;
  month: number; // 1 to 12
  day: number;
}

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Null for a day that the calendar does not have. */
export function makeDay({ year, month, day }: DayParts): Day | null {
  if (!(year >= 1000 && year <= 9999 && month >= 1 && month <= 12)) return null;
  if (!(day >= 1 && day <= daysInMonth(year, month))) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function partsOf(day: Day): DayParts | null {
  const [, year, month, dayOfMonth] = day.match(pattern) ?? [];
  return year && month && dayOfMonth ? { year: Number(year), month: Number(month), day: Number(dayOfMonth) } : null;
}

/** The day on the device's own clock. */
export function dayAt(time: Date): Day {
  const [year, month, day] = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whole days from one to the other; negative if it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
