#include "lists/synthetic.hpp"

#include <gtest/gtest.h>

#include <set>

#include "identity/mrz.hpp"
#include "lists/people.hpp"

namespace abode::lists {
namespace {

using namespace std::chrono_literals;

constexpr base::Date today = 2026y / 11 / 21;
constexpr std::uint64_t people = 3000;

std::vector<codec::CsvRecord> population(std::uint64_t seed) {
  codec::CsvReader reader;
  reader.feed(synthetic_header());
  for (std::uint64_t number = 1; number <= people; ++number) reader.feed(synthetic_person(seed, number));
  reader.finish();
  std::vector<codec::CsvRecord> records;
  while (auto item = reader.next()) records.push_back(std::move(item->record).value());
  return records;
}

TEST(SyntheticPeople, AreAllTakenAndAllDifferent) {
  auto const records = population(1);
  ASSERT_EQ(records.size(), people + 1);
  Header const header = Header::read(records[0]).value();
  std::set<std::string> cards;
  std::set<std::pair<identity::DocumentKind, std::string>> documents;
  for (std::size_t i = 1; i < records.size(); ++i) {
    auto const person = read_person(header, records[i], today);
    ASSERT_TRUE(person) << i << ": " << person.error().field << ": " << person.error().detail;
    cards.insert(person->card);
    documents.emplace(person->identity.document.kind, person->identity.document.number);
  }
  EXPECT_EQ(cards.size(), people);
  EXPECT_EQ(documents.size(), people);
}

TEST(SyntheticPeople, HaveEveryShapeOfZone) {
  auto const records = population(2);
  Header const header = Header::read(records[0]).value();
  std::set<identity::MrzSize> sizes;
  std::size_t without_zone = 0, long_numbers = 0, single_names = 0, cut = 0, unknown_births = 0, part_known = 0;
  for (std::size_t i = 1; i < records.size(); ++i) {
    std::string_view const text = header.field(records[i], Column::mrz);
    if (text.empty()) {
      ++without_zone;
      continue;
    }
    auto const zone = identity::parse_mrz(text);
    ASSERT_TRUE(zone) << zone.error().detail;
    EXPECT_EQ(zone->issuing_state, "UTO") << "nobody's";
    EXPECT_EQ(identity::write_mrz(*zone), text);
    sizes.insert(zone->size);
    long_numbers += zone->document_number.size() > 9 ? 1u : 0u;
    single_names += zone->secondary_identifier.empty() ? 1u : 0u;
    cut += identity::name_may_be_cut(*zone) ? 1u : 0u;
    unknown_births += !zone->birth.year ? 1u : 0u;
    part_known += zone->birth.year && !zone->birth.day ? 1u : 0u;
  }
  EXPECT_EQ(sizes.size(), 3u);
  for (std::size_t count : {without_zone, long_numbers, single_names, cut, unknown_births, part_known})
    EXPECT_GT(count, people / 200);
}

TEST(SyntheticPeople, AreTheSameForASeedAndOthersForAnother) {
  EXPECT_EQ(synthetic_person(1, 17), synthetic_person(1, 17));
  EXPECT_NE(synthetic_person(1, 17), synthetic_person(2, 17));
  EXPECT_NE(synthetic_person(1, 17), synthetic_person(1, 18));
}

}  // namespace
}  // namespace abode::lists
