#include "codec/csv.hpp"

#include <algorithm>

namespace abode::codec {
namespace {

using base::errc;
using base::fail;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t compact_above_bytes = 64 * 1024;

/// One field at `at`, which is moved behind it. False if the text ends within it.
struct FieldReader {
  std::string_view text;
  bool last;  ///< nothing comes after the text
  std::size_t at = 0;
  std::uint64_t breaks = 0;  ///< line breaks within quoted fields
  std::string field = {};
  std::optional<base::Error> error = {};

  bool ended_too_early() const { return !last; }

  bool read_plain() {
    std::size_t const end = std::min(text.find_first_of(",\n\"", at), text.size());
    if (end == text.size() && ended_too_early()) return false;
    if (end < text.size() && text[end] == '"') {
      error =
          fail(errc::malformed, "A quotation mark stands within a field. Put the field in quotes and write it twice.");
      return true;
    }
    field = text.substr(at, end - at);
    bool const ends_line = end == text.size() || text[end] == '\n';
    if (ends_line && field.ends_with('\r')) field.pop_back();
    at = end;
    return true;
  }

  bool read_quoted() {
    field.clear();
    for (std::size_t from = at + 1;;) {
      std::size_t const quote = text.find('"', from);
      if (quote == text.npos) {
        if (last) error = fail(errc::malformed, "A quotation mark is not closed. Close it, or take it out.");
        return last;
      }
      field += text.substr(from, quote - from);
      if (quote + 1 == text.size() && ended_too_early()) return false;
      if (quote + 1 == text.size() || text[quote + 1] != '"') return end_quoted(quote + 1);
      field += '"';
      from = quote + 2;
    }
  }

  /// Behind the closing quote: a comma, a line end or the end of all.
  bool end_quoted(std::size_t after) {
    if (after < text.size() && text[after] == '\r') {
      if (after + 1 == text.size() && ended_too_early()) return false;
      ++after;
      if (after < text.size() && text[after] == ',') --after;  // then the CR stands in the way
    }
    if (after < text.size() && text[after] != ',' && text[after] != '\n') {
      error =
          fail(errc::malformed, "Something stands behind a closing quotation mark. Put a comma between the fields.");
      return true;
    }
    breaks += static_cast<std::uint64_t>(std::count(field.begin(), field.end(), '\n'));
    at = after;
    return true;
  }
};

}  // namespace

void CsvReader::feed(std::string_view bytes) {
  if (begin_ > compact_above_bytes || begin_ == buffer_.size()) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  buffer_ += bytes;
}

bool CsvReader::skip_blank_lines() {
  if (at_start_) {
    if (rest().size() < byte_order_mark.size() && !finished_) return false;
    if (rest().starts_with(byte_order_mark)) begin_ += byte_order_mark.size();
    at_start_ = false;
  }
  if (in_overlong_line_) {
    std::size_t const end = rest().find('\n');
    begin_ = end == std::string_view::npos ? buffer_.size() : begin_ + end + 1;
    if (end == std::string_view::npos) return false;
    in_overlong_line_ = false;
    ++line_;
  }
  while (!rest().empty()) {
    bool const last_return = rest() == "\r";  // an LF may follow
    if (last_return && !finished_) return false;
    std::size_t const skipped = rest().starts_with("\r\n") ? 2 : rest().starts_with('\n') || last_return ? 1 : 0;
    if (skipped == 0) return true;
    begin_ += skipped;
    ++line_;
  }
  return false;
}

CsvReader::Parsed CsvReader::parse() const {
  bool const cut = rest().size() > limits_.record_bytes;
  FieldReader reader{rest().substr(0, limits_.record_bytes), finished_ && !cut};
  Parsed parsed{State::whole};
  for (;;) {
    bool const quoted = reader.at < reader.text.size() && reader.text[reader.at] == '"';
    bool const whole = quoted ? reader.read_quoted() : reader.read_plain();
    if (!whole && !cut) return {State::more_needed};
    if (!whole)
      return {.state = State::faulty,
              .error = fail(errc::too_large, "This line is too long, or a quotation mark in it is not closed.")};
    if (reader.error) return {.state = State::faulty, .error = *reader.error};
    if (parsed.fields.size() == limits_.fields)
      return {.state = State::faulty, .error = fail(errc::too_large, "This line has too many fields.")};
    parsed.fields.push_back(std::move(reader.field));
    if (reader.at == reader.text.size() || reader.text[reader.at] == '\n') break;
    ++reader.at;
  }
  parsed.size_bytes = std::min(reader.at + 1, rest().size());
  parsed.lines = reader.breaks + 1;
  return parsed;
}

CsvReader::Item CsvReader::give_up_on_line(base::Error error) {
  Item item{{}, CsvFault{line_, std::move(error)}};
  std::size_t const end = rest().find('\n');
  if (end != std::string_view::npos) {
    begin_ += end + 1;
    ++line_;
  } else {
    begin_ = buffer_.size();
    in_overlong_line_ = true;
  }
  return item;
}

std::optional<CsvReader::Item> CsvReader::next() {
  if (!skip_blank_lines()) return std::nullopt;
  Parsed parsed = parse();
  if (parsed.state == State::more_needed) return std::nullopt;
  if (parsed.state == State::faulty) return give_up_on_line(std::move(parsed.error));
  Item item{CsvRecord{line_, std::move(parsed.fields)}, {}};
  begin_ += parsed.size_bytes;
  line_ += parsed.lines;
  return item;
}

std::string to_csv(std::vector<std::string> const& fields) {
  std::string line;
  for (std::string const& field : fields) {
    if (&field != &fields.front()) line += ',';
    bool const alone_and_blank = fields.size() == 1 && field.empty();  // or the line would be blank
    if (field.find_first_of(",\"\r\n") == std::string::npos && !alone_and_blank) {
      line += field;
      continue;
    }
    line += '"';
    for (char c : field) line.append(c == '"' ? 2 : 1, c);
    line += '"';
  }
  return line + "\r\n";
}

}  // namespace abode::codec
