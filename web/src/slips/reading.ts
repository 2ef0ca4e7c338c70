// Reading JSON that came from outside: every getter notes its key, and nothing unknown is left (as codec/json.hpp).

export type ReadingFault = {
  readonly code: 'missing' | 'bad-value' | 'unknown-key';
  /** Dotted: "travellers.0.birth". */ readonly path: string;
};

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** What went wrong first; one for all readers of a document. */
export class FirstFault {
  fault: ReadingFault | null = null;

  report(code: ReadingFault['code'], path: string): null {
    this.fault ??= { code, path };
    return null;
  }
}

/** Reads the members of one object. After a failure getters give null; the FirstFault has what went wrong first. */
export class ObjectReader {
  private readonly members: Readonly<Record<string, unknown>>;
  private readonly known = new Set<string>();

  constructor(
    value: unknown,
    private readonly first: FirstFault,
    private readonly path = '',
  ) {
    this.members = isRecord(value) ? value : {};
    if (!isRecord(value)) first.report('bad-value', path);
  }

  pathOf(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  has(key: string): boolean {
    return Object.prototype.hasOwnProperty.call(this.members, key);
  }

  /** Any value. */
  value(key: string): unknown {
    this.known.add(key);
    return this.has(key) ? this.members[key] : this.first.report('missing', this.pathOf(key));
  }

  /** What `parse` makes of a text; null is a bad value. */
  parsed<T>(key: string, parse: (text: string) => T | null): T | null {
    const text = this.value(key);
    const value = typeof text === 'string' ? parse(text) : null;
    return value ?? this.first.report('bad-value', this.pathOf(key));
  }

  text(key: string): string | null {
    return this.parsed(key, (text) => text);
  }

  choice<T extends string>(key: string, choices: readonly T[]): T | null {
    return this.parsed(key, (text) => choices.find((choice) => choice === text) ?? null);
  }

  /** A whole number from 0 to `max`. */
  whole(key: string, max: number): number | null {
    const value = this.value(key);
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
    return fits ? value : this.first.report('bad-value', this.pathOf(key));
  }

  object(key: string): ObjectReader {
    return new ObjectReader(this.value(key), this.first, this.pathOf(key));
  }

  /** Reads each of at most `max` elements, as what `value` and `path` are. */
  list<T>(key: string, max: number, read: (value: unknown, path: string) => T | null): T[] | null {
    const values = this.value(key);
    const path = this.pathOf(key);
    if (!isList(values) || values.length > max) return this.first.report('bad-value', path);
    const out: T[] = [];
    for (const [i, element] of values.entries()) {
      const value = read(element, `${path}.${i}`);
      if (value === null) return this.first.report('bad-value', `${path}.${i}`);
      out.push(value);
    }
    return out;
  }

  /** Reports a key that no getter asked for. */
  finish(): void {
    for (const key of Object.keys(this.members))
      if (!this.known.has(key)) this.first.report('unknown-key', this.pathOf(key));
  }
}
