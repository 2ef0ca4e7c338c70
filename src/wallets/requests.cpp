#include "wallets/requests.hpp"

#include <algorithm>
#include <array>

#include "http/url.hpp"
#include "wallets/key_proofs.hpp"
#include "wallets/oauth.hpp"

namespace abode::wallets {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::size_t max_client_bytes = 200;
constexpr std::size_t max_redirect_bytes = 1'000;
constexpr std::size_t max_state_bytes = 1'000;
constexpr std::size_t sha256_base64url_chars = 43;
constexpr std::size_t min_verifier_chars = 43;  // RFC 7636, section 4.1
constexpr std::size_t max_verifier_chars = 128;

// Those that browsers or systems act on by themselves, so that no wallet can answer to them.
constexpr std::array taken_schemes{"about",      "blob",     "chrome",      "content",    "data",   "file",
                                   "filesystem", "ftp",      "intent",      "javascript", "mailto", "sms",
                                   "tel",        "vbscript", "view-source", "ws",         "wss"};
constexpr std::array own_hosts{"localhost", "127.0.0.1", "[::1]"};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A form whose fields come once each (RFC 6749, section 3.2); what is unknown is ignored.
class Fields {
 public:
  static result<Fields> read(http::Request const& request) {
    if (!http::header(request, "Content-Type").starts_with("application/x-www-form-urlencoded"))
      return refused(oauth::invalid_request, "Send a form (application/x-www-form-urlencoded).");
    auto form = http::parse_form(request.body);
    if (!form) return refused(oauth::invalid_request, form.error().detail);
    return Fields{std::move(*form)};
  }

  result<std::optional<std::string>> maybe(std::string_view name) const {
    auto found = http::only_value(form_, name);
    if (!found) return refused(oauth::invalid_request, found.error().detail);
    return found;
  }
  result<std::string> needed(std::string_view name) const {
    auto found = maybe(name);
    if (!found) return found.error();
    if (!*found || (*found)->empty())
      return refused(oauth::invalid_request, "\"" + std::string{name} + "\" is missing.");
    return std::move(**found);
  }

 private:
  explicit Fields(http::Pairs form) : form_(std::move(form)) {}

  http::Pairs form_;
};

result<TokenRequest> read_pre_authorized(Fields const& form) {
  auto code = form.needed("pre-authorized_code");
  if (!code) return code.error();
  auto transaction_code = form.maybe("tx_code");
  if (!transaction_code) return transaction_code.error();
  return PreAuthorizedCode{std::move(*code), std::move(*transaction_code)};
}

bool is_verifier(std::string_view text) {
  return text.size() >= min_verifier_chars && text.size() <= max_verifier_chars &&
         std::ranges::all_of(
             text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; });
}

bool is_hash(std::string_view text) {
  return text.size() == sha256_base64url_chars &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

result<TokenRequest> read_code(Fields const& form) {
  service::CodeRedemption read;
  for (auto const& [name, to] : {std::pair{"code", &read.code},
                                 {"code_verifier", &read.verifier},
                                 {"client_id", &read.client},
                                 {"redirect_uri", &read.redirect_uri}}) {
    auto text = form.needed(name);
    if (!text) return text.error();
    *to = std::move(*text);
  }
  if (!is_verifier(read.verifier))
    return refused(oauth::invalid_request, "A code_verifier has 43 to 128 letters, digits and -._~ (RFC 7636).");
  return read;
}

/// What a code flow has to say, beside what is kept of it.
result<void> check_flow(Fields const& form) {
  auto const kind = form.needed("response_type");
  if (!kind) return kind.error();
  if (*kind != "code") return refused(oauth::unsupported_response_type, "The response_type here is \"code\".");
  for (char const* name : {"request_uri", "request"}) {
    auto const other = form.maybe(name);
    if (!other) return other.error();
    if (*other) return refused(oauth::invalid_request, "Push the fields themselves, not " + std::string{name} + ".");
  }
  auto const details = form.maybe("authorization_details");
  if (!details) return details.error();
  if (*details)
    return refused(oauth::invalid_authorization_details, "Ask by scope here, without authorization_details.");
  auto const method = form.maybe("code_challenge_method");
  if (!method) return method.error();
  if (!*method || **method != "S256")
    return refused(oauth::invalid_request, "The code_challenge_method here is S256 (RFC 7636).");
  return {};
}

/// One of our scopes; others beside it are left out, as RFC 6749, section 3.3, allows.
result<rules::ProofLife> read_scope(Fields const& form) {
  auto const scope = form.maybe("scope");
  if (!scope) return scope.error();
  std::optional<rules::ProofLife> found;
  std::string_view rest = *scope ? std::string_view{**scope} : std::string_view{};
  while (!rest.empty()) {
    std::string_view const word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    for (rules::ProofLife const life : {rules::ProofLife::fresh, rules::ProofLife::lasting}) {
      if (word != configuration_of(life)) continue;
      if (found && *found != life) return refused(oauth::invalid_scope, "Ask for one kind of proof at a time.");
      found = life;
    }
  }
  if (!found) return refused(oauth::invalid_scope, "The scopes here are residence and residence-lasting.");
  return *found;
}

result<std::string> read_hash(Fields const& form, char const* name) {
  auto text = form.needed(name);
  if (!text) return text.error();
  if (!is_hash(*text))
    return refused(oauth::invalid_request, std::string{name} + " is a SHA-256 in base64url: 43 characters.");
  return text;
}

result<std::optional<std::string>> read_key_name(Fields const& form) {
  auto const named = form.maybe("dpop_jkt");
  if (!named || !*named) return named;
  auto text = read_hash(form, "dpop_jkt");
  if (!text) return text.error();
  return std::optional{std::move(*text)};
}

}  // namespace

result<TokenRequest> read_token_request(http::Request const& request) {
  auto const form = Fields::read(request);
  if (!form) return form.error();
  auto const grant = form->needed("grant_type");
  if (!grant) return grant.error();
  if (*grant == pre_authorized_grant) return read_pre_authorized(*form);
  if (*grant == code_grant) return read_code(*form);
  return refused(oauth::unsupported_grant_type, "The grant types here are " + std::string{code_grant} + " and " +
                                                    std::string{pre_authorized_grant} + ".");
}

result<service::WalletRequest> read_pushed_request(http::Request const& request) {
  auto const form = Fields::read(request);
  if (!form) return form.error();
  if (auto const flow = check_flow(*form); !flow) return flow.error();
  auto client = form->needed("client_id");
  if (!client) return client.error();
  auto back = form->needed("redirect_uri");
  if (!back) return back.error();
  if (auto const good = check_redirect_uri(*back); !good)
    return refused(oauth::invalid_request, "redirect_uri: " + good.error().detail);
  auto state = form->maybe("state");
  if (!state) return state.error();
  if (client->size() > max_client_bytes || (*state && (*state)->size() > max_state_bytes))
    return refused(oauth::invalid_request, "client_id has up to 200 bytes here, and state up to 1,000.");
  auto challenge = read_hash(*form, "code_challenge");
  if (!challenge) return challenge.error();
  auto const life = read_scope(*form);
  if (!life) return life.error();
  auto thumbprint = read_key_name(*form);
  if (!thumbprint) return thumbprint.error();
  return service::WalletRequest{
      std::move(*client), std::move(*back), std::move(*state), std::move(*challenge), *life, std::move(*thumbprint)};
}

result<void> check_redirect_uri(std::string_view uri) {
  if (uri.size() > max_redirect_bytes) return fail(errc::invalid, "This address is longer than 1,000 bytes.");
  auto const url = http::parse_url(uri);
  if (!url) return fail(errc::invalid, url.error().detail);
  if (url->has_user_info) return fail(errc::invalid, "An address with a user's name in it may mislead people.");
  if (url->has_fragment) return fail(errc::invalid, "Leave the part behind # out.");
  bool const plain_host = std::ranges::all_of(url->host, [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.' || c == '[' || c == ']' || c == ':';
  });
  if (!plain_host) return fail(errc::invalid, "A host has letters, digits, dots and hyphens; others as xn--.");
  if (url->scheme == "https" && !url->host.empty()) return {};
  if (url->scheme == "http" && std::ranges::find(own_hosts, url->host) != own_hosts.end()) return {};
  if (url->scheme == "http" || url->scheme == "https" ||
      std::ranges::find(taken_schemes, url->scheme) != taken_schemes.end())
    return fail(errc::invalid, "Use https, a scheme of the wallet's own, or http on localhost.");
  return {};
}

}  // namespace abode::wallets
