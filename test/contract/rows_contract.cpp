// Every row of the store: written, read back, changed, found by what it is looked up by, and swept.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

TEST_P(StoreContract, IsEmptyAtFirst) {
  auto const store = make();
  auto const outcome = store->read([](Snapshot& snapshot) -> base::result<void> {
    EXPECT_FALSE(snapshot.record(RecordId{1}));
    EXPECT_FALSE(snapshot.key(RecordId{1}));
    EXPECT_FALSE(snapshot.entry(RecordId{1}, 0));
    EXPECT_TRUE(snapshot.entries(RecordId{1}, newest, everything).empty());
    EXPECT_TRUE(snapshot.notices(RecordId{1}, newest, everything).empty());
    EXPECT_TRUE(snapshot.contacts(RecordId{1}).empty());
    EXPECT_TRUE(snapshot.outbox(RecordId{1}).empty());
    EXPECT_TRUE(snapshot.outbox_due(at(newest >> 2), everything).empty());
    EXPECT_FALSE(snapshot.session(hash(1)));
    EXPECT_TRUE(snapshot.sessions(RecordId{1}).empty());
    EXPECT_TRUE(snapshot.erasures_due(at(newest >> 2), everything).empty());
    EXPECT_FALSE(snapshot.official(OfficialId{"clerk-school"}));
    EXPECT_TRUE(snapshot.officials().empty());
    EXPECT_TRUE(snapshot.role_proposals().empty());
    EXPECT_TRUE(snapshot.opening_counts(at(0), at(newest >> 2)).empty());
    EXPECT_FALSE(snapshot.opening_code(hash(1)));
    EXPECT_TRUE(snapshot.opening_codes(RecordId{1}).empty());
    EXPECT_FALSE(snapshot.card(hash(1)));
    EXPECT_TRUE(snapshot.cards_to_issue(RecordId{0}, everything).empty());
    EXPECT_FALSE(snapshot.printed_code(hash(1)));
    EXPECT_TRUE(snapshot.printed_codes(RecordId{1}).empty());
    EXPECT_TRUE(snapshot.letters(RecordId{1}).empty());
    EXPECT_TRUE(snapshot.letters_to_make(RecordId{0}, 0, everything).empty());
    EXPECT_TRUE(snapshot.proofs(RecordId{1}).empty());
    EXPECT_TRUE(snapshot.status_lists().empty());
    EXPECT_FALSE(snapshot.status_place(1, 1));
    EXPECT_TRUE(snapshot.revoked_places(1).empty());
    EXPECT_FALSE(snapshot.passkey(hash(1)));
    EXPECT_TRUE(snapshot.passkeys(RecordId{1}).empty());
    EXPECT_FALSE(snapshot.staff_passkey(hash(1)));
    EXPECT_TRUE(snapshot.staff_passkeys(OfficialId{"clerk-7"}).empty());
    EXPECT_TRUE(snapshot.official_sessions(OfficialId{"clerk-7"}).empty());
    EXPECT_FALSE(snapshot.invitation(hash(1)));
    EXPECT_FALSE(snapshot.office_book("school-office"));
    EXPECT_FALSE(snapshot.record_of_document(hash(1)));
    EXPECT_FALSE(snapshot.record_at_position(0));
    EXPECT_EQ(snapshot.record_count(), 0U);
    EXPECT_EQ(snapshot.log_state(), LogState{});
    EXPECT_FALSE(snapshot.pending_batch());
    EXPECT_TRUE(snapshot.queued_leaves(everything).empty());
    EXPECT_FALSE(snapshot.leaf_index(RecordId{1}, 0));
    return {};
  });
  EXPECT_TRUE(outcome);
}

TEST_P(StoreContract, KeepsRecordsWithTheirKeys) {
  auto const store = make();
  RecordId const first = add_record(*store, 0);
  RecordId const second = add_record(*store, 41);
  EXPECT_NE(first, second);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(first); }), record_row(first, 0));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(second); }), record_row(second, 41));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(first); }), key_of(0));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(second); }), key_of(41));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_at_position(41); }), second);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_at_position(42); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_count(); }), 2U);
}

TEST_P(StoreContract, KeepsAll64BitsOfNumbers) {
  auto const store = make();
  RecordRow row = record_row(RecordId{}, newest - 1);
  row.version = newest;
  row.entries = newest - 2;
  row.last_at = at(-62'135'596'800);  // the year 1
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    row.id = t.new_record_id();
                    t.add_record(row, key_of(1));
                  }),
            ok);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.record(row.id); }), row);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_at_position(newest - 1); }), row.id);
}

TEST_P(StoreContract, KeepsEmptyBlobsAndTexts) {
  auto const store = make();
  RecordRow row = record_row(RecordId{}, 1);
  row.sealed_state.clear();
  OfficialRow const official{OfficialId{"o"}, "", "", RecordId{}, 0, at(0), {}};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    row.id = t.new_record_id();
                    t.add_record(row, WrappedKey{});
                    t.put_official(official);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.record(row.id); }), row);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.key(row.id); }), WrappedKey{});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.official(OfficialId{"o"}); }), official);
}

TEST_P(StoreContract, UpdatesOneRecord) {
  auto const store = make();
  RecordId const id = add_record(*store, 5);
  RecordId const other = add_record(*store, 6);
  RecordRow row = record_row(id, 5);
  row.version = 4;
  row.entries = 3;
  row.last = hash(99);
  row.last_at = at(2'000'000);
  row.state_tag = hash(98);
  row.sealed_state = {9, 9};
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.update_record(row); }), ok);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(id); }), row);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(other); }), record_row(other, 6));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(id); }), key_of(5));
}

TEST_P(StoreContract, ListsEntriesNewestFirst) {
  auto const store = make();
  RecordId const id = add_record(*store, 1);
  RecordId const other = add_record(*store, 2);
  add_entries(*store, id, 0, 10);
  add_entries(*store, other, 0, 3);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.entry(id, 4); }), entry_row(id, 4));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.entry(id, 10); }), std::nullopt);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.entries(id, newest, 2); }),
            (std::vector{entry_row(id, 9), entry_row(id, 8)}));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.entries(id, 8, 2); }),
            (std::vector{entry_row(id, 7), entry_row(id, 6)}));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.entries(id, 1, 5); }), (std::vector{entry_row(id, 0)}));
  EXPECT_TRUE(seen(*store, [=](Snapshot& s) { return s.entries(id, 0, 5); }).empty());
  EXPECT_TRUE(seen(*store, [=](Snapshot& s) { return s.entries(id, newest, 0); }).empty());
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.entries(other, newest, everything); }).size(), 3U);
}

TEST_P(StoreContract, MarksNoticesRead) {
  auto const store = make();
  RecordId const id{7};
  ASSERT_EQ(write(*store,
                  [=](Transaction& t) {
                    for (std::uint64_t seq : {2U, 3U, 5U}) t.add_notice({id, seq, false, at(5)});
                    t.add_notice({RecordId{8}, 3, false, at(6)});
                    t.mark_notices_read(id, 3);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.notices(id, newest, everything); }),
            (std::vector<NoticeRow>{{id, 5, false, at(5)}, {id, 3, true, at(5)}, {id, 2, true, at(5)}}));
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.notices(id, 5, 1); }),
            (std::vector<NoticeRow>{{id, 3, true, at(5)}}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.notices(RecordId{8}, newest, 1); }),
            (std::vector<NoticeRow>{{RecordId{8}, 3, false, at(6)}}));
  ASSERT_EQ(write(*store, [=](Transaction& t) { t.mark_notices_read(id, newest); }), ok);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.notices(id, newest, 1); }),
            (std::vector<NoticeRow>{{id, 5, true, at(5)}}));
}

TEST_P(StoreContract, KeepsSessionsUntilRemoved) {
  auto const store = make();
  SessionRow const person = session_row(1, at(100));
  SessionRow const official{hash(2), Subject::official, RecordId{}, OfficialId{"clerk-school"}, at(200)};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_session(person);
                    t.add_session(official);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.session(hash(1)); }), person);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.session(hash(2)); }), official);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.sessions(RecordId{7}); }), (std::vector{person}));
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.sessions(RecordId{}); }).empty()) << "officials have no record";
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    t.remove_session(hash(1));
                    t.remove_session(hash(77));  // is not there: nothing happens
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.session(hash(1)); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.session(hash(2)); }), official);
}

TEST_P(StoreContract, MovesTheEndOfASessionAndNothingElse) {
  auto const store = make();
  SessionRow moved = session_row(1, at(100));
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_session(moved);
                    t.add_session(session_row(2, at(150)));
                    t.extend_session(hash(1), at(170));
                    t.extend_session(hash(77), at(170));  // is not there: nothing happens
                  }),
            ok);
  moved.expires_at = at(170);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.sessions(RecordId{7}); }),
            (std::vector{session_row(2, at(150)), moved}))
      << "the one that ends first before the others";
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.session(hash(77)); }), std::nullopt);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(160), 10); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.sessions(RecordId{7}); }), (std::vector{moved}));
}

TEST_P(StoreContract, PutsOfficialsOverOldOnes) {
  auto const store = make();
  OfficialRow row{OfficialId{"clerk-school"}, "A. Clerk", "School office", RecordId{3}, 0, at(5), {}};
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_official(row); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.official(OfficialId{"clerk-school"}); }), row);
  row.misses = 4;
  row.misses_since = at(50);
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_official(row); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.official(OfficialId{"clerk-school"}); }), row);
}

TEST_P(StoreContract, FindsTheBookOfAnOfficeByItsOfficials) {
  auto const store = make();
  OfficialRow school = official_row("a", RecordId{3}, 0);
  school.office = "school";
  OfficialRow civic = official_row("b", RecordId{4}, 0);
  civic.office = "civic";
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_official(school);
                    t.put_official(civic);
                    EXPECT_EQ(t.office_book("civic"), RecordId{4}) << "a transaction sees its own writes";
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.office_book("school"); }), RecordId{3});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.office_book("sch"); }), std::nullopt);
}

TEST_P(StoreContract, FindsGuardianshipsByIdAndFromEitherSide) {
  auto const store = make();
  auto const one = guardianship_row("B", RecordId{7}, RecordId{8});
  auto const two = guardianship_row("A", RecordId{7}, RecordId{9});
  auto const three = guardianship_row("C", RecordId{6}, RecordId{8});
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (GuardianshipRow const& row : {one, two, three}) t.add_guardianship(row);
                    EXPECT_EQ(t.guardianship(one.id), one) << "a transaction sees its own writes";
                  }),
            ok);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.guardianship(two.id); }), two);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.guardianship(base::GuardianshipId{"D"}); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.guardianships_over(RecordId{7}); }), (std::vector{two, one}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.guardianships_of(RecordId{8}); }), (std::vector{one, three}));
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.guardianships_over(RecordId{8}); }).empty());
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.guardianships_of(RecordId{7}); }).empty());
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.remove_guardianship(one.id);
                    t.remove_guardianship(base::GuardianshipId{"D"});
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.guardianships_over(RecordId{7}); }), std::vector{two});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.guardianships_of(RecordId{8}); }), std::vector{three});
}

TEST_P(StoreContract, PutsCardsOverOldOnes) {
  auto const store = make();
  CardRow card = card_row(1, RecordId{7}, true);
  CardRow const other = card_row(5, RecordId{8}, true);
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_card(card);
                    t.put_card(other);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.card(hash(1)); }), card);
  card.used_by = hash(77);
  card.used_at = at(1'999'999);
  card.misses = newest;
  card.missed_at = at(2'000'000);
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_card(card);
                    EXPECT_EQ(t.card(hash(1)), card) << "a transaction sees its own writes";
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.card(hash(1)); }), card);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.card(hash(5)); }), other);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.card(hash(2)); }), std::nullopt);
}

// A wrong guess is counted although it is refused: only a use case that fails takes its writes back.
TEST_P(StoreContract, TakesACardsCounterBackOnlyWithItsUseCase) {
  auto const store = make();
  CardRow card = card_row(1, RecordId{7}, true);
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_card(card); }), ok);
  CardRow counted = card;
  counted.misses += 1;
  auto const failed = store->write_and_wait([counted](Transaction& t) -> base::result<void> {
    t.put_card(counted);
    return base::fail(errc::conflict, "Not this time.");
  });
  EXPECT_FALSE(failed);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.card(hash(1)); }), card);
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_card(counted); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.card(hash(1)); }), counted);
}

TEST_P(StoreContract, ListsCardsThatWaitForACodeInTheOrderOfTheirRecords) {
  auto const store = make();
  CardRow const late = card_row(1, RecordId{30}, false);
  CardRow const early = card_row(2, RecordId{10}, false);
  CardRow middle = card_row(3, RecordId{20}, false);
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (CardRow const& row : {late, early, middle, card_row(9, RecordId{15}, true)}) t.put_card(row);
                  }),
            ok);
  auto const waiting = [&](RecordId after, std::size_t limit) {
    return seen(*store, [=](Snapshot& s) { return s.cards_to_issue(after, limit); });
  };
  EXPECT_EQ(waiting(RecordId{0}, everything), (std::vector{early, middle, late}));
  EXPECT_EQ(waiting(RecordId{0}, 2), (std::vector{early, middle}));
  EXPECT_EQ(waiting(RecordId{10}, 1), (std::vector{middle}));
  EXPECT_TRUE(waiting(RecordId{30}, 1).empty());
  middle.issued = true;
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_card(middle); }), ok);
  EXPECT_EQ(waiting(RecordId{0}, everything), (std::vector{early, late}));
}

TEST_P(StoreContract, KeepsOneInvitationOfAnOfficialUntilItIsUsedOrOver) {
  auto const store = make();
  InvitationRow const first{hash(1), OfficialId{"a"}, at(100)};
  InvitationRow const second{hash(2), OfficialId{"a"}, at(200)};
  InvitationRow const other{hash(3), OfficialId{"b"}, at(100)};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_invitation(first);
                    t.put_invitation(other);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.invitation(hash(1)); }), first);
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.put_invitation(second); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.invitation(hash(1)); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.invitation(hash(2)); }), second);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(99), everything); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.invitation(hash(3)); }), other);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(100), everything); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.invitation(hash(3)); }), std::nullopt);
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    t.remove_invitation(hash(2));
                    t.remove_invitation(hash(77));  // is not there: nothing happens
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.invitation(hash(2)); }), std::nullopt);
}

TEST_P(StoreContract, KeepsOpeningCodesAndTheirUse) {
  auto const store = make();
  OpeningCodeRow first = code_row(3, at(100));
  OpeningCodeRow const second = code_row(9, at(100));
  OpeningCodeRow foreign = code_row(1, at(100));
  foreign.record = RecordId{8};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_opening_code(second);
                    t.add_opening_code(first);
                    t.add_opening_code(foreign);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.opening_codes(RecordId{7}); }), (std::vector{first, second}));
  first.used_by = hash(1234);
  first.revoked = true;
  first.expires_at = at(77);
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.update_opening_code(first); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.opening_code(hash(3)); }), first);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.opening_code(hash(9)); }), second);
}

TEST_P(StoreContract, KeepsRequestsWithWhoMadeThem) {
  auto const store = make();
  RecordId const id = add_record(*store, 0);
  RecordRow row = record_row(id, 0);
  row.requests = {request_row(5, at(10)), request_row(6, at(11))};
  OfficialRow official = official_row("clerk-school", id, 0);
  official.requests = {request_row(7, at(12))};
  ASSERT_EQ(write(*store,
                  [=](Transaction& t) {
                    t.update_record(row);
                    t.put_official(official);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(id); }), row);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.official(OfficialId{"clerk-school"}); }), official);
}

TEST_P(StoreContract, FindsDocuments) {
  auto const store = make();
  ASSERT_EQ(write(*store, [](Transaction& t) { t.index_document(hash(6), RecordId{7}); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_of_document(hash(6)); }), RecordId{7});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_of_document(hash(5)); }), std::nullopt);
}

TEST_P(StoreContract, SweepsEachKindAtItsOwnAge) {
  auto const store = make();
  base::Time const now = at(100'000'000);
  auto const second = std::chrono::seconds{1};
  auto const requests_until = now - request_lifetime;
  auto const codes_until = now - opening_code_afterlife;
  OpeningCodeRow used = code_row(3, codes_until);
  used.used_by = hash(1);
  OpeningCodeRow revoked = code_row(4, now);
  revoked.revoked = true;
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_session(session_row(1, now));
                    t.add_session(session_row(2, now + second));
                    for (std::uint64_t n : {1u, 2u}) {
                      RecordRow row = record_row(t.new_record_id(), n);
                      row.requests = {request_row(1, at(0)),
                                      request_row(2, n == 1 ? requests_until : requests_until + second)};
                      t.add_record(row, key_of(n));
                      OfficialRow official = official_row(std::to_string(n), RecordId{7}, 0);
                      official.requests = row.requests;
                      t.put_official(official);
                    }
                    t.add_opening_code(code_row(1, codes_until));
                    t.add_opening_code(code_row(2, codes_until + second));
                    t.add_opening_code(used);
                    t.add_opening_code(revoked);
                    t.sweep(now, 100);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.session(hash(1)); }), std::nullopt);
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.session(hash(2)); }));
  for (std::uint64_t n : {1u, 2u}) {
    std::size_t const kept = n == 1 ? 0 : 2;
    EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(*s.record_at_position(n))->requests.size(); }), kept);
    EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.official(OfficialId{std::to_string(n)})->requests.size(); }),
              kept);
  }
  std::vector<std::uint64_t> left;
  for (auto const& code : seen(*store, [](Snapshot& s) { return s.opening_codes(RecordId{7}); }))
    left.push_back(code.seq);
  EXPECT_EQ(left, (std::vector<std::uint64_t>{2, 4}));
}

TEST_P(StoreContract, SweepsAtMostTheLimitOfEachOldestFirst) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    for (std::uint64_t n = 0; n < 10; ++n) {
                      t.add_session(session_row(n, at(static_cast<std::int64_t>(n))));
                      RecordRow row = record_row(t.new_record_id(), n);
                      row.requests = {request_row(1, at(static_cast<std::int64_t>(n)))};
                      t.add_record(row, key_of(n));
                      t.add_opening_code(code_row(n, at(static_cast<std::int64_t>(n))));
                    }
                  }),
            ok);
  for (std::uint64_t swept = 0; swept <= 12; swept += 3) {
    for (std::uint64_t n = 0; n < 10; ++n) {
      EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.session(hash(n)).has_value(); }), n >= swept);
      EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(*s.record_at_position(n))->requests.size(); }),
                n >= swept ? 1u : 0u);
      EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.opening_code(hash(n)).has_value(); }), n >= swept);
    }
    ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(100'000'000), 3); }), ok);
  }
}

// A use case that breaks a key is a bug, not an outcome.
TEST_P(StoreContract, StopsAtImpossibleWrites) {
  if (GetParam().twice) GTEST_SKIP() << "the same store beneath";
  GTEST_FLAG_SET(death_test_style, "fast");  // a fork, whose directory is the parent's to remove
  auto const dies = [this](auto const& use) {
    EXPECT_DEATH(
        {
          auto const store = make();
          RecordId const id = add_record(*store, 1);
          add_entries(*store, id, 0, 1);
          (void)write(*store, [&](Transaction& t) { use(t, id); });
        },
        "abode: fatal");
  };
  dies([](Transaction& t, RecordId id) { t.add_entry(entry_row(id, 0), false); });
  dies([](Transaction& t, RecordId) { t.add_record(record_row(t.new_record_id(), 1), key_of(1)); });
  dies([](Transaction& t, RecordId id) { t.update_record(record_row(RecordId{id.value() + 1}, 1)); });
  dies([](Transaction& t, RecordId) { t.update_opening_code(code_row(1, at(1))); });
}

TEST_P(StoreContract, ListsAndReplacesKeys) {
  auto const store = make();
  std::vector<RecordId> ids;
  for (std::uint64_t position = 1; position <= 4; ++position) ids.push_back(add_record(*store, position));
  auto const listed = seen(*store, [&](Snapshot& s) { return s.keys(ids[0], 2); });
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].record, ids[1]);
  EXPECT_EQ(listed[0].key, key_of(2));
  EXPECT_EQ(listed[1].record, ids[2]);

  EXPECT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.replace_key(ids[1], key_of(77));
                    t.replace_key(ids[1], key_of(78));
                    EXPECT_EQ(t.key(ids[1]), key_of(78)) << "its own write";
                  }),
            ok);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.key(ids[1]); }), key_of(78));
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.key(ids[2]); }), key_of(3));
  auto const refused = store->write_and_wait([&](Transaction& t) -> base::result<void> {
    t.replace_key(ids[2], key_of(79));
    return base::fail(errc::conflict, "No.");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.key(ids[2]); }), key_of(3)) << "undone with its use case";
}

}  // namespace
}  // namespace abode::contract
