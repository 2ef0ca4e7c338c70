// Proofs that a person keeps in their own browser. Each is bound to a key that this browser made and that nobody can take
// out of it, not even this code: it can only be asked to sign.
import { toBase64Url } from '../base/bytes';
import { done, refused } from '../base/outcome';
import type { Outcome } from '../base/outcome';
import { bytesOf } from '../log/text';
import { toJwk } from './jws';
import type { PublicJwk } from './jws';
import { digestOf, es256, p256 } from './p256';
import { orRefusal, Refusal } from './reason';
import { keyBindingType, parseProof } from './residence';
import { readDisclosure, splitSdJwt } from './sd_jwt';
import type { Statement } from './statement';
import type { Challenge } from './verification';

/** A key that a proof can be asked for with: `jwk` is one of the `holder_keys` of POST /api/v1/proofs. */
export interface HolderKey {
  /** The key's thumbprint (RFC 7638), by which the proof is kept. */
  readonly id: string;
  readonly jwk: PublicJwk;
  /** Not extractable. */
  readonly privateKey: CryptoKey;
}

/** As it is kept. */
export interface KeptProof {
  /** The thumbprint of its key. */
  readonly id: string;
  /** As the register sent it: all disclosures, and no key binding. */
  readonly text: string;
  readonly privateKey: CryptoKey;
}

/** Where proofs are kept. Each call fails, with the browser's own error, if the browser does not do it. */
export interface ProofStore {
  /** In place of one with the same id. */
  put(proof: KeptProof): Promise<void>;
  all(): Promise<readonly KeptProof[]>;
  remove(id: string): Promise<void>;
}

/** One for each proof: who is shown two of them cannot tell by their keys that they are one person's. */
export async function makeHolderKey(): Promise<HolderKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(p256, false, ['sign', 'verify']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const jwk = toJwk(point.slice(1)); // the first byte says that x and y follow
  return { id: await thumbprint(jwk), jwk, privateKey };
}

/** Its members are in the order that RFC 7638, section 3.1 asks for. */
function thumbprint(jwk: PublicJwk): Promise<string> {
  return digestOf(JSON.stringify(jwk));
}

/** What a proof that is kept says and can show. */
export interface ReadProof {
  readonly said: Statement;
  /** The claims that can be shown one by one, in the proof's order. */
  readonly claims: readonly string[];
}

/** Claims by their disclosures, in the order in which the register wrote them. */
function disclosuresOf(text: string): (readonly [string, string])[] {
  return splitSdJwt(text).disclosures.map((disclosure) => {
    const [, name] = readDisclosure(disclosure);
    if (typeof name !== 'string') throw new Refusal('disclosure-of-member');
    return [name, disclosure] as const;
  });
}

/** 'malformed': no proof, or one that a holder has signed already. */
export async function readKept(proof: KeptProof): Promise<Outcome<ReadProof, 'malformed'>> {
  const read = await orRefusal(async () => {
    const { said, keyBinding } = await parseProof(proof.text);
    return keyBinding === null ? { said, claims: disclosuresOf(proof.text).map(([name]) => name) } : null;
  });
  return read === null || read instanceof Refusal ? refused('malformed') : done(read);
}

/**
 * What is to be kept of a proof that a register made for this key. 'malformed': as `readKept`. 'another-key': it is not
 * bound to this key, and could never be shown with it.
 */
export async function bindProof(text: string, key: HolderKey): Promise<Outcome<KeptProof, 'malformed' | 'another-key'>> {
  const kept = { id: key.id, text, privateKey: key.privateKey };
  const read = await readKept(kept);
  if (!read.ok) return read;
  const { holderKey } = await parseProof(text);
  const isOurs = holderKey !== null && (await thumbprint(toJwk(holderKey))) === key.id;
  return isOurs ? done(kept) : refused('another-key');
}

function encoded(value: unknown): string {
  return toBase64Url(bytesOf(JSON.stringify(value)));
}

/**
 * The text to show (SD-JWT+KB, RFC 9901, section 4.3): these claims and no others, signed for one verifier and one
 * question of theirs. It is good for 10 minutes from `now`, whole seconds since 1970. 'malformed': as `readKept`.
 * 'unknown-claim': one of `claims` is not in it.
 */
export async function present(
  proof: KeptProof, claims: readonly string[], challenge: Challenge, now: number,
): Promise<Outcome<string, 'malformed' | 'unknown-claim'>> {
  const read = await readKept(proof);
  if (!read.ok) return read;
  if (claims.some((name) => !read.value.claims.includes(name))) return refused('unknown-claim');
  const chosen = disclosuresOf(proof.text).filter(([name]) => claims.includes(name));
  const shown = [splitSdJwt(proof.text).jws, ...chosen.map(([, disclosure]) => disclosure), ''].join('~');
  const header = { alg: 'ES256', typ: keyBindingType };
  const payload = { iat: now, aud: challenge.audience, nonce: challenge.nonce, sd_hash: await digestOf(shown) };
  const message = `${encoded(header)}.${encoded(payload)}`;
  const signature = await crypto.subtle.sign(es256, proof.privateKey, Uint8Array.from(bytesOf(message)));
  return done(`${shown}${message}.${toBase64Url(new Uint8Array(signature))}`);
}
