// How long ago, or how soon, in the unit that a person would say it in.

export type Unit = 'seconds' | 'minutes' | 'hours' | 'days';
export interface Span {
  unit: Unit;
  /** At least 1, but for seconds. */
  count: number;
}

const minute_s = 60;
const hour_s = 60 * minute_s;
const day_s = 24 * hour_s;

/** Rounded down; days only from two on, as "30 hours" tells more than "a day". */
export function spanOf(seconds: number): Span {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole >= 2 * day_s) return { unit: 'days', count: Math.floor(whole / day_s) };
  if (whole >= hour_s) return { unit: 'hours', count: Math.floor(whole / hour_s) };
  if (whole >= minute_s) return { unit: 'minutes', count: Math.floor(whole / minute_s) };
  return { unit: 'seconds', count: whole };
}

/** From one moment (RFC 3339) to another, in seconds; null where one of them is none. */
export function secondsBetween(from: string, to: string): number | null {
  const span_ms = Date.parse(to) - Date.parse(from);
  return Number.isNaN(span_ms) ? null : span_ms / 1000;
}
