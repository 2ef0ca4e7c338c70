// Whether a proof holds: one verdict, the first that applies (G8), from what the reader has at hand. It asks nobody (G7).
// The same as src/credential/verification.cpp, to which it is held by test/vectors.
import { equal } from '../base/bytes';
import { bytesOf } from '../log/text';
import { checkLife, lifeOfChain } from './chain';
import { isSignedBy } from './jws';
import type { Jws } from './jws';
import { timeMember } from './members';
import { digestOf, verifyEs256 } from './p256';
import { orRefusal, Refusal } from './reason';
import type { Reason, Verdict } from './reason';
import { parseProof } from './residence';
import type { ShownProof } from './residence';
import { parseSeal } from './seal';
import type { ShownSeal } from './seal';
import { looksLikeSeal } from './statement';
import type { Chain, Statement } from './statement';
import type { StatusLists } from './status_list';
import type { Trust } from './trust';

/** How far two clocks may be apart. */
const clockSkewS = 60;
/** How old the holder's own signature may be. */
const keyBindingLifeS = 600;

/** What the verifier asked the holder to sign. */
export interface Challenge {
  readonly audience: string;
  readonly nonce: string;
}

export interface Fault {
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** Which claim, member, address or time (as seconds since 1970) it is about, if that helps. */
  readonly subject: string | null;
}

export interface Verification {
  readonly verdict: Verdict;
  /** Null if valid. */
  readonly fault: Fault | null;
  /** What was shown. Only if the verdict is valid may anybody rely on it. Null if malformed. */
  readonly said: Statement | null;
  /** Of the status list that was looked at, if one was. */
  readonly statusAgeS: number | null;
}

function fault(verdict: Verdict, reason: Reason, subject: string | null = null): Fault {
  return { verdict, reason, subject };
}

async function checkSignature(chain: Chain, fits: (key: Uint8Array) => Promise<boolean>): Promise<Fault | null> {
  const key = chain[0].p256Key;
  if (key === null) return fault('bad-signature', 'signer-key');
  return (await fits(key)) ? null : fault('bad-signature', 'signature');
}

/** By the proof or by what was pinned: whoever pins a register's test certificate has not made it vouch for more. */
function checkMode(said: Statement, trust: Trust): Fault | null {
  const issuer = trust.find((one) => one.issuer === said.issuer);
  return said.isOfTests || issuer?.anchor.isForTests === true ? fault('test-mode', 'test-mode') : null;
}

async function checkIssuer(said: Statement, chain: Chain, trust: Trust): Promise<Fault | null> {
  const issuer = trust.find((one) => one.issuer === said.issuer);
  if (issuer === undefined) return fault('untrusted-issuer', 'issuer-unknown', said.issuer);
  if (chain.some((one) => equal(one.der, issuer.anchor.der))) return fault('untrusted-issuer', 'anchor-brought');
  // At its issuing: a key that was renewed since goes on to stand for what it signed.
  const life = await lifeOfChain(chain, issuer.anchor);
  const then = typeof life === 'string' ? said.issuedAt : Math.min(Math.max(life.from, said.issuedAt), said.issuedBy);
  const wrong = checkLife(life, then);
  return wrong === null ? null : fault('untrusted-issuer', wrong);
}

/** RFC 9901, section 7.3, step 5. */
async function checkBinding(
  proof: ShownProof, holderKey: Uint8Array, binding: Jws, challenge: Challenge, now: number,
): Promise<Fault | null> {
  const notBound = (reason: Reason): Fault => fault('holder-not-bound', reason);
  const { payload } = binding;
  if (!(await isSignedBy(binding, holderKey))) return notBound('holder-signature');
  if (payload.get('aud') !== challenge.audience) return notBound('holder-audience');
  if (payload.get('nonce') !== challenge.nonce) return notBound('holder-nonce');
  if (payload.get('sd_hash') !== (await digestOf(proof.presented))) return notBound('holder-claims');
  const at = await orRefusal(async () => timeMember(payload, 'iat'));
  if (at instanceof Refusal || at > now + clockSkewS) return notBound('holder-early');
  return at < now - keyBindingLifeS ? notBound('holder-late') : null;
}

async function checkHolder(proof: ShownProof, challenge: Challenge | null, now: number): Promise<Fault | null> {
  const { holderKey, keyBinding } = proof;
  if (holderKey === null) {
    if (keyBinding !== null) return fault('holder-not-bound', 'holder-unnamed-but-signed');
    return challenge === null ? null : fault('holder-not-bound', 'holder-unnamed');
  }
  if (keyBinding === null) return fault('holder-not-bound', 'holder-unsigned');
  if (challenge === null) return fault('holder-not-bound', 'holder-unasked');
  return checkBinding(proof, holderKey, keyBinding, challenge, now);
}

function checkTime(said: Statement, from: number, now: number): Fault | null {
  if (from > now + clockSkewS) return fault('not-yet-valid', 'time-early', String(from));
  return said.expiresAt <= now ? fault('expired', 'time-over', String(said.expiresAt)) : null;
}

interface Status {
  readonly fault: Fault | null;
  readonly ageS: number | null;
}

function checkStatus(said: Statement, lists: StatusLists, now: number): Status {
  if (said.status === null) return { fault: null, ageS: null };
  const { uri, index } = said.status;
  const token = lists.newest(said.issuer, uri, now + clockSkewS);
  if (token === null) return { fault: fault('status-unknown', 'list-missing', uri), ageS: null };
  const found = (wrong: Fault | null): Status => ({ fault: wrong, ageS: Math.max(0, now - token.issuedAt) });
  if (token.goodUntil <= now) return found(fault('status-unknown', 'list-over', String(token.goodUntil)));
  switch (token.list.at(index)) {
    case null: return found(fault('status-unknown', 'list-place'));
    case 0: return found(null);
    case 1: return found(fault('revoked', 'status-revoked'));
    case 2: return found(fault('suspended', 'status-suspended'));
    default: return found(fault('status-unknown', 'status-value'));
  }
}

function verification(said: Statement, wrong: Fault | null, statusAgeS: number | null): Verification {
  return { verdict: wrong === null ? 'valid' : wrong.verdict, fault: wrong, said, statusAgeS };
}

async function verifyProof(
  shown: ShownProof, challenge: Challenge | null, trust: Trust, lists: StatusLists, now: number,
): Promise<Verification> {
  const { said, chain, jws } = shown;
  const from = Math.max(shown.notBefore ?? said.issuedAt, said.issuedAt);
  const wrong =
    (await checkSignature(chain, (key) => isSignedBy(jws, key))) ??
    checkMode(said, trust) ??
    (await checkIssuer(said, chain, trust)) ??
    (await checkHolder(shown, challenge, now)) ??
    checkTime(said, from, now);
  if (wrong !== null) return verification(said, wrong, null);
  const status = checkStatus(said, lists, now);
  return verification(said, status.fault, status.ageS);
}

async function verifySeal(
  shown: ShownSeal, challenge: Challenge | null, trust: Trust, lists: StatusLists, now: number,
): Promise<Verification> {
  const { said, chain, signedText, signature } = shown;
  const wrong =
    (await checkSignature(chain, (key) => verifyEs256(key, bytesOf(signedText), signature))) ??
    checkMode(said, trust) ??
    (await checkIssuer(said, chain, trust)) ??
    (challenge === null ? null : fault('holder-not-bound', 'holder-of-paper')) ??
    checkTime(said, said.issuedAt, now);
  if (wrong !== null) return verification(said, wrong, null);
  const status = checkStatus(said, lists, now);
  return verification(said, status.fault, status.ageS);
}

/** What a text shows, with what is to be asked of it; throws Refusal. */
async function read(text: string): Promise<{ readonly proof: ShownProof } | { readonly seal: ShownSeal }> {
  if (/\p{Surrogate}/u.test(text)) throw new Refusal('no-text'); // half a pair, which no file and no code can hold
  return looksLikeSeal(text) ? { seal: await parseSeal(text) } : { proof: await parseProof(text) };
}

/**
 * `text`: an SD-JWT with or without a key binding, or a seal, which begins with a brace. `now`: whole seconds since
 * 1970. A challenge asks for a proof that is bound to a holder's key, and for that key's signature. Without one, a proof
 * that is bound is holder-not-bound, whoever signed it: whoever copied it could show it. A seal has no holder's key: with
 * a challenge it is holder-not-bound.
 */
export async function verify(
  text: string, trust: Trust, lists: StatusLists, now: number, challenge: Challenge | null = null,
): Promise<Verification> {
  const shown = await orRefusal(() => read(text));
  if (shown instanceof Refusal)
    return { verdict: 'malformed', fault: fault('malformed', shown.reason, shown.subject), said: null, statusAgeS: null };
  return 'seal' in shown
    ? verifySeal(shown.seal, challenge, trust, lists, now)
    : verifyProof(shown.proof, challenge, trust, lists, now);
}
