// Whose proofs a verifier takes: a file that they pinned (src/credential/trust.hpp).
import { fromBase64 } from '../base/bytes';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { readJson } from '../log/json';
import type { Json } from '../log/json';
import { Certificate } from './certificate';
import { isList, isObject } from './members';

/** One issuer, by the certificates that those of its keys lead up to. Lists of statuses have one of their own. */
export interface TrustedIssuer {
  /** As proofs name it. */
  readonly issuer: string;
  readonly anchor: Certificate;
  readonly statusAnchor: Certificate;
}

export type Trust = readonly TrustedIssuer[];

export interface TrustRefusal {
  readonly code: 'no-json' | 'no-object' | 'no-list' | 'missing' | 'no-text' | 'no-certificate' | 'unknown' | 'twice';
  /** Which member it is about, such as "issuers.0.anchor". */
  readonly field: string;
}

const maxTrustChars = 1024 * 1024;

/** Caught in `readTrust`. */
class Refused extends Error {
  constructor(readonly refusal: TrustRefusal) {
    super(refusal.code);
  }
}

/** The members of an object that has these and no others. */
function members(value: Json, path: string, names: readonly string[]): ReadonlyMap<string, Json> {
  const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (!isObject(value)) throw new Refused({ code: 'no-object', field: path });
  for (const name of names) if (!value.has(name)) throw new Refused({ code: 'missing', field: pathOf(name) });
  for (const name of value.keys())
    if (!names.includes(name)) throw new Refused({ code: 'unknown', field: pathOf(name) });
  return value;
}

function readIssuer(value: Json, path: string): TrustedIssuer {
  const object = members(value, path, ['issuer', 'anchor', 'status_anchor']);
  const text = (name: string): string => {
    const member = object.get(name);
    if (typeof member !== 'string') throw new Refused({ code: 'no-text', field: `${path}.${name}` });
    return member;
  };
  const certificate = (name: string): Certificate => {
    const der = fromBase64(text(name));
    const read = der === null ? null : Certificate.parse(der);
    if (read === null) throw new Refused({ code: 'no-certificate', field: `${path}.${name}` });
    return read;
  };
  return { issuer: text('issuer'), anchor: certificate('anchor'), statusAnchor: certificate('status_anchor') };
}

function read(text: string): Trust {
  const value = text.length > maxTrustChars ? undefined : readJson(text);
  if (value === undefined) throw new Refused({ code: 'no-json', field: '' });
  const listed = members(value, '', ['issuers']).get('issuers');
  if (!isList(listed)) throw new Refused({ code: 'no-list', field: 'issuers' });
  const issuers = listed.map((one, i) => readIssuer(one, `issuers.${i}`));
  if (new Set(issuers.map((one) => one.issuer)).size < issuers.length)
    throw new Refused({ code: 'twice', field: 'issuers' });
  return issuers;
}

/** The file of docs/proofs.md, "Trust file": who issues, and two certificates of each. At most 1 MiB. */
export function readTrust(text: string): Outcome<Trust, TrustRefusal> {
  try {
    return done(read(text));
  } catch (error) {
    if (error instanceof Refused) return refused(error.refusal);
    throw error;
  }
}
