// The rows of what people sign in with: printed codes and passkeys.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

TEST_P(StoreContract, KeepsPrintedCodesByTagAndByPerson) {
  auto const store = make();
  PrintedCodeRow const later = printed_row(25, RecordId{7});
  PrintedCodeRow const second = printed_row(14, RecordId{7});
  PrintedCodeRow first = printed_row(11, RecordId{7});
  PrintedCodeRow const other = printed_row(12, RecordId{8});
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (PrintedCodeRow const& row : {later, second, first, other}) t.put_printed_code(row);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_codes(RecordId{7}); }),
            (std::vector{first, second, later}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_code(hash(12)); }), other);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_code(hash(13)); }), std::nullopt);
  first.good_until = at(3000);
  first.used_by = hash(99);
  first.used_at = at(1600);
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_printed_code(first);
                    t.remove_printed_code(hash(14));
                    t.remove_printed_code(hash(77));  // is not there: nothing happens
                    EXPECT_EQ(t.printed_code(hash(11)), first) << "a transaction sees its own writes";
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_codes(RecordId{7}); }), (std::vector{first, later}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_codes(RecordId{8}); }), (std::vector{other}));
}

TEST_P(StoreContract, SweepsPrintedCodesOnceAnotherSheetTookTheirPlace) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (std::uint64_t n : {2U, 4U, 5U, 6U}) t.put_printed_code(printed_row(n, RecordId{7}));
                    t.sweep(at(2001), 10);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_codes(RecordId{7}).size(); }), 4U);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(3000), 2); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_codes(RecordId{7}); }),
            (std::vector{printed_row(5, RecordId{7}), printed_row(6, RecordId{7})}))
      << "at most so many at a time, those that ended first";
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(9000), 10); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.printed_codes(RecordId{7}); }),
            (std::vector{printed_row(5, RecordId{7})}))
      << "a sheet that nothing replaced stays";
}

TEST_P(StoreContract, KeepsPasskeysByTagAndByPerson) {
  auto const store = make();
  PasskeyRow first = passkey_row(11, RecordId{7});
  PasskeyRow const second = passkey_row(13, RecordId{7});
  PasskeyRow const other = passkey_row(12, RecordId{8});
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (PasskeyRow const& row : {second, first, other}) t.put_passkey(row);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkeys(RecordId{7}); }), (std::vector{first, second}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkey(hash(12)); }), other);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkey(hash(14)); }), std::nullopt);
  first.good_until = at(3000);
  first.sealed = blob("used");
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_passkey(first);
                    t.remove_passkey(hash(13));
                    t.remove_passkey(hash(77));  // is not there: nothing happens
                    EXPECT_EQ(t.passkey(hash(11)), first) << "a transaction sees its own writes";
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkeys(RecordId{7}); }), (std::vector{first}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkeys(RecordId{8}); }), (std::vector{other}));
}

TEST_P(StoreContract, KeepsPasskeysOfOfficialsApartFromThoseOfPersons) {
  auto const store = make();
  OfficialId const clerk{"clerk-7"};
  StaffPasskeyRow first = staff_passkey_row(11, "clerk-7");
  StaffPasskeyRow const second = staff_passkey_row(13, "clerk-7");
  StaffPasskeyRow const other = staff_passkey_row(12, "clerk-8");
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (StaffPasskeyRow const& row : {second, first, other}) t.put_staff_passkey(row);
                    t.put_passkey(passkey_row(11, RecordId{7}));
                  }),
            ok);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.staff_passkeys(clerk); }), (std::vector{first, second}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.staff_passkey(hash(12)); }), other);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkey(hash(12)); }), std::nullopt);
  first.notes = blob("used");
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_staff_passkey(first);
                    t.remove_staff_passkey(hash(13));
                    t.remove_staff_passkey(hash(77));  // is not there: nothing happens
                    EXPECT_EQ(t.staff_passkey(hash(11)), first) << "a transaction sees its own writes";
                    t.sweep(at(2'000'000'000), 10);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [&](Snapshot& s) { return s.staff_passkeys(clerk); }), (std::vector{first}));
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkey(hash(11)); }), passkey_row(11, RecordId{7}));
}

TEST_P(StoreContract, ListsTheSessionsOfOneOfficial) {
  auto const store = make();
  auto const of = [](std::uint64_t n, std::string official, std::int64_t end) {
    return SessionRow{hash(n), Subject::official, RecordId{}, OfficialId{std::move(official)}, at(end)};
  };
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.add_session(of(1, "a", 300));
                    t.add_session(of(2, "a", 200));
                    t.add_session(of(3, "b", 100));
                    t.add_session(session_row(4, at(100)));
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.official_sessions(OfficialId{"a"}); }),
            (std::vector{of(2, "a", 200), of(1, "a", 300)}));
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.official_sessions(OfficialId{"c"}); }).empty());
}

TEST_P(StoreContract, SweepsPasskeysOnceTheirEndHasCome) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (std::uint64_t n : {2U, 4U, 5U, 6U}) t.put_passkey(passkey_row(n, RecordId{7}));
                    t.sweep(at(2001), 10);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkeys(RecordId{7}).size(); }), 4U);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(3000), 2); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkeys(RecordId{7}); }),
            (std::vector{passkey_row(5, RecordId{7}), passkey_row(6, RecordId{7})}))
      << "at most so many at a time, those that ended first";
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(9000), 10); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.passkeys(RecordId{7}); }),
            (std::vector{passkey_row(5, RecordId{7})}))
      << "one that nobody removed stays";
}

}  // namespace
}  // namespace abode::contract
