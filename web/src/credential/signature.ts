// Signatures of certificates (RFC 5280, section 4.1.1.2), by the browser's WebCrypto: of P-256 as a register's own are,
// and of what else the authorities above a register use: P-384 and RSA (PKCS #1, version 1.5), with SHA-2.
import { concat } from '../base/bytes';
import type { Algorithm } from './certificate';
import { DerReader, integerOf, NotDer, tags, within } from './der';
import type { Element } from './der';

type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512';

const ecdsa: Readonly<Record<string, Hash>> = {
  '2a8648ce3d040302': 'SHA-256', '2a8648ce3d040303': 'SHA-384', '2a8648ce3d040304': 'SHA-512',
};
const rsa: Readonly<Record<string, Hash>> = {
  '2a864886f70d01010b': 'SHA-256', '2a864886f70d01010c': 'SHA-384', '2a864886f70d01010d': 'SHA-512',
};
const ecKey = '2a8648ce3d0201';
const rsaKey = '2a864886f70d010101';
const curves: Readonly<Record<string, { readonly name: string; readonly sizeBytes: number }>> = {
  '2a8648ce3d030107': { name: 'P-256', sizeBytes: 32 },
  '2b81040022': { name: 'P-384', sizeBytes: 48 },
};

/** r and s, each in as many bytes as the curve has, of the sequence of two numbers that certificates have. */
function rawSignature(der: Uint8Array, sizeBytes: number): Uint8Array {
  const reader = new DerReader(der);
  const both = within(reader.take(tags.sequence), (inner) =>
    [0, 1].map(() => {
      const number = integerOf(inner.take(tags.integer));
      const digits = number[0] === 0 ? number.subarray(1) : number;
      if ((number[0] ?? 0x80) >= 0x80 || digits.length > sizeBytes) throw new NotDer('a number out of range');
      return concat(new Uint8Array(sizeBytes - digits.length), digits);
    }),
  );
  reader.end();
  return concat(...both);
}

async function check(
  algorithm: Algorithm, signature: Uint8Array, message: Uint8Array, keyInfo: Element, keyAlgorithm: Algorithm,
): Promise<boolean> {
  const { subtle } = crypto;
  const info = Uint8Array.from(keyInfo.whole);
  const rsaHash = rsa[algorithm.oid];
  if (rsaHash !== undefined && keyAlgorithm.oid === rsaKey) {
    const kind = { name: 'RSASSA-PKCS1-v1_5', hash: rsaHash };
    const key = await subtle.importKey('spki', info, kind, false, ['verify']);
    return subtle.verify(kind, key, Uint8Array.from(signature), Uint8Array.from(message));
  }
  const hash = ecdsa[algorithm.oid];
  const curve = curves[keyAlgorithm.named ?? ''];
  if (hash === undefined || keyAlgorithm.oid !== ecKey || curve === undefined) return false;
  const key = await subtle.importKey('spki', info, { name: 'ECDSA', namedCurve: curve.name }, false, ['verify']);
  const raw = Uint8Array.from(rawSignature(signature, curve.sizeBytes));
  return subtle.verify({ name: 'ECDSA', hash }, key, raw, Uint8Array.from(message));
}

/** Whether signatures by this algorithm are of keys of that kind; false as well for those that are not known. */
export function isOfKeyKind(algorithm: Algorithm, keyAlgorithm: Algorithm): boolean {
  const kind = ecdsa[algorithm.oid] !== undefined ? ecKey : rsa[algorithm.oid] !== undefined ? rsaKey : null;
  return keyAlgorithm.oid === kind;
}

/** Whether `signature` is of `message` by that key; false as well for an algorithm or a key that is not known. */
export async function isSignatureOf(
  algorithm: Algorithm, signature: Uint8Array, message: Uint8Array, keyInfo: Element, keyAlgorithm: Algorithm,
): Promise<boolean> {
  try {
    return await check(algorithm, signature, message, keyInfo, keyAlgorithm);
  } catch {
    return false; // no key, or no signature, of the kind that they say they are
  }
}
