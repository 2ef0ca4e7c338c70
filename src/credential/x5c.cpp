#include "credential/x5c.hpp"

#include "codec/text.hpp"

namespace abode::credential {
namespace {

using base::errc;
using base::fail;
using base::result;
using certificates::Certificate;

constexpr std::int64_t end_of_9999 = 253'402'300'799;

}  // namespace

result<std::vector<Certificate>> read_x5c(json::object const& header, certificates::Memory& memory) {
  auto const* listed = header.if_contains("x5c");
  if (listed == nullptr || !listed->is_array() || listed->as_array().empty() ||
      listed->as_array().size() > max_certificates)
    return fail(errc::malformed, "The header has no list of 1 to 4 certificates.");
  std::vector<Certificate> chain;
  for (json::value const& text : listed->as_array()) {
    auto const der = text.is_string() ? codec::from_base64(text.as_string()) : fail(errc::malformed, "No text.");
    auto certificate = der ? memory.parse(*der) : result<Certificate>{der.error()};
    if (!certificate) return fail(errc::malformed, "The header has something that is no certificate.");
    if (certificate->is_self_signed())
      return fail(errc::malformed, "The header has a certificate that is signed by itself.");
    chain.push_back(std::move(*certificate));
  }
  return chain;
}

json::array to_x5c(std::vector<Certificate> const& chain) {
  json::array texts;
  for (Certificate const& certificate : chain) texts.emplace_back(codec::to_base64(certificate.der()));
  return texts;
}

result<base::Time> time_of(json::object const& object, std::string_view name) {
  auto const seconds = integer_of(object, name);
  if (!seconds) return seconds.error();
  if (*seconds < 0 || *seconds > end_of_9999)
    return fail(errc::malformed, "The time \"" + std::string{name} + "\" is out of range.");
  return base::Time{std::chrono::seconds{*seconds}};
}

result<std::optional<base::Time>> time_or_none(json::object const& object, std::string_view name) {
  if (!object.contains(name)) return std::optional<base::Time>{};
  auto const time = time_of(object, name);
  if (!time) return time.error();
  return std::optional{*time};
}

}  // namespace abode::credential
