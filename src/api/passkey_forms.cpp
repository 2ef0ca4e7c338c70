#include "api/passkey_forms.hpp"

#include "api/forms.hpp"
#include "codec/text.hpp"
#include "text/text.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;

/// Reads members in base64url from an object that may have others as well.
class Answer {
 public:
  Answer(json::value const& value, std::string path) : object_(value.if_object()), path_(std::move(path)) {}

  base::Bytes bytes(std::string_view name) {
    auto const* const value = member(name);
    auto decoded = value != nullptr && value->is_string() ? codec::from_base64url(std::string_view{value->get_string()})
                                                          : base::result<base::Bytes>{fail(errc::malformed, "")};
    if (!decoded || decoded->empty() || decoded->size() > webauthn::max_answer_bytes) {
      refuse(name);
      return {};
    }
    return std::move(*decoded);
  }
  std::optional<base::Bytes> optional_bytes(std::string_view name) {
    auto const* const value = member(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    return bytes(name);
  }
  /// The answer of the authenticator inside that of the browser.
  Answer response() const {
    static json::value const nothing;
    auto const* const value = member("response");
    return {value != nullptr ? *value : nothing, path_ + ".response"};
  }
  base::result<void> finish() const {
    if (wrong_.empty()) return {};
    return fail(errc::invalid, "The browser's answer about this passkey is not whole. Try again.", wrong_);
  }

 private:
  json::value const* member(std::string_view name) const {
    return object_ == nullptr ? nullptr : object_->if_contains(name);
  }
  void refuse(std::string_view name) {
    if (wrong_.empty()) wrong_ = path_ + "." + std::string{name};
  }

  json::object const* object_;
  std::string path_;
  std::string wrong_;
};

constexpr auto timeout_ms = std::chrono::milliseconds{service::passkey_challenge_life}.count();

}  // namespace

base::result<webauthn::Registration> read_registration(json::value const& value, std::string const& path) {
  Answer response = Answer{value, path}.response();
  webauthn::Registration registration{response.bytes("clientDataJSON"), response.bytes("attestationObject")};
  if (auto const done = response.finish(); !done) return done.error();
  return registration;
}

base::result<webauthn::Assertion> read_assertion(json::value const& value, std::string const& path) {
  Answer outer{value, path};
  base::Bytes id = outer.bytes("rawId");
  if (auto const done = outer.finish(); !done) return done.error();
  Answer response = outer.response();
  webauthn::Assertion assertion{std::move(id), response.bytes("clientDataJSON"), response.bytes("authenticatorData"),
                                response.bytes("signature"), response.optional_bytes("userHandle")};
  if (auto const done = response.finish(); !done) return done.error();
  return assertion;
}

json::object creation_options(webauthn::RelyingParty const& party, service::PasskeyInvitation const& invitation,
                              std::string const& name) {
  json::array algorithms;
  for (webauthn::Algorithm const algorithm : webauthn::algorithms)
    algorithms.push_back({{"type", "public-key"}, {"alg", static_cast<std::int64_t>(algorithm)}});
  json::array known;
  for (base::Bytes const& id : invitation.known)
    known.push_back({{"type", "public-key"}, {"id", codec::to_base64url(id)}});
  return {{"rp", {{"id", party.id}, {"name", "Abode"}}},
          {"user", {{"id", codec::to_base64url(invitation.user_handle)}, {"name", name}, {"displayName", name}}},
          {"challenge", codec::to_base64url(invitation.challenge)},
          {"pubKeyCredParams", std::move(algorithms)},
          {"timeout", timeout_ms},
          {"excludeCredentials", std::move(known)},
          {"authenticatorSelection",
           {{"residentKey", "required"}, {"requireResidentKey", true}, {"userVerification", "required"}}},
          {"attestation", "none"}};
}

json::object request_options(webauthn::RelyingParty const& party, base::Hash const& challenge) {
  return {{"challenge", codec::to_base64url(challenge)},
          {"rpId", party.id},
          {"timeout", timeout_ms},
          {"allowCredentials", json::array{}},
          {"userVerification", "required"}};
}

json::object to_json(service::PasskeyListed const& passkey) {
  json::object out{{"entry", passkey.entry},
                   {"name", passkey.name},
                   {"good_from", base::format_time(passkey.good_from)},
                   {"removed_from", nullptr},
                   {"last_used", nullptr}};
  if (passkey.removed_from) out["removed_from"] = base::format_time(*passkey.removed_from);
  if (passkey.last_used) out["last_used"] = *passkey.last_used;
  return out;
}

json::object to_json(service::StaffPasskeyListed const& passkey) {
  json::object out{{"id", passkey.id},
                   {"name", passkey.name},
                   {"added_at", base::format_time(passkey.added_at)},
                   {"last_used", nullptr}};
  if (passkey.last_used) out["last_used"] = *passkey.last_used;
  return out;
}

base::result<void> require_passkeys(Register const& registry) {
  if (!registry.party.id.empty()) return {};
  return fail(errc::unsupported,
              "There are no passkeys here: this register is reached by a number instead of a name. Sign in with a card "
              "and a code.");
}

base::result<http::Response> sign_in_options(Register const& registry, http::Request const& request,
                                             base::Hash (*challenge)(service::Context const&)) {
  if (auto const ok = require_no_fields(request); !ok) return ok.error();
  if (auto const there = require_passkeys(registry); !there) return there.error();
  return answer(registry.context.mode, 200,
                {{"options", request_options(registry.party, challenge(registry.context))}});
}

base::result<std::string> read_passkey_name(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto name = text::clean_line(reader.required_text("name"), "name");
  if (auto const done = reader.finish(); !done) return done.error();
  if (!name) return name.error();
  if (auto const fits = service::check_passkey_name(*name); !fits) return fits.error();
  return name;
}

base::result<service::NewPasskey> read_new_passkey(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto name = text::clean_line(reader.required_text("name"), "name");
  auto const* const credential = reader.required("credential");
  if (auto const done = reader.finish(); !done) return done.error();
  if (!name) return name.error();
  auto registration = read_registration(*credential, "credential");
  if (!registration) return registration.error();
  return service::NewPasskey{std::move(*name), std::move(*registration)};
}

}  // namespace abode::api
