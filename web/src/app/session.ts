import type { Answer } from '../api/client';
import { get, post, remove } from '../api/client';
import { me } from '../api/wire';
import { record, text } from '../base/decode';
import { makeStore } from '../base/store';
import { refreshOutbox } from '../drafts/outbox';
import { dropOwned, ownedBy } from '../drafts/owner';
import { drop, keep, kept } from '../drafts/storage';

// The session itself is a cookie that no script can see. This device only remembers that there was one, so that the
// start leads on to where somebody was.

export const signedIn = makeStore(kept('signed-in') !== null);

type Credentials = NonNullable<Parameters<typeof post<'/api/v1/sessions', unknown>>[1]>;

const begun = record({ expires_at: text });

/** Somebody signs in by what they know, or as a specimen. */
export function signIn(credentials: Credentials, key: string): Promise<Answer<unknown>> {
  return post('/api/v1/sessions', credentials, begun, { key, gated: false });
}

/**
 * Somebody is signed in now. What another person left on this device is none of theirs and goes; true if there was
 * another one.
 */
export async function greet(): Promise<boolean> {
  const person = await get('/api/v1/me', me, { gated: false });
  const another = person.ok && (await ownedBy(person.value.card ?? person.value.person?.document.number ?? ''));
  if (another) refreshOutbox();
  keep('signed-in', true);
  signedIn.set(true);
  return another;
}

/** Forgets the person on this device. */
function forget(): void {
  drop('signed-in');
  dropOwned();
  refreshOutbox();
  signedIn.set(false);
}

export async function signOut(): Promise<void> {
  await remove('/api/v1/sessions', { gated: false });
  forget();
}
