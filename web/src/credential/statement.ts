// What a proof of residence says, in whatever form it is shown: src/credential/residence.hpp.
import type { Json } from '../log/json';
import type { Certificate } from './certificate';
import { objectMember } from './members';
import type { JsonObject } from './members';
import { Refusal } from './reason';

export const personClaims = ['birthdate', 'family_name', 'given_name'] as const;
export const addressClaims = [
  'country', 'formatted', 'house_number', 'locality', 'postal_code', 'region', 'street_address',
] as const;
export const residenceClaims = ['assurance', 'kind', 'since'] as const;

export type PersonClaim = (typeof personClaims)[number];
export type AddressClaim = (typeof addressClaims)[number];
export type ResidenceClaim = (typeof residenceClaims)[number];
/** Those that are shown, each a text. */
export type Texts<Name extends string> = { readonly [name in Name]?: string };

export interface StatusReference {
  /** Of the list. */
  readonly uri: string;
  readonly index: number;
}

/** Times in seconds since 1970. Read, not yet checked. */
export interface Statement {
  readonly issuer: string;
  readonly issuedAt: number;
  /** The last moment that `issuedAt` may stand for: what names a day alone was made at any time of it. */
  readonly issuedBy: number;
  readonly expiresAt: number;
  /** It says so itself, or a certificate that came with it does. */
  readonly isOfTests: boolean;
  readonly status: StatusReference | null;
  readonly person: Texts<PersonClaim>;
  readonly address: Texts<AddressClaim>;
  readonly residence: Texts<ResidenceClaim>;
  /** Of a paper alone: its number, and its first and last day. */
  readonly paper: { readonly number: string; readonly issuedOn: string; readonly goodThrough: string } | null;
}

/** Whether a text is to be read as a seal: an SD-JWT never begins like JSON. */
export function looksLikeSeal(text: string): boolean {
  return text.startsWith('{');
}

/** Of the key that signed it, the signer's first. */
export type Chain = readonly [Certificate, ...Certificate[]];

const dayS = 24 * 3600;
const longestFreshS = 14 * dayS;
const longestLastingS = 366 * dayS;

/** Whether a proof may live so long: its end is after its beginning, and within the floor. */
export function isLifeOfAProof(issuedAt: number, expiresAt: number, hasStatus: boolean): boolean {
  const longest = hasStatus ? longestLastingS : longestFreshS;
  return expiresAt > issuedAt && expiresAt - issuedAt <= longest;
}

/** Whether it is of a register in test mode; throws Refusal. */
export function isModeOfTests(mode: string): boolean {
  if (mode !== 'test' && mode !== 'live') throw new Refusal('mode');
  return mode === 'test';
}

/** Takes the texts of these names out of `from`; whatever else is left there is for the caller to refuse. */
export function takeTexts<Name extends string>(from: Map<string, Json>, names: readonly Name[]): Texts<Name> {
  const texts: { [name in Name]?: string } = {};
  for (const name of names) {
    const value = from.get(name);
    if (value === undefined) continue;
    if (typeof value !== 'string') throw new Refusal('claim-text', name);
    texts[name] = value;
    from.delete(name);
  }
  return texts;
}

/** The same of an object that is a member, and has no other members. */
export function textsOfGroup<Name extends string>(from: JsonObject, group: string, names: readonly Name[]): Texts<Name> {
  const members = new Map(objectMember(from, group));
  const texts = takeTexts(members, names);
  for (const name of members.keys()) throw new Refusal('claim-unknown', name);
  return texts;
}
