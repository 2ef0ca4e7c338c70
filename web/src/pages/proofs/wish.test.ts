import { describe, expect, it } from 'vitest';
import { emptyWish, readWish } from './wish';

describe('a wish for a proof', () => {
  it('says what was chosen and nothing else', () => {
    expect(readWish({ ...emptyWish, registration: 'R1' })).toEqual({
      place: 'browser', registration: 'R1', life: 'fresh', fields: ['family_name', 'given_names', 'address'],
    });
    expect(readWish({ ...emptyWish, place: 'paper', life: 'lasting', days: '90', fields: 'region', registration: 'R1' })).toEqual({
      place: 'paper', registration: 'R1', life: 'lasting', days: 90, fields: ['region'],
    });
  });

  it('takes no days that belong to another life', () => {
    expect(readWish({ ...emptyWish, life: 'fresh', days: '180' })).not.toHaveProperty('days');
  });

  it('needs something to say, but for a wallet, which gets all', () => {
    expect(readWish({ ...emptyWish, fields: '' })).toEqual({ field: 'fields', id: 'proof.fields.missing' });
    expect(readWish({ ...emptyWish, place: 'wallet', fields: '' })).toMatchObject({ place: 'wallet' });
  });
});
