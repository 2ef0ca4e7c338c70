import { type MessageId, t } from '../../text/text';
import type { Fault } from './asking';
import type { Query } from './finding';

const queries = ['region', 'address', 'name-and-address', 'name-birthdate-and-address'] as const;
const claims: Readonly<Record<string, MessageId>> = {
  'address.country': 'desk.claim.country',
  'address.region': 'desk.claim.region',
  'address.formatted': 'field.address',
  family_name: 'field.family_name',
  given_name: 'field.given_names',
  birthdate: 'field.birth_date',
};

const known = (id: string) => queries.find((one) => one === id);

/** One that this version of the app does not know has the verifier's own words. */
export function titleOf({ id, title }: Query): string {
  const query = known(id);
  return query ? t(`desk.query.${query}`) : title;
}

function claimInWords(path: string): string {
  const id = claims[path];
  return id ? t(id) : path;
}

/** What it shows, and nothing else. */
export function claimsOf(query: Query): string {
  return query.claims.map(claimInWords).join(', ');
}

/** What it shows, and for whom that is enough. */
export function useOf(query: Query): string {
  const id = known(query.id);
  const shows = t('desk.query.shows', { claims: claimsOf(query) });
  return id ? `${shows} ${t(`desk.query.${id}.for`)}` : shows;
}

export function faultInWords(fault: Fault): string {
  return t(`desk.fault.${fault}`);
}
