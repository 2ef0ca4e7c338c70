// Entries and epochs, in their one form and in others, against what C++ says of each.
import { expect, it } from 'vitest';
import { describeVectors, patched } from '../../test/vectors';
import { toBase64, toHex } from '../base/bytes';
import { commitment, decodeEntry, stateMac } from './entry';
import type { EntryRefusal } from './entry';
import { missingBetween, overdueAt, parseEpochLeaf } from './epoch';
import type { Epoch } from './epoch';
import { entryRefusalSentence } from './sentences.testing';

function refusalJson(why: EntryRefusal): unknown {
  const detail = entryRefusalSentence(why);
  if (why.code === 'entry-invalid') return { code: 'invalid', field: why.member, detail };
  const unsupported = why.code === 'entry-unsupported';
  return { code: unsupported ? 'unsupported' : 'malformed', field: unsupported ? 'version' : '', detail };
}

describeVectors('log_entries.json', (file) => {
  const salt = file.at('salt').bytes();
  it('are read as C++ reads them', () => {
    const wrong: unknown[] = [];
    for (const { how, bytes, outcome } of patched(file)) {
      const entry = decodeEntry(bytes);
      let found = entry.ok ? null : refusalJson(entry.why);
      if (entry.ok) {
        const { position, seq, time, actor, office, purpose, reference, operation, fields } = entry.value;
        const { previous, before, after, firstTried } = entry.value;
        found = {
          position: `${position}`,
          seq: `${seq}`,
          time,
          first_tried: firstTried,
          texts: [actor, office, purpose, reference, operation],
          fields,
          hashes: toHex(previous) + toHex(before) + toHex(after),
          commitment: toBase64(commitment(salt, bytes)),
          state_mac: toBase64(stateMac(salt, before, bytes)),
        };
      }
      if (JSON.stringify(found) !== JSON.stringify(outcome.json)) wrong.push({ how, found, wanted: outcome.json });
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});

function epochIn(leaf: Uint8Array): Epoch {
  const epoch = parseEpochLeaf(leaf);
  if (!epoch.ok) throw new Error(epoch.why);
  return epoch.value;
}

describeVectors('log_epochs.json', (file) => {
  it('are read as C++ reads them', () => {
    const wrong: unknown[] = [];
    for (const { how, bytes, outcome } of patched(file)) {
      const epoch = parseEpochLeaf(bytes);
      const wanted = outcome.has('code') ? outcome.at('code').text() : outcome.json;
      let found: unknown = epoch.ok ? null : epoch.why.replace('epoch-', '');
      if (epoch.ok) {
        const { number, time, length, covered, positions, root } = epoch.value;
        const numbers = { covered: `${covered}`, positions: `${positions}` };
        found = { number: `${number}`, time, length, ...numbers, root: toBase64(root) };
      }
      if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push({ how, found, wanted });
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('are missed in a list where C++ misses them', () => {
    const lists = file.at('lists').list();
    expect(lists.length).toBeGreaterThan(20);
    for (const list of lists) {
      const listed = list.at('leaves').list().map((leaf) => epochIn(leaf.bytes()));
      const missing = missingBetween(listed).map(({ first, last }) => [`${first}`, `${last}`]);
      expect(missing).toEqual(list.at('missing').json);
    }
  });

  it('are overdue when C++ says so', () => {
    const newest = epochIn(file.at('newest').bytes());
    for (const one of file.at('overdue').list())
      expect(overdueAt(newest, one.at('seen').number())).toBe(one.at('overdue').json);
  });
});
