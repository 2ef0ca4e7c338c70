import { beforeEach, describe, expect, it } from 'vitest';
import { TestKey, TestLog } from './log.testing';
import { SeenHeads } from './seen';
import type { KeyValueStore, Sighting } from './seen';
import type { TileFetcher } from './tiles';

class MemoryStore implements KeyValueStore {
  readonly kept = new Map<string, string>();
  async keys(prefix: string): Promise<string[]> {
    return [...this.kept.keys()].filter((key) => key.startsWith(prefix));
  }
  async get(key: string): Promise<string | null> {
    return this.kept.get(key) ?? null;
  }
  async set(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
  }
  async delete(key: string): Promise<void> {
    this.kept.delete(key);
  }
}

function tilesOf(log: TestLog): TileFetcher {
  return async (path) => log.tile(path);
}

async function see(store: KeyValueStore, log: TestLog, size: number, fetch = tilesOf(log)): Promise<Sighting> {
  const seen = await (await SeenHeads.open(store, log.signer.key)).see(log.noteAt(size), fetch);
  if (!seen.ok) throw new Error(seen.why.code);
  return seen.value;
}

describe('the heads that were seen', () => {
  const log = new TestLog(700);
  let store = new MemoryStore();
  beforeEach(() => {
    store = new MemoryStore();
  });

  it('begin with the first, and grow', async () => {
    expect((await see(store, log, 5)).code).toBe('first');
    for (const size of [5, 6, 8, 255, 256, 257, 700]) {
      const sighting = await see(store, log, size);
      expect(sighting.code).toBe('grown');
      expect(sighting.checkpoint.size).toBe(BigInt(size));
    }
    expect((await SeenHeads.open(store, log.signer.key)).kept.map(({ checkpoint }) => Number(checkpoint.size))).toEqual(
      [700, 257, 256, 255, 8, 6, 5],
    );
  });

  it('begin with an empty log too', async () => {
    await see(store, log, 0);
    expect((await see(store, log, 7)).code).toBe('grown');
  });

  it('show a log that shrank, and go on showing it', async () => {
    await see(store, log, 300);
    const sighting = await see(store, log, 299);
    expect(sighting.code).toBe('shrunk');
    expect(sighting.relations[0]?.kept.note).toBe(log.noteAt(300));
    expect((await see(store, log, 299)).code).toBe('shrunk');
    expect((await see(store, log, 300)).code).toBe('grown');
  });

  it('show a log that forked, at the same size and at any later one, and go on showing it', async () => {
    await see(store, log, 300);
    for (const fork of [0, 255, 256, 299]) {
      const other = new TestLog(700, fork);
      expect((await see(new MemoryStore(), other, 300)).code).toBe('first');
      const copy = new MemoryStore();
      for (const [key, note] of store.kept) await copy.set(key, note);
      for (const size of [300, 301, 512, 513, 700]) expect((await see(copy, other, size)).code).toBe('forked');
      expect((await see(copy, log, 700)).code).toBe('forked');
      const both = (await SeenHeads.open(copy, log.signer.key)).kept.map(({ note }) => note);
      expect(both).toContain(log.noteAt(300));
      expect(both).toContain(other.noteAt(300));
    }
    expect((await see(store, new TestLog(700, 300), 700)).code).toBe('grown');
  });

  it('show a fork from a size that is a power of two', async () => {
    await see(store, log, 256);
    expect((await see(store, new TestLog(700, 255), 700)).code).toBe('forked');
  });

  it('prove nothing without tiles, or by tiles of another tree', async () => {
    await see(store, log, 300);
    const why = async (fetch: TileFetcher): Promise<unknown> => {
      const copy = new MemoryStore();
      for (const [key, note] of store.kept) await copy.set(key, note);
      const { code, relations } = await see(copy, log, 700, fetch);
      return [code, relations[0]?.relation];
    };
    const unproven = (reason: string) => ['unproven', { code: 'unproven', why: reason }];
    expect(await why(async () => null)).toEqual(unproven('no-tile'));
    expect(await why(async () => new Uint8Array(31))).toEqual(unproven('tile-malformed'));
    expect(await why(tilesOf(new TestLog(700, 10)))).toEqual(unproven('tiles-differ'));
    expect(await why(async () => Promise.reject(new TypeError('offline')))).toEqual(unproven('unreachable'));
    expect(await why(tilesOf(log))).toEqual(['grown', { code: 'grown' }]);
  });

  it('are checked again later if they could not be proven', async () => {
    await see(store, log, 300);
    expect((await see(store, log, 400, async () => null)).code).toBe('unproven');
    expect((await see(store, log, 700)).relations.map(({ relation }) => relation.code)).toEqual(['grown', 'grown']);
    await see(store, new TestLog(700, 350), 500, async () => null);
    expect((await see(store, log, 700)).code).toBe('forked');
  });

  it('keep a few while all agree, the largest', async () => {
    for (let size = 1; size <= 20; ++size) await see(store, log, size);
    const kept = (await SeenHeads.open(store, log.signer.key)).kept;
    expect(kept.map(({ checkpoint }) => Number(checkpoint.size))).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
  });

  it('never grow without bound in a dispute', async () => {
    await see(store, log, 600);
    for (let size = 1; size <= 100; ++size) await see(store, log, size);
    expect(store.kept.size).toBe(64);
    expect((await see(store, log, 5)).code).toBe('shrunk');
  });

  it('let a tab that asked earlier keep what it got', async () => {
    await see(store, log, 100);
    const early = await SeenHeads.open(store, log.signer.key);
    expect((await see(store, log, 700)).code).toBe('grown');
    const late = await early.see(log.noteAt(300), tilesOf(log));
    expect(late.ok && late.value.code).toBe('grown');
  });

  it('take no note that the key did not sign', async () => {
    const heads = await SeenHeads.open(store, log.signer.key);
    const seen = async (note: string): Promise<string> => {
      const sighting = await heads.see(note, tilesOf(log));
      return sighting.ok ? 'seen' : sighting.why.code;
    };
    expect(await seen(new TestLog(7, Infinity, new TestKey(2)).noteAt(7))).toBe('signature-missing');
    expect(await seen(log.noteAt(7).replace('\n7\n', '\n8\n'))).toBe('signature-bad');
    expect(await seen('nonsense')).toBe('note-malformed');
    expect(await seen(log.signer.noteOf('hello\n'))).toBe('checkpoint-malformed');
    expect(store.kept.size).toBe(0);
  });

  it('leave other logs and damaged notes aside', async () => {
    const other = new TestLog(50, 3, new TestKey(2));
    await see(store, other, 50);
    expect((await see(store, log, 10)).code).toBe('first');
    for (const key of await store.keys('')) await store.set(key, 'damaged');
    expect((await see(store, log, 5)).code).toBe('first');
  });
});
