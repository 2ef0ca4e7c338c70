import { proofFields } from '../../api/wire';
import type { Draft } from '../../drafts/drafts';
import type { Fault } from '../../ui/form';

// What somebody wants to have proved, as they filled it in.

export const places = ['browser', 'wallet', 'paper'] as const;
export type ProofPlace = (typeof places)[number];
export const lives = ['fresh', 'lasting'] as const;
export type Life = (typeof lives)[number];

/** Days that people choose from, the longest that the register allows besides. */
export const daysOf = { fresh: ['1', '7'], lasting: ['30', '90', '180'] } as const satisfies Record<Life, readonly string[]>;

export interface Wish {
  place: ProofPlace;
  registration: string;
  life: Life;
  /** Undefined: as long as the register allows. */
  days?: number;
  fields: (typeof proofFields)[number][];
}

/** What most who ask for a proof need. */
export const emptyWish: Draft = { place: 'browser', life: 'fresh', days: '', fields: 'family_name given_names address', language: '' };

const missing = { field: 'fields', id: 'proof.fields.missing' } as const;

export function readWish(values: Readonly<Draft>): Wish | Fault {
  const place = places.find((one) => one === values.place) ?? 'browser';
  const life = lives.find((one) => one === values.life) ?? 'fresh';
  const fields = proofFields.filter((field) => (values.fields ?? '').split(' ').includes(field));
  // A wallet gets all of it, and asks before it shows anything.
  if (fields.length === 0 && place !== 'wallet') return missing;
  const days = daysOf[life].find((one) => one === values.days);
  return { place, registration: values.registration ?? '', life, fields, ...(days === undefined ? {} : { days: Number(days) }) };
}
