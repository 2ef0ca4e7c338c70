import { useEffect, useState } from 'preact/hooks';
import { BrowserProofStore, type KeptProof, type ProofStore, type ReadProof, readKept } from '../../credential';

// Proofs that are kept in this browser. They are read from the device each time: another tab may have changed them.

export interface Kept {
  proof: KeptProof;
  read: ReadProof;
}

/** Null where this browser keeps nothing, as in some private windows. */
export async function workingStore(): Promise<ProofStore | null> {
  try {
    const store = new BrowserProofStore(indexedDB);
    await store.all();
    return store;
  } catch {
    return null;
  }
}

/** Those that can be read, the newest first. What cannot be reached is as if there were none. */
async function allKept(): Promise<Kept[]> {
  const found = (await (await workingStore())?.all()) ?? [];
  const kept = await Promise.all(found.map(async (proof) => ({ proof, read: await readKept(proof) })));
  return kept
    .flatMap(({ proof, read }) => (read.ok ? [{ proof, read: read.value }] : []))
    .sort((a, b) => b.read.said.issuedAt - a.read.said.issuedAt);
}

/** Null until the device has answered. */
export function useKept(): { kept: readonly Kept[] | null; again: () => void } {
  const [round, next] = useState(0);
  const [kept, show] = useState<readonly Kept[] | null>(null);
  useEffect(() => {
    let wanted = true;
    void allKept().then((found) => wanted && show(found));
    return () => {
      wanted = false;
    };
  }, [round]);
  return { kept, again: () => next((n) => n + 1) };
}

export async function dropKept(id: string): Promise<void> {
  await (await workingStore())?.remove(id);
}

/** What can be shown of a proof, as people choose it, with the claims that each stands for. */
export const choices = {
  family_name: ['family_name'],
  given_names: ['given_name'],
  birth_date: ['birthdate'],
  address: ['formatted', 'street_address', 'house_number', 'postal_code', 'locality', 'region', 'country'],
  region: ['region', 'country'],
  kind: ['kind'],
  since: ['since'],
  assurance: ['assurance'],
} as const;
export type Choice = keyof typeof choices;

export function isChoice(name: string): name is Choice {
  return Object.prototype.hasOwnProperty.call(choices, name);
}

/** Those that this proof can show. */
export function choicesOf({ claims }: ReadProof): Choice[] {
  return Object.keys(choices).filter(isChoice).filter((choice) =>
    choice === 'address' ? claims.includes('formatted') : choices[choice].some((claim) => claims.includes(claim)));
}

/** The claims that these choices come to, of those that the proof has. */
export function claimsOf({ claims }: ReadProof, chosen: readonly Choice[]): string[] {
  const wanted = new Set<string>(chosen.flatMap((choice) => choices[choice]));
  return claims.filter((claim) => wanted.has(claim));
}

/** What one of them says, in the proof's own letters; of the region and the country each on a line. */
export function saidIn({ said: { person, address, residence } }: ReadProof, choice: Choice): string {
  const values: Record<Choice, string | undefined> = {
    family_name: person.family_name,
    given_names: person.given_name,
    birth_date: person.birthdate,
    address: address.formatted,
    region: [address.region, address.country].filter(Boolean).join('\n'),
    kind: residence.kind,
    since: residence.since,
    assurance: residence.assurance,
  };
  return values[choice] ?? '';
}
