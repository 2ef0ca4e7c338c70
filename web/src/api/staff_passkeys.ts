import { record } from '../base/decode';
import type { Answer } from './client';
import { post } from './client';
import { asking, assertionFor, creation, newPasskeyFor, type PasskeyAnswer, session } from './passkeys';

// An official's passkeys. They are no person's: the register tells the two apart, also on one device.

const added = record({ passkey: record({}) });

/** Begins an official's session, in place of one that the browser has. */
export async function signInAsOfficial(): Promise<PasskeyAnswer> {
  const asked = await post('/api/v1/staff/sessions/passkey-options', {}, asking, { gated: false });
  if (!asked.ok) return asked;
  const used = await assertionFor(asked.value.options);
  if (!used.ok) return used;
  const begun: Answer<unknown> = await post('/api/v1/staff/sessions', { passkey: used.value }, session, { gated: false });
  return begun.ok ? { ok: true } : begun;
}

/** Makes a passkey on this device. Not `gated` for somebody who is in by an invitation: they have no other way in yet. */
export async function addOfficialsPasskey(name: string, gated: boolean): Promise<PasskeyAnswer> {
  const asked = await post('/api/v1/staff/passkeys/options', { name }, creation, { gated });
  if (!asked.ok) return asked;
  const made = await newPasskeyFor(asked.value.options);
  if (!made.ok) return made;
  const answer: Answer<unknown> = await post('/api/v1/staff/passkeys', { name, credential: made.value }, added, { gated });
  return answer.ok ? { ok: true } : answer;
}
