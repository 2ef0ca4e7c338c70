import type { Kind } from '../../api/wire';
import { kinds } from '../../api/wire';
import { dayAt } from '../../base/days';
import { makeStore } from '../../base/store';
import type { Draft } from '../../drafts/drafts';
import { readDraft, registerDraft } from '../../drafts/drafts';
import { forgotten } from '../../drafts/owner';
import { isFor, outbox } from '../../drafts/outbox';
import { goTo } from '../../app/places';
import { dayValues } from '../../ui/day_values';
import type { Fault, Placing } from '../../ui/form';
import { type Child, pathOf } from '../../ui/whom';
import { emptyAddress, readAddress } from './address_format';

export const path = '/api/v1/registrations';

/** Where a refusal of the register belongs, and our words for it. */
export const placing: Placing = {
  fields: { kind: 'kind', since: 'since', until: 'until', 'address.country': 'country', 'address.lines': 'lines', address: 'lines' },
  words: { 'conflict:kind': 'register.kind.second-main' },
};

/** The page of each step, and the fields that are asked for there. */
export const steps = ['register', 'register/address', 'register/dates', 'register/check'] as const;

export function startValues(): Draft {
  return { kind: '', ...emptyAddress, ...dayValues('since', dayAt(new Date())), ...dayValues('until', null) };
}

export function kindIn(values: Readonly<Draft>): Kind | null {
  return kinds.find((kind) => kind === values.kind) ?? null;
}

/** Faults that the register found in an earlier step: shown there. */
export const carried = makeStore<readonly Fault[]>([]);
forgotten.follow(() => carried.set([]));

const stepOf: Readonly<Record<string, string>> = { kind: 'register', since: 'register/dates', until: 'register/dates' };

/** Leads to the step of the first fault that belongs to one; false if none does. */
export function goToFaults(faults: readonly Fault[], child: Child | null): boolean {
  const [first] = faults;
  if (!first || first.field === null) return false;
  carried.set(faults);
  goTo(pathOf(child, stepOf[first.field] ?? 'register/address'));
  return true;
}

export function takeCarried(): readonly Fault[] {
  const faults = carried.get();
  carried.set([]);
  return faults;
}

/**
 * Where somebody belongs who opens a step: at an earlier one that is not done yet (the draft may be gone), or where their
 * registration waits to be sent. Null: here.
 */
export function elsewhere(step: (typeof steps)[number], child: string | null): string | null {
  if (outbox.get().some(isFor(child))) return 'register/waiting';
  const values = readDraft(registerDraft(child)) ?? {};
  if (steps.indexOf(step) > 0 && kindIn(values) === null) return 'register';
  if (steps.indexOf(step) > 1 && Array.isArray(readAddress(values))) return 'register/address';
  return null;
}
