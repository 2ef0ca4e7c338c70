// One registration, as Abode makes it: the same look-ups, seals, hashes and rows. It runs inside a transaction that the
// caller has begun, and throws to have it undone.
import { hash, randomBytes } from "node:crypto";
import { makeEntry, stateTag } from "./entry.mjs";
import { Refused } from "./forms.mjs";
import { open, seal } from "./sealing.mjs";

const undoTime = 72 * 3600;
const sha256 = (data) => hash("sha256", data, "buffer");
const timeText = (seconds) => new Date(seconds * 1000).toISOString();

// The key of the keys: a file in a real register, the same for every start of this one.
export const encryptionKey = sha256("peer");

function findPerson(store, token, now) {
  const session = store.session.get(sha256(token));
  if (!session || session.expires_at <= now) throw new Refused(401, "Sign in first.");
  return session.record;
}

function refuseRepeat(store, tag, bodyHash) {
  const known = store.idempotency.get(tag);
  if (!known) return;
  const same = known.body_hash.equals(bodyHash);
  throw new Refused(409, same ? "This was done already." : "This key was used for another request.");
}

function file(state, wanted, at) {
  if (wanted.kind === "main" && state.registrations.some((other) => other.kind === "main" && !other.ended))
    throw new Refused(409, "You have a main registration already.");
  const id = randomBytes(10).toString("hex");
  const registration = { id, ...wanted, assurance: "declared", filed_at: at, ended: null };
  state.registrations.push(registration);
  state.undoable.push({ act: "file", at, before: [], created: id });
  return registration;
}

function answer(seq, commitment, at, registration) {
  return JSON.stringify({
    receipt: {
      entry: seq, commitment: commitment.toString("hex"), filed_at: timeText(at), legal_effect: "none: test mode",
    },
    registration: { ...registration, filed_at: timeText(at), undo_until: timeText(at + undoTime) },
    mode: "test",
  });
}

/** `wanted` comes from readRegistration(). Returns the body of the answer. */
export function register(store, token, idempotencyKey, body, wanted) {
  const now = Math.floor(Date.now() / 1000);
  const id = findPerson(store, token, now);
  const tag = sha256(`holder ${id}\0${idempotencyKey}`);
  const bodyHash = sha256(body);
  refuseRepeat(store, tag, bodyHash);

  const record = store.record.get(id);
  const dataKey = open(encryptionKey, `key ${id}`, store.key.get(id).wrapped);
  const state = JSON.parse(open(dataKey, `state ${id} ${record.version}`, record.sealed_state));
  const at = Math.max(now, record.last_at);
  const registration = file(state, wanted, at);

  const version = record.version + 1;
  const tagAfter = stateTag(state);
  const sealedState = seal(dataKey, `state ${id} ${version}`, JSON.stringify(state));
  const seq = record.entries;
  const facts = {
    position: record.position, previous: record.last.toString("hex"), time: at, actor: "holder", office: "",
    purpose: "", reference: registration.id, operation: "file", fields: ["main_address", "main_since", "assurance"],
  };
  const entry = makeEntry(dataKey, id, seq, facts, record.state_tag, tagAfter);
  store.addEntry.run(id, seq, entry.commitment, entry.sealed);
  store.updateRecord.run(version, seq + 1, entry.commitment, at, tagAfter, sealedState, id);
  store.addIdempotency.run(tag, bodyHash, seq, at);
  return answer(seq, entry.commitment, at, registration);
}
