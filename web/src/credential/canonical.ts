// JSON Canonicalization Scheme (RFC 8785) over what src/codec/canonical_json.hpp takes: whole numbers up to 2^53 - 1.
import { JsonNumber, wholeNumber } from '../log/json';
import type { Json } from '../log/json';
import { isList, isObject } from './members';
import type { JsonObject } from './members';

function writeNumber(value: JsonNumber): string | null {
  const number = wholeNumber(value);
  if (number === null || number > BigInt(Number.MAX_SAFE_INTEGER) || number < BigInt(Number.MIN_SAFE_INTEGER))
    return null;
  return number.toString();
}

/** Null if one of them has no such form. */
function joined(parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join(',');
}

function writeObject(object: JsonObject): string | null {
  // Names compare by their UTF-16 code units (section 3.2.3), as texts do in JavaScript.
  const members = Array.from(object).sort(([a], [b]) => (a < b ? -1 : 1));
  const written = joined(
    members.map(([name, value]) => {
      const text = toCanonicalJson(value);
      return text === null ? null : `${JSON.stringify(name)}:${text}`;
    }),
  );
  return written === null ? null : `{${written}}`;
}

/** Null for a number that has no canonical form here. */
export function toCanonicalJson(value: Json): string | null {
  if (value instanceof JsonNumber) return writeNumber(value);
  if (isObject(value)) return writeObject(value);
  if (!isList(value)) return JSON.stringify(value);
  const written = joined(value.map(toCanonicalJson));
  return written === null ? null : `[${written}]`;
}
