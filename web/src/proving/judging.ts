// What was audited, held against what is shown: the list comes from the register's API, the proof from the file.
import type { ShownEntry } from '../api/wire';
import { toHex } from '../base/bytes';
import type { AuditReason, AuditRow, Entry, EntryObjection, EpochObjection } from '../log';
import type { Audited } from './history_check';
import { inDispute } from './log_view';

/** What of an entry is shown otherwise than the file has it. */
export type Part = 'number' | 'time' | 'operation' | 'actor' | 'office' | 'purpose' | 'reference' | 'fields' | 'first-tried' | 'commitment';

/** Why an entry does not fit, in as many kinds as there are sentences for it. */
export type EntryFault = 'unreadable' | 'newer' | 'another-record' | 'out-of-order' | 'not-in-log' | 'another-state';

/** What the mark of an entry says. */
export type Tick =
  /** This very entry is in the file, and the file's audit proved it to be in the log, at this index. */
  | { readonly code: 'proven'; readonly index: number }
  /** `late`: it is older than an hour. */
  | { readonly code: 'waiting'; readonly late: boolean }
  /** The log cannot be trusted, so that there is nothing to hold it against. */
  | { readonly code: 'unchecked' }
  | { readonly code: 'failed'; readonly why: EntryFault }
  | { readonly code: 'failed'; readonly why: 'absent' }
  | { readonly code: 'failed'; readonly why: 'differs'; readonly part: Part };

const late_s = 3_600;
const guardianPrefix = 'guardian:';

function faultOfEntry({ code }: EntryObjection): EntryFault {
  switch (code) {
    case 'entry-malformed':
    case 'entry-invalid':
      return 'unreadable';
    case 'entry-unsupported':
      return 'newer';
    case 'another-record':
    case 'not-in-log':
    case 'another-state':
      return code;
    default:
      return 'out-of-order';
  }
}

/** As the register's API writes a time. */
function momentOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Who acted, as the API says it (src/service/actor.cpp): a guardian by the guardianship, anybody else as they are. */
function isActor(shown: ShownEntry, entry: Entry): boolean {
  const byGuardian = entry.office === '' && entry.actor.startsWith(guardianPrefix);
  if (!byGuardian) return shown.actor === entry.actor && shown.guardianship === undefined;
  return shown.actor === 'guardian' && shown.guardianship === entry.actor.slice(guardianPrefix.length);
}

/** The first thing of an entry that is shown otherwise than it is in the file; null if nothing is. */
export function differenceOf(shown: ShownEntry, row: AuditRow, entry: Entry): Part | null {
  if (BigInt(shown.entry) !== entry.seq) return 'number';
  if (shown.commitment !== toHex(row.commitment)) return 'commitment';
  if (shown.at !== momentOf(entry.time)) return 'time';
  if (shown.operation !== entry.operation) return 'operation';
  if (!isActor(shown, entry)) return 'actor';
  if ((shown.office?.id ?? '') !== entry.office) return 'office';
  // The API tells a purpose only of what an office did.
  if ((shown.purpose?.id ?? '') !== (entry.office === '' ? '' : entry.purpose)) return 'purpose';
  if (shown.reference !== entry.reference) return 'reference';
  const sameFields = shown.fields.length === entry.fields.length && shown.fields.every((name, i) => name === entry.fields[i]);
  if (!sameFields) return 'fields';
  const firstTried = entry.firstTried === null ? undefined : momentOf(entry.firstTried);
  return shown.first_tried === firstTried ? null : 'first-tried';
}

/** The mark of one entry of the list; `now` in milliseconds since 1970. */
export function tickOf(audited: Audited, shown: ShownEntry, now: number): Tick {
  const row = audited.report.rows[shown.entry];
  if (row === undefined) return { code: 'failed', why: 'absent' };
  if (row.objection !== null) return { code: 'failed', why: faultOfEntry(row.objection) };
  if (row.entry === null) return { code: 'failed', why: 'unreadable' };
  const part = differenceOf(shown, row, row.entry);
  if (part !== null) return { code: 'failed', why: 'differs', part };
  if (row.state === 'not-yet-provable') return { code: 'waiting', late: now / 1000 - row.entry.time > late_s };
  if (row.state !== 'proven' || row.index === null || inDispute(audited.standing)) return { code: 'unchecked' };
  return { code: 'proven', index: row.index };
}

/** Something that does not fit, in the whole. */
export type Fault =
  | { readonly code: 'log-unsigned' | 'log-forked' | 'checkpoint-untrusted' | 'another-log' | 'no-entries' | 'other' }
  | { readonly code: 'log-shrunk'; readonly before: bigint; readonly now: bigint }
  | { readonly code: 'entry'; readonly entry: number; readonly why: EntryFault }
  | { readonly code: 'epoch-cut-off'; readonly binds: number; readonly have: number }
  | { readonly code: 'epoch-differs' | 'epoch-unreadable' }
  | { readonly code: 'list-differs'; readonly entry: number; readonly part: Part }
  | { readonly code: 'list-invents' | 'list-leaves-out'; readonly entry: number };

function faultOfEpoch(why: EpochObjection): Fault {
  if (why.code === 'end-cut-off') return { code: 'epoch-cut-off', binds: why.binds, have: why.have };
  return { code: 'epoch-differs' };
}

/** Null for what is no rejection: then something is not shown yet, or all is. */
function faultOfReason(reason: AuditReason): Fault {
  switch (reason.code) {
    case 'checkpoint-untrusted': {
      const another = reason.why.code === 'another-key-than-trusted' || reason.why.code === 'another-log-than-named';
      return { code: another ? 'another-log' : 'checkpoint-untrusted' };
    }
    case 'no-entries':
      return { code: 'no-entries' };
    case 'entry-rejected':
      return { code: 'entry', entry: reason.seq, why: faultOfEntry(reason.why) };
    case 'epoch-rejected':
      return faultOfEpoch(reason.why);
    case 'epoch-leaf-rejected':
      return { code: 'epoch-unreadable' };
    default:
      return { code: 'other' }; // a policy's, which an audit by the key has not
  }
}

function faultsOfLog({ standing }: Audited): Fault[] {
  if (standing.code === 'unsigned') return [{ code: 'log-unsigned' }];
  if (standing.code === 'forked') return [{ code: 'log-forked' }];
  if (standing.code !== 'shrunk') return [];
  return [{ code: 'log-shrunk', before: standing.before ?? 0n, now: standing.now ?? 0n }];
}

/** The list of entries as it is shown, the newest first. */
export interface ShownList {
  readonly entries: readonly ShownEntry[];
  /** It goes down to the first entry. */
  readonly isWhole: boolean;
  /** So many entries a file had before the list was asked for: it must show as many. */
  readonly atLeast: number;
}

/** The first entry that is missing in the list, which goes down one by one from its newest, to 0 if nothing is below. */
function leftOut({ entries, isWhole, atLeast }: ShownList): number | null {
  let above: number | null = atLeast > 0 && (entries[0]?.entry ?? -1) < atLeast - 1 ? atLeast : null;
  for (const { entry } of entries) {
    if (above !== null && entry !== above - 1) return above - 1;
    above = entry;
  }
  return isWhole && above !== null && above > 0 ? above - 1 : null;
}

function faultsOfList(audited: Audited, shown: ShownList, now: number): Fault[] {
  const faults: Fault[] = [];
  for (const { entry, tick } of shown.entries.map((one) => ({ entry: one.entry, tick: tickOf(audited, one, now) }))) {
    if (tick.code !== 'failed') continue;
    if (tick.why === 'differs') faults.push({ code: 'list-differs', entry, part: tick.part });
    if (tick.why === 'absent') faults.push({ code: 'list-invents', entry });
  }
  const missing = leftOut(shown);
  if (missing !== null) faults.push({ code: 'list-leaves-out', entry: missing });
  return faults;
}

/** All that stands against the log, the file and the list; `now` in milliseconds since 1970. */
export function faultsOf(audited: Audited, shown: ShownList, now: number): Fault[] {
  const { verdict, reason } = audited.report;
  const file = verdict === 'rejected' ? [faultOfReason(reason)] : [];
  return [...faultsOfLog(audited), ...file, ...faultsOfList(audited, shown, now)];
}

/** Entries that the file has and the list, loaded before it, has not yet. */
export function newerThanShown(audited: Audited, { entries }: ShownList): number {
  const [newest] = entries;
  return newest === undefined ? audited.report.rows.length : Math.max(0, audited.report.rows.length - 1 - newest.entry);
}
