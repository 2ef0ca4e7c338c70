// Printed sheets: what lets in, what freezes, and what neither does. Named after the attacks where they are some.
#include "service/printed_codes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "service/cards.hpp"
#include "service/enrolment.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"
#include "unit/service/recording_transaction.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::Disclosure;
using base::errc;
using test::must;

constexpr char const* annas_card = "SPECIMEN1";
constexpr char const* wrong_code = "000000000000";

std::string text(SignInCode const& code) {
  return code.reveal(Disclosure::to_holder);
}

class PrintedCodes : public ::testing::Test {
 protected:
  ports::HolderSession prove(SignedIn const& session) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) {
      return ports::HolderSession::prove(s, session.token, world.clock.now());
    }));
  }
  base::result<MadeSheet> make(ports::HolderSession const& session, std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) { return make_sheet(world.context, t, session, key); });
  }
  base::result<Receipt> discard(ports::HolderSession const& session) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return discard_waiting_sheet(world.context, t, session, {}); });
  }
  Sheets sheets(ports::HolderSession const& session) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<Sheets> {
      return list_sheets(world.context, s, session);
    }));
  }
  base::result<SignedIn> sign_in(std::string const& card, std::string const& code,
                                 std::optional<RequestKey> const& key = {}) {
    std::optional<SignInAttempt> attempt;
    auto const request = must(check_card_and_code(card, code));
    auto const commit =
        attempt_with([&](ports::Transaction& t) { return attempt_sign_in(world.context, t, request, key); }, attempt);
    if (!commit) return commit.error();
    return complete_sign_in(*attempt, *commit);
  }
  base::result<base::Time> freeze(std::string const& card, std::string const& code,
                                  std::optional<RequestKey> const& key = {}) {
    std::optional<FreezeAttempt> attempt;
    auto const request = must(check_card_and_code(card, code));
    auto const commit =
        attempt_with([&](ports::Transaction& t) { return attempt_freeze(world.context, t, request, key); }, attempt);
    if (!commit) return commit.error();
    return complete_freeze(*attempt, *commit);
  }
  std::string new_activation_code(SheetFate sheet) {
    return must(test::write(*world.store,
                            [&](ports::Transaction& t) {
                              return make_activation_code(world.context, t, CardNumber{annas_card}, sheet);
                            }))
        .code.reveal(Disclosure::to_print);
  }
  std::vector<std::string> operations(ports::HolderSession const& session) {
    std::vector<std::string> all;
    for (auto const& entry : world.opened_entries(session)) all.push_back(entry.entry.operation);
    return all;
  }
  std::size_t notices(ports::RecordId record) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return s.notices(record, 1'000'000, 1'000'000).size();
    }));
  }

  test::World world;

 private:
  template <class Attempt, class Run>
  base::result<ports::Commit> attempt_with(Run run, std::optional<Attempt>& attempt) {
    return world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      auto made = run(t);
      if (!made) return made.error();
      attempt = std::move(*made);
      return {};
    });
  }
};

TEST_F(PrintedCodes, AFirstSheetIsTenCodesAndAFreezeCodeGoodAtOnce) {
  auto const sheet = must(make(world.anna()));
  EXPECT_EQ(sheet.good_from, world.clock.now());
  ASSERT_EQ(sheet.codes.size(), 10u);
  std::set<std::string> different{text(sheet.freeze_code)};
  for (SignInCode const& code : sheet.codes) different.insert(text(code));
  EXPECT_EQ(different.size(), 11u);
  for (std::string const& code : different) EXPECT_EQ(code.size(), sign_in_code_characters);
  EXPECT_EQ(operations(world.anna()).back(), "printed-codes");
  EXPECT_EQ(notices(world.anna().record()), 1u);
}

TEST_F(PrintedCodes, EachLetsItsHolderInOnceInAnyOrder) {
  auto const sheet = must(make(world.anna()));
  for (std::size_t i : {4u, 0u, 9u}) {
    auto const session = prove(must(sign_in("specimen-1", text(sheet.codes[i]))));
    EXPECT_EQ(session.record(), world.anna().record());
    EXPECT_EQ(session.row().proof, ports::SignInProof::printed_code);
    auto const entry = world.opened_entries(session).back().entry;
    EXPECT_EQ(entry.operation, "sign-in");
    EXPECT_EQ(entry.reference, std::to_string(i + 1));
    EXPECT_FALSE(sign_in(annas_card, text(sheet.codes[i])));
  }
  auto const listed = sheets(world.anna()).in_use.value();
  ASSERT_EQ(listed.codes.size(), 10u);
  for (PrintedCode const& code : listed.codes)
    EXPECT_EQ(code.used_at.has_value(), code.number == 1 || code.number == 5 || code.number == 10) << int{code.number};
}

TEST_F(PrintedCodes, TheRequestThatUsedOneMayComeAgainForFifteenMinutes) {
  auto const sheet = must(make(world.anna()));
  auto const key = test::request_key("k");
  must(sign_in(annas_card, text(sheet.codes[0]), key));
  world.clock.pass(15min - 1s);
  EXPECT_TRUE(sign_in(annas_card, text(sheet.codes[0]), key));
  EXPECT_FALSE(sign_in(annas_card, text(sheet.codes[0]), test::request_key("l")));
  world.clock.pass(1s);
  EXPECT_FALSE(sign_in(annas_card, text(sheet.codes[0]), key)) << "repeats do not make the time longer";
}

TEST_F(PrintedCodes, AreOfOneCardOnly) {
  auto const sheet = must(make(world.anna()));
  must(make(world.peter()));
  EXPECT_FALSE(sign_in("SPECIMEN2", text(sheet.codes[0])));
  EXPECT_FALSE(sign_in("NOBODY", text(sheet.codes[0])));
  EXPECT_TRUE(sign_in(annas_card, text(sheet.codes[0])));
}

TEST_F(PrintedCodes, WithoutACardThereIsNothingToTypeThemWith) {
  auto const record = must(test::write(*world.store, [&](ports::Transaction& t) {
    return enrol(world.context, t, {{"Specimen", "Alpha"}, {}, {identity::DocumentKind::other, "1"}});
  }));
  auto const refused = make(test::holder_session(*world.store, record, world.clock.now()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
}

TEST_F(PrintedCodes, AreShownOnce) {
  auto const key = test::request_key("k");
  must(make(world.anna(), key));
  auto const again = make(world.anna(), key);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, errc::conflict);
  EXPECT_FALSE(sheets(world.anna()).waiting) << "a repeated request makes no second sheet";
  EXPECT_EQ(make(world.anna(), test::request_key("k", "another body")).error().code, errc::key_reused);
}

// Stolen session: one that was left open, or taken, changes nothing about how its holder signs in.
TEST_F(PrintedCodes, AreMadeByWhoeverSignedInJustNow) {
  auto const session = world.anna();
  world.clock.pass(fresh_sign_in - 1s);
  EXPECT_TRUE(make(session));
  world.clock.pass(1s);
  auto const refused = make(session);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::stale_sign_in);
}

// Follow-on takeover: whoever found one code of a sheet cannot swap the sheet before its holder had a day to notice.
TEST_F(PrintedCodes, ANewSheetWaitsADayWhileTheOldOneWorks) {
  auto const old = must(make(world.anna()));
  auto const thief = prove(must(sign_in(annas_card, text(old.codes[0]))));
  auto const taken = must(make(thief));
  EXPECT_EQ(taken.good_from, world.clock.now() + credential_hold);
  EXPECT_EQ(notices(thief.record()), 2u) << "it is told";
  EXPECT_FALSE(sign_in(annas_card, text(taken.codes[0])));
  world.clock.pass(credential_hold - 1s);
  EXPECT_FALSE(sign_in(annas_card, text(taken.codes[1])));
  EXPECT_TRUE(sign_in(annas_card, text(old.codes[1])));
  world.clock.pass(1s);
  EXPECT_FALSE(sign_in(annas_card, text(old.codes[2])));
  EXPECT_TRUE(sign_in(annas_card, text(taken.codes[1])));
}

TEST_F(PrintedCodes, ItsHolderTakesAWaitingSheetBack) {
  auto const old = must(make(world.anna()));
  auto const taken = must(make(world.anna()));
  ASSERT_TRUE(sheets(world.anna()).waiting);
  world.clock.pass(20h);
  auto const late = world.anna();
  world.clock.pass(30min);
  must(discard(late));
  EXPECT_FALSE(sheets(late).waiting);
  EXPECT_EQ(operations(late).back(), "discard-printed-codes");
  world.clock.pass(credential_hold);
  EXPECT_FALSE(sign_in(annas_card, text(taken.codes[0])));
  EXPECT_TRUE(sign_in(annas_card, text(old.codes[0])));
  auto const nothing = discard(world.anna());
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, errc::conflict);
}

TEST_F(PrintedCodes, AThirdSheetTakesThePlaceOfTheOneThatWaits) {
  auto const first = must(make(world.anna()));
  auto const second = must(make(world.anna()));
  world.clock.pass(10h);
  auto const third = must(make(world.anna()));
  world.clock.pass(14h);
  EXPECT_FALSE(sign_in(annas_card, text(second.codes[0])));
  EXPECT_TRUE(sign_in(annas_card, text(first.codes[0])));
  world.clock.pass(10h);
  EXPECT_FALSE(sign_in(annas_card, text(first.codes[1])));
  EXPECT_TRUE(sign_in(annas_card, text(third.codes[0])));
}

// Intercepted letter: a new activation code gets somebody in after a day of notice, and swaps no sheet at once even
// then.
TEST_F(PrintedCodes, AnActivationCodeDoesNotSwapASheetAtOnceEither) {
  auto const old = must(make(world.anna()));
  std::string const letter = new_activation_code(SheetFate::stays);
  EXPECT_FALSE(sign_in(annas_card, letter));
  EXPECT_TRUE(sign_in(annas_card, text(old.codes[0])));
  world.clock.pass(credential_hold);
  auto const session = prove(must(sign_in(annas_card, letter)));
  EXPECT_EQ(session.row().proof, ports::SignInProof::activation_code);
  EXPECT_EQ(must(make(session)).good_from, world.clock.now() + credential_hold);
  EXPECT_TRUE(sign_in(annas_card, text(old.codes[1])));
}

// Stolen sheet: the office makes it void for somebody whom it has identified.
TEST_F(PrintedCodes, AStolenSheetIsVoidAtOnceAndTheOneThatWaitedAsWell) {
  auto const stolen = must(make(world.anna()));
  auto const thief = must(sign_in(annas_card, text(stolen.codes[0])));
  auto const thiefs = must(make(prove(thief)));
  std::string const letter = new_activation_code(SheetFate::is_void);
  EXPECT_EQ(world.opened_entries(world.anna()).back().entry.reference, sheet_is_void);
  EXPECT_FALSE(test::read(*world.store, [&](ports::Snapshot& s) {
    return ports::HolderSession::prove(s, thief.token, world.clock.now());
  })) << "who is in is out";
  EXPECT_FALSE(sign_in(annas_card, text(stolen.codes[1])));
  EXPECT_FALSE(freeze(annas_card, text(stolen.freeze_code)));
  world.clock.pass(credential_hold);
  EXPECT_FALSE(sign_in(annas_card, text(thiefs.codes[0])));
  EXPECT_EQ(must(make(prove(must(sign_in(annas_card, letter))))).good_from, world.clock.now());
}

TEST_F(PrintedCodes, AnActivationCodeMadeDuringAFreezeWaitsForItsEnd) {
  auto const sheet = must(make(world.anna()));
  auto const until = must(freeze(annas_card, text(sheet.freeze_code)));
  std::string const letter = new_activation_code(SheetFate::stays);
  world.clock.set(until - 1s);
  EXPECT_FALSE(sign_in(annas_card, letter));
  world.clock.pass(1s);
  EXPECT_TRUE(sign_in(annas_card, letter));
}

TEST_F(PrintedCodes, AFreezeEndsWithItsSheetWhenTheOfficeMakesThatVoid) {
  auto const sheet = must(make(world.anna()));
  must(freeze(annas_card, text(sheet.freeze_code)));
  std::string const letter = new_activation_code(SheetFate::is_void);
  world.clock.pass(credential_hold);
  auto const session = prove(must(sign_in(annas_card, letter)));
  EXPECT_EQ(sheets(session).frozen_until, std::nullopt);
  EXPECT_TRUE(make(session));
}

TEST_F(PrintedCodes, AFreezeDropsAnActivationCodeThatWaits) {
  auto const sheet = must(make(world.anna()));
  std::string const letter = new_activation_code(SheetFate::stays);
  must(freeze(annas_card, text(sheet.freeze_code)));
  world.clock.pass(credential_hold);
  EXPECT_FALSE(sign_in(annas_card, letter));
  EXPECT_TRUE(sign_in(annas_card, text(sheet.codes[0])));
}

// Freezing

TEST_F(PrintedCodes, TheFreezeCodeLetsNobodyInAndACodeFreezesNothing) {
  auto const sheet = must(make(world.anna()));
  EXPECT_FALSE(sign_in(annas_card, text(sheet.freeze_code)));
  EXPECT_FALSE(freeze(annas_card, text(sheet.codes[0])));
  EXPECT_TRUE(sign_in(annas_card, text(sheet.codes[0])));
  EXPECT_TRUE(freeze(annas_card, text(sheet.freeze_code)));
}

TEST_F(PrintedCodes, AFreezeKeepsTheWaysToSignInAsTheyAreForThreeDays) {
  auto const sheet = must(make(world.anna()));
  auto const taken = must(make(world.anna()));
  auto const until = must(freeze(annas_card, text(sheet.freeze_code)));
  EXPECT_EQ(until, world.clock.now() + 72h);
  EXPECT_EQ(operations(world.anna()).back(), "freeze");
  EXPECT_EQ(notices(world.anna().record()), 3u);
  EXPECT_EQ(sheets(world.anna()).frozen_until, until);
  EXPECT_FALSE(sheets(world.anna()).waiting) << "what waited is dropped";
  auto const refused = make(world.anna());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
  world.clock.pass(72h - 1s);
  EXPECT_FALSE(make(world.anna()));
  EXPECT_FALSE(sign_in(annas_card, text(taken.codes[0])));
  EXPECT_TRUE(sign_in(annas_card, text(sheet.codes[0]))) << "its holder signs in as before";
  world.clock.pass(1s);
  EXPECT_TRUE(make(world.anna()));
}

// Freeze as harassment: it takes nothing from its holder but the change of a sheet, and it is there once.
TEST_F(PrintedCodes, AFreezeCodeIsGoodOnceAndTouchesNothingElse) {
  auto const session = world.anna();
  must(world.act(session, world.file()));
  auto const sheet = must(make(session));
  auto const before = world.state(session);
  auto const key = test::request_key("k");
  auto const until = must(freeze(annas_card, text(sheet.freeze_code), key));
  world.clock.pass(5min);
  EXPECT_EQ(must(freeze(annas_card, text(sheet.freeze_code), key)), until) << "a repeat makes it no longer";
  EXPECT_EQ(operations(session).size(), 4u) << "and makes no second entry";
  EXPECT_FALSE(freeze(annas_card, text(sheet.freeze_code)));
  EXPECT_EQ(world.state(session), before);
  EXPECT_TRUE(world.act(session, world.file(rules::Kind::secondary, "Chausseestr. 2")));
  EXPECT_TRUE(test::read(*world.store, [&](ports::Snapshot& s) {
    return s.session(session.row().token_hash) ? base::result<bool>{true}
                                               : base::result<bool>{base::fail(errc::not_found, "the session is gone")};
  }));
}

// Guessing and enumeration

struct NoFreeze {
  char const* name;
  char const* card;
  std::string (*code)(MadeSheet const&);
};

// G11
TEST_F(PrintedCodes, WhatDoesNotFreezeAnswersAlikeAndAsksTheStoreForTheSame) {
  auto const sheet = must(make(world.anna()));
  NoFreeze const cases[] = {
      {"unknown card", "NOBODY", [](MadeSheet const&) -> std::string { return wrong_code; }},
      {"wrong code", annas_card, [](MadeSheet const&) -> std::string { return wrong_code; }},
      {"a code to sign in with", annas_card, [](MadeSheet const& made) { return text(made.codes[0]); }},
      {"the freeze code of another", "SPECIMEN2", [](MadeSheet const& made) { return text(made.freeze_code); }},
  };
  std::set<std::string> answers;
  std::set<std::vector<std::string>> calls;
  for (NoFreeze const& c : cases) {
    SCOPED_TRACE(c.name);
    auto const refused = freeze(c.card, c.code(sheet));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unauthenticated);
    answers.insert(refused.error().detail + refused.error().field);
    calls.insert(must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<std::vector<std::string>> {
      test::RecordingTransaction recording{t};
      must(attempt_freeze(world.context, recording, must(check_card_and_code(c.card, c.code(sheet))), {}));
      return recording.calls;
    })));
  }
  EXPECT_EQ(answers.size(), 1u);
  EXPECT_EQ(calls.size(), 1u);
  EXPECT_EQ(operations(world.anna()).back(), "printed-codes") << "nobody's history can be flooded from outside";
}

TEST_F(PrintedCodes, WrongFreezeCodesCountAsWrongCodesOfTheCardAndKeepNobodyOut) {
  auto const sheet = must(make(world.anna()));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(freeze(annas_card, wrong_code));
  EXPECT_EQ(must(test::read(*world.store,
                            [&](ports::Snapshot& s) -> base::result<std::uint64_t> {
                              return s.card(world.sealer->card_tag(CardNumber{annas_card}))->misses;
                            })),
            100u);
  EXPECT_TRUE(freeze(annas_card, text(sheet.freeze_code)));
  EXPECT_TRUE(sign_in(annas_card, text(sheet.codes[0])));
}

TEST_F(PrintedCodes, AnErasureTakesThemAlong) {
  auto const sheet = must(make(world.anna()));
  auto const record = world.anna().record();
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<bool> {
    t.erase(record, world.clock.now());
    return true;
  }));
  EXPECT_FALSE(sign_in(annas_card, text(sheet.codes[0])));
  EXPECT_FALSE(freeze(annas_card, text(sheet.freeze_code)));
}

}  // namespace
}  // namespace abode::service
