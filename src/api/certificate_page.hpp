// A proof on paper as a PDF: the words and the code of its page.
#pragma once

#include <string>
#include <vector>

#include "api/routing.hpp"
#include "service/paper_proofs.hpp"

namespace abode::api {

/// The languages that a page can have beside the office's, as BCP 47 tags.
std::vector<std::string> page_languages();

/// `language`, or the office's if it is empty. errc::invalid, field "language": none of page_languages.
/// errc::unavailable: the fonts for pages are missing. To be asked before anything is written.
base::result<std::string> language_of_page(Register const& registry, std::string_view language);

struct SignedPage {
  std::string seal;  ///< the text in its code
  std::string pdf;
};
/// Signs it and sets it. Errors of sign_page and print_certificate.
base::result<SignedPage> make_page(Register const& registry, service::PageToSign const& page,
                                   std::string const& language);

}  // namespace abode::api
