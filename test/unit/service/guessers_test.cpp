#include "service/guessers.hpp"

#include <gtest/gtest.h>

namespace abode::service {
namespace {

using std::chrono::seconds;

constexpr base::Time noon{seconds{1'800'000'000}};

TEST(GuessDelay, GrowsButIsNeverLong) {
  EXPECT_EQ(guess_delay(0), seconds{0});
  EXPECT_EQ(guess_delay(4), seconds{0});
  EXPECT_EQ(guess_delay(5), seconds{1});
  EXPECT_EQ(guess_delay(6), seconds{2});
  EXPECT_EQ(guess_delay(9), seconds{16});
  for (std::uint64_t misses : {10ull, 11ull, 64ull, 1'000'000ull, ~0ull})
    EXPECT_EQ(guess_delay(misses), longest_guess_delay);
}

TEST(Guessers, AttemptsAtTheSameMomentSeeEachOther) {
  Guessers guessers;
  EXPECT_EQ(guessers.begin(1, noon), std::nullopt);
  EXPECT_EQ(guessers.begin(1, noon), noon) << "not known yet to be right";
  EXPECT_EQ(guessers.begin(2, noon), std::nullopt) << "another client";
}

TEST(Guessers, ARightAttemptIsForgotten) {
  Guessers guessers;
  guessers.settle(1, guessers.begin(1, noon), Guess::right);
  EXPECT_EQ(guessers.begin(1, noon), std::nullopt);
}

TEST(Guessers, AWrongOneIsKnownForAsLongAsItMatters) {
  Guessers guessers;
  guessers.settle(1, guessers.begin(1, noon), Guess::wrong);
  EXPECT_EQ(guessers.begin(1, noon + longest_guess_delay - seconds{1}), noon);
  EXPECT_EQ(guessers.begin(1, noon + 3 * longest_guess_delay), std::nullopt);
}

TEST(Guessers, OneThatCameTooSoonDoesNotMakeTheWaitLonger) {
  Guessers guessers;
  guessers.settle(1, guessers.begin(1, noon), Guess::wrong);
  auto const before = guessers.begin(1, noon + seconds{20});
  EXPECT_EQ(before, noon);
  guessers.settle(1, before, Guess::too_soon);
  EXPECT_EQ(guessers.begin(1, noon + seconds{25}), noon);
}

TEST(Guessers, HoldNoMoreThanTheyMayAndForgetTheOldestFirst) {
  Guessers guessers{4};
  for (std::uint64_t client = 1; client <= 4; ++client) guessers.begin(client, noon + seconds{client});
  guessers.begin(5, noon + seconds{5});
  EXPECT_EQ(guessers.begin(4, noon + seconds{6}), noon + seconds{4}) << "a late one is known still";
  EXPECT_EQ(guessers.begin(1, noon + seconds{6}), std::nullopt) << "the first is not";
}

TEST(Guessers, MakeRoomOfThoseThatMatterNoLonger) {
  Guessers guessers{2};
  guessers.begin(1, noon);
  guessers.begin(2, noon + seconds{29});
  guessers.begin(3, noon + seconds{30});
  EXPECT_EQ(guessers.begin(2, noon + seconds{31}), noon + seconds{29});
}

}  // namespace
}  // namespace abode::service
