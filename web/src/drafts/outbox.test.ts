// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../api/client';
import { keepDraft, readDraft } from './drafts';
import { firstTry, isFor, outbox, putAside, refreshOutbox, sendWaiting, type Waiting } from './outbox';
import { ownedBy } from './owner';
import { dropAll, keep } from './storage';

const request = (key: string, first_tried = '2026-11-28T10:00:00Z'): Waiting => ({ key, path: '/api/v1/registrations', body: '{}', first_tried });
const soon = () => new Date('2026-11-28T10:05:00Z');
const good: Answer<string> = { ok: true, value: 'done' };
const offline: Answer<string> = { ok: false, failure: { kind: 'offline' } };
const refused: Answer<string> = { ok: false, failure: { kind: 'refused', type: 'invalid', status: 422, detail: '', field: 'since' } };

beforeEach(() => {
  localStorage.clear();
  refreshOutbox();
});

describe('what waits to be sent', () => {
  it('is sent once, in its order, and gone then', async () => {
    putAside(request('a'));
    putAside(request('b'));
    putAside(request('a'));
    const sent: string[] = [];
    const answered: string[] = [];
    const send = async ({ key }: Waiting) => (sent.push(key), good);
    await sendWaiting(send, ({ key }) => answered.push(key), soon);
    await sendWaiting(send, ({ key }) => answered.push(key), soon);
    expect(sent).toEqual(['b', 'a']);
    expect(answered).toEqual(sent);
    expect(outbox.get()).toEqual([]);
  });

  it('waits on while there is no connection', async () => {
    putAside(request('a'));
    putAside(request('b'));
    const sent: string[] = [];
    await sendWaiting(async ({ key }) => (sent.push(key), offline), () => expect.fail(), soon);
    expect(sent).toEqual(['a']);
    refreshOutbox();
    expect(outbox.get().map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('waits on while nobody is signed in, or the register is busy', async () => {
    putAside(request('a'));
    for (const [type, status] of [['unauthenticated', 401], ['stale-sign-in', 403], ['busy', 503]] as const)
      await sendWaiting(async () => ({ ok: false, failure: { kind: 'refused', type, status, detail: '', field: null } }), () => expect.fail(), soon);
    expect(outbox.get()).toHaveLength(1);
  });

  it('is not sent again after a refusal', async () => {
    putAside(request('a'));
    let answer: unknown = null;
    await sendWaiting(async () => refused, (_, came) => (answer = came), soon);
    expect(answer).toEqual(refused);
    expect(outbox.get()).toEqual([]);
  });

  it('is not sent by itself once its key may be forgotten', async () => {
    putAside(request('a', '2026-11-25T10:00:00Z'));
    await sendWaiting(async () => expect.fail(), () => expect.fail(), soon);
    expect(outbox.get()).toHaveLength(1);
  });

  it('says in which minute it was first tried, the same each time', async () => {
    putAside(request('a', '2026-11-28T10:00:59.999Z'));
    const said: (string | null)[] = [];
    for (const now of ['2026-11-28T10:03:00Z', '2026-11-28T22:00:00Z', '2026-11-30T10:00:00Z'])
      await sendWaiting(async (_, first_tried) => (said.push(first_tried), offline), () => expect.fail(), () => new Date(now));
    expect(said).toEqual(['2026-11-28T10:00:00Z', '2026-11-28T10:00:00Z', '2026-11-28T10:00:00Z']);
  });

  it.each([
    ['it waited less than a minute', '2026-11-28T10:04:00.001Z', null],
    ['it waited a minute', '2026-11-28T10:04:00Z', '2026-11-28T10:04:00Z'],
    ['the clock was set back meanwhile', '2026-11-29T10:04:00Z', null],
    ['it is of the day before', '2026-11-27T23:59:59Z', '2026-11-27T23:59:00Z'],
    ['the clock is before 1970', '1969-12-31T23:59:59.999Z', '1969-12-31T23:59:00Z'],
    ['the clock is before the year 0', '-000001-01-01T00:00:00.000Z', null],
    ['it is damaged', 'yesterday', null],
  ])('says so or nothing, if %s', (_, first_tried, said) => {
    expect(firstTry(request('a', first_tried), soon())).toBe(said);
  });

  it('is sent without it by a clock that is beyond all years', () => {
    expect(firstTry(request('a', '+012026-11-28T10:00:00.000Z'), new Date('+012026-11-28T11:00:00.000Z'))).toBeNull();
  });

  it('is for oneself or for one child', () => {
    putAside(request('mine'));
    putAside({ ...request('hers'), child: 'G1' });
    refreshOutbox();
    const keys = (child: string | null) => outbox.get().filter(isFor(child)).map(({ key }) => key);
    expect([keys(null), keys('G1'), keys('G2')]).toEqual([['mine'], ['hers'], []]);
  });

  it('is passed over if it is damaged', () => {
    keep('outbox', [{ key: 'a', path: '/elsewhere' }]);
    refreshOutbox();
    expect(outbox.get()).toEqual([]);
  });
});

describe('what is kept on the device', () => {
  it('stays for the same person and goes for another', async () => {
    expect(await ownedBy('C1')).toBe(false);
    keepDraft('register', { street: 'Sonnenallee' });
    putAside(request('a'));
    expect(await ownedBy('C1')).toBe(false);
    expect(readDraft('register')).toEqual({ street: 'Sonnenallee' });
    expect(await ownedBy('C2')).toBe(true);
    expect(readDraft('register')).toBeNull();
    refreshOutbox();
    expect(outbox.get()).toEqual([]);
  });

  it('names nobody', async () => {
    await ownedBy('C0000172A');
    expect(JSON.stringify(Object.entries(localStorage))).not.toContain('C0000172A');
  });

  it('goes all at once', () => {
    keepDraft('register', { a: 'b' });
    localStorage.setItem('other', 'stays');
    dropAll();
    expect(Object.keys(localStorage)).toEqual(['other']);
  });
});
