// Any bytes as a proof: nothing crashes, every refusal has a sentence, and nothing that nobody signed is valid.
#include <cstdint>
#include <cstdlib>

#include "codec/text.hpp"
#include "credential/verification.hpp"

namespace credential = abode::credential;
namespace base = abode::base;

namespace {

credential::Verifier verifier{{}, {}};

/// The bytes as what stands inside of base64url, where the text itself rarely gets.
void disclose(std::string_view text) {
  auto const payload = abode::codec::parse_json(text);
  if (!payload || !payload->is_object()) return;
  auto const claims = credential::disclose(payload->as_object(), {abode::codec::to_base64url(base::as_bytes(text))});
  if (!claims && claims.error().detail.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text = base::as_text({data, size});
  auto const found = verifier.verify(text, std::nullopt, base::Time{});
  if (found.verdict == credential::Verdict::valid || found.why.empty()) std::abort();
  for (std::string_view const type : {credential::credential_type, credential::key_binding_type}) {
    auto const jws = credential::parse_jws(text, type);
    if (!jws && jws.error().detail.empty()) std::abort();
  }
  disclose(text);
  if (auto const trust = credential::read_trust(text))
    if (!credential::read_trust(credential::write_trust(*trust))) std::abort();
  return 0;
}
