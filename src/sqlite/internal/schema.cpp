#include "sqlite/internal/schema.hpp"

namespace abode::sqlite::internal {
namespace {

// In both files: only one row, written last when a store is created.
constexpr Sql meta_table = R"(
  CREATE TABLE meta(
    id INTEGER PRIMARY KEY CHECK (id = 1),
    schema_version INTEGER NOT NULL,
    mode TEXT NOT NULL,
    origin TEXT NOT NULL,
    key_check BLOB NOT NULL
  ) STRICT;)";

// Wherever rows are looked up by a hash, the hash is spread evenly, so those tables are clustered on it only if their
// rows are small. What is remembered of requests stands in the row of who made them, which is written anyway: a table
// of its own would cost a scattered page for each request. Integers hold the 64 bits of unsigned ones; times are
// seconds since 1970.
constexpr Sql data_tables = R"(
  CREATE TABLE record(
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    last BLOB NOT NULL,
    last_at INTEGER NOT NULL,
    state_tag BLOB NOT NULL,
    sealed_state BLOB NOT NULL,
    requests BLOB NOT NULL,
    last_request_at INTEGER,
    erasure_due INTEGER,
    erased_at INTEGER
  ) STRICT;
  CREATE INDEX record_by_last_request ON record(last_request_at) WHERE last_request_at IS NOT NULL;
  CREATE INDEX record_by_erasure ON record(erasure_due) WHERE erasure_due IS NOT NULL AND erased_at IS NULL;
  CREATE TABLE total(id INTEGER PRIMARY KEY CHECK (id = 1), records INTEGER NOT NULL) STRICT;
  INSERT INTO total VALUES (1, 0);

  -- id is the order of commitment, without gaps: entries are never deleted. So it is the order of the queue as well.
  CREATE TABLE entry(
    id INTEGER PRIMARY KEY,
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    commitment BLOB NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (record, seq)
  ) STRICT;
  CREATE TABLE notice(
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    is_read INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (record, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notice_read_by_time ON notice(at) WHERE is_read = 1;
  CREATE INDEX notice_unread_by_time ON notice(at) WHERE is_read = 0;

  CREATE TABLE contact(
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    unconfirmed_until INTEGER,
    misses INTEGER NOT NULL,
    PRIMARY KEY (record, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contact_unconfirmed ON contact(unconfirmed_until) WHERE unconfirmed_until IS NOT NULL;
  CREATE TABLE outbox(
    record INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    seq INTEGER NOT NULL,
    message_id BLOB NOT NULL,
    queued_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    PRIMARY KEY (record, kind, contact)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox_by_next_try ON outbox(next_try_at);
  CREATE INDEX outbox_by_age ON outbox(queued_at);

  CREATE TABLE session(
    token_hash BLOB PRIMARY KEY,
    subject INTEGER NOT NULL,
    record INTEGER NOT NULL,
    official TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    last_end INTEGER NOT NULL,
    proof INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX session_by_expiry ON session(expires_at);
  CREATE INDEX session_by_record ON session(record, expires_at) WHERE record <> 0;
  CREATE INDEX session_by_official ON session(official, expires_at) WHERE official <> '';
  CREATE TABLE official(
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    office TEXT NOT NULL,
    office_record INTEGER NOT NULL,
    misses INTEGER NOT NULL,
    misses_since INTEGER NOT NULL,
    requests BLOB NOT NULL,
    last_request_at INTEGER,
    roles INTEGER NOT NULL,
    identifications INTEGER NOT NULL,
    identified_since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE role_proposal(
    official TEXT NOT NULL,
    role INTEGER NOT NULL,
    proposed_by TEXT,
    proposed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (official, role)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX role_proposal_by_expiry ON role_proposal(expires_at);
  CREATE TABLE opening_count(
    week INTEGER NOT NULL,
    office TEXT NOT NULL,
    purpose TEXT NOT NULL,
    openings INTEGER NOT NULL,
    PRIMARY KEY (week, office, purpose)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE opening_code(
    id INTEGER PRIMARY KEY,
    code_tag BLOB NOT NULL UNIQUE,
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    fields INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    used_by BLOB,
    invitation INTEGER NOT NULL,
    made_by TEXT
  ) STRICT;
  CREATE INDEX opening_code_by_record ON opening_code(record, seq);
  CREATE INDEX opening_code_by_expiry ON opening_code(expires_at);
  CREATE TABLE card(
    tag BLOB PRIMARY KEY,
    record INTEGER NOT NULL,
    code_tag BLOB,
    issued INTEGER NOT NULL,
    used_by BLOB,
    used_at INTEGER NOT NULL,
    misses INTEGER NOT NULL,
    missed_at INTEGER NOT NULL,
    good_from INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX card_by_record ON card(record);
  CREATE INDEX card_to_issue ON card(record) WHERE issued = 0;
  CREATE TABLE printed_code(
    tag BLOB PRIMARY KEY,
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    number INTEGER NOT NULL,
    good_from INTEGER NOT NULL,
    good_until INTEGER,
    used_by BLOB,
    used_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX printed_code_by_record ON printed_code(record, seq, number);
  CREATE INDEX printed_code_by_end ON printed_code(good_until) WHERE good_until IS NOT NULL;
  CREATE TABLE letter(
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    good_until INTEGER NOT NULL,
    place_tag BLOB,
    code_tag BLOB,
    misses INTEGER NOT NULL,
    PRIMARY KEY (record, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX letter_to_make ON letter(record, seq) WHERE code_tag IS NULL;
  CREATE INDEX letter_by_end ON letter(good_until);
  CREATE TABLE proof(
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (record, seq)
  ) STRICT;
  CREATE INDEX proof_by_end ON proof(expires_at);
  CREATE TABLE status_list(
    number INTEGER PRIMARY KEY,
    taken INTEGER NOT NULL,
    told INTEGER NOT NULL,
    last_needed INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE status_place(
    list INTEGER NOT NULL,
    place INTEGER NOT NULL,
    revoked INTEGER NOT NULL,
    PRIMARY KEY (list, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX status_place_revoked ON status_place(list, place) WHERE revoked = 1;
  CREATE TABLE passkey(
    tag BLOB PRIMARY KEY,
    record INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    good_from INTEGER NOT NULL,
    good_until INTEGER,
    sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX passkey_by_record ON passkey(record, seq);
  CREATE INDEX passkey_by_end ON passkey(good_until) WHERE good_until IS NOT NULL;
  CREATE TABLE staff_passkey(
    tag BLOB PRIMARY KEY,
    official TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    notes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX staff_passkey_by_official ON staff_passkey(official, added_at);
  CREATE TABLE invitation(
    tag BLOB PRIMARY KEY,
    official TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE guardianship(
    id TEXT PRIMARY KEY,
    child INTEGER NOT NULL,
    guardian INTEGER NOT NULL,
    UNIQUE (child, guardian)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX guardianship_by_guardian ON guardianship(guardian);
  CREATE TABLE document(tag BLOB PRIMARY KEY, record INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX document_by_record ON document(record);

  -- The published log, and how much of the queue (entries up to id last_taken) is in batches.
  CREATE TABLE log(
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    edge BLOB NOT NULL,
    checkpoint TEXT NOT NULL,
    last_taken INTEGER NOT NULL
  ) STRICT;
  INSERT INTO log VALUES (1, 0, x'', '', 0);
  -- What was published with its witnesses: one a minute, and the newest.
  CREATE TABLE published(
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    checkpoint TEXT NOT NULL,
    quorum INTEGER NOT NULL,
    PRIMARY KEY (size, at)
  ) STRICT, WITHOUT ROWID;
  -- One row per batch: it holds the entries [first_entry, first_entry + entries), and places[i] (4 bytes, big-endian) is
  -- where in the batch the i-th of them stands. leaves is NULL once the batch is published.
  CREATE TABLE batch(
    start INTEGER PRIMARY KEY,
    first_entry INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    places BLOB NOT NULL,
    leaves BLOB
  ) STRICT;
  -- Kept epochs of the head tree, and the tiles of their trees.
  CREATE TABLE epoch(number INTEGER PRIMARY KEY, leaf BLOB NOT NULL, nonce BLOB, log_index INTEGER) STRICT;
  CREATE INDEX epoch_waiting ON epoch(number) WHERE log_index IS NULL;
  CREATE TABLE head_tile(
    epoch INTEGER NOT NULL,
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (epoch, level, number)
  ) STRICT;
  CREATE UNIQUE INDEX batch_by_entry ON batch(first_entry) WHERE entries > 0;
  CREATE UNIQUE INDEX batch_pending ON batch(leaves IS NOT NULL) WHERE leaves IS NOT NULL;)";

// A key that was destroyed leaves its row behind: an old copy of the data, put back, is erased again by it.
constexpr Sql keys_tables = R"(
  CREATE TABLE record_key(record INTEGER PRIMARY KEY, wrapped BLOB, destroyed_at INTEGER) STRICT;
  CREATE INDEX record_key_destroyed ON record_key(record) WHERE wrapped IS NULL;)";

void create(Database& database, Sql tables, Meta const& meta) {
  database.execute("BEGIN IMMEDIATE");
  database.execute(tables);
  database.execute(meta_table);
  Query{database, "INSERT INTO meta VALUES (1, ?, ?, ?, ?)", schema_version, meta.mode, meta.origin, meta.key_check}
      .run();
  database.execute("COMMIT");
}

}  // namespace

void create_data_schema(Database& data, Meta const& meta) {
  create(data, data_tables, meta);
}
void create_keys_schema(Database& keys, Meta const& meta) {
  create(keys, keys_tables, meta);
}

base::result<std::optional<Meta>> load_meta(Database& database) {
  Query is_there{database, "SELECT 1 FROM sqlite_schema WHERE name = 'meta'"};
  if (!is_there.next()) return std::optional<Meta>{};
  Query row{database, "SELECT schema_version, mode, origin, key_check FROM meta"};
  if (!row.next()) throw ports::StoreFailure(base::errc::corrupted, "the meta row is gone");
  std::int64_t version = 0;
  Meta meta;
  row.get(version, meta.mode, meta.origin, meta.key_check);
  if (version > schema_version)
    return base::fail(base::errc::unsupported, "This store was written by a newer version of Abode. Use that version.");
  if (version < schema_version)
    return base::fail(
        base::errc::unsupported,
        "This store was written by an older version of Abode, which this one cannot read. Use the version that wrote "
        "it; in test mode, remove the register's folder to begin anew.");
  return std::optional{std::move(meta)};
}

}  // namespace abode::sqlite::internal
