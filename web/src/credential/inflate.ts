// zlib (RFC 1950) and DEFLATE (RFC 1951), inflated strictly: to a size at most, to the last byte, with the checksum
// looked at. Browsers have it as DecompressionStream, but not Safari before 16.4; and small libraries leave the checksum
// and what comes after it alone.

class Broken extends Error {}

const maxCodeBits = 15;
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
  12289, 16385, 24577,
];
const distanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
/** In what order the lengths of the codes of lengths stand (RFC 1951, section 3.2.7). */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical code: how many signs have each length, and the signs in the order of their codes. */
class Code {
  private readonly counts = new Uint16Array(maxCodeBits + 1);
  private readonly signs: Uint16Array;

  /** Too many codes are refused; too few as well, but for none and for a single one of one bit. */
  constructor(lengths: readonly number[]) {
    for (const length of lengths) this.counts[length] = (this.counts[length] ?? 0) + 1;
    this.signs = new Uint16Array(lengths.length);
    const places = new Uint16Array(maxCodeBits + 2);
    let left = 1;
    for (let bits = 1; bits <= maxCodeBits; ++bits) {
      const count = this.counts[bits] ?? 0;
      left = left * 2 - count;
      if (left < 0) throw new Broken();
      places[bits + 1] = (places[bits] ?? 0) + count;
    }
    const used = lengths.length - (this.counts[0] ?? 0);
    const isSingle = used === 0 || (used === 1 && this.counts[1] === 1);
    if (left > 0 && !isSingle) throw new Broken();
    for (const [sign, length] of lengths.entries()) {
      if (length === 0) continue;
      const place = places[length] ?? 0;
      this.signs[place] = sign;
      places[length] = place + 1;
    }
    this.counts[0] = 0;
  }

  read(from: Bits): number {
    let code = 0;
    let first = 0;
    let place = 0;
    for (let bits = 1; bits <= maxCodeBits; ++bits) {
      code |= from.take(1);
      const count = this.counts[bits] ?? 0;
      if (code - first < count) return this.signs[place + code - first] ?? 0;
      place += count;
      first = (first + count) * 2;
      code *= 2;
    }
    throw new Broken();
  }
}

/** Bits of bytes, the least first. */
class Bits {
  private kept = 0;
  private count = 0;

  constructor(private readonly bytes: Uint8Array, private at: number) {}

  take(count: number): number {
    while (this.count < count) {
      this.kept |= this.byte() << this.count;
      this.count += 8;
    }
    const bits = this.kept & ((1 << count) - 1);
    this.kept >>>= count;
    this.count -= count;
    return bits;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Broken();
    this.at += 1;
    return byte;
  }

  /** Drops what is left of the last byte. */
  align(): void {
    this.kept = 0;
    this.count = 0;
  }

  get isDone(): boolean {
    return this.at === this.bytes.length;
  }
}

/** What was inflated so far. */
class Output {
  private readonly bytes: Uint8Array;
  private size = 0;

  constructor(private readonly most: number) {
    this.bytes = new Uint8Array(most);
  }

  put(byte: number): void {
    if (this.size === this.most) throw new Broken();
    this.bytes[this.size++] = byte;
  }

  repeat(length: number, distance: number): void {
    if (distance > this.size) throw new Broken();
    for (let i = 0; i < length; ++i) this.put(this.bytes[this.size - distance] ?? 0);
  }

  get all(): Uint8Array {
    return this.bytes.slice(0, this.size);
  }
}

const fixedLengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const fixedDistances = Array.from({ length: 32 }, () => 5);

function readCodes(from: Bits): [Code, Code] {
  const lengthCount = from.take(5) + 257;
  const distanceCount = from.take(5) + 1;
  const codeCount = from.take(4) + 4;
  if (lengthCount > 286 || distanceCount > 30) throw new Broken();
  const ofLengths = lengthOrder.map(() => 0);
  for (const place of lengthOrder.slice(0, codeCount)) ofLengths[place] = from.take(3);
  const code = new Code(ofLengths);
  const lengths: number[] = [];
  while (lengths.length < lengthCount + distanceCount) {
    const sign = code.read(from);
    if (sign < 16) {
      lengths.push(sign);
      continue;
    }
    const last = lengths[lengths.length - 1];
    if (sign === 16 && last === undefined) throw new Broken();
    const times = sign === 16 ? 3 + from.take(2) : sign === 17 ? 3 + from.take(3) : 11 + from.take(7);
    for (let i = 0; i < times; ++i) lengths.push(sign === 16 ? last ?? 0 : 0);
  }
  if (lengths.length > lengthCount + distanceCount) throw new Broken();
  return [new Code(lengths.slice(0, lengthCount)), new Code(lengths.slice(lengthCount))];
}

function copyStored(from: Bits, to: Output): void {
  from.align();
  const [a, b, c, d] = [from.byte(), from.byte(), from.byte(), from.byte()];
  const size = a | (b << 8);
  if ((size ^ 0xffff) !== (c | (d << 8))) throw new Broken();
  for (let i = 0; i < size; ++i) to.put(from.byte());
}

function inflateBlock(from: Bits, to: Output, ofLengths: Code, ofDistances: Code): void {
  for (;;) {
    const sign = ofLengths.read(from);
    if (sign === 256) return;
    if (sign < 256) {
      to.put(sign);
      continue;
    }
    const length = lengthBase[sign - 257];
    if (length === undefined) throw new Broken();
    const whole = length + from.take(lengthBits[sign - 257] ?? 0);
    const far = ofDistances.read(from);
    const distance = distanceBase[far];
    if (distance === undefined) throw new Broken();
    to.repeat(whole, distance + from.take(distanceBits[far] ?? 0));
  }
}

function inflateAll(from: Bits, to: Output): void {
  let isLast = false;
  while (!isLast) {
    isLast = from.take(1) === 1;
    const kind = from.take(2);
    if (kind === 0) copyStored(from, to);
    else if (kind === 1) inflateBlock(from, to, new Code(fixedLengths), new Code(fixedDistances));
    else if (kind === 2) inflateBlock(from, to, ...readCodes(from));
    else throw new Broken();
  }
  from.align();
}

/** Adler-32 (RFC 1950, section 8.2). */
function checksum(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

/** The bytes that `packed` is of, at most `most`; null if it is more, is broken, or has something after its end. */
export function inflateZlib(packed: Uint8Array, most: number): Uint8Array | null {
  const [method = 0, flags = 0] = packed;
  const isZlib = (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
  if (!isZlib) return null;
  const from = new Bits(packed, 2);
  const to = new Output(most);
  try {
    inflateAll(from, to);
    const bytes = to.all;
    const stated = [0, 1, 2, 3].reduce((sum) => sum * 256 + from.byte(), 0);
    return stated === checksum(bytes) && from.isDone ? bytes : null;
  } catch (error) {
    if (error instanceof Broken) return null;
    throw error;
  }
}
