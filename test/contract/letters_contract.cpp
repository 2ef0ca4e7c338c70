// Letters that confirm an address: kept, printed page by page, and swept.
#include <gtest/gtest.h>

#include "contract/samples.hpp"
#include "contract/stores.hpp"

namespace abode::contract {
namespace {

using namespace ports;

TEST_P(StoreContract, KeepsLettersByPersonUntilTheyAreRemoved) {
  auto const store = make();
  LetterRow first = letter_row(RecordId{7}, 3, at(100));
  LetterRow const second = letter_row(RecordId{7}, 4, at(200));
  LetterRow const other = letter_row(RecordId{8}, 3, at(100));
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (LetterRow const& row : {second, first, other}) t.put_letter(row);
                    EXPECT_EQ(t.letters(RecordId{7}), (std::vector{first, second})) << "its own writes";
                  }),
            ok);
  first.place_tag = hash(20);
  first.code_tag = hash(21);
  first.good_until = at(300);
  first.misses = 4;
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    t.put_letter(first);
                    t.remove_letter(RecordId{7}, 4);
                    t.remove_letter(RecordId{7}, 77);  // is not there: nothing happens
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.letters(RecordId{7}); }), std::vector{first});
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.letters(RecordId{8}); }), std::vector{other});
  EXPECT_TRUE(seen(*store, [](Snapshot& s) { return s.letters(RecordId{9}); }).empty());
}

TEST_P(StoreContract, TellsWhichLettersAreToBePrintedPageByPage) {
  auto const store = make();
  auto const row = [](std::int64_t record, std::uint64_t seq) { return letter_row(RecordId{record}, seq, at(100)); };
  ASSERT_EQ(write(*store,
                  [&](Transaction& t) {
                    for (auto const& letter : {row(9, 1), row(7, 5), row(7, 4), row(7, 3), row(8, 1), row(6, 9)})
                      t.put_letter(letter);
                  }),
            ok);
  auto const waiting = [&](std::int64_t record, std::uint64_t seq, std::size_t limit) {
    return seen(*store, [=](Snapshot& s) { return s.letters_to_make(RecordId{record}, seq, limit); });
  };
  EXPECT_EQ(waiting(0, 0, everything), (std::vector{row(6, 9), row(7, 3), row(7, 5), row(8, 1), row(9, 1)}));
  EXPECT_EQ(waiting(0, 0, 2), (std::vector{row(6, 9), row(7, 3)}));
  EXPECT_EQ(waiting(7, 3, 2), (std::vector{row(7, 5), row(8, 1)})) << "one person's letters may be on two pages";
  EXPECT_TRUE(waiting(9, 1, everything).empty());
}

TEST_P(StoreContract, SweepsLettersAWeekAfterTheirEnd) {
  auto const store = make();
  ASSERT_EQ(write(*store,
                  [](Transaction& t) {
                    for (std::uint64_t seq = 1; seq < 6; ++seq)
                      t.put_letter(letter_row(RecordId{7}, seq, at(1000 - static_cast<std::int64_t>(seq))));
                    t.sweep(at(994) + letter_afterlife, 100);
                  }),
            ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.letters(RecordId{7}).size(); }), 5U);
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(998) + letter_afterlife, 3); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.letters(RecordId{7}); }),
            (std::vector{letter_row(RecordId{7}, 1, at(999)), letter_row(RecordId{7}, 2, at(998))}))
      << "at most so many at a time, those that ended first";
  ASSERT_EQ(write(*store, [](Transaction& t) { t.sweep(at(998) + letter_afterlife, 3); }), ok);
  EXPECT_EQ(seen(*store, [](Snapshot& s) { return s.letters(RecordId{7}); }),
            std::vector{letter_row(RecordId{7}, 1, at(999))});
}

}  // namespace
}  // namespace abode::contract
