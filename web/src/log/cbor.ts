const majorUnsigned = 0;
const majorNegative = 1;
const majorBytes = 2;
const majorText = 3;
const majorArray = 4;
const majorMap = 5;

/** The smallest number that may be written in so many bytes: deterministic encoding has only the shortest form. */
const smallestIn: Readonly<Record<number, bigint>> = { 1: 24n, 2: 1n << 8n, 4: 1n << 16n, 8: 1n << 32n };

const maxInt64 = (1n << 63n) - 1n;

/**
 * Reads deterministic CBOR (RFC 8949, section 4.2) item by item, of the few types that entries and epochs are made of.
 * Any breach (another type, a longer form than needed, the end of the bytes) fails the reader: it then gives empty
 * values, so that a caller checks once, by `finished()`.
 */
export class CborReader {
  private at = 0;
  private broken = false;

  constructor(private readonly bytes: Uint8Array) {}

  get failed(): boolean {
    return this.broken;
  }

  /** A number from 0 to 2^64 - 1. */
  unsigned(): bigint {
    return this.head(majorUnsigned);
  }

  /** A number from -2^63 to 2^63 - 1. */
  signed(): bigint {
    const first = this.bytes[this.at];
    const negative = first !== undefined && first >> 5 === majorNegative;
    const value = this.head(negative ? majorNegative : majorUnsigned);
    if (value > maxInt64) return this.fail();
    return negative ? -value - 1n : value;
  }

  /** 32 bytes, neither more nor less. */
  hash(): Uint8Array {
    const value = this.take(majorBytes);
    if (value.length === 32) return value;
    this.fail();
    return new Uint8Array(32);
  }

  /** The bytes of a text, which may not be valid UTF-8: `textOf` tells. */
  textBytes(): Uint8Array {
    return this.take(majorText);
  }

  /** The number of items of a list, at most `limit`. */
  array(limit: number): number {
    return this.size(majorArray, limit);
  }

  /** The number of pairs of a map, at most `limit`. */
  map(limit: number): number {
    return this.size(majorMap, limit);
  }

  /** Passes the key of a map, which must be this one: so keys are in order, and each is there once. */
  key(expected: number): void {
    if (this.unsigned() !== BigInt(expected)) this.fail();
  }

  /** True if nothing was wrong and nothing is left. */
  finished(): boolean {
    return !this.broken && this.at === this.bytes.length;
  }

  private fail(): bigint {
    this.broken = true;
    return 0n;
  }

  private head(major: number): bigint {
    const first = this.bytes[this.at];
    if (this.broken || first === undefined || first >> 5 !== major) return this.fail();
    const info = first & 31;
    if (info < 24) {
      this.at += 1;
      return BigInt(info);
    }
    const size = info <= 27 ? 1 << (info - 24) : 0;
    const smallest = smallestIn[size];
    if (smallest === undefined || this.bytes.length - this.at < 1 + size) return this.fail();
    let value = 0n;
    for (const byte of this.bytes.subarray(this.at + 1, this.at + 1 + size)) value = (value << 8n) | BigInt(byte);
    this.at += 1 + size;
    return value < smallest ? this.fail() : value;
  }

  private take(major: number): Uint8Array {
    const size = this.head(major);
    if (this.broken || size > BigInt(this.bytes.length - this.at)) {
      this.fail();
      return new Uint8Array(0);
    }
    const start = this.at;
    this.at += Number(size);
    return this.bytes.slice(start, this.at);
  }

  private size(major: number, limit: number): number {
    const size = this.head(major);
    if (size > BigInt(limit)) this.fail();
    return this.broken ? 0 : Number(size);
  }
}
