#include "service/sessions.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::errc;
using test::must;
using test::World;

class Sessions : public ::testing::Test {
 protected:
  SignedIn begin(std::string_view specimen = "anna-eriksson") {
    return must(
        test::write(*world.store, [&](ports::Transaction& t) { return sign_in_specimen(world.context, t, specimen); }));
  }
  base::result<ports::HolderSession> prove(SignedIn const& session) {
    return test::read(*world.store, [&](ports::Snapshot& s) {
      return ports::HolderSession::prove(s, session.token, world.clock.now());
    });
  }
  bool is_live(SignedIn const& session) { return prove(session).has_value(); }
  /// What the executor does with every request.
  void use(SignedIn const& session) {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<bool> {
      extend_session(world.context, t, ports::hash_of(session.token));
      return true;
    }));
  }
  std::vector<SessionListed> list(SignedIn const& asking) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<SessionListed>> {
      return list_sessions(world.context, s, ports::HolderSession::prove(s, asking.token, world.clock.now()).value());
    }));
  }
  base::result<void> end(SignedIn const& asking, std::string_view id) {
    auto const commit = world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      return end_session(world.context, t, ports::HolderSession::prove(t, asking.token, world.clock.now()).value(), id);
    });
    return commit ? base::result<void>{} : commit.error();
  }

  World world;
};

TEST_F(Sessions, EndWhenNobodyUsesThemForAnHour) {
  auto const session = begin();
  world.clock.pass(session_idle_life - 1s);
  EXPECT_TRUE(is_live(session));
  world.clock.pass(1s);
  EXPECT_FALSE(is_live(session));
  use(session);
  EXPECT_FALSE(is_live(session)) << "what has ended stays so";
}

TEST_F(Sessions, LiveOnWhileTheyAreUsedButNotForEver) {
  auto const session = begin();
  auto const begun = world.clock.now();
  while (world.clock.now() + 50min < session.expires_at) {
    world.clock.pass(50min);
    ASSERT_TRUE(is_live(session)) << base::format_time(world.clock.now());
    use(session);
  }
  EXPECT_EQ(session.expires_at, begun + world.profile.session_life);
  world.clock.pass(session.expires_at - world.clock.now() - 1s);
  use(session);
  EXPECT_TRUE(is_live(session));
  world.clock.pass(1s);
  EXPECT_FALSE(is_live(session)) << "used all the time, and over";
}

TEST_F(Sessions, AreNotWrittenToAtEachUse) {
  auto const session = begin();
  world.clock.pass(session_extension_step);
  EXPECT_FALSE(is_extension_due(must(prove(session)).row(), world.clock.now()));
  world.clock.pass(1s);
  EXPECT_TRUE(is_extension_due(must(prove(session)).row(), world.clock.now()));
  use(session);
  EXPECT_FALSE(is_extension_due(must(prove(session)).row(), world.clock.now()));
}

TEST_F(Sessions, AreListedToTheirHolderOnly) {
  auto const first = begin();
  world.clock.pass(10min);
  auto const second = begin();
  auto const other = begin("peter-stevenson");
  auto const all = list(second);
  ASSERT_GE(all.size(), 2u);
  EXPECT_TRUE(all[0].current);
  EXPECT_FALSE(all[1].current);
  EXPECT_EQ(all[0].begun_at, world.clock.now());
  EXPECT_EQ(all[1].begun_at, world.clock.now() - 10min);
  EXPECT_EQ(all[0].last_end, second.expires_at);
  EXPECT_EQ(all[0].proof, ports::SignInProof::test_name);
  EXPECT_NE(all[0].id, all[1].id);
  for (auto const& theirs : list(other))
    for (auto const& hers : all) EXPECT_NE(theirs.id, hers.id);
  world.clock.pass(session_idle_life - 10min);
  auto const fresh = begin();
  auto const left = list(fresh);
  EXPECT_EQ(std::count_if(left.begin(), left.end(), [&](auto const& s) { return s.begun_at == all[1].begun_at; }), 0)
      << "one that is over is not listed";
}

TEST_F(Sessions, OneEndsAtOnceAndTheOthersDoNot) {
  auto const first = begin();
  world.clock.pass(1min);
  auto const second = begin();
  ASSERT_TRUE(end(second, list(second)[1].id));
  EXPECT_FALSE(is_live(first));
  EXPECT_TRUE(is_live(second));
  ASSERT_TRUE(end(second, list(second)[0].id)) << "the one that asks as well";
  EXPECT_FALSE(is_live(second));
}

TEST_F(Sessions, NobodyEndsTheSessionOfSomebodyElse) {
  auto const hers = begin();
  auto const his = begin("peter-stevenson");
  auto const refused = end(his, list(hers)[0].id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::not_found);
  EXPECT_TRUE(is_live(hers));
}

TEST_F(Sessions, AllOthersEndTogether) {
  auto const first = begin();
  auto const second = begin();
  auto const his = begin("peter-stevenson");
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<std::size_t> {
    return end_other_sessions(world.context, t,
                              ports::HolderSession::prove(t, second.token, world.clock.now()).value());
  }));
  EXPECT_FALSE(is_live(first));
  EXPECT_TRUE(is_live(second));
  EXPECT_TRUE(is_live(his));
  EXPECT_EQ(list(second).size(), 1u);
}

}  // namespace
}  // namespace abode::service
