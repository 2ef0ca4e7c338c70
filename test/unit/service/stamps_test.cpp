#include "service/stamps.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/world.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;

class Stamped : public ::testing::Test {
 protected:
  test::World world;
  Stamps stamps{world.clock, world.random};
  base::Bytes const content{1, 2, 3};
};

TEST_F(Stamped, SaysWhatItIsForUntilItIsOld) {
  auto const stamp = stamps.make(1, content);
  EXPECT_EQ(stamps.read(1, stamp, 60s), content);
  EXPECT_FALSE(stamps.read(2, stamp, 60s)) << "for another purpose";
  world.clock.pass(59s);
  EXPECT_EQ(stamps.read(1, stamp, 60s), content);
  world.clock.pass(1s);
  EXPECT_FALSE(stamps.read(1, stamp, 60s));
}

TEST_F(Stamped, IsReadOnlyAsItWasMade) {
  auto const stamp = stamps.make(1, content);
  for (std::size_t at = 0; at < stamp.size(); ++at) {
    std::string changed = stamp;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(stamps.read(1, changed, 60s)) << at;
  }
  for (std::size_t length = 0; length < stamp.size(); ++length)
    EXPECT_FALSE(stamps.read(1, stamp.substr(0, length), 60s)) << length;
  EXPECT_FALSE(stamps.read(1, stamp + "A", 60s));
}

TEST_F(Stamped, IsVoidAfterARestartAndNeverTheSame) {
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) made.insert(stamps.make(1, content));
  EXPECT_EQ(made.size(), 100u);
  Stamps const other{world.clock, world.random};
  EXPECT_FALSE(other.read(1, *made.begin(), 60s));
}

}  // namespace
}  // namespace abode::service
