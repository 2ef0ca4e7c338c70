// SHA-256 by @noble/hashes, and not by WebCrypto: an audit makes some 22,000 hashes of about 65 bytes for 1,000 entries,
// and each call of `crypto.subtle.digest` is a round trip to another thread. FIGURES
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as digest } from '@noble/hashes/sha2.js';
import { concat } from '../base/bytes';

/** SHA-256 of the parts, one after the other. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  return digest(concat(...parts));
}

/** HMAC-SHA-256 (RFC 2104). */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(digest, key, message);
}

/** The `size` bytes of a number, big-endian; it must fit. */
export function bigEndian(value: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let rest = value;
  for (let i = size - 1; i >= 0; --i) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}
