import { flag, list, oneOf, orNull, record, text, whole } from '../../base/decode';
import type { Decoder } from '../../base/decode';

// What the register tells everybody.

export const logStatus = record({
  origin: text,
  key: text,
  signed_size: whole,
  shown_size: orNull(whole),
  epoch: orNull(record({ number: whole, closed_at: text, next_due_at: text, covered: whole, positions: whole })),
  witnesses: list(text),
  cosigners: list(text),
  quorum_at: orNull(text),
});
export type LogStatus = ReturnType<typeof logStatus>;

export const weeklyOpenings = record({
  rounded_to: whole,
  weeks: list(record({ from: text, until: text, counts: list(record({ office: text, purpose: text, openings: whole })) })),
});
export type Week = ReturnType<typeof weeklyOpenings>['weeks'][number];

/** True, or a sentence that says why not. */
const trueOrText: Decoder<boolean | string> = (input, path) => (typeof input === 'boolean' ? input : text(input, path));

export const inventory = record({
  stored: list(record({
    group: text, stored_at: text, what: text, purpose: text, ground: text, seen_by: text, expiry: text, in_my_copy: trueOrText,
  })),
});
export type Item = ReturnType<typeof inventory>['stored'][number];

const named = record({ id: text, name: text });

/** Of an office: what the tables need. */
export const officeNames = record({ profile: record({ title: text, offices: list(named), purposes: list(record({ id: text, label: text })) }) });

export const rulesHere = record({
  profile: record({
    name: text,
    title: text,
    model: flag,
    sha256: text,
    languages: list(text),
    filing_window: record({
      count: whole, unit: oneOf('working-days', 'calendar-days', 'weeks'), first_day_counts: flag,
      on_day_off: oneOf('stays', 'next-working-day'),
    }),
    kinds: list(record({ kind: text, condition: text, owed_after_days: whole })),
    evidence: list(record({ id: text, raises_to: text })),
    purposes: list(record({ id: text, label: text, fields: list(text) })),
    offices: list(record({ id: text, name: text, hours: list(record({ day: text, from: text, to: text })) })),
    reply_period_days: whole,
    officials_for_a_decision: whole,
    ended_registrations_are_kept_days: whole,
    civil_time: text,
    own_account_from_age: whole,
    sources: list(record({ rule: text, valid_from: text, source: text })),
  }),
  coming: orNull(record({ title: text, model: flag, sha256: text, in_force_from: text, leaf: whole })),
});
export type Rules = ReturnType<typeof rulesHere>['profile'];
export type Coming = NonNullable<ReturnType<typeof rulesHere>['coming']>;

export const frozen = record({ frozen_until: text });
