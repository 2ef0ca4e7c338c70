// A journal entry as Abode commits to it and seals it: one size for all, a commitment that shows nothing.
import { createHmac, hash, randomBytes } from "node:crypto";
import { seal } from "./sealing.mjs";

const plaintextSize = 896; // sealed: 924
const label = Buffer.from("abode/entry/v1\0");

const mac = (key, data) => createHmac("sha256", key).update(data).digest();

export const stateTag = (state) => mac(Buffer.from(state.tagKey, "hex"), JSON.stringify(state));

/** Returns the commitment and the sealed blob. `facts` is what the entry says; the tags are of the state around it. */
export function makeEntry(dataKey, recordId, seq, facts, tagBefore, tagAfter) {
  const salt = randomBytes(32);
  const before = mac(salt, tagBefore).toString("hex");
  const after = mac(salt, tagAfter).toString("hex");
  const encoded = Buffer.from(JSON.stringify({ version: 1, seq, ...facts, before, after }));

  const length = Buffer.alloc(4);
  length.writeUInt32BE(encoded.length);
  const commitment = hash("sha256", Buffer.concat([label, salt, length, encoded]), "buffer");

  const plaintext = Buffer.alloc(plaintextSize);
  plaintext.writeUInt16BE(encoded.length, 0);
  encoded.copy(plaintext, 2);
  salt.copy(plaintext, 2 + encoded.length);
  return { commitment, sealed: seal(dataKey, `entry ${recordId} ${seq}`, plaintext) };
}
