// A change of the profile decides from its moment on, and not a second before.
#include <gtest/gtest.h>

#include "support/world.hpp"

namespace abode::service {
namespace {

TEST(ProfileSchedule, TheNextOneDecidesFromItsMomentOn) {
  test::World world;
  rules::Profile next = test::specimen_profile();
  std::erase_if(next.kinds, [](rules::KindRule const& rule) { return rule.kind == rules::Kind::temporary; });
  base::Time const from = world.clock.now() + rules::profile_notice;
  Context const context{world.clock, world.random, *world.sealer,
                        rules::ProfileSchedule{world.context.profile(), next, from, 7}, Mode::test};
  auto const anna = world.anna();
  auto const file = [&] {
    return test::write(*world.store, [&](ports::Transaction& transaction) {
      return act(context, transaction, anna, world.file(rules::Kind::temporary, "Somewhere"), {});
    });
  };
  EXPECT_EQ(context.profiles.coming(world.clock.now()), &next);
  world.clock.set(from - std::chrono::seconds{1});
  EXPECT_TRUE(file()) << "29 days, 23 hours, 59 minutes and 59 seconds";
  world.clock.pass(std::chrono::seconds{1});
  auto const refused = file();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "kind");
  EXPECT_EQ(context.profiles.coming(world.clock.now()), nullptr);
  EXPECT_EQ(&context.profile(), &next);
}

TEST(ProfileSchedule, OfOneProfileIsThatOne) {
  rules::ProfileSchedule const schedule{test::specimen_profile()};
  EXPECT_EQ(&schedule.at(base::Time::max()), &test::specimen_profile());
  EXPECT_EQ(schedule.coming(base::Time::min()), nullptr);
}

}  // namespace
}  // namespace abode::service
