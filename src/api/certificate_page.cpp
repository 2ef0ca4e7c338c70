#include "api/certificate_page.hpp"

#include <algorithm>

#include "codec/text.hpp"
#include "paper/certificate.hpp"
#include "service/contact.hpp"
#include "text/catalogs.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;
using base::result;
using credential::ResidenceSeal;

std::string text_of(credential::Texts const& texts, std::string_view name) {
  auto const found = texts.find(name);
  return found == texts.end() ? std::string{} : found->second;
}

std::optional<base::Date> date_of(credential::Texts const& texts, std::string_view name) {
  auto const date = base::parse_date(text_of(texts, name));
  return date ? std::optional{*date} : std::nullopt;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// From the seal itself: page and code say the same.
paper::CertificateFacts facts_of(Register const& registry, ResidenceSeal const& seal, std::string const& language,
                                 std::string const& text) {
  service::Context const& context = registry.context;
  return {.language_of_office = service::default_language(context.profile()),
          .language = language,
          .number = codec::in_groups_of_four(seal.number),
          .register_url = seal.issuer,
          .issued_on = seal.issued_on,
          .good_through = seal.good_through,
          .can_be_withdrawn = seal.status.has_value(),
          .test_mode = context.mode == service::Mode::test,
          .family_name = text_of(seal.person, "family_name"),
          .given_names = text_of(seal.person, "given_name"),
          .birth_date = date_of(seal.person, "birthdate"),
          .address = lines_of(text_of(seal.address, "formatted")),
          .region = text_of(seal.address, "region"),
          .country = text_of(seal.address, "country"),
          .kind = text_of(seal.residence, "kind"),
          .assurance = text_of(seal.residence, "assurance"),
          .since = date_of(seal.residence, "since"),
          .seal = text};
}

}  // namespace

std::vector<std::string> page_languages() {
  return text::catalog_languages();
}

result<std::string> language_of_page(Register const& registry, std::string_view language) {
  static result<void> const fonts = paper::check_fonts();  // once: to look takes as long as a page
  if (!fonts) return fonts.error();
  if (language.empty()) return service::default_language(registry.context.profile());
  auto const all = page_languages();
  if (std::ranges::find(all, language) == all.end())
    return fail(errc::invalid, "Pages are not set in this language. Choose another.", "language");
  return std::string{language};
}

result<SignedPage> make_page(Register const& registry, service::PageToSign const& page, std::string const& language) {
  auto seal = service::sign_page(registry.proof_keys, page);
  if (!seal) return seal.error();
  auto printed = paper::print_certificate(facts_of(registry, page.seal, language, *seal), page.made.kept.issued_at);
  if (!printed) return printed.error();
  return SignedPage{std::move(*seal), std::move(printed->pdf)};
}

}  // namespace abode::api
