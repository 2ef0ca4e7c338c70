#include "credential/trust.hpp"

#include <algorithm>

#include "codec/json.hpp"
#include "codec/text.hpp"

namespace abode::credential {
namespace {

namespace json = codec::json;
using base::errc;
using base::fail;
using base::result;
using certificates::Certificate;

result<Certificate> read_anchor(std::string const& text, std::string field) {
  auto const der = codec::from_base64(text);
  auto certificate = der ? Certificate::parse(*der) : result<Certificate>{der.error()};
  if (!certificate)
    return fail(errc::invalid, "This is no certificate: give base64 of its DER form.", std::move(field));
  return certificate;
}

result<TrustedIssuer> read_issuer(json::value const& value, std::string const& path) {
  codec::ObjectReader reader{value, path};
  std::string issuer = reader.required_text("issuer");
  std::string const anchor = reader.required_text("anchor");
  std::string const status_anchor = reader.required_text("status_anchor");
  if (auto const done = reader.finish(); !done) return done.error();
  auto first = read_anchor(anchor, reader.path_of("anchor"));
  if (!first) return first.error();
  auto second = read_anchor(status_anchor, reader.path_of("status_anchor"));
  if (!second) return second.error();
  return TrustedIssuer{std::move(issuer), std::move(*first), std::move(*second)};
}

}  // namespace

TrustedIssuer const* Trust::find(std::string_view issuer) const {
  auto const found = std::ranges::find(issuers, issuer, &TrustedIssuer::issuer);
  return found == issuers.end() ? nullptr : &*found;
}

result<Trust> read_trust(std::string_view text) {
  auto const value = codec::parse_json(text);
  if (!value) return value.error();
  codec::ObjectReader reader{*value};
  auto const* listed = reader.required("issuers");
  if (auto const done = reader.finish(); !done) return done.error();
  if (!listed->is_array()) return fail(errc::invalid, "Give a list of issuers.", "issuers");
  Trust trust;
  for (json::value const& one : listed->as_array()) {
    auto issuer = read_issuer(one, "issuers." + std::to_string(trust.issuers.size()));
    if (!issuer) return issuer.error();
    if (trust.find(issuer->issuer) != nullptr)
      return fail(errc::invalid, "The issuer " + issuer->issuer + " is there twice.", "issuers");
    trust.issuers.push_back(std::move(*issuer));
  }
  return trust;
}

std::string write_trust(Trust const& trust) {
  json::array issuers;
  for (TrustedIssuer const& one : trust.issuers)
    issuers.push_back({{"issuer", one.issuer},
                       {"anchor", codec::to_base64(one.anchor.der())},
                       {"status_anchor", codec::to_base64(one.status_anchor.der())}});
  return json::serialize(json::object{{"issuers", std::move(issuers)}}) + "\n";
}

}  // namespace abode::credential
