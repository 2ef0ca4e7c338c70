#include "log/epoch.hpp"

#include <gtest/gtest.h>

#include "log/entry.hpp"

namespace abode::log {
namespace {

using base::errc;

Epoch epoch(std::uint64_t number = 7, std::string_view time = "2026-11-26T01:02:03Z") {
  return {1, number, base::parse_time(time).value(), std::chrono::hours{24}, 4711, 8192, {1, 2, 3}};
}

TEST(Epoch, ComesBackOutOfItsLeaf) {
  auto const read = parse_epoch_leaf(leaf_of(epoch())).value();
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, epoch());
}

TEST(Epoch, HasALeafOfItsOwnKind) {
  base::Bytes const leaf = leaf_of(epoch());
  EXPECT_EQ(leaf.front(), 0x02);
  EXPECT_EQ(leaf[1], 0xa7) << "a map of seven";
  EXPECT_FALSE(parse_epoch_leaf(leaf_of(base::Hash{})).value()) << "an entry's leaf is none";
  EXPECT_FALSE(parse_epoch_leaf({}).value());
}

TEST(Epoch, IsRefusedInAnyOtherForm) {
  base::Bytes const leaf = leaf_of(epoch());
  for (std::size_t size = 1; size < leaf.size(); ++size) {
    auto const cut = parse_epoch_leaf(base::ByteView{leaf}.first(size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, errc::malformed);
  }
  base::Bytes longer = leaf;
  longer.push_back(0);
  EXPECT_FALSE(parse_epoch_leaf(longer));
  for (std::size_t at = 1; at < leaf.size(); ++at) {
    base::Bytes altered = leaf;
    altered[at] ^= 1;
    auto const read = parse_epoch_leaf(altered);
    EXPECT_TRUE(!read || **read != epoch()) << at;
  }
  for (auto const& breach : std::vector<std::function<void(Epoch&)>>{
           [](Epoch& e) { e.positions = 0; }, [](Epoch& e) { e.positions = 8191; },
           [](Epoch& e) { e.length = std::chrono::seconds{0}; },
           [](Epoch& e) { e.length = max_epoch_length + std::chrono::seconds{1}; },
           [](Epoch& e) { e.length = std::chrono::seconds::max(); }, [](Epoch& e) { e.time = base::Time::max(); },
           [](Epoch& e) { e.time = max_entry_time; },
           [](Epoch& e) { e.time = base::Time{} - std::chrono::seconds{1}; }}) {
    Epoch odd = epoch();
    breach(odd);
    EXPECT_FALSE(parse_epoch_leaf(leaf_of(odd)));
  }
}

TEST(Epoch, OfALaterVersionIsToldApart) {
  Epoch later = epoch();
  later.version = 2;
  auto const read = parse_epoch_leaf(leaf_of(later));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, errc::unsupported);
}

TEST(Epoch, FollowsTheOneBeforeIt) {
  auto const objection = [](std::optional<Epoch> const& last, std::function<void(Epoch&)> const& breach,
                            std::uint64_t index = 5000) {
    Epoch next = epoch(8);
    breach(next);
    return object_to_succession(last, next, index).value_or("none");
  };
  auto const honest = [](Epoch&) {};
  EXPECT_EQ(objection(epoch(7), honest), "none");
  EXPECT_EQ(objection(epoch(7), honest, 4711), "none");
  EXPECT_EQ(objection(std::nullopt, [](Epoch& e) { e.number = 0; }), "none");
  EXPECT_EQ(objection(std::nullopt, honest), "The epoch 0 was skipped: 8 came instead.");
  EXPECT_EQ(objection(epoch(8), honest), "There is a second leaf for the epoch 8.");
  EXPECT_EQ(objection(epoch(6), honest), "The epoch 7 was skipped: 8 came instead.");
  EXPECT_EQ(objection(epoch(7), honest, 4710), "The epoch 8 covers more than was in the log before it.");
  EXPECT_EQ(objection(epoch(7), [](Epoch& e) { e.covered = 4710; }),
            "The epoch 8 covers 4710 leaves, and the one before it covered 4711.");
  EXPECT_EQ(objection(epoch(7), [](Epoch& e) { e.positions = 4096; }),
            "The head tree of the epoch 8 has 4096 positions, and the one before it had 8192.");
  EXPECT_EQ(objection(epoch(7), [](Epoch& e) { e.time -= std::chrono::seconds{1}; }),
            "The epoch 8 was closed before the one before it.");
}

/// One a day from 1 January 2026 on, so that epoch n is on day n + 1 of the year.
std::vector<Epoch> a_year() {
  std::vector<Epoch> epochs;
  for (std::uint64_t n = 0; n < 365; ++n) {
    epochs.push_back(epoch(n, "2026-01-01T00:00:05Z"));
    epochs.back().time += std::chrono::days{n};
  }
  return epochs;
}

/// What a register keeps that closes them one after the other.
std::vector<Epoch> kept_of(std::vector<Epoch> const& all) {
  std::vector<Epoch> kept;
  for (Epoch const& next : all) {
    kept.push_back(next);
    for (std::size_t i = 0; i + 1 < kept.size();)
      if (is_superfluous(kept[i], kept[i + 1], kept.back().number))
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
      else
        ++i;
  }
  return kept;
}

TEST(Epoch, OfWhichTheFirstTheNewestAndTheLastOfEachMonthAreKept) {
  std::vector<std::uint64_t> numbers;
  for (Epoch const& kept : kept_of(a_year())) numbers.push_back(kept.number);
  std::vector<std::uint64_t> expected{0, 30, 58, 89, 119, 150, 180, 211, 242, 272};  // the last days of nine months
  for (std::uint64_t n = 365 - kept_epochs; n < 365; ++n) expected.push_back(n);
  EXPECT_EQ(numbers, expected);
}

TEST(Epoch, IsMissedWhereOneIsTakenOutOfThoseThatAreKept) {
  auto const kept = kept_of(a_year());
  EXPECT_TRUE(missing_between(kept).empty());
  EXPECT_TRUE(missing_between({}).empty());
  std::vector<Epoch> late_in_the_month{kept.begin() + 1, kept.end()};  // whose first one was the last of January
  late_in_the_month.front().number = 0;
  EXPECT_TRUE(missing_between(late_in_the_month).empty());
  for (std::size_t i = 1; i + 1 < kept.size(); ++i) {
    auto fewer = kept;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(missing_between(fewer), (std::vector{EpochRange{kept[i - 1].number + 1, kept[i + 1].number - 1}}))
        << "without " << kept[i].number;
  }
}

TEST(Epoch, OfARegisterThatStoodStillForMonthsIsNotMissed) {
  std::vector<Epoch> all;
  for (std::uint64_t n = 0; n < 200; ++n) {
    all.push_back(epoch(n, "2026-01-01T00:00:05Z"));
    all.back().time += std::chrono::days{n < 20 ? n : n + 100};
  }
  auto const kept = kept_of(all);
  ASSERT_EQ(kept[1].number, 19u);
  EXPECT_EQ(kept[2].time - kept[1].time, std::chrono::days{131}) << "the last before, and the last of the month after";
  // It cannot tell this from a month that was taken out, and says so.
  EXPECT_EQ(missing_between(kept), (std::vector{EpochRange{20, kept[2].number - 1}}));
}

}  // namespace
}  // namespace abode::log
