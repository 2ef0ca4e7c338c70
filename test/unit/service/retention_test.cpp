// Everything that the inventory gives a time goes at that time: there a second before, gone at the second itself.
#include "service/retention.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "rules/retention.hpp"
#include "service/data_inventory.hpp"
#include "service/invitations.hpp"
#include "service/printed_codes.hpp"
#include "service/roles.hpp"
#include "unit/service/full_record.hpp"

namespace abode::service {
namespace {

using test::must;
using test::noon;

constexpr std::chrono::seconds second{1};
base::Time const monday = base::parse_time("2026-11-16T00:00:00Z").value();  // of the week of noon

class Retention : public ::testing::Test {
 protected:
  Retention() {
    test::fill_record(world);
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      auto const notices = t.notices(anna.record(), 1'000'000, 100);
      EXPECT_EQ(notices.size(), 7u);
      t.mark_notices_read(anna.record(), notices.back().seq);  // the older one
      SignedIn const session = open_session(world.context, t, anna.record(), ports::SignInProof::test_name);
      token = ports::hash_of(session.token);
      t.put_invitation({invitation, ports::OfficialId{"clerk-school"}, noon + invitation_life});
      t.put_role_proposal({ports::OfficialId{"clerk-school"}, 1, {}, noon, noon + role_proposal_life});
      return 0;
    }));
  }

  template <class Look>
  bool seen(Look look) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<bool> { return look(s); }));
  }
  void run_job_at(base::Time now) {
    world.clock.set(now);
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      keep_retention(world.context, t, 100);
      return 0;
    }));
  }
  bool has_notice(bool read) {
    return seen([&](ports::Snapshot& s) {
      auto const all = s.notices(anna.record(), 1'000'000, 100);
      return std::any_of(all.begin(), all.end(), [&](auto const& notice) { return notice.read == read; });
    });
  }

  bool is_a_passkey_being_removed() {
    return seen([&](ports::Snapshot& s) {
      auto const all = s.passkeys(anna.record());
      return std::any_of(all.begin(), all.end(), [](auto const& one) { return one.good_until.has_value(); });
    });
  }

  /// When the clock of this kind of row began, and how to see whether it is there.
  struct Row {
    base::Time from;
    std::function<bool()> is_there;
  };

  test::World world;
  ports::HolderSession anna = world.anna();
  base::Hash token{};
  std::chrono::days const lasting = world.profile.lasting_proof_life;
  base::Hash const invitation{7};
  /// By the beginning of DataItem::where. Rows of one kind go together.
  std::map<std::string, Row> rows{
      {"abode.db session.",
       {noon + session_idle_life,
        [&] { return seen([&](ports::Snapshot& s) { return s.session(token).has_value(); }); }}},
      {"abode.db record.", {noon, [&] { return !world.row(anna.record()).requests.empty(); }}},
      {"abode.db official.",
       {noon,
        [&] {
          return seen(
              [](ports::Snapshot& s) { return !s.official(ports::OfficialId{"clerk-school"})->requests.empty(); });
        }}},
      {"abode.db opening_code.",
       {noon + move_invitation_life,
        [&] { return seen([&](ports::Snapshot& s) { return !s.opening_codes(anna.record()).empty(); }); }}},
      {"code",
       {noon + move_invitation_life,
        [&] { return seen([&](ports::Snapshot& s) { return !s.opening_codes(anna.record()).empty(); }); }}},
      {"abode.db printed_code.",
       {noon + credential_hold,
        [&] {
          return seen([&](ports::Snapshot& s) {
            auto const codes = s.printed_codes(anna.record());
            return std::any_of(codes.begin(), codes.end(),
                               [](auto const& code) { return code.good_until.has_value(); });
          });
        }}},
      {"abode.db passkey.", {noon + credential_hold, [&] { return is_a_passkey_being_removed(); }}},
      {"passkey ", {noon + credential_hold, [&] { return is_a_passkey_being_removed(); }}},
      {"abode.db contact.",
       {noon, [&] { return seen([&](ports::Snapshot& s) { return s.contacts(anna.record()).size() > 1; }); }}},
      {"abode.db outbox.",
       {noon, [&] { return seen([&](ports::Snapshot& s) { return !s.outbox(anna.record()).empty(); }); }}},
      {"abode.db invitation.",
       {noon + invitation_life,
        [&] { return seen([&](ports::Snapshot& s) { return s.invitation(invitation).has_value(); }); }}},
      {"abode.db role_proposal.",
       {noon + role_proposal_life,
        [&] { return seen([](ports::Snapshot& s) { return !s.role_proposals().empty(); }); }}},
      {"abode.db opening_count.",
       {monday, [&] { return seen([](ports::Snapshot& s) { return !s.opening_counts(monday, noon).empty(); }); }}},
      {"abode.db letter.",
       {noon + letter_wish_life,
        [&] { return seen([&](ports::Snapshot& s) { return !s.letters(anna.record()).empty(); }); }}},
      {"abode.db proof.",
       {noon + lasting, [&] { return seen([&](ports::Snapshot& s) { return !s.proofs(anna.record()).empty(); }); }}},
      {"proof ",
       {noon + lasting, [&] { return seen([&](ports::Snapshot& s) { return !s.proofs(anna.record()).empty(); }); }}},
      {"abode.db status_list.",
       {noon + lasting, [&] { return seen([](ports::Snapshot& s) { return !s.status_lists().empty(); }); }}},
      {"abode.db status_place.",
       {noon + lasting, [&] { return seen([](ports::Snapshot& s) { return !s.status_lists().empty(); }); }}},
      {"abode.db notice.", {noon, [&] { return has_notice(true); }}},
  };
};

TEST_F(Retention, EachRowOfTheInventoryGoesAtItsTimeAndNotASecondBefore) {
  std::map<base::Time, std::vector<std::string>> schedule;
  for (DataItem const& item : data_inventory()) {
    if (item.expiry.end != End::on_time) continue;
    auto const found =
        std::find_if(rows.begin(), rows.end(), [&](auto const& row) { return item.where.starts_with(row.first); });
    ASSERT_NE(found, rows.end()) << item.where << " has a time, but no test shows that it goes";
    schedule[found->second.from + item.expiry.after].push_back(found->first);
  }
  ASSERT_EQ(schedule.size(), 9u) << "sessions, sheets, passkeys and contacts, requests and mails, invitations and "
                                    "proposals, codes, letters, notices and lists of statuses, counts, proofs";
  for (auto const& [when, names] : schedule) {
    run_job_at(when - second);
    for (std::string const& name : names) EXPECT_TRUE(rows.at(name).is_there()) << name << " went too soon";
    run_job_at(when);
    for (std::string const& name : names) EXPECT_FALSE(rows.at(name).is_there()) << name << " stayed too long";
  }
}

TEST_F(Retention, ANoticeThatNobodyReadStaysForThreeYears) {
  run_job_at(noon + ports::unread_notice_lifetime - second);
  EXPECT_TRUE(has_notice(false));
  run_job_at(noon + ports::unread_notice_lifetime);
  EXPECT_FALSE(has_notice(false));
}

TEST_F(Retention, NothingOfTheRecordItselfGoesByTimeAloneG2) {
  RecordState const before = world.state(anna);
  auto const entries = world.entries(anna.record()).size();
  run_job_at(noon + std::chrono::days{365 * 50});
  EXPECT_EQ(world.state(anna), before);
  EXPECT_EQ(world.entries(anna.record()).size(), entries);
}

TEST_F(Retention, EndedRegistrationsAndPastUndosGoWithTheHoldersNextAct) {
  auto const ended = [&] {
    auto const& all = world.state(anna).residence.registrations;
    return std::count_if(all.begin(), all.end(), [](auto const& registration) { return !registration.active(); });
  };
  for (DataItem const& item : data_inventory())
    if (item.expiry.end == End::on_next_act) {
      EXPECT_TRUE(item.expiry.after == rules::undo_window || item.expiry.by_profile)
          << item.where << " has a time of its own, but no test";
    }
  std::size_t const undoable = world.state(anna).residence.undoable.size();
  ASSERT_EQ(undoable, 4u);
  world.clock.set(noon + rules::undo_window);
  must(world.act(anna, world.file(rules::Kind::secondary, "Two")));
  EXPECT_EQ(world.state(anna).residence.undoable.size(), undoable + 1) << "72 hours to the last second";
  world.clock.pass(second);
  must(world.act(anna, world.file(rules::Kind::secondary, "Three")));
  EXPECT_EQ(world.state(anna).residence.undoable.size(), 2u);

  ASSERT_EQ(ended(), 1);
  world.clock.set(noon + world.context.profile().retention.ended_registrations - second);
  must(world.act(anna, world.file(rules::Kind::secondary, "Four")));
  EXPECT_EQ(ended(), 1);
  world.clock.pass(second);
  must(world.act(anna, world.file(rules::Kind::secondary, "Five")));
  EXPECT_EQ(ended(), 0);
  world.sequence();
  world.close_epoch();
  auto const bundle = must(
      test::read(*world.store, [&](ports::Snapshot& s) { return export_history(world.context, world.log, s, anna); }));
  EXPECT_EQ(log::audit(bundle, world.log.key).verdict, log::AuditVerdict::accepted) << "and no entry misses it";
}

}  // namespace
}  // namespace abode::service
