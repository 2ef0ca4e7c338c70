// Members of JSON objects that must be there and of one kind.
import { wholeNumber } from '../log/json';
import type { Json } from '../log/json';
import { Refusal } from './reason';

export type JsonObject = ReadonlyMap<string, Json>;

/** Seconds since 1970 of the last moment of the year 9999. */
const endOf9999 = 253_402_300_799n;

export function isObject(value: Json | undefined): value is JsonObject {
  return value instanceof Map;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function textMember(object: JsonObject, name: string): string {
  const value = object.get(name);
  if (typeof value !== 'string') throw new Refusal('text-missing', name);
  return value;
}

/** A whole number of 64 bits with its sign. */
export function integerMember(object: JsonObject, name: string): bigint {
  const value = wholeNumber(object.get(name));
  if (value === null) throw new Refusal('number-missing', name);
  return value;
}

export function objectMember(object: JsonObject, name: string): JsonObject {
  const value = object.get(name);
  if (!isObject(value)) throw new Refusal('object-missing', name);
  return value;
}

/** A NumericDate (RFC 7519) in whole seconds, between the years 1970 and 9999. */
export function timeMember(object: JsonObject, name: string): number {
  const seconds = integerMember(object, name);
  if (seconds < 0n || seconds > endOf9999) throw new Refusal('time-range', name);
  return Number(seconds);
}

export function optionalTime(object: JsonObject, name: string): number | null {
  return object.has(name) ? timeMember(object, name) : null;
}

/** The day of UTC that a time falls on, such as "2026-11-27". */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** The first second of a day of UTC written as YYYY-MM-DD; null if the calendar has no such day. */
export function startOfDay(text: string): number | null {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / 1000 : null;
}
