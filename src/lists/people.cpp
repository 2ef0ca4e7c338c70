#include "lists/people.hpp"

#include <algorithm>

#include "identity/mrz.hpp"
#include "rules/guardianship.hpp"
#include "service/sign_in.hpp"
#include "text/text.hpp"

namespace abode::lists {
namespace {

using base::errc;
using base::fail;
using base::result;

std::string name_of(Column column) {
  return std::string{column_names.at(static_cast<std::size_t>(column))};
}

base::Error fault(Column column, std::string detail) {
  return fail(errc::invalid, std::move(detail), name_of(column));
}

/// One line's fields, by column.
struct Line {
  Header const& header;
  codec::CsvRecord const& record;

  std::string_view operator[](Column column) const { return header.field(record, column); }
};

result<std::optional<identity::Mrz>> read_zone(Line const& line) {
  std::string_view const typed = line[Column::mrz];
  if (typed.empty()) return std::optional<identity::Mrz>{};
  if (!line[Column::document_kind].empty() || !line[Column::document_number].empty())
    return fault(Column::mrz, "Give the zone, or the document's kind and number, but not both.");
  auto zone = identity::parse_mrz(typed);
  if (!zone) return fault(Column::mrz, zone.error().detail);
  return std::optional{std::move(*zone)};
}

result<identity::Document> read_document(Line const& line, std::optional<identity::Mrz> const& zone) {
  if (zone) return identity::document_of(*zone);
  std::string_view const wanted = line[Column::document_kind];
  for (auto kind :
       {identity::DocumentKind::passport, identity::DocumentKind::identity_card, identity::DocumentKind::other}) {
    if (identity::name_of(kind) != wanted) continue;
    auto document = identity::parse_document(kind, line[Column::document_number]);
    if (!document) return fault(Column::document_number, document.error().detail);
    return document;
  }
  return fault(Column::document_kind, "The kind is one of: passport, identity-card, other.");
}

result<std::string> read_name(Line const& line, Column column, std::string const& in_zone) {
  auto name = text::clean_line(line[column], name_of(column));
  if (!name) return name;
  if (name->empty()) return in_zone;
  if (name->size() > max_name_bytes) return fault(column, "A name has 200 bytes at most.");
  return name;
}

result<identity::Names> read_names(Line const& line, std::optional<identity::Mrz> const& zone) {
  bool const typed = !line[Column::family_name].empty() || !line[Column::given_names].empty();
  identity::Names const in_zone = zone && !typed ? identity::names_of(*zone) : identity::Names{};
  auto family = read_name(line, Column::family_name, in_zone.family);
  if (!family) return family.error();
  auto given = read_name(line, Column::given_names, in_zone.given);
  if (!given) return given.error();
  if (family->empty())
    return fault(Column::family_name, "The family name is missing. A single name stands as the family name.");
  return identity::Names{std::move(*family), std::move(*given)};
}

result<std::optional<base::Date>> read_birth_date(Line const& line, std::optional<identity::Mrz> const& zone,
                                                  base::Date today) {
  std::optional<base::Date> in_zone;
  if (zone)
    if (auto const date = identity::date_of_birth(*zone, today)) in_zone = *date;
  std::string_view const typed = line[Column::birth_date];
  if (typed.empty()) return in_zone;
  auto const date = base::parse_date(typed);
  if (!date) return fault(Column::birth_date, date.error().detail);
  if (*date > today) return fault(Column::birth_date, "This day is still to come. Compare it with the document.");
  // Only the last two digits of the year stand in a zone.
  bool const same = !in_zone || (in_zone->month() == date->month() && in_zone->day() == date->day() &&
                                 (in_zone->year() - date->year()).count() % 100 == 0);
  if (!same) return fault(Column::birth_date, "The zone has another date of birth. Compare both with the document.");
  return std::optional{*date};
}

result<std::optional<identity::Contact>> read_contact(Line const& line) {
  std::string const language{line[Column::language]};
  if (!language.empty() && !identity::is_language(language))
    return fault(Column::language, "We write in en, ru, uz-Latn, uz-Cyrl, tg, ky, kk, hy, ka, az, uk, ro and de.");
  if (line[Column::contact].empty()) return std::optional<identity::Contact>{};
  auto address = identity::parse_email_address(line[Column::contact]);
  if (!address) return fault(Column::contact, address.error().detail);
  return std::optional{identity::Contact{std::move(*address), language}};
}

result<std::vector<std::string>> read_guardian_cards(Line const& line, std::string const& own_card,
                                                     std::optional<base::Date> birth_date, base::Date today) {
  std::vector<std::string> cards;
  std::string_view rest = line[Column::guardian_cards];
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (rest.empty()) break;
    std::size_t const size = std::min(rest.find_first_of(" \t"), rest.size());
    auto const card = service::parse_card_number(rest.substr(0, size));
    if (!card) return fault(Column::guardian_cards, card.error().detail);
    cards.push_back(card->reveal(base::Disclosure::to_sealer));
    rest.remove_prefix(size);
  }
  if (cards.empty()) return cards;
  if (cards.size() > rules::max_guardians) return fault(Column::guardian_cards, "A child has four guardians at most.");
  if (std::find(cards.begin(), cards.end(), own_card) != cards.end())
    return fault(Column::guardian_cards, "Nobody is their own guardian. Compare the card numbers.");
  if (!birth_date)
    return fault(Column::guardian_cards,
                 "A guardian's access ends at 18, so only somebody whose date of birth is known can have one.");
  if (rules::has_reached(*birth_date, rules::age_of_majority, std::chrono::sys_days{today}))
    return fault(Column::guardian_cards, "Who is 18 has no guardian. Leave the cards out.");
  return cards;
}

}  // namespace

result<Header> Header::read(codec::CsvRecord const& record) {
  Header header;
  header.size_ = record.fields.size();
  for (std::size_t place = 0; place < record.fields.size(); ++place) {
    auto const known = std::find(column_names.begin(), column_names.end(), record.fields[place]);
    if (known == column_names.end())
      return fail(errc::invalid,
                  "The first line names a column that there is not. They are: card, document_kind, document_number, "
                  "mrz, family_name, given_names, birth_date, contact, language, guardian_cards.");
    auto& at = header.places_.at(static_cast<std::size_t>(known - column_names.begin()));
    if (at) return fail(errc::invalid, "The first line names a column twice. Take one out.");
    at = place;
  }
  auto const has = [&](Column column) { return header.places_.at(static_cast<std::size_t>(column)).has_value(); };
  if (!has(Column::card))
    return fail(errc::invalid, "The first line names no column \"card\". Every person needs a card to sign in with.");
  if (!has(Column::mrz) && !(has(Column::document_kind) && has(Column::document_number)))
    return fail(errc::invalid, "The first line names no document. Add mrz, or document_kind and document_number.");
  return header;
}

std::string_view Header::field(codec::CsvRecord const& record, Column column) const {
  auto const& place = places_.at(static_cast<std::size_t>(column));
  return place ? std::string_view{record.fields.at(*place)} : std::string_view{};
}

result<service::Newcomer> read_person(Header const& header, codec::CsvRecord const& record, base::Date today) {
  if (record.fields.size() != header.size())
    return fail(errc::malformed, "This line has more or fewer fields than the first line.");
  Line const line{header, record};
  auto const card = service::parse_card_number(line[Column::card]);
  if (!card) return card.error();
  auto const zone = read_zone(line);
  if (!zone) return zone.error();
  auto document = read_document(line, *zone);
  if (!document) return document.error();
  auto names = read_names(line, *zone);
  if (!names) return names.error();
  auto const birth_date = read_birth_date(line, *zone, today);
  if (!birth_date) return birth_date.error();
  auto contact = read_contact(line);
  if (!contact) return contact.error();
  std::string const number = card->reveal(base::Disclosure::to_sealer);
  auto guardian_cards = read_guardian_cards(line, number, *birth_date, today);
  if (!guardian_cards) return guardian_cards.error();
  return service::Newcomer{
      {std::move(*names), *birth_date, std::move(*document)}, number, std::move(*contact), std::move(*guardian_cards)};
}

}  // namespace abode::lists
