import { describe, expect, it } from 'vitest';
import { concat, equal, fromBase64, fromBase64Url, fromHex, toBase64, toBase64Url, toHex } from './bytes';

const some = Uint8Array.of(0, 1, 0xfb, 0xff, 0x7f);

describe('bytes', () => {
  it('come back from each text', () => {
    for (let length = 0; length <= some.length; ++length) {
      const bytes = some.slice(0, length);
      expect(fromHex(toHex(bytes))).toEqual(bytes);
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }
    expect(toHex(some)).toBe('0001fbff7f');
    expect(toBase64Url(some)).toBe('AAH7_38');
  });

  it('are not read from anything else', () => {
    for (const text of ['0', '0g', ' 00']) expect(fromHex(text)).toBeNull();
    for (const text of ['A', 'AA', 'AAA', 'AA==A', 'AA-_', 'AAAA\n', 'AB==', 'AAB=']) expect(fromBase64(text)).toBeNull();
    for (const text of ['A', 'AA==', 'AA+/', 'AAAAA', 'AB', 'AAB']) expect(fromBase64Url(text)).toBeNull();
  });

  it('are joined and compared', () => {
    expect(concat(some, Uint8Array.of(9))).toEqual(Uint8Array.of(0, 1, 0xfb, 0xff, 0x7f, 9));
    expect(equal(some, some.slice())).toBe(true);
    expect(equal(some, some.slice(1))).toBe(false);
    expect(equal(some, Uint8Array.of(0, 1, 0xfb, 0xff, 0x7e))).toBe(false);
  });
});
