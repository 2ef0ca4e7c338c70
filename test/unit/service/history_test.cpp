#include "service/history.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using rules::Field;
using test::must;
using test::noon;

class History : public ::testing::Test {
 protected:
  base::result<HistoryPage> page(ports::HolderSession const& session, std::optional<std::uint64_t> before,
                                 std::size_t limit) {
    return test::read(*world.store,
                      [&](ports::Snapshot& s) { return history(world.context, s, session, before, limit); });
  }
  base::result<HistoryItem> item(ports::HolderSession const& session, std::uint64_t seq) {
    return test::read(*world.store, [&](ports::Snapshot& s) { return history_item(world.context, s, session, seq); });
  }
  base::result<log::LeafProof> inclusion(ports::HolderSession const& session, std::uint64_t seq) {
    return test::read(*world.store, [&](ports::Snapshot& s) { return inclusion_of(world.log, s, session, seq); });
  }
  base::result<log::Bundle> bundle(ports::HolderSession const& session) {
    return test::read(*world.store,
                      [&](ports::Snapshot& s) { return export_history(world.context, world.log, s, session); });
  }
  base::result<std::vector<InboxItem>> notices(ports::HolderSession const& session) {
    return test::read(*world.store, [&](ports::Snapshot& s) { return inbox(world.context, s, session); });
  }
  void open_with_a_code(ports::HolderSession const& holder) {
    auto const made = must(world.make_code(holder, {Field::family_name}));
    auto const code = made.code.code->reveal(base::Disclosure::to_holder);
    must(world.open("clerk-school", must(check_opening_request(test::specimen_profile(), code, "school-enrolment", "17",
                                                               {Field::family_name}))));
  }

  test::World world;
  ports::HolderSession anna = world.anna();
  ports::HolderSession peter = world.peter();
};

template <class T>
void expect_error(base::result<T> const& outcome, errc code) {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
}

TEST_F(History, IsNewestFirstPageByPage) {
  for (int i = 0; i < 7; ++i) must(world.act(anna, world.file(rules::Kind::secondary)));
  std::vector<std::uint64_t> seen;
  std::optional<std::uint64_t> before;
  do {
    auto const p = must(page(anna, before, 3));
    EXPECT_LE(p.items.size(), 3u);
    for (auto const& i : p.items) seen.push_back(i.entry.seq);
    before = p.before;
  } while (before);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{7, 6, 5, 4, 3, 2, 1, 0}));
}

TEST_F(History, APageHasItsLimits) {
  for (int i = 0; i < 110; ++i) {
    must(world.make_code(anna, {Field::birth_date}, std::chrono::minutes{15}));
    world.clock.pass(std::chrono::minutes{1});
  }
  EXPECT_EQ(must(page(anna, {}, 0)).items.size(), 1u);
  EXPECT_EQ(must(page(anna, {}, 1'000'000)).items.size(), max_history_page);
  EXPECT_TRUE(must(page(anna, 0, 10)).items.empty());
  EXPECT_FALSE(must(page(anna, 0, 10)).before);
}

TEST_F(History, HoldsOnlyOnesOwn) {
  must(world.act(anna, world.file()));
  EXPECT_EQ(must(page(anna, {}, 100)).items.size(), 2u);
  EXPECT_EQ(must(page(peter, {}, 100)).items.size(), 1u);
  EXPECT_EQ(must(item(anna, 1)).entry.operation, "file");
  expect_error(item(peter, 1), errc::not_found);
  expect_error(item(anna, 2), errc::not_found);
}

TEST_F(History, AnEntryIsProvableOnceACheckpointCoversIt) {
  must(world.act(anna, world.file()));
  EXPECT_FALSE(must(item(anna, 1)).provable);
  expect_error(inclusion(anna, 1), errc::not_yet_provable);
  ASSERT_GT(world.sequence(), 0u);
  EXPECT_TRUE(must(item(anna, 1)).provable);

  auto const proof = must(inclusion(anna, 1));
  auto const commitment = must(item(anna, 1)).commitment;
  auto const checkpoint =
      log::verify_proof(must(log::parse_proof(log::format_proof(proof))), log::leaf_of(commitment), world.log.key);
  ASSERT_TRUE(checkpoint) << checkpoint.error().detail;
  EXPECT_EQ(checkpoint->origin, world.origin);
  EXPECT_FALSE(log::verify_proof(proof, log::leaf_of(must(item(anna, 0)).commitment), world.log.key));

  must(world.act(anna, world.file(rules::Kind::secondary)));
  EXPECT_FALSE(must(item(anna, 2)).provable);
  expect_error(inclusion(anna, 2), errc::not_yet_provable);
  expect_error(inclusion(anna, 3), errc::not_found);
  expect_error(inclusion(peter, 1), errc::not_found);
}

TEST_F(History, AnEntryInAnUnpublishedBatchIsNotYetProvable) {
  ASSERT_GT(world.sequence(), 0u);
  must(world.act(anna, world.file()));
  world.tiles.plan = [](std::uint64_t) { return test::refused; };
  EXPECT_FALSE(Sequencer(*world.store, world.tiles, *world.signer, world.random, world.origin).step());
  EXPECT_FALSE(must(item(anna, 1)).provable);
  expect_error(inclusion(anna, 1), errc::not_yet_provable);
  EXPECT_EQ(must(bundle(anna)).entries.at(1).index, std::nullopt);
}

TEST_F(History, AFileThatDoesNotLeadToTheRootIsNotHandedOut) {
  must(world.act(anna, world.file()));
  ASSERT_GT(world.sequence(), 0u);
  std::size_t damaged = 0;
  for (auto& [path, content] : world.tiles.files)
    if (path.starts_with("tile/0/"))
      for (std::size_t at = 0; at < content.size(); at += 32, ++damaged) content[at] ^= 1;
  ASSERT_GT(damaged, 0u);
  expect_error(inclusion(anna, 1), errc::corrupted);
}

TEST_F(History, OneProverProvesAPageOfEntriesAndNoOtherCommitment) {
  constexpr int more_than_a_tile_for_both = 130;
  for (int i = 0; i < more_than_a_tile_for_both; ++i) {
    must(world.make_code(anna, {Field::birth_date}, std::chrono::minutes{15}));
    must(world.make_code(peter, {Field::birth_date}, std::chrono::minutes{15}));
    world.clock.pass(std::chrono::minutes{1});
  }
  ASSERT_GT(world.sequence(), 256u);
  auto const items = must(page(anna, {}, max_history_page)).items;
  ASSERT_EQ(items.size(), max_history_page);
  auto const read = world.store->read([&](ports::Snapshot& s) -> base::result<void> {
    auto prover = must(LogProver::make(world.log, s));
    for (HistoryItem const& item : items) {
      EXPECT_EQ(must(prover.prove(anna.record(), item.entry.seq, item.commitment)),
                must(inclusion(anna, item.entry.seq)));
      expect_error(prover.prove(peter.record(), item.entry.seq, item.commitment), errc::corrupted);
    }
    return {};
  });
  EXPECT_TRUE(read);
}

TEST_F(History, AMissingFileIsAFailure) {
  ASSERT_GT(world.sequence(), 0u);
  std::erase_if(world.tiles.files, [](auto const& file) { return file.first.starts_with("tile/0/"); });
  EXPECT_FALSE(inclusion(anna, 0));
  EXPECT_FALSE(bundle(anna));
}

// The export, and its audit without the register

TEST_F(History, TheExportOfASequencedRecordIsAccepted) {
  auto const filing = world.file();
  must(world.act(anna, filing));
  ASSERT_GT(world.sequence(), 0u);
  must(world.act(anna, rules::End{filing.id, base::day_of(noon)}));
  open_with_a_code(anna);
  ASSERT_GT(world.sequence(), 0u);

  auto const decoded = must(log::decode_bundle(log::encode_bundle(must(bundle(anna)))));
  EXPECT_EQ(decoded.entries.size(), 5u);
  auto const report = log::audit(decoded, world.log.key);
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  EXPECT_FALSE(report.key_from_file);
  ASSERT_EQ(report.rows.size(), 5u);
  EXPECT_EQ(report.rows[4].entry->operation, "opening");
  EXPECT_EQ(report.rows[4].entry->office, "school-office");
}

TEST_F(History, TheExportSaysWhatIsNotYetProvable) {
  expect_error(bundle(anna), errc::not_yet_provable);
  ASSERT_GT(world.sequence(), 0u);
  must(world.act(anna, world.file()));
  auto const report = log::audit(must(bundle(anna)), world.log.key);
  EXPECT_EQ(report.verdict, log::AuditVerdict::incomplete);
  EXPECT_EQ(report.not_yet_provable, std::vector<std::uint64_t>{1});
}

// G5
TEST_F(History, AnExportWithAnEntryTakenOutOrAnotherStateIsRejected) {
  for (int i = 0; i < 3; ++i) must(world.act(anna, world.file(rules::Kind::secondary)));
  ASSERT_GT(world.sequence(), 0u);
  auto const good = must(bundle(anna));
  ASSERT_EQ(log::audit(good, world.log.key).verdict, log::AuditVerdict::accepted);
  for (std::size_t i = 0; i < good.entries.size(); ++i) {
    auto cut = good;
    cut.entries.erase(cut.entries.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(log::audit(cut, world.log.key).verdict, log::AuditVerdict::rejected) << "without entry " << i;
  }
  auto changed = good;
  changed.state[changed.state.size() / 2] ^= 1;
  EXPECT_EQ(log::audit(changed, world.log.key).verdict, log::AuditVerdict::rejected) << "a fact that no entry tells of";
  test::World other{2};
  EXPECT_EQ(log::audit(good, other.log.key).verdict, log::AuditVerdict::rejected) << "another log's key";
}

TEST_F(History, TheExportIsTheHoldersAlone) {
  must(world.act(anna, world.file(rules::Kind::main, "Invalidenstr. 77")));
  ASSERT_GT(world.sequence(), 0u);
  auto const of_peter = must(bundle(peter));
  EXPECT_EQ(of_peter.entries.size(), 1u);
  EXPECT_EQ(of_peter.position, world.row(peter.record()).position);
}

// The inbox

TEST_F(History, TheInboxHoldsEveryReadNewestFirst) {
  EXPECT_TRUE(must(notices(anna)).empty());
  open_with_a_code(anna);
  open_with_a_code(anna);
  auto const items = must(notices(anna));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_GT(items[0].about.entry.seq, items[1].about.entry.seq);
  for (auto const& i : items) {
    EXPECT_EQ(i.about.entry.operation, "opening");
    EXPECT_FALSE(i.read);
  }
  auto const newest =
      must(test::read(*world.store, [&](ports::Snapshot& s) { return inbox(world.context, s, anna, 1); }));
  ASSERT_EQ(newest.size(), 1u);
  EXPECT_EQ(newest[0].about.entry.seq, items[0].about.entry.seq);
  EXPECT_TRUE(must(notices(peter)).empty());

  std::uint64_t const first = items[1].about.entry.seq;
  ASSERT_TRUE(test::write(*world.store, [&](ports::Transaction& t) -> base::result<void> {
    t.mark_notices_read(anna.record(), first);
    return {};
  }));
  EXPECT_FALSE(must(notices(anna))[0].read);
  EXPECT_TRUE(must(notices(anna))[1].read);
}

}  // namespace
}  // namespace abode::service
