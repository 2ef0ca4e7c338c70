// Any bytes as a seal: nothing crashes, every refusal has a sentence, nothing that nobody signed is valid, and what is
// signed does not depend on how it was written.
#include <cstdint>
#include <cstdlib>

#include "codec/canonical_json.hpp"
#include "credential/verification.hpp"

namespace credential = abode::credential;
namespace base = abode::base;

namespace {

credential::Verifier verifier{{}, {}};

void canonical(std::string_view text) {
  auto const value = abode::codec::parse_json(text);
  if (!value) return;
  auto const once = abode::codec::to_canonical_json(*value);
  if (!once) return;
  auto const again = abode::codec::parse_json(*once);
  if (!again || abode::codec::to_canonical_json(*again).value() != *once) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text = base::as_text({data, size});
  auto const found = verifier.verify(text, std::nullopt, base::Time{});
  if (found.verdict == credential::Verdict::valid || found.why.empty()) std::abort();
  abode::certificates::Memory memory;
  auto const seal = credential::parse_seal(text, memory);
  if (!seal && seal.error().detail.empty()) std::abort();
  if (seal && (seal->chain.size() != 1 || seal->expires_at <= seal->issued_at)) std::abort();
  canonical(text);
  return 0;
}
