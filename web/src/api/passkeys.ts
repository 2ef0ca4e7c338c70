import { fromBase64Url, toBase64Url } from '../base/bytes';
import { list, orNull, record, text, whole } from '../base/decode';
import type { Answer, Failure } from './client';
import { post } from './client';

// Passkeys (W3C Web Authentication, Level 3). What a device signs goes to this register alone.

/** What a passkey is to sign. */
export const asking = record({
  options: record({
    challenge: text,
    rpId: text,
    timeout: whole,
    allowCredentials: list(record({ id: text })),
  }),
});
export const session = record({ expires_at: orNull(text) });

/** Why a passkey came to nothing, besides what a request can come to. */
export type PasskeyFailure = Failure | { kind: 'no-passkey' } | { kind: 'wrong-address' } | { kind: 'there-already' };
export type PasskeyAnswer = { ok: true } | { ok: false; failure: PasskeyFailure };
type Made<T> = { ok: true; value: T } | { ok: false; failure: PasskeyFailure };

export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function';
}

function bytes(base64url: string): ArrayBuffer {
  const found = fromBase64Url(base64url) ?? new Uint8Array();
  return Uint8Array.from(found).buffer;
}

const written = (buffer: ArrayBuffer) => toBase64Url(new Uint8Array(buffer));

/** The reason that a browser gives, by its name (WebAuthn Level 3, 5.1.4). */
function failureOf(error: unknown): { ok: false; failure: PasskeyFailure } {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'InvalidStateError') return { ok: false, failure: { kind: 'there-already' } };
  return { ok: false, failure: { kind: name === 'SecurityError' ? 'wrong-address' : 'no-passkey' } };
}

const nothing = { ok: false, failure: { kind: 'no-passkey' } } as const;
const found = <T>(value: T): Made<T> => ({ ok: true, value });

async function sign(asked: ReturnType<typeof asking>['options']): Promise<PublicKeyCredential | null> {
  const made = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(asked.challenge),
      rpId: asked.rpId,
      timeout: asked.timeout,
      userVerification: 'required',
      allowCredentials: asked.allowCredentials.map(({ id }) => ({ type: 'public-key' as const, id: bytes(id) })),
    },
  });
  return made instanceof PublicKeyCredential ? made : null;
}

/** What a device makes a passkey of. */
export const creation = record({
  options: record({
    rp: record({ id: text, name: text }),
    user: record({ id: text, name: text, displayName: text }),
    challenge: text,
    pubKeyCredParams: list(record({ alg: whole })),
    timeout: whole,
    excludeCredentials: list(record({ id: text })),
  }),
});
const added = record({ good_from: text });

async function make(asked: ReturnType<typeof creation>['options']): Promise<PublicKeyCredential | null> {
  const made = await navigator.credentials.create({
    publicKey: {
      rp: asked.rp,
      user: { ...asked.user, id: bytes(asked.user.id) },
      challenge: bytes(asked.challenge),
      pubKeyCredParams: asked.pubKeyCredParams.map(({ alg }) => ({ type: 'public-key' as const, alg })),
      timeout: asked.timeout,
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      excludeCredentials: asked.excludeCredentials.map(({ id }) => ({ type: 'public-key' as const, id: bytes(id) })),
    },
  });
  return made instanceof PublicKeyCredential ? made : null;
}

/** What a passkey of this device says to `asked`, as the register takes it. */
export async function assertionFor(asked: ReturnType<typeof asking>['options']) {
  try {
    const used = await sign(asked);
    if (!used || !(used.response instanceof AuthenticatorAssertionResponse)) return nothing;
    const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
    const response = {
      clientDataJSON: written(clientDataJSON),
      authenticatorData: written(authenticatorData),
      signature: written(signature),
      userHandle: userHandle ? written(userHandle) : null,
    };
    return found({ rawId: written(used.rawId), response });
  } catch (error) {
    return failureOf(error);
  }
}

/** A new passkey of this device, as the register takes it. */
export async function newPasskeyFor(asked: ReturnType<typeof creation>['options']) {
  try {
    const made = await make(asked);
    if (!made || !(made.response instanceof AuthenticatorAttestationResponse)) return nothing;
    const { clientDataJSON, attestationObject } = made.response;
    return found({ response: { clientDataJSON: written(clientDataJSON), attestationObject: written(attestationObject) } });
  } catch (error) {
    return failureOf(error);
  }
}

/** Makes a passkey on this device, and adds it under a name. Asks for a fresh sign-in if it takes one. */
export async function addPasskey(name: string): Promise<PasskeyAnswer> {
  const asked = await post('/api/v1/passkeys/options', { name }, creation);
  if (!asked.ok) return asked;
  const made = await newPasskeyFor(asked.value.options);
  if (!made.ok) return made;
  const answer: Answer<unknown> = await post('/api/v1/passkeys', { name, credential: made.value }, added);
  return answer.ok ? { ok: true } : answer;
}

/** Begins a session by a passkey; `again`: only as the person who is signed in. */
export async function signInByPasskey(again: boolean): Promise<PasskeyAnswer> {
  const asked = await post('/api/v1/sessions/passkey-options', {}, asking, { gated: false });
  if (!asked.ok) return asked;
  const used = await assertionFor(asked.value.options);
  if (!used.ok) return used;
  const passkey = used.value;
  const begun: Answer<unknown> = await post('/api/v1/sessions', again ? { again, passkey } : { passkey }, session, { gated: false });
  return begun.ok ? { ok: true } : begun;
}
