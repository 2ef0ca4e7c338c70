// The tables that a registration touches, in two files with the same settings as Abode's.
import Database from "better-sqlite3";
import { join } from "node:path";

const dataTables = `
  CREATE TABLE IF NOT EXISTS record(
    id INTEGER PRIMARY KEY, position INTEGER NOT NULL UNIQUE, version INTEGER NOT NULL, entries INTEGER NOT NULL,
    last BLOB NOT NULL, last_at INTEGER NOT NULL, state_tag BLOB NOT NULL, sealed_state BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS entry(
    id INTEGER PRIMARY KEY, record INTEGER NOT NULL, seq INTEGER NOT NULL, commitment BLOB NOT NULL,
    sealed BLOB NOT NULL, UNIQUE (record, seq)) STRICT;
  CREATE TABLE IF NOT EXISTS session(
    token_hash BLOB PRIMARY KEY, record INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS idempotency(
    id INTEGER PRIMARY KEY, tag BLOB NOT NULL UNIQUE, body_hash BLOB NOT NULL, seq INTEGER NOT NULL,
    at INTEGER NOT NULL) STRICT;`;
const keysTable = "CREATE TABLE IF NOT EXISTS record_key(record INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;";

function openFile(path, tables) {
  const database = new Database(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("secure_delete = ON");
  database.pragma("temp_store = MEMORY");
  database.pragma("cache_size = -65536");
  database.exec(tables);
  return database;
}

export function openStore(directory) {
  const data = openFile(join(directory, "peer.db"), dataTables);
  const keys = openFile(join(directory, "peer-keys.db"), keysTable);
  return {
    data,
    keys,
    session: data.prepare("SELECT record, expires_at FROM session WHERE token_hash = ?"),
    addSession: data.prepare("INSERT INTO session VALUES (?, ?, ?)"),
    idempotency: data.prepare("SELECT body_hash, seq FROM idempotency WHERE tag = ?"),
    addIdempotency: data.prepare("INSERT INTO idempotency(tag, body_hash, seq, at) VALUES (?, ?, ?, ?)"),
    record: data.prepare(`SELECT position, version, entries, last, last_at, state_tag, sealed_state
                          FROM record WHERE id = ?`),
    addRecord: data.prepare("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
    updateRecord: data.prepare(`UPDATE record SET version = ?, entries = ?, last = ?, last_at = ?, state_tag = ?,
                                sealed_state = ? WHERE id = ?`),
    addEntry: data.prepare("INSERT INTO entry(record, seq, commitment, sealed) VALUES (?, ?, ?, ?)"),
    key: keys.prepare("SELECT wrapped FROM record_key WHERE record = ?"),
    addKey: keys.prepare("INSERT INTO record_key VALUES (?, ?)"),
  };
}
