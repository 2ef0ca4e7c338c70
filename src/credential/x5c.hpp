// The signer's certificates in a header (RFC 7515, section 4.1.6), and times in a payload (RFC 7519).
#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "certificates/certificates.hpp"
#include "credential/jws.hpp"

namespace abode::credential {

constexpr std::size_t max_certificates = 4;

/// The signer's first. errc::malformed: none, more than max_certificates, not base64 of DER, or one that is signed by
/// itself: neither the signer may be, nor belongs an anchor there, which the reader has to have from elsewhere.
base::result<std::vector<certificates::Certificate>> read_x5c(json::object const& header, certificates::Memory& memory);
json::array to_x5c(std::vector<certificates::Certificate> const& chain);

/// A NumericDate in whole seconds, between the years 1970 and 9999. errc::malformed.
base::result<base::Time> time_of(json::object const& object, std::string_view name);
base::result<std::optional<base::Time>> time_or_none(json::object const& object, std::string_view name);

}  // namespace abode::credential
