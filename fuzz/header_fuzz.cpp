// Any bytes as the header and as the payload of a JSON Web Signature: nothing crashes, every refusal has a sentence,
// and what is taken says neither another algorithm nor anything critical, and holds no private key.
#include <cstdint>
#include <cstdlib>

#include "codec/text.hpp"
#include "credential/jws.hpp"
#include "credential/x5c.hpp"

namespace credential = abode::credential;
namespace base = abode::base;
using abode::codec::to_base64url;

namespace {

void check(credential::json::object const& header) {
  auto const* alg = header.if_contains("alg");
  if (alg == nullptr || *alg != credential::json::value("ES256") || header.contains("crit")) std::abort();
  auto const* jwk = header.if_contains("jwk");
  for (char const* name : {"d", "k", "p", "q"})
    if (jwk != nullptr && jwk->as_object().contains(name)) std::abort();
  abode::certificates::Memory memory;
  if (auto const chain = credential::read_x5c(header, memory); chain && chain->front().is_self_signed()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text = to_base64url({data, size});
  std::string const plain = to_base64url(base::as_bytes(R"({"alg":"ES256","typ":"t"})"));
  std::string const signature = "." + to_base64url(base::Bytes(64, 1));
  for (std::string const& whole : {text + "." + plain + signature, plain + "." + text + signature}) {
    auto const jws = credential::parse_jws(whole, "t");
    if (!jws && jws.error().detail.empty()) std::abort();
    if (jws) check(jws->header);
  }
  return 0;
}
