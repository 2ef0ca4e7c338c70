// Any bytes as an answer of abode-scan: nothing crashes, what is believed reads the same when it is written again, and
// what is told to people is one line of plain text.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/bytes.hpp"
#include "scan/answer.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const answer = abode::base::as_text({data, size});
  auto const read = abode::scan::read_answer(answer);
  if (read) {
    if (abode::scan::write_answer(*read) != answer) std::abort();
  } else if (!std::ranges::all_of(read.error().detail, [](char c) { return c >= ' ' && c < '\x7f'; })) {
    std::abort();
  }
  return 0;
}
