// What no packer writes, built by hand, and what zlib itself says of it.
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateZlib } from './inflate';

/** Bits, the least of each byte first. */
class BitWriter {
  private readonly bits: number[] = [];

  /** A number, its least bit first. */
  number(value: number, count: number): this {
    for (let i = 0; i < count; ++i) this.bits.push((value >> i) & 1);
    return this;
  }

  /** A code, its greatest bit first. */
  code(code: string): this {
    for (const bit of code) this.bits.push(Number(bit));
    return this;
  }

  bytes(): number[] {
    const bytes: number[] = [];
    this.bits.forEach((bit, i) => { bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (bit << (i & 7)); });
    return bytes;
  }
}

/** With the header of zlib and the checksum of `content`. */
function zlib(deflated: readonly number[], content: string): Uint8Array {
  let [a, b] = [1, 0];
  for (const sign of content) {
    a = (a + sign.charCodeAt(0)) % 65521;
    b = (b + a) % 65521;
  }
  return Uint8Array.of(0x78, 0x9c, ...deflated, b >> 8, b & 0xff, a >> 8, a & 0xff);
}

const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** 16 codes of 4 bits: each length is written as itself. */
const plainLengths = lengthOrder.map((sign) => (sign < 16 ? 4 : 0));

interface Block {
  /** Lengths of codes by their signs; all others have none. */
  readonly signs: Readonly<Record<number, number>>;
  readonly distances: Readonly<Record<number, number>>;
  readonly signCount?: number;
  readonly distanceCount?: number;
  readonly ofLengths?: readonly number[];
  /** Instead of the lengths of signs and distances. */
  readonly lengths?: string;
  readonly body: string;
}

/** A last block with codes of its own (RFC 1951, section 3.2.7). */
function dynamic(block: Block): number[] {
  const { signCount = 257, distanceCount = 1, ofLengths = plainLengths } = block;
  const writer = new BitWriter().number(1, 1).number(2, 2);
  writer.number(signCount - 257, 5).number(distanceCount - 1, 5).number(ofLengths.length - 4, 4);
  for (const length of ofLengths) writer.number(length, 3);
  const write = (lengths: Readonly<Record<number, number>>, count: number): void => {
    for (let i = 0; i < count; ++i) writer.code((lengths[i] ?? 0).toString(2).padStart(4, '0'));
  };
  if (block.lengths === undefined) {
    write(block.signs, signCount);
    write(block.distances, distanceCount);
  } else {
    writer.code(block.lengths);
  }
  return writer.code(block.body).bytes();
}

/** A block in which lengths are repeated: what is said of the first three signs, and of the one distance. */
function repeating(first: string, last: string): number[] {
  // Codes of two bits for 0, 1, 16 (the last again) and 18 (many times 0).
  const ofLengths = lengthOrder.map((sign) => ([0, 1, 16, 18].includes(sign) ? 2 : 0));
  const zeros = (count: number): string => `11${Array.from((count - 11).toString(2).padStart(7, '0')).reverse().join('')}`;
  const lengths = [first, zeros(94), '01', zeros(138), zeros(20), '01', last].join('');
  return dynamic({ signs: {}, distances: {}, ofLengths, lengths, body: '01' });
}

/** A last block with the codes that the specification fixes; each pair a code and the bits after it. */
function fixed(body: string): number[] {
  return new BitWriter().number(1, 1).number(1, 2).code(body).bytes();
}

const a = (0x30 + 97).toString(2).padStart(8, '0');
const end = '0000000';

function ofZlib(packed: Uint8Array): string | null {
  try {
    return String.fromCharCode(...inflateSync(packed));
  } catch {
    return null;
  }
}

function ours(packed: Uint8Array): string | null {
  const bytes = inflateZlib(packed, 1000);
  return bytes === null ? null : String.fromCharCode(...bytes);
}

describe('a packed list', () => {
  const cases: readonly (readonly [string, readonly number[], string, 'good' | 'bad'])[] = [
    ['two signs', dynamic({ signs: { 97: 1, 256: 1 }, distances: {}, body: '001' }), 'aa', 'good'],
    ['one distance of one bit', dynamic({ signs: { 97: 1, 256: 1 }, distances: { 0: 1 }, body: '01' }), 'a', 'good'],
    ['one sign of one bit', dynamic({ signs: { 256: 1 }, distances: {}, body: '0' }), '', 'good'],
    ['a copy', dynamic({ signs: { 97: 1, 256: 2, 257: 2 }, signCount: 258, distances: { 0: 1 }, body: '011010' }), 'aaaa', 'good'],
    ['too few signs', dynamic({ signs: { 97: 2, 256: 2 }, distances: {}, body: '0001' }), 'a', 'bad'],
    ['one sign of two bits', dynamic({ signs: { 256: 2 }, distances: {}, body: '00' }), '', 'bad'],
    ['too many signs', dynamic({ signs: { 97: 1, 98: 1, 256: 1 }, distances: {}, body: '01' }), 'a', 'bad'],
    ['no end', dynamic({ signs: { 97: 1, 98: 1 }, distances: {}, body: '0' }), 'a', 'bad'],
    ['too few distances', dynamic({ signs: { 97: 1, 256: 1 }, distances: { 0: 2, 1: 2 }, distanceCount: 2, body: '01' }), 'a', 'bad'],
    ['one distance of two bits', dynamic({ signs: { 97: 1, 256: 1 }, distances: { 0: 2 }, body: '01' }), 'a', 'bad'],
    ['too many distances', dynamic({ signs: { 97: 1, 256: 1 }, distances: { 0: 1, 1: 1, 2: 1 }, distanceCount: 3, body: '01' }), 'a', 'bad'],
    ['286 signs', dynamic({ signs: { 97: 1, 256: 1 }, distances: {}, signCount: 286, body: '01' }), 'a', 'good'],
    ['287 signs', dynamic({ signs: { 97: 1, 256: 1 }, distances: {}, signCount: 287, body: '01' }), 'a', 'bad'],
    ['30 distances', dynamic({ signs: { 97: 1, 256: 1 }, distances: {}, distanceCount: 30, body: '01' }), 'a', 'good'],
    ['31 distances', dynamic({ signs: { 97: 1, 256: 1 }, distances: {}, distanceCount: 31, body: '01' }), 'a', 'bad'],
    ['a copy without distances', dynamic({ signs: { 97: 1, 256: 2, 257: 2 }, signCount: 258, distances: {}, body: '0110' }), 'a', 'bad'],
    ['lengths in too few codes', dynamic({ signs: {}, distances: {}, ofLengths: [0, 0, 1, 2], lengths: '', body: '' }), '', 'bad'],
    ['repetitions', repeating('000000', '00'), 'a', 'good'],
    ['a repetition of nothing', repeating('1000', '00'), 'a', 'bad'],
    ['repetitions beyond the end', repeating('000000', '110000000'), 'a', 'bad'],
    ['fixed', fixed(a + end), 'a', 'good'],
    ['fixed, a copy', fixed(`${a}000000100000${end}`), 'aaaa', 'good'],
    ['fixed, a copy from before the beginning', fixed(`${a}000000100001${end}`), 'aaaa', 'bad'],
    ['fixed, a copy of nothing', fixed(`000000100000${end}`), '', 'bad'],
    ['fixed, sign 286', fixed(`${a}1100011000000${end}`), 'a', 'bad'],
    ['fixed, sign 287', fixed(`${a}1100011100000${end}`), 'a', 'bad'],
    ['fixed, distance 30', fixed(`${a}000000111110${end}`), 'a', 'bad'],
    ['fixed, distance 31', fixed(`${a}000000111111${end}`), 'a', 'bad'],
    ['stored', [1, 1, 0, 0xfe, 0xff, 97], 'a', 'good'],
    ['stored, of another size', [1, 1, 0, 0xfd, 0xff, 97], 'a', 'bad'],
    ['stored, cut off', [1, 9, 0, 0xf6, 0xff, 97], 'a', 'bad'],
    ['of no kind', [7, 1, 0, 0xfe, 0xff, 97], 'a', 'bad'],
    ['two blocks', [0, 1, 0, 0xfe, 0xff, 97, 1, 1, 0, 0xfe, 0xff, 98], 'ab', 'good'],
    ['without a last block', [0, 1, 0, 0xfe, 0xff, 97], 'a', 'bad'],
  ];

  for (const [how, deflated, content, outcome] of cases)
    it(`is ${outcome}: ${how}`, () => {
      const packed = zlib(deflated, content);
      expect(ofZlib(packed), 'as zlib has it').toBe(outcome === 'good' ? content : null);
      expect(ours(packed)).toBe(outcome === 'good' ? content : null);
    });

  it('is no larger than was asked for', () => {
    const packed = zlib(fixed(a + a + end), 'aa');
    expect(inflateZlib(packed, 2)).toEqual(Uint8Array.of(97, 97));
    expect(inflateZlib(packed, 1)).toBeNull();
    expect(inflateZlib(zlib(fixed(a + a + end), 'a'), 1), 'with the checksum of what was cut off').toBeNull();
  });
});
