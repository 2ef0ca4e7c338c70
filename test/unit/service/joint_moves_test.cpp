// Joint moves: an invitation shows an address to one person, once, and changes nobody's record.
#include "service/joint_moves.hpp"

#include <gtest/gtest.h>

#include "codec/text.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using std::chrono::minutes;
using test::must;
using test::noon;

class MoveInvitations : public ::testing::Test {
 protected:
  base::result<MadeMoveInvitation> invite(std::optional<RequestKey> const& request = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return make_move_invitation(world.context, t, anna, home.id, request);
    });
  }
  base::result<MadeMoveInvitation> take_back(std::uint64_t entry) {
    return test::write(
        *world.store, [&](ports::Transaction& t) { return revoke_move_invitation(world.context, t, anna, entry, {}); });
  }
  std::vector<MoveInvitation> mine(ports::HolderSession const& session) {
    return must(
        test::read(*world.store, [&](ports::Snapshot& s) { return list_move_invitations(world.context, s, session); }));
  }
  /// The two steps of a look, as the API takes them.
  base::result<InvitedTo> look(base::Secret<std::string> const& code, std::optional<RequestKey> const& request = {}) {
    std::optional<MoveInvitationAttempt> attempt;
    auto const commit = world.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
      auto made = attempt_move_invitation(world.context, transaction, code, request);
      if (!made) return made.error();
      attempt = std::move(*made);
      return {};
    });
    if (!commit) return commit.error();
    return complete_move_invitation(world.context, *attempt, *commit);
  }
  base::Secret<std::string> code() { return *must(invite()).invitation.code; }
  log::Entry last_entry(ports::HolderSession const& session) { return world.opened_entries(session).back().entry; }

  test::World world;
  ports::HolderSession anna = world.anna();
  ports::HolderSession peter = world.peter();
  rules::File const home = world.file();
  Acted const filed = must(world.act(anna, home));
};

void expect_refused(base::result<InvitedTo> const& looked) {
  ASSERT_FALSE(looked);
  EXPECT_EQ(looked.error().code, errc::opening_refused);
  EXPECT_EQ(looked.error().detail,
            "This invitation does not open anything. Check it, or ask the person who gave it to you for a new one.");
  EXPECT_EQ(looked.error().field, "");
}

TEST_F(MoveInvitations, ShowAnAddressAndChangeNobodysRegistration) {
  auto const made = must(invite());
  EXPECT_EQ(last_entry(anna).operation, "invitation");
  EXPECT_EQ(last_entry(anna).reference, home.id.value());
  EXPECT_EQ(made.invitation.expires_at, noon + move_invitation_life);
  auto const of_anna = world.state(anna);
  auto const of_peter = world.row(peter.record());

  InvitedTo const invited = must(look(*made.invitation.code));
  EXPECT_EQ(invited.address, home.address);
  EXPECT_EQ(invited.since, home.since);
  EXPECT_EQ(world.state(anna), of_anna);
  EXPECT_EQ(world.row(peter.record()).entries, of_peter.entries);
  EXPECT_EQ(world.row(peter.record()).version, of_peter.version);
}

// G4: the look stands in the record that it is a look into, and not who looked: whom they invited they know.
TEST_F(MoveInvitations, ALookIsAnEntryAndANoticeOfWhoInvited) {
  auto const made = must(invite());
  (void)must(look(*made.invitation.code));
  log::Entry const entry = last_entry(anna);
  EXPECT_EQ(entry.operation, "invitation-opened");
  EXPECT_EQ(entry.actor, "invited");
  EXPECT_EQ(entry.reference, std::to_string(made.invitation.entry));
  auto const notices =
      must(test::read(*world.store, [&](ports::Snapshot& s) { return inbox(world.context, s, anna); }));
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].about.entry.seq, entry.seq);
  EXPECT_EQ(mine(anna).at(0).state, CodeState::used);
}

// Each adult's consent is an act of their own, on their own record, and it is all that changes.
TEST_F(MoveInvitations, TheInvitedPersonMovesByTheirOwnActOrNotAtAll) {
  rules::File const old = world.file(rules::Kind::main, "Chausseestr. 2");
  must(world.act(peter, old));
  InvitedTo const invited = must(look(code()));
  auto const of_anna = world.row(anna.record());
  EXPECT_TRUE(world.state(peter).residence.find(old.id)->active()) << "silence is no consent";
  Acted const moved =
      must(world.act(peter, rules::Move{old.id, new_registration_id(world.random), invited.address, invited.since}));
  EXPECT_EQ(moved.registration->address, home.address);
  EXPECT_EQ(world.row(anna.record()).entries, of_anna.entries) << "and who invited is not told";
  must(world.act(peter, rules::Undo{moved.registration->id}));
  EXPECT_TRUE(world.state(peter).residence.find(old.id)->active());
}

TEST_F(MoveInvitations, EachThatOpensNothingGetsTheSameAnswerAndWritesNothing) {
  auto const used = code();
  (void)must(look(used));
  auto const revoked = must(invite());
  must(take_back(revoked.invitation.entry));
  EXPECT_EQ(last_entry(anna).operation, "revoke-invitation");
  auto const over = code();
  auto const entries = world.row(anna.record()).entries;
  expect_refused(look(base::Secret<std::string>{"0000000000000000"}));
  expect_refused(look(used));
  expect_refused(look(*revoked.invitation.code));
  world.clock.pass(move_invitation_life);
  expect_refused(look(over));
  EXPECT_EQ(world.row(anna.record()).entries, entries);
  EXPECT_EQ(mine(anna).at(0).state, CodeState::expired);
  EXPECT_TRUE(world.state(anna).residence.find(home.id)->active()) << "nothing follows from silence";
}

TEST_F(MoveInvitations, TheSameRequestMayComeAgainForFifteenMinutes) {
  auto const once = code();
  auto const key = test::request_key("look");
  EXPECT_TRUE(look(once, key));
  world.clock.pass(minutes{14});
  EXPECT_TRUE(look(once, key));
  expect_refused(look(once, test::request_key("another")));
  world.clock.pass(minutes{2});
  expect_refused(look(once, key));
}

TEST_F(MoveInvitations, ToWhereNobodyLivesAnyMoreOpensNothing) {
  auto const early = code();
  must(world.act(anna, rules::End{home.id, base::day_of(noon)}));
  expect_refused(look(early));
  auto const late = invite();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, errc::conflict);
}

TEST_F(MoveInvitations, AreToRegistrationsOfOnesOwn) {
  auto const foreign = test::write(
      *world.store, [&](ports::Transaction& t) { return make_move_invitation(world.context, t, peter, home.id, {}); });
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, errc::not_found);
  EXPECT_TRUE(mine(peter).empty());
}

TEST_F(MoveInvitations, AreNoOpeningCodesAndOpeningCodesAreNoInvitations) {
  auto const invitation = code();
  OpeningRequest request{invitation, rules::purpose_named("counter-help"), "S-1", {rules::Field::main_address}};
  auto const opened = world.open("clerk-school", request);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, errc::opening_refused);
  EXPECT_EQ(last_entry(anna).operation, "invitation") << "the attempt is the office's, not hers";
  auto const made = must(world.make_code(anna, {rules::Field::main_address}));
  expect_refused(look(*made.code.code));
  EXPECT_EQ(must(world.codes(anna)).size(), 1u);
  EXPECT_EQ(mine(anna).size(), 1u);
  EXPECT_FALSE(take_back(made.code.entry));
  EXPECT_FALSE(world.revoke_code(anna, mine(anna).at(0).entry));
}

TEST_F(MoveInvitations, ARepeatedRequestHasOneEffect) {
  auto const first = must(invite(test::request_key("k")));
  auto const again = must(invite(test::request_key("k")));
  EXPECT_EQ(again.receipt.commitment, first.receipt.commitment);
  EXPECT_EQ(again.invitation.code, first.invitation.code);
  EXPECT_EQ(mine(anna).size(), 1u);
}

TEST_F(MoveInvitations, TwentyMayWaitAtOnce) {
  for (std::size_t i = 0; i < max_live_move_invitations; ++i) ASSERT_TRUE(invite());
  auto const more = invite();
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, errc::conflict);
  must(take_back(mine(anna).at(0).entry));
  EXPECT_TRUE(invite());
}

TEST_F(MoveInvitations, AreTypedAsPeopleType) {
  auto const made = must(invite());
  std::string const shown = codec::in_groups_of_four(made.invitation.code->reveal(base::Disclosure::to_holder));
  EXPECT_EQ(shown.size(), 19u);
  EXPECT_EQ(must(parse_move_invitation(" " + shown + " ")), *made.invitation.code);
  for (char const* wrong : {"", "7K2PD-XQ0MV", "7K2P-DXQ0-MV3A-9T5U", "7K2P-DXQ0-MV3A-9T5H-0"}) {
    auto const parsed = parse_move_invitation(wrong);
    ASSERT_FALSE(parsed) << wrong;
    EXPECT_EQ(parsed.error().field, "code");
  }
}

}  // namespace
}  // namespace abode::service
