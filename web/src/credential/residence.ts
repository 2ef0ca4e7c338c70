// A proof of residence as a wallet or a file shows it: SD-JWT VC (draft-ietf-oauth-sd-jwt-vc) of one type.
import { parseJws, readJwk } from './jws';
import type { Jws } from './jws';
import { dayOf, integerMember, objectMember, optionalTime, textMember, timeMember } from './members';
import type { JsonObject } from './members';
import { Refusal } from './reason';
import { disclose, splitSdJwt } from './sd_jwt';
import {
  addressClaims, isLifeOfAProof, isModeOfTests, personClaims, residenceClaims, takeTexts, textsOfGroup,
} from './statement';
import type { Chain, Statement, StatusReference } from './statement';
import { readX5c } from './x5c';

const residenceType = 'urn:abode:residence:1';
const credentialType = 'dc+sd-jwt';
export const keyBindingType = 'kb+jwt';

/** SD-JWT VC, section 3.2.2.2, and ours of the same kind. */
const neverSelective = [
  'iss', 'iat', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'status', 'sub', 'mode', 'date_of_issuance',
  'date_of_expiry',
];

/** Read, not yet checked. */
export interface ShownProof {
  readonly said: Statement;
  readonly chain: Chain;
  readonly jws: Jws;
  readonly notBefore: number | null;
  /** x and y: who shows it has to prove that they hold it. */
  readonly holderKey: Uint8Array | null;
  readonly keyBinding: Jws | null;
  /** What the holder's signature has to be over. */
  readonly presented: string;
}

function readStatus(payload: JsonObject): StatusReference | null {
  if (!payload.has('status')) return null;
  const list = objectMember(objectMember(payload, 'status'), 'status_list');
  return { index: readIndex(list, 'idx'), uri: textMember(list, 'uri') };
}

/** A place in a list; throws Refusal. */
export function readIndex(object: JsonObject, name: string): number {
  try {
    const index = integerMember(object, name);
    if (index >= 0n) return Number(index); // over 2^53 it is no more exact, and far outside of any list
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw new Refusal('status-index');
}

function readHolderKey(payload: JsonObject): Uint8Array | null {
  if (!payload.has('cnf')) return null;
  const jwk = objectMember(payload, 'cnf').get('jwk');
  if (jwk === undefined) throw new Refusal('holder-key');
  return readJwk(jwk);
}

/** The same as the times, for people: two that say different things are not ours to choose between. */
function checkDates(payload: JsonObject, issuedAt: number, expiresAt: number): void {
  for (const [name, time] of [['date_of_issuance', issuedAt], ['date_of_expiry', expiresAt]] as const)
    if (payload.has(name) && payload.get(name) !== dayOf(time)) throw new Refusal('dates', name);
}

type Frame = Pick<Statement, 'issuer' | 'issuedAt' | 'issuedBy' | 'expiresAt' | 'isOfTests' | 'status'> &
  Pick<ShownProof, 'notBefore' | 'holderKey'>;

/** What is always there. */
function readFrame(payload: JsonObject): Frame {
  if (payload.has('vct#integrity')) textMember(payload, 'vct#integrity');
  if (payload.get('vct') !== residenceType) throw new Refusal('kind');
  const issuer = textMember(payload, 'iss');
  const issuedAt = timeMember(payload, 'iat');
  const notBefore = optionalTime(payload, 'nbf');
  const expiresAt = timeMember(payload, 'exp');
  const isOfTests = isModeOfTests(textMember(payload, 'mode'));
  const holderKey = readHolderKey(payload);
  const status = readStatus(payload);
  if (!isLifeOfAProof(issuedAt, expiresAt, status !== null)) throw new Refusal('life');
  checkDates(payload, issuedAt, expiresAt);
  return { issuer, issuedAt, issuedBy: issuedAt, notBefore, expiresAt, isOfTests, holderKey, status };
}

/** Throws Refusal for a text that breaks a rule of its form. */
export async function parseProof(text: string): Promise<ShownProof> {
  const parts = splitSdJwt(text);
  const jws = parseJws(parts.jws, credentialType);
  const chain = await readX5c(jws.header);
  const { all, disclosed } = await disclose(jws.payload, parts.disclosures);
  for (const name of neverSelective) if (disclosed.has(name)) throw new Refusal('never-disclosed', name);
  const { notBefore, holderKey, ...frame } = readFrame(all);
  const person = takeTexts(all, personClaims);
  const address = textsOfGroup(all, 'address', addressClaims);
  const residence = textsOfGroup(all, 'residence', residenceClaims);
  for (const name of ['address', 'residence', ...neverSelective]) all.delete(name);
  for (const name of all.keys()) throw new Refusal('claim-unknown', name);
  const isOfTests = frame.isOfTests || chain.some((one) => one.isForTests);
  return {
    said: { ...frame, isOfTests, person, address, residence, paper: null },
    chain, jws, notBefore, holderKey,
    keyBinding: parts.keyBinding === null ? null : parseJws(parts.keyBinding, keyBindingType),
    presented: parts.presented,
  };
}
