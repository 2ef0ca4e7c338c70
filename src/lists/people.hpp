// A list of people to enrol, as CSV with a header line: who they are, record by record.
//   card                              the number printed on the identity card
//   document_kind, document_number    passport, identity-card or other, and the number; or else
//   mrz                               the zone of the document, its lines in one quoted field or run together
//   family_name, given_names          as the person writes them; blank: as the zone has them
//   birth_date                        YYYY-MM-DD; blank: that of the zone, or unknown
//   contact                           an e-mail address, or blank
//   language                          in which it is written to: a tag such as uz-Cyrl, or blank
//   guardian_cards                    of a child: the card numbers of those who file for them, at most four, with
//                                     blanks between them; they are in the register already, or earlier in the list
// The columns may stand in any order, and those that no line needs may be missing.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "codec/csv.hpp"
#include "service/enrolment.hpp"

namespace abode::lists {

enum class Column : std::uint8_t {
  card,
  document_kind,
  document_number,
  mrz,
  family_name,
  given_names,
  birth_date,
  contact,
  language,
  guardian_cards,
};

inline constexpr std::array<std::string_view, 10> column_names{
    "card",        "document_kind", "document_number", "mrz",      "family_name",
    "given_names", "birth_date",    "contact",         "language", "guardian_cards"};

constexpr std::size_t max_name_bytes = 200;  ///< of either part of a name

/// Which columns a list has, by its header line.
class Header {
 public:
  /// errc::invalid: a column that is not known, one that comes twice, or none to tell people apart by.
  static base::result<Header> read(codec::CsvRecord const& record);

  /// The field of a column; blank if the list does not have it.
  std::string_view field(codec::CsvRecord const& record, Column column) const;
  std::size_t size() const { return size_; }

 private:
  std::array<std::optional<std::size_t>, column_names.size()> places_{};
  std::size_t size_ = 0;
};

/// The person of one line. errc::malformed or invalid, with the column at fault as the error's field and a reason that
/// holds nothing of the person. `today` tells the century of a zone's birth date, and no one is born after it.
base::result<service::Newcomer> read_person(Header const& header, codec::CsvRecord const& record, base::Date today);

}  // namespace abode::lists
