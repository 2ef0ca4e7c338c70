// An official's read: what it shows, and that a read that does not happen tells nothing (G4, G11).
#include "service/openings.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "support/faulty_store.hpp"
#include "support/world.hpp"
#include "unit/service/recording_transaction.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using rules::Field;
using rules::FieldSet;
using std::chrono::minutes;
using test::must;
using test::noon;

constexpr FieldSet code_fields{Field::family_name, Field::given_names, Field::main_address};
constexpr FieldSet all{Field::family_name, Field::given_names,     Field::birth_date, Field::main_address,
                       Field::main_since,  Field::other_addresses, Field::assurance};
constexpr char const* clerk = "clerk-school";

OpeningRequest ask(std::string const& code, FieldSet fields = all, std::string_view purpose = "school-enrolment") {
  return must(check_opening_request(test::specimen_profile(), code, purpose, "file 2026/17", fields));
}

class Openings : public ::testing::Test {
 protected:
  std::string new_code(FieldSet fields = code_fields) {
    return must(world.make_code(anna, fields)).code.code->reveal(Disclosure::to_holder);
  }
  std::size_t entries_of(ports::RecordId record) { return world.entries(record).size(); }
  ports::NoticeRow last_notice(ports::RecordId record) {
    return must(test::read(*world.store,
                           [&](ports::Snapshot& s) -> base::result<std::vector<ports::NoticeRow>> {
                             return s.notices(record, 1'000'000, 1);
                           }))
        .at(0);
  }

  test::World world;
  ports::HolderSession anna = world.anna();
  ports::RecordId book = world.clerk().official().office_record;
  Acted home = must(world.act(anna, world.file()));
};

// A hit

TEST_F(Openings, ShowWhatWasAskedForAndAllowedAndChosen) {
  struct Case {
    FieldSet code, asked;
    char const* purpose;
    FieldSet shown;
  };
  Case const cases[] = {
      {all, all, "school-enrolment", {Field::family_name, Field::given_names, Field::birth_date, Field::main_address}},
      {all, {Field::birth_date}, "school-enrolment", {Field::birth_date}},
      {{Field::family_name}, all, "school-enrolment", {Field::family_name}},
      {{Field::family_name, Field::assurance},
       {Field::family_name, Field::assurance},
       "school-enrolment",
       {Field::family_name}},
      {{Field::assurance, Field::main_since}, all, "counter-help", {Field::main_since, Field::assurance}},
      {all, all, "counter-help", all},
  };
  for (Case const& c : cases) {
    auto const opened = must(world.open(clerk, ask(new_code(c.code), c.asked, c.purpose)));
    EXPECT_EQ(rules::names_of(opened.fields), rules::names_of(c.shown));
    EXPECT_EQ(opened.at, noon);
  }
}

TEST_F(Openings, AreEntryAndNoticeInTheHoldersRecord) {
  std::size_t const before = entries_of(anna.record());
  must(world.open(clerk, ask(new_code(), {Field::family_name, Field::birth_date})));
  auto const entries = world.opened_entries(anna);
  ASSERT_EQ(entries.size(), before + 2) << "the code's making, and its use";
  log::Entry const& entry = entries.back().entry;
  EXPECT_EQ(entry.operation, "opening");
  EXPECT_EQ(entry.actor, "clerk-school");
  EXPECT_EQ(entry.office, "school-office");
  EXPECT_EQ(entry.purpose, "school-enrolment");
  EXPECT_EQ(entry.reference, "file 2026/17");
  EXPECT_EQ(entry.fields, std::vector<std::string>{"family_name"}) << "the fields that were shown";
  EXPECT_EQ(last_notice(anna.record()).seq, entry.seq);
  EXPECT_FALSE(last_notice(anna.record()).read);
  EXPECT_EQ(entries_of(book), 1u) << "nothing in the office's book";
}

TEST_F(Openings, ShowTheRecordAsItIsNow) {
  std::string const code = new_code();
  must(world.act(anna, rules::Correct{home.registration->id, test::address("Chausseestr. 2"), {}}));
  auto const opened = must(world.open(clerk, ask(code)));
  auto const& state = opened.state.reveal(Disclosure::to_official);
  EXPECT_EQ(state.residence.main()->address, test::address("Chausseestr. 2"));
}

// A miss, a refusal, a block

struct NoOpening {
  char const* name;
  bool in_holders_record;  ///< there is a holder to tell, and nobody floods their record
  std::string (*prepare)(test::World&, ports::HolderSession const&);
};

std::string make(test::World& world, ports::HolderSession const& holder, FieldSet fields = code_fields) {
  return must(world.make_code(holder, fields)).code.code->reveal(Disclosure::to_holder);
}

std::string unknown_code(test::World&, ports::HolderSession const&) {
  return "0000000000";
}
std::string used_code(test::World& world, ports::HolderSession const& holder) {
  std::string code = make(world, holder);
  must(world.open("clerk-civic", ask(code)));
  return code;
}
std::string expired_code(test::World& world, ports::HolderSession const& holder) {
  std::string code = make(world, holder);
  world.clock.pass(world.context.profile().opening_code_default);
  return code;
}
std::string revoked_code(test::World& world, ports::HolderSession const& holder) {
  auto const made = must(world.make_code(holder, code_fields));
  must(world.revoke_code(holder, made.code.entry));
  return made.code.code->reveal(Disclosure::to_holder);
}
std::string code_without_a_common_field(test::World& world, ports::HolderSession const& holder) {
  return make(world, holder, {Field::assurance});
}
std::string good_code_of_a_blocked_official(test::World& world, ports::HolderSession const& holder) {
  for (unsigned i = 0; i < rules::max_opening_misses; ++i) EXPECT_FALSE(world.open(clerk, ask("0000000000")));
  return make(world, holder);
}
std::string unknown_code_of_a_blocked_official(test::World& world, ports::HolderSession const&) {
  for (unsigned i = 0; i < rules::max_opening_misses; ++i) EXPECT_FALSE(world.open(clerk, ask("0000000000")));
  return "0000000001";
}

constexpr NoOpening no_openings[] = {
    {"unknown code", false, unknown_code},
    {"used code", true, used_code},
    {"expired code", true, expired_code},
    {"revoked code", true, revoked_code},
    {"no common field", true, code_without_a_common_field},
    {"good code, blocked official", false, good_code_of_a_blocked_official},
    {"unknown code, blocked official", false, unknown_code_of_a_blocked_official},
};

// G11
TEST(NoOpenings, AllAnswerAlikeAfterOneEntryOfOneSize) {
  for (NoOpening const& c : no_openings) {
    SCOPED_TRACE(c.name);
    test::World world;
    auto const anna = world.anna();
    auto const book = world.clerk().official().office_record;
    std::string const code = c.prepare(world, anna);
    std::size_t const before = world.entries(anna.record()).size();
    std::size_t const before_in_book = world.entries(book).size();
    base::Bytes const state = world.row(anna.record()).sealed_state;

    auto const answer = world.open(clerk, ask(code));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::opening_refused);
    EXPECT_EQ(answer.error().detail,
              "This code does not open anything for this purpose. Ask the person to check it, or to make a new one.");
    EXPECT_EQ(answer.error().field, "");

    EXPECT_EQ(world.entries(anna.record()).size(), before + (c.in_holders_record ? 1 : 0));
    EXPECT_EQ(world.entries(book).size(), before_in_book + (c.in_holders_record ? 0 : 1));
    EXPECT_EQ(world.row(anna.record()).sealed_state, state);
    auto const told = c.in_holders_record ? anna : test::holder_session(*world.store, book);
    auto const entry = world.opened_entries(told).back().entry;
    EXPECT_EQ(entry.operation, "opening-refused");
    EXPECT_EQ(entry.fields.size(), rules::names_of(all).size()) << "what was asked for";
    EXPECT_EQ(world.entries(told.record()).back().sealed.size(), world.entries(told.record()).front().sealed.size());
    EXPECT_EQ(world.entries(anna.record()).front().sealed.size(), world.entries(book).front().sealed.size());
  }
}

std::vector<std::string> calls_of_an_opening(test::World& world, std::string const& code,
                                             std::optional<RequestKey> const& key) {
  auto const session = world.clerk();
  return must(test::write(*world.store, [&](ports::Transaction& transaction) -> base::result<std::vector<std::string>> {
    test::RecordingTransaction recording{transaction};
    must(attempt_opening(world.context, recording, session, ask(code), key));
    return recording.calls;
  }));
}

// G11: the same work in the same order, so that time tells nothing either.
TEST(NoOpenings, AllAskTheStoreForTheSame) {
  for (std::optional<RequestKey> const& key : {std::optional<RequestKey>{}, std::optional{test::request_key("k")}}) {
    std::vector<std::string> expected;
    for (NoOpening const& c : no_openings) {
      SCOPED_TRACE(c.name);
      test::World world;
      auto const anna = world.anna();
      std::string const code = c.prepare(world, anna);
      auto const calls = calls_of_an_opening(world, code, key);
      if (expected.empty()) expected = calls;
      EXPECT_EQ(calls, expected);
      EXPECT_EQ(std::count(calls.begin(), calls.end(), "add_entry of an access"), 1);
    }
    test::World world;
    auto hit = calls_of_an_opening(world, make(world, world.anna()), key);
    EXPECT_EQ(std::erase(hit, "update_opening_code"), 1u);
    EXPECT_EQ(hit, expected) << "a hit does all of it, too";
  }
}

TEST_F(Openings, ABlockEndsWithItsWindow) {
  std::string const code = new_code();
  for (unsigned i = 0; i < rules::max_opening_misses; ++i) {
    ASSERT_FALSE(world.open(clerk, ask("0000000000")));
    world.clock.pass(std::chrono::seconds{1});
  }
  ASSERT_FALSE(world.open(clerk, ask(code))) << "blocked";
  EXPECT_TRUE(world.open("clerk-civic", ask(new_code()))) << "the block is one official's";
  world.clock.set(noon + rules::opening_miss_window - std::chrono::seconds{1});
  ASSERT_FALSE(world.open(clerk, ask(code))) << "blocked to the last second";
  world.clock.set(noon + rules::opening_miss_window);
  EXPECT_TRUE(world.open(clerk, ask(code))) << "and the code was not used up by the refusals";
}

TEST_F(Openings, NineteenMissesDoNotBlock) {
  for (unsigned i = 0; i + 1 < rules::max_opening_misses; ++i) ASSERT_FALSE(world.open(clerk, ask("0000000000")));
  EXPECT_TRUE(world.open(clerk, ask(new_code())));
}

// The same request again

TEST_F(Openings, AReplayIsANewEntryAndANewRead) {
  auto const key = test::request_key("k");
  std::string const code = new_code();
  must(world.open(clerk, ask(code), key));
  std::size_t const entries = entries_of(anna.record());
  must(world.act(anna, rules::Correct{home.registration->id, test::address("Chausseestr. 2"), {}}));
  auto const again = must(world.open(clerk, ask(code), key));
  EXPECT_EQ(again.state.reveal(Disclosure::to_official).residence.main()->address, test::address("Chausseestr. 2"));
  EXPECT_EQ(entries_of(anna.record()), entries + 2) << "the correction, and the second read";
  EXPECT_EQ(world.opened_entries(anna).back().entry.operation, "opening");
}

TEST_F(Openings, ACodeOpensOnceForEveryOtherRequest) {
  std::string const code = new_code();
  must(world.open(clerk, ask(code), test::request_key("k")));
  for (auto const& other : {std::optional<RequestKey>{}, std::optional{test::request_key("l")}}) {
    auto const refused = world.open(clerk, ask(code), other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::opening_refused);
  }
  std::string const second = new_code();
  must(world.open(clerk, ask(second)));
  EXPECT_FALSE(world.open(clerk, ask(second))) << "without a key nothing is a replay";
}

TEST_F(Openings, AReplayIsPossibleForFifteenMinutesAfterTheFirstRead) {
  std::string const code = new_code();
  must(world.open(clerk, ask(code), test::request_key("k")));
  EXPECT_EQ(must(world.codes(anna))[0].state, CodeState::used);
  for (int i = 0; i < 3; ++i) {
    world.clock.pass(minutes{5} - std::chrono::seconds{i == 2 ? 1 : 0});
    must(world.open(clerk, ask(code), test::request_key("k")));
  }
  world.clock.pass(std::chrono::seconds{1});
  auto const late = world.open(clerk, ask(code), test::request_key("k"));
  ASSERT_FALSE(late) << "replays do not make the time longer";
  EXPECT_EQ(late.error().code, errc::opening_refused);
}

TEST_F(Openings, AReplayEndsWithTheCode) {
  auto const made = must(world.make_code(anna, code_fields, minutes{15}));
  auto const request = ask(made.code.code->reveal(Disclosure::to_holder));
  world.clock.pass(minutes{10});
  must(world.open(clerk, request, test::request_key("k")));
  world.clock.pass(minutes{5});
  EXPECT_FALSE(world.open(clerk, request, test::request_key("k")));
}

TEST_F(Openings, AReplayIsTheSameOfficialsOnly) {
  std::string const code = new_code();
  must(world.open(clerk, ask(code), service::make_request_key("official clerk-school", "k", "body")));
  EXPECT_FALSE(world.open("clerk-civic", ask(code), service::make_request_key("official clerk-civic", "k", "body")));
}

TEST_F(Openings, AKeyWithAnotherRequestIsRefusedBeforeAnything) {
  must(world.open(clerk, ask(new_code()), test::request_key("k", "one")));
  std::size_t const entries = entries_of(anna.record());
  auto const reused = world.open(clerk, ask(new_code()), test::request_key("k", "another"));
  ASSERT_FALSE(reused);
  EXPECT_EQ(reused.error().code, errc::key_reused);
  EXPECT_EQ(entries_of(anna.record()), entries + 1) << "only the new code's making";
}

// G4

TEST(OpeningsOnATroubledStore, NothingIsOpenedUntilTheCommitIsKnown) {
  for (test::Fault fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted}) {
    SCOPED_TRACE(static_cast<int>(fault));
    std::optional<test::Fault> trouble;
    test::World world{
        1, std::make_unique<test::FaultyStore>(test::make_memory_store(), [&](std::uint64_t) { return trouble; })};
    auto const anna = world.anna();
    auto const session = world.clerk();
    auto const request = ask(make(world, anna));
    std::size_t const before = world.entries(anna.record()).size();
    trouble = fault;
    std::optional<OpeningAttempt> attempt;
    auto const commit = world.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
      attempt = must(attempt_opening(world.context, transaction, session, request, {}));
      return {};
    });
    EXPECT_FALSE(commit) << "there is no Commit, and complete_opening takes nothing else";
    trouble.reset();
    EXPECT_EQ(world.entries(anna.record()).size(), before + (fault == test::Fault::persisted ? 1 : 0));
    EXPECT_EQ(must(world.codes(anna))[0].state, fault == test::Fault::persisted ? CodeState::used : CodeState::open);
  }
}

TEST_F(Openings, ACommitOfSomethingElseOpensNothing) {
  auto const session = world.clerk();
  auto const request = ask(new_code());
  std::optional<OpeningAttempt> attempt;
  auto const rolled_back = world.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    attempt = must(attempt_opening(world.context, transaction, session, request, {}));
    return base::fail(errc::conflict, "Not this time.");
  });
  ASSERT_FALSE(rolled_back);
  auto const other = world.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    auto const row = transaction.record(anna.record()).value();
    transaction.add_entry({anna.record(), row.entries, base::Hash{}, {}}, false);  // a write, not an access
    return {};
  });
  ASSERT_TRUE(other);
  auto const opened = complete_opening(world.context, *attempt, *other);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, errc::forbidden);
}

// The request

TEST(OpeningRequest, EachFaultIsNamed) {
  auto const expect_invalid = [](base::result<OpeningRequest> const& request, std::string const& field) {
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, errc::invalid);
    EXPECT_EQ(request.error().field, field);
  };
  char const* const code = "7K2PD-XQ0MV";
  EXPECT_TRUE(check_opening_request(test::specimen_profile(), code, "school-enrolment", std::string(64, 'x'), all));
  expect_invalid(check_opening_request(test::specimen_profile(), "7K2PD", "school-enrolment", "x", all), "code");
  expect_invalid(check_opening_request(test::specimen_profile(), code, "policing", "x", all), "purpose");
  expect_invalid(check_opening_request(test::specimen_profile(), code, "", "x", all), "purpose");
  expect_invalid(check_opening_request(test::specimen_profile(), code, "school-enrolment", "", all), "reference");
  expect_invalid(check_opening_request(test::specimen_profile(), code, "school-enrolment", std::string(65, 'x'), all),
                 "reference");
  expect_invalid(check_opening_request(test::specimen_profile(), code, "school-enrolment", "x", {}), "fields");
}

TEST_F(Openings, AreForThePurposesAndFieldsOfTheProfile) {
  std::string const code = new_code(all);
  auto const request = [&](std::string_view purpose) {
    return check_opening_request(world.profile, code, purpose, "17", all);
  };
  world.profile.purposes = {{"school-enrolment", {Field::family_name}}};
  EXPECT_EQ(request("tax-residence").error().field, "purpose");
  auto const opened = must(world.open("clerk-school", must(request("school-enrolment"))));
  EXPECT_EQ(opened.fields, FieldSet{Field::family_name}) << "the profile gives fewer fields than the compiled table";
}

}  // namespace
}  // namespace abode::service
