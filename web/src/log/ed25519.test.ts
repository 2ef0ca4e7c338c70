import { describe, expect, it, vi } from 'vitest';
import { fromHex } from '../base/bytes';
import { chooseEd25519, verifyEd25519 } from './ed25519';
import type { Subtle, VerifyEd25519 } from './ed25519';
import { TestKey } from './log.testing';

function bytes(hex: string): Uint8Array {
  const found = fromHex(hex);
  if (found === null) throw new Error('no hexadecimal text');
  return found;
}

/** RFC 8032, section 7.1, tests 1 to 3: key, message, signature. */
const samples = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

/** A browser of before Ed25519. */
const old: Subtle = {
  importKey: () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError')),
  verify: () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError')),
};

/** One that has it, and says yes to nothing or to anything. */
function lying(answer: boolean): Subtle {
  const { subtle } = globalThis.crypto;
  return { importKey: subtle.importKey.bind(subtle), verify: () => Promise.resolve(answer) };
}

async function expectWorking(verify: VerifyEd25519): Promise<void> {
  for (const [keyHex, messageHex, signatureHex] of samples) {
    const [key, message, signature] = [bytes(keyHex), bytes(messageHex), bytes(signatureHex)];
    expect(await verify(key, message, signature)).toBe(true);
    for (const at of [0, 31, 32, 63]) {
      const changed = signature.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await verify(key, message, changed)).toBe(false);
    }
    expect(await verify(key, bytes(`${messageHex}00`), signature)).toBe(false);
    expect(await verify(bytes(samples[0][0] === keyHex ? samples[1][0] : samples[0][0]), message, signature)).toBe(false);
    for (const cut of [signature.slice(1), new Uint8Array(65), new Uint8Array(0)])
      expect(await verify(key, message, cut)).toBe(false);
    for (const cut of [key.slice(1), new Uint8Array(33)]) expect(await verify(cut, message, signature)).toBe(false);
    // 2 is the y of no point.
    expect(await verify(Uint8Array.of(2, ...new Uint8Array(31)), message, signature)).toBe(false);
    // S and S + L stand for the same number: only the smaller is allowed (RFC 8032, section 5.1.7).
    expect(await verify(key, message, withLargerS(signature))).toBe(false);
  }
}

function withLargerS(signature: Uint8Array): Uint8Array {
  const order = bytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
  const larger = signature.slice();
  let carry = 0;
  order.forEach((byte, i) => {
    const sum = byte + (signature[32 + i] ?? 0) + carry;
    larger[32 + i] = sum & 0xff;
    carry = sum >> 8;
  });
  return larger;
}

describe('Ed25519', () => {
  it('works by the browser', async () => {
    const { subtle } = globalThis.crypto;
    const verify = vi.spyOn(subtle, 'verify');
    await expectWorking(await chooseEd25519(subtle));
    expect(verify.mock.calls.length).toBeGreaterThan(20);
    verify.mockRestore();
  });

  it('works without WebCrypto', async () => {
    await expectWorking(await chooseEd25519(undefined));
  });

  it('works where WebCrypto has none', async () => {
    await expectWorking(await chooseEd25519(old));
  });

  it('does not use an implementation that fails its first test', async () => {
    await expectWorking(await chooseEd25519(lying(false)));
    const [key] = samples[0];
    const deceived = await chooseEd25519(lying(true));
    expect(await deceived(bytes(key), new Uint8Array(1), new Uint8Array(64))).toBe(true); // so the spy above is asked
  });

  it('works by what this machine has, with more than one key', async () => {
    await expectWorking(verifyEd25519);
    const message = new TextEncoder().encode('hello');
    for (const seed of [1, 2, 1]) {
      const signer = new TestKey(seed);
      expect(await verifyEd25519(signer.key.publicKey, message, signer.sign(message))).toBe(true);
      expect(await verifyEd25519(new TestKey(3).key.publicKey, message, signer.sign(message))).toBe(false);
    }
  });
});
