// Writes what passkeys of every kind answer, for test/web/passkey_peer.mjs: one JSON document a line, each with what
// is wrong with it, or "right". Our own check has agreed before anything is written.
#include <cstdio>
#include <cstdlib>

#include "support/passkey_json.hpp"

namespace {

namespace json = abode::codec::json;
using namespace abode;
using test::Authenticator;
using test::Ceremony;
using test::to_json;

webauthn::RelyingParty const party{"localhost", {"http://localhost:8080"}};
base::Bytes const challenge(32, 7);

[[noreturn]] void disagree(char const* what) {
  std::fprintf(stderr, "Our own check disagrees: %s\n", what);
  std::exit(1);
}

void write(webauthn::Algorithm algorithm, char const* what, Ceremony const& making, Ceremony const& using_it) {
  Authenticator device{algorithm};
  auto const good = webauthn::check_registration(party, challenge, device.create(challenge));
  auto const made = device.create(challenge, making);
  auto const used = device.get(challenge, using_it);
  bool const made_right = webauthn::check_registration(party, challenge, made).has_value();
  bool const used_right = webauthn::check_assertion(party, challenge, good->key, used).has_value();
  bool const is_right = std::string_view{what} == "right";
  if (made_right != is_right || used_right != is_right) disagree(what);
  json::object const line{{"what", what},
                          {"alg", static_cast<std::int64_t>(algorithm)},
                          {"challenge", codec::to_base64url(challenge)},
                          {"sound", to_json(device.create(challenge), device.credential_id())},
                          {"registration", to_json(made, device.credential_id())},
                          {"assertion", to_json(used)}};
  std::printf("%s\n", json::serialize(line).c_str());
}

}  // namespace

int main() {
  for (webauthn::Algorithm const algorithm : webauthn::algorithms) {
    write(algorithm, "right", {}, {});
    write(algorithm, "right", {.format = "packed"}, {.backup_eligible = true, .backed_up = true});
    for (auto const& [what, lie] : std::initializer_list<std::pair<char const*, Ceremony>>{
             {"another relying party", {.rp_id = "example.org"}},
             {"another origin", {.origin = "http://localhost:8081"}},
             {"another type", {.type = "webauthn.sign"}},
             {"nobody there", {.present = false}},
             {"nobody verified", {.verified = false}},
             {"backed up but not eligible", {.backed_up = true}}})
      write(algorithm, what, lie, lie);
  }
}
