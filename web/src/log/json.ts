// Strict JSON (RFC 8259 and I-JSON, RFC 7493), as src/codec/json.hpp takes it. JSON.parse would let two members of one
// name through, of which it keeps the last, and 3.0 or 3e0 for 3: a file that two readers take for two things.
import type { Pace } from './pace';
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

/** The number, if it is written as a whole one, without fraction and exponent, and fits 64 bits with sign; or null. */
export function wholeNumber(value: Json | undefined): bigint | null {
  if (!(value instanceof JsonNumber) || !/^-?[0-9]{1,19}$/.test(value.text)) return null;
  const number = BigInt(value.text);
  return number <= maxInt64 && number >= -maxInt64 - 1n ? number : null;
}

/** That the text is no JSON; caught in `orNone`. */
class Malformed extends Error {}

function isTooLong(name: string): boolean {
  return name.length > maxNameBytes / 3 && bytesOf(name).length > maxNameBytes;
}

const blanks = /[ \t\n\r]*/y;
const plainText = /"([^"\\\0-\x1f]*)"/y;
const textRun = /[^"\\\0-\x1f]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t',
};

/** A list or an object whose end was not reached yet. */
type Open =
  | { readonly kind: 'array'; readonly items: Json[] }
  | { readonly kind: 'object'; readonly members: Map<string, Json>; key: string };

/** Keeps what is open on a stack of its own, so that it can stop after each value and let others in. */
class Parser {
  private at = 0;
  private readonly open: Open[] = [];
  private root: Json | undefined;

  constructor(private readonly text: string) {
    this.skipBlanks();
  }

  /** The whole document, once it was read to its end; before that undefined. */
  get result(): Json | undefined {
    return this.root;
  }

  /** Reads one value, or the beginning of one that has others in it. */
  step(): void {
    const sign = this.text[this.at];
    if (sign === '{') this.begin('}', { kind: 'object', members: new Map<string, Json>(), key: '' });
    else if (sign === '[') this.begin(']', { kind: 'array', items: [] });
    else this.deliver(this.scalar(sign));
  }

  private begin(end: string, container: Open): void {
    if (this.open.length === maxDepth) throw new Malformed();
    this.at += 1;
    this.skipBlanks();
    if (this.passes(end)) return this.deliver(contentOf(container));
    this.open.push(container);
    if (container.kind === 'object') container.key = this.key(container.members);
  }

  /** Puts a value where it belongs, and closes what ends after it. */
  private deliver(value: Json): void {
    let whole = value;
    this.skipBlanks();
    for (;;) {
      const container = this.open[this.open.length - 1];
      if (container === undefined) return this.finish(whole);
      if (container.kind === 'array') container.items.push(whole);
      else container.members.set(container.key, whole);
      if (this.passes(',')) {
        if (container.kind === 'object') container.key = this.key(container.members);
        return;
      }
      if (!this.passes(container.kind === 'array' ? ']' : '}')) throw new Malformed();
      this.open.pop();
      whole = contentOf(container);
    }
  }

  private finish(document: Json): void {
    if (this.at < this.text.length) throw new Malformed();
    this.root = document;
  }

  private key(members: ReadonlyMap<string, Json>): string {
    if (this.text[this.at] !== '"') throw new Malformed();
    const key = this.string();
    this.skipBlanks();
    if (!this.passes(':') || members.has(key) || members.size === maxMembers) throw new Malformed();
    if (isTooLong(key)) throw new Malformed();
    return key;
  }

  private scalar(sign: string | undefined): Json {
    switch (sign) {
      case '"': return this.string();
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

  /** What a pattern finds at this place, which is passed. */
  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  private skipBlanks(): void {
    if (this.text.charCodeAt(this.at) <= 0x20) this.match(blanks);
  }

  /** Passes this sign and the blanks after it, if it is the next. */
  private passes(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    this.skipBlanks();
    return true;
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

function contentOf(container: Open): Json {
  return container.kind === 'array' ? container.items : container.members;
}

/** Undefined for what was thrown because a text is none. */
function orNone(error: unknown): undefined {
  if (!(error instanceof Malformed)) throw error;
}

/** The value of one document, or undefined if the text is none. Members keep their order. Lets the page in. */
export async function parseJson(text: string, pace: Pace): Promise<Json | undefined> {
  try {
    const parser = new Parser(text);
    while (parser.result === undefined) {
      for (let steps = 0; steps < 100 && parser.result === undefined; ++steps) parser.step();
      await pace.breathe();
    }
    return parser.result;
  } catch (error) {
    return orNone(error);
  }
}

/** The same without a pause, for texts that are short. */
export function readJson(text: string): Json | undefined {
  try {
    const parser = new Parser(text);
    while (parser.result === undefined) parser.step();
    return parser.result;
  } catch (error) {
    return orNone(error);
  }
}
