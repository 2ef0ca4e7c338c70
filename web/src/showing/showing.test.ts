import { describe, expect, it } from 'vitest';
import { Collector, partsOf } from './parts';
import { inGroups, makeQuestion, questionOf, readQuestion } from './question';

const text = Array.from({ length: 1300 }, (_, i) => String.fromCharCode(48 + (i % 70))).join('');

describe('parts of a proof', () => {
  it('come together in any order, however often each is seen', () => {
    const parts = partsOf(text, '0a1f');
    expect(parts.length).toBe(3);
    const collector = new Collector();
    expect(collector.whole()).toBeNull();
    for (const i of [2, 2, 0, 2]) collector.add(parts[i] ?? '');
    expect(collector.whole()).toBeNull();
    expect(collector.add(parts[1] ?? '')).toEqual({ found: 3, count: 3 });
    expect(collector.whole()).toBe(text);
  });

  it('of another showing begin anew', () => {
    const collector = new Collector();
    for (const part of partsOf(text, '0a1f').slice(0, 2)) collector.add(part);
    expect(collector.add(partsOf(text, 'ffff')[2] ?? '')).toEqual({ found: 1, count: 3 });
    expect(collector.add(partsOf(text.slice(0, 900), 'ffff')[0] ?? '')).toEqual({ found: 1, count: 2 });
    collector.forget();
    expect(collector.whole()).toBeNull();
  });

  it('are nothing else', () => {
    const wrong = ['', text, 'ABODE:0a1f:0:3:x', 'ABODE:0a1f:4:3:x', 'ABODE:0a1f:1:3:', 'ABODE:0a1:1:3:x', 'ABODE:0a1f:1:999:x', ' ABODE:0a1f:1:3:x'];
    for (const code of wrong) expect(new Collector().add(code)).toBeNull();
  });
});

describe('the question', () => {
  it('is made of eight digits that are all as likely', () => {
    expect(makeQuestion()).toMatch(/^[0-9]{8}$/);
    expect(questionOf(Uint8Array.of(255, 250, 0, 1, 2, 3, 14, 25, 249, 7))).toBe('01234597');
    expect(questionOf(Uint8Array.of(255, 250, 0, 1, 2))).toBe('');
  });

  it('is typed as it is read out', () => {
    expect(inGroups('12345678')).toBe('1234 5678');
    for (const typed of ['12345678', ' 1234 5678 ', '12-34-56-78']) expect(readQuestion(typed)).toBe('12345678');
    for (const typed of ['', '1234567', '123456789', 'abcd5678', '١٢٣٤٥٦٧٨']) expect(readQuestion(typed)).toBeNull();
  });
});
