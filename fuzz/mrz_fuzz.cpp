// Any text: reading a zone never crashes, a zone that reads is written back to the same fields, and every fault has a
// sentence.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "identity/documents.hpp"
#include "identity/mrz.hpp"
#include "identity/names.hpp"

namespace identity = abode::identity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const mrz = identity::parse_mrz(text);
  if (!mrz) {
    if (mrz.error().detail.empty() || mrz.error().field.empty()) std::abort();
    return 0;
  }
  std::string const written = identity::write_mrz(*mrz);
  auto const again = identity::parse_mrz(written);
  if (!again || *again != *mrz || identity::write_mrz(*again) != written) std::abort();

  using namespace std::chrono_literals;
  static_cast<void>(identity::date_of_birth(*mrz, 2026y / 11 / 21));
  static_cast<void>(identity::date_of_expiry(*mrz, 2026y / 11 / 21));
  static_cast<void>(identity::names_of(*mrz));
  auto const document = identity::document_of(*mrz);
  if (identity::parse_document(document.kind, mrz->document_number).value() != document) std::abort();
  return 0;
}
