// Comma-separated values: RFC 4180, read as a stream of bytes with limits, one record at a time. A record that cannot
// be read costs its own line and no other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace abode::codec {

struct CsvLimits {
  std::size_t record_bytes = 8192;  ///< of a record with its quotes and line breaks
  std::size_t fields = 64;          ///< in a record
};

struct CsvRecord {
  std::uint64_t line;               ///< where it begins, from 1
  std::vector<std::string> fields;  ///< at least one; bytes as they are, quotes undone
};

struct CsvFault {
  std::uint64_t line;
  base::Error error;  ///< errc::malformed or too_large
};

/// Takes bytes in pieces of any size and gives records. Lines end in LF or CRLF; a blank line is no record; a UTF-8
/// byte order mark at the start is skipped. In a quoted field anything may stand, a quote is written twice (section 2,
/// rules 5 to 7); in an unquoted one no quote may.
class CsvReader {
 public:
  explicit CsvReader(CsvLimits limits = {}) : limits_(limits) {}

  void feed(std::string_view bytes);
  /// No more bytes will come.
  void finish() { finished_ = true; }

  /// What came out of the next record: itself, or what is wrong with its first line (reading goes on with the line
  /// after it). Nothing: more bytes are needed, or all is read.
  struct Item {
    std::optional<CsvRecord> record;
    std::optional<CsvFault> fault;
  };
  std::optional<Item> next();

 private:
  enum class State : std::uint8_t { more_needed, whole, faulty };
  struct Parsed {
    State state;
    std::size_t size_bytes = 0;  ///< of the record with its line end
    std::uint64_t lines = 0;
    std::vector<std::string> fields = {};
    base::Error error = {};
  };

  std::string_view rest() const { return std::string_view{buffer_}.substr(begin_); }
  bool skip_blank_lines();
  Parsed parse() const;
  Item give_up_on_line(base::Error error);

  CsvLimits limits_;
  std::string buffer_;
  std::size_t begin_ = 0;  ///< of what is not read yet
  std::uint64_t line_ = 1;
  bool finished_ = false;
  bool at_start_ = true;
  bool in_overlong_line_ = false;  ///< told already; its rest is dropped as it comes
};

/// One record with its line end (CRLF, section 2, rule 1); fields are quoted where they must be.
std::string to_csv(std::vector<std::string> const& fields);

}  // namespace abode::codec
