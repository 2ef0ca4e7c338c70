#include "pages/internal/words.hpp"

#include <gtest/gtest.h>

#include "pages/internal/views.hpp"
#include "service/journal.hpp"
#include "support/specimen_profile.hpp"

namespace abode::pages {
namespace {

log::Entry entry_of(std::string const& operation, std::string const& office = {}) {
  log::Entry entry;
  entry.operation = operation;
  entry.office = office;
  return entry;
}

TEST(Words, DatesAndTimes) {
  EXPECT_EQ(in_words(base::parse_date("2026-11-21").value()), "21 November 2026");
  EXPECT_EQ(in_words(base::parse_date("1999-02-03").value()), "3 February 1999");
  EXPECT_EQ(in_words(base::parse_time("2026-11-21T23:45:22Z").value()), "21 November 2026, 23:45 UTC");
  EXPECT_EQ(in_words(base::parse_time("2026-01-01T00:05:00Z").value()), "1 January 2026, 00:05 UTC");
  EXPECT_EQ(when(base::parse_date("2026-11-21").value()).markup(),
            "<time datetime=\"2026-11-21\">21 November 2026</time>");
}

TEST(Words, EveryOperationIsASentence) {
  for (rules::Act act : {rules::Act::file, rules::Act::correct, rules::Act::move, rules::Act::end, rules::Act::undo,
                         rules::Act::confirm, rules::Act::renew, rules::Act::make_main})
    EXPECT_TRUE(sentence_of(entry_of(std::string{rules::name_of(act)}), test::specimen_profile()).starts_with("You "));
  EXPECT_EQ(sentence_of(entry_of(service::operation::opening, "school-office"), test::specimen_profile()),
            "School Office of Utopia opened your record");
  EXPECT_EQ(sentence_of(entry_of(service::operation::opening_refused, "old-office"), test::specimen_profile()),
            "old-office tried to open your record and was shown nothing");
  EXPECT_EQ(sentence_of(entry_of("of-a-later-version"), test::specimen_profile()), "of-a-later-version");
}

TEST(Words, Fields) {
  EXPECT_EQ(in_words(rules::FieldSet{rules::Field::main_address, rules::Field::family_name}),
            "Family name, Main address");
  EXPECT_EQ(fields_in_words({"family_name", "shoe_size"}), "Family name, shoe_size");
  EXPECT_EQ(fields_in_words({}), "");
}

TEST(Views, AnAddressMayRunFromTheRightAndHoldAnySign) {
  rules::Address const home{.country = "IR", .lines = {"خیابان ولیعصر", "<b>5</b>"}};
  EXPECT_EQ(address(home).markup(),
            "<div class=\"address\"><span dir=\"auto\">خیابان ولیعصر</span>"
            "<span dir=\"auto\">&lt;b&gt;5&lt;/b&gt;</span><span>IR</span></div>");
}

}  // namespace
}  // namespace abode::pages
