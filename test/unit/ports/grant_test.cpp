#include "ports/grant.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "digest/digest.hpp"
#include "support/memory_store.hpp"
#include "support/using_store.hpp"

namespace abode::ports {
namespace {

using base::errc;
using base::Time;
using std::chrono::seconds;

// G4, held by the compiler: nobody but a proven session and a Store after its commit can make these.
static_assert(!std::is_default_constructible_v<Grant>);
static_assert(!std::is_constructible_v<Grant, RecordId>);
static_assert(!std::is_constructible_v<Grant, std::int64_t>);
static_assert(!std::is_constructible_v<Grant, Commit>);
static_assert(!std::is_constructible_v<Grant, OfficialSession>);
static_assert(!std::is_aggregate_v<Grant>);
static_assert(!std::is_default_constructible_v<Commit>);
static_assert(!std::is_constructible_v<Commit, std::vector<RecordId>>);
static_assert(!std::is_aggregate_v<Commit>);
static_assert(!std::is_default_constructible_v<HolderSession>);
static_assert(!std::is_constructible_v<HolderSession, RecordId>);
static_assert(!std::is_default_constructible_v<GuardianSession>);
static_assert(!std::is_constructible_v<GuardianSession, HolderSession, GuardianshipRow>);
static_assert(!std::is_default_constructible_v<OfficialSession>);
static_assert(!std::is_constructible_v<OfficialSession, OfficialRow>);
static_assert(!std::is_convertible_v<OfficialSession, Grant> && !std::is_convertible_v<RecordId, Grant>);

// A contact is opened for a committed mail alone: not from within a transaction, and by no row that somebody made.
static_assert(!std::is_default_constructible_v<DeliveryGrant> && !std::is_aggregate_v<DeliveryGrant>);
static_assert(!std::is_constructible_v<DeliveryGrant, OutboxRow, std::optional<ContactRow>>);
static_assert(!std::is_convertible_v<DeliveryGrant, Grant>);
template <class View>
concept can_deliver = requires(View& view) { DeliveryGrant::due(view, base::Time{}, 1); };
static_assert(can_deliver<Snapshot>);
static_assert(!can_deliver<Transaction>);

template <class Session>
concept can_grant = requires(Session const& session) { session.grant(); };
static_assert(can_grant<HolderSession>);
static_assert(!can_grant<OfficialSession>, "an official's session opens nothing by itself");

constexpr Time expiry{seconds{1'000'000}};
OfficialId const clerk{"clerk"};

TEST(GuardiansGrant, NeedsTheGuardiansSessionAndTheRow) {
  auto const store = test::make_memory_store();
  base::GuardianshipId const id{"ONE"};
  ASSERT_TRUE(test::write(*store, [&](Transaction& transaction) -> base::result<void> {
    transaction.add_session({hash_of(SessionToken{"anna"}), Subject::person, RecordId{17}, {}, expiry});
    transaction.add_session({hash_of(SessionToken{"emma"}), Subject::person, RecordId{18}, {}, expiry});
    transaction.add_guardianship({id, RecordId{18}, RecordId{17}});
    return {};
  }));
  auto const prove = [&](char const* token, base::GuardianshipId const& wanted) {
    return test::read(*store, [&](Snapshot& snapshot) -> base::result<GuardianSession> {
      auto const session = HolderSession::prove(snapshot, SessionToken{token}, Time{});
      if (!session) return session.error();
      return GuardianSession::prove(snapshot, *session, wanted);
    });
  };
  auto const anna = prove("anna", id);
  ASSERT_TRUE(anna);
  EXPECT_EQ(anna->record(), RecordId{18});
  EXPECT_EQ(anna->grant().record(), RecordId{18});
  EXPECT_EQ(prove("emma", id).error().code, errc::not_found) << "the child is no guardian of her own";
  EXPECT_EQ(prove("anna", base::GuardianshipId{"TWO"}).error().detail, prove("emma", id).error().detail);
}

class Sessions : public ::testing::Test {
 protected:
  Sessions() {
    auto const written = test::write(*store, [](Transaction& transaction) -> base::result<void> {
      transaction.add_session({hash_of(SessionToken{"anna"}), Subject::person, RecordId{17}, {}, expiry});
      transaction.add_session({hash_of(SessionToken{"clerk"}), Subject::official, {}, clerk, expiry});
      transaction.add_session({hash_of(SessionToken{"gone"}), Subject::official, {}, OfficialId{"gone"}, expiry});
      transaction.put_official({clerk, "Sam Clerk", "school-office", RecordId{90}, 0, {}, {}});
      return {};
    });
    EXPECT_TRUE(written);
  }

  base::result<HolderSession> holder(std::string const& token, Time now) {
    return test::read(*store,
                      [&](Snapshot& snapshot) { return HolderSession::prove(snapshot, SessionToken{token}, now); });
  }
  base::result<OfficialSession> official(std::string const& token, Time now) {
    return test::read(*store,
                      [&](Snapshot& snapshot) { return OfficialSession::prove(snapshot, SessionToken{token}, now); });
  }

  std::unique_ptr<Store> store = test::make_memory_store();
};

template <class Session>
void expect_unauthenticated(base::result<Session> const& session) {
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, errc::unauthenticated);
}

TEST_F(Sessions, AHolderIsProvenByTheirToken) {
  auto const session = holder("anna", Time{});
  ASSERT_TRUE(session);
  EXPECT_EQ(session->record(), RecordId{17});
  EXPECT_EQ(session->grant().record(), RecordId{17});
}

TEST_F(Sessions, AnOfficialIsProvenByTheirToken) {
  auto const session = official("clerk", Time{});
  ASSERT_TRUE(session);
  EXPECT_EQ(session->official().id, clerk);
  EXPECT_EQ(session->official().office_record, RecordId{90});
}

// Whoever has an invitation has shown nothing but a piece of paper: no type that opens or decides anything is made of
// it.
TEST_F(Sessions, OneThatAnInvitationBeganIsNoOfficialsAtWork) {
  for (SignInProof const proof : {SignInProof::invitation, SignInProof::activation_code, SignInProof::printed_code,
                                  SignInProof::passkey, SignInProof::test_name}) {
    SessionToken const token{std::to_string(static_cast<int>(proof))};
    ASSERT_TRUE(test::write(*store, [&](Transaction& transaction) -> base::result<void> {
      transaction.add_session({hash_of(token), Subject::official, {}, clerk, expiry, {}, expiry, proof});
      return {};
    }));
    auto const staff = test::read(*store, [&](Snapshot& s) { return StaffSession::prove(s, token, Time{}); });
    ASSERT_TRUE(staff);
    EXPECT_EQ(staff->official().id, clerk);
    auto const at_work = official(std::to_string(static_cast<int>(proof)), Time{});
    bool const may_work = proof == SignInProof::passkey || proof == SignInProof::test_name;
    EXPECT_EQ(at_work.has_value(), may_work) << static_cast<int>(proof);
    if (!at_work) {
      EXPECT_EQ(at_work.error().code, errc::forbidden);
    }
  }
}

TEST_F(Sessions, EndAtTheSecondOfTheirExpiry) {
  EXPECT_TRUE(holder("anna", expiry - seconds{1}));
  expect_unauthenticated(holder("anna", expiry));
  EXPECT_TRUE(official("clerk", expiry - seconds{1}));
  expect_unauthenticated(official("clerk", expiry));
}

TEST_F(Sessions, OneKindIsNotTheOther) {
  expect_unauthenticated(holder("clerk", Time{}));
  expect_unauthenticated(official("anna", Time{}));
}

TEST_F(Sessions, AnUnknownTokenIsNobodys) {
  for (char const* token : {"", "anna ", "Anna", "nobody"}) {
    expect_unauthenticated(holder(token, Time{}));
    expect_unauthenticated(official(token, Time{}));
  }
}

TEST_F(Sessions, TheStoredHashIsNoToken) {
  base::Hash const stored = hash_of(SessionToken{"anna"});
  EXPECT_EQ(stored, digest::sha256(base::as_bytes("anna")));
  expect_unauthenticated(holder(std::string{base::as_text(stored)}, Time{}));
}

TEST_F(Sessions, AnOfficialWithoutAnAccountIsNobody) {
  expect_unauthenticated(official("gone", Time{}));
}

class Accesses : public Sessions {
 protected:
  /// Commits one entry in record 17, and one in record 18.
  base::result<Commit> commit(bool access_17, bool access_18) {
    return store->write_and_wait([=, seq = seq_++](Transaction& transaction) -> base::result<void> {
      transaction.add_entry({RecordId{17}, seq, base::Hash{}, {}}, access_17);
      transaction.add_entry({RecordId{18}, seq, base::Hash{}, {}}, access_18);
      return {};
    });
  }

 private:
  std::uint64_t seq_ = 0;
};

TEST_F(Accesses, AGrantComesOfAJournalledAccessToThatVeryRecord) {
  auto const both = commit(true, true);
  auto const one = commit(true, false);
  auto const none = commit(false, false);
  ASSERT_TRUE(both && one && none);
  EXPECT_EQ(Grant::for_access(*both, RecordId{17})->record(), RecordId{17});
  EXPECT_EQ(Grant::for_access(*both, RecordId{18})->record(), RecordId{18});
  EXPECT_TRUE(Grant::for_access(*one, RecordId{17}));
  for (auto const& refused : {Grant::for_access(*one, RecordId{18}), Grant::for_access(*one, RecordId{19}),
                              Grant::for_access(*none, RecordId{17})}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::forbidden);
  }
}

TEST_F(Accesses, AFailedWriteGivesNoCommitToAskWith) {
  auto const failed = store->write_and_wait([](Transaction& transaction) -> base::result<void> {
    transaction.add_entry({RecordId{17}, 0, base::Hash{}, {}}, true);
    return base::fail(errc::conflict, "Not this time.");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, errc::conflict);
}

}  // namespace
}  // namespace abode::ports
