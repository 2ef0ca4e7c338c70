// A proof of residence on paper: one page that somebody keeps and shows, in one or two languages, with a seal in a QR
// code that says the same to a program.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "paper/print.hpp"

namespace abode::paper {

/// The width of the code without its quiet zone.
constexpr double code_width_mm = 60;

/// What the page shows: what is empty is not on it. Texts are UTF-8 without control characters; any script.
struct CertificateFacts {
  std::string language_of_office;
  std::string language;  ///< the holder's: side by side with the office's, unless they are the same
  std::string number;    ///< random: of the page, not of a person
  std::string register_url;
  base::Date issued_on;
  base::Date good_through;
  bool can_be_withdrawn;
  bool test_mode;
  std::string family_name = {};
  std::string given_names = {};
  std::optional<base::Date> birth_date = {};
  std::vector<std::string> address = {};  ///< as on an envelope, without the country
  std::string region = {};
  std::string country = {};    ///< ISO 3166-1 alpha-2
  std::string kind = {};       ///< main, secondary, temporary
  std::string assurance = {};  ///< declared, code-confirmed, evidence-reviewed
  std::optional<base::Date> since = {};
  std::string seal;  ///< what the code holds
};

/// One page of A4, tagged and with its languages named (ISO 32000-1, sections 14.8 and 14.9.2), its fonts in it. What
/// would be too much is set smaller. The same facts give the same bytes for the same `made_at` and fonts.
/// errc::too_large: a seal that is no QR code of level M.
base::result<Printed> print_certificate(CertificateFacts const& facts, base::Time made_at);

}  // namespace abode::paper
