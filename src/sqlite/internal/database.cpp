#include "sqlite/internal/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>

#include "base/assert.hpp"

namespace abode::sqlite::internal {
namespace {

using base::errc;
using ports::StoreFailure;

// The directory is ours, so only readers are ever waited for: those in the way of a forced checkpoint.
constexpr int busy_timeout_ms = 100;
constexpr std::size_t forced_checkpoint_factor = 4;

int flags_for(Access access) {
  return SQLITE_OPEN_NOMUTEX | (access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
}

errc kind_of(int code) {
  switch (code & 0xff) {  // the low byte of an extended code is its family
    case SQLITE_FULL: return errc::out_of_space;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return errc::corrupted;
    case SQLITE_BUSY: return errc::busy;
    default: return errc::unavailable;
  }
}

bool is_our_mistake(int code) {
  switch (code & 0xff) {
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE: return true;
    default: return false;
  }
}

}  // namespace

base::Error error_of(StoreFailure const& failure) {
  switch (failure.code()) {
    case errc::out_of_space:
      return base::fail(errc::out_of_space, "The disk is full, so nothing was changed. Try again when there is room.");
    case errc::busy:
      return base::fail(errc::busy,
                        "Too much is waiting at the moment. Nothing was changed. Try again in a few seconds.");
    case errc::corrupted:
      return base::fail(errc::corrupted, "The stored data is damaged. Stop the service and restore it from a backup.");
    default: return base::fail(errc::unavailable, "The store cannot be used at the moment. Try again later.");
  }
}

Database::Database(std::filesystem::path const& file, Access access, std::string const& vfs, std::size_t cache_kib) {
  sqlite3* connection = nullptr;
  int const code = sqlite3_open_v2(file.c_str(), &connection, flags_for(access), vfs.empty() ? nullptr : vfs.c_str());
  connection_.reset(connection);  // SQLite hands one out even when it cannot open the file
  if (code != SQLITE_OK) raise(code);
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, busy_timeout_ms);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // Checkpoints are ours to start (checkpoint_every): SQLite's own hide a failed sync.
  auto const count_frames = [](void* pointer, sqlite3*, char const*, int frames) {
    auto* const self = static_cast<Database*>(pointer);
    auto const now = static_cast<std::size_t>(frames);
    if (now < self->log_frames_) self->checkpoint_at_ = 0;
    self->log_frames_ = now;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(connection, count_frames, this);
  if (access != Access::read) {
    Query journal{*this, "PRAGMA journal_mode=WAL"};
    std::string mode;
    if (journal.next()) journal.get(mode);
    if (mode != "wal") throw StoreFailure(errc::unavailable, "this file system cannot hold a write-ahead log");
    execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
  }
  execute("PRAGMA temp_store=MEMORY;");
  std::string const cache = "PRAGMA cache_size=-" + std::to_string(cache_kib);
  if (int const set = sqlite3_exec(connection, cache.c_str(), nullptr, nullptr, nullptr); set != SQLITE_OK) raise(set);
}

Database::~Database() = default;

void Database::Close::operator()(sqlite3* connection) const {
  sqlite3_close_v2(connection);
}
void Database::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Database::execute(Sql script) {
  int const code = sqlite3_exec(connection_.get(), script.text, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) raise(code);
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(connection_.get()) == 0;
}

bool Database::roll_back() noexcept {
  if (in_transaction()) sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  return !in_transaction();
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(connection_.get());
}

std::int64_t Database::total_changes() const {
  return sqlite3_total_changes64(connection_.get());
}

Database::Checkpoint Database::checkpoint_every(std::size_t frames) {
  if (log_frames_ < checkpoint_at_ + frames) return Checkpoint::done;
  // Under steady reading a passive checkpoint may never reach the log's end: then wait a little for the readers.
  bool const forced = log_frames_ > frames * forced_checkpoint_factor;
  return checkpoint(forced ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE);
}

Database::Checkpoint Database::empty_log() {
  return checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

Database::Checkpoint Database::checkpoint(int mode) {
  int const code = sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, mode, nullptr, nullptr);
  errc const trouble = kind_of(code);
  if (code != SQLITE_OK && trouble == errc::out_of_space) return Checkpoint::later;  // again after the next commit
  checkpoint_at_ = log_frames_;
  if (code == SQLITE_OK) return Checkpoint::done;
  return trouble == errc::busy ? Checkpoint::later : Checkpoint::failed;
}

void Database::leave_log_on_close() {
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

sqlite3_stmt* Database::prepared(Sql sql) {
  auto& statement = statements_[sql.text];
  if (!statement) {
    sqlite3_stmt* fresh = nullptr;
    int const code = sqlite3_prepare_v3(connection_.get(), sql.text, -1, SQLITE_PREPARE_PERSISTENT, &fresh, nullptr);
    statement.reset(fresh);
    if (code != SQLITE_OK) raise(code);
  }
  return statement.get();
}

void Database::raise(int code) {
  std::string const what = connection_ ? sqlite3_errmsg(connection_.get()) : sqlite3_errstr(code);
  if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) sync_failed_ = true;
  if (is_our_mistake(code)) throw std::logic_error("SQLite: " + what);
  throw StoreFailure(kind_of(code), "SQLite: " + what);
}

Query::~Query() {
  sqlite3_reset(statement_);
}

bool Query::next() {
  int const code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.raise(code);
  return false;
}

void Query::run() {
  base::ensure(!next(), "a statement without rows gave one");
}

void Query::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(statement_, at, value);
}

void Query::bind(int at, base::ByteView value) {
  // A null pointer would bind NULL, and an empty blob is not NULL.
  static std::uint8_t const empty = 0;
  sqlite3_bind_blob64(statement_, at, value.empty() ? &empty : value.data(), value.size(), SQLITE_STATIC);
}

void Query::bind_null(int at) {
  sqlite3_bind_null(statement_, at);
}

void Query::bind(int at, std::string const& value) {
  sqlite3_bind_text64(statement_, at, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
}

bool Query::is_null(int at) {
  return sqlite3_column_type(statement_, at) == SQLITE_NULL;
}

std::int64_t Query::integer(int at) {
  return sqlite3_column_int64(statement_, at);
}

base::ByteView Query::blob(int at) {
  auto const* const bytes = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, at));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, at))};
}

void Query::column(int at, base::Hash& value) {
  base::ByteView const bytes = blob(at);
  if (bytes.size() != value.size()) throw StoreFailure(errc::corrupted, "a stored hash is not 32 bytes long");
  std::copy(bytes.begin(), bytes.end(), value.begin());
}

void Query::column(int at, std::array<std::uint8_t, 16>& value) {
  base::ByteView const bytes = blob(at);
  if (bytes.size() != value.size()) throw StoreFailure(errc::corrupted, "a stored name of a mail is not 16 bytes long");
  std::copy(bytes.begin(), bytes.end(), value.begin());
}

void Query::column(int at, std::string& value) {
  value = base::as_text(blob(at));
}

}  // namespace abode::sqlite::internal
