// Passkeys of officials, and what somebody would try who wants to come in as one.
#include "unit/service/staff_passkeys.hpp"

#include <gmock/gmock.h>

#include "service/invitations.hpp"

namespace abode::service {
namespace {

using namespace test;
using base::errc;
using ::testing::ElementsAre;

template <class T>
void expect_refused(base::result<T> const& outcome, errc code) {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
}

class StaffPasskeys : public ::testing::Test {
 protected:
  Invitation invite(bool void_passkeys = false) {
    return must(write(*world.store, [&](ports::Transaction& t) {
      return service::invite(world.context, t, {clerk, "Kim Clerk", "civic-office", {}, void_passkeys});
    }));
  }
  ports::StaffSession accept(Invitation const& invitation) {
    auto const session = must(
        write(*world.store, [&](ports::Transaction& t) { return accept_invitation(world.context, t, invitation); }));
    return must(prove_staff(world, session));
  }
  /// By an invitation, a passkey on this device.
  StaffPasskeyListed begin_with(Authenticator& device) {
    return must(add_staff_passkey(world, accept(invite()), device));
  }
  std::vector<StaffPasskeyListed> list(ports::OfficialSession const& session) {
    return must(read(*world.store, [&](ports::Snapshot& s) { return list_staff_passkeys(s, session); }));
  }
  base::result<int> remove(ports::OfficialSession const& session, std::string const& id) {
    return write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      auto const removed = remove_staff_passkey(world.context, t, session, id);
      if (!removed) return removed.error();
      return 0;
    });
  }
  bool lives(ports::SessionRow const& session) {
    return must(read(*world.store, [&](ports::Snapshot& s) -> base::result<bool> {
      return s.session(session.token_hash).has_value();
    }));
  }
  std::uint64_t entries_in_the_book() {
    return must(read(*world.store, [&](ports::Snapshot& s) -> base::result<std::uint64_t> {
      return s.record(s.office_book("civic-office").value())->entries;
    }));
  }

  World world;
  ports::OfficialId const clerk{"clerk-7"};
  Authenticator key;
  Authenticator spare;
};

TEST_F(StaffPasskeys, ComeByAnInvitationAndLetTheOfficialWork) {
  auto const invited = accept(invite());
  auto const added = must(add_staff_passkey(world, invited, key, "Key at the counter"));
  EXPECT_EQ(added.name, "Key at the counter");
  EXPECT_EQ(added.id.size(), 16u);
  EXPECT_FALSE(lives(invited.row())) << "the invitation's session ends with it";
  auto const session = at_work(world, key);
  EXPECT_EQ(session.official().id, clerk);
  EXPECT_EQ(session.row().proof, ports::SignInProof::passkey);
  auto const all = list(session);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].last_used, "2026-11");
}

TEST_F(StaffPasskeys, AreSeveralEachWithAnEntryInTheOfficesBook) {
  begin_with(key);
  auto const before = entries_in_the_book();
  auto const session = at_work(world, key);
  auto const second = must(add_staff_passkey(world, session.staff(), spare, "At home"));
  EXPECT_EQ(entries_in_the_book(), before + 1);
  EXPECT_TRUE(lives(session.row())) << "only an invitation's session ends";
  EXPECT_EQ(list(session).size(), 2u);
  EXPECT_TRUE(remove(session, second.id));
  EXPECT_EQ(entries_in_the_book(), before + 2);
  expect_refused(official_signs_in_with(world, spare), errc::unauthenticated);
}

TEST_F(StaffPasskeys, OfAPersonSignNoOfficialInAndTheReverse) {
  Authenticator of_anna;
  must(test::add_passkey(world, world.anna(), of_anna));
  begin_with(key);
  // Each answers what the other would be asked, and then what itself is asked, at the other's door.
  expect_refused(use_staff_passkey(world, of_anna.get(staff_sign_in_challenge(world.context))), errc::unauthenticated);
  expect_refused(use_staff_passkey(world, of_anna.get(sign_in_challenge(world.context))), errc::unauthenticated);
  expect_refused(use_passkey(world, key.get(sign_in_challenge(world.context))), errc::unauthenticated);
  expect_refused(use_passkey(world, key.get(staff_sign_in_challenge(world.context))), errc::unauthenticated);
  expect_refused(use_staff_passkey(world, key.get(sign_in_challenge(world.context))), errc::unauthenticated);
  expect_refused(use_passkey(world, of_anna.get(staff_sign_in_challenge(world.context))), errc::unauthenticated);
  EXPECT_TRUE(official_signs_in_with(world, key));
  EXPECT_TRUE(sign_in_with(world, of_anna));
}

TEST_F(StaffPasskeys, OneAndTheSameKeyMayBeAPersonsAndAnOfficialsAndOpensEachByItsOwnChallenge) {
  must(test::add_passkey(world, world.anna(), key));
  begin_with(key);
  EXPECT_TRUE(official_signs_in_with(world, key));
  EXPECT_TRUE(sign_in_with(world, key));
  expect_refused(use_staff_passkey(world, key.get(sign_in_challenge(world.context))), errc::unauthenticated);
}

TEST_F(StaffPasskeys, AreMadeForTheSessionThatAskedAndForNoPerson) {
  auto const invited = accept(invite());
  auto const add = [&](base::Hash const& challenge) {
    return write(*world.store, [&](ports::Transaction& t) {
      return service::add_staff_passkey(world.context, local_party, t, invited, {"Key", key.create(challenge)}, {});
    });
  };
  auto const for_anna =
      must(read(*world.store, [&](ports::Snapshot& s) { return invite_passkey(world.context, s, world.anna()); }));
  expect_refused(add(for_anna.challenge), errc::invalid);
  auto const for_another = must(read(*world.store, [&](ports::Snapshot& s) {
    return invite_staff_passkey(world.context, s, world.registrar().staff());
  }));
  expect_refused(add(for_another.challenge), errc::invalid);
  expect_refused(add(staff_sign_in_challenge(world.context)), errc::invalid);
  auto const own =
      must(read(*world.store, [&](ports::Snapshot& s) { return invite_staff_passkey(world.context, s, invited); }));
  EXPECT_NE(own.user_handle, for_another.user_handle);
  world.clock.pass(passkey_challenge_life);
  expect_refused(add(own.challenge), errc::invalid);
}

TEST_F(StaffPasskeys, AnswerAChallengeOnceAndACopyIsNoticed) {
  begin_with(key);
  auto const answer = key.get(staff_sign_in_challenge(world.context));
  EXPECT_TRUE(use_staff_passkey(world, answer));
  expect_refused(use_staff_passkey(world, answer), errc::unauthenticated);
  auto const late = key.get(staff_sign_in_challenge(world.context));
  world.clock.pass(passkey_challenge_life);
  expect_refused(use_staff_passkey(world, late), errc::unauthenticated);
  auto altered = key.get(staff_sign_in_challenge(world.context));
  altered.signature.back() ^= 1;
  expect_refused(use_staff_passkey(world, altered), errc::unauthenticated);
  expect_refused(official_signs_in_with(world, spare), errc::unauthenticated);
}

TEST_F(StaffPasskeys, AreAddedAndRemovedByWhoeverSignedInJustNow) {
  auto const first = begin_with(key);
  auto const session = at_work(world, key);
  must(add_staff_passkey(world, session.staff(), spare));
  world.clock.pass(fresh_sign_in);
  Authenticator third;
  expect_refused(add_staff_passkey(world, session.staff(), third), errc::stale_sign_in);
  expect_refused(remove(session, first.id), errc::stale_sign_in);
}

TEST_F(StaffPasskeys, AStolenOneGoesWithItsSessionsAndTheLastOneStays) {
  auto const stolen = begin_with(key);
  must(add_staff_passkey(world, at_work(world, key).staff(), spare));
  auto const thief = at_work(world, key);
  auto const owner = at_work(world, spare);
  ASSERT_TRUE(remove(owner, stolen.id));
  EXPECT_FALSE(lives(thief.row()));
  EXPECT_TRUE(lives(owner.row()));
  expect_refused(official_signs_in_with(world, key), errc::unauthenticated);
  expect_refused(remove(owner, stolen.id), errc::not_found);
  expect_refused(remove(owner, list(owner)[0].id), errc::conflict);
}

TEST_F(StaffPasskeys, OfAnotherOfficialAreNotThere) {
  auto const of_clerk = begin_with(key);
  expect_refused(remove(world.registrar(), of_clerk.id), errc::not_found);
  EXPECT_TRUE(list(world.registrar()).empty());
  EXPECT_TRUE(official_signs_in_with(world, key));
}

TEST_F(StaffPasskeys, ThatAreLostGoByTheOperatorsHandWithAllSessions) {
  begin_with(key);
  auto const session = at_work(world, key);
  auto const kept = invite();
  EXPECT_TRUE(official_signs_in_with(world, key)) << "an invitation by itself takes nothing away";
  (void)kept;
  auto const again = invite(true);
  expect_refused(official_signs_in_with(world, key), errc::unauthenticated);
  EXPECT_FALSE(lives(session.row()));
  must(add_staff_passkey(world, accept(again), spare));
  EXPECT_EQ(at_work(world, spare).official().id, clerk);
}

TEST_F(StaffPasskeys, AreAddedOnceUnderOneKeyOfARequest) {
  begin_with(key);
  auto const signed_in = must(official_signs_in_with(world, key));
  auto const session = must(ports::OfficialSession::of(must(prove_staff(world, signed_in))));
  auto const invitation = must(
      read(*world.store, [&](ports::Snapshot& s) { return invite_staff_passkey(world.context, s, session.staff()); }));
  NewPasskey const wish{"Once", spare.create(invitation.challenge)};
  auto const add = [&](std::optional<RequestKey> const& request) {
    return write(*world.store, [&](ports::Transaction& t) {
      return service::add_staff_passkey(world.context, local_party, t,
                                        must(ports::StaffSession::prove(t, signed_in.token, world.clock.now())), wish,
                                        request);
    });
  };
  auto const first = must(add(request_key("k")));
  EXPECT_EQ(must(add(request_key("k"))).id, first.id);
  expect_refused(add(request_key("k", "another body")), errc::key_reused);
  expect_refused(add({}), errc::conflict);
  EXPECT_EQ(list(session).size(), 2u);
}

TEST_F(StaffPasskeys, HaveALimitAndNames) {
  begin_with(key);
  auto const session = at_work(world, key);
  Authenticator other;
  expect_refused(add_staff_passkey(world, session.staff(), other, ""), errc::invalid);
  for (std::size_t n = 1; n < max_staff_passkeys; ++n) {
    Authenticator more;
    must(add_staff_passkey(world, session.staff(), more));
  }
  expect_refused(add_staff_passkey(world, session.staff(), other), errc::conflict);
}

}  // namespace
}  // namespace abode::service
