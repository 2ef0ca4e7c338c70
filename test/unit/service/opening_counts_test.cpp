// Counts of openings: what the public sees of them, and that nobody sees more.
#include "service/opening_counts.hpp"

#include <gmock/gmock.h>

#include "support/world.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using test::must;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr rules::FieldSet address_only{rules::Field::main_address};

class OpeningCounts : public ::testing::Test {
 protected:
  void open(int times, char const* by = "clerk-school", std::string_view purpose = "school-enrolment") {
    for (int i = 0; i < times; ++i) {
      std::string const code =
          must(world.make_code(holder, address_only)).code.code->reveal(base::Disclosure::to_holder);
      must(world.open(by, must(check_opening_request(world.profile, code, purpose, "file", address_only))));
    }
  }
  void miss(int times) {
    auto const request =
        must(check_opening_request(world.profile, "0000000000", "school-enrolment", "file", address_only));
    for (int i = 0; i < times; ++i) EXPECT_FALSE(world.open("clerk-school", request));
  }
  std::vector<WeekOfOpenings> told(std::size_t weeks = 3) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<WeekOfOpenings>> {
      return weekly_openings(world.context, s, weeks);
    }));
  }
  std::vector<ports::OpeningCountRow> kept() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::OpeningCountRow>> {
      return s.opening_counts(base::Time{}, test::end_of_time);
    }));
  }

  test::World world;                           // on Saturday, 21 November 2026
  ports::HolderSession holder = world.anna();  ///< whose record is opened
};

TEST_F(OpeningCounts, AreRoundedToTen) {
  for (auto const& [exact, shown] :
       {std::pair{0U, 0U}, {1U, 0U}, {4U, 0U}, {5U, 10U}, {14U, 10U}, {15U, 20U}, {100U, 100U}})
    EXPECT_EQ(rounded_count(exact), shown) << exact;
  for (std::uint64_t n = 0; n < 1000; ++n) {
    EXPECT_EQ(rounded_count(n) % opening_count_step, 0U);
    EXPECT_LE(rounded_count(n), rounded_count(n + 1));
    EXPECT_LE(std::max(n, rounded_count(n)) - std::min(n, rounded_count(n)), opening_count_step / 2);
  }
}

TEST_F(OpeningCounts, AreToldByWeekOfficeAndPurposeOnceTheWeekIsOver) {
  open(6);
  open(5, "clerk-school", "social-benefit");
  open(4, "clerk-civic", "tax-residence");
  for (WeekOfOpenings const& week : told()) EXPECT_THAT(week.counts, IsEmpty()) << "the week is not over";
  world.clock.set(base::parse_time("2026-11-22T23:59:59Z").value());
  for (WeekOfOpenings const& week : told()) EXPECT_THAT(week.counts, IsEmpty()) << "to its last second";
  world.clock.set(base::parse_time("2026-11-23T00:00:00Z").value());
  auto const weeks = told();
  ASSERT_EQ(weeks.size(), 3U);
  EXPECT_EQ(base::format_date(weeks[0].from), "2026-11-16");
  EXPECT_EQ(base::format_date(weeks[0].until), "2026-11-22");
  EXPECT_EQ(base::format_date(weeks[2].from), "2026-11-02");
  EXPECT_THAT(weeks[0].counts, ElementsAre(PurposeCount{"school-office", "school-enrolment", 10},
                                           PurposeCount{"school-office", "social-benefit", 10}))
      << "four are told as none";
  EXPECT_THAT(weeks[1].counts, IsEmpty());
}

TEST_F(OpeningCounts, OfSeveralWeeksStandApart) {
  open(5);
  world.clock.pass(std::chrono::days{7});
  holder = world.anna();
  open(16);
  world.clock.pass(std::chrono::days{7});
  auto const weeks = told();
  EXPECT_THAT(weeks[0].counts, ElementsAre(PurposeCount{"school-office", "school-enrolment", 20}));
  EXPECT_THAT(weeks[1].counts, ElementsAre(PurposeCount{"school-office", "school-enrolment", 10}));
  EXPECT_EQ(told(1).size(), 1U);
}

TEST_F(OpeningCounts, CountARepeatedRequestOnce) {
  std::string const code = must(world.make_code(holder, address_only)).code.code->reveal(base::Disclosure::to_holder);
  auto const request = must(check_opening_request(world.profile, code, "school-enrolment", "file", address_only));
  for (int i = 0; i < 5; ++i) must(world.open("clerk-school", request, test::request_key("k")));
  EXPECT_EQ(kept().at(0).openings, 1U);
}

TEST_F(OpeningCounts, OfAllWeeksThatAreToldAreKept) {
  open(5);
  base::Time const last =
      kept().at(0).week + std::chrono::days{7} * static_cast<int>(max_weeks_told + 1) - std::chrono::seconds{1};
  world.clock.set(last);
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    t.sweep(last, 100);
    return 0;
  }));
  EXPECT_EQ(told(max_weeks_told).back().counts.size(), 1U);
}

TEST_F(OpeningCounts, OfAttemptsThatOpenedNothingAreNoneAndWriteTheSame) {
  miss(6);
  ASSERT_EQ(kept().size(), 1U) << "a miss writes the row that a hit writes (G11)";
  EXPECT_EQ(kept()[0].openings, 0U);
  open(1);
  EXPECT_EQ(kept()[0].openings, 1U);
  world.clock.pass(std::chrono::days{7});
  EXPECT_THAT(told()[0].counts, IsEmpty());
}

TEST_F(OpeningCounts, TellNothingOfAPerson) {
  open(5);
  holder = world.peter();
  open(5);
  ASSERT_EQ(kept().size(), 1U) << "one count, whoever it was";
  EXPECT_EQ(kept()[0], (ports::OpeningCountRow{base::parse_time("2026-11-16T00:00:00Z").value(), "school-office",
                                               "school-enrolment", 10}));
}

}  // namespace
}  // namespace abode::service
