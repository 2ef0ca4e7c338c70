// ECDSA with P-256 and SHA-256 (ES256, RFC 7518, section 3.4), and SHA-256, by the browser's WebCrypto.
import { concat, toBase64Url } from '../base/bytes';
import { bytesOf } from '../log/text';

export const es256 = { name: 'ECDSA', hash: 'SHA-256' } as const;
export const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const pointSizeBytes = 64;
export const signatureSizeBytes = 64;

/**
 * Whether `signature` (r and s, 64 bytes) is of `message` by the key with the point `publicKey` (x and y, 64 bytes);
 * false as well for other lengths and for what is no point of the curve.
 */
export async function verifyEs256(
  publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== pointSizeBytes || signature.length !== signatureSizeBytes) return false;
  try {
    const point = Uint8Array.from(concat(Uint8Array.of(4), publicKey)); // uncompressed (SEC 1, section 2.3.3)
    const key = await crypto.subtle.importKey('raw', point, p256, false, ['verify']);
    return await crypto.subtle.verify(es256, key, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    return false; // no point of the curve
  }
}

/** base64url of the SHA-256 over a text as it stands. */
export async function digestOf(text: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytesOf(text)))));
}
