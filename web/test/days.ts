// Days and instants as tests write them.

import { type Day, type Time, parseDay, parseTime } from '../src/base/day';

export function dayAt(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new Error(`${text} is no day`);
  return day;
}

export function timeAt(text: string): Time {
  const time = parseTime(text);
  if (time === null) throw new Error(`${text} is no instant`);
  return time;
}
