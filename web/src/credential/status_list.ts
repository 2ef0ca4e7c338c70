// Token Status List (draft-ietf-oauth-status-list-21): one small number for each proof, in a list that is fetched whole.
import { fromBase64Url } from '../base/bytes';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { checkLife, lifeOfChain } from './chain';
import { inflateZlib } from './inflate';
import { isSignedBy, parseJws } from './jws';
import type { Jws } from './jws';
import { integerMember, objectMember, optionalTime, textMember, timeMember } from './members';
import type { JsonObject } from './members';
import { orRefusal, Refusal } from './reason';
import type { Chain } from './statement';
import type { Trust } from './trust';
import { readX5c } from './x5c';

const maxListBytes = 1 << 20;
const maxTokenChars = 4 * 1024 * 1024;
const maxTtlS = 10n * 366n * 24n * 3600n;
/** How long a list is good that says nothing of that. */
const defaultLifeS = 24 * 3600;

export class StatusList {
  private constructor(readonly bits: 1 | 2 | 4 | 8, readonly bytes: Uint8Array) {}

  /** The `lst` of a token; throws Refusal: another number of bits, not base64url, not zlib, too large, bytes after it. */
  static decode(bits: bigint, lst: string): StatusList {
    const width = ([1, 2, 4, 8] as const).find((one) => BigInt(one) === bits);
    if (width === undefined) throw new Refusal('list-width');
    const packed = fromBase64Url(lst);
    if (packed === null) throw new Refusal('list-encoding');
    const bytes = inflateZlib(packed, maxListBytes);
    if (bytes === null) throw new Refusal('list-packing');
    return new StatusList(width, bytes);
  }

  /** How many entries there are, those that fill the last byte included. */
  get size(): number {
    return (this.bytes.length * 8) / this.bits;
  }

  /** Null: outside of the list. */
  at(index: number): number | null {
    const bit = index * this.bits;
    const byte = this.bytes[Math.floor(bit / 8)];
    return byte === undefined ? null : (byte >> bit % 8) & ((1 << this.bits) - 1);
  }
}

/** A list as its issuer signed it (section 5.1). Read, not yet checked. Times in seconds since 1970. */
export interface StatusToken {
  readonly jws: Jws;
  readonly chain: Chain;
  /** `sub`: by which proofs refer to it. */
  readonly uri: string;
  readonly issuedAt: number;
  /** Until when it says how things are: `exp`, or without one as long as `ttl` says, or a day. */
  readonly goodUntil: number;
  readonly list: StatusList;
}

function readGoodUntil(payload: JsonObject, issuedAt: number): number {
  let lifeS = defaultLifeS;
  if (payload.has('ttl')) {
    try {
      const ttl = integerMember(payload, 'ttl');
      if (ttl <= 0n || ttl > maxTtlS) throw new Refusal('list-life');
      lifeS = Number(ttl);
    } catch (error) {
      throw error instanceof Refusal ? new Refusal('list-life') : error;
    }
  }
  return optionalTime(payload, 'exp') ?? issuedAt + lifeS;
}

async function readToken(text: string): Promise<StatusToken> {
  if (text.length > maxTokenChars) throw new Refusal('list-size');
  const jws = parseJws(text, 'statuslist+jwt');
  const chain = await readX5c(jws.header);
  const uri = textMember(jws.payload, 'sub');
  const issuedAt = timeMember(jws.payload, 'iat');
  const goodUntil = readGoodUntil(jws.payload, issuedAt);
  const listed = objectMember(jws.payload, 'status_list');
  const bits = integerMember(listed, 'bits');
  return { jws, chain, uri, issuedAt, goodUntil, list: StatusList.decode(bits, textMember(listed, 'lst')) };
}

/** One token as it was fetched (`application/statuslist+jwt`), at most 4 MiB. */
export async function parseStatusToken(text: string): Promise<Outcome<StatusToken, Refusal>> {
  const token = await orRefusal(() => readToken(text));
  return token instanceof Refusal ? refused(token) : done(token);
}

/** Lists as somebody fetched them before: those that an issuer of the trust file signed, checked once. */
export class StatusLists {
  private constructor(private readonly signed: readonly { readonly issuer: string; readonly token: StatusToken }[]) {}

  /** In any order; what none of these issuers signed is left out. */
  static async check(tokens: readonly StatusToken[], trust: Trust): Promise<StatusLists> {
    const signed = [];
    for (const { issuer, statusAnchor } of trust)
      for (const token of tokens) {
        const key = token.chain[0].p256Key;
        if (key === null || !(await isSignedBy(token.jws, key))) continue;
        if (checkLife(await lifeOfChain(token.chain, statusAnchor), token.issuedAt) !== null) continue;
        signed.push({ issuer, token });
      }
    return new StatusLists(signed);
  }

  /** The newest of this issuer and address that was made by then; null: none. */
  newest(issuer: string, uri: string, madeBy: number): StatusToken | null {
    let newest: StatusToken | null = null;
    for (const { issuer: from, token } of this.signed) {
      if (from !== issuer || token.uri !== uri || token.issuedAt > madeBy) continue;
      if (newest === null || token.issuedAt > newest.issuedAt) newest = token;
    }
    return newest;
  }
}
