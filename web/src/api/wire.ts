import type { Decoder } from '../base/decode';
import { flag, list, oneOf, orNull, record, recordWith, text, whole } from '../base/decode';
import type { components } from './openapi';

// What the register answers, made of unknown JSON. Each decoder is held to the type that the API's description gives:
// a description that changed is an error of the compiler here.

type Schemas = components['schemas'];
export type Kind = Schemas['Kind'];
export type Assurance = Schemas['Assurance'];
export type Address = Schemas['Address'];
export type NewAddress = Schemas['NewAddress'];
export type Registration = Schemas['Registration'];
export type Receipt = Schemas['Receipt'];
export type Entry = Schemas['Entry'];
export type Notice = Schemas['Notice'];
export type Person = Schemas['Person'];
export type Field = Schemas['Field'];

export const kinds = ['main', 'secondary', 'temporary'] as const satisfies readonly Kind[];

export const addressParts = ['care_of', 'street', 'house_number', 'unit', 'postal_code', 'locality', 'region'] as const;
export type AddressPart = (typeof addressParts)[number];

const part = { postal_code: text, region: text, locality: text, street: text, house_number: text, unit: text, care_of: text };
const address = recordWith({ country: text, lines: list(text) }, part) satisfies Decoder<Address>;

const ending = record({ on: text, filed_at: text, moved_to: orNull(text) }) satisfies Decoder<Schemas['Ending']>;

export const registration = record({
  id: text,
  kind: oneOf(...kinds),
  assurance: oneOf('declared', 'code-confirmed', 'evidence-reviewed'),
  address,
  since: text,
  until: orNull(text),
  filed_at: text,
  confirmed_at: orNull(text),
  ended: orNull(ending),
  filed_by: orNull(text),
  undo_until: orNull(text),
}) satisfies Decoder<Registration>;

export const receipt = recordWith(
  { entry: whole, commitment: text, filed_at: text },
  { first_tried: text, legal_effect: oneOf('none: test mode'), model_profile: text },
) satisfies Decoder<Receipt>;

/** A receipt of an act of one's own, or of one for a child: that has no number, which would tell what else there is. */
export const eitherReceipt = recordWith(
  { commitment: text, filed_at: text },
  { entry: whole, legal_effect: oneOf('none: test mode'), model_profile: text },
) satisfies Decoder<Receipt | Schemas['ChildReceipt']>;

/** What comes back of an act that has nothing but its receipt. */
export const receiptAnswer = record({ receipt });
export const eitherReceiptAnswer = record({ receipt: eitherReceipt });

/** What comes back of each act on a registration. */
export const acted = record({
  receipt: eitherReceipt,
  registration: orNull(registration),
  filing_window: orNull(record({ last_day: text, met: flag })),
});
export type Acted = ReturnType<typeof acted>;

export const person = record({
  family_name: text,
  given_names: text,
  birth_date: orNull(text),
  document: record({ kind: oneOf('passport', 'identity-card', 'other'), number: text }),
}) satisfies Decoder<Person>;

/** What can be asked to be corrected: the rest one corrects by oneself. */
export const rectifiableFields = ['family_name', 'given_names', 'birth_date'] as const satisfies readonly Field[];

const rectification = record({ entry: whole, field: text, wanted: text, reason: text, filed_at: text });
export type Rectification = ReturnType<typeof rectification>;

const erasure = orNull(record({ due: text }));

export const me = record({
  person: orNull(person),
  registrations: list(registration),
  card: orNull(text),
  contact: orNull(text),
  rectification_requests: list(rectification),
  erasure,
});
export type Me = ReturnType<typeof me>;
export const erasureAnswer = record({ receipt, erasure });

export const registrations = record({ registrations: list(registration) });

/** A child as somebody sees who files for them: what they filed themselves. */
export const child = record({ id: text, given_names: text, birth_date: text, registrations: list(registration) }) satisfies Decoder<Schemas['Child']>;
export type ShownChild = Schemas['Child'];
export const children = record({ children: list(child) });

const named = record({ id: text, name: text });
const actShape = {
  at: text,
  // A newer register may know operations that this app does not: they are shown as such.
  operation: text,
  actor: text,
  reference: text,
  fields: list(text),
  commitment: text,
  provable: flag,
};
const entryShape = { entry: whole, ...actShape };
const entryMore = { first_tried: text, office: named, purpose: record({ id: text, label: text }), guardianship: text };

export const entry = recordWith(entryShape, entryMore);
export type ShownEntry = ReturnType<typeof entry>;
export const notice = recordWith({ ...entryShape, read: flag }, entryMore);
export type ShownNotice = ReturnType<typeof notice>;

/** An entry of one's own history, or one without a number: an act of one's own in a child's. */
export const act = recordWith(actShape, { entry: whole, ...entryMore });
export type ShownAct = ReturnType<typeof act>;
export const childHistory = record({ entries: list(act), before: orNull(text) });

export const historyPage = record({ entries: list(entry), before: orNull(whole) });
export const inbox = record({ notices: list(notice) });

export const testPeople = record({
  test_people: list(record({ id: text, label: text })),
});

const kindRule = record({ kind: text, needs_main: flag, stated_end: text, owed_after_days: whole });
export const profile = record({
  profile: record({
    name: text,
    title: text,
    model: flag,
    own_account_from_age: whole,
    filing_window: record({ count: whole, unit: oneOf('working-days', 'calendar-days', 'weeks') }),
    kinds: list(kindRule),
    evidence: list(record({ id: text, raises_to: text })),
    offices: list(named),
    purposes: list(record({ id: text, label: text, fields: list(text) })),
  }),
});

const codeState = oneOf('open', 'used', 'revoked', 'expired');

export const recordFields = ['family_name', 'given_names', 'birth_date', 'main_address', 'main_since', 'other_addresses', 'assurance'] as const satisfies readonly Field[];

/** One of one's own has the number of its entry, one for a child the commitment. */
const openingCode = recordWith({ code: orNull(text), fields: list(text), expires_at: text, state: codeState }, { entry: whole, commitment: text });
export type ShownCode = ReturnType<typeof openingCode>;
export const openingCodes = record({ opening_codes: list(openingCode) });
export const madeCode = record({ receipt: eitherReceipt, opening_code: openingCode });

export const letter = record({
  delivery: oneOf('post', 'counter'),
  asked_at: text,
  state: oneOf('asked', 'printed', 'spent', 'over', 'elsewhere'),
  good_through: orNull(text),
  tries_left: whole,
}) satisfies Decoder<Schemas['Letter']>;
export type Letter = Schemas['Letter'];
export const letterStanding = record({ letter: orNull(letter) });
export const letterAsked = record({ receipt: eitherReceipt, letter });

export const invitation = record({ entry: whole, code: orNull(text), registration: orNull(text), expires_at: text, state: codeState });
export type ShownInvitation = ReturnType<typeof invitation>;
export const invitations = record({ invitations: list(invitation) });
export const madeInvitation = record({ receipt, invitation });
export const openedInvitation = record({ address, since: text });

export const session = record({
  id: text,
  proof: oneOf('test-name', 'activation-code', 'printed-code', 'passkey'),
  begun_at: text,
  expires_at: text,
  last_end: text,
  current: flag,
}) satisfies Decoder<Schemas['Session']>;
export const sessions = record({ sessions: list(session) });

export const passkey = record({ entry: whole, name: text, good_from: text, removed_from: orNull(text), last_used: orNull(text) }) satisfies Decoder<Schemas['Passkey']>;
export const passkeys = record({ passkeys: list(passkey) });

const sheet = record({ entry: whole, good_from: text, codes: list(record({ number: whole, used_at: orNull(text) })) });
export const printedCodes = record({ in_use: orNull(sheet), waiting: orNull(sheet), frozen_until: orNull(text) });
export const newSheet = record({ receipt, sheet: record({ good_from: text, codes: list(text), freeze_code: text }) });
export const activationCode = record({ good_from: orNull(text), wrong_codes: whole });

const contactShape = { address: text, language: text, reminders: flag };
export const contact = record({
  in_force: orNull(record(contactShape)),
  unconfirmed: orNull(record({ ...contactShape, until: text, wrong_codes: whole })),
  sends_mail: flag,
});
export const namedContact = record({ receipt, confirm_until: orNull(text) });

export const proof = record({
  entry: whole,
  form: oneOf('wallet', 'file', 'paper'),
  life: oneOf('fresh', 'lasting'),
  fields: list(text),
  registration: text,
  issued_at: text,
  expires_at: text,
  number: orNull(text),
  withdrawn_at: orNull(text),
});
export type ShownProof = ReturnType<typeof proof>;
export const proofs = record({ proofs: list(proof) });
export const proofFields = ['family_name', 'given_names', 'birth_date', 'address', 'region', 'since', 'assurance'] as const satisfies readonly Schemas['ProofField'][];
export const issuedProofs = recordWith({ receipt, proof, proofs: list(text) }, { page: text });
export const walletOffer = record({ link: text, transaction_code: text, expires_at: text });
export type Offer = ReturnType<typeof walletOffer>;

/** What is said of a failure (RFC 9457). */
export const problem = recordWith({ type: text, status: whole, detail: text }, { field: text });
