#include "openid4vp/response.hpp"

#include "base/assert.hpp"
#include "credential/jws.hpp"
#include "openid4vp/queries.hpp"

namespace abode::openid4vp {
namespace {

using base::errc;
using base::fail;
using base::result;

base::Error malformed(char const* detail) {
  return fail(errc::malformed, detail);
}

/// {"proof": ["..."]}: one question, one presentation.
result<Answer> read_token(json::value const& token) {
  auto const* all = token.if_object();
  if (all == nullptr) return malformed("The \"vp_token\" is no object with lists of presentations.");
  auto const* listed = all->if_contains(credential_id);
  if (all->size() != 1 || listed == nullptr)
    return malformed("The \"vp_token\" answers another question than was asked.");
  auto const* presentations = listed->if_array();
  if (presentations == nullptr || presentations->size() != 1 || !presentations->front().is_string())
    return malformed("The \"vp_token\" has not exactly one presentation, a text, in a list.");
  return Answer{Presentation{std::string{presentations->front().as_string()}}};
}

}  // namespace

std::string_view words_for(Decline decline) {
  switch (decline) {
    case Decline::access_denied:
      return "Nothing was shown: the holder said no, or the wallet has no proof that fits. Talk to them, and ask again "
             "if they want it.";
    case Decline::not_understood:
      return "The wallet does not take this request. It may be too old, or it may not know you. Ask for the proof on "
             "paper or as a file.";
    case Decline::unavailable: return "The wallet could not answer just now. Ask again in a while.";
  }
  return {};
}

std::string_view name_of(Decline decline) {
  switch (decline) {
    case Decline::access_denied: return "access-denied";
    case Decline::not_understood: return "not-understood";
    case Decline::unavailable: return "unavailable";
  }
  base::fatal("a refusal without a name");
}

Decline decline_of(std::string_view error) {
  if (error == "access_denied") return Decline::access_denied;
  if (error == "wallet_unavailable" || error == "temporarily_unavailable" || error == "server_error")
    return Decline::unavailable;
  return Decline::not_understood;
}

result<Answer> read_answer(std::string_view text, std::string_view state) {
  auto const value = codec::parse_json(text);
  if (!value || !value->is_object()) return malformed("What was encrypted is no JSON object.");
  json::object const& answer = value->as_object();
  auto const returned = credential::text_of(answer, "state");
  if (!returned || *returned != state)
    return fail(errc::forbidden, "The answer's \"state\" is not that of this request.");
  auto const* token = answer.if_contains("vp_token");
  auto const* error = answer.if_contains("error");
  if (token != nullptr && error != nullptr) return malformed("The answer is a proof and an error at once.");
  if (token != nullptr) return read_token(*token);
  if (error == nullptr || !error->is_string()) return malformed("The answer has neither \"vp_token\" nor \"error\".");
  return Answer{decline_of(error->as_string())};
}

}  // namespace abode::openid4vp
