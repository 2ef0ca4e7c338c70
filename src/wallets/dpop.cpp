#include "wallets/dpop.hpp"

#include <algorithm>

#include "codec/text.hpp"
#include "credential/jws.hpp"
#include "credential/x5c.hpp"
#include "digest/digest.hpp"
#include "wallets/oauth.hpp"

namespace abode::wallets {
namespace {

using base::result;
using credential::Jws;

constexpr std::size_t max_jti_bytes = 256;

std::string hash_of(std::string_view text) {
  return codec::to_base64url(digest::sha256(base::as_bytes(text)));
}

bool same_name(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

/// Exactly one header field of that name.
std::optional<std::string> only_header(http::Request const& request, std::string_view name) {
  std::optional<std::string> found;
  for (auto const& [key, value] : request.headers) {
    if (!same_name(key, name)) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

/// Without query and fragment, which RFC 9449, section 4.3, leaves out; scheme and host in small letters.
std::string normal_url(std::string_view url) {
  std::string normal{url.substr(0, url.find_first_of("?#"))};
  std::size_t const host = normal.find("://");
  std::size_t const path = host == normal.npos ? normal.npos : normal.find('/', host + 3);
  for (std::size_t i = 0; i < std::min(path, normal.size()); ++i)
    if (normal[i] >= 'A' && normal[i] <= 'Z') normal[i] = static_cast<char>(normal[i] - 'A' + 'a');
  return normal;
}

bool says(Jws const& jws, char const* name, std::string_view wanted) {
  auto const text = credential::text_of(jws.payload, name);
  return text && *text == wanted;
}

/// Who signed it, by the key in its header.
result<base::Bytes> signer_of(Jws const& jws) {
  auto const* const jwk = jws.header.if_contains("jwk");
  if (jwk == nullptr) return refused(oauth::invalid_dpop_proof, "The DPoP proof names no key (jwk).");
  auto key = credential::read_jwk(*jwk);
  if (!key) return refused(oauth::invalid_dpop_proof, key.error().detail);
  if (!credential::is_signed_by(jws, *key))
    return refused(oauth::invalid_dpop_proof, "The signature of the DPoP proof is not by its key.");
  return key;
}

result<void> check_claims(Jws const& jws, base::Time now, http::Request const& request, std::string_view url,
                          std::optional<std::string> const& token) {
  if (!says(jws, "htm", http::name_of(request.method)))
    return refused(oauth::invalid_dpop_proof, "The DPoP proof is for another method (htm).");
  auto const address = credential::text_of(jws.payload, "htu");
  if (!address || normal_url(*address) != normal_url(url))
    return refused(oauth::invalid_dpop_proof,
                   "The DPoP proof is for another address (htu). This one is " + std::string{url} + ".");
  auto const issued_at = credential::time_of(jws.payload, "iat");
  if (!issued_at || *issued_at > now + clock_skew || *issued_at < now - signed_life)
    return refused(oauth::invalid_dpop_proof, "The DPoP proof is not of this moment (iat). Set the clock right.");
  if (token && !says(jws, "ath", hash_of(*token)))
    return refused(oauth::invalid_dpop_proof, "The DPoP proof is not for this token (ath).");
  return {};
}

result<DpopProof> check(service::WalletDesk& desk, base::Time now, http::Request const& request, std::string_view url,
                        std::optional<std::string> const& token) {
  auto const text = only_header(request, "DPoP");
  if (!text) return refused(oauth::invalid_dpop_proof, "Send one DPoP proof (RFC 9449) with this request.");
  auto const jws = credential::parse_jws(*text, "dpop+jwt");
  if (!jws) return refused(oauth::invalid_dpop_proof, jws.error().detail);
  auto const key = signer_of(*jws);
  if (!key) return key.error();
  if (auto const claims = check_claims(*jws, now, request, url, token); !claims) return claims.error();
  auto const nonce = credential::text_of(jws->payload, "nonce");
  if (!nonce || !desk.is_good_nonce(service::WalletDesk::NonceOf::dpop, *nonce))
    return refused(oauth::use_dpop_nonce, "Sign the DPoP proof with the nonce of this answer.");
  auto const id = credential::text_of(jws->payload, "jti");
  if (!id || id->empty() || id->size() > max_jti_bytes)
    return refused(oauth::invalid_dpop_proof, "The DPoP proof has no name of its own (jti).");
  std::string thumbprint = thumbprint_of(*key);
  std::string name = "dpop " + thumbprint + " " + hash_of(*id);
  return DpopProof{std::move(thumbprint), std::move(name)};
}

}  // namespace

std::string thumbprint_of(base::ByteView public_key) {
  // RFC 7638, section 3: the required members in this order, without blanks.
  auto const jwk = credential::to_jwk(public_key);
  auto const text = [&jwk](char const* name) { return std::string{jwk.at(name).as_string()}; };
  return hash_of(R"({"crv":"P-256","kty":"EC","x":")" + text("x") + R"(","y":")" + text("y") + "\"}");
}

result<DpopProof> check_dpop(service::WalletDesk& desk, base::Time now, http::Request const& request,
                             std::string_view url, std::optional<std::string> const& token) {
  auto checked = check(desk, now, request, url, token);
  if (!checked && token) return base::fail(base::errc::unauthenticated, checked.error().detail, checked.error().field);
  return checked;
}

result<void> use_once(service::WalletDesk& desk, DpopProof const& proof, bool with_token) {
  if (desk.is_first(proof.name)) return {};
  constexpr char const* why = "This DPoP proof was used before. Sign a new one for each request.";
  return with_token ? unauthorized(oauth::invalid_dpop_proof, why) : refused(oauth::invalid_dpop_proof, why);
}

}  // namespace abode::wallets
