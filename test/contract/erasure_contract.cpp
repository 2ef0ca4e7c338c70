// Erasure (G10): what goes, what stays, and when; and notices, which decide what may be erased.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

/// A record with entries, a published leaf, and a row of every kind that belongs to a person.
RecordId add_person(Store& store, std::uint64_t position) {
  RecordId const id = add_record(store, position);
  add_entries(store, id, 0, 3);
  EXPECT_EQ(write(store,
                  [=](Transaction& t) {
                    RecordRow row = record_row(id, position);
                    row.requests = {request_row(5, at(10))};
                    row.erasure_due = at(1000);
                    t.update_record(row);
                    t.add_notice({id, 1, true, at(5)});
                    SessionRow session = session_row(position, at(5000));
                    session.record = id;
                    t.add_session(session);
                    OpeningCodeRow code = code_row(position, at(5000));
                    code.record = id;
                    t.add_opening_code(code);
                    t.put_card(card_row(position, id, position % 2 == 0));
                    t.put_printed_code(printed_row(position, id));
                    t.put_letter(letter_row(id, 2, at(5000)));
                    t.put_letter(letter_row(id, 3, at(5000)));
                    t.put_passkey(passkey_row(position, id));
                    t.put_contact(contact_row(position, id));
                    t.queue_mail(mail_row(position, id));
                    t.queue_mail(mail_row(position, id, MailKind::confirm));
                    t.index_document(hash(position), id);
                    t.add_guardianship(guardianship_row("child-" + std::to_string(position), id, RecordId{900}));
                    t.add_guardianship(guardianship_row("guardian-" + std::to_string(position), RecordId{901}, id));
                  }),
            ok);
  return id;
}

void expect_whole(Store& store, RecordId id, std::uint64_t position) {
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.key(id); }), key_of(position));
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.record(id)->sealed_state; }),
            record_row(id, position).sealed_state);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.entry(id, 1); }), entry_row(id, 1));
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.notices(id, newest, everything).size(); }), 1U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.sessions(id).size(); }), 1U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.opening_codes(id).size(); }), 1U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.card(hash(position))->record; }), id);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.printed_codes(id).size(); }), 1U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.letters(id).size(); }), 2U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.passkeys(id).size(); }), 1U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.contacts(id).size(); }), 1U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.outbox(id).size(); }), 2U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.record_of_document(hash(position)); }), id);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.guardianships_over(id).size(); }), 1U);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.guardianships_of(id).size(); }), 1U);
}

void expect_erased(Store& store, RecordId id, std::uint64_t position, base::Time when) {
  RecordRow gone = record_row(id, position);
  gone.last_at = {};
  gone.state_tag = {};
  gone.sealed_state.clear();
  gone.erasure_due = at(1000);
  gone.erased_at = when;
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.record(id); }), gone);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.key(id); }), std::nullopt);
  for (std::uint64_t seq = 0; seq < 3; ++seq) {
    EntryRow left = entry_row(id, seq);
    left.sealed.clear();
    EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.entry(id, seq); }), left) << "the commitment stays";
  }
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.notices(id, newest, everything); }).empty());
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.sessions(id); }).empty());
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.session(hash(position)); }), std::nullopt);
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.opening_codes(id); }).empty());
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.opening_code(hash(position)); }), std::nullopt);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.card(hash(position)); }), std::nullopt);
  EXPECT_TRUE(seen(store, [](Snapshot& s) { return s.cards_to_issue(RecordId{0}, everything); }).empty());
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.printed_code(hash(position)); }), std::nullopt);
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.printed_codes(id); }).empty());
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.letters(id); }).empty());
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.passkey(hash(position)); }), std::nullopt);
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.passkeys(id); }).empty());
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.contacts(id); }).empty());
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.outbox(id); }).empty());
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.record_of_document(hash(position)); }), std::nullopt);
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.guardianships_over(id); }).empty());
  EXPECT_TRUE(seen(store, [=](Snapshot& s) { return s.guardianships_of(id); }).empty());
  for (char const* side : {"child-", "guardian-"})
    EXPECT_EQ(seen(store,
                   [=](Snapshot& s) {
                     return s.guardianship(base::GuardianshipId{side + std::to_string(position)}).has_value();
                   }),
              false);
  EXPECT_EQ(seen(store, [=](Snapshot& s) { return s.record_at_position(position); }), id) << "nobody else gets it";
}

TEST_P(StoreContract, ErasesOneRecordAndNothingOfAnother) {
  auto const store = make();
  RecordId const doomed = add_person(*store, 1);
  RecordId const other = add_person(*store, 2);
  ASSERT_EQ(write(*store,
                  [=](Transaction& t) {
                    t.erase(doomed, at(2000));
                    EXPECT_EQ(t.key(doomed), std::nullopt) << "within the transaction as well";
                    EXPECT_EQ(t.key(other), key_of(2));
                  }),
            ok);
  expect_erased(*store, doomed, 1, at(2000));
  expect_whole(*store, other, 2);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.record_count(); }), 2U);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.queued_leaves(everything).size(); }), 6U)
      << "its leaves go into the log all the same";
}

TEST_P(StoreContract, ErasesOnce) {
  auto const store = make();
  RecordId const doomed = add_person(*store, 1);
  ASSERT_EQ(write(*store, [=](Transaction& t) { t.erase(doomed, at(2000)); }), ok);
  ASSERT_EQ(write(*store, [=](Transaction& t) { t.erase(doomed, at(3000)); }), ok);
  expect_erased(*store, doomed, 1, at(2000));
}

TEST_P(StoreContract, ErasesARecordThatIsAsNewAsItsErasure) {
  auto const store = make();
  RecordId id{};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    id = t.new_record_id();
                    t.add_record(record_row(id, 1), key_of(1));
                    t.erase(id, at(2000));
                    EXPECT_EQ(t.key(id), std::nullopt);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(id); }), std::nullopt);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.record(id)->erased_at; }), at(2000));
}

TEST_P(StoreContract, WrapsNoDestroyedKeyAnew) {
  auto const store = make();
  RecordId const earlier = add_person(*store, 1);
  RecordId const later = add_person(*store, 2);
  RecordId const other = add_person(*store, 3);
  ASSERT_EQ(write(*store, [=](Transaction& t) { t.erase(earlier, at(2000)); }), ok);
  auto const listed = seen(*store, [](Snapshot& s) { return s.keys(RecordId{0}, everything); });
  ASSERT_EQ(listed.size(), 2U) << "a rotation does not meet it";
  EXPECT_EQ(listed[0].record, later);
  EXPECT_EQ(listed[1].record, other);
  ASSERT_EQ(write(*store,
                  [=](Transaction& t) {
                    t.replace_key(later, key_of(77));
                    t.erase(later, at(2000));
                    t.replace_key(later, key_of(78));
                    t.replace_key(earlier, key_of(79));
                    t.replace_key(other, key_of(80));
                    EXPECT_EQ(t.key(later), std::nullopt);
                  }),
            ok);
  for (RecordId gone : {earlier, later})
    EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(gone); }), std::nullopt);
  EXPECT_EQ(seen(*store, [=](Snapshot& s) { return s.key(other); }), key_of(80));
}

TEST_P(StoreContract, KeepsEverythingOfAnErasureThatFailed) {
  auto const store = make();
  RecordId const id = add_person(*store, 1);
  EXPECT_FALSE(store->write_and_wait([=](Transaction& t) -> base::result<void> {
    t.erase(id, at(2000));
    return base::fail(errc::too_late, "The time for this is over.");
  }));
  expect_whole(*store, id, 1);
}

TEST_P(StoreContract, TellsWhichErasuresAreDueTheLongestDueFirst) {
  auto const store = make();
  std::vector<RecordId> ids;
  for (std::uint64_t n = 0; n < 5; ++n) ids.push_back(add_record(*store, n));
  auto const wish = [&](std::size_t n, std::optional<base::Time> due) {
    RecordRow row = record_row(ids[n], n);
    row.erasure_due = due;
    EXPECT_EQ(write(*store, [=](Transaction& t) { t.update_record(row); }), ok);
  };
  wish(0, at(300));
  wish(1, at(100));
  wish(2, at(200));
  wish(3, at(100));
  wish(3, std::nullopt);  // taken back
  auto const due = [&](std::int64_t now, std::size_t limit) {
    return seen(*store, [=](Snapshot& s) { return s.erasures_due(at(now), limit); });
  };
  EXPECT_TRUE(due(99, everything).empty());
  EXPECT_EQ(due(100, everything), (std::vector{ids[1]}));
  EXPECT_EQ(due(300, everything), (std::vector{ids[1], ids[2], ids[0]}));
  EXPECT_EQ(due(300, 2), (std::vector{ids[1], ids[2]}));
  ASSERT_EQ(write(*store, [&](Transaction& t) { t.erase(ids[1], at(150)); }), ok);
  EXPECT_EQ(due(300, everything), (std::vector{ids[2], ids[0]})) << "what is done is not due";
}

TEST_P(StoreContract, RemovesAllOpeningCodesOfAPerson) {
  auto const store = make();
  OpeningCodeRow foreign = code_row(3, at(100));
  foreign.record = RecordId{8};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_opening_code(code_row(1, at(100)));
                    t.add_opening_code(code_row(2, at(100)));
                    t.add_opening_code(foreign);
                    t.remove_opening_codes(RecordId{7});
                  }),
            ok);
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.opening_codes(RecordId{7}); }).empty());
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.opening_code(hash(1)); }), std::nullopt);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.opening_codes(RecordId{8}).size(); }), 1U);
}

TEST_P(StoreContract, SweepsNoticesAtTheirAge) {
  auto const store = make();
  base::Time const now = at(200'000'000);
  auto const second = std::chrono::seconds{1};
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_notice({RecordId{7}, 1, true, now - read_notice_lifetime});
                    t.add_notice({RecordId{7}, 2, true, now - read_notice_lifetime + second});
                    t.add_notice({RecordId{7}, 3, false, now - unread_notice_lifetime});
                    t.add_notice({RecordId{7}, 4, false, now - unread_notice_lifetime + second});
                    t.sweep(now, 100);
                  }),
            ok);
  std::vector<std::uint64_t> left;
  for (NoticeRow const& notice : seen(*store, [](Snapshot& s) { return s.notices(RecordId{7}, newest, everything); }))
    left.push_back(notice.seq);
  EXPECT_EQ(left, (std::vector<std::uint64_t>{4, 2}));
}

TEST_P(StoreContract, SweepsAtMostTheLimitOfNotices) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    for (std::uint64_t n = 0; n < 6; ++n)
                      t.add_notice({RecordId{7}, n, n % 2 == 0, at(static_cast<std::int64_t>(n))});
                    t.sweep(at(200'000'000), 2);
                  }),
            ok);
  std::vector<std::uint64_t> left;
  for (NoticeRow const& notice : seen(*store, [](Snapshot& s) { return s.notices(RecordId{7}, newest, everything); }))
    left.push_back(notice.seq);
  EXPECT_EQ(left, (std::vector<std::uint64_t>{5, 4}));
}

}  // namespace
}  // namespace abode::contract
