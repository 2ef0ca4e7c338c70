// Any bytes as a status list: nothing crashes, nothing inflates beyond its limit, and what is read is written again as
// the same list.
#include <cstdint>
#include <cstdlib>

#include "codec/text.hpp"
#include "credential/status_list.hpp"

namespace credential = abode::credential;
namespace base = abode::base;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  base::ByteView const bytes{data, size};
  auto const token = credential::parse_status_token(base::as_text(bytes));
  if (!token && token.error().detail.empty()) std::abort();
  unsigned const bits = size == 0 ? 1 : data[0];
  auto const list = credential::StatusList::decode(bits, abode::codec::to_base64url(bytes.subspan(size == 0 ? 0 : 1)));
  if (!list) return 0;
  if (list->bytes().size() > credential::max_status_list_bytes) std::abort();
  auto const again = credential::StatusList::decode(bits, list->encode());
  if (!again || again->bytes() != list->bytes()) std::abort();
  for (std::size_t i = 0; i < list->size() && i < 1000; ++i)
    if (list->at(i) >= 1U << bits) std::abort();
  return 0;
}
