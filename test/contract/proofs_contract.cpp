// Proofs, and the lists of their statuses: kept, and swept.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

TEST_P(StoreContract, KeepsProofsByPerson) {
  auto const store = make();
  ProofRow first = proof_row(RecordId{7}, 3, at(100));
  ProofRow const second = proof_row(RecordId{7}, 4, at(200));
  ProofRow const other = proof_row(RecordId{8}, 3, at(100));
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (ProofRow const& row : {second, first, other}) t.put_proof(row);
                    EXPECT_EQ(t.proofs(RecordId{7}), (std::vector{first, second})) << "its own writes";
                  }),
            ok);
  first.sealed = blob("withdrawn");
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_proof(first); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.proofs(RecordId{7}); }), (std::vector{first, second}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.proofs(RecordId{8}); }), std::vector{other});
}

TEST_P(StoreContract, SweepsProofsAWeekAfterTheirEnd) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    for (std::uint64_t seq = 1; seq <= 4; ++seq)
                      t.put_proof(proof_row(RecordId{7}, seq, at(1000 - static_cast<std::int64_t>(seq))));
                    t.sweep(at(998) + proof_afterlife, 2);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.proofs(RecordId{7}); }),
            (std::vector{proof_row(RecordId{7}, 1, at(999)), proof_row(RecordId{7}, 2, at(998))}));
}

TEST_P(StoreContract, KeepsThePlacesOfStatusListsApart) {
  auto const store = make();
  StatusListRow const list{5, 3, 1, at(100)};
  StatusListRow const other{1, 9, 0, at(200)};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_status_list(list);
                    t.put_status_list(other);
                    t.put_status_place({5, 40, true});
                    t.put_status_place({5, 7, true});
                    t.put_status_place({5, 8, false});
                    t.put_status_place({1, 7, false});
                    EXPECT_EQ(t.revoked_places(5), (std::vector<std::uint64_t>{7, 40})) << "its own writes";
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.status_lists(); }), (std::vector{other, list}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.status_place(5, 7); }), (StatusPlaceRow{5, 7, true}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.status_place(1, 7); }), (StatusPlaceRow{1, 7, false}));
  EXPECT_FALSE(seen(*store, [](Snapshot& s) { return s.status_place(1, 8); }));
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_status_place({1, 7, true}); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.revoked_places(1); }), std::vector<std::uint64_t>{7});
}

TEST_P(StoreContract, SweepsAStatusListOnceNoProofNeedsItAndItsPlacesFirst) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_status_list({1, 3, 0, at(100)});
                    t.put_status_list({2, 1, 0, at(101)});
                    for (std::uint64_t const place : {1U, 2U, 3U}) t.put_status_place({1, place, true});
                    t.put_status_place({2, 1, true});
                    t.sweep(at(99), 100);
                    EXPECT_EQ(t.status_lists().size(), 2U);
                    t.sweep(at(100), 2);
                    EXPECT_EQ(t.revoked_places(1), std::vector<std::uint64_t>{3});
                    EXPECT_EQ(t.status_lists().size(), 2U) << "a list goes after its places";
                    t.sweep(at(100), 2);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.status_lists(); }), (std::vector{StatusListRow{2, 1, 0, at(101)}}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.revoked_places(2).size(); }), 1U);
}

}  // namespace
}  // namespace abode::contract
