#include "service/enrolment.hpp"

#include <gtest/gtest.h>

#include <set>

#include "service/contact.hpp"
#include "service/sessions.hpp"
#include "service/specimens.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using test::must;
using test::noon;

Identity someone(std::string const& number) {
  return {{"DOE", "JO"}, {}, {identity::DocumentKind::passport, number}};
}

class Enrolment : public ::testing::Test {
 protected:
  base::result<ports::RecordId> enrol_with(std::string const& number) {
    return test::write(*world.store, [&](ports::Transaction& t) { return enrol(world.context, t, someone(number)); });
  }

  test::World world;
};

TEST_F(Enrolment, SpecimensAreThereWithTheirNamesAndNothingElse) {
  RecordState const anna = world.state(world.anna());
  EXPECT_EQ(anna.identity->names.family, "ERIKSSON");
  EXPECT_EQ(anna.identity->names.given, "ANNA MARIA");
  EXPECT_EQ(base::format_date(*anna.identity->birth_date), "1974-08-12");
  EXPECT_EQ(anna.identity->document.number, "L898902C3");
  EXPECT_TRUE(anna.residence.registrations.empty());
  RecordState const peter = world.state(world.peter());
  EXPECT_EQ(peter.identity->names.family, "STEVENSON");
  EXPECT_EQ(peter.identity->document.kind, identity::DocumentKind::identity_card);
  EXPECT_NE(anna.tag_key, peter.tag_key);
}

TEST_F(Enrolment, BindsThePositionInEntryZero) {
  auto const anna = world.anna();
  auto const entries = world.opened_entries(anna);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].entry.seq, 0u);
  EXPECT_EQ(entries[0].entry.previous, base::Hash{});
  EXPECT_EQ(entries[0].entry.position, world.row(anna.record()).position);
  EXPECT_EQ(entries[0].entry.operation, "enrol");
  EXPECT_EQ(entries[0].entry.actor, "register");
  EXPECT_EQ(entries[0].entry.time, noon);
}

TEST_F(Enrolment, PositionsAreAPersonsOwnAndTellNoOrder) {
  std::vector<std::uint64_t> positions;
  for (int i = 0; i < 200; ++i) positions.push_back(world.row(must(enrol_with("X" + std::to_string(i)))).position);
  EXPECT_EQ((std::set<std::uint64_t>{positions.begin(), positions.end()}).size(), positions.size());
  EXPECT_FALSE(std::is_sorted(positions.begin(), positions.end()));
}

TEST_F(Enrolment, ADocumentHasOneRecord) {
  must(enrol_with("X1"));
  auto const again = enrol_with("X1");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, errc::conflict);
  EXPECT_TRUE(enrol_with("X2"));
}

TEST_F(Enrolment, AnOfficesBookHoldsNobody) {
  auto const clerk = world.clerk();
  auto const registrar = world.registrar();
  EXPECT_NE(clerk.official().office_record, registrar.official().office_record) << "each office keeps its own";
  RecordState const book = world.state(test::holder_session(*world.store, clerk.official().office_record));
  EXPECT_FALSE(book.identity);
  EXPECT_TRUE(book.residence.registrations.empty());
}

TEST_F(Enrolment, SeedingTwiceIsAConflict) {
  auto const again = test::write(*world.store, [&](ports::Transaction& t) { return seed_specimens(world.context, t); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, errc::conflict);
}

// From a list

class Newcomers : public Enrolment {
 protected:
  base::result<void> enrol_from_list(Newcomer const& person) {
    return test::write(*world.store, [&](ports::Transaction& t) { return enrol_newcomer(world.context, t, person); });
  }
  std::optional<ports::RecordId> record_of(std::string const& card) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::optional<ports::RecordId>> {
      auto const row = s.card(world.sealer->card_tag(base::Secret<std::string>{card}));
      return row ? std::optional{row->record} : std::nullopt;
    }));
  }
  std::uint64_t records() {
    return must(
        test::read(*world.store, [](ports::Snapshot& s) -> base::result<std::uint64_t> { return s.record_count(); }));
  }
  std::optional<identity::Contact> contact_of(std::string const& card) {
    auto const session = test::holder_session(*world.store, record_of(card).value());
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return list_contacts(world.context, s, session); }))
        .reveal(base::Disclosure::to_holder)
        .in_force;
  }
  RecordState state_of(std::string const& card) {
    return world.state(test::holder_session(*world.store, record_of(card).value()));
  }
};

TEST_F(Newcomers, AreFoundByTheirCardAndHaveEverythingSealed) {
  Newcomer const person{someone("X1"), "C1001", identity::Contact{"jo@example.org", "tg"}};
  ASSERT_TRUE(enrol_from_list(person));
  RecordState const state = state_of("C1001");
  EXPECT_EQ(state.identity, person.identity);
  EXPECT_EQ(state.card, "C1001");
  EXPECT_EQ(contact_of("C1001"), (identity::Contact{"jo@example.org", "tg"}));
  EXPECT_EQ(record_of("C1002"), std::nullopt);
}

TEST_F(Newcomers, WhoAreKnownByCardOrDocumentAreLeftAsTheyAre) {
  ASSERT_TRUE(enrol_from_list({someone("X1"), "C1001", identity::Contact{"jo@example.org", "tg"}}));
  ports::RecordRow const before = world.row(record_of("C1001").value());
  std::uint64_t const people = records();
  EXPECT_TRUE(enrol_from_list({someone("X1"), "C1001", identity::Contact{"somebody-else@example.org", ""}}));
  EXPECT_TRUE(enrol_from_list({someone("X2"), "C1001", {}})) << "the card is known";
  EXPECT_TRUE(enrol_from_list({someone("x-1"), "C2000", {}})) << "the person is known";
  EXPECT_EQ(records(), people);
  EXPECT_EQ(record_of("C2000"), std::nullopt);
  EXPECT_EQ(world.row(before.id).sealed_state, before.sealed_state);
  EXPECT_EQ(contact_of("C1001")->address, "jo@example.org") << "a list never changes a contact";
}

TEST_F(Newcomers, OfTwoStatesMayShareKindAndNumber) {
  Identity one = someone("X1");
  one.birth_date = base::Date{std::chrono::year{1980}, std::chrono::January, std::chrono::day{2}};
  Identity two = one;
  two.birth_date = base::Date{std::chrono::year{1990}, std::chrono::January, std::chrono::day{2}};
  std::uint64_t const people = records();
  EXPECT_TRUE(enrol_from_list({one, "C1001", {}}));
  EXPECT_TRUE(enrol_from_list({two, "C1002", {}}));
  EXPECT_EQ(records(), people + 2);
  EXPECT_NE(record_of("C1001"), record_of("C1002"));
}

// Signing in

class SigningIn : public Enrolment {
 protected:
  base::result<SignedIn> person(std::string_view who, Mode mode = Mode::test) {
    Context const context{world.clock, world.random, *world.sealer, world.context.profile(), mode};
    return test::write(*world.store, [&](ports::Transaction& t) { return sign_in_specimen(context, t, who); });
  }
  base::result<SignedIn> official(std::string_view who, Mode mode = Mode::test) {
    Context const context{world.clock, world.random, *world.sealer, world.context.profile(), mode};
    return test::write(*world.store, [&](ports::Transaction& t) { return sign_in_specimen_official(context, t, who); });
  }
  bool is_holder(ports::SessionToken const& token) {
    return test::read(*world.store,
                      [&](ports::Snapshot& s) { return ports::HolderSession::prove(s, token, world.clock.now()); })
        .has_value();
  }
  bool is_official(ports::SessionToken const& token) {
    return test::read(*world.store,
                      [&](ports::Snapshot& s) { return ports::OfficialSession::prove(s, token, world.clock.now()); })
        .has_value();
  }
};

TEST_F(SigningIn, GivesATokenThatProvesTheSession) {
  SignedIn const anna = must(person("anna-eriksson"));
  EXPECT_EQ(anna.token.reveal(Disclosure::to_holder).size(), 43u);
  EXPECT_EQ(anna.expires_at, noon + world.context.profile().session_life);
  EXPECT_TRUE(is_holder(anna.token));
  EXPECT_FALSE(is_official(anna.token));
  SignedIn const clerk = must(official("clerk-school"));
  EXPECT_TRUE(is_official(clerk.token));
  EXPECT_FALSE(is_holder(clerk.token));
  world.clock.set(noon + session_idle_life - std::chrono::seconds{1});
  EXPECT_TRUE(is_holder(anna.token));
  world.clock.pass(std::chrono::seconds{1});
  EXPECT_FALSE(is_holder(anna.token));
  EXPECT_FALSE(is_official(clerk.token));
}

TEST_F(SigningIn, TokensAreFreshEachTime) {
  EXPECT_NE(must(person("anna-eriksson")).token, must(person("anna-eriksson")).token);
}

TEST_F(SigningIn, NobodyElseIsLetIn) {
  for (auto const& refused : {person("nobody"), person(""), person("clerk-school")}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::not_found);
    EXPECT_EQ(refused.error().field, "test_person");
  }
  for (auto const& refused : {official("nobody"), official(""), official("anna-eriksson")}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::not_found);
    EXPECT_EQ(refused.error().field, "test_staff");
  }
}

TEST_F(SigningIn, SpecimensAreOfTestModeOnly) {
  for (auto const& refused :
       {person("anna-eriksson", Mode::live), official("clerk-school", Mode::live), person("nobody", Mode::live)}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::forbidden);
  }
}

TEST_F(SigningIn, SigningOutEndsThisSessionAndNoOther) {
  auto const one = must(person("anna-eriksson")).token;
  auto const two = must(person("anna-eriksson")).token;
  auto const leave = [&](ports::SessionToken const& token) {
    return test::write(*world.store, [&](ports::Transaction& t) -> base::result<void> {
      return sign_out(t, token), base::result<void>{};
    });
  };
  ASSERT_TRUE(leave(one));
  EXPECT_FALSE(is_holder(one));
  EXPECT_TRUE(is_holder(two));
  EXPECT_TRUE(leave(one)) << "again is no error";
}

}  // namespace
}  // namespace abode::service
