// The contract on the officials' side: who there is, roles that wait for their second person, and counts of openings.
#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using ports::OfficialId;
using ports::OpeningCountRow;
using ports::RoleProposalRow;

std::vector<std::string> names_of(Store& store) {
  return seen(store, [](Snapshot& s) {
    std::vector<std::string> names;
    for (auto const& row : s.officials()) names.push_back(row.id.value());
    return names;
  });
}

std::vector<RoleProposalRow> proposals_in(Store& store) {
  return seen(store, [](Snapshot& s) { return s.role_proposals(); });
}

std::vector<OpeningCountRow> counts_in(Store& store, std::int64_t from, std::int64_t before) {
  return seen(store, [=](Snapshot& s) { return s.opening_counts(at(from), at(before)); });
}

TEST_P(StoreContract, ListsTheOfficialsByTheirAccounts) {
  auto const store = make();
  ports::OfficialRow const clerk = official_row("clerk", RecordId{3}, 2);
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_official(official_row("zoe", RecordId{3}, 0));
                    t.put_official(clerk);
                    EXPECT_EQ(t.officials().size(), 2U) << "a transaction sees its own writes";
                  }),
            ok);
  EXPECT_EQ(names_of(*store), (std::vector<std::string>{"clerk", "zoe"}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.officials().front(); }), clerk);
}

TEST_P(StoreContract, KeepsOneProposalOfAnOfficialAndARole) {
  auto const store = make();
  RoleProposalRow const first = proposal_row("b", 2, at(500));
  RoleProposalRow const other = proposal_row("b", 1, at(600));
  RoleProposalRow newer = first;
  newer.proposed_by = std::nullopt;
  newer.expires_at = at(900);
  RoleProposalRow const somebody = proposal_row("a", 3, at(700));
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (auto const& row : {first, other, somebody, newer}) t.put_role_proposal(row);
                    EXPECT_EQ(t.role_proposals().size(), 3U) << "a transaction sees its own writes";
                  }),
            ok);
  EXPECT_EQ(proposals_in(*store), (std::vector{somebody, other, newer}));
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.remove_role_proposal(OfficialId{"b"}, 1);
                    t.remove_role_proposal(OfficialId{"c"}, 1);  // is not there: nothing happens
                  }),
            ok);
  EXPECT_EQ(proposals_in(*store), (std::vector{somebody, newer}));
}

TEST_P(StoreContract, ProposalsGoWhenTheirTimeIsOver) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (std::int64_t n = 0; n < 4; ++n)
                      t.put_role_proposal(proposal_row("o", static_cast<std::uint64_t>(n), at(100 + n)));
                    t.sweep(at(102), 2);
                  }),
            ok);
  EXPECT_EQ(proposals_in(*store), (std::vector{proposal_row("o", 2, at(102)), proposal_row("o", 3, at(103))}))
      << "at most two at once, the oldest first";
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(102), 2); }), ok);
  EXPECT_EQ(proposals_in(*store), (std::vector{proposal_row("o", 3, at(103))}));
}

TEST_P(StoreContract, AddsUpOpeningsByWeekOfficeAndPurpose) {
  auto const store = make();
  ASSERT_EQ(
      write(*store,
            [&](Transaction& t) {
              for (auto const& [week, purpose, openings] :
                   {std::tuple{2U, "tax", 1U}, {1U, "tax", 0U}, {2U, "school", 5U}, {2U, "tax", 3U}, {3U, "tax", 7U}})
                t.add_to_opening_count(count_row(week, purpose, openings));
              EXPECT_EQ(t.opening_counts(at(0), at(9'999'999)).size(), 4U) << "a transaction sees its own writes";
            }),
      ok);
  EXPECT_EQ(counts_in(*store, 0, 9'999'999), (std::vector{count_row(1, "tax", 0), count_row(2, "school", 5),
                                                          count_row(2, "tax", 4), count_row(3, "tax", 7)}));
  auto const from = count_row(2, "", 0).week.time_since_epoch().count();
  auto const before = count_row(3, "", 0).week.time_since_epoch().count();
  EXPECT_EQ(counts_in(*store, from, before), (std::vector{count_row(2, "school", 5), count_row(2, "tax", 4)}))
      << "from the first week on, without the last";
}

TEST_P(StoreContract, CountsOfOpeningsGoAfterTheirTime) {
  auto const store = make();
  base::Time const over = count_row(2, "", 0).week + ports::opening_count_lifetime;
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (std::uint64_t week = 1; week <= 3; ++week) t.add_to_opening_count(count_row(week, "tax", 1));
                    t.sweep(over - std::chrono::seconds{1}, 10);
                    EXPECT_EQ(t.opening_counts(at(0), at(9'999'999)).size(), 2U);
                    t.sweep(over, 10);
                  }),
            ok);
  EXPECT_EQ(counts_in(*store, 0, 9'999'999), (std::vector{count_row(3, "tax", 1)}));
}

}  // namespace
}  // namespace abode::contract
