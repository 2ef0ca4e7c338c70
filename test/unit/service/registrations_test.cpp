#include "service/registrations.hpp"

#include <gtest/gtest.h>

#include "service/sessions.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using std::chrono::hours;
using std::chrono::seconds;
using test::must;
using test::noon;

class Registrations : public ::testing::Test {
 protected:
  Acted act(rules::Command const& command) { return must(world.act(anna, command)); }

  test::World world;
  ports::HolderSession anna = world.anna();
  ports::HolderSession peter = world.peter();
  rules::File const filing = world.file();
};

TEST_F(Registrations, AFilingIsReceiptEntryAndStateAtOnce) {
  Acted const acted = act(filing);
  EXPECT_EQ(acted.receipt.entry, 1u) << "entry 0 is the enrolment";
  EXPECT_EQ(acted.receipt.filed_at, noon);
  ASSERT_TRUE(acted.registration);
  EXPECT_EQ(acted.registration->id, filing.id);
  EXPECT_EQ(acted.registration->filed_at, noon);
  EXPECT_EQ(acted.undo_until, noon + hours{72});
  EXPECT_EQ(world.state(anna).residence.registrations, std::vector{*acted.registration});

  auto const entries = world.opened_entries(anna);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1].commitment, acted.receipt.commitment);
  EXPECT_EQ(entries[1].entry.operation, "file");
  EXPECT_EQ(entries[1].entry.actor, "holder");
  EXPECT_EQ(entries[1].entry.reference, filing.id.value());
  EXPECT_EQ(entries[1].entry.fields, (std::vector<std::string>{"main_address", "main_since", "assurance"}));
}

TEST_F(Registrations, EveryCommandHasItsEntryAndItsAnswer) {
  act(filing);
  Acted const corrected = act(rules::Correct{filing.id, test::address("Invalidenstr. 1, Hof"), {}});
  EXPECT_EQ(corrected.registration->address, test::address("Invalidenstr. 1, Hof"));
  rules::Move const move{filing.id, new_registration_id(world.random), test::address("Chausseestr. 2"),
                         base::day_of(noon)};
  Acted const moved = act(move);
  EXPECT_EQ(moved.registration->id, move.to);
  Acted const ended = act(rules::End{move.to, base::day_of(noon)});
  EXPECT_FALSE(ended.registration->active());
  Acted const undone = act(rules::Undo{move.to});
  EXPECT_TRUE(undone.registration->active());
  EXPECT_EQ(undone.undo_until, noon + hours{72}) << "the move can still be undone";
  EXPECT_EQ(act(rules::Undo{move.to}).registration->id, filing.id);
  act(rules::Undo{filing.id});
  Acted const withdrawn = act(rules::Undo{filing.id});
  EXPECT_FALSE(withdrawn.registration) << "the filing itself is undone";
  EXPECT_FALSE(withdrawn.undo_until);
  act(world.file(rules::Kind::secondary));

  std::vector<std::string> operations;
  for (auto const& opened : world.opened_entries(anna)) operations.push_back(opened.entry.operation);
  EXPECT_EQ(operations, (std::vector<std::string>{"enrol", "file", "correct", "move", "end", "undo", "undo", "undo",
                                                  "undo", "file"}));
  EXPECT_EQ(world.opened_entries(anna).back().entry.fields, std::vector<std::string>{"other_addresses"});
}

// An entry names what an official could be shown otherwise than before. A stated end and a confirmation are no such
// thing.
TEST_F(Registrations, AnEntryNamesTheFieldsThatTheActWrote) {
  act(filing);
  rules::File flat = world.file(rules::Kind::temporary, "Hauptstr. 5");
  flat.until = base::day_of(noon) + std::chrono::months{1};
  EXPECT_EQ(act(flat).registration->until, flat.until);
  auto const last = [&] { return world.opened_entries(anna).back().entry; };
  EXPECT_EQ(act(rules::Confirm{filing.id}).registration->confirmed_at, noon);
  EXPECT_EQ(last().operation, "confirm");
  EXPECT_EQ(last().reference, filing.id.value());
  EXPECT_TRUE(last().fields.empty());
  EXPECT_FALSE(act(rules::Renew{flat.id, {}}).registration->until);
  EXPECT_EQ(last().operation, "renew");
  EXPECT_TRUE(last().fields.empty());
  std::vector<std::string> const all{"main_address", "main_since", "other_addresses", "assurance"};
  EXPECT_EQ(act(rules::MakeMain{flat.id, rules::KeepAsSecondary{}}).registration->kind, rules::Kind::main);
  EXPECT_EQ(last().operation, "make-main");
  EXPECT_EQ(last().fields, all);
  act(rules::Undo{filing.id});
  EXPECT_EQ(last().reference, flat.id.value());
  EXPECT_EQ(last().fields, all);
}

TEST_F(Registrations, ARefusedCommandLeavesNoTrace) {
  act(filing);
  auto const before = world.row(anna.record());
  for (rules::Command const& bad :
       {rules::Command{world.file()}, rules::Command{rules::End{rules::RegistrationId{"NONE"}, base::day_of(noon)}},
        rules::Command{rules::Correct{filing.id, {}, {}}}}) {
    EXPECT_FALSE(world.act(anna, bad, test::request_key("refused")));
    EXPECT_EQ(world.row(anna.record()).version, before.version);
    EXPECT_EQ(world.row(anna.record()).entries, before.entries);
    EXPECT_EQ(world.row(anna.record()).sealed_state, before.sealed_state);
  }
  EXPECT_TRUE(world.act(anna, rules::End{filing.id, base::day_of(noon)}, test::request_key("refused")))
      << "the key of a refused request is free again";
}

// Not even the wording may tell whether a registration is someone else's or nobody's.
TEST_F(Registrations, AnothersIsAnsweredExactlyLikeNobodys) {
  act(filing);
  rules::RegistrationId const nobodys{"0000000000000000"};
  auto const commands = [&](rules::RegistrationId const& id) {
    return std::vector<rules::Command>{
        rules::Correct{id, test::address("x"), {}},
        rules::Move{id, new_registration_id(world.random), test::address("x"), base::day_of(noon)},
        rules::End{id, base::day_of(noon)}, rules::Undo{id}};
  };
  auto const of_anna = commands(filing.id);
  auto const of_nobody = commands(nobodys);
  for (std::size_t i = 0; i < of_anna.size(); ++i) {
    auto const anothers = world.act(peter, of_anna[i]);
    auto const missing = world.act(peter, of_nobody[i]);
    ASSERT_TRUE(!anothers && !missing);
    EXPECT_EQ(anothers.error().code, errc::not_found);
    EXPECT_EQ(anothers.error().code, missing.error().code);
    EXPECT_EQ(anothers.error().detail, missing.error().detail);
    EXPECT_EQ(anothers.error().field, missing.error().field);
  }
  EXPECT_EQ(world.state(anna).residence.registrations.size(), 1u);
  EXPECT_TRUE(world.state(anna).residence.registrations[0].active());
}

// Decision 62: a claim of the sender's own clock, which decides nothing.

TEST_F(Registrations, WhatHadToWaitSaysInWhichMinuteItWasFirstTried) {
  world.clock.pass(seconds{30});
  Acted const acted = must(world.act(anna, filing, {}, noon - hours{5} + seconds{59}));
  EXPECT_EQ(acted.receipt.first_tried, noon - hours{5});
  EXPECT_EQ(acted.receipt.filed_at, noon + seconds{30});
  EXPECT_EQ(acted.registration->filed_at, noon + seconds{30}) << "it counts from the time of receipt";
  EXPECT_EQ(world.opened_entries(anna).back().entry.first_tried, noon - hours{5});
  EXPECT_FALSE(act(rules::Confirm{filing.id}).receipt.first_tried);
  EXPECT_FALSE(world.opened_entries(anna).back().entry.first_tried);
}

TEST_F(Registrations, AWrongClockFailsNothingAndIsPassedOver) {
  base::Time const filed = noon + seconds{30};
  world.clock.pass(seconds{30});
  struct Case {
    base::Time claimed;
    std::optional<base::Time> kept;
  };
  for (Case const& c :
       {Case{filed, {}}, Case{noon, {}}, Case{noon - seconds{1}, noon - seconds{60}}, Case{filed + seconds{1}, {}},
        Case{filed + hours{24}, {}}, Case{noon - hours{24}, noon - hours{24}}, Case{noon - hours{72}, {}},
        Case{noon - hours{72} + seconds{60}, noon - hours{72} + seconds{60}}, Case{base::Time{}, {}},
        Case{log::max_entry_time, {}}, Case{base::parse_time("0000-01-01T00:00:00Z").value(), {}}}) {
    SCOPED_TRACE(base::format_time(c.claimed));
    auto const acted = world.act(anna, world.file(rules::Kind::secondary), {}, c.claimed);
    ASSERT_TRUE(acted);
    EXPECT_EQ(acted->receipt.first_tried, c.kept);
    EXPECT_EQ(acted->receipt.filed_at, filed);
    EXPECT_EQ(world.opened_entries(anna).back().entry.first_tried, c.kept);
  }
}

TEST_F(Registrations, ARepetitionAnswersWithTheFirstTryOfTheFirst) {
  auto const at_once = test::request_key("at once");
  must(world.act(anna, filing, at_once));
  world.clock.pass(hours{1});
  EXPECT_FALSE(must(world.act(anna, filing, at_once, noon - hours{1})).receipt.first_tried)
      << "it had come through, and only its answer was lost";
  auto const waited = test::request_key("waited");
  rules::File const other = world.file(rules::Kind::secondary);
  must(world.act(anna, other, waited, noon));
  auto const again = must(world.act(anna, other, waited, noon - hours{2}));
  EXPECT_EQ(again.receipt.first_tried, noon);
  EXPECT_EQ(world.opened_entries(anna).size(), 3u);
}

// G12

TEST_F(Registrations, ARepeatedRequestHasOneEffectAndTheSameReceipt) {
  auto const key = test::request_key("k");
  Acted const first = must(world.act(anna, filing, key));
  world.clock.pass(seconds{30});
  rules::File again = filing;
  again.id = new_registration_id(world.random);  // the API draws a new id each time
  Acted const second = must(world.act(anna, again, key));
  EXPECT_EQ(second.receipt.entry, first.receipt.entry);
  EXPECT_EQ(second.receipt.commitment, first.receipt.commitment);
  EXPECT_EQ(second.receipt.filed_at, first.receipt.filed_at);
  EXPECT_EQ(second.registration, first.registration);
  EXPECT_EQ(second.undo_until, first.undo_until);
  EXPECT_EQ(world.state(anna).residence.registrations.size(), 1u);
  EXPECT_EQ(world.entries(anna.record()).size(), 2u);
}

TEST_F(Registrations, ARepeatAfterLaterActsGivesTheOldReceiptAndTheRegistrationAsItIsNow) {
  auto const key = test::request_key("k");
  Acted const first = must(world.act(anna, filing, key));
  act(rules::End{filing.id, base::day_of(noon)});
  Acted const again = must(world.act(anna, filing, key));
  EXPECT_EQ(again.receipt.commitment, first.receipt.commitment);
  EXPECT_FALSE(again.registration->active());
  act(rules::Undo{filing.id});
  act(rules::Undo{filing.id});
  EXPECT_FALSE(must(world.act(anna, filing, key)).registration) << "it was taken out since";
}

TEST_F(Registrations, AKeyIsGoodForOneRequestOnly) {
  must(world.act(anna, filing, test::request_key("k", "one body")));
  auto const reused = world.act(anna, world.file(rules::Kind::secondary), test::request_key("k", "another body"));
  ASSERT_FALSE(reused);
  EXPECT_EQ(reused.error().code, errc::key_reused);
  EXPECT_EQ(world.state(anna).residence.registrations.size(), 1u);
}

TEST_F(Registrations, WithoutAKeyEachRequestIsItsOwn) {
  act(world.file(rules::Kind::secondary));
  act(world.file(rules::Kind::secondary));
  EXPECT_EQ(world.state(anna).residence.registrations.size(), 2u);
}

TEST(RequestKey, OnesKeyIsNoOthers) {
  auto const key = make_request_key("record 1", "k", "body");
  EXPECT_EQ(key.tag, make_request_key("record 1", "k", "other").tag);
  EXPECT_NE(key.body_hash, make_request_key("record 1", "k", "other").body_hash);
  EXPECT_NE(key.tag, make_request_key("record 2", "k", "body").tag);
  EXPECT_NE(key.tag, make_request_key("record 1", "K", "body").tag);
  EXPECT_NE(make_request_key("a", std::string_view{"b\0c", 3}, "").tag, make_request_key("a b", "c", "").tag);
}

TEST(RequestKey, IsFoundAgainWithItsEntryAndNotWithAnotherBody) {
  std::vector<ports::RequestRow> known;
  EXPECT_FALSE(must(find_repeat(known, test::request_key("k"))));
  remember(known, 3, test::request_key("k"), 17, noon);
  EXPECT_EQ(must(find_repeat(known, test::request_key("k"))), 17u);
  EXPECT_FALSE(must(find_repeat(known, test::request_key("l"))));
  auto const other = find_repeat(known, test::request_key("k", "another body"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, errc::key_reused);
}

TEST(RequestKey, IsForgottenAfterItsTimeWhenAnotherComes) {
  std::vector<ports::RequestRow> known;
  remember(known, 3, test::request_key("old"), 1, noon);
  remember(known, 3, test::request_key("older by a second"), 2, noon + seconds{1});
  remember(known, 3, test::request_key("new"), 3, noon + ports::request_lifetime);
  EXPECT_FALSE(must(find_repeat(known, test::request_key("old"))));
  EXPECT_EQ(must(find_repeat(known, test::request_key("older by a second"))), 2u);
  EXPECT_EQ(must(find_repeat(known, test::request_key("new"))), 3u);
}

TEST(RequestKey, TheOldestMakeRoomForTheNewestBeyondTheLimit) {
  std::vector<ports::RequestRow> known;
  for (std::uint64_t n = 0; n < 10; ++n) remember(known, 3, test::request_key(std::to_string(n)), n, noon);
  ASSERT_EQ(known.size(), 3u);
  for (std::uint64_t n = 0; n < 10; ++n)
    EXPECT_EQ(must(find_repeat(known, test::request_key(std::to_string(n)))).has_value(), n >= 7);
}

// The clock

TEST_F(Registrations, AClockThatRunsBackwardsCannotDisorderAHistory) {
  act(filing);
  world.clock.set(noon - hours{5});
  Acted const corrected = act(rules::Correct{filing.id, test::address("x"), {}});
  EXPECT_EQ(corrected.receipt.filed_at, noon) << "the record's own time stands still";
  world.clock.set(noon + hours{1});
  anna = world.anna();  // an end takes a fresh sign-in
  EXPECT_EQ(act(rules::End{filing.id, base::day_of(noon)}).receipt.filed_at, noon + hours{1});
  base::Time last{};
  for (auto const& opened : world.opened_entries(anna)) {
    EXPECT_GE(opened.entry.time, last);
    last = opened.entry.time;
  }
}

TEST_F(Registrations, TheUndoWindowSurvivesAClockThatRunsBackwards) {
  world.clock.set(noon + hours{10});
  anna = world.anna();
  act(filing);
  world.clock.set(noon);
  EXPECT_EQ(act(rules::Correct{filing.id, test::address("x"), {}}).undo_until, noon + hours{82});
  world.clock.set(noon + hours{82});
  anna = world.anna();
  EXPECT_TRUE(world.act(anna, rules::Undo{filing.id}));
  world.clock.pass(seconds{1});
  auto const late = world.act(anna, rules::Undo{filing.id});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, errc::too_late);
}

// A store in trouble: the same request again always ends with one filing and one receipt.

TEST(RegistrationsOnATroubledStore, ARequestThatIsRepeatedUntilItIsAnsweredHasOneEffect) {
  for (test::Fault fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted, test::Fault::twice}) {
    SCOPED_TRACE(static_cast<int>(fault));
    std::optional<test::Fault> trouble;
    test::World world{
        1, std::make_unique<test::FaultyStore>(test::make_memory_store(), [&](std::uint64_t) { return trouble; })};
    auto const anna = world.anna();
    auto const filing = world.file();
    trouble = fault;
    auto const first = world.act(anna, filing, test::request_key("k"));
    EXPECT_EQ(first.has_value(), fault == test::Fault::twice);
    trouble.reset();
    Acted const again = must(world.act(anna, filing, test::request_key("k")));
    EXPECT_EQ(again.receipt.entry, 1u);
    EXPECT_EQ(world.entries(anna.record()).size(), 2u);
    EXPECT_EQ(world.entries(anna.record())[1].commitment, again.receipt.commitment);
    EXPECT_EQ(world.state(anna).residence.registrations.size(), 1u);
  }
}

TEST_F(Registrations, AreOfTheKindsOfTheProfile) {
  std::erase_if(world.profile.kinds, [](auto const& rule) { return rule.kind == rules::Kind::temporary; });
  for (rules::KindRule& rule : world.profile.kinds) rule.needs_main = rule.kind == rules::Kind::secondary;
  EXPECT_EQ(world.act(anna, world.file(rules::Kind::temporary)).error().code, errc::invalid);
  EXPECT_EQ(world.act(anna, world.file(rules::Kind::secondary)).error().code, errc::conflict);
  must(world.act(anna, world.file(rules::Kind::main)));
  must(world.act(anna, world.file(rules::Kind::secondary)));
  EXPECT_EQ(world.state(anna).residence.registrations.size(), 2U);
}

TEST_F(Registrations, HaveAStatedEndAsTheProfileSays) {
  auto const rule_for = [&](rules::Kind kind) -> rules::KindRule& {
    auto& kinds = world.profile.kinds;
    return *std::find_if(kinds.begin(), kinds.end(), [=](auto const& rule) { return rule.kind == kind; });
  };
  auto const expect_refused = [&](rules::Command const& command) {
    auto const refused = world.act(anna, command);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::invalid);
    EXPECT_EQ(refused.error().field, "until");
  };
  base::Date const day = base::day_of(noon);
  rule_for(rules::Kind::temporary).stated_end = rules::StatedEnd::required;
  rule_for(rules::Kind::secondary).stated_end = rules::StatedEnd::none;
  rules::File stay = world.file(rules::Kind::temporary);
  expect_refused(stay);
  stay.until = day;
  must(world.act(anna, stay));
  expect_refused(rules::Renew{stay.id, {}});
  must(world.act(anna, rules::Renew{stay.id, day + std::chrono::months{1}}));
  rules::File second = world.file(rules::Kind::secondary);
  second.until = day;
  expect_refused(second);
  second.until.reset();
  must(world.act(anna, second));
  expect_refused(rules::Renew{second.id, day});
  must(world.act(anna, rules::End{stay.id, day}));
  rule_for(rules::Kind::temporary).stated_end = rules::StatedEnd::none;
  EXPECT_TRUE(must(world.act(anna, rules::Undo{stay.id})).registration->until) << "an undo puts back what was";
}

TEST_F(Registrations, AStolenSessionMovesEndsAndErasesNothingOnceItIsAQuarterOfAnHourOld) {
  auto const session = world.anna();
  rules::File const home = world.file();
  must(world.act(session, home));
  rules::File const stay = world.file(rules::Kind::secondary, "Gasthof");
  must(world.act(session, stay));
  base::Date const today = base::day_of(world.clock.now());
  base::Date const yesterday{std::chrono::sys_days{today} - std::chrono::days{1}};
  rules::Command const takes_fresh[] = {
      rules::Move{home.id, new_registration_id(world.random), test::address("Sonnenallee 2"), today},
      rules::End{home.id, today},
      rules::MakeMain{stay.id, rules::KeepAsSecondary{}},
      rules::Correct{home.id, test::address("Invalidenstr. 1a"), {}},
      rules::Undo{home.id},
      world.file()};
  rules::Command const does_not[] = {rules::Confirm{home.id}, rules::Correct{home.id, home.address, yesterday},
                                     rules::Renew{stay.id, {}}, world.file(rules::Kind::temporary, "Pension")};
  RecordState const before = world.state(session);
  world.clock.pass(fresh_sign_in);
  for (rules::Command const& command : takes_fresh) {
    auto const refused = world.act(session, command);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::errc::stale_sign_in);
  }
  EXPECT_EQ(world.state(session), before);
  for (rules::Command const& command : does_not) {
    auto const done = world.act(session, command);
    EXPECT_TRUE(done) << done.error().detail;
  }
  EXPECT_TRUE(world.act(world.anna(), takes_fresh[0])) << "who signed in once more";
}

}  // namespace
}  // namespace abode::service
