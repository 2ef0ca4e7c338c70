import type { Answer } from '../api/client';
import { get, post, remove } from '../api/client';
import { type Me, me } from '../api/wire';
import { record, text } from '../base/decode';
import { makeStore } from '../base/store';
import { refreshOutbox } from '../drafts/outbox';
import { dropOwned, forgotten, isOwner, ownedBy } from '../drafts/owner';
import { drop, keep, kept } from '../drafts/storage';
import { goTo } from './places';

// The session itself is a cookie that no script can see. This device only remembers that there was one, so that the
// start leads on to where somebody was.

export const signedIn = makeStore(kept('signed-in') !== null);

type Credentials = NonNullable<Parameters<typeof post<'/api/v1/sessions', unknown>>[1]>;

const begun = record({ expires_at: text });

/** Somebody signs in by what they know, or as a specimen. */
export function signIn(credentials: Credentials, key: string): Promise<Answer<unknown>> {
  return post('/api/v1/sessions', credentials, begun, { key, gated: false });
}

/** The same each time for one person, and for nobody else. */
function nameOf({ card, person }: Me): string {
  return card ?? person?.document.number ?? '';
}

/**
 * Somebody is signed in now. What another person left on this device is none of theirs and goes; true if there was
 * another one. Who it is has to be known for that: if it cannot be asked, nobody is taken as signed in.
 */
export async function greet(): Promise<Answer<boolean>> {
  const person = await get('/api/v1/me', me, { gated: false });
  if (!person.ok) return person;
  const another = await ownedBy(nameOf(person.value));
  refreshOutbox();
  keep('signed-in', true);
  signedIn.set(true);
  return { ok: true, value: another };
}

/** Whether the session is that of the person whose things are on this device: another may just be signing in. */
export async function isOwners(): Promise<boolean> {
  const person = await get('/api/v1/me', me, { gated: false });
  return person.ok && isOwner(nameOf(person.value));
}

/** Forgets the person on this device. */
function forget(): void {
  drop('signed-in');
  dropOwned();
  refreshOutbox();
  signedIn.set(false);
}

/** Ends the session. If the register could not be told, nothing is forgotten: somebody would think they were out. */
export async function signOut(): Promise<Answer<null>> {
  const answer = await remove('/api/v1/sessions', { gated: false });
  const out = answer.ok || (answer.failure.kind === 'refused' && answer.failure.status === 401);
  if (out) forget();
  return out ? { ok: true, value: null } : answer;
}

/** Who signs out or leaves quickly in one tab is gone from the others as well. */
export function startSession(): void {
  addEventListener('storage', () => {
    if (!signedIn.get() || kept('signed-in') !== null) return;
    signedIn.set(false);
    forgotten.set(forgotten.get() + 1);
    goTo('', 'replace');
  });
}
