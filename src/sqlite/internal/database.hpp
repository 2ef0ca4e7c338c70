// One connection with its prepared statements, and one run of a statement. SQLite's errors become ports::StoreFailure
// (the store's trouble) or std::logic_error (ours: a broken constraint, wrong SQL).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "ports/store.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace abode::sqlite::internal {

/// A statement's text: always a literal, so that its address can stand for the prepared statement.
struct Sql {
  consteval Sql(char const* literal) : text(literal) {}  // NOLINT(google-explicit-constructor): reads as SQL at its use
  char const* text;
};

enum class Access : std::uint8_t { write, read };

/// What a caller of the Store hears of a failure.
base::Error error_of(ports::StoreFailure const& failure);

/// A connection to one file. Used by one thread at a time.
class Database {
 public:
  Database(std::filesystem::path const& file, Access access, std::string const& vfs, std::size_t cache_kib);
  ~Database();
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;

  /// Runs several statements that take no values and give no rows, such as a schema.
  void execute(Sql script);
  /// True between BEGIN and the end of its transaction, also if SQLite ended it by itself after a failure.
  bool in_transaction() const;
  /// Ends a transaction without its writes. True if it is certain that none is open any more.
  bool roll_back() noexcept;
  /// How many rows the last statement changed.
  std::int64_t changes() const;
  /// How many rows all statements so far have changed.
  std::int64_t total_changes() const;

  enum class Checkpoint : std::uint8_t { done, later, failed };
  /// Moves what is in the write-ahead log into the database for every `frames` pages it has grown. `later`: in use, or
  /// the disk is full; nothing is lost by waiting.
  Checkpoint checkpoint_every(std::size_t frames);
  /// Moves all of the write-ahead log into the database and cuts its file to nothing, so that what was overwritten or
  /// deleted is gone from both files. `later`: as above.
  Checkpoint empty_log();
  /// True once a sync was refused: from then on nobody knows what is on the disk.
  bool sync_failed() const { return sync_failed_; }
  /// Leaves the write-ahead log as it is when the connection closes: for the next start to recover from.
  void leave_log_on_close();

 private:
  friend class Query;
  Checkpoint checkpoint(int mode);
  sqlite3_stmt* prepared(Sql sql);
  [[noreturn]] void raise(int code);

  struct Close {
    void operator()(sqlite3* connection) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3, Close> connection_;
  std::unordered_map<char const*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
  std::size_t log_frames_ = 0;     // pages in the write-ahead log
  std::size_t checkpoint_at_ = 0;  // how many there were when they were last moved; 0 since the log began anew
  bool sync_failed_ = false;
};

/// One run of a prepared statement. `values` fill its parameters in order and must live as long as the Query. Unsigned
/// numbers keep their 64 bits; compare only those that stay below 2^63 (see `bound`).
class Query {
 public:
  template <class... Values>
  Query(Database& database, Sql sql, Values const&... values)
      : database_(database), statement_(database.prepared(sql)) {
    int at = 0;
    (bind(++at, values), ...);
  }
  ~Query();
  Query(Query const&) = delete;
  Query& operator=(Query const&) = delete;

  /// Moves to the next row; false after the last.
  bool next();
  /// Runs a statement that gives no rows.
  void run();

  /// Reads the row's columns in order. errc::corrupted (thrown) if one is not of its form.
  template <class... Values>
  void get(Values&... values) {
    int at = 0;
    (column(at++, values), ...);
  }

 private:
  void bind(int at, std::int64_t value);
  void bind(int at, std::uint64_t value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, std::uint16_t value) { bind(at, std::int64_t{value}); }
  void bind(int at, std::uint8_t value) { bind(at, std::int64_t{value}); }
  void bind(int at, bool value) { bind(at, std::int64_t{value}); }
  void bind(int at, ports::Subject value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, ports::SignInProof value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, ports::Delivery value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, ports::MailKind value) { bind(at, static_cast<std::int64_t>(value)); }
  void bind(int at, base::Time value) { bind(at, std::int64_t{value.time_since_epoch().count()}); }
  void bind(int at, ports::RecordId value) { bind(at, value.value()); }
  void bind(int at, base::ByteView value);
  void bind(int at, base::Bytes const& value) { bind(at, base::ByteView{value}); }
  void bind(int at, std::array<std::uint8_t, 16> const& value) { bind(at, base::ByteView{value}); }
  void bind(int at, base::Hash const& value) { bind(at, base::ByteView{value}); }
  void bind(int at, std::string const& value);
  template <class Tag>
  void bind(int at, base::Id<Tag, std::string> const& value) {
    bind(at, value.value());
  }
  /// None is NULL.
  template <class Value>
  void bind(int at, std::optional<Value> const& value) {
    value ? bind(at, *value) : bind_null(at);
  }
  void bind_null(int at);

  bool is_null(int at);
  std::int64_t integer(int at);
  base::ByteView blob(int at);
  void column(int at, std::int64_t& value) { value = integer(at); }
  void column(int at, std::uint64_t& value) { value = static_cast<std::uint64_t>(integer(at)); }
  void column(int at, std::uint16_t& value) { value = static_cast<std::uint16_t>(integer(at)); }
  void column(int at, std::uint8_t& value) { value = static_cast<std::uint8_t>(integer(at)); }
  void column(int at, bool& value) { value = integer(at) != 0; }
  void column(int at, ports::Subject& value) { value = static_cast<ports::Subject>(integer(at)); }
  void column(int at, ports::SignInProof& value) { value = static_cast<ports::SignInProof>(integer(at)); }
  void column(int at, ports::Delivery& value) { value = static_cast<ports::Delivery>(integer(at)); }
  void column(int at, ports::MailKind& value) { value = static_cast<ports::MailKind>(integer(at)); }
  void column(int at, base::Time& value) { value = base::Time{std::chrono::seconds{integer(at)}}; }
  void column(int at, ports::RecordId& value) { value = ports::RecordId{integer(at)}; }
  void column(int at, base::Bytes& value) { value = base::to_bytes(blob(at)); }
  void column(int at, base::Hash& value);
  void column(int at, std::array<std::uint8_t, 16>& value);
  void column(int at, std::string& value);
  template <class Tag>
  void column(int at, base::Id<Tag, std::string>& value) {
    std::string text;
    column(at, text);
    value = base::Id<Tag, std::string>{std::move(text)};
  }
  template <class Value>
  void column(int at, std::optional<Value>& value) {
    value.reset();
    if (!is_null(at)) column(at, value.emplace());
  }

  Database& database_;
  sqlite3_stmt* statement_;
};

/// An unsigned limit as SQL compares it: everything from 2^63 is "no limit".
constexpr std::int64_t bound(std::uint64_t limit) {
  constexpr std::uint64_t most = INT64_MAX;
  return static_cast<std::int64_t>(limit < most ? limit : most);
}

}  // namespace abode::sqlite::internal
