// Whether certificates lead up to one that the reader has pinned, as src/certificates/certificates.hpp has it.
import { equal } from '../base/bytes';
import { keyUses } from './certificate';
import type { Certificate } from './certificate';

/** The time in which every certificate of a chain is good, in seconds since 1970, ends included. */
export interface Life {
  readonly from: number;
  readonly until: number;
}
export type ChainFault = 'signer-usage' | 'chain' | 'certificate-early' | 'certificate-late';

/**
 * From the first, by who says that they issued it: the anchor before any other. Only the first that fits is followed at
 * each step, as OpenSSL does it.
 */
function pathFrom(chain: readonly Certificate[], anchor: Certificate): Certificate[] | null {
  const [first, ...others] = chain;
  if (first === undefined) return null;
  const path = [first];
  for (let top = first; !top.looksSelfSigned; ) {
    if (top.namesAsIssuer(anchor)) return [...path, anchor];
    const issuer = others.find((one) => !path.includes(one) && top.namesAsIssuer(one));
    if (issuer === undefined) break;
    path.push(issuer);
    top = issuer;
  }
  return equal(first.der, anchor.der) ? path : null; // the signer itself is pinned
}

/** RFC 5280, section 6.1.4: who is no authority, or has no room for those below it, vouches for nobody. */
function mayVouch(path: readonly Certificate[]): boolean {
  let below = 0;
  for (const [i, one] of path.entries()) {
    if (i === 0) continue;
    const isTop = i === path.length - 1;
    if (!(isTop ? one.isAnchor : one.isAuthority)) return false;
    if (i > 1 && one.pathLength !== null && below > one.pathLength) return false;
    if (!one.isSelfIssued) below += 1;
  }
  return true;
}

/**
 * By the first certificate, an end entity's that may sign, and by way of the others, up to `anchor`, which stands for
 * itself. `chain` has one at least.
 */
export async function lifeOfChain(chain: readonly Certificate[], anchor: Certificate): Promise<Life | ChainFault> {
  const [first] = chain;
  if (first === undefined || first.claimsAuthority || !first.maySign(keyUses.digitalSignature)) return 'signer-usage';
  const path = pathFrom(chain, anchor);
  if (path === null || !path.every((one) => one.isUnderstood) || !mayVouch(path)) return 'chain';
  const life = { from: -Infinity, until: Infinity };
  for (const [i, one] of path.entries()) {
    const above = path[i + 1];
    if (one.life === null || (above !== undefined && !(await one.isSignedBy(above)))) return 'chain';
    life.from = Math.max(life.from, one.life.from);
    life.until = Math.min(life.until, one.life.until);
  }
  return life;
}

/** What is wrong with that chain at a time; null if nothing is. */
export function checkLife(life: Life | ChainFault, then: number): ChainFault | null {
  if (typeof life === 'string') return life;
  if (then < life.from) return 'certificate-early';
  return then > life.until ? 'certificate-late' : null;
}
