// AES-256-GCM as Abode's vault uses it: nonce, ciphertext, tag; what is sealed and for whom is bound in.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const cipher = "aes-256-gcm";
const nonceSize = 12;
const tagSize = 16;

export function seal(key, associated, plaintext) {
  const nonce = randomBytes(nonceSize);
  const sealer = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(associated));
  return Buffer.concat([nonce, sealer.update(plaintext), sealer.final(), sealer.getAuthTag()]);
}

/** Throws if anything was altered. */
export function open(key, associated, sealed) {
  const nonce = sealed.subarray(0, nonceSize);
  const opener = createDecipheriv(cipher, key, nonce, { authTagLength: tagSize }).setAAD(Buffer.from(associated));
  opener.setAuthTag(sealed.subarray(sealed.length - tagSize));
  const plaintext = opener.update(sealed.subarray(nonceSize, sealed.length - tagSize));
  opener.final();
  return plaintext;
}
