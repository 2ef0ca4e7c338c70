// A new activation code from the counter, and what a dishonest official, or somebody with a found card, gets of it.
#include "service/identification.hpp"

#include <gmock/gmock.h>

#include "service/cards.hpp"
#include "service/printed_codes.hpp"
#include "service/specimens.hpp"
#include "support/world.hpp"
#include "unit/service/recording_transaction.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::Disclosure;
using base::errc;
using base::result;
using test::must;
using test::noon;
using ::testing::HasSubstr;

constexpr char const* annas_card = "SPECIMEN1";
constexpr char const* unknown_card = "SPECIMEN99";

class Identification : public ::testing::Test {
 protected:
  static IdentificationRequest of(char const* card) { return must(check_identification_request(card, card, "file 7")); }

  result<NewActivationCode> identify(char const* card, std::optional<RequestKey> const& key = {}) {
    auto const session = world.registrar();
    return identify(session, card, key);
  }
  result<NewActivationCode> identify(ports::OfficialSession const& session, char const* card,
                                     std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return identify_in_person(world.context, t, session, of(card), key);
    });
  }
  result<SignedIn> sign_in(char const* card, SignInCode const& code) {
    SignInAttempt attempt;
    auto const commit = world.store->write_and_wait([&](ports::Transaction& t) -> result<void> {
      auto const made = attempt_sign_in(world.context, t, {CardNumber{card}, code}, {});
      if (!made) return made.error();
      attempt = *made;
      return {};
    });
    if (!commit) return commit.error();
    return complete_sign_in(attempt, *commit);
  }
  MadeSheet make_sheet() {
    return must(test::write(*world.store, [&, session = world.anna()](ports::Transaction& t) {
      return service::make_sheet(world.context, t, session, {});
    }));
  }

  test::World world;
  ports::RecordId anna = world.anna().record();
  ports::RecordId book = world.registrar().official().office_record;
};

TEST_F(Identification, GivesACodeThatLetsItsHolderInAfterADay) {
  auto const made = must(identify(annas_card));
  EXPECT_EQ(made.code.reveal(Disclosure::to_holder).size(), sign_in_code_characters);
  EXPECT_EQ(made.good_from, noon + credential_hold);
  EXPECT_FALSE(sign_in(annas_card, made.code)) << "it waits, whether anybody was in before or not";
  world.clock.set(made.good_from - 1s);
  EXPECT_FALSE(sign_in(annas_card, made.code)) << "to the last second";
  world.clock.set(made.good_from);
  EXPECT_TRUE(sign_in(annas_card, made.code));
  EXPECT_FALSE(sign_in(annas_card, made.code)) << "once";
}

TEST_F(Identification, IsAnEntryAndANotice) {
  auto const before = world.entries(anna).size();
  must(identify(annas_card));
  auto const entry = world.opened_entries(world.anna()).back().entry;
  EXPECT_EQ(world.entries(anna).size(), before + 1);
  EXPECT_EQ(entry.operation, operation::identify);
  EXPECT_EQ(entry.actor, "clerk-civic");
  EXPECT_EQ(entry.office, "civic-office");
  EXPECT_EQ(entry.reference, "file 7");
  auto const notices = must(test::read(*world.store, [&](ports::Snapshot& s) -> result<std::vector<ports::NoticeRow>> {
    return s.notices(anna, 1'000'000, 1);
  }));
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].seq, entry.seq);
}

TEST_F(Identification, QueuesAMail) {
  world.context.mails = MailPolicy{60s};
  must(identify(annas_card));
  auto const mails = must(test::read(
      *world.store, [&](ports::Snapshot& s) -> result<std::vector<ports::OutboxRow>> { return s.outbox(anna); }));
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].kind, ports::MailKind::changed);
}

TEST_F(Identification, OfAnUnknownCardAnswersAlikeAndLetsNobodyIn) {
  auto const entries = world.entries(book).size();
  auto const made = must(identify(unknown_card));
  EXPECT_EQ(made.code.reveal(Disclosure::to_holder).size(), sign_in_code_characters);
  EXPECT_EQ(made.good_from, noon + credential_hold);
  EXPECT_EQ(world.entries(book).size(), entries + 1) << "an entry in the office's book";
  world.clock.pass(credential_hold);
  EXPECT_FALSE(sign_in(unknown_card, made.code));
  EXPECT_FALSE(sign_in(annas_card, made.code));
}

TEST_F(Identification, WritesTheSameForAKnownAndAnUnknownCard) {
  auto const calls = [&](char const* card) {
    std::vector<std::string> noted;
    auto const session = world.registrar();
    must(test::write(*world.store, [&](ports::Transaction& t) -> result<int> {
      test::RecordingTransaction recording{t};
      must(identify_in_person(world.context, recording, session, of(card), test::request_key(card)));
      noted = recording.calls;
      return 0;
    }));
    return noted;
  };
  EXPECT_EQ(calls(annas_card), calls(unknown_card)) << "G11";
  auto const sealed = [&](ports::RecordId record) { return world.entries(record).back().sealed.size(); };
  EXPECT_EQ(sealed(anna), sealed(book));
}

TEST_F(Identification, AHeldCardIsTakenBackByItsHolder) {
  auto const made = must(identify(annas_card));
  auto const taken_back = test::write(*world.store, [&, session = world.anna()](ports::Transaction& t) {
    return discard_activation_code(world.context, t, session, {});
  });
  EXPECT_TRUE(taken_back);
  world.clock.pass(credential_hold);
  EXPECT_FALSE(sign_in(annas_card, made.code));
}

TEST_F(Identification, AFreezeDropsTheCodeThatWaitsAndHoldsTheNextOne) {
  auto const sheet = make_sheet();
  world.clock.pass(credential_hold);
  auto const early = must(identify(annas_card));
  FreezeAttempt attempt;
  auto const commit = world.store->write_and_wait([&](ports::Transaction& t) -> result<void> {
    auto const frozen = attempt_freeze(world.context, t, {CardNumber{annas_card}, sheet.freeze_code}, {});
    if (!frozen) return frozen.error();
    attempt = *frozen;
    return {};
  });
  base::Time const until = must(complete_freeze(attempt, must(commit)));
  auto const late = must(identify(annas_card));
  EXPECT_EQ(late.good_from, world.clock.now() + credential_hold) << "what the official is told is the same as ever";
  world.clock.pass(credential_hold);
  EXPECT_FALSE(sign_in(annas_card, early.code));
  EXPECT_FALSE(sign_in(annas_card, late.code)) << "not while the record is frozen";
  world.clock.set(until);
  EXPECT_TRUE(sign_in(annas_card, late.code));
}

TEST_F(Identification, LeavesPrintedCodesAndPasskeysAlone) {
  auto const sheet = make_sheet();
  world.clock.pass(credential_hold);
  must(identify(annas_card));
  EXPECT_TRUE(sign_in(annas_card, sheet.codes[0])) << "who has the sheet was never locked out";
}

TEST_F(Identification, TakesAFreshSignIn) {
  auto const session = world.registrar();
  world.clock.pass(fresh_sign_in);
  auto const stale = identify(session, annas_card);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, errc::stale_sign_in);
}

TEST_F(Identification, IsBoundedByOfficialAndDay) {
  for (std::uint64_t i = 0; i < max_identifications; ++i) must(identify(i % 2 == 0 ? annas_card : unknown_card));
  auto const entries = world.entries(anna).size();
  auto const over = identify(annas_card);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, errc::conflict);
  EXPECT_THAT(over.error().detail, HasSubstr("Ask a colleague"));
  EXPECT_EQ(world.entries(anna).size(), entries);
  EXPECT_TRUE(identify(world.clerk(), annas_card)) << "another official has their own";
  world.clock.pass(identification_window - 1s);
  EXPECT_FALSE(identify(annas_card));
  world.clock.pass(1s);
  EXPECT_TRUE(identify(annas_card));
}

TEST_F(Identification, ThatComesTwiceMakesOneCode) {
  auto const key = test::request_key("k");
  auto const made = must(identify(annas_card, key));
  auto const again = identify(annas_card, key);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, errc::conflict);
  auto const other = identify(annas_card, test::request_key("k", "another"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, errc::key_reused);
  world.clock.pass(credential_hold);
  EXPECT_TRUE(sign_in(annas_card, made.code));
}

TEST_F(Identification, IsNotMadeForThePrinterAsWell) {
  must(test::write(*world.store, [&](ports::Transaction& t) {
    return enrol(world.context, t, {{"New", "Comer"}, {}, {identity::DocumentKind::other, "1"}}, "C1001");
  }));
  must(identify("C1001"));
  auto const waiting = must(test::read(*world.store, [&](ports::Snapshot& s) -> result<std::size_t> {
    return s.cards_to_issue(ports::RecordId{0}, 100).size();
  }));
  EXPECT_EQ(waiting, 0U);
}

TEST_F(Identification, RefusesWhatIsTypedWrong) {
  auto const refused = [](char const* card, char const* again, std::string reference, char const* field) {
    auto const checked = check_identification_request(card, again, std::move(reference));
    ASSERT_FALSE(checked) << field;
    EXPECT_EQ(checked.error().code, errc::invalid);
    EXPECT_EQ(checked.error().field, field);
  };
  refused("", "", "file", "card");
  refused("AB!", "AB!", "file", "card");
  refused("SPECIMEN1", "SPECIMEN2", "file", "card_again");
  refused("SPECIMEN1", "", "file", "card_again");
  refused("SPECIMEN1", "SPECIMEN1", "", "reference");
  refused("SPECIMEN1", "SPECIMEN1", std::string(65, 'x'), "reference");
  EXPECT_TRUE(check_identification_request("specimen 1", "SPECIMEN-1", "file"));
}

}  // namespace
}  // namespace abode::service
