// What `abode audit` says in English for each code, for tests only: by this a whole report can be held against the C++
// side's, word by word. The app has its own words in its catalogs.
import type {
  AuditReason, AuditRow, CheckpointObjection, EntryObjection, EpochLeafObjection, EpochObjection,
} from './audit_report';
import type { EntryMember, EntryRefusal, EntryRule } from './entry';
import type { LeafProofRefusal } from './proof';
import type { ConsistencyRefusal, InclusionRefusal } from './merkle';
import type { NotePart } from './note';

function timeSentence(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export const inclusionSentences: Readonly<Record<InclusionRefusal, string>> = {
  'no-such-leaf': 'The tree has no leaf of this index.',
  'too-few-hashes': 'The proof has fewer hashes than its place in the tree needs.',
  'too-many-hashes': 'The proof has more hashes than its place in the tree allows.',
  'another-root': 'The proof does not lead to the root of the tree.',
};

export const consistencySentences: Readonly<Record<ConsistencyRefusal, string>> = {
  shrunk: 'The log has shrunk.',
  'too-few-hashes': inclusionSentences['too-few-hashes'],
  'too-many-hashes': inclusionSentences['too-many-hashes'],
  'another-old-root': 'The proof does not lead to the root of the old tree.',
  'another-new-root': 'The proof does not lead to the root of the new tree.',
};

const maxSizes: Partial<Record<EntryMember, number>> = { reference: 64, fields: 24 };

function ruleSentence(member: EntryMember, rule: EntryRule): string {
  switch (rule) {
    case 'too-long': return `This text has more than ${maxSizes[member] ?? 32} bytes. Shorten it.`;
    case 'not-printable': return 'This text must be UTF-8 without control characters.';
    case 'empty': return member === 'fields' ? 'A field needs a name.' : 'An entry needs an operation.';
    case 'out-of-range':
      return member === 'first_tried'
        ? 'The first try is at a whole minute from 1970 on, and not after the entry.'
        : 'The time of an entry is between the years 1970 and 9999.';
    case 'not-the-first': return 'Entry 0 has no entry before it.';
  }
}

export function entryRefusalSentence(why: EntryRefusal): string {
  switch (why.code) {
    case 'entry-malformed':
      return 'This is not a journal entry: its bytes are not in the one form that entries have.';
    case 'entry-unsupported':
      return 'This journal entry is of a later version. Use a newer abode to read it.';
    case 'entry-invalid':
      return ruleSentence(why.member, why.rule);
  }
}

function entrySentence(why: EntryObjection, seq: number): string {
  switch (why.code) {
    case 'out-of-order':
      return `This should be entry ${seq} of the record but it is entry ${why.found}: entries are missing or out of order.`;
    case 'another-record': return 'This entry belongs to another record than the file.';
    case 'not-following': return 'This entry does not follow the one before it: one of the two was altered.';
    case 'before-its-predecessor': return 'This entry is dated before the one that it follows.';
    case 'same-place': return `This entry claims the same place in the log as entry ${why.as}.`;
    case 'not-in-log': return `The log does not hold this entry: ${inclusionSentences[why.how]}`;
    case 'another-state':
      return 'The record does not stand as this last entry left it: it was changed without an entry, or entries are missing.';
    case 'dated-back': return 'It is dated back: after that time witnesses saw the log without it.';
    case 'dated-ahead': return 'It is dated ahead: witnesses saw it in the log before that time.';
    default: return entryRefusalSentence(why);
  }
}

export function rowSentence(row: AuditRow): string {
  if (row.objection !== null) return entrySentence(row.objection, row.seq);
  if (row.index === null) return 'Not yet provable: ask for the file again after the next checkpoint.';
  if (row.state === 'unchecked') return 'Not held against the log, because the checkpoint cannot be trusted.';
  return `In the log at index ${row.index}.${row.late ? ' No witness saw it soon after its time.' : ''}`;
}

const noteParts: Readonly<Record<NotePart, string>> = {
  text: 'it is not UTF-8 text without control characters',
  'blank-line': 'there is no blank line before the signatures',
  'no-signature': 'there is no signature',
  signature: 'a signature line is not of the form that it must have',
  'last-newline': 'the last newline is missing',
};

const checkpointLines = {
  origin: 'the first line must name the log',
  size: 'the second line must be the size of the tree',
  root: 'the third line must be the root hash in base64',
  end: 'a line at its end is empty or has no newline',
} as const;

export function checkpointSentence(why: CheckpointObjection): string {
  switch (why.code) {
    case 'key-malformed': return 'This is not a verifier key. Copy the line again, whole.';
    case 'key-unsupported':
      return "This verifier key is of a type that is not served. A log's is of type 01, a witness's of type 04.";
    case 'another-key-than-trusted': return 'The file names another key than the one you trust.';
    case 'another-log-than-named': return 'The file names another log than its checkpoint.';
    case 'note-too-large': return 'A signed note has at most 1,000,000 bytes.';
    case 'note-too-many-signatures': return 'A signed note has at most 64 signatures.';
    case 'note-malformed': return `This is not a signed note: ${noteParts[why.part]}. Copy it again, whole.`;
    case 'signature-bad': return `The signature of ${why.name} is not good: the note was altered.`;
    case 'signature-missing':
      return 'No key that you trust has signed this note. Check that you use the right key.';
    case 'checkpoint-malformed':
      return `This is not a checkpoint: ${checkpointLines[why.line]}. Copy it again, whole.`;
    case 'origin-another': return `The checkpoint is of the log ${why.origin}, the key of ${why.key}.`;
    case 'log-unknown': return `The policy does not know the log ${why.origin}.`;
  }
}

const proofParts = {
  'first-line': 'its first line is another one',
  extra: 'its extra data is not base64',
  'index-missing': 'the index is missing',
  'index-number': 'its index is not a number',
  hash: 'one of its hashes is not 32 bytes in base64',
  'blank-line': 'the blank line before the checkpoint is missing',
} as const;

export function leafProofSentence(why: LeafProofRefusal): string {
  switch (why.code) {
    case 'proof-malformed': return `This is not a proof of the log: ${proofParts[why.part]}. Copy it again, whole.`;
    case 'proof-too-large': return 'A proof of the log has at most 2,000,000 bytes.';
    case 'proof-too-many-hashes': return 'A proof has at most 64 hashes.';
    default: return checkpointSentence(why);
  }
}

function epochSentence(why: EpochObjection): string {
  switch (why.code) {
    case 'not-in-log': return `The log does not hold it: ${inclusionSentences[why.how]}`;
    case 'covers-too-much': return 'It covers more than was in the log before it.';
    case 'after-a-later-one': return 'It comes after a later one.';
    case 'covers-less': return 'It covers less than the one before it.';
    case 'binds-before-entry-0':
      return 'It is older than entry 0, and yet binds entries: this is not the first record here.';
    case 'tells-nothing': return 'It is older than entry 0, as the one before it is, and tells nothing.';
    case 'shows-no-head': return 'It covers entries, but the file does not show what it binds.';
    case 'binds-later-entries': return 'It binds entries that came after it.';
    case 'end-cut-off': return `It binds ${why.binds} entries, and the file has ${why.have}: the end was cut off.`;
    case 'another-count':
      return `It binds ${why.binds} entries, and ${why.covers} of the file were in the log by then.`;
    case 'another-head':
      return `Its head tree does not bind these entries at this position: there are others, or they were taken away. ${inclusionSentences[why.how]}`;
  }
}

function epochLeafSentence(index: number, why: EpochLeafObjection): string {
  switch (why) {
    case 'not-an-epoch': return `The leaf ${index} is given as an epoch, and is none.`;
    case 'epoch-malformed':
      return `Epoch leaf ${index}: This leaf is not an epoch: its bytes are not in their one form.`;
    case 'epoch-unsupported':
      return `Epoch leaf ${index}: This epoch is of a later version. Use a newer abode to read it.`;
  }
}

/** `origin` is that of the history. */
export function reasonSentence(reason: AuditReason, origin: string): string {
  switch (reason.code) {
    case 'all-proven': return `All entries, ${reason.entries} in number, are in the log, unaltered and in order.`;
    case 'not-yet-provable':
      return `${reason.count} of ${reason.entries} entries are not yet provable; all others are in the log, unaltered and in order.`;
    case 'no-epoch':
      return 'No epoch is in the file: nothing shows how many entries the record has. A register closes its first epoch when it begins.';
    case 'epochs-missing': {
      const { first, last } = reason.range;
      if (first === last) return `The epoch ${first} is missing: what it binds is not shown.`;
      return `Of the epochs ${first} to ${last} some are missing: what they bind is not shown.`;
    }
    case 'epoch-overdue':
      return `The epoch ${reason.number} was due on ${timeSentence(reason.due)} and is not in the file: what it binds is not shown.`;
    case 'no-quorum':
      return `The log's own signature is good, but ${reason.cosigners} of ${reason.known} witnesses have cosigned this checkpoint, and the policy asks for more. Ask for the file again later.`;
    case 'times-unconfirmed':
      return `All entries are in the log, but of ${reason.count} the witnesses do not confirm the time. Entry ${reason.first} is the first.`;
    case 'checkpoint-untrusted': return `The checkpoint cannot be trusted: ${checkpointSentence(reason.why)}`;
    case 'no-entries': return 'The file has no entries, but a history begins with entry 0.';
    case 'entry-rejected': return `Entry ${reason.seq}: ${entrySentence(reason.why, reason.seq)}`;
    case 'epoch-leaf-rejected': return epochLeafSentence(reason.index, reason.why);
    case 'epoch-rejected': return `Epoch ${reason.number}: ${epochSentence(reason.why)}`;
    case 'unknown-log': return `The policy does not know the log ${origin}.`;
    case 'older-checkpoint-untrusted': return checkpointSentence(reason.why);
    case 'not-grown':
      return `The log did not grow out of the ${reason.size} leaves that its witnesses saw before: ${consistencySentences[reason.how]}`;
  }
}
