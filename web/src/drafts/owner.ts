import { toHex } from '../base/bytes';
import { parsed, record, text } from '../base/decode';
import { dropKeptProofs } from '../credential/proof_store';
import { drop, dropAll, keep, kept } from './storage';

// Drafts and what waits to be sent belong to one person. Whose they are is kept as a salted hash of what the register
// calls them by, which tells a next person on the device nothing; whoever else signs in finds them gone.

const decoder = record({ salt: text, hash: text });

async function hashOf(person: string, salt: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(salt + person))));
}

/**
 * Says who is signed in. What another person left on this device goes away; true if there was somebody else.
 * `person` is any text that is the same each time for the same person and for nobody else.
 */
export async function ownedBy(person: string): Promise<boolean> {
  const found = kept('owner');
  const owner = found === null ? null : parsed(decoder, found);
  if (owner && owner.hash === (await hashOf(person, owner.salt))) return false;
  if (owner) dropOwned();
  const salt = toHex(crypto.getRandomValues(new Uint8Array(16)));
  keep('owner', { salt, hash: await hashOf(person, salt) });
  return owner !== null;
}

/** What a person typed here, what waits of theirs and the proofs that they keep, gone. */
export function dropOwned(): void {
  drop('owner');
  dropAll('draft.');
  dropAll('outbox');
  drop('children');
  dropKeptProofs();
}
