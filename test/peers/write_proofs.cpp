// Writes proofs of residence and a status list as we issue them, in one JSON object, for others' code to judge.
#include <cstdio>

#include "codec/text.hpp"
#include "credential/residence.hpp"
#include "credential/status_list.hpp"
#include "support/issuer.hpp"
#include "system/clock.hpp"

namespace credential = abode::credential;
namespace test = abode::test;
namespace base = abode::base;

int main() {
  namespace json = credential::json;
  base::Time const now = abode::system::machine_time();
  base::Time const from = now - std::chrono::days{30};
  base::Time const until = now + std::chrono::days{300};
  test::P256Key const root_key;
  test::P256Key const key;
  test::P256Key const holder;
  auto const root = test::make_certificate({"Root", root_key, root_key, "Root", from, until, true});
  auto const leaf = test::make_certificate({"Leaf", key, root_key, "Root", from, until});
  std::uint8_t salts = 0;
  auto const salt = [&] { return base::Bytes(credential::salt_size_bytes, ++salts); };
  credential::ResidenceProof proof{.issuer = "https://register.example",
                                   .issued_at = now,
                                   .expires_at = now + std::chrono::days{200},
                                   .holder_key = holder.public_key(),
                                   .status = credential::StatusReference{"https://register.example/status/1", 4711},
                                   .person = {{"family_name", "ERIKSSON"}, {"given_name", "ANNA MARIA"}},
                                   .address = {{"locality", "Душанбе"}, {"region", "Душанбе"}, {"country", "TJ"}},
                                   .residence = {{"kind", "main"}, {"since", "2021-09-01"}}};
  std::string const text = credential::issue(proof, {leaf}, salt, key.signer());
  json::object const binding{{"iat", now.time_since_epoch().count()},
                             {"aud", "https://school.example"},
                             {"nonce", "n-1"},
                             {"sd_hash", credential::digest_of(text)}};
  credential::StatusList list{2, 100'000};
  list.set(4711, 2);
  list.set(99'999, 1);
  json::object const out{
      {"issuer_key", credential::to_jwk(key.public_key())},
      {"certificate", abode::codec::to_base64(leaf.der())},
      {"root", abode::codec::to_base64(root.der())},
      {"proof", text},
      {"type_metadata", credential::residence_type_metadata()},
      {"presentation", text + credential::make_jws({}, credential::key_binding_type, binding, holder.signer())},
      {"status_list", credential::make_status_token(proof.status->uri, now, now + std::chrono::hours{24},
                                                    std::chrono::hours{12}, list, {leaf}, key.signer())}};
  std::puts(json::serialize(out).c_str());
  return 0;
}
