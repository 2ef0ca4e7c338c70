#include "service/specimens.hpp"

#include <algorithm>
#include <map>

#include "base/assert.hpp"

namespace abode::service {
namespace {

identity::Mrz zone_of(Specimen const& specimen) {
  auto mrz = identity::parse_mrz(specimen.mrz);
  base::ensure(mrz.has_value(), "a built-in specimen does not parse");
  return std::move(*mrz);
}

}  // namespace

void add_specimen_offices(rules::Profile& profile) {
  for (SpecimenOffice const& office : specimen_offices)
    if (profile.office(office.id) == nullptr)
      profile.offices.push_back({std::string{office.id}, std::string{office.name}, {}});
}

base::result<void> seed_specimens(Context const& context, ports::Transaction& transaction) {
  for (Specimen const& specimen : specimens) {
    identity::Mrz const mrz = zone_of(specimen);
    Identity identity{identity::names_of(mrz), {}, identity::document_of(mrz)};
    if (auto const born = identity::date_of_birth(mrz, base::day_of(context.clock.now()))) identity.birth_date = *born;
    if (auto const record = enrol(context, transaction, identity); !record) return record.error();
  }
  std::map<std::string_view, ports::RecordId> books;
  for (SpecimenOfficial const& official : specimen_officials) {
    if (!books.contains(official.office)) {
      auto const book = open_book(context, transaction);
      if (!book) return book.error();
      books[official.office] = *book;
    }
    auto const added = add_official(context, transaction, ports::OfficialId{std::string{official.id}},
                                    std::string{official.name}, std::string{official.office}, books[official.office]);
    if (!added) return added;
  }
  return {};
}

std::optional<ports::RecordId> find_specimen(Context const& context, ports::Snapshot& snapshot, std::string_view id) {
  auto const found = std::find_if(specimens.begin(), specimens.end(), [&](Specimen const& s) { return s.id == id; });
  if (found == specimens.end()) return std::nullopt;
  identity::Document const document = identity::document_of(zone_of(*found));
  return snapshot.record_of_document(context.sealer.document_tag(identity::canonical_bytes(document)));
}

}  // namespace abode::service
