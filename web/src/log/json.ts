// Strict JSON (RFC 8259 and I-JSON, RFC 7493), as src/codec/json.hpp takes it. JSON.parse would let two members of one
// name through, of which it keeps the last, and 3.0 or 3e0 for 3: a file that two readers take for two things.

import { bytesOf } from './text';

/** A number as it is written, to be read by `wholeNumber`. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

export type Json = null | boolean | string | JsonNumber | readonly Json[] | ReadonlyMap<string, Json>;

const maxDepth = 16;
const maxMembers = 4096;
const maxNameBytes = 4096;
const maxExponent = 2 ** 31 - 1;
const maxInt64 = (1n << 63n) - 1n;

/** The number, if it is written as a whole one (no fraction, no exponent) that 64 bits hold with their sign; or null. */
export function wholeNumber(value: Json | undefined): bigint | null {
  if (!(value instanceof JsonNumber) || !/^-?[0-9]{1,19}$/.test(value.text)) return null;
  const number = BigInt(value.text);
  return number <= maxInt64 && number >= -maxInt64 - 1n ? number : null;
}

function isTooLong(name: string): boolean {
  return name.length > maxNameBytes / 3 && bytesOf(name).length > maxNameBytes;
}

/** That the text is no JSON; caught in `parseJson`. */
class Malformed extends Error {}

const blanks = /[ \t\n\r]*/y;
const plainText = /"([^"\\\0-\x1f]*)"/y;
const textRun = /[^"\\\0-\x1f]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
};

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): Json {
    const value = this.value(0);
    if (this.at < this.text.length) throw new Malformed();
    return value;
  }

  /** What a pattern finds at this place, which is passed. */
  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  private skipBlanks(): void {
    const code = this.text.charCodeAt(this.at);
    if (code <= 0x20) this.match(blanks);
  }

  /** Passes this sign and the blanks after it, if it is the next. */
  private passes(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    this.skipBlanks();
    return true;
  }

  private expect(sign: string): void {
    if (!this.passes(sign)) throw new Malformed();
  }

  /** A value with the blanks around it. */
  private value(depth: number): Json {
    this.skipBlanks();
    const value = this.bareValue(depth);
    this.skipBlanks();
    return value;
  }

  private bareValue(depth: number): Json {
    switch (this.text[this.at]) {
      case '"': return this.string();
      case '{': return this.object(depth + 1);
      case '[': return this.array(depth + 1);
      case 't': return this.word('true', true);
      case 'f': return this.word('false', false);
      case 'n': return this.word('null', null);
      default: return this.number();
    }
  }

  private word(word: string, value: boolean | null): Json {
    if (!this.text.startsWith(word, this.at)) throw new Malformed();
    this.at += word.length;
    return value;
  }

  private number(): Json {
    const found = this.match(number);
    if (found === null || !Number.isFinite(Number(found[0]))) throw new Malformed();
    if (Math.abs(Number(found[0].split(/e/i)[1] ?? 0)) > maxExponent) throw new Malformed();
    return new JsonNumber(found[0]);
  }

  private object(depth: number): Json {
    const members = new Map<string, Json>();
    if (depth > maxDepth) throw new Malformed();
    this.expect('{');
    if (this.passes('}')) return members;
    do {
      if (this.text[this.at] !== '"') throw new Malformed();
      const key = this.string();
      this.skipBlanks();
      this.expect(':');
      if (members.has(key) || members.size === maxMembers || isTooLong(key)) throw new Malformed();
      members.set(key, this.value(depth));
    } while (this.passes(','));
    this.close('}');
    return members;
  }

  private array(depth: number): Json {
    const items: Json[] = [];
    if (depth > maxDepth) throw new Malformed();
    this.expect('[');
    if (this.passes(']')) return items;
    do items.push(this.value(depth));
    while (this.passes(','));
    this.close(']');
    return items;
  }

  private close(sign: string): void {
    if (this.text[this.at] !== sign) throw new Malformed();
    this.at += 1;
  }

  private string(): string {
    const plain = this.match(plainText)?.[1];
    return plain === undefined ? this.stringWithEscapes() : plain;
  }

  private stringWithEscapes(): string {
    let text = '';
    this.at += 1;
    for (;;) {
      text += this.match(textRun)?.[0] ?? '';
      const sign = this.text[this.at++];
      if (sign === '"') break;
      if (sign !== '\\') throw new Malformed();
      text += this.escaped();
    }
    if (/\p{Surrogate}/u.test(text)) throw new Malformed(); // half a pair, which UTF-8 cannot write
    return text;
  }

  private escaped(): string {
    const sign = this.text[this.at++] ?? '';
    if (sign !== 'u') {
      const plain = Object.prototype.hasOwnProperty.call(escapes, sign) ? escapes[sign] : undefined;
      if (plain === undefined) throw new Malformed();
      return plain;
    }
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Malformed();
    this.at += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }
}

/** The value of one document, or undefined if the text is none. Members keep their order. */
export function parseJson(text: string): Json | undefined {
  try {
    return new Parser(text).document();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
