// Fills the peers' register with as many people as there are tokens: for each a session, a key, a record and two
// entries, as bench_populate leaves them in Abode's.   node populate.mjs DIRECTORY TOKENS
import { hash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { makeEntry, stateTag } from "./entry.mjs";
import { encryptionKey } from "./registration.mjs";
import { seal } from "./sealing.mjs";
import { openStore } from "./store.mjs";

const [directory, tokensFile] = process.argv.slice(2);
const store = openStore(directory);
const now = Math.floor(Date.now() / 1000);
const day = 24 * 3600;

function addPerson(id, token) {
  const dataKey = randomBytes(32);
  store.addKey.run(id, seal(encryptionKey, `key ${id}`, dataKey));
  const state = {
    tagKey: randomBytes(32).toString("hex"),
    identity: {
      family: `SPECIMEN${id}`,
      given: "BENCH",
      birth_date: "1980-01-01",
      document: { kind: "passport", number: `B${id}` },
    },
    registrations: [],
    undoable: [],
  };
  const position = randomBytes(6).readUIntBE(0, 6);
  const tag = stateTag(state);
  const facts = {
    position, previous: "00".repeat(32), time: now, actor: "register", office: "", purpose: "",
    reference: "", operation: "enrol", fields: [],
  };
  let last;
  for (const seq of [0, 1]) {
    const entry = makeEntry(dataKey, id, seq, facts, tag, tag);
    store.addEntry.run(id, seq, entry.commitment, entry.sealed);
    last = entry.commitment;
  }
  store.addRecord.run(id, position, 1, 2, last, now, tag, seal(dataKey, `state ${id} 1`, JSON.stringify(state)));
  store.addSession.run(hash("sha256", token, "buffer"), id, now + day);
}

const tokens = readFileSync(tokensFile, "utf8").trimEnd().split("\n");
const addAll = store.data.transaction(() => tokens.forEach((token, place) => addPerson(place + 1, token)));
store.keys.transaction(addAll)();
store.keys.close();
store.data.close();
