// Vectors: what our C++ code says of inputs, good and bad (test/vectors). ABODE_VECTORS names the folder that the
// program `vectors` has written.
import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { fromBase64 } from '../src/base/bytes';

/** A value of a vector file; every getter throws, with where in the file, if it is of another form. */
export class Vector {
  constructor(
    /** As JSON, to compare with. */
    readonly json: unknown,
    private readonly path: string,
  ) {}

  has(name: string): boolean {
    return Object.prototype.hasOwnProperty.call(this.members(), name);
  }

  at(name: string): Vector {
    if (!this.has(name)) throw this.wrong(`has no ${name}`);
    return new Vector(this.members()[name], `${this.path}.${name}`);
  }

  names(): string[] {
    return Object.keys(this.members());
  }

  list(): Vector[] {
    const { json } = this;
    if (!Array.isArray(json)) throw this.wrong('is no list');
    return json.map((item: unknown, i) => new Vector(item, `${this.path}.${i}`));
  }

  text(): string {
    if (typeof this.json !== 'string') throw this.wrong('is no text');
    return this.json;
  }

  number(): number {
    if (typeof this.json !== 'number') throw this.wrong('is no number');
    return this.json;
  }

  /** A number of up to 64 bits, which the file has as a text. */
  big(): bigint {
    return BigInt(this.text());
  }

  /** Bytes, which the file has in base64. */
  bytes(): Uint8Array {
    const bytes = fromBase64(this.text());
    if (bytes === null) throw this.wrong('is no base64');
    return bytes;
  }

  private members(): Record<string, unknown> {
    const { json } = this;
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw this.wrong('is no object');
    return Object.fromEntries(Object.entries(json));
  }

  private wrong(what: string): Error {
    return new Error(`${this.path} ${what}`);
  }
}

/** One input of a file in which inputs are told as patches of its `base`. */
export interface Patched {
  readonly how: string;
  readonly bytes: Uint8Array;
  readonly outcome: Vector;
}

/** The inputs of `{base, cases: [{how, at, cut, put, outcome}]}`. */
export function patched(file: Vector): Patched[] {
  const base = file.at('base').bytes();
  return file.at('cases').list().map((one) => {
    const at = one.at('at').number();
    const put = one.at('put').bytes();
    const rest = base.subarray(at + one.at('cut').number());
    const bytes = new Uint8Array(at + put.length + rest.length);
    bytes.set(base.subarray(0, at));
    bytes.set(put, at);
    bytes.set(rest, at + put.length);
    return { how: one.at('how').text(), bytes, outcome: one.at('outcome') };
  });
}

/**
 * Tests by a vector file. Where the vectors must be there (CI=true, or ABODE_VECTORS is set) a missing file fails; on a
 * developer's machine without them the tests are skipped, and say what they need.
 */
export function describeVectors(name: string, define: (file: Vector) => void): void {
  const folder = process.env['ABODE_VECTORS'];
  if (folder === undefined && process.env['CI'] !== 'true') {
    describe.skip(`${name}: set ABODE_VECTORS to a folder that build/release/test/vectors/vectors has written`, () => {
      it('is held to what the C++ side says', () => undefined);
    });
    return;
  }
  describe(name, () => {
    if (folder === undefined) throw new Error('CI is set, but ABODE_VECTORS is not: there is nothing to test by');
    const content: unknown = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
    define(new Vector(content, name));
  });
}
