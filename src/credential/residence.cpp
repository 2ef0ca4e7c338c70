#include "credential/residence.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::credential {
namespace {

using base::errc;
using base::fail;
using base::result;

/// SD-JWT VC, section 3.2.2.2, and ours of the same kind.
constexpr std::array<std::string_view, 12> never_selective{
    "iss",           "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "sub", "mode", "date_of_issuance",
    "date_of_expiry"};

base::Error malformed(std::string detail) {
  return fail(errc::malformed, std::move(detail));
}

base::Time hour_of(base::Time time) {
  return std::chrono::floor<std::chrono::hours>(time);
}

/// Digests in the payload, and the disclosures they are of.
struct Making {
  std::function<base::Bytes()> const& salt;
  std::vector<Disclosure> all = {};

  json::array digests(Texts const& claims) {
    std::vector<Disclosure> level;
    level.reserve(claims.size());
    for (auto const& [name, text] : claims) level.push_back(make_disclosure(salt(), name, json::value(text)));
    json::array sorted = sorted_digests(level);
    std::ranges::move(level, std::back_inserter(all));
    return sorted;
  }
};

/// Takes the texts of these names out of `from`; whatever else is left there is for the caller to refuse.
template <std::size_t count>
result<Texts> take_texts(json::object& from, std::array<std::string_view, count> const& names) {
  Texts texts;
  for (std::string_view const name : names) {
    auto const found = from.find(name);
    if (found == from.end()) continue;
    if (!found->value().is_string()) return malformed("The claim \"" + std::string{name} + "\" is no text.");
    texts.emplace(name, found->value().as_string());
    from.erase(found);
  }
  return texts;
}

template <std::size_t count>
result<Texts> take_group(json::object& from, std::string_view group, std::array<std::string_view, count> const& names) {
  auto members = object_of(from, group);
  if (!members) return members.error();
  auto texts = take_texts(*members, names);
  if (texts && !members->empty())
    return malformed("There is a claim \"" + std::string{members->begin()->key()} +
                     "\" that this kind of proof has not.");
  from.erase(group);
  return texts;
}

result<std::optional<StatusReference>> read_status(json::object const& payload) {
  if (!payload.contains("status")) return std::optional<StatusReference>{};
  auto const status = object_of(payload, "status");
  if (!status) return status.error();
  auto const list = object_of(*status, "status_list");
  if (!list) return list.error();
  auto const index = integer_of(*list, "idx");
  if (!index || *index < 0) return malformed("The status has no index.");
  auto uri = text_of(*list, "uri");
  if (!uri) return uri.error();
  return std::optional{StatusReference{std::move(*uri), static_cast<std::uint64_t>(*index)}};
}

result<std::optional<base::Bytes>> read_holder_key(json::object const& payload) {
  if (!payload.contains("cnf")) return std::optional<base::Bytes>{};
  auto const confirmation = object_of(payload, "cnf");
  if (!confirmation) return confirmation.error();
  auto const* jwk = confirmation->if_contains("jwk");
  if (jwk == nullptr) return malformed("The holder's key is not there as a JSON Web Key.");
  auto key = read_jwk(*jwk);
  if (!key) return key.error();
  return std::optional{std::move(*key)};
}

result<bool> read_mode(json::object const& payload) {
  auto const mode = text_of(payload, "mode");
  if (!mode) return mode.error();
  if (*mode != "test" && *mode != "live") return malformed("Its mode is neither live nor test.");
  return *mode == "test";
}

/// The same as the times, for people: two that say different things are not ours to choose between.
result<void> check_dates(json::object const& payload, ShownProof const& proof) {
  std::pair<char const*, base::Time> const dates[] = {{"date_of_issuance", proof.issued_at},
                                                      {"date_of_expiry", proof.expires_at}};
  for (auto const& [name, time] : dates)
    if (auto const* date = payload.if_contains(name);
        date != nullptr && *date != json::value(base::format_date(base::day_of(time))))
      return malformed(std::string{"Its "} + name + " is not the day of its time.");
  return {};
}

/// What is always there.
result<void> read_frame(json::object const& payload, ShownProof& proof) {
  if (payload.contains("vct#integrity"))
    if (auto const hash = text_of(payload, "vct#integrity"); !hash) return hash.error();
  auto const type = text_of(payload, "vct");
  if (!type || *type != residence_type) return malformed("It is no proof of residence of this kind.");
  auto issuer = text_of(payload, "iss");
  if (!issuer) return issuer.error();
  proof.issuer = std::move(*issuer);
  auto const issued_at = time_of(payload, "iat");
  if (!issued_at) return issued_at.error();
  proof.issued_at = *issued_at;
  proof.issued_by = *issued_at;
  auto const not_before = time_or_none(payload, "nbf");
  if (!not_before) return not_before.error();
  proof.not_before = *not_before;
  auto const expires_at = time_of(payload, "exp");
  if (!expires_at) return expires_at.error();
  proof.expires_at = *expires_at;
  auto const test_mode = read_mode(payload);
  if (!test_mode) return test_mode.error();
  proof.test_mode = *test_mode;
  auto key = read_holder_key(payload);
  if (!key) return key.error();
  proof.holder_key = std::move(*key);
  auto status = read_status(payload);
  if (!status) return status.error();
  proof.status = std::move(*status);
  if (!is_life_of_a_proof(proof.issued_at, proof.expires_at, proof.status.has_value()))
    return malformed("Its life is not that of a proof: 14 days at most, or a year with a status.");
  return check_dates(payload, proof);
}

result<void> read_claims(json::object claims, ShownProof& proof) {
  auto person = take_texts(claims, person_claims);
  if (!person) return person.error();
  proof.person = std::move(*person);
  auto address = take_group(claims, "address", address_claims);
  if (!address) return address.error();
  proof.address = std::move(*address);
  auto residence = take_group(claims, "residence", residence_claims);
  if (!residence) return residence.error();
  proof.residence = std::move(*residence);
  for (std::string_view const name : never_selective) claims.erase(name);
  if (!claims.empty())
    return malformed("There is a claim \"" + std::string{claims.begin()->key()} +
                     "\" that this kind of proof has not.");
  return {};
}

}  // namespace

bool is_life_of_a_proof(base::Time issued_at, base::Time expires_at, bool has_status) {
  auto const longest = has_status ? longest_lasting_proof : longest_fresh_proof;
  return expires_at > issued_at && expires_at - issued_at <= longest;
}

std::string residence_type_integrity() {
  return "sha256-" + codec::to_base64(digest::sha256(base::as_bytes(residence_type_metadata())));
}

std::string issue(ResidenceProof const& proof, std::vector<certificates::Certificate> const& chain,
                  std::function<base::Bytes()> const& salt, Signer const& sign) {
  Making making{salt};
  base::Time const issued_at = hour_of(proof.issued_at);
  base::Time const expires_at = hour_of(proof.expires_at);
  base::ensure(is_life_of_a_proof(issued_at, expires_at, proof.status.has_value()), "a proof within the floors");
  static std::string const integrity = residence_type_integrity();
  json::object payload{{"iss", proof.issuer},
                       {"iat", issued_at.time_since_epoch().count()},
                       {"exp", expires_at.time_since_epoch().count()},
                       {"date_of_issuance", base::format_date(base::day_of(issued_at))},
                       {"date_of_expiry", base::format_date(base::day_of(expires_at))},
                       {"vct", residence_type},
                       {"vct#integrity", integrity},
                       {"mode", chain.front().is_for_tests() ? "test" : "live"},
                       {"_sd_alg", "sha-256"}};
  payload["_sd"] = making.digests(proof.person);
  payload["address"] = {{"_sd", making.digests(proof.address)}};
  payload["residence"] = {{"_sd", making.digests(proof.residence)}};
  if (proof.holder_key) payload["cnf"] = {{"jwk", to_jwk(*proof.holder_key)}};
  if (proof.status) payload["status"] = {{"status_list", {{"idx", proof.status->index}, {"uri", proof.status->uri}}}};
  std::string text = make_jws({{"x5c", to_x5c(chain)}}, credential_type, payload, sign);
  text += '~';
  for (Disclosure const& disclosure : making.all) {
    text += disclosure.text;
    text += '~';
  }
  return text;
}

result<ShownProof> parse_proof(std::string_view text, certificates::Memory& memory) {
  auto parts = split_sd_jwt(text);
  if (!parts) return parts.error();
  auto jws = parse_jws(parts->jws, credential_type);
  if (!jws) return jws.error();
  auto chain = read_x5c(jws->header, memory);
  if (!chain) return chain.error();
  auto claims = disclose(jws->payload, parts->disclosures);
  if (!claims) return claims.error();
  for (std::string_view const name : never_selective)
    if (claims->disclosed.contains(std::string{name}))
      return malformed("\"" + std::string{name} + "\" came by a disclosure.");
  ShownProof proof{};
  if (auto const framed = read_frame(claims->all, proof); !framed) return framed.error();
  proof.test_mode |= std::ranges::any_of(*chain, &certificates::Certificate::is_for_tests);
  if (auto const read = read_claims(std::move(claims->all), proof); !read) return read.error();
  if (parts->key_binding) {
    auto binding = parse_jws(*parts->key_binding, key_binding_type);
    if (!binding) return binding.error();
    proof.key_binding = std::move(*binding);
  }
  proof.text = std::move(*parts);
  proof.jws = std::move(*jws);
  proof.chain = std::move(*chain);
  return proof;
}

}  // namespace abode::credential
