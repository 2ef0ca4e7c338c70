// Signing in with a card: what lets in, and that what does not tells nothing (G11).
#include "service/cards.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "service/contact.hpp"
#include "service/enrolment.hpp"
#include "support/card_world.hpp"
#include "support/faulty_store.hpp"
#include "unit/service/recording_transaction.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;

using test::alphas_card;
using test::bravos_card;
using test::CardWorld;
using test::newcomer;
using test::nobodys_card;
using test::wrong_code;

// What lets in

TEST(CardSignIns, ARightCodeLetsItsHolderInAndIsTold) {
  CardWorld world;
  std::string const code = world.new_code(alphas_card);
  auto const session = must(world.session_of(must(world.sign_in("c-10 01", code))));
  EXPECT_EQ(session.record(), world.card(alphas_card).record);
  auto const contacts =
      must(test::read(*world.store, [&](ports::Snapshot& s) { return list_contacts(world.context, s, session); }));
  EXPECT_EQ(contacts.reveal(base::Disclosure::to_holder).in_force, (identity::Contact{"alpha@example.org", "en"}));
  auto const entries = world.opened_entries(session);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[1].entry.operation, "activation-code");
  EXPECT_EQ(entries[1].entry.actor, "register");
  EXPECT_EQ(entries[1].entry.fields, (std::vector<std::string>{"family_name", "given_names"}));
  EXPECT_EQ(entries[2].entry.operation, "sign-in");
}

TEST(CardSignIns, ACodeIsGoodOnceUntilANewOneIsMade) {
  CardWorld world;
  std::string const code = world.new_code(alphas_card);
  must(world.sign_in(alphas_card, code));
  EXPECT_FALSE(world.sign_in(alphas_card, code)) << "without a key nothing is a repeat";
  std::string const fresh = world.new_code(alphas_card);
  EXPECT_FALSE(world.sign_in(alphas_card, code));
  world.clock.pass(credential_hold);
  EXPECT_TRUE(world.sign_in(alphas_card, fresh));
}

TEST(CardSignIns, ANewCodeReplacesAnUnusedOne) {
  CardWorld world;
  std::string const code = world.new_code(alphas_card);
  std::string const fresh = world.new_code(alphas_card);
  EXPECT_FALSE(world.sign_in(alphas_card, code));
  EXPECT_TRUE(world.sign_in(alphas_card, fresh));
}

TEST(CardSignIns, TheRequestThatUsedACodeMayComeAgainForFifteenMinutes) {
  CardWorld world;
  std::string const code = world.new_code(alphas_card);
  auto const key = test::request_key("k");
  must(world.sign_in(alphas_card, code, key));
  world.clock.pass(minutes{15} - seconds{1});
  EXPECT_TRUE(world.sign_in(alphas_card, code, key));
  EXPECT_FALSE(world.sign_in(alphas_card, code, test::request_key("l")));
  EXPECT_FALSE(world.sign_in(alphas_card, code, test::request_key("k", "another body")));
  world.clock.pass(seconds{1});
  EXPECT_FALSE(world.sign_in(alphas_card, code, key)) << "repeats do not make the time longer";
}

TEST(CardSignIns, ACodeIsItsOwnCardsOnly) {
  CardWorld world;
  std::string const code = world.new_code(alphas_card);
  world.new_code(bravos_card);
  EXPECT_FALSE(world.sign_in(bravos_card, code));
  EXPECT_TRUE(world.sign_in(alphas_card, code));
}

// Held passport, intercepted letter: a code made anew for somebody who was in before waits a day, and they hear of it.

class CodesMadeAnew : public ::testing::Test {
 protected:
  CodesMadeAnew() : session(must(world.session_of(must(world.sign_in(alphas_card, world.new_code(alphas_card)))))) {}

  ports::HolderSession in(std::string const& code) {
    return must(world.session_of(must(world.sign_in(alphas_card, code))));
  }
  CardStanding standing() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return card_standing(world.context, s, session); }));
  }
  std::optional<base::Time> waiting() { return standing().waits_until; }
  base::result<Receipt> discard(std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return discard_activation_code(world.context, t, session, key); });
  }
  std::size_t notices() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return s.notices(session.record(), 1'000'000, 1'000'000).size();
    }));
  }

  CardWorld world;
  ports::HolderSession session;
};

TEST_F(CodesMadeAnew, WaitADayAndAreTold) {
  EXPECT_EQ(notices(), 0u) << "the first letter was no news";
  EXPECT_EQ(waiting(), std::nullopt);
  std::string const code = world.new_code(alphas_card);
  EXPECT_EQ(notices(), 1u);
  EXPECT_EQ(waiting(), world.clock.now() + credential_hold);
  world.clock.pass(credential_hold - seconds{1});
  EXPECT_FALSE(world.sign_in(alphas_card, code));
  world.clock.pass(seconds{1});
  EXPECT_EQ(waiting(), std::nullopt);
  EXPECT_TRUE(world.sign_in(alphas_card, code));
}

TEST_F(CodesMadeAnew, WaitAlsoIfTheFirstFileWasNotFinished) {
  world.new_code(alphas_card);
  auto const again = must(test::write(*world.store, [&](ports::Transaction& t) {
    return make_activation_codes(world.context, t, ports::RecordId{0}, 10);
  }));
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(waiting(), world.clock.now() + credential_hold);
}

TEST_F(CodesMadeAnew, TheirHolderSeesHowManyWrongOnesWereTried) {
  EXPECT_EQ(standing().wrong_codes, 0u);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(world.sign_in(alphas_card, wrong_code));
  EXPECT_EQ(standing().wrong_codes, 3u);
}

TEST_F(CodesMadeAnew, AreTakenBackByTheirHolder) {
  std::string const code = world.new_code(alphas_card);
  auto const key = test::request_key("k");
  auto const receipt = must(discard(key));
  EXPECT_EQ(must(discard(key)).entry, receipt.entry) << "a repeat is the same act";
  EXPECT_EQ(world.opened_entries(session).back().entry.operation, "discard-activation-code");
  EXPECT_EQ(waiting(), std::nullopt);
  world.clock.pass(credential_hold);
  EXPECT_FALSE(world.sign_in(alphas_card, code));
  auto const nothing = discard();
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, errc::conflict);
  auto const next_file = must(test::write(*world.store, [&](ports::Transaction& t) {
    return make_activation_codes(world.context, t, ports::RecordId{0}, 10);
  }));
  for (MadeActivationCode const& letter : next_file)
    EXPECT_NE(letter.card_tag, world.card(alphas_card).card_tag) << "nobody asked for another one";
  EXPECT_FALSE(world.card(alphas_card).code_tag);
}

TEST_F(CodesMadeAnew, CanBeTakenBackOnlyWhileTheyWait) {
  std::string const code = world.new_code(alphas_card);
  world.clock.pass(credential_hold);
  EXPECT_FALSE(discard());
  EXPECT_TRUE(world.sign_in(alphas_card, code));
}

// What does not

struct NoEntry {
  char const* name;
  char const* card;
  std::string (*prepare)(CardWorld&);
};

NoEntry const no_entries[] = {
    {"unknown card", nobodys_card, [](CardWorld&) -> std::string { return wrong_code; }},
    {"wrong code", alphas_card,
     [](CardWorld& world) -> std::string {
       world.new_code(alphas_card);
       return wrong_code;
     }},
    {"no code yet", alphas_card, [](CardWorld&) -> std::string { return wrong_code; }},
    {"used code", alphas_card,
     [](CardWorld& world) {
       std::string code = world.new_code(alphas_card);
       must(world.sign_in(alphas_card, code));
       return code;
     }},
    {"replaced code", alphas_card,
     [](CardWorld& world) {
       std::string code = world.new_code(alphas_card);
       world.new_code(alphas_card);
       return code;
     }},
};

// G11
TEST(NoSignIn, AllAnswerAlike) {
  for (NoEntry const& c : no_entries) {
    SCOPED_TRACE(c.name);
    CardWorld world;
    std::string const code = c.prepare(world);
    auto const record = world.card(alphas_card).record;
    std::size_t const entries = world.entries(record).size();
    auto const answer = world.sign_in(c.card, code);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::unauthenticated);
    EXPECT_EQ(answer.error().detail.substr(0, 68),
              "This card number and this code do not let you in. Check both and try");
    EXPECT_EQ(answer.error().field, "");
    EXPECT_EQ(world.entries(record).size(), entries) << "nobody's history can be flooded from outside";
  }
}

std::vector<std::string> calls_of_a_sign_in(CardWorld& world, std::string const& card, std::string const& code,
                                            std::optional<RequestKey> const& key) {
  auto const request = must(check_card_and_code(card, code));
  return must(test::write(*world.store, [&](ports::Transaction& transaction) -> base::result<std::vector<std::string>> {
    test::RecordingTransaction recording{transaction};
    must(attempt_sign_in(world.context, recording, request, key));
    return recording.calls;
  }));
}

// G11: the same work in the same order, so that time tells nothing either.
TEST(NoSignIn, AllAskTheStoreForTheSame) {
  for (std::optional<RequestKey> const& key : {std::optional<RequestKey>{}, std::optional{test::request_key("k")}})
    for (NoEntry const& c : no_entries) {
      SCOPED_TRACE(c.name);
      CardWorld world;
      std::string const code = c.prepare(world);
      EXPECT_EQ(calls_of_a_sign_in(world, c.card, code, key),
                (std::vector<std::string>{"card", "printed_code", "put_card"}));
    }
}

// Wrong guesses

TEST(WrongCodes, AreCountedAlthoughTheyAreRefused) {
  CardWorld world;
  std::string const code = world.new_code(alphas_card);
  for (std::uint64_t i = 1; i <= 3; ++i) {
    EXPECT_FALSE(world.sign_in(alphas_card, wrong_code));
    EXPECT_EQ(world.card(alphas_card).misses, i);
    EXPECT_EQ(world.card(alphas_card).missed_at, world.clock.now());
  }
  must(world.sign_in(alphas_card, code));
  EXPECT_EQ(world.card(alphas_card).misses, 3u) << "whoever signs in next sees them";
  EXPECT_EQ(world.card(bravos_card).misses, 0u);
  world.new_code(alphas_card);
  EXPECT_EQ(world.card(alphas_card).misses, 0u);
}

// Guessing as a lock-out: whoever knows the number of somebody's card, and guesses all day long on their own network,
// keeps nobody out.
TEST(WrongCodes, DoNotKeepARightOneOut) {
  CardWorld world;
  std::string const code = world.new_code(alphas_card);
  for (int i = 0; i < 5'000; ++i) EXPECT_FALSE(world.sign_in(alphas_card, wrong_code));
  EXPECT_EQ(world.card(alphas_card).misses, 5'000u) << "its holder sees them";
  EXPECT_TRUE(world.sign_in(alphas_card, code)) << "in the same second";
}

// What makes that safe: at ten thousand guesses a second at the eleven codes of a card, one chance in a hundred
// thousand within three years.
TEST(WrongCodes, AreFarTooManyToTry) {
  constexpr double guesses = 10'000.0 * 3600 * 24 * 365 * 3;
  constexpr double codes = 11;
  double possible = 1;
  for (std::size_t i = 0; i < sign_in_code_characters; ++i) possible *= 32;
  EXPECT_LT(guesses * codes / possible, 1e-5);
}

// Letters

TEST(Letters, AreForCardsThatNobodyWasHandedACodeFor) {
  CardWorld world;
  auto const make = [&](std::size_t limit) {
    return must(test::write(*world.store, [&](ports::Transaction& transaction) {
      return make_activation_codes(world.context, transaction, ports::RecordId{0}, limit);
    }));
  };
  auto const first = make(1);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(make(10).size(), 2u) << "the file was not finished: its code is made anew";
  std::vector<base::Hash> const issued{first[0].card_tag};
  ASSERT_TRUE(world.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    mark_issued(transaction, issued);
    return {};
  }));
  auto const rest = make(10);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_NE(rest[0].card_tag, first[0].card_tag);
}

// G4
TEST(Letters, AreOpenedOnlyAfterTheirEntryIsCommitted) {
  CardWorld world;
  std::optional<MadeActivationCode> made;
  auto const make = [&](ports::Transaction& transaction) -> base::result<void> {
    made = must(make_activation_code(world.context, transaction, CardNumber{alphas_card}));
    return {};
  };
  auto const other = world.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    must(make_activation_code(world.context, transaction, CardNumber{bravos_card}));
    return {};
  });
  auto const own = world.store->write_and_wait(make);
  ASSERT_TRUE(own && other);
  auto const letter = must(letter_of(world.context, *made, *own)).reveal(Disclosure::to_print);
  EXPECT_EQ(letter.card, alphas_card);
  EXPECT_EQ(letter.names, (identity::Names{"Specimen", "Alpha"}));
  EXPECT_EQ(letter.activation_code.size(), 14u);
  EXPECT_TRUE(world.sign_in(alphas_card, letter.activation_code));
  auto const refused = letter_of(world.context, *made, *other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::forbidden);
}

TEST(Letters, AreNotMadeForACardThatNobodyHas) {
  CardWorld world;
  auto const made = test::write(*world.store, [&](ports::Transaction& transaction) {
    return make_activation_code(world.context, transaction, CardNumber{nobodys_card});
  });
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, errc::not_found);
}

// What people type

TEST(CardSignIn, EachFaultIsNamed) {
  EXPECT_TRUE(check_card_and_code("c 10-01", "7k2p-dxqo-mvb3"));
  auto const expect_invalid = [](char const* card, char const* code, std::string const& field) {
    auto const request = check_card_and_code(card, code);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, errc::invalid);
    EXPECT_EQ(request.error().field, field);
  };
  expect_invalid("", "7K2PDXQ0MVB3", "card");
  expect_invalid("C1\u042f01", "7K2PDXQ0MVB3", "card");
  expect_invalid("C1001", "7K2PDXQ0MVB", "code");
  expect_invalid("C1001", "7K2PDXQ0MVBU", "code");
}

}  // namespace
}  // namespace abode::service
