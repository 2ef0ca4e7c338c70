#include "credential/sd_jwt.hpp"

#include <algorithm>
#include <map>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::credential {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::string_view digests_name = "_sd";
constexpr std::string_view placeholder_name = "...";
constexpr std::string_view algorithm_name = "_sd_alg";

base::Error malformed(std::string detail) {
  return fail(errc::malformed, std::move(detail));
}

struct Given {
  json::array content;
  bool used = false;
};

/// Puts the disclosures in their places, from the top down.
class Disclosing {
 public:
  result<void> take(std::string const& text) {
    auto const bytes = codec::from_base64url(text);
    if (!bytes) return malformed("A disclosure is not base64url.");
    auto value = codec::parse_json(base::as_text(*bytes));
    if (!value || !value->is_array()) return malformed("A disclosure is no JSON array.");
    if (!given_.try_emplace(digest_of(text), Given{std::move(value->as_array())}).second)
      return malformed("A disclosure comes twice.");
    return {};
  }

  result<void> place(json::object& object, std::set<std::string>* disclosed) {
    auto const digests = take_digests(object);
    for (auto& [name, value] : object) {
      if (name == placeholder_name) return malformed("A claim is named \"...\".");
      if (auto const placed = place(value); !placed) return placed;
    }
    if (!digests) return {};
    if (!digests->is_array()) return malformed("\"_sd\" is no list.");
    for (json::value const& digest : digests->as_array())
      if (auto const placed = place_member(object, digest, disclosed); !placed) return placed;
    return {};
  }

  bool all_used() const {
    return std::ranges::all_of(given_, [](auto const& one) { return one.second.used; });
  }

 private:
  static std::optional<json::value> take_digests(json::object& object) {
    auto const found = object.find(digests_name);
    if (found == object.end()) return std::nullopt;
    std::optional digests(std::move(found->value()));
    object.erase(found);
    return digests;
  }

  result<void> place(json::value& value) {
    if (value.is_object()) return place(value.as_object(), nullptr);
    if (value.is_array()) return place(value.as_array());
    return {};
  }

  /// None: it is of a claim that is not shown, or of none at all.
  result<Given*> look_up(json::value const& digest) {
    if (!digest.is_string()) return malformed("A digest is no text.");
    std::string const text{digest.as_string()};
    if (!seen_.insert(text).second) return malformed("A digest stands there twice.");
    auto const found = given_.find(text);
    if (found == given_.end()) return nullptr;
    found->second.used = true;
    return &found->second;
  }

  result<void> place_member(json::object& object, json::value const& digest, std::set<std::string>* disclosed) {
    auto const found = look_up(digest);
    if (!found) return found.error();
    if (*found == nullptr) return {};
    json::array& content = (*found)->content;
    if (content.size() != 3 || !content[0].is_string() || !content[1].is_string())
      return malformed("A disclosure of a member is not salt, name and value.");
    std::string const name{content[1].as_string()};
    if (name == digests_name || name == placeholder_name)
      return malformed("A disclosed claim is named \"" + name + "\".");
    if (object.contains(name)) return malformed("The claim \"" + name + "\" is there twice.");
    json::value value = content[2];
    if (auto const placed = place(value); !placed) return placed;
    object[name] = std::move(value);
    if (disclosed != nullptr) disclosed->insert(name);
    return {};
  }

  result<void> place(json::array& array) {
    json::array shown;
    for (json::value& element : array) {
      auto const* const digest = element.is_object() ? element.as_object().if_contains(placeholder_name) : nullptr;
      if (digest == nullptr) {
        if (auto const placed = place(element); !placed) return placed;
        shown.push_back(std::move(element));
        continue;
      }
      if (element.as_object().size() != 1) return malformed("A placeholder of a list has other members.");
      auto const found = look_up(*digest);
      if (!found) return found.error();
      if (*found == nullptr) continue;
      json::array const& content = (*found)->content;
      if (content.size() != 2 || !content[0].is_string())
        return malformed("A disclosure of an element is not salt and value.");
      json::value value = content[1];
      if (auto const placed = place(value); !placed) return placed;
      shown.push_back(std::move(value));
    }
    array = std::move(shown);
    return {};
  }

  std::map<std::string, Given> given_;  ///< by digest
  std::set<std::string> seen_;
};

}  // namespace

result<SdJwtText> split_sd_jwt(std::string_view text) {
  std::size_t at = text.find('~');
  if (at == text.npos) return malformed("There is no tilde in it, so it is no SD-JWT.");
  SdJwtText parts;
  parts.jws = text.substr(0, at);
  for (std::size_t end = text.find('~', at + 1); end != text.npos; end = text.find('~', at + 1)) {
    if (end == at + 1) return malformed("A disclosure is empty.");
    if (parts.disclosures.size() == max_disclosures) return malformed("It has more than 100 disclosures.");
    parts.disclosures.emplace_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  if (at + 1 < text.size()) parts.key_binding = text.substr(at + 1);
  parts.presented = text.substr(0, at + 1);
  return parts;
}

std::string digest_of(std::string_view text) {
  return codec::to_base64url(digest::sha256(base::as_bytes(text)));
}

result<Claims> disclose(json::object const& payload, std::vector<std::string> const& disclosures) {
  Claims claims{payload, {}};
  if (auto const* algorithm = payload.if_contains(algorithm_name)) {
    if (!algorithm->is_string() || algorithm->as_string() != "sha-256")
      return malformed("Its digests are of another kind than sha-256.");
    claims.all.erase(algorithm_name);
  }
  Disclosing work;
  for (std::string const& text : disclosures)
    if (auto const taken = work.take(text); !taken) return taken.error();
  if (auto const placed = work.place(claims.all, &claims.disclosed); !placed) return placed.error();
  if (!work.all_used()) return malformed("A disclosure is of no digest in it.");
  return claims;
}

Disclosure make_disclosure(base::ByteView salt, std::string_view name, json::value value) {
  base::ensure(salt.size() >= salt_size_bytes, "a salt that is too short to hide anything");
  json::array content;
  content.reserve(3);
  content.emplace_back(codec::to_base64url(salt));
  content.emplace_back(name);
  content.push_back(std::move(value));
  std::string text = codec::to_base64url(base::as_bytes(json::serialize(content)));
  std::string digest = digest_of(text);
  return {std::move(text), std::move(digest)};
}

json::array sorted_digests(std::vector<Disclosure> const& disclosures) {
  std::vector<std::string_view> digests;
  for (Disclosure const& disclosure : disclosures) digests.emplace_back(disclosure.digest);
  std::ranges::sort(digests);
  return json::array(digests.begin(), digests.end());
}

}  // namespace abode::credential
