import * as rules from '../../rules/arrival';
import type { ArrivalImportFault } from '../../slips/arrival_file';
import type { MessageId } from '../../text/text';
import type { Fault } from '../../ui/form';
import { fieldOf, personFields, readArrival } from './arrival_values';

// What keeps the form from being complete, at the fields where it is typed.

type Values = Readonly<Record<string, string>>;
type VisitBlank = Extract<rules.Missing, { code: 'blank' }>['field'];

const blank: Readonly<Record<VisitBlank, readonly [field: string, id: MessageId, label: MessageId]>> = {
  entry: ['entry', 'arrival.entry.missing', 'arrival.entry'],
  lastDay: ['last_day', 'arrival.last-day.missing', 'arrival.last-day'],
  purpose: ['purpose', 'arrival.purpose.missing', 'arrival.purpose'],
  emergency: ['emergency', 'arrival.emergency', 'arrival.emergency'],
  country: ['country', 'arrival.country.missing', 'arrival.country'],
  lines: ['lines', 'arrival.lines.missing', 'arrival.lines'],
  family: ['family', 'arrival.family.missing', 'arrival.family'],
  given: ['given', 'arrival.given', 'arrival.given'],
  birth: ['birth', 'arrival.birth.missing', 'arrival.birth'],
  sex: ['sex', 'arrival.sex.missing', 'arrival.sex'],
  citizenship: ['citizenship', 'arrival.citizenship.missing', 'arrival.citizenship'],
  document: ['document_number', 'arrival.document.missing', 'arrival.document.number'],
  documentExpiry: ['expiry', 'arrival.expiry.missing', 'arrival.expiry'],
  holds: ['holds', 'arrival.holds', 'arrival.holds'],
  guardian: ['guardian', 'arrival.guardian.missing', 'arrival.guardian'],
};

const bad: Readonly<Record<string, readonly [field: string, id: MessageId]>> = {
  country: ['country', 'arrival.country.missing'],
  lines: ['lines', 'arrival.lines.wrong'],
  family: ['family', 'arrival.name.wrong'],
  given: ['given', 'arrival.name.wrong'],
  citizenship: ['citizenship', 'arrival.citizenship.missing'],
};

const others: Readonly<Partial<Record<rules.Missing['code'], readonly [field: string, id: MessageId]>>> = {
  'no-travellers': ['travellers', 'arrival.people.missing'],
  'ends-before-entry': ['last_day', 'arrival.last-day.early'],
  'born-after-entry': ['birth', 'arrival.birth.late'],
  'document-expires-before-entry': ['expiry', 'arrival.expiry.early'],
  'guardian-missing': ['guardian', 'arrival.guardian.missing'],
  'guardian-without-name': ['guardian_family', 'arrival.guardian.without-name'],
  'guardian-not-in-group': ['guardian', 'arrival.guardian.not-in-group'],
  'guardian-not-adult': ['guardian', 'arrival.guardian.not-adult'],
};

/** Something that is missing or wrong: its page's field and words, and the label of a field that is only blank. */
export interface Lack {
  /** Null: the trip. */
  person: number | null;
  fault: Fault;
  label: MessageId | null;
}

function lackOf(missing: rules.Missing, values: Values): Lack | null {
  const person = 'traveller' in missing ? missing.traveller : null;
  const lack = ([field, id]: readonly [string, MessageId, MessageId?], label: MessageId | null = null): Lack => ({
    person, fault: { field: person === null ? field : fieldOf(person, field), id }, label,
  });
  if (missing.code === 'blank') {
    if (missing.field === 'entry' && values.entry?.trim()) return lack(['time', 'arrival.time.missing'], 'arrival.time');
    if (person !== null && missing.field === 'guardian' && values[fieldOf(person, 'guardian')] === 'own-form') return lack(['guardian_number', 'arrival.document.missing']);
    return lack(blank[missing.field], blank[missing.field][2]);
  }
  const other = missing.code === 'bad-value' ? bad[missing.field] : others[missing.code];
  return other ? lack(other) : null;
}

function personOf({ field }: Fault): number | null {
  const found = /^p(\d)\./.exec(field ?? '');
  return found ? Number(found[1]) : null;
}

const tripFields = ['entry', 'time', 'last_day', 'purpose', 'emergency', 'country', 'lines', 'travellers'];

/** Where a field stands in the form: the trip first, then each person. */
function placeOf({ person, fault }: Lack): number {
  if (person === null) return tripFields.indexOf(fault.field ?? '');
  const ofPerson = personFields.findIndex((name) => fieldOf(person, name) === fault.field);
  return tripFields.length + person * personFields.length + ofPerson;
}

/** All that is missing or cannot be read, in the order of the form, once for each field; of what is both, that it cannot be read. */
export function lacksIn(values: Values): Lack[] {
  const { draft, faults } = readArrival(values);
  const unread = faults.map((fault): Lack => ({ person: personOf(fault), fault, label: null }));
  const missing = rules.missingIn(draft).map((one) => lackOf(one, values)).filter((one): one is Lack => one !== null);
  const seen = new Set<string | null>();
  const once = [...unread, ...missing].filter(({ fault: { field } }) => !seen.has(field) && seen.add(field));
  return once.sort((one, other) => placeOf(one) - placeOf(other));
}

/** The faults of one page: of a person, or of the trip (null). Who is exempt may leave anything blank, and needs no guardian. */
export function faultsOf(values: Values, person: number | null): Fault[] {
  const { draft } = readArrival(values);
  const traveller = person === null ? undefined : draft.travellers[person];
  const exempt = traveller !== undefined && rules.exemptionOf(traveller, draft.entry) !== null;
  const lacks = lacksIn(values).filter((lack) => lack.person === person && lack.fault.field !== 'travellers');
  const counts = ({ label, fault }: Lack) => !exempt || (label === null && !/\.guardian/.test(fault.field ?? ''));
  return lacks.filter(counts).map(({ fault }) => fault);
}

/** Why a file was not taken over. */
export function faultOfImport(fault: ArrivalImportFault): Fault {
  const field = 'file';
  switch (fault.code) {
    case 'too-large': return { field, id: 'arrival.file.too-large' };
    case 'not-an-arrival-form': return { field, id: 'arrival.file.other' };
    case 'unknown-version': return { field, id: 'arrival.file.version' };
    case 'incomplete': return { field, id: 'arrival.file.incomplete' };
    case 'missing':
    case 'bad-value':
    case 'unknown-key': return { field, id: 'arrival.file.broken', values: { path: fault.path } };
  }
}
