import { describe, expect, it } from 'vitest';
import { decoded } from '../../base/decode';
import { view } from './finding';

const shown = {
  outcome: 'shown', verdict: 'valid', why: '', issuer: 'https://register.example', issued_at: '2026-11-28T12:00:00Z', expires_at: '2026-12-08T12:00:00Z',
  claims: { family_name: 'ERIKSSON', address: { country: 'DE', region: 'Berlin' } }, showed_more: false,
};
const read = (result: unknown) => decoded(view, { query: 'region', seconds_left: 7, result })?.result ?? null;

describe('what the desk answers', () => {
  it('is taken as a statement where something was shown', () => {
    const found = read({ ...shown, status_age_seconds: 60 });
    expect(found).toMatchObject({ outcome: 'shown', statusAgeS: 60, showedMore: false, said: { issuedAt: 1_795_867_200, expiresAt: 1_796_731_200 } });
    expect(found).toMatchObject({ said: { person: { family_name: 'ERIKSSON' }, address: { country: 'DE', region: 'Berlin' }, residence: {} } });
    expect(read({ ...shown, claims: { birthdate: '1974-08-12' } })).toMatchObject({ statusAgeS: null, said: { person: { birthdate: '1974-08-12' }, address: {} } });
  });

  it('holds no claims where nothing may be relied on', () => {
    expect(read({ ...shown, outcome: 'refused', verdict: 'expired', why: 'Late.' })).toEqual({ outcome: 'refused', verdict: 'expired', why: 'Late.' });
    expect(read({ ...shown, outcome: 'incomplete' })).toEqual({ outcome: 'incomplete' });
    expect(read({ ...shown, outcome: 'declined', decline: 'access-denied' })).toEqual({ outcome: 'declined', decline: 'access-denied' });
  });

  it.each([
    { ...shown, outcome: 'good' },
    { ...shown, claims: undefined },
    { ...shown, claims: { family_name: 7 } },
    { ...shown, claims: { address: 'Berlin' } },
    { ...shown, issued_at: 'yesterday' },
    { ...shown, showed_more: 'no' },
    { outcome: 'refused', verdict: 'fine', why: '' },
    { outcome: 'refused', verdict: 'expired' },
    { outcome: 'declined', decline: 'no' },
    'shown',
  ])('is refused where it is something else: %j', (result) => expect(read(result)).toBe(null));
});
