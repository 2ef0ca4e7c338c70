// The arrival form of the model of Moscow: who has to give notice of coming, by when, and what is still missing. It is
// filled in, kept and shown on the person's own device; the register has no part in it and is no gate. It holds no
// sample of a voice or a face, and has no place for one.

import { type Day, type Time, addSeconds, dayOfTime, partsOf } from '../base/day';
import { bytesIn, isOneLine } from '../base/lines';
import { countryOfState, isCountry } from '../identity/countries';
import { type Document, documentOf } from '../identity/documents';
import { type Mrz, type Sex, dateOfBirth, dateOfExpiry } from '../identity/mrz';
import { namesOf } from '../identity/names';

export const sexes = ['female', 'male', 'unspecified'] as const satisfies readonly Sex[];
export const purposes = ['work', 'study', 'private', 'tourism', 'business', 'treatment', 'other'] as const;
/** Of a close relative. */
export const emergencies = ['none', 'illness', 'death'] as const;
/** What frees its holder from giving notice. */
export const holdings = [
  'none',
  'visa',
  'temporary-residence-permit',
  'residence-permit',
  'diplomatic-status',
] as const;
export const relations = ['parent', 'guardian'] as const;

export type Purpose = (typeof purposes)[number];
export type Emergency = (typeof emergencies)[number];
export type Holding = (typeof holdings)[number];
export type Exemption = 'citizen-of-belarus' | 'under-six' | Exclude<Holding, 'none'>;

/** Who files for a child of 6 to 17: an adult of this form, or one who holds a form of their own. */
export type Guardian = { readonly relation: (typeof relations)[number] } & (
  | { readonly kind: 'traveller'; /** Their place in the group, from 0. */ readonly traveller: number }
  | { readonly kind: 'own-form'; readonly family: string; readonly given: string; readonly document: Document }
);

export interface Traveller {
  /** The only part of a single name. */
  readonly family: string;
  /** May be blank. */
  readonly given: string;
  readonly birth: Day;
  readonly sex: Sex;
  /** ISO 3166-1 alpha-2. */
  readonly citizenship: string;
  readonly document: Document;
  /** none: the document does not say one. */
  readonly documentExpiry: Day | 'none';
  readonly holds: Holding;
  readonly guardian: Guardian | 'none';
}

export interface ArrivalForm {
  /** 1 to maxTravellers. */
  readonly travellers: readonly Traveller[];
  /** By the clock at the border (atTheBorder), as are all times here. */
  readonly entry: Time;
  /** Of the stay. */
  readonly lastDay: Day;
  readonly purpose: Purpose;
  readonly emergency: Emergency;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Where they will stay, as on an envelope: 1 to maxAddressLines lines. */
  readonly lines: readonly string[];
}

type DraftOf<T> = { readonly [Field in keyof T]: T[Field] | null };
export type TravellerDraft = DraftOf<Traveller>;
/** A form under way: what is not filled in yet is null. */
export type ArrivalDraft = DraftOf<Omit<ArrivalForm, 'travellers'>> & {
  readonly travellers: readonly TravellerDraft[];
};

export const maxTravellers = 10;
export const maxAddressLines = 8;
export const maxLineBytes = 400;
const noticeHours = 72;
const emergencyNoticeHours = 4;

const childAge = 6;
const adultAge = 18;
const secondsPerHour = 3600;

type VisitField = Exclude<keyof ArrivalForm, 'travellers'>;

/** What keeps a form from being complete. `traveller` is a place in the group, from 0. */
export type Missing =
  | { readonly code: 'no-travellers' }
  | { readonly code: 'too-many-travellers'; readonly max: number }
  | { readonly code: 'blank'; readonly field: VisitField }
  | { readonly code: 'bad-value'; readonly field: 'country' | 'lines' }
  | { readonly code: 'ends-before-entry' }
  | { readonly code: 'blank'; readonly traveller: number; readonly field: keyof Traveller }
  | { readonly code: 'bad-value'; readonly traveller: number; readonly field: 'family' | 'given' | 'citizenship' }
  | { readonly code: 'born-after-entry'; readonly traveller: number }
  | { readonly code: 'document-expires-before-entry'; readonly traveller: number; readonly day: Day }
  | {
      readonly code:
        | 'guardian-missing'
        | 'guardian-without-name'
        | 'guardian-not-in-group'
        | 'guardian-not-adult'
        | 'guardian-not-needed';
      readonly traveller: number;
    };

export interface ArrivalCheck {
  /** False if all travellers are exempt: then there is nothing to file, and nothing is missing. */
  readonly needed: boolean;
  /** For each traveller why they need not be in the form, or null. */
  readonly exemptions: readonly (Exemption | null)[];
  readonly missing: readonly Missing[];
  /** The last moment to file and to complete what is missing; null while the entry is not known. */
  readonly fileBy: Time | null;
  /** late: fileBy has passed; over: so has the entry. Neither keeps anybody from making the file. */
  readonly time: 'unknown' | 'open' | 'late' | 'over';
  /** The form, if nothing is missing. */
  readonly form: ArrivalForm | null;
}

/** What the clock at the border shows. It is that of Moscow: three hours ahead of UTC all year. */
export function atTheBorder(utc: Time): Time {
  return addSeconds(utc, 3 * secondsPerHour);
}

/** Full years on a day; negative before the birth. Who is born on 29 February is a year older on 1 March. */
export function ageOn(birth: Day, day: Day): number {
  const [from, to] = [partsOf(birth), partsOf(day)];
  const birthdayIsAhead = to.month < from.month || (to.month === from.month && to.day < from.day);
  return to.year - from.year - (birthdayIsAhead ? 1 : 0);
}

/** The last moment to give notice. */
export function fileBy(entry: Time, emergency: Emergency): Time {
  return addSeconds(entry, -secondsPerHour * (emergency === 'none' ? noticeHours : emergencyNoticeHours));
}

/** Why a traveller need not give notice, or null if they have to or it cannot be told yet. */
export function exemptionOf(traveller: TravellerDraft, entry: Time | null): Exemption | null {
  if (traveller.citizenship === 'BY') return 'citizen-of-belarus';
  if (traveller.holds !== null && traveller.holds !== 'none') return traveller.holds;
  if (entry === null || traveller.birth === null) return null;
  const day = dayOfTime(entry);
  return traveller.birth <= day && ageOn(traveller.birth, day) < childAge ? 'under-six' : null; // a birth after it is a slip
}

function fits(text: string): boolean {
  return isOneLine(text) && bytesIn(text) <= maxLineBytes;
}

function missingOfVisit(draft: ArrivalDraft): Missing[] {
  const missing: Missing[] = [];
  const fields: VisitField[] = ['entry', 'lastDay', 'purpose', 'emergency', 'country', 'lines'];
  for (const field of fields) if (draft[field] === null) missing.push({ code: 'blank', field });
  if (draft.entry !== null && draft.lastDay !== null && draft.lastDay < dayOfTime(draft.entry))
    missing.push({ code: 'ends-before-entry' });
  if (draft.country !== null && !isCountry(draft.country)) missing.push({ code: 'bad-value', field: 'country' });
  const { lines } = draft;
  if (lines !== null && (lines.length === 0 || lines.every((line) => line.trim() === '')))
    missing.push({ code: 'blank', field: 'lines' });
  else if (
    lines !== null &&
    (lines.length > maxAddressLines || !lines.every((line) => line.trim() !== '' && fits(line)))
  )
    missing.push({ code: 'bad-value', field: 'lines' });
  if (draft.travellers.length === 0) missing.push({ code: 'no-travellers' });
  if (draft.travellers.length > maxTravellers) missing.push({ code: 'too-many-travellers', max: maxTravellers });
  return missing;
}

/** Whether a guardian is needed and there is the right one. Nothing while the age is not known. */
function missingOfGuardian(draft: ArrivalDraft, index: number): Missing | null {
  const traveller = draft.travellers[index];
  const { entry } = draft;
  if (traveller === undefined || entry === null || traveller.birth === null || traveller.guardian === null) return null;
  const { guardian } = traveller;
  const age = ageOn(traveller.birth, dayOfTime(entry));
  if (age >= adultAge) return guardian === 'none' ? null : { code: 'guardian-not-needed', traveller: index };
  if (guardian === 'none') return age < childAge ? null : { code: 'guardian-missing', traveller: index };
  if (guardian.kind === 'own-form') {
    const named = guardian.family.trim() !== '' && fits(guardian.family) && fits(guardian.given);
    return named ? null : { code: 'guardian-without-name', traveller: index };
  }
  const adult = draft.travellers[guardian.traveller];
  if (adult === undefined || guardian.traveller === index) return { code: 'guardian-not-in-group', traveller: index };
  if (adult.birth === null) return null; // told as blank
  return ageOn(adult.birth, dayOfTime(entry)) < adultAge ? { code: 'guardian-not-adult', traveller: index } : null;
}

function missingOfTraveller(draft: ArrivalDraft, index: number): Missing[] {
  const traveller = draft.travellers[index];
  if (traveller === undefined) return [];
  const missing: Missing[] = [];
  const fields: (keyof Traveller)[] = [
    'family',
    'given',
    'birth',
    'sex',
    'citizenship',
    'document',
    'documentExpiry',
    'holds',
    'guardian',
  ];
  for (const field of fields) {
    const value = traveller[field];
    const blank = value === null || (field === 'family' && typeof value === 'string' && value.trim() === '');
    if (blank) missing.push({ code: 'blank', traveller: index, field });
  }
  const { family, given, citizenship, birth, documentExpiry: expiry } = traveller;
  if (!fits(family ?? '')) missing.push({ code: 'bad-value', traveller: index, field: 'family' });
  if (!fits(given ?? '')) missing.push({ code: 'bad-value', traveller: index, field: 'given' });
  if (citizenship !== null && !isCountry(citizenship))
    missing.push({ code: 'bad-value', traveller: index, field: 'citizenship' });
  if (draft.entry !== null) {
    const day = dayOfTime(draft.entry);
    if (birth !== null && birth > day) missing.push({ code: 'born-after-entry', traveller: index });
    if (expiry !== null && expiry !== 'none' && expiry < day)
      missing.push({ code: 'document-expires-before-entry', traveller: index, day: expiry });
  }
  const guardian = missingOfGuardian(draft, index);
  return guardian === null ? missing : [...missing, guardian];
}

/** All that keeps a form from being complete, whatever the time is. */
export function missingIn(draft: ArrivalDraft): Missing[] {
  return [...missingOfVisit(draft), ...draft.travellers.flatMap((_, index) => missingOfTraveller(draft, index))];
}

function isWhole<T extends object>(draft: DraftOf<T>): draft is T {
  return Object.values(draft).every((value) => value !== null);
}

/** The form, if nothing is missing in the draft. */
export function formOf(draft: ArrivalDraft): ArrivalForm | null {
  const { travellers, ...visit } = draft;
  if (missingIn(draft).length > 0 || !isWhole<Omit<ArrivalForm, 'travellers'>>(visit)) return null;
  const whole = travellers.filter((traveller): traveller is Traveller => isWhole<Traveller>(traveller));
  return whole.length === travellers.length ? { ...visit, travellers: whole } : null;
}

/** `now` is by the clock at the border. */
export function checkArrival(draft: ArrivalDraft, now: Time): ArrivalCheck {
  const { entry, emergency } = draft;
  const exemptions = draft.travellers.map((traveller) => exemptionOf(traveller, entry));
  const needed = exemptions.length === 0 || exemptions.includes(null);
  const until = entry === null ? null : fileBy(entry, emergency ?? 'none');
  const time = entry === null || until === null ? 'unknown' : now > entry ? 'over' : now > until ? 'late' : 'open';
  if (!needed) return { needed, exemptions, missing: [], fileBy: until, time, form: null };
  return { needed, exemptions, missing: missingIn(draft), fileBy: until, time, form: formOf(draft) };
}

/** What a zone tells of a traveller; the rest is for them to fill in. `today` places the years of two digits. */
export function travellerOf(mrz: Mrz, today: Day): TravellerDraft {
  const birth = dateOfBirth(mrz, today);
  const expiry = dateOfExpiry(mrz, today);
  return {
    ...namesOf(mrz),
    birth: birth.ok ? birth.value : null,
    sex: mrz.sex,
    citizenship: countryOfState(mrz.nationality),
    document: documentOf(mrz),
    documentExpiry: expiry.ok ? expiry.value : null,
    holds: null,
    guardian: null,
  };
}
