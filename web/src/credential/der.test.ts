import { describe, expect, it } from 'vitest';
import { fromHex } from '../base/bytes';
import { bitsOf, DerReader, elementsOf, integerOf, NotDer, objectOf, smallNumberOf, timeOf } from './der';
import type { Element } from './der';

function element(hex: string): Element {
  const reader = new DerReader(fromHex(hex) ?? new Uint8Array());
  const read = reader.next();
  reader.end();
  return read;
}

function time(tag: string, text: string): number | null {
  const hex = Array.from(text, (sign) => sign.charCodeAt(0).toString(16)).join('');
  return timeOf(element(`${tag}${text.length.toString(16).padStart(2, '0')}${hex}`));
}

const bytes = (count: number): string => '00'.repeat(count);

describe('DER', () => {
  it('has lengths in their shortest form', () => {
    for (const [size, head] of [[0, '0400'], [127, '047f'], [128, '048180'], [255, '0481ff'], [256, '04820100']] as const)
      expect(element(head + bytes(size)).content.length).toBe(size);
    for (const wrong of [
      '', '04', '0401', '0480', '04800000', `04817f${bytes(127)}`, `048200ff${bytes(255)}`, `0483000100${bytes(256)}`,
      `048400000001${bytes(1)}`, '0481', '040000',
    ])
      expect(() => element(wrong), wrong).toThrow(NotDer);
  });

  it('has tags of one byte, and pieces in sequences and sets alone', () => {
    for (const good of ['3000', '3100', 'a000', '8000', '0500']) expect(element(good).content.length).toBe(0);
    for (const wrong of ['1f2000', '3f2000', '2400', '2300', '2c00']) expect(() => element(wrong), wrong).toThrow(NotDer);
    expect(elementsOf(element('30050500020101')).length).toBe(2);
    expect(() => elementsOf(element('3003050002'))).toThrow(NotDer);
  });

  it('has numbers in the fewest bytes', () => {
    for (const good of ['020100', '02017f', '0201ff', '02020080', '0202ff7f'])
      expect(integerOf(element(good)).length).toBeGreaterThan(0);
    for (const wrong of ['0200', '02020000', '0202007f', '0202ff80', '040100'])
      expect(() => integerOf(element(wrong)), wrong).toThrow(NotDer);
    expect(smallNumberOf(element('02020100'))).toBe(256);
    for (const wrong of ['0201ff', '02050100000000', '02050080000000'])
      expect(() => smallNumberOf(element(wrong)), wrong).toThrow(NotDer);
  });

  it('has identifiers in the fewest bytes', () => {
    expect(objectOf(element('06082a8648ce3d030107'))).toBe('2a8648ce3d030107');
    for (const wrong of ['0600', '06022a86', '0603802a03', '06042a800103', '04012a'])
      expect(() => objectOf(element(wrong)), wrong).toThrow(NotDer);
  });

  it('has bits of which those that are not used are zero here', () => {
    expect(bitsOf(element('03020780'))).toEqual({ bytes: Uint8Array.of(0x80), unused: 7 });
    expect(bitsOf(element('030207ff'))).toEqual({ bytes: Uint8Array.of(0x80), unused: 7 });
    expect(bitsOf(element('030100'))).toEqual({ bytes: new Uint8Array(), unused: 0 });
    for (const wrong of ['0300', '030208ff', '0400']) expect(() => bitsOf(element(wrong)), wrong).toThrow(NotDer);
  });

  it('has times of UTC in whole seconds', () => {
    expect(time('17', '260101000000Z')).toBe(Date.UTC(2026, 0, 1) / 1000);
    expect(time('17', '491231235959Z')).toBe(Date.UTC(2049, 11, 31, 23, 59, 59) / 1000);
    expect(time('17', '500101000000Z')).toBe(Date.UTC(1950, 0, 1) / 1000);
    expect(time('18', '20500101000000Z')).toBe(Date.UTC(2050, 0, 1) / 1000);
    expect(time('18', '99991231235959Z')).toBe(253_402_300_799);
    for (const wrong of [
      '260101000000', '2601010000Z', '260101000000+0000', '261301000000Z', '260230000000Z', '260100000000Z',
      '260101240000Z', '260101006000Z', '260101000060Z', '20260101000000Z', ' 60101000000Z',
    ])
      expect(time('17', wrong), wrong).toBeNull();
    for (const wrong of ['260101000000Z', '20260101000000.5Z', '20260101000000']) expect(time('18', wrong), wrong).toBeNull();
  });
});
