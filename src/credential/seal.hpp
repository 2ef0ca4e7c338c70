// A proof of residence on paper: a visible digital seal for unconstrained environments (VDS-NC, ICAO Doc 9303-13),
// small enough for a QR code that reads from a print. It says what the page shows and nothing else. Whoever has the
// page can show it: a seal names no holder's key.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "certificates/certificates.hpp"
#include "credential/residence.hpp"

namespace abode::credential {

inline constexpr std::string_view seal_type = "abode.residence";  ///< `t`
constexpr std::int64_t seal_version = 1;                          ///< `v`
/// Of the whole text. So much is a QR code of level M with 125 squares a side: 60 mm wide it reads from a print of 150
/// dots an inch.
constexpr std::size_t max_seal_bytes = 1100;
constexpr std::size_t certificate_number_size = 16;  ///< 80 random bits in Crockford's base32

/// What a page says.
struct ResidenceSeal {
  std::string issuer;  ///< https address
  std::string number;  ///< of the certificate: random, certificate_number_size characters
  base::Date issued_on;
  base::Date good_through;  ///< the last day, in UTC as the first is
  std::optional<StatusReference> status = {};
  Texts person;
  Texts address;
  Texts residence;
};

/// A claim by the short name that it has in a seal.
struct SealName {
  std::string_view in_seal;
  std::string_view claim;
};
inline constexpr std::array<SealName, 3> seal_person_names{
    {{"bd", "birthdate"}, {"fn", "family_name"}, {"gn", "given_name"}}};
inline constexpr std::array<SealName, 7> seal_address_names{{{"co", "country"},
                                                             {"fo", "formatted"},
                                                             {"ho", "house_number"},
                                                             {"lo", "locality"},
                                                             {"pc", "postal_code"},
                                                             {"re", "region"},
                                                             {"st", "street_address"}}};
inline constexpr std::array<SealName, 3> seal_residence_names{{{"as", "assurance"}, {"ki", "kind"}, {"si", "since"}}};

/// Whether it is short enough, asked before anything is signed. errc::too_large, naming the text in it that is best
/// left out, such as "address.formatted".
base::result<void> check_fits(ResidenceSeal const& seal, certificates::Certificate const& signer);

/// `signer` is the certificate of the key that signs, issued by the anchor that verifiers pin; whether it is one for
/// tests decides the mode that the seal states. The life is within the floors of proofs: 14 days without a status, 366
/// with one, its first and last day included. errc::too_large as check_fits, and then nothing is signed.
base::result<std::string> make_seal(ResidenceSeal const& seal, certificates::Certificate const& signer,
                                    Signer const& sign);

/// A seal as it was read. Not yet checked.
struct ShownSeal : Statement {
  std::string number;
  base::Date issued_on;
  base::Date good_through;
  std::string signed_text;  ///< RFC 8785 of the data, whatever order and blanks it came in
  base::Bytes signature;    ///< 64 bytes
};

/// errc::malformed: over max_seal_bytes; no strict JSON; a member missing, unknown or of another kind; another type,
/// version or algorithm; a certificate that signs itself; a number, date or life that a seal cannot have.
base::result<ShownSeal> parse_seal(std::string_view text, certificates::Memory& memory);

/// Whether a text is to be read as a seal: an SD-JWT never begins like JSON.
inline bool looks_like_seal(std::string_view text) {
  return text.starts_with('{');
}

}  // namespace abode::credential
