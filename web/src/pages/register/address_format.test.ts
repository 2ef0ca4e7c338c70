import { describe, expect, it } from 'vitest';
import { addressValues, emptyAddress, readAddress } from './address_format';

const berlin = { ...emptyAddress, country: 'DE', street: ' Sonnenallee ', house_number: '17b', postal_code: '12047', locality: 'Berlin', care_of: 'Gulnora opa' };

describe('an address in parts', () => {
  it('makes the lines of an envelope of its country', () => {
    expect(readAddress(berlin)).toEqual({
      country: 'DE', lines: ['Sonnenallee 17b', '12047 Berlin'],
      street: 'Sonnenallee', house_number: '17b', postal_code: '12047', locality: 'Berlin', care_of: 'Gulnora opa',
    });
    const moscow = { ...emptyAddress, country: 'RU', region: '', locality: 'Москва', street: 'ул. Арбат', house_number: 'д. 5', unit: 'кв. 12', postal_code: '119019' };
    expect(readAddress(moscow)).toMatchObject({ lines: ['ул. Арбат, д. 5, кв. 12', 'Москва', '119019'] });
    const tashkent = { ...emptyAddress, country: 'UZ', locality: 'Toshkent', street: 'Navoiy koʻchasi', postal_code: '100011' };
    expect(readAddress(tashkent)).toMatchObject({ lines: ['Navoiy koʻchasi', '100011 Toshkent'] });
  });

  it('needs no part in particular', () => {
    expect(readAddress({ ...emptyAddress, country: 'DE', locality: 'Berlin' })).toEqual({ country: 'DE', lines: ['Berlin'], locality: 'Berlin' });
  });

  it('needs something, somewhere', () => {
    expect(readAddress(emptyAddress)).toEqual([{ field: 'country', id: 'address.country.missing' }]);
    expect(readAddress({ ...emptyAddress, country: 'DE' })).toEqual([{ field: 'street', id: 'address.parts.missing' }]);
    expect(readAddress({ ...emptyAddress, country: 'RU' })).toEqual([{ field: 'region', id: 'address.parts.missing' }]);
  });
});

describe('an address in free lines', () => {
  const free = { ...emptyAddress, country: 'UZ', free: 'yes', lines: 'Yunusobod, 4-mavze\n\n  hovli ichida  ', street: 'not sent' };

  it('is taken as it is written', () => {
    expect(readAddress(free)).toEqual({ country: 'UZ', lines: ['Yunusobod, 4-mavze', 'hovli ichida'] });
    expect(readAddress({ ...free, country: 'JP', free: 'no' })).toMatchObject({ country: 'JP', lines: ['Yunusobod, 4-mavze', 'hovli ichida'] });
  });

  it('has between one and eight lines that can be seen', () => {
    expect(readAddress({ ...free, lines: ' \n ' })).toEqual([{ field: 'lines', id: 'address.lines.missing' }]);
    expect(readAddress({ ...free, lines: 'x\n'.repeat(9) })).toEqual([{ field: 'lines', id: 'address.lines.too-many' }]);
    expect(readAddress({ ...free, lines: 'x'.repeat(401) })).toEqual([{ field: 'lines', id: 'address.too-long' }]);
    expect(readAddress({ ...free, lines: 'a\u202eb' })).toEqual([{ field: 'lines', id: 'address.unseen' }]);
  });
});

describe('an address that is registered', () => {
  it('is shown in parts where they give it again, else in lines', () => {
    const sent = readAddress(berlin);
    if (Array.isArray(sent)) return expect.fail();
    expect(addressValues(sent)).toMatchObject({ free: 'no', street: 'Sonnenallee' });
    expect(readAddress(addressValues(sent))).toEqual(sent);
    const odd = { country: 'DE', lines: ['Hinterhaus, 2. Aufgang', 'Sonnenallee 17b', '12047 Berlin'], street: 'Sonnenallee' };
    expect(addressValues(odd)).toMatchObject({ free: 'yes', lines: odd.lines.join('\n') });
  });
});
