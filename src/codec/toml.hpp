// Strict TOML (v1.0.0): files that people write. Floats and TOML's own dates are refused: dates are texts, so that
// every reader of a file sees the same characters. Each failure names the file, the line and the key.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::codec {

struct TomlMember;

struct TomlTable {
  std::vector<TomlMember> members;  ///< no two of one key
};

struct TomlValue {
  std::variant<bool, std::int64_t, std::string, std::vector<TomlValue>, TomlTable> content;
  std::uint32_t line;  ///< where it begins, from 1
};

struct TomlMember {
  std::string key;
  TomlValue value;
};

constexpr std::size_t max_toml_bytes = 256 * 1024;

/// Parses one document. errc::malformed with the line: not TOML, a key twice, a float, a date without quotes;
/// errc::too_large. `file` is named in every message.
base::result<TomlTable> parse_toml(std::string_view text, std::string_view file);

/// The first thing that a reading found wrong. One for all readers of a document.
class TomlFault {
 public:
  explicit TomlFault(std::string file) : file_(std::move(file)) {}
  /// Keeps the first: errc::invalid, "FILE, line LINE: KEY DETAIL", with the key as the field.
  void report(std::uint32_t line, std::string const& key, std::string_view detail);
  bool found() const { return first_.has_value(); }
  base::result<void> outcome() const;

 private:
  std::string file_;
  std::optional<base::Error> first_;
};

/// Reads the members of one table and insists that nothing unknown is left: every getter notes its key, finish()
/// reports the others. After a failure getters give empty values; the fault has what went wrong first.
class TomlReader {
 public:
  /// `path` stands before the keys in messages ("office" -> "office.name"). All three outlive the reader.
  TomlReader(TomlFault& fault, TomlTable const& table, std::uint32_t line = 1, std::string path = {});

  bool has(std::string_view key) const;
  std::string text(std::string_view key);  ///< not empty
  std::optional<std::string> optional_text(std::string_view key);
  bool flag(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max);
  base::Date date(std::string_view key);  ///< "YYYY-MM-DD" of a day that exists
  /// An array of 1 to `limit` texts (`or_none`: 0), none empty and none twice.
  std::vector<std::string> texts(std::string_view key, std::size_t limit, bool or_none = false);
  std::vector<base::Date> dates(std::string_view key, std::size_t limit);  ///< an array of dates, none twice
  /// One of `names`, as its place among them.
  std::size_t choice(std::string_view key, std::vector<std::string_view> const& names);

  using Reading = std::function<void(TomlReader&)>;
  /// The table `key`, read and finished.
  void table(std::string_view key, Reading const& read);
  /// The tables of the array `key`, 1 to `limit` of them (`or_none`: 0), each read and finished.
  void tables(std::string_view key, std::size_t limit, Reading const& read, bool or_none = false);

  /// Reports a value that breaks a rule of its own.
  void fail(std::string_view key, std::string_view detail);
  void finish();

 private:
  TomlValue const* find(std::string_view key) const;
  TomlValue const* required(std::string_view key);
  template <class T>
  T const* typed(std::string_view key, std::string_view what);
  std::string path_of(std::string_view key) const;
  std::uint32_t line_of(std::string_view key) const;

  TomlFault& fault_;
  TomlTable const& table_;
  std::uint32_t line_;
  std::string path_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace abode::codec
