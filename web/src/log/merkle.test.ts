// Proofs of the tree, good and broken, and proofs made of tiles, against what C++ says.
import { describe, expect, it } from 'vitest';
import { describeVectors } from '../../test/vectors';
import type { Vector } from '../../test/vectors';
import { toBase64 } from '../base/bytes';
import { consistencyProof, rootOf, verifyConsistency, verifyInclusion } from './merkle';
import { consistencySentences, inclusionSentences } from './sentences.testing';
import { tilePath, tileReader } from './tiles';
import type { TileFetcher } from './tiles';

function proofIn(claim: Vector): Uint8Array[] {
  return claim.at('proof').list().map((hash) => hash.bytes());
}

describeVectors('log_proofs.json', (file) => {
  it('of inclusion hold or not, as in C++', () => {
    const claims = file.at('inclusion').list();
    expect(claims.filter((claim) => claim.at('outcome').text() !== 'accepted').length).toBeGreaterThan(150);
    const wrong: unknown[] = [];
    for (const claim of claims) {
      const [leaf, root] = [claim.at('leaf').bytes(), claim.at('root').bytes()];
      const why = verifyInclusion(claim.at('index').big(), claim.at('size').big(), leaf, proofIn(claim), root);
      const said = why === null ? '' : inclusionSentences[why];
      if (said !== claim.at('detail').text()) wrong.push({ claim: claim.json, said });
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('of consistency hold or not, as in C++', () => {
    const claims = file.at('consistency').list();
    expect(claims.filter((claim) => claim.at('outcome').text() !== 'accepted').length).toBeGreaterThan(150);
    const wrong: unknown[] = [];
    for (const claim of claims) {
      const [oldRoot, newRoot] = [claim.at('old_root').bytes(), claim.at('new_root').bytes()];
      const [oldSize, newSize] = [claim.at('old_size').big(), claim.at('new_size').big()];
      const why = verifyConsistency(oldSize, newSize, oldRoot, newRoot, proofIn(claim));
      const said = why === null ? '' : consistencySentences[why];
      if (said !== claim.at('detail').text()) wrong.push({ claim: claim.json, said });
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});

describeVectors('log_tiles.json', (file) => {
  const fetch: TileFetcher = async (path) => {
    const tiles = file.at('tiles');
    return tiles.has(path) ? tiles.at(path).bytes() : null;
  };

  it('lie where C++ looks for them', () => {
    for (const tile of file.at('paths').list()) {
      const [level, width] = [tile.at('level').number(), tile.at('width').number()];
      expect(tilePath({ level, index: tile.at('index').big(), width })).toBe(tile.at('path').text());
    }
  });

  it('give the proofs of consistency and the roots that C++ makes', { timeout: 60_000 }, async () => {
    const steps = file.at('steps').list();
    expect(steps.length).toBeGreaterThan(100);
    for (const step of steps) {
      const [oldSize, newSize] = [step.at('old_size').big(), step.at('new_size').big()];
      const read = tileReader(newSize, fetch);
      const proof = await consistencyProof(oldSize, newSize, read);
      const root = await rootOf(oldSize, read);
      if (!proof.ok || !root.ok) throw new Error(`no tile from ${oldSize} to ${newSize}`);
      expect(proof.value.map(toBase64)).toEqual(step.at('proof').json);
      expect(toBase64(root.value)).toBe(step.at('old_root').text());
      expect(verifyConsistency(oldSize, newSize, root.value, step.at('new_root').bytes(), proof.value)).toBeNull();
    }
  });
});

describe('a reader of tiles', () => {
  const hashes = (count: number): Uint8Array => Uint8Array.from({ length: 32 * count }, (_, i) => i >> 5);

  it('fetches each tile once, and takes a full one for a partial one that is gone', async () => {
    const asked: string[] = [];
    const read = tileReader(70n, async (path) => {
      asked.push(path);
      return path === 'tile/0/000' ? hashes(256) : null;
    });
    for (const index of [0n, 69n]) {
      const hash = await read({ level: 0, index });
      expect(hash.ok && hash.value[0]).toBe(Number(index));
    }
    expect(asked).toEqual(['tile/0/000.p/70', 'tile/0/000']);
  });

  it('says what is wrong', async () => {
    const why = async (fetch: TileFetcher, level: number, index: bigint): Promise<string> => {
      const hash = await tileReader(70n, fetch)({ level, index });
      return hash.ok ? 'good' : hash.why;
    };
    expect(await why(async () => hashes(70), 0, 69n)).toBe('good');
    expect(await why(async () => null, 0, 69n)).toBe('no-tile');
    for (const count of [0, 69, 71, 255, 257])
      expect(await why(async () => hashes(count), 0, 69n)).toBe('tile-malformed');
    expect(await why(async () => hashes(70), 0, 70n)).toBe('no-such-hash');
    expect(await why(async () => hashes(70), 6, 1n)).toBe('no-such-hash');
    expect(await why(async () => hashes(70), 64, 0n)).toBe('no-such-hash');
  });
});
