// Ed25519 (RFC 8032): by the browser's own WebCrypto where it has it (Chrome 137, Safari 17, Firefox 129 and later), by
// @noble/ed25519 otherwise, which is loaded only then. Implementations differ about keys and signatures that only the
// owner of a key can craft (points of small order); what an honest signer writes is good for all of them.
import { fromHex, toHex } from '../base/bytes';

/** True if `signature` (64 bytes) is one of `message` by `publicKey` (32 bytes); false also for other lengths. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

/** The part of WebCrypto that is asked for. */
export type Subtle = Pick<SubtleCrypto, 'importKey' | 'verify' | 'digest'>;

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

/** So many imported keys are remembered: those of a log and its witnesses are asked about a thousand times. */
const maxKeys = 100;

function byBrowser(subtle: Subtle): VerifyEd25519 {
  const keys = new Map<string, Promise<CryptoKey>>();
  const imported = (publicKey: Uint8Array): Promise<CryptoKey> => {
    const name = toHex(publicKey);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = subtle.importKey('raw', Uint8Array.from(publicKey), { name: 'Ed25519' }, false, ['verify']);
    if (keys.size === maxKeys) keys.clear();
    keys.set(name, key);
    return key;
  };
  return async (publicKey, message, signature) => {
    if (!ofRightLengths(publicKey, signature)) return false;
    try {
      const key = await imported(publicKey);
      return await subtle.verify({ name: 'Ed25519' }, key, Uint8Array.from(signature), Uint8Array.from(message));
    } catch {
      return false; // the bytes are no key, as some browsers find on import and others on use
    }
  };
}

/** SHA-512 is the browser's, which all have: another would come along for everybody, in one module with SHA-256. */
async function byLibrary(subtle: Subtle): Promise<VerifyEd25519> {
  const library = await import('@noble/ed25519');
  library.hashes.sha512Async = async (message) =>
    new Uint8Array(await subtle.digest('SHA-512', Uint8Array.from(message)));
  return async (publicKey, message, signature) =>
    ofRightLengths(publicKey, signature) && library.verifyAsync(signature, message, publicKey, { zip215: false });
}

/** The verifier by this WebCrypto, if it does Ed25519, or else by the library. */
export async function chooseEd25519(subtle: Subtle): Promise<VerifyEd25519> {
  const native = byBrowser(subtle);
  const { key, message, signature } = sample;
  const works = key !== null && signature !== null && (await native(key, message, signature));
  return works ? native : byLibrary(subtle);
}

let chosen: Promise<VerifyEd25519> | null = null;

/**
 * By whatever this browser has, found out at the first call. Throws where there is no WebCrypto, as on a page that came
 * over plain http from another machine: nothing can be said of a signature there.
 */
export const verifyEd25519: VerifyEd25519 = async (publicKey, message, signature) => {
  chosen ??= chooseEd25519(globalThis.crypto.subtle);
  return (await chosen)(publicKey, message, signature);
};
