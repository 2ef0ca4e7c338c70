import { describe, expect, it } from 'vitest';
import type { ShownEntry } from '../api/wire';
import type { AuditReport, AuditRow, Entry } from '../log';
import type { Audited } from './history_check';
import { differenceOf, faultsOf, newerThanShown, tickOf } from './judging';
import type { Standing } from './log_view';

const zeros = new Uint8Array(32);
const time = Date.UTC(2026, 10, 28, 11, 30, 5) / 1000;

const byHolder: Entry = {
  position: 7n, seq: 2n, previous: zeros, time, actor: 'holder', office: '', purpose: '', reference: 'r-1',
  operation: 'file', fields: ['address', 'since'], before: zeros, after: zeros,
  firstTried: null,
};
const byOfficial: Entry = { ...byHolder, actor: 'o.meyer', office: 'north', purpose: 'tax-residence', reference: 'T 1', operation: 'opening' };
const byGuardian: Entry = { ...byHolder, actor: 'guardian:g-9' };
const late: Entry = { ...byHolder, firstTried: Date.UTC(2026, 10, 27, 9, 5) / 1000 };

const shownHolder: ShownEntry = {
  entry: 2, at: '2026-11-28T11:30:05Z', operation: 'file', actor: 'holder', reference: 'r-1', fields: ['address', 'since'],
  commitment: '00'.repeat(32), provable: true,
};
const shownOfficial: ShownEntry = {
  ...shownHolder, actor: 'o.meyer', reference: 'T 1', operation: 'opening',
  office: { id: 'north', name: 'Office North' }, purpose: { id: 'tax-residence', label: 'Tax' },
};
const shownLate: ShownEntry = { ...shownHolder, first_tried: '2026-11-27T09:05:00Z' };
const shownGuardian: ShownEntry = { ...shownHolder, actor: 'guardian', guardianship: 'g-9' };

function rowOf(entry: Entry | null, more: Partial<AuditRow> = {}): AuditRow {
  return { seq: Number(entry?.seq ?? 0), entry, commitment: zeros, state: 'proven', index: 40, objection: null, late: false, ...more };
}

const standing: Standing = { code: 'grown', before: 5n, now: 9n, evidence: [], otherLogs: [], lasting: true };

function audited(rows: AuditRow[], more: Partial<Omit<Audited, 'report'>> = {}, report: Partial<AuditReport> = {}): Audited {
  return {
    code: 'audited', file: new Uint8Array(0), standing, ...more,
    report: {
      verdict: 'accepted', reason: { code: 'all-proven', entries: rows.length }, keyFromFile: false, testMode: true, origin: 'o',
      verifierKey: 'k', checkpoint: null, notYetProvable: [], erasures: [], rows, epochs: null, witnesses: null, ...report,
    },
  };
}

const three = [0n, 1n, 2n].map((seq) => rowOf({ ...byHolder, seq }));
const listed = [2, 1, 0].map((entry) => ({ ...shownHolder, entry }));
const now = time * 1000;

describe('what is shown', () => {
  it('is the entry, whoever acted', () => {
    expect(differenceOf(shownHolder, rowOf(byHolder), byHolder)).toBeNull();
    expect(differenceOf(shownOfficial, rowOf(byOfficial), byOfficial)).toBeNull();
    expect(differenceOf(shownGuardian, rowOf(byGuardian), byGuardian)).toBeNull();
    expect(differenceOf(shownLate, rowOf(late), late)).toBeNull();
  });

  it('is another entry if one thing in it is', () => {
    const forged: [ShownEntry, Entry, string][] = [
      [{ ...shownHolder, entry: 3 }, byHolder, 'number'],
      [{ ...shownHolder, commitment: '01'.repeat(32) }, byHolder, 'commitment'],
      [{ ...shownHolder, at: '2026-11-28T11:30:06Z' }, byHolder, 'time'],
      [{ ...shownHolder, operation: 'move' }, byHolder, 'operation'],
      [{ ...shownHolder, actor: 'o.meyer' }, byHolder, 'actor'],
      [shownGuardian, byHolder, 'actor'],
      [shownHolder, byGuardian, 'actor'],
      [{ ...shownHolder, actor: 'guardian:g-9' }, byGuardian, 'actor'],
      [{ ...shownGuardian, guardianship: 'g-8' }, byGuardian, 'actor'],
      [{ ...shownOfficial, office: { id: 'south', name: 'Office North' } }, byOfficial, 'office'],
      [{ ...shownHolder, office: { id: 'north', name: '' } }, byHolder, 'office'],
      [{ ...shownOfficial, purpose: { id: 'civil-status', label: 'Tax' } }, byOfficial, 'purpose'],
      [{ ...shownOfficial, reference: 'T 2' }, byOfficial, 'reference'],
      [{ ...shownHolder, fields: ['address'] }, byHolder, 'fields'],
      [{ ...shownHolder, fields: ['since', 'address'] }, byHolder, 'fields'],
      [shownLate, byHolder, 'first-tried'],
      [shownHolder, late, 'first-tried'],
      [{ ...shownLate, first_tried: '2026-11-27T09:04:00Z' }, late, 'first-tried'],
    ];
    for (const [shown, entry, part] of forged) expect(differenceOf(shown, rowOf(entry), entry)).toBe(part);
    const { office, purpose, ...unofficial } = shownOfficial;
    expect([office?.id, purpose?.id, differenceOf(unofficial, rowOf(byOfficial), byOfficial)]).toEqual(['north', 'tax-residence', 'office']);
  });

  it('has its tick only if it is in the log, and the log is not in dispute', () => {
    const tick = (row: AuditRow, more: Partial<Audited> = {}, at = now) => tickOf(audited([rowOf(byHolder), rowOf(byHolder), row], more), shownHolder, at);
    expect(tick(rowOf(byHolder))).toEqual({ code: 'proven', index: 40 });
    const waiting = rowOf(byHolder, { state: 'not-yet-provable', index: null });
    expect(tick(waiting)).toEqual({ code: 'waiting', late: false });
    expect(tick(waiting, {}, now + 3_601_000)).toEqual({ code: 'waiting', late: true });
    expect(tick(rowOf(byHolder, { state: 'unchecked' }))).toEqual({ code: 'unchecked' });
    for (const code of ['forked', 'shrunk', 'unsigned'] as const)
      expect(tick(rowOf(byHolder), { standing: { ...standing, code } })).toEqual({ code: 'unchecked' });
    expect(tick(rowOf(byHolder, { state: 'rejected', objection: { code: 'not-following' } }))).toEqual({ code: 'failed', why: 'out-of-order' });
    expect(tick(rowOf(null, { state: 'rejected', objection: { code: 'entry-malformed' } }))).toEqual({ code: 'failed', why: 'unreadable' });
    expect(tickOf(audited([]), shownHolder, now)).toEqual({ code: 'failed', why: 'absent' });
  });

  it('leaves no entry out', () => {
    const faults = (entries: ShownEntry[], isWhole = true, atLeast = 0) => faultsOf(audited(three), { entries, isWhole, atLeast }, now);
    const missing = (entry: number) => [{ code: 'list-leaves-out', entry }];
    const [newest, middle, oldest] = listed;
    if (!newest || !middle || !oldest) throw new Error('three are listed');
    expect(faults(listed)).toEqual([]);
    expect(faults([newest, oldest])).toEqual(missing(1));
    expect(faults([newest, middle])).toEqual(missing(0));
    expect(faults([newest, middle], false)).toEqual([]);
    expect(faults([middle, newest, oldest])).toEqual(missing(0));
    expect(faults([middle, oldest])).toEqual([]); // the newest may have come since
    expect(faults([middle, oldest], true, 3)).toEqual(missing(2)); // and may not if it was there before
    expect(faults(listed, true, 3)).toEqual([]);
    expect(newerThanShown(audited(three), { entries: [middle, oldest], isWhole: true, atLeast: 0 })).toBe(1);
  });
});
