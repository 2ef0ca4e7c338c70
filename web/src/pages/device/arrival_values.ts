import { type Day, dayOfTime, formatDay, formatTime, parseDay, parseTime, type Time } from '../../base/day';
import type { Draft } from '../../drafts/drafts';
import { type Document, documentKinds, parseDocument } from '../../identity/documents';
import type { Mrz } from '../../identity/mrz';
import * as rules from '../../rules/arrival';
import type { MessageId } from '../../text/text';
import { dayValues, monthOf, readDay, yearOf } from '../../ui/day_values';
import type { Fault } from '../../ui/form';

// The arrival form as what is typed: flat texts, kept as a draft on the device. Person 0's fields begin with "p0.".

export const draftName = 'arrival';

type Values = Readonly<Draft>;

/** The name of a person's field; `person` counts from 0. */
export const fieldOf = (person: number, name: string) => `p${person}.${name}`;

/** A person's fields, in the order of its page. */
export const personFields: readonly string[] = [
  'family', 'given', ...dayNames('birth'), 'sex', 'citizenship', 'document_kind', 'document_number', ...dayNames('expiry'), 'no_expiry',
  'holds', 'guardian', 'relation', 'guardian_family', 'guardian_given', 'guardian_kind', 'guardian_number',
];

function dayNames(name: string): string[] {
  return [name, monthOf(name), yearOf(name)];
}

export function startValues(): Draft {
  return { travellers: '0', emergency: 'none', country: 'RU' };
}

/** What the fields of a person begin with. */
export function newPerson(person: number): Draft {
  return {
    [fieldOf(person, 'document_kind')]: 'passport', [fieldOf(person, 'holds')]: 'none', [fieldOf(person, 'relation')]: 'parent',
    [fieldOf(person, 'guardian_kind')]: 'passport',
  };
}

export function countOf(values: Values): number {
  return /^\d{1,2}$/.test(values.travellers ?? '') ? Math.min(Number(values.travellers), rules.maxTravellers) : 0;
}

/** "14:30" of "14:30", "14.30", "1430" or "14"; null if a clock has no such time. */
export function readClock(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(typed.trim());
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? '0')];
  if (!found || hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function choice<T extends string>(typed: string | undefined, choices: readonly T[]): T | null {
  return choices.find((one) => one === typed) ?? null;
}

/** A draft as it is typed, and what in it cannot be read. */
export interface Reading {
  draft: rules.ArrivalDraft;
  faults: Fault[];
}

/** Reads fields, and notes those that cannot be read. */
class Reader {
  readonly faults: Fault[] = [];

  constructor(readonly values: Values) {}

  fault(field: string, id: MessageId): null {
    this.faults.push({ field, id });
    return null;
  }

  text(name: string): string {
    return (this.values[name] ?? '').trim();
  }

  day(name: string): Day | null {
    const typed = readDay(this.values, name, 'date.none-such');
    if (typed === null || typeof typed === 'string') return typed === null ? null : parseDay(typed);
    return this.fault(name, 'date.none-such');
  }

  entry(): Time | null {
    const [day, typed] = [this.day('entry'), this.text('time')];
    const time = typed === '' ? null : (readClock(typed) ?? this.fault('time', 'arrival.time.wrong'));
    return day === null || time === null ? null : parseTime(`${formatDay(day)}T${time}:00Z`);
  }

  document(kindName: string, numberName: string): Document | null {
    const typed = this.text(numberName);
    const document = parseDocument(choice(this.values[kindName], documentKinds) ?? 'passport', typed);
    if (document.ok) return document.value;
    if (document.why.code === 'number-too-long') return this.fault(numberName, 'arrival.document.long');
    return typed === '' ? null : this.fault(numberName, 'arrival.document.missing');
  }
}

/** True if somebody has to file for this traveller; while that is not known, nobody is asked for. */
export function isMinor(birth: Day | null, entry: Time | null): boolean {
  return birth !== null && entry !== null && birth <= dayOfTime(entry) && rules.ageOn(birth, dayOfTime(entry)) < 18;
}

function guardianIn(reader: Reader, person: number): rules.Guardian | 'none' | null {
  const name = (field: string) => fieldOf(person, field);
  const who = reader.text(name('guardian'));
  const relation = choice(reader.values[name('relation')], rules.relations) ?? 'parent';
  const traveller = /^traveller-(\d)$/.exec(who);
  if (traveller) return { relation, kind: 'traveller', traveller: Number(traveller[1]) };
  if (who !== 'own-form') return 'none';
  const document = reader.document(name('guardian_kind'), name('guardian_number'));
  if (document === null) return null;
  return { relation, kind: 'own-form', family: reader.text(name('guardian_family')), given: reader.text(name('guardian_given')), document };
}

function travellerIn(reader: Reader, person: number, entry: Time | null): rules.TravellerDraft {
  const name = (field: string) => fieldOf(person, field);
  const birth = reader.day(name('birth'));
  return {
    family: reader.text(name('family')),
    given: reader.text(name('given')),
    birth,
    sex: choice(reader.values[name('sex')], rules.sexes),
    citizenship: reader.text(name('citizenship')) || null,
    document: reader.document(name('document_kind'), name('document_number')),
    documentExpiry: reader.values[name('no_expiry')] === 'yes' ? 'none' : reader.day(name('expiry')),
    holds: choice(reader.values[name('holds')], rules.holdings),
    guardian: isMinor(birth, entry) ? guardianIn(reader, person) : 'none',
  };
}

/** The draft that was typed. */
export function readArrival(values: Values): Reading {
  const reader = new Reader(values);
  const entry = reader.entry();
  const lines = (values.lines ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
  const draft = {
    entry,
    lastDay: reader.day('last_day'),
    purpose: choice(values.purpose, rules.purposes),
    emergency: choice(values.emergency, rules.emergencies),
    country: reader.text('country') || null,
    lines: lines.length === 0 ? null : lines,
    travellers: Array.from({ length: countOf(values) }, (_, person) => travellerIn(reader, person, entry)),
  };
  return { draft, faults: reader.faults };
}

function guardianValues(guardian: rules.Traveller['guardian']): Draft {
  if (guardian === 'none') return { guardian: '' };
  if (guardian.kind === 'traveller') return { relation: guardian.relation, guardian: `traveller-${guardian.traveller}` };
  const { relation, family, given, document } = guardian;
  return {
    relation, guardian: 'own-form', guardian_family: family, guardian_given: given, guardian_kind: document.kind,
    guardian_number: document.number,
  };
}

function named(person: number, values: Draft): Draft {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [fieldOf(person, name), value]));
}

const dayTyped = (name: string, day: Day | null) => dayValues(name, day === null ? null : formatDay(day));

/** What would have to be typed for this person; null stays empty. */
function travellerValues(traveller: rules.TravellerDraft): Draft {
  const { family, given, birth, sex, citizenship, document, documentExpiry: expiry } = traveller;
  return {
    family: family ?? '', given: given ?? '', ...dayTyped('birth', birth), sex: sex ?? '', citizenship: citizenship ?? '',
    document_kind: document?.kind ?? 'passport', document_number: document?.number ?? '',
    ...dayTyped('expiry', expiry === 'none' ? null : expiry), no_expiry: expiry === 'none' ? 'yes' : '',
  };
}

/** What would have to be typed for this form. */
export function valuesOf(form: rules.ArrivalForm): Draft {
  const people = form.travellers.map((traveller, person) => ({
    ...newPerson(person), ...named(person, { ...travellerValues(traveller), holds: traveller.holds, ...guardianValues(traveller.guardian) }),
  }));
  return {
    ...startValues(), travellers: String(form.travellers.length), ...dayTyped('entry', dayOfTime(form.entry)),
    time: formatTime(form.entry).slice(11, 16), ...dayTyped('last_day', form.lastDay), purpose: form.purpose, emergency: form.emergency,
    country: form.country, lines: form.lines.join('\n'), ...Object.assign({}, ...people),
  };
}

/** What a zone fills in for a person. */
export function valuesOfZone(mrz: Mrz, person: number, today: Day): Draft {
  return named(person, travellerValues(rules.travellerOf(mrz, today)));
}

/** The form without one of its people; who was to file for somebody else is forgotten there, and the others move up. */
export function withoutPerson(values: Values, gone: number): Draft {
  const count = countOf(values);
  const kept: Draft = Object.fromEntries(Object.entries(values).filter(([name]) => !/^p\d\./.test(name)));
  const stay = Array.from({ length: count }, (_, person) => person).filter((person) => person !== gone);
  stay.forEach((before, after) => {
    for (const name of personFields) {
      const value = values[fieldOf(before, name)];
      if (value !== undefined) kept[fieldOf(after, name)] = name === 'guardian' ? guardianAfter(value, stay) : value;
    }
  });
  return { ...kept, travellers: String(stay.length) };
}

function guardianAfter(guardian: string, stay: readonly number[]): string {
  const traveller = /^traveller-(\d)$/.exec(guardian);
  if (!traveller) return guardian;
  const after = stay.indexOf(Number(traveller[1]));
  return after < 0 ? '' : `traveller-${after}`;
}
