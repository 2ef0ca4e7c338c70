#include "vectors/credential_vectors.hpp"

#include "codec/canonical_json.hpp"
#include "codec/text.hpp"

namespace abode::vectors {
namespace {

using credential::Challenge;

std::size_t place_of(std::string const& text, json::array& all, std::map<std::string, std::size_t>& places) {
  auto const [found, is_new] = places.try_emplace(text, all.size());
  if (is_new) all.emplace_back(text);
  return found->second;
}

json::object to_json(credential::Texts const& texts) {
  json::object object;
  for (auto const& [name, text] : texts) object[name] = text;
  return object;
}

json::object to_json(credential::Verification const& found) {
  json::object out{{"verdict", credential::name_of(found.verdict)},
                   {"why", found.why},
                   {"status_age", found.status_age ? json::value(found.status_age->count()) : json::value()}};
  credential::Statement const* const said = found.said();
  if (said == nullptr) return out;
  json::object shown{{"issuer", said->issuer},
                     {"issued_at", said->issued_at.time_since_epoch().count()},
                     {"issued_by", said->issued_by.time_since_epoch().count()},
                     {"expires_at", said->expires_at.time_since_epoch().count()},
                     {"test_mode", said->test_mode},
                     {"person", to_json(said->person)},
                     {"address", to_json(said->address)},
                     {"residence", to_json(said->residence)}};
  if (said->status) shown["status"] = {{"uri", said->status->uri}, {"index", digits(said->status->index)}};
  if (found.seal)
    shown["paper"] = {{"number", found.seal->number},
                      {"issued_on", base::format_date(found.seal->issued_on)},
                      {"good_through", base::format_date(found.seal->good_through)}};
  out["said"] = std::move(shown);
  return out;
}

}  // namespace

json::object Judged::told(std::string const& text) {
  json::object best;
  std::size_t best_size = text.size() / 2;
  for (std::size_t i = bases_.size(); i-- > 0 && bases_.size() - i < 20;) {
    json::object patch = patch_of(bases_[i], text);
    if (patch.at("put").as_string().size() > best_size) continue;
    best_size = patch.at("put").as_string().size();
    patch["base"] = i;
    best = std::move(patch);
  }
  if (!best.empty()) return best;
  bases_.push_back(text);
  best = patch_of(text, text);
  best["base"] = bases_.size() - 1;
  return best;
}

void Judged::add(std::string const& how, std::string const& text, By const& by) {
  std::vector<credential::StatusToken> tokens;
  json::array lists;
  for (std::string const& list : by.lists) {
    tokens.push_back(credential::parse_status_token(list).value());
    lists.emplace_back(place_of(list, lists_, list_places_));
  }
  json::object one = told(text);
  one["how"] = how;
  one["trust"] = place_of(credential::write_trust(by.trust), trusts_, trust_places_);
  one["lists"] = std::move(lists);
  one["now"] = by.now.time_since_epoch().count();
  if (by.challenge) one["challenge"] = {{"audience", by.challenge->audience}, {"nonce", by.challenge->nonce}};
  one["outcome"] = to_json(credential::Verifier{by.trust, tokens}.verify(text, by.challenge, by.now));
  cases_.push_back(std::move(one));
}

void Judged::write_to(std::filesystem::path const& file) const {
  json::array bases;
  for (std::string const& text : bases_) bases.emplace_back(codec::to_base64(base::as_bytes(text)));
  write(file, json::object{{"bases", std::move(bases)}, {"trusts", trusts_}, {"lists", lists_}, {"cases", cases_}});
}

void JudgedWorld::add(std::string const& how, std::string const& text, std::vector<std::string> const& tokens) {
  bool const is_asked = !text.ends_with('~') && !text.starts_with('{');
  add(how, text, tokens, is_asked ? std::optional{challenge} : std::nullopt);
}

void JudgedWorld::add(std::string const& how, std::string const& text, std::vector<std::string> const& tokens,
                      std::optional<Challenge> const& asked) {
  judged.add(how, text, {trust, now, tokens, asked});
}

std::string JudgedWorld::list_with(std::uint8_t status, std::uint64_t index, unsigned bits) {
  credential::StatusList list{bits, 100};
  list.set(index, status);
  return status_token(list, now - std::chrono::hours{1});
}

std::string JudgedWorld::with_payload(credential::ResidenceProof const& made, Change const& change) {
  std::string const text = issue(made);
  auto const parts = credential::split_sd_jwt(text).value();
  auto jws = credential::parse_jws(parts.jws, credential::credential_type).value();
  change(jws.payload);
  return credential::make_jws(jws.header, credential::credential_type, jws.payload, leaf_key.signer()) +
         text.substr(parts.jws.size());
}

std::string JudgedWorld::with_header(credential::ResidenceProof const& made, Change const& change) {
  std::string const text = issue(made);
  auto const parts = credential::split_sd_jwt(text).value();
  auto jws = credential::parse_jws(parts.jws, credential::credential_type).value();
  change(jws.header);
  std::string const body = codec::to_base64url(base::as_bytes(json::serialize(jws.header))) + "." +
                           codec::to_base64url(base::as_bytes(json::serialize(jws.payload)));
  return body + "." + codec::to_base64url(leaf_key.sign(base::as_bytes(body))) + text.substr(parts.jws.size());
}

std::string JudgedWorld::with_seal(credential::ResidenceSeal const& made, Change const& change) {
  json::object whole = codec::parse_json(seal(made)).value().as_object();
  change(whole);
  auto const* const data = whole.if_contains("data");
  auto const canonical = data == nullptr ? base::result<std::string>{std::string{}} : codec::to_canonical_json(*data);
  json::value* const signature = whole.if_contains("sig");
  if (canonical && signature != nullptr && signature->is_object() && signature->as_object().contains("sigvl"))
    signature->as_object()["sigvl"] = codec::to_base64url(leaf_key.sign(base::as_bytes(*canonical)));
  return json::serialize(whole);
}

void write_credential_vectors(std::filesystem::path const& folder) {
  struct Part {
    char const* name;
    void (*add)(Judged&);
  };
  for (Part const& part : {Part{"proofs", add_proofs},
                           {"forms", add_forms_of_proofs},
                           {"seals", add_seals},
                           {"statuses", add_statuses},
                           {"chains", add_chains},
                           {"certificates", add_altered_certificates}}) {
    Judged judged;
    part.add(judged);
    judged.write_to(folder / ("credential_" + std::string{part.name} + ".json"));
  }
  write_trust_vectors(folder / "credential_trust.json");
  write_status_token_vectors(folder / "credential_lists.json");
}

}  // namespace abode::vectors
