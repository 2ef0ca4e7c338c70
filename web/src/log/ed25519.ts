// Ed25519 (RFC 8032): by the browser's own WebCrypto where it has it (Chrome 137, Safari 17, Firefox 129 and later), by
// @noble/ed25519 otherwise, which is loaded only then. Implementations differ about keys and signatures that only the
// owner of a key can craft (points of small order); what an honest signer writes is good for all of them.
import { equal, fromHex } from '../base/bytes';

/** True if `signature` (64 bytes) is one of `message` by `publicKey` (32 bytes); false also for other lengths. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

/** The part of WebCrypto that is asked for. */
export type Subtle = Pick<SubtleCrypto, 'importKey' | 'verify'>;

const keySizeBytes = 32;
const signatureSizeBytes = 64;

/** RFC 8032, section 7.1, test 2: what shows that an implementation works. */
const sample = {
  key: fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
  message: Uint8Array.of(0x72),
  signature: fromHex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ),
};

function ofRightLengths(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return publicKey.length === keySizeBytes && signature.length === signatureSizeBytes;
}

/** One key is asked about many times: it is imported once. */
function byBrowser(subtle: Subtle): VerifyEd25519 {
  let last: { readonly bytes: Uint8Array; readonly key: Promise<CryptoKey> } | null = null;
  return async (publicKey, message, signature) => {
    if (!ofRightLengths(publicKey, signature)) return false;
    try {
      if (last === null || !equal(last.bytes, publicKey)) {
        const bytes = Uint8Array.from(publicKey);
        last = { bytes, key: subtle.importKey('raw', bytes, { name: 'Ed25519' }, false, ['verify']) };
      }
      const key = await last.key;
      return await subtle.verify({ name: 'Ed25519' }, key, Uint8Array.from(signature), Uint8Array.from(message));
    } catch {
      return false; // the bytes are no key, as some browsers find on import and others on use
    }
  };
}

/** Needs no WebCrypto at all: its SHA-512 comes along. */
async function byLibrary(): Promise<VerifyEd25519> {
  const [ed25519, { sha512 }] = await Promise.all([import('@noble/ed25519'), import('@noble/hashes/sha2.js')]);
  ed25519.hashes.sha512 = (message) => Uint8Array.from(sha512(message));
  return (publicKey, message, signature) =>
    Promise.resolve(
      ofRightLengths(publicKey, signature) && ed25519.verify(signature, message, publicKey, { zip215: false }),
    );
}

/** The verifier for this WebCrypto, if it has one and does Ed25519, or else the library's. */
export async function chooseEd25519(subtle: Subtle | undefined): Promise<VerifyEd25519> {
  if (subtle === undefined || sample.key === null || sample.signature === null) return byLibrary();
  const native = byBrowser(subtle);
  return (await native(sample.key, sample.message, sample.signature)) ? native : byLibrary();
}

let chosen: Promise<VerifyEd25519> | null = null;

/** By whatever this browser has, found out at the first call. */
export const verifyEd25519: VerifyEd25519 = async (publicKey, message, signature) => {
  chosen ??= chooseEd25519(globalThis.crypto?.subtle);
  return (await chosen)(publicKey, message, signature);
};
