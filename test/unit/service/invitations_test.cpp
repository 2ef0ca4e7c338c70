#include "service/invitations.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using test::must;

class Invitations : public ::testing::Test {
 protected:
  base::result<Invitation> invite(std::string const& id = "clerk-7", std::string const& office = "civic-office",
                                  std::string const& name = "Kim Clerk") {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return service::invite(world.context, t, {ports::OfficialId{id}, name, office});
    });
  }
  base::result<SignedIn> accept(Invitation const& invitation) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return accept_invitation(world.context, t, invitation); });
  }
  ports::OfficialRow official(std::string const& id) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<ports::OfficialRow> {
      return s.official(ports::OfficialId{id}).value();
    }));
  }

  test::World world;
};

TEST_F(Invitations, LetAnOfficialInOnce) {
  auto const invitation = must(invite());
  EXPECT_EQ(invitation.reveal(base::Disclosure::to_official).size(), invitation_characters);
  auto const session = must(accept(invitation));
  auto const proven = must(test::read(*world.store, [&](ports::Snapshot& s) {
    return ports::StaffSession::prove(s, session.token, world.clock.now());
  }));
  EXPECT_EQ(proven.official().id.value(), "clerk-7");
  EXPECT_EQ(proven.official().name, "Kim Clerk");
  EXPECT_EQ(proven.official().office_record, world.registrar().official().office_record) << "the office has one book";
  auto const again = accept(invitation);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, errc::unauthenticated);
}

TEST_F(Invitations, LetNobodyWorkAndEndWithinTheHourUsedOrNot) {
  auto const session = must(accept(must(invite())));
  auto const at_work = test::read(*world.store, [&](ports::Snapshot& s) {
    return ports::OfficialSession::prove(s, session.token, world.clock.now());
  });
  ASSERT_FALSE(at_work);
  EXPECT_EQ(at_work.error().code, errc::forbidden);
  world.clock.pass(std::chrono::minutes{50});
  test::must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    extend_session(world.context, t, ports::hash_of(session.token));
    return 0;
  }));
  world.clock.pass(std::chrono::minutes{10});
  EXPECT_FALSE(test::read(*world.store, [&](ports::Snapshot& s) {
    return ports::StaffSession::prove(s, session.token, world.clock.now());
  }));
}

TEST_F(Invitations, MayBeTypedWithBlanksAndALineEnd) {
  std::string text = must(invite()).reveal(base::Disclosure::to_official);
  EXPECT_TRUE(accept(Invitation{" " + text.insert(20, " ") + "\r\n"}));
}

TEST_F(Invitations, EndAfterSevenDays) {
  auto const early = must(invite("clerk-7"));
  auto const late = must(invite("clerk-8"));
  world.clock.pass(invitation_life - std::chrono::seconds{1});
  EXPECT_TRUE(accept(early));
  world.clock.pass(std::chrono::seconds{1});
  auto const refused = accept(late);
  ASSERT_FALSE(refused);
  auto const unknown = accept(Invitation{"nobody's"});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().detail, refused.error().detail);
}

TEST_F(Invitations, ANewOneTakesThePlaceOfAnyBefore) {
  auto const first = must(invite());
  auto const second = must(invite("clerk-7", "school-office", "Kim School"));
  EXPECT_FALSE(accept(first));
  EXPECT_TRUE(accept(second));
  EXPECT_EQ(official("clerk-7").office, "school-office");
  EXPECT_EQ(official("clerk-7").name, "Kim School");
}

TEST_F(Invitations, KeepWhatAnAccountMissed) {
  must(invite());
  auto row = official("clerk-7");
  row.misses = 20;
  row.misses_since = world.clock.now();
  ASSERT_TRUE(world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
    t.put_official(row);
    return {};
  }));
  must(invite());
  EXPECT_EQ(official("clerk-7").misses, 20u) << "an invitation is no way out of a block";
}

TEST_F(Invitations, AreRefusedForWrongAccountsNamesAndOffices) {
  auto const expect_invalid = [&](std::string const& id, std::string const& office, std::string const& name,
                                  std::string const& field) {
    auto const refused = invite(id, office, name);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::invalid);
    EXPECT_EQ(refused.error().field, field);
  };
  for (char const* id : {"", "x", "Clerk", "clerk 7", "holder", "register", "operator", "invited",
                         "abcdefghijklmnopqrstuvwxyz-01234567"})
    expect_invalid(id, "civic-office", "Kim", "official");
  expect_invalid("clerk-7", "police", "Kim", "office");
  expect_invalid("clerk-7", "civic-office", "", "name");
  expect_invalid("clerk-7", "civic-office", std::string(101, 'x'), "name");
}

}  // namespace
}  // namespace abode::service
