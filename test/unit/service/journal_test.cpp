#include "service/journal.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using test::must;
using test::noon;

/// Each entry points to the one before it, and each state fits between two entries.
void expect_sound(test::World& world, ports::HolderSession const& session) {
  auto const rows = world.entries(session.record());
  auto const entries = world.opened_entries(session);
  auto const row = world.row(session.record());
  ASSERT_EQ(row.entries, entries.size());
  base::Hash previous{};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    log::Entry const& entry = entries[i].entry;
    EXPECT_EQ(entry.seq, i);
    EXPECT_EQ(entry.position, row.position);
    EXPECT_EQ(entry.previous, previous);
    EXPECT_EQ(entries[i].commitment, log::commitment(entries[i].raw.salt, entries[i].raw.encoded));
    EXPECT_EQ(rows[i].sealed.size(), rows[0].sealed.size()) << "all sealed entries look alike";
    previous = entries[i].commitment;
  }
  EXPECT_EQ(row.last, previous);
  EXPECT_EQ(row.last_at, entries.back().entry.time);
  EXPECT_EQ(row.state_tag, state_tag(world.state(session)));
  EXPECT_EQ(entries.back().entry.after, log::state_mac(entries.back().raw.salt, row.state_tag));
}

TEST(Journal, ARecordsEntriesMakeOneChain) {
  test::World world;
  auto const anna = world.anna();
  auto const filing = world.file();
  std::vector<base::Hash> tags{base::Hash{}, world.row(anna.record()).state_tag};
  auto const act = [&](rules::Command const& command) {
    must(world.act(anna, command));
    tags.push_back(world.row(anna.record()).state_tag);
  };
  act(filing);
  act(rules::Correct{filing.id, test::address("Invalidenstr. 1a"), {}});
  must(world.make_code(anna, {rules::Field::birth_date}));
  tags.push_back(world.row(anna.record()).state_tag);
  act(rules::End{filing.id, base::day_of(noon)});
  act(rules::Undo{filing.id});
  expect_sound(world, anna);

  auto const entries = world.opened_entries(anna);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].entry.before, log::state_mac(entries[i].raw.salt, tags[i])) << i;
    EXPECT_EQ(entries[i].entry.after, log::state_mac(entries[i].raw.salt, tags[i + 1])) << i;
  }
  EXPECT_EQ(tags[3], tags[4]) << "a code changes no fact";
  expect_sound(world, world.peter());
  expect_sound(world, test::holder_session(*world.store, world.clerk().official().office_record));
}

TEST(Journal, SaltsAreFresh) {
  test::World world;
  auto const anna = world.anna();
  for (int i = 0; i < 20; ++i) must(world.act(anna, world.file(rules::Kind::secondary)));
  std::set<log::Salt> salts;
  for (auto const& opened : world.opened_entries(anna)) EXPECT_TRUE(salts.insert(opened.raw.salt).second);
}

class OpenEntry : public ::testing::Test {
 protected:
  base::result<Opened> open(ports::EntryRow const& sealed, ports::HolderSession const& with) {
    return test::read(*world.store, [&](ports::Snapshot& snapshot) {
      return open_entry(world.context, sealed, snapshot.key(sealed.record).value(), with.grant());
    });
  }

  test::World world;
  ports::HolderSession anna = world.anna();
  ports::EntryRow row = world.entries(anna.record()).at(0);
};

TEST_F(OpenEntry, OpensAnUntouchedOne) {
  EXPECT_TRUE(open(row, anna));
}

TEST_F(OpenEntry, RefusesAnythingElse) {
  auto const expect_corrupted = [&](ports::EntryRow const& bad) {
    auto const opened = open(bad, anna);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, errc::corrupted);
  };
  ports::EntryRow bad = row;
  bad.commitment[5] ^= 1;
  expect_corrupted(bad);
  bad = row;
  bad.sealed[40] ^= 1;
  expect_corrupted(bad);
  bad = row;
  bad.seq = 1;
  expect_corrupted(bad);
  EXPECT_FALSE(open(row, world.peter())) << "another's Grant opens nothing of Anna's";
}

TEST(FilingTime, IsNeverBeforeTheLastEntry) {
  test::World world;
  ports::RecordRow row{};
  row.last_at = noon + std::chrono::seconds{1};
  EXPECT_EQ(filing_time(world.context, row), noon + std::chrono::seconds{1});
  row.last_at = noon - std::chrono::seconds{1};
  EXPECT_EQ(filing_time(world.context, row), noon);
}

}  // namespace
}  // namespace abode::service
