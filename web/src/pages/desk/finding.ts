import { type Decoder, dictionary, flag, list, Mismatch, oneOf, record, recordWith, text, whole } from '../../base/decode';
import { addressClaims, personClaims, type Statement, type Texts, type Verdict, verdicts } from '../../credential';

// What the verifier's desk answers (docs/verifier.md).

/** Who asks, and whether this browser is signed in. */
export const session = record({ name: text, signed_in: flag });

/** What can be asked. */
export interface Query {
  id: string;
  /** In English. */
  title: string;
  /** Paths of claims, such as "address.region". */
  claims: string[];
}
export const queries = record({ queries: list(record({ id: text, title: text, claims: list(text) })) });

export const asked = record({ id: text });

const declines = ['access-denied', 'not-understood', 'unavailable'] as const;

/** What came of a request. Nothing of a proof is there unless it is valid and shows all that was asked for. */
export type Finding =
  | { outcome: 'shown'; said: Statement; statusAgeS: number | null; showedMore: boolean }
  | { outcome: 'incomplete' }
  /** `why` is a sentence in English, for those who build wallets. */
  | { outcome: 'refused'; verdict: Verdict; why: string }
  | { outcome: 'declined'; decline: (typeof declines)[number] };

const moment: Decoder<number> = (input, path) => {
  const seconds = Math.floor(Date.parse(text(input, path)) / 1000);
  if (!Number.isFinite(seconds)) throw new Mismatch(path, 'a time');
  return seconds;
};

function textsOf<Name extends string>(from: Readonly<Record<string, string>>, names: readonly Name[]): Texts<Name> {
  const texts: { [name in Name]?: string } = {};
  for (const name of names) if (from[name] !== undefined) texts[name] = from[name];
  return texts;
}

const claims: Decoder<Pick<Statement, 'person' | 'address'>> = (input, path) => {
  const all = dictionary<unknown>((one) => one)(input, path);
  const { address = {}, ...person } = all;
  return {
    person: textsOf(dictionary(text)(person, path), personClaims),
    address: textsOf(dictionary(text)(address, `${path}.address`), addressClaims),
  };
};

const shown = recordWith({ issuer: text, issued_at: moment, expires_at: moment, claims, showed_more: flag }, { status_age_seconds: whole });
const refused = record({ verdict: oneOf(...verdicts), why: text });
const declined = record({ decline: oneOf(...declines) });
const outcome = record({ outcome: oneOf('shown', 'incomplete', 'refused', 'declined') });

const finding: Decoder<Finding> = (input, path) => {
  const came = outcome(input, path).outcome;
  if (came === 'incomplete') return { outcome: came };
  if (came === 'refused') return { outcome: came, ...refused(input, path) };
  if (came === 'declined') return { outcome: came, ...declined(input, path) };
  const { issuer, issued_at, expires_at, claims: said, showed_more, status_age_seconds } = shown(input, path);
  return {
    outcome: came,
    said: { issuer, issuedAt: issued_at, issuedBy: issued_at, expiresAt: expires_at, isOfTests: false, status: null, ...said, residence: {}, paper: null },
    statusAgeS: status_age_seconds ?? null,
    showedMore: showed_more,
  };
};

/** A request that is open: with its link until it was answered, then with what came of it. */
export const view = recordWith({ query: text, seconds_left: whole }, { link: text, result: finding });
export type View = ReturnType<typeof view>;
