// Every binary form of the log, fed with anything: what decodes is encoded again as the same bytes, and nothing
// crashes.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"
#include "log/entry.hpp"
#include "log/epoch.hpp"
#include "log/profile_change.hpp"
#include "log/restore_notice.hpp"
#include "log/tiles.hpp"

namespace log_room = abode::log;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using abode::base::ensure;
  abode::base::ByteView const bytes{data, size};
  auto const equal = [](abode::base::Bytes const& again, abode::base::ByteView first) {
    return std::equal(again.begin(), again.end(), first.begin(), first.end());
  };

  if (auto const entry = log_room::decode_entry(bytes))
    ensure(equal(log_room::encode_entry(*entry).value(), bytes), "an entry has two encodings");
  if (auto const opened = log_room::open_plaintext(bytes))
    ensure(equal(log_room::seal_plaintext(opened->encoded, opened->salt), bytes), "a plaintext has two forms");
  if (auto const epoch = log_room::parse_epoch_leaf(bytes); epoch && *epoch)
    ensure(equal(log_room::leaf_of(**epoch), bytes), "an epoch has two leaves");
  if (auto const change = log_room::parse_profile_leaf(bytes); change && *change)
    ensure(equal(log_room::leaf_of(**change), bytes), "a change of profile has two leaves");
  if (auto const notice = log_room::parse_restore_leaf(bytes); notice && *notice)
    ensure(equal(log_room::leaf_of(**notice), bytes), "a restore notice has two leaves");
  if (bytes.empty()) return 0;
  auto const file = bytes.subspan(1);  // the first byte is the number of entries to look for
  if (auto const entries = log_room::decode_entries(file, bytes[0]))
    ensure(equal(log_room::encode_entries(*entries).value(), file), "a file of entries has two forms");
  return 0;
}
