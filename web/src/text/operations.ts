import type { ShownAct } from '../api/wire';
import { type MessageId, t, tOf } from './text';

// Entries of a history in plain words. An operation that is newer than this app is shown by its own name.

const sentences: Readonly<Record<string, MessageId>> = {
  enrol: 'operation.enrol',
  'activation-code': 'operation.activation-code',
  'identified-in-person': 'operation.identified-in-person',
  'sign-in': 'operation.sign-in',
  'printed-codes': 'operation.printed-codes',
  'discard-printed-codes': 'operation.discard-printed-codes',
  'discard-activation-code': 'operation.discard-activation-code',
  passkey: 'operation.passkey',
  'remove-passkey': 'operation.remove-passkey',
  'keep-passkey': 'operation.keep-passkey',
  contact: 'operation.contact',
  'confirm-contact': 'operation.confirm-contact',
  'remove-contact': 'operation.remove-contact',
  freeze: 'operation.freeze',
  file: 'operation.file',
  correct: 'operation.correct',
  confirm: 'operation.confirm',
  renew: 'operation.renew',
  'make-main': 'operation.make-main',
  'confirm-by-code': 'operation.confirm-by-code',
  move: 'operation.move',
  end: 'operation.end',
  undo: 'operation.undo',
  'opening-code': 'operation.opening-code',
  'revoke-opening-code': 'operation.revoke-opening-code',
  invitation: 'operation.invitation',
  'revoke-invitation': 'operation.revoke-invitation',
  'letter-request': 'operation.letter-request',
  'withdraw-letter-request': 'operation.withdraw-letter-request',
  letter: 'operation.letter',
  'wrong-letter-code': 'operation.wrong-letter-code',
  'landlord-refused': 'operation.landlord-refused',
  proof: 'operation.proof',
  'withdraw-proof': 'operation.withdraw-proof',
  guardianship: 'operation.guardianship',
  'invitation-opened': 'operation.invitation-opened',
  'rectification-request': 'operation.rectification-request',
  'withdraw-rectification-request': 'operation.withdraw-rectification-request',
  erasure: 'operation.erasure',
  'undo-erasure': 'operation.undo-erasure',
};

const passkeyReference = 'passkey';

/** What happened, as a sentence; in a child's history with the child's name. */
export function sentenceOf(entry: ShownAct, child: string | null = null): string {
  const office = entry.office?.name ?? '';
  if (entry.operation === 'opening') return t('operation.opening', { office });
  if (entry.operation === 'opening-refused') return t('operation.opening-refused', { office });
  if (entry.operation === 'identified-in-person') return t('operation.identified-in-person', { office });
  if (entry.operation === 'sign-in' && entry.reference.startsWith(passkeyReference)) return t('operation.sign-in.passkey');
  if (entry.operation === 'sign-in' && entry.reference) return t('operation.sign-in.printed', { number: entry.reference });
  const id = Object.prototype.hasOwnProperty.call(sentences, entry.operation) ? sentences[entry.operation] : undefined;
  return id ? tOf(child, id) : entry.operation;
}

/** Who did it; in a child's history with the child's name. */
export function actorOf(entry: ShownAct, child: string | null = null): string {
  if (entry.actor === 'holder') return tOf(child, 'operation.by.you');
  if (entry.guardianship) return t('operation.by.guardian');
  if (entry.actor === 'invited') return t('operation.by.invited');
  if (entry.office) return t('operation.by.official', { office: entry.office.name, account: entry.actor });
  return t('operation.by.register');
}

const purposes: Readonly<Record<string, MessageId>> = {
  'school-enrolment': 'opening.purpose.school-enrolment',
  'social-benefit': 'opening.purpose.social-benefit',
  'civil-status': 'opening.purpose.civil-status',
  'tax-residence': 'opening.purpose.tax-residence',
  'counter-help': 'opening.purpose.counter-help',
};

export function purposeInWords({ id, label }: { id: string; label: string }): string {
  const known = Object.prototype.hasOwnProperty.call(purposes, id) ? purposes[id] : undefined;
  return known ? t(known) : label;
}

const fields: Readonly<Record<string, MessageId>> = {
  family_name: 'field.family_name',
  given_names: 'field.given_names',
  birth_date: 'field.birth_date',
  main_address: 'field.main_address',
  main_since: 'field.main_since',
  other_addresses: 'field.other_addresses',
  assurance: 'field.assurance',
  address: 'field.address',
  region: 'field.region',
  since: 'field.since',
};

export function fieldInWords(name: string): string {
  const known = Object.prototype.hasOwnProperty.call(fields, name) ? fields[name] : undefined;
  return known ? t(known) : name;
}
