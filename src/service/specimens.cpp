#include "service/specimens.hpp"

#include <algorithm>
#include <map>

#include "base/assert.hpp"
#include "service/guardianships.hpp"

namespace abode::service {
namespace {

identity::Mrz zone_of(Specimen const& specimen) {
  auto mrz = identity::parse_mrz(specimen.mrz);
  base::ensure(mrz.has_value(), "a built-in specimen does not parse");
  return std::move(*mrz);
}

/// A zone has two digits for a year: read on the day of Doc 9303's 8th edition, whatever day it is now.
constexpr base::Date printed_on{std::chrono::year{2021}, std::chrono::January, std::chrono::day{1}};

Identity identity_of(Specimen const& specimen) {
  identity::Mrz const mrz = zone_of(specimen);
  Identity identity{identity::names_of(mrz), {}, identity::document_of(mrz)};
  if (auto const born = identity::date_of_birth(mrz, printed_on)) identity.birth_date = *born;
  return identity;
}

}  // namespace

void add_specimen_offices(rules::Profile& profile) {
  for (SpecimenOffice const& office : specimen_offices)
    if (profile.office(office.id) == nullptr)
      profile.offices.push_back({std::string{office.id}, std::string{office.name}, {}});
}

base::result<void> seed_specimens(Context const& context, ports::Transaction& transaction) {
  for (Specimen const& specimen : specimens) {
    if (auto const record = enrol(context, transaction, identity_of(specimen), std::string{specimen.card}); !record)
      return record.error();
  }
  for (SpecimenGuardianship const& one : specimen_guardianships) {
    auto const child = find_specimen(context, transaction, one.child);
    auto const guardian = find_specimen(context, transaction, one.guardian);
    base::ensure(child && guardian, "a built-in guardianship names nobody");
    if (auto const added = add_guardianship(context, transaction, *child, *guardian); !added) return added;
  }
  std::map<std::string_view, ports::RecordId> books;
  for (SpecimenOfficial const& official : specimen_officials) {
    if (!books.contains(official.office)) {
      auto const book = open_book(context, transaction);
      if (!book) return book.error();
      books[official.office] = *book;
    }
    transaction.put_official({.id = ports::OfficialId{std::string{official.id}},
                              .name = std::string{official.name},
                              .office = std::string{official.office},
                              .office_record = books[official.office],
                              .misses = 0,
                              .misses_since = {},
                              .requests = {},
                              .roles = official.roles.bits()});
  }
  return {};
}

std::optional<ports::RecordId> find_specimen(Context const& context, ports::Snapshot& snapshot, std::string_view id) {
  auto const found = std::find_if(specimens.begin(), specimens.end(), [&](Specimen const& s) { return s.id == id; });
  if (found == specimens.end()) return std::nullopt;
  return snapshot.record_of_document(index_tag(context, identity_of(*found)));
}

}  // namespace abode::service
