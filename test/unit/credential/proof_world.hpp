// A register that issues proofs, a holder, and a verifier who trusts the one and asks the other.
#pragma once

#include <gtest/gtest.h>

#include "credential/verification.hpp"
#include "support/issuer.hpp"

namespace abode::test {

namespace json = credential::json;
using namespace std::chrono_literals;

inline base::Time at(char const* text) {
  return base::parse_time(text).value();
}

struct ProofWorld {
  base::Time now = at("2026-11-27T12:34:56Z");
  base::Time from = at("2026-01-01T00:00:00Z");
  base::Time until = at("2027-01-01T00:00:00Z");
  P256Key root_key{};
  P256Key leaf_key{};
  P256Key status_root_key{};
  P256Key status_key{};
  P256Key holder_key{};
  certificates::Certificate root =
      make_certificate({"Root", root_key, root_key, "Root", from, at("2036-01-01T00:00:00Z"), true});
  certificates::Certificate leaf = make_certificate({"Leaf", leaf_key, root_key, "Root", from, until});
  certificates::Certificate status_root = make_certificate(
      {"Status root", status_root_key, status_root_key, "Status root", from, at("2036-01-01T00:00:00Z"), true});
  certificates::Certificate status_leaf =
      make_certificate({"Status", status_key, status_root_key, "Status root", from, until});
  std::string const issuer = "https://register.example";
  std::string const list_uri = "https://register.example/status/7";
  credential::Trust trust{{{issuer, root, status_root}}};
  credential::Challenge challenge{"https://school.example", "n-0S6_WzA2Mj"};
  std::uint8_t next_salt = 0;

  std::function<base::Bytes()> salt() {
    return [this] { return base::Bytes(credential::salt_size_bytes, ++next_salt); };
  }

  credential::ResidenceProof proof() const {
    return {.issuer = issuer,
            .issued_at = now,
            .expires_at = now + std::chrono::days{14},
            .person = {{"family_name", "ERIKSSON"}, {"given_name", "ANNA MARIA"}, {"birthdate", "1974-08-12"}},
            .address = {{"street_address", "Sonnenallee"},
                        {"house_number", "17b"},
                        {"postal_code", "12047"},
                        {"locality", "Berlin"},
                        {"region", "Berlin"},
                        {"country", "DE"},
                        {"formatted", "Sonnenallee 17b\n12047 Berlin"}},
            .residence = {{"kind", "main"}, {"assurance", "declared"}, {"since", "2021-09-01"}}};
  }
  credential::ResidenceProof bound() const {
    auto made = proof();
    made.holder_key = holder_key.public_key();
    return made;
  }
  credential::ResidenceProof lasting(std::uint64_t index = 5) const {
    auto made = proof();
    made.expires_at = now + std::chrono::days{300};
    made.status = credential::StatusReference{list_uri, index};
    return made;
  }
  certificates::Certificate test_leaf = make_certificate({.subject = "Leaf",
                                                          .key = leaf_key,
                                                          .signed_by = root_key,
                                                          .issuer = "Root",
                                                          .from = from,
                                                          .until = until,
                                                          .is_for_tests = true});
  std::string issue(credential::ResidenceProof const& made) {
    return credential::issue(made, {leaf}, salt(), leaf_key.signer());
  }

  credential::ResidenceSeal page() const {
    return {.issuer = issuer,
            .number = "7K2PDXQ04M8ZVW1H",
            .issued_on = base::day_of(now),
            .good_through = base::day_of(now + std::chrono::days{13}),
            .person = {{"family_name", "ERIKSSON"}, {"given_name", "ANNA MARIA"}},
            .address = {{"formatted", "Sonnenallee 17b\n12047 Berlin"}, {"country", "DE"}},
            .residence = {{"kind", "main"}, {"since", "2021-09-01"}}};
  }
  credential::ResidenceSeal lasting_page(std::uint64_t index = 5) const {
    auto made = page();
    made.good_through = base::day_of(now + std::chrono::days{300});
    made.status = credential::StatusReference{list_uri, index};
    return made;
  }
  std::string seal(credential::ResidenceSeal const& made) {
    return credential::make_seal(made, leaf, leaf_key.signer()).value();
  }

  /// The same with these claims only, whatever their level.
  static std::string show_only(std::string const& text, std::set<std::string> const& names);

  std::string signed_by_holder(std::string const& shown, json::object changes = {}) {
    json::object payload{{"iat", now.time_since_epoch().count()},
                         {"aud", challenge.audience},
                         {"nonce", challenge.nonce},
                         {"sd_hash", credential::digest_of(shown)}};
    for (auto const& [name, value] : changes) {
      payload[name] = value;
      if (value.is_null()) payload.erase(name);
    }
    return shown + credential::make_jws({}, "kb+jwt", payload, holder_key.signer());
  }

  std::string status_token(credential::StatusList const& list, base::Time issued_at) {
    return credential::make_status_token(list_uri, issued_at, issued_at + 24h, 12h, list, {status_leaf},
                                         status_key.signer());
  }
  std::vector<credential::StatusToken> lists(std::uint8_t status, std::uint64_t index = 5, unsigned bits = 2) {
    credential::StatusList list{bits, 100};
    list.set(index, status);
    return {credential::parse_status_token(status_token(list, now - 1h)).value()};
  }

  /// By who asks, if a holder signed, and by who does not ask otherwise.
  credential::Verification verify(std::string const& text, std::vector<credential::StatusToken> const& tokens = {}) {
    return verify(text, tokens, text.ends_with('~') ? std::nullopt : std::optional{challenge});
  }
  credential::Verification verify(std::string const& text, std::vector<credential::StatusToken> const& tokens,
                                  std::optional<credential::Challenge> const& asked) {
    return credential::Verifier{trust, tokens}.verify(text, asked, now);
  }
};

}  // namespace abode::test
