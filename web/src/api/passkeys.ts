import { fromBase64Url, toBase64Url } from '../base/bytes';
import { list, orNull, record, text, whole } from '../base/decode';
import type { Answer, Failure } from './client';
import { post } from './client';

// Passkeys (W3C Web Authentication, Level 3). What a device signs goes to this register alone.

const options = record({
  options: record({
    challenge: text,
    rpId: text,
    timeout: whole,
    allowCredentials: list(record({ id: text })),
  }),
});
const session = record({ expires_at: orNull(text) });

/** Why a passkey came to nothing, besides what a request can come to. */
export type PasskeyFailure = Failure | { kind: 'no-passkey' } | { kind: 'wrong-address' } | { kind: 'there-already' };
export type PasskeyAnswer = { ok: true } | { ok: false; failure: PasskeyFailure };

export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function';
}

function bytes(base64url: string): ArrayBuffer {
  const found = fromBase64Url(base64url) ?? new Uint8Array();
  return Uint8Array.from(found).buffer;
}

const written = (buffer: ArrayBuffer) => toBase64Url(new Uint8Array(buffer));

/** The reason that a browser gives, by its name (WebAuthn Level 3, 5.1.4). */
export function failureOf(error: unknown): PasskeyAnswer {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'InvalidStateError') return { ok: false, failure: { kind: 'there-already' } };
  return { ok: false, failure: { kind: name === 'SecurityError' ? 'wrong-address' : 'no-passkey' } };
}

async function sign(asked: ReturnType<typeof options>['options']): Promise<PublicKeyCredential | null> {
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

const creation = record({
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

/** Makes a passkey on this device, and adds it under a name. Asks for a fresh sign-in if it takes one. */
export async function addPasskey(name: string): Promise<PasskeyAnswer> {
  const asked = await post('/api/v1/passkeys/options', { name }, creation);
  if (!asked.ok) return asked;
  let made: PublicKeyCredential | null;
  try {
    made = await make(asked.value.options);
  } catch (error) {
    return failureOf(error);
  }
  if (!made || !(made.response instanceof AuthenticatorAttestationResponse)) return { ok: false, failure: { kind: 'no-passkey' } };
  const { clientDataJSON, attestationObject } = made.response;
  const credential = { response: { clientDataJSON: written(clientDataJSON), attestationObject: written(attestationObject) } };
  const answer: Answer<unknown> = await post('/api/v1/passkeys', { name, credential }, added);
  return answer.ok ? { ok: true } : answer;
}

/** Begins a session by a passkey; `again`: only as the person who is signed in. */
export async function signInByPasskey(again: boolean): Promise<PasskeyAnswer> {
  const asked = await post('/api/v1/sessions/passkey-options', {}, options, { gated: false });
  if (!asked.ok) return asked;
  let used: PublicKeyCredential | null;
  try {
    used = await sign(asked.value.options);
  } catch (error) {
    return failureOf(error);
  }
  if (!used || !(used.response instanceof AuthenticatorAssertionResponse)) return { ok: false, failure: { kind: 'no-passkey' } };
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
  const response = {
    clientDataJSON: written(clientDataJSON),
    authenticatorData: written(authenticatorData),
    signature: written(signature),
    userHandle: userHandle ? written(userHandle) : null,
  };
  const passkey = { rawId: written(used.rawId), response };
  const begun: Answer<unknown> = await post('/api/v1/sessions', again ? { again, passkey } : { passkey }, session, { gated: false });
  return begun.ok ? { ok: true } : begun;
}
