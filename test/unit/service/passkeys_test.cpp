// Passkeys: who adds and removes them and from when it counts, and what lets nobody in. Named after the attacks where
// they are some. What browsers hand over is checked in unit/webauthn.
#include "service/passkeys.hpp"

#include <gtest/gtest.h>

#include "service/cards.hpp"
#include "service/internal/passkey_notes.hpp"
#include "service/printed_codes.hpp"
#include "unit/service/passkeys.hpp"
#include "unit/service/recording_transaction.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::Disclosure;
using base::errc;
using test::add_passkey;
using test::Authenticator;
using test::local_party;
using test::must;
using test::sign_in_with;
using test::use_passkey;

constexpr char const* annas_card = "SPECIMEN1";

class Passkeys : public ::testing::Test {
 protected:
  ports::HolderSession prove(SignedIn const& session) { return test::prove(world, session); }
  /// A session that began just now with a passkey.
  ports::HolderSession fresh(Authenticator& device) { return prove(must(sign_in_with(world, device))); }
  std::vector<PasskeyListed> list(ports::HolderSession const& session) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return list_passkeys(world.context, s, session); }));
  }
  base::result<RemovedPasskey> remove(ports::HolderSession const& session, std::uint64_t entry) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return remove_passkey(world.context, t, session, entry, {}); });
  }
  base::result<Receipt> keep(ports::HolderSession const& session, std::uint64_t entry) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return keep_passkey(world.context, t, session, entry, {}); });
  }
  base::result<MadeSheet> make_sheet(ports::HolderSession const& session) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return service::make_sheet(world.context, t, session, {}); });
  }
  void freeze(MadeSheet const& sheet) {
    auto const request = must(check_card_and_code(annas_card, sheet.freeze_code.reveal(Disclosure::to_holder)));
    must(test::write(*world.store,
                     [&](ports::Transaction& t) { return attempt_freeze(world.context, t, request, {}); }));
  }
  std::size_t notices(ports::RecordId record) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return s.notices(record, 1'000'000, 1'000'000).size();
    }));
  }
  std::string last_operation() { return world.opened_entries(world.anna()).back().entry.operation; }

  test::World world;
  Authenticator phone;
  Authenticator laptop;
};

TEST_F(Passkeys, TheFirstWayInIsGoodAtOnceAndLetsItsHolderIn) {
  auto const added = must(add_passkey(world, world.anna(), phone));
  EXPECT_EQ(added.good_from, world.clock.now());
  EXPECT_EQ(last_operation(), "passkey");
  EXPECT_EQ(notices(world.anna().record()), 1u);
  auto const session = fresh(phone);
  EXPECT_EQ(session.record(), world.anna().record());
  EXPECT_EQ(session.row().proof, ports::SignInProof::passkey);
  auto const entry = world.opened_entries(session).back().entry;
  EXPECT_EQ(entry.operation, "sign-in");
  EXPECT_EQ(entry.reference, "passkey " + std::to_string(added.receipt.entry));
}

TEST_F(Passkeys, ItsHolderSeesTheMonthOfItsLastUseAndNoMore) {
  must(add_passkey(world, world.anna(), phone, "Annas Telefon"));
  auto const before = list(world.anna());
  ASSERT_EQ(before.size(), 1u);
  EXPECT_EQ(before[0].name, "Annas Telefon");
  EXPECT_EQ(before[0].last_used, std::nullopt);
  must(sign_in_with(world, phone));
  EXPECT_EQ(list(world.anna())[0].last_used, base::format_date(base::day_of(world.clock.now())).substr(0, 7));
}

TEST_F(Passkeys, OneThatComesAfterAnotherWayInWaitsADayUnlessAPasskeyAddsIt) {
  must(make_sheet(world.anna()));
  auto const waiting = must(add_passkey(world, world.anna(), phone));
  EXPECT_EQ(waiting.good_from, world.clock.now() + credential_hold);
  auto const too_soon = sign_in_with(world, phone);
  EXPECT_EQ(too_soon.error().code, errc::unauthenticated);
  EXPECT_NE(too_soon.error().detail.find(base::format_time(waiting.good_from)), std::string::npos)
      << "who has the key is told from when";
  world.clock.pass(credential_hold - 1s);
  EXPECT_FALSE(sign_in_with(world, phone));
  world.clock.pass(1s);
  auto const session = fresh(phone);
  EXPECT_EQ(must(add_passkey(world, session, laptop)).good_from, world.clock.now());
  EXPECT_EQ(must(make_sheet(session)).good_from, world.clock.now()) << "and so does a sheet";
}

TEST_F(Passkeys, FollowOnTakeoverByAFoundPrintedCodeSwapsNothingForADay) {
  must(add_passkey(world, world.anna(), phone));
  must(make_sheet(fresh(phone)));
  auto const thief = world.anna();  // a session that no passkey began
  Authenticator thiefs;
  auto const planted = must(add_passkey(world, thief, thiefs, "My phone"));
  EXPECT_EQ(planted.good_from, world.clock.now() + credential_hold);
  auto const removal = must(remove(thief, list(thief)[0].entry));
  EXPECT_EQ(removal.removed_from, world.clock.now() + credential_hold) << "the owner's phone works on";
  EXPECT_EQ(must(make_sheet(thief)).good_from, world.clock.now() + credential_hold);

  auto const owner = fresh(phone);
  EXPECT_EQ(list(owner).size(), 2u) << "and sees what was planted";
  must(remove(owner, planted.receipt.entry));
  must(keep(owner, list(owner)[0].entry));
  world.clock.pass(credential_hold);
  EXPECT_FALSE(sign_in_with(world, thiefs));
  EXPECT_TRUE(sign_in_with(world, phone));
}

TEST_F(Passkeys, AReplayedAnswerLetsNobodyIn) {
  must(add_passkey(world, world.anna(), phone));
  auto const answer = phone.get(sign_in_challenge(world.context));
  ASSERT_TRUE(use_passkey(world, answer));
  EXPECT_EQ(use_passkey(world, answer).error().code, errc::unauthenticated);
  ASSERT_TRUE(sign_in_with(world, phone)) << "another challenge in the same second";
  EXPECT_EQ(use_passkey(world, answer).error().code, errc::unauthenticated);
  world.clock.pass(passkey_challenge_life);
  EXPECT_EQ(use_passkey(world, answer).error().code, errc::unauthenticated) << "it is too old by now";
}

TEST_F(Passkeys, TwoSendingsOfOneAnswerAtOnceMakeOneSession) {
  must(add_passkey(world, world.anna(), phone));
  auto const answer = phone.get(sign_in_challenge(world.context));
  auto const check = [&] {
    return must(test::read(*world.store,
                           [&](ports::Snapshot& s) { return check_passkey(world.context, local_party, s, answer); }));
  };
  auto const first = check();
  auto const second = check();  // both found right before either is used
  auto const use = [&](CheckedPasskey const& checked) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return sign_in_with_passkey(world.context, t, checked); });
  };
  EXPECT_TRUE(use(first));
  EXPECT_EQ(use(second).error().code, errc::unauthenticated);
}

TEST_F(Passkeys, AChallengeIsGoodForItsPurposeAndItsTimeAndIsOurs) {
  must(add_passkey(world, world.anna(), phone));
  auto const annas = must(test::read(
      *world.store, [&, anna = world.anna()](ports::Snapshot& s) { return invite_passkey(world.context, s, anna); }));
  EXPECT_FALSE(use_passkey(world, phone.get(annas.challenge))) << "made for another purpose";
  EXPECT_FALSE(use_passkey(world, phone.get(base::Hash{}))) << "made by nobody";
  EXPECT_FALSE(use_passkey(world, phone.get(base::Bytes(31, 1)))) << "too short";
  base::Hash changed = sign_in_challenge(world.context);
  changed[3] ^= 1;
  EXPECT_FALSE(use_passkey(world, phone.get(changed))) << "its time changed";
  base::Hash const old = sign_in_challenge(world.context);
  world.clock.pass(passkey_challenge_life);
  EXPECT_FALSE(use_passkey(world, phone.get(old))) << "too old";
  base::Hash const late = sign_in_challenge(world.context);
  world.clock.pass(passkey_challenge_life - 1s);
  EXPECT_TRUE(use_passkey(world, phone.get(late)));
}

TEST_F(Passkeys, AChallengeToMakeOneBelongsToItsSession) {
  auto const invitation = must(test::read(
      *world.store, [&, anna = world.anna()](ports::Snapshot& s) { return invite_passkey(world.context, s, anna); }));
  NewPasskey const wish{"My phone", phone.create(invitation.challenge)};
  auto const add = [&](ports::HolderSession const& session) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return service::add_passkey(world.context, local_party, t, session, wish, {});
    });
  };
  EXPECT_EQ(add(world.peter()).error().field, "credential") << "another person's session";
  world.clock.pass(passkey_challenge_life);
  EXPECT_EQ(add(world.anna()).error().field, "credential") << "too late";
}

TEST_F(Passkeys, AnUnknownOneAnswersLikeAWrongOneAndAsksForTheSame) {
  must(add_passkey(world, world.anna(), phone));
  auto const asked = [&](webauthn::Assertion const& assertion) {
    std::vector<std::string> calls;
    std::string detail;
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      test::RecordingTransaction recorded{t};
      auto const outcome = check_passkey(world.context, local_party, recorded, assertion);
      EXPECT_FALSE(outcome);
      detail = outcome.error().detail;
      calls = recorded.calls;
      return 0;
    }));
    return std::pair{calls, detail};
  };
  auto wrong = phone.get(sign_in_challenge(world.context));
  wrong.signature.back() ^= 1;
  auto const unknown = laptop.get(sign_in_challenge(world.context));
  EXPECT_EQ(asked(wrong), asked(unknown));
}

TEST_F(Passkeys, OneOfAnotherPersonIsNotTakenForAnybodyElse) {
  must(add_passkey(world, world.anna(), phone));
  phone.user_handle = base::to_bytes(world.sealer->user_handle(world.peter().record()));
  EXPECT_FALSE(sign_in_with(world, phone));
  phone.user_handle = base::to_bytes(world.sealer->user_handle(world.anna().record()));
  EXPECT_TRUE(sign_in_with(world, phone));
  auto stolen = phone.get(sign_in_challenge(world.context));
  must(add_passkey(world, world.peter(), laptop));
  stolen.credential_id = laptop.credential_id();
  EXPECT_FALSE(use_passkey(world, stolen)) << "the signature is of another key";
}

TEST_F(Passkeys, ACopiedOneIsNoticedWhenItsCountFallsBehind) {
  phone.sign_count = 5;
  must(add_passkey(world, world.anna(), phone));
  ASSERT_TRUE(sign_in_with(world, phone));
  std::uint32_t const copied = phone.sign_count;
  ASSERT_TRUE(sign_in_with(world, phone));
  phone.sign_count = copied;
  EXPECT_EQ(sign_in_with(world, phone).error().code, errc::unauthenticated) << "this count was seen already";
  EXPECT_TRUE(sign_in_with(world, phone)) << "one that is ahead counts";
  phone.sign_count = 0;
  EXPECT_FALSE(sign_in_with(world, phone)) << "a device that counts does not stop counting";
}

TEST_F(Passkeys, ASessionThatWasLeftOpenChangesNone) {
  must(add_passkey(world, world.anna(), phone));
  auto const session = fresh(phone);
  must(make_sheet(session));
  world.clock.pass(fresh_sign_in);
  EXPECT_EQ(add_passkey(world, session, laptop).error().code, errc::stale_sign_in);
  EXPECT_EQ(remove(session, list(session)[0].entry).error().code, errc::stale_sign_in);
}

TEST_F(Passkeys, OneIsAddedOnceHoweverOftenItIsSent) {
  auto const key = test::request_key("add");
  auto const invitation = must(test::read(
      *world.store, [&, anna = world.anna()](ports::Snapshot& s) { return invite_passkey(world.context, s, anna); }));
  NewPasskey const wish{"My phone", phone.create(invitation.challenge)};
  auto const add = [&, anna = world.anna()](std::optional<RequestKey> const& with) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return service::add_passkey(world.context, local_party, t, anna, wish, with);
    });
  };
  auto const first = must(add(key));
  auto const again = must(add(key));
  EXPECT_EQ(first.receipt.entry, again.receipt.entry);
  EXPECT_EQ(first.good_from, again.good_from);
  EXPECT_EQ(add({}).error().code, errc::conflict) << "another request for the same passkey";
  EXPECT_EQ(list(world.anna()).size(), 1u);
}

TEST_F(Passkeys, NeedANameAndAreTenAtMost) {
  EXPECT_EQ(add_passkey(world, world.anna(), phone, "").error().field, "name");
  EXPECT_EQ(add_passkey(world, world.anna(), phone, std::string(121, 'a')).error().field, "name");
  for (std::size_t i = 0; i < max_passkeys; ++i) {
    Authenticator device;
    must(add_passkey(world, world.anna(), device, "Device " + std::to_string(i)));
  }
  EXPECT_EQ(add_passkey(world, world.anna(), phone).error().code, errc::conflict);
  auto const known = list(world.anna());
  must(remove(world.anna(), known.back().entry));
  EXPECT_TRUE(add_passkey(world, world.anna(), phone)) << "one that waited is gone at once";
}

TEST_F(Passkeys, ADeviceIsToldWhichOnesThereAre) {
  must(add_passkey(world, world.anna(), phone));
  auto const invitation = must(test::read(
      *world.store, [&, anna = world.anna()](ports::Snapshot& s) { return invite_passkey(world.context, s, anna); }));
  EXPECT_EQ(invitation.known, std::vector<base::Bytes>{phone.credential_id()});
  EXPECT_EQ(invitation.user_handle, world.sealer->user_handle(world.anna().record()));
}

TEST_F(Passkeys, TheLastWayInIsNotRemoved) {
  must(add_passkey(world, world.anna(), phone));
  std::uint64_t const entry = list(world.anna())[0].entry;
  EXPECT_EQ(remove(fresh(phone), entry).error().code, errc::conflict);
  must(make_sheet(fresh(phone)));
  auto const removed = must(remove(fresh(phone), entry));
  EXPECT_EQ(removed.removed_from, world.clock.now());
  EXPECT_TRUE(list(world.anna()).empty());
  EXPECT_FALSE(sign_in_with(world, phone));
  EXPECT_EQ(last_operation(), "remove-passkey");
}

TEST_F(Passkeys, ASheetThatWaitsIsNoOtherWayInYet) {
  must(add_passkey(world, world.anna(), phone));
  must(make_sheet(world.anna()));  // no passkey was shown
  EXPECT_EQ(remove(fresh(phone), list(world.anna())[0].entry).error().code, errc::conflict);
  world.clock.pass(credential_hold);
  EXPECT_TRUE(remove(fresh(phone), list(world.anna())[0].entry));
}

TEST_F(Passkeys, ARemovalAtOnceEndsTheSessionsThatCouldUndoIt) {
  must(add_passkey(world, world.anna(), phone));
  must(add_passkey(world, fresh(phone), laptop, "Thief's"));
  auto const thief = must(sign_in_with(world, laptop));
  auto const by_code = world.anna();
  auto const owner = fresh(phone);
  must(remove(owner, list(owner)[1].entry));
  auto const lives = [&](ports::SessionToken const& token) {
    return test::read(*world.store,
                      [&](ports::Snapshot& s) { return ports::HolderSession::prove(s, token, world.clock.now()); })
        .has_value();
  };
  EXPECT_FALSE(lives(thief.token));
  EXPECT_TRUE(must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<bool> {
    return s.session(owner.row().token_hash) && s.session(by_code.row().token_hash);
  }))) << "the one that asks, and those that change nothing at once";
}

TEST_F(Passkeys, AnAnswerThatGrewTooOldBetweenTheTwoStepsLetsNobodyIn) {
  must(add_passkey(world, world.anna(), phone));
  auto const answer = phone.get(sign_in_challenge(world.context));
  world.clock.pass(passkey_challenge_life - 1s);
  auto const checked = must(test::read(
      *world.store, [&](ports::Snapshot& s) { return check_passkey(world.context, local_party, s, answer); }));
  world.clock.pass(1s);
  auto const late =
      test::write(*world.store, [&](ports::Transaction& t) { return sign_in_with_passkey(world.context, t, checked); });
  EXPECT_EQ(late.error().code, errc::unauthenticated);
}

TEST_F(Passkeys, ARemovalThatWaitsIsTakenBackFromAnySession) {
  must(add_passkey(world, world.anna(), phone));
  must(make_sheet(fresh(phone)));
  std::uint64_t const entry = list(world.anna())[0].entry;
  EXPECT_EQ(keep(world.anna(), entry).error().code, errc::conflict) << "nothing to take back";
  must(remove(world.anna(), entry));
  EXPECT_EQ(remove(world.anna(), entry).error().code, errc::conflict) << "it is under way";
  EXPECT_TRUE(sign_in_with(world, phone)) << "and works until then";
  auto const old = world.anna();
  world.clock.pass(credential_hold - 1s);
  must(keep(old, entry));
  EXPECT_EQ(last_operation(), "keep-passkey");
  world.clock.pass(1s);
  EXPECT_TRUE(sign_in_with(world, phone));
  EXPECT_EQ(keep(world.anna(), 77).error().code, errc::not_found);
  EXPECT_EQ(remove(world.peter(), entry).error().code, errc::not_found) << "not theirs";
}

TEST_F(Passkeys, ARemovalTakesPlaceAtItsTimeToTheSecond) {
  must(add_passkey(world, world.anna(), phone));
  must(make_sheet(fresh(phone)));
  must(remove(world.anna(), list(world.anna())[0].entry));
  world.clock.pass(credential_hold - 1s);
  EXPECT_TRUE(sign_in_with(world, phone));
  world.clock.pass(1s);
  EXPECT_FALSE(sign_in_with(world, phone));
  EXPECT_TRUE(list(world.anna()).empty());
}

TEST_F(Passkeys, AFreezeDropsWhatWaitsAndKeepsTheRest) {
  must(add_passkey(world, world.anna(), phone));
  auto const sheet = must(make_sheet(fresh(phone)));
  auto const thief = world.anna();
  must(add_passkey(world, thief, laptop, "planted"));
  must(remove(thief, list(thief)[0].entry));
  freeze(sheet);
  auto const left = list(world.anna());
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].name, "My phone");
  EXPECT_EQ(left[0].removed_from, std::nullopt);
  auto const owner = fresh(phone);  // a freeze keeps nobody out
  Authenticator third;
  EXPECT_EQ(add_passkey(world, owner, third).error().code, errc::conflict);
  EXPECT_EQ(remove(owner, left[0].entry).error().code, errc::conflict);
  world.clock.pass(72h);
  EXPECT_TRUE(add_passkey(world, fresh(phone), third));
}

TEST_F(Passkeys, AreGoneOnceTheOfficeHasMadeTheSheetVoid) {
  must(add_passkey(world, world.anna(), phone));
  must(test::write(*world.store, [&](ports::Transaction& t) {
    return make_activation_code(world.context, t, CardNumber{annas_card}, SheetFate::is_void);
  }));
  EXPECT_FALSE(sign_in_with(world, phone));
  EXPECT_TRUE(list(world.anna()).empty());
}

TEST_F(Passkeys, MakeALaterActivationCodeWait) {
  must(add_passkey(world, world.anna(), phone));
  must(test::write(*world.store, [&](ports::Transaction& t) {
    return make_activation_code(world.context, t, CardNumber{annas_card});
  }));
  auto const standing = must(test::read(
      *world.store, [&, anna = world.anna()](ports::Snapshot& s) { return card_standing(world.context, s, anna); }));
  EXPECT_EQ(standing.waits_until, world.clock.now() + credential_hold) << "there is somebody to warn";
}

TEST_F(Passkeys, SignInsWithoutEndAreStoppedForAWhileAndCostNoMemory) {
  must(add_passkey(world, world.anna(), phone));
  for (std::size_t i = 0; i < max_answered_challenges; ++i) ASSERT_TRUE(sign_in_with(world, phone)) << i;
  EXPECT_EQ(sign_in_with(world, phone).error().code, errc::busy);
  world.clock.pass(passkey_challenge_life);
  EXPECT_TRUE(sign_in_with(world, phone));
}

TEST(PasskeyNotes, ComeBackAsTheyWereKept) {
  internal::PasskeyNotes notes{"Телефон", {1, 2, 3}, 7, "2026-11", {{test::noon, base::Bytes(8, 1)}}};
  EXPECT_EQ(must(internal::decode_notes(internal::encode_notes(notes))), notes);
  notes.last_used.reset();
  notes.answered.clear();
  base::Bytes encoded = internal::encode_notes(notes);
  EXPECT_EQ(must(internal::decode_notes(encoded)), notes);
  for (std::size_t size = 0; size < encoded.size(); ++size)
    EXPECT_EQ(internal::decode_notes(base::ByteView{encoded}.first(size)).error().code, errc::corrupted);
}

}  // namespace
}  // namespace abode::service
