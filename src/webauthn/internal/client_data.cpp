#include "webauthn/internal/client_data.hpp"

#include <algorithm>

#include "codec/json.hpp"
#include "codec/text.hpp"

namespace abode::webauthn::internal {
namespace {

using base::errc;

base::Error refused(errc code, char const* detail) {
  return base::fail(code, detail, "credential");
}

/// A text member; empty if it is missing.
std::string text_of(codec::json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

}  // namespace

base::result<ClientData> read_client_data(base::ByteView json) {
  base::Error const malformed =
      refused(errc::malformed, "The browser's answer about this passkey cannot be read. Try again.");
  if (json.size() > max_answer_bytes) return malformed;
  auto const parsed = codec::parse_json(base::as_text(json));
  if (!parsed || !parsed->is_object()) return malformed;
  auto const& object = parsed->get_object();
  auto challenge = codec::from_base64url(text_of(object, "challenge"));
  if (!challenge || challenge->empty()) return malformed;
  ClientData data{text_of(object, "type"), std::move(*challenge), text_of(object, "origin"), false};
  // A page of another site around ours is named by topOrigin as well, which no page of ours has.
  auto const* const cross = object.if_contains("crossOrigin");
  data.cross_origin = object.contains("topOrigin") || (cross != nullptr && !(cross->is_bool() && !cross->get_bool()));
  return data;
}

base::result<void> check_client_data(base::ByteView json, std::string_view type, RelyingParty const& party,
                                     base::ByteView challenge) {
  auto const data = read_client_data(json);
  if (!data) return data.error();
  if (data->type != type) return refused(errc::invalid, "This is an answer to another question. Try again.");
  if (!base::equal_constant_time(data->challenge, challenge))
    return refused(errc::invalid, "This answers a question that was not asked now. Try again.");
  if (std::find(party.origins.begin(), party.origins.end(), data->origin) == party.origins.end() || data->cross_origin)
    return refused(errc::invalid,
                   "This passkey was asked for by the page of another site. Open the register's own page.");
  return {};
}

}  // namespace abode::webauthn::internal
