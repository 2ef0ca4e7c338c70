// Any bytes as each part of a passkey's answers: nothing crashes, nothing that was not signed is taken for signed, and
// every refusal has a sentence.
#include <cstdint>
#include <cstdlib>

#include "webauthn/webauthn.hpp"

namespace webauthn = abode::webauthn;
namespace base = abode::base;

namespace {

webauthn::RelyingParty const party{"localhost", {"http://localhost:8080"}};
base::Bytes const challenge(32, 7);
constexpr char const* create_data =
    R"({"type":"webauthn.create","challenge":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","origin":"http://localhost:8080"})";
constexpr char const* get_data =
    R"({"type":"webauthn.get","challenge":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","origin":"http://localhost:8080"})";

base::Bytes text(char const* json) {
  return base::to_bytes(base::as_bytes(json));
}

template <class T>
void expect_sentence(base::result<T> const& outcome) {
  if (!outcome && outcome.error().detail.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  base::Bytes const bytes(data, data + size);
  expect_sentence(webauthn::challenge_in(bytes));
  expect_sentence(webauthn::check_registration(party, challenge, {bytes, {}}));
  auto const made = webauthn::check_registration(party, challenge, {text(create_data), bytes});
  expect_sentence(made);
  if (made) {
    auto const kept = webauthn::decode_public_key(webauthn::encode(made->key));
    if (!kept || *kept != made->key) std::abort();
  }
  expect_sentence(webauthn::decode_public_key(bytes));
  webauthn::PublicKey const key =
      made ? made->key : webauthn::PublicKey{webauthn::Algorithm::es256, base::Bytes(64, 1)};
  auto const used = webauthn::check_assertion(party, challenge, key, {{1}, text(get_data), bytes, bytes, {}});
  expect_sentence(used);
  if (used) std::abort();
  return 0;
}
