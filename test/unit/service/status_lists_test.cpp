// Places in the lists of statuses: at random, each once, and told among decoys.
#include "service/status_lists.hpp"

#include <gmock/gmock.h>

#include <set>

#include "service/retention.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using test::must;
using test::noon;

constexpr std::chrono::days life{30};

class StatusLists : public ::testing::Test {
 protected:
  std::vector<StatusPlace> take(std::size_t count, base::Time expires_at = noon + life) {
    std::vector<StatusPlace> taken;
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      taken.clear();
      for (std::size_t i = 0; i < count; ++i) taken.push_back(take_status_place(world.context, t, expires_at));
      return 0;
    }));
    return taken;
  }
  void revoke(StatusPlace const& place) {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      revoke_status_place(t, place);
      return 0;
    }));
  }
  std::vector<StatusListNews> tell() {
    return must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<std::vector<StatusListNews>> {
      return tell_status_lists(world.context, t);
    }));
  }
  std::vector<ports::StatusListRow> rows() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::StatusListRow>> {
      return s.status_lists();
    }));
  }

  test::World world;
};

TEST_F(StatusLists, GiveOutEachPlaceOnceAndInNoOrder) {
  auto const taken = take(2000);
  std::set<std::uint64_t> places;
  std::size_t ascending = 0;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    EXPECT_EQ(taken[i].list, taken[0].list);
    EXPECT_LT(taken[i].place, status_list_places);
    EXPECT_TRUE(places.insert(taken[i].place).second) << "given out twice";
    if (i > 0 && taken[i].place > taken[i - 1].place) ++ascending;
  }
  EXPECT_GT(ascending, 800U) << "as many steps go up as down";
  EXPECT_LT(ascending, 1200U);
  EXPECT_GE(status_list_places, 100'000U);
}

TEST_F(StatusLists, BeginANewOneWhenHalfIsTaken) {
  auto const first = take(1)[0];
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    t.put_status_list({first.list, most_taken_places - 1, 0, noon + life});
    return 0;
  }));
  EXPECT_EQ(take(1)[0].list, first.list);
  EXPECT_NE(take(1)[0].list, first.list);
}

TEST_F(StatusLists, TellWhatWasWithdrawnOnlyAtTheInterval) {
  auto const taken = take(3);
  revoke(taken[1]);
  auto const news = tell();
  ASSERT_EQ(news.size(), 1U);
  EXPECT_THAT(news[0].revoked, testing::Contains(taken[1].place));
  EXPECT_THAT(news[0].revoked, testing::Not(testing::Contains(taken[0].place)));
  EXPECT_TRUE(std::ranges::is_sorted(news[0].revoked));
}

TEST_F(StatusLists, HideAmongDecoysWhetherAnythingWasWithdrawn) {
  auto const taken = take(40);
  EXPECT_EQ(tell()[0].revoked.size(), fewest_told) << "nothing was";
  revoke(taken[0]);
  EXPECT_EQ(tell()[0].revoked.size(), 2 * fewest_told) << "one was";
  for (std::size_t i = 1; i < 6; ++i) revoke(taken[i]);
  EXPECT_EQ(tell()[0].revoked.size(), 2 * fewest_told + 8) << "five were";
  EXPECT_EQ(tell()[0].revoked.size(), 2 * fewest_told + 8 + fewest_told);
}

TEST_F(StatusLists, NeverGiveADecoysPlaceToAProof) {
  take(1);
  std::vector<std::uint64_t> decoys;
  for (int i = 0; i < 50; ++i) decoys = tell()[0].revoked;
  std::set<std::uint64_t> const told{decoys.begin(), decoys.end()};
  for (StatusPlace const& place : take(5000)) EXPECT_FALSE(told.contains(place.place));
  EXPECT_EQ(rows()[0].taken, 1 + told.size() + 5000);
}

TEST_F(StatusLists, GoWithTheLastProofThatNeedsThem) {
  take(1, noon + life);
  take(1, noon + std::chrono::days{7});
  EXPECT_EQ(rows()[0].last_needed, noon + life);
  auto const first = rows()[0].number;
  world.clock.pass(life);
  EXPECT_TRUE(tell().empty()) << "nothing is told of a list that nobody needs";
  EXPECT_NE(take(1, noon + 2 * life)[0].list, first) << "and it gives out no place any more";
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    keep_retention(world.context, t, 100);
    return 0;
  }));
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_NE(rows()[0].number, first);
}

TEST_F(StatusLists, ThatAreClosedGiveOutNoPlace) {
  auto const first = take(1)[0];
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    close_status_lists(t);
    return 0;
  }));
  EXPECT_NE(take(1)[0].list, first.list);
  revoke(first);
  EXPECT_EQ(tell().size(), 2U) << "it goes on telling what was withdrawn";
}

TEST(StatusListNames, AreReadBack) {
  for (std::uint64_t const list : {std::uint64_t{0}, std::uint64_t{1}, (std::uint64_t{1} << 48) - 1}) {
    std::string const name = status_list_name(list);
    EXPECT_EQ(name.size(), 12U);
    EXPECT_EQ(status_list_named(name), list);
  }
  for (char const* const wrong : {"", "00", "../../../etc/", "00000000000G", "0000000000000", "ABCDEFABCDEF"})
    EXPECT_FALSE(status_list_named(wrong)) << wrong;
}

}  // namespace
}  // namespace abode::service
