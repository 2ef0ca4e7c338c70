import { describe, expect, it } from 'vitest';
import { decoded, dictionary, flag, list, oneOf, orNull, parsed, record, recordWith, text, whole } from './decode';

const person = recordWith({ name: text, kind: oneOf('main', 'other'), age: orNull(whole) }, { kept: flag });

describe('decoding', () => {
  it('makes typed values of what fits', () => {
    const good = { name: 'Anna', kind: 'main', age: null, kept: true, more: 1 };
    expect(decoded(person, good)).toEqual({ name: 'Anna', kind: 'main', age: null, kept: true });
    expect(parsed(list(person), '[]')).toEqual([]);
    expect(decoded(dictionary(text), { a: 'b' })).toEqual({ a: 'b' });
  });

  it('takes nothing else', () => {
    const good = { name: 'Anna', kind: 'main', age: 3 };
    for (const bad of [{ ...good, name: 1 }, { ...good, kind: 'x' }, { ...good, age: 1.5 }, { ...good, kept: 'yes' }, [], null, 'x', {}])
      expect(decoded(person, bad)).toBeNull();
    expect(parsed(record({}), '{')).toBeNull();
    expect(decoded(list(text), { 0: 'a' })).toBeNull();
    expect(decoded(dictionary(text), { a: 1 })).toBeNull();
  });

  it('says where it failed and not what stood there', () => {
    expect(() => list(person)([{ name: 'secret', kind: 'main', age: 'x' }], 'people')).toThrow('people[0].age is not a whole number');
  });
});
