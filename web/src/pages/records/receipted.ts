import { type Answer, get } from '../../api/client';
import { act, me, type Rectification, registrations, type Registration, type ShownAct } from '../../api/wire';
import type { Child } from '../../ui/whom';

/** What a receipt tells. */
export interface Receipted {
  act: ShownAct;
  /** Where the proof is that its commitment is in the log. */
  proof: string;
  /** Of the person themselves; empty in a child's receipt, and if it is not known. */
  name: string;
  /** As it stands now, if the act was on one. */
  registration: Registration | null;
  /** In the receipt of a move of one's own: the registration that it ended. */
  left: Registration | null;
  rectifications: readonly Rectification[];
  /** When the record will be erased, if that was asked for and stands. */
  erasure_due: string | null;
}

async function askForOwn(entry: string): Promise<Answer<Receipted>> {
  const [found, person] = await Promise.all([get('/api/v1/history/{entry}', act, { params: { entry } }), get('/api/v1/me', me)]);
  if (!found.ok) return found;
  if (!person.ok) return person;
  const { person: named, registrations: all, rectification_requests, erasure } = person.value;
  const own = found.value.operation === 'move' && found.value.actor === 'holder';
  const value = {
    act: found.value,
    proof: `/api/v1/history/${entry}/proof`,
    name: named ? [named.given_names, named.family_name].filter(Boolean).join(' ') : '',
    registration: all.find(({ id }) => id === found.value.reference) ?? null,
    left: (own && all.find(({ ended }) => ended?.moved_to === found.value.reference)) || null,
    rectifications: rectification_requests,
    erasure_due: erasure?.due ?? null,
  };
  return { ok: true, value };
}

/** An act of one's own, which the register calls a guardian's. */
export const asOwn = (entry: ShownAct): ShownAct => ({ ...entry, actor: 'holder' });

async function askForChild({ id: child }: Child, commitment: string): Promise<Answer<Receipted>> {
  const [found, places] = await Promise.all([
    get('/api/v1/children/{child}/history/{commitment}', act, { params: { child, commitment } }),
    get('/api/v1/children/{child}/registrations', registrations, { params: { child } }),
  ]);
  if (!found.ok) return found;
  if (!places.ok) return places;
  const value = {
    act: asOwn(found.value),
    proof: `/api/v1/children/${encodeURIComponent(child)}/history/${encodeURIComponent(commitment)}/proof`,
    name: '',
    registration: places.value.registrations.find(({ id }) => id === found.value.reference) ?? null,
    left: null,
    rectifications: [],
    erasure_due: null,
  };
  return { ok: true, value };
}

/** The receipt of this name: a number in one's own history, a commitment in a child's. */
export function askForReceipt(child: Child | null, name: string): Promise<Answer<Receipted>> {
  return child ? askForChild(child, name) : askForOwn(name);
}
