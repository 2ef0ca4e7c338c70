// Any text: reading it in one piece or in many gives the same, within the limits, and what is read can be written
// again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "codec/csv.hpp"

namespace codec = abode::codec;

namespace {

constexpr codec::CsvLimits limits{.record_bytes = 64, .fields = 5};

struct Seen {
  std::vector<codec::CsvRecord> records;
  std::vector<std::uint64_t> faults;
};

Seen read(std::string_view text, std::size_t piece) {
  codec::CsvReader reader{limits};
  Seen seen;
  auto const drain = [&] {
    while (auto item = reader.next()) {
      if (item->record.has_value() == item->fault.has_value()) std::abort();
      if (item->record) seen.records.push_back(std::move(*item->record));
      if (item->fault) seen.faults.push_back(item->fault->line);
    }
  };
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    reader.feed(text.substr(0, piece));
    drain();
  }
  reader.finish();
  drain();
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  Seen const whole = read(text, size + 1);
  Seen const pieces = read(text, 1 + size % 7);
  if (whole.faults != pieces.faults || whole.records.size() != pieces.records.size()) std::abort();
  std::uint64_t last_line = 0;
  for (std::size_t i = 0; i < whole.records.size(); ++i) {
    auto const& record = whole.records[i];
    if (record.line != pieces.records[i].line || record.fields != pieces.records[i].fields) std::abort();
    if (record.line <= last_line || record.fields.empty() || record.fields.size() > limits.fields) std::abort();
    last_line = record.line;
    codec::CsvReader again;
    again.feed("first\n" + codec::to_csv(record.fields));  // a mark at the very start would be skipped
    again.finish();
    static_cast<void>(again.next());
    auto const item = again.next();
    if (!item || !item->record || item->record->fields != record.fields) std::abort();
  }
  return 0;
}
