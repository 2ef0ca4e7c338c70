import { beforeEach, describe, expect, it } from 'vitest';
import { TestKey, TestLog } from './log.testing';
import { type LogSources, lookAtLog } from './look';

const kept = new Map<string, string>();
const store: LogSources['store'] = {
  keys: async (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
  get: async (key) => kept.get(key) ?? null,
  set: async (key, value) => void kept.set(key, value),
  delete: async (key) => void kept.delete(key),
};

/** What a register would serve of this log. */
function sources(log: TestLog, checkpoint: string | null): LogSources {
  const text: LogSources['text'] = async (name) => (name === 'checkpoint' ? checkpoint : `${log.signer.key.line}\n`);
  return { store, text, tile: async (path) => log.tile(path) };
}

describe('a look at the log', () => {
  const log = new TestLog(300);
  beforeEach(() => kept.clear());

  it('sees the first, then that it grew, and from how many', async () => {
    expect(await lookAtLog(sources(log, log.noteAt(70)))).toMatchObject({ code: 'first', before: null, others: [] });
    const later = await lookAtLog(sources(log, log.noteAt(300)));
    expect(later).toMatchObject({ code: 'grown', before: 70n });
  });

  it('sees a log that shrank and one that was rewritten', async () => {
    await lookAtLog(sources(log, log.noteAt(200)));
    expect(await lookAtLog(sources(log, log.noteAt(199)))).toMatchObject({ code: 'shrunk', before: 200n });
    const other = new TestLog(300, 100);
    expect(await lookAtLog(sources(other, other.noteAt(300)))).toMatchObject({ code: 'forked' });
  });

  it('names the other logs that it has seen', async () => {
    await lookAtLog(sources(log, log.noteAt(5)));
    const another = new TestLog(5, Infinity, new TestKey(2, 'abode.example/new'));
    expect(await lookAtLog(sources(another, another.noteAt(5)))).toMatchObject({ code: 'first', others: ['abode.example/log'] });
  });

  it('keeps nothing that the key did not sign', async () => {
    const forged = new TestLog(9, Infinity, new TestKey(2));
    expect(await lookAtLog(sources(log, forged.noteAt(9)))).toEqual({ code: 'unsigned' });
    expect(await lookAtLog(sources(log, log.noteAt(9).replace('\n9\n', '\n8\n')))).toEqual({ code: 'unsigned' });
    expect(await lookAtLog(sources(log, 'hello'))).toEqual({ code: 'unsigned' });
    expect(kept.size).toBe(0);
  });

  it('says what was not to be had', async () => {
    expect(await lookAtLog(sources(log, null))).toEqual({ code: 'no-checkpoint' });
    expect(await lookAtLog({ ...sources(log, null), text: async () => 'no key' })).toEqual({ code: 'bad-key' });
    expect(await lookAtLog({ ...sources(log, null), text: () => Promise.reject(new Error('offline')) })).toEqual({ code: 'unreachable' });
    await lookAtLog(sources(log, log.noteAt(20)));
    expect(await lookAtLog({ ...sources(log, log.noteAt(300)), tile: async () => null })).toMatchObject({ code: 'unproven' });
  });
});
