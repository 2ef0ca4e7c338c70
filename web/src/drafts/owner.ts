import { toHex } from '../base/bytes';
import { parsed, record, text } from '../base/decode';
import { makeStore } from '../base/store';
import { dropKeptProofs } from '../credential/proof_store';
import { drop, dropAll, keep, kept } from './storage';

// Drafts and what waits to be sent belong to one person. Whose they are is kept as a salted hash of what the register
// calls them by, which tells a next person on the device nothing; whoever else signs in finds them gone.

const decoder = record({ salt: text, hash: text });

/** Changes when what is known of a person is to be forgotten, also what is only in memory. */
export const forgotten = makeStore(0);

function readOwner() {
  const found = kept('owner');
  return found === null ? null : parsed(decoder, found);
}

async function hashOf(person: string, salt: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(salt + person))));
}

/**
 * Says who is signed in. What another person left on this device goes away; true if there was somebody else.
 * `person` is any text that is the same each time for the same person and for nobody else.
 */
export async function ownedBy(person: string): Promise<boolean> {
  const owner = readOwner();
  if (owner && owner.hash === (await hashOf(person, owner.salt))) return false;
  if (owner) dropOwned();
  else dropNamed(); // nobody knows whose it is
  const salt = toHex(crypto.getRandomValues(new Uint8Array(16)));
  keep('owner', { salt, hash: await hashOf(person, salt) });
  return owner !== null;
}

/** Whether what is on this device is this person's. */
export async function isOwner(person: string): Promise<boolean> {
  const owner = readOwner();
  return owner !== null && owner.hash === (await hashOf(person, owner.salt));
}

/** Whether it is known here whose device this is: not yet for who signed in on the plain pages. */
export function hasOwner(): boolean {
  return kept('owner') !== null;
}

/**
 * For what comes only after a while: gives a question that is answered with yes for as long as nobody signed out or came meanwhile, in any tab.
 */
export function sameOwner(): () => boolean {
  const owner = kept('owner');
  return () => kept('owner') === owner;
}

/** What waits to be sent, and children's names. */
function dropNamed(): void {
  drop('outbox');
  drop('children');
}

/** What a person typed here, what waits of theirs and the proofs that they keep, gone. */
export function dropOwned(): void {
  drop('owner');
  dropAll('draft.');
  dropNamed();
  dropKeptProofs();
  forgotten.set(forgotten.get() + 1);
}
