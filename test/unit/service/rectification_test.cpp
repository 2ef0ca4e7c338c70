#include "service/rectification.hpp"

#include <gtest/gtest.h>

#include "service/history.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using rules::Field;
using test::must;
using test::noon;

RectificationWish const wish{Field::given_names, "Anna-Maria", "My passport has a hyphen."};

class Rectification : public ::testing::Test {
 protected:
  base::result<FiledRectification> ask(RectificationWish const& what, std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return request_rectification(world.context, t, anna, what, key); });
  }
  base::result<FiledRectification> withdraw(std::uint64_t entry, std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return withdraw_rectification(world.context, t, anna, entry, key);
    });
  }
  errc refused(RectificationWish const& what, char const* field) {
    auto const outcome = ask(what);
    EXPECT_FALSE(outcome);
    if (outcome) return errc{};
    EXPECT_EQ(outcome.error().field, field);
    return outcome.error().code;
  }

  test::World world;
  ports::HolderSession anna = world.anna();
};

TEST_F(Rectification, IsKeptAndToldOfByAnEntryAndChangesNothingElse) {
  RecordState const before = world.state(anna);
  FiledRectification const filed = must(ask(wish));
  RectificationRequest const expected{filed.receipt.entry, Field::given_names, wish.wanted, wish.reason, noon};
  EXPECT_EQ(filed.request, expected);
  RecordState after = world.state(anna);
  EXPECT_EQ(after.rectifications, (std::vector{expected}));
  after.rectifications.clear();
  EXPECT_EQ(after, before);
  auto const entries = world.opened_entries(anna);
  EXPECT_EQ(entries.back().entry.operation, operation::request_rectification);
  EXPECT_EQ(entries.back().entry.actor, "holder");
  EXPECT_EQ(entries.back().entry.fields, (std::vector<std::string>{"given_names"}));
  EXPECT_NE(entries.back().entry.before, entries.back().entry.after) << "it is part of what the entry binds";
}

TEST_F(Rectification, StaysOpenWhateverTimePasses) {
  must(ask(wish));
  world.clock.pass(std::chrono::days{3650});
  EXPECT_EQ(world.state(anna).rectifications.size(), 1u);
  EXPECT_EQ(world.state(anna).identity->names.given, "ANNA MARIA");
}

TEST_F(Rectification, CanBeWithdrawn) {
  std::uint64_t const entry = must(ask(wish)).receipt.entry;
  std::uint64_t const other = must(ask({Field::birth_date, "1974-08-13", "A slip."})).receipt.entry;
  EXPECT_EQ(must(withdraw(entry)).request, std::nullopt);
  ASSERT_EQ(world.state(anna).rectifications.size(), 1u);
  EXPECT_EQ(world.state(anna).rectifications[0].entry, other);
  EXPECT_EQ(world.opened_entries(anna).back().entry.reference, std::to_string(entry));
  for (std::uint64_t none : {entry, other + 1}) {
    auto const again = withdraw(none);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, errc::not_found);
  }
}

TEST_F(Rectification, HasALimitOfOpenOnes) {
  for (std::size_t i = 0; i < max_rectification_requests; ++i) must(ask(wish));
  EXPECT_EQ(refused(wish, ""), errc::conflict);
  must(withdraw(world.state(anna).rectifications.front().entry));
  must(ask(wish));
}

TEST_F(Rectification, IsOnlyForWhatThePersonCannotChangeThemselves) {
  for (Field field : rules::all_fields)
    if (!rectifiable_fields.has(field)) {
      EXPECT_EQ(refused({field, "x", "y"}, "field"), errc::invalid);
    }
}

TEST_F(Rectification, RefusesTextsThatAreMissingOrTooLong) {
  std::string const longest(max_rectification_text_bytes, 'x');
  must(ask({Field::family_name, longest, longest}));
  EXPECT_EQ(refused({Field::family_name, "", "why"}, "wanted"), errc::invalid);
  EXPECT_EQ(refused({Field::family_name, "Name", ""}, "reason"), errc::invalid);
  EXPECT_EQ(refused({Field::family_name, longest + "x", "why"}, "wanted"), errc::invalid);
  EXPECT_EQ(refused({Field::family_name, "Name", longest + "x"}, "reason"), errc::invalid);
  EXPECT_EQ(refused({Field::birth_date, "12 August 1974", "why"}, "wanted"), errc::invalid);
}

TEST_F(Rectification, ARepeatedRequestHasOneEffect) {
  FiledRectification const first = must(ask(wish, test::request_key("k")));
  FiledRectification const again = must(ask(wish, test::request_key("k")));
  EXPECT_EQ(again.receipt.commitment, first.receipt.commitment);
  EXPECT_EQ(again.request, first.request);
  must(withdraw(first.receipt.entry, test::request_key("w")));
  EXPECT_EQ(must(withdraw(first.receipt.entry, test::request_key("w"))).request, std::nullopt);
  EXPECT_EQ(world.entries(anna.record()).size(), 3u);
  auto const other = ask(wish, test::request_key("k", "another body"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, errc::key_reused);
}

TEST_F(Rectification, TheHistoryFileOfARecordWithRequestsIsAccepted) {
  must(ask(wish));
  world.sequence();
  auto const bundle = must(
      test::read(*world.store, [&](ports::Snapshot& s) { return export_history(world.context, world.log, s, anna); }));
  EXPECT_EQ(log::audit(bundle, world.log.key).verdict, log::AuditVerdict::accepted);
}

TEST(RectificationOnATroubledStore, IsFiledOnce) {
  for (test::Fault fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted, test::Fault::twice}) {
    SCOPED_TRACE(static_cast<int>(fault));
    std::optional<test::Fault> trouble;
    test::World world{
        1, std::make_unique<test::FaultyStore>(test::make_memory_store(), [&](std::uint64_t) { return trouble; })};
    auto const anna = world.anna();
    auto const ask = [&] {
      return test::write(*world.store, [&](ports::Transaction& t) {
        return request_rectification(world.context, t, anna, wish, test::request_key("k"));
      });
    };
    trouble = fault;
    EXPECT_EQ(ask().has_value(), fault == test::Fault::twice);
    trouble.reset();
    must(ask());
    EXPECT_EQ(world.state(anna).rectifications.size(), 1u);
    EXPECT_EQ(world.entries(anna.record()).size(), 2u);
  }
}

}  // namespace
}  // namespace abode::service
