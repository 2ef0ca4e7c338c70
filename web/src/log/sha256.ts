// SHA-256 by @noble/hashes, which answers at once, and not by WebCrypto, which answers later. An audit of 1,000 entries
// in a log of a million leaves makes some 22,000 hashes of about 65 bytes, most of which need the one before. They take,
// on two cores that others used too:
//
//   | ms                                        | @noble/hashes | WebCrypto  |
//   | Node 20                                   |  25 to  69    | 275 to 416 |
//   | Chromium 156                              |  83 to 218    |  72 to 164 |
//   | Chromium 156, its processor slowed to 1/4 | 349 to 678    | 288 to 806 |
//
// So WebCrypto gains little where it is good, loses much where it is not, and would make all of the tree asynchronous.
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
