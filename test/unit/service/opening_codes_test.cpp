#include "service/opening_codes.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/world.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using rules::Field;
using rules::FieldSet;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;
using test::noon;

constexpr FieldSet some_fields{Field::family_name, Field::main_address};

class OpeningCodes : public ::testing::Test {
 protected:
  test::World world;
  ports::HolderSession anna = world.anna();
  ports::HolderSession peter = world.peter();
};

std::string text_of(OpeningCode const& code) {
  return code.code->reveal(Disclosure::to_holder);
}

template <class T>
void expect_error(base::result<T> const& outcome, errc code, std::string const& field = {}) {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
  EXPECT_EQ(outcome.error().field, field);
}

TEST_F(OpeningCodes, ANewCodeIsInTheListWithItsFieldsAndItsEnd) {
  auto const made = must(world.make_code(anna, some_fields));
  EXPECT_EQ(made.receipt.entry, 1u);
  EXPECT_EQ(made.code.entry, 1u);
  EXPECT_EQ(made.code.state, CodeState::open);
  EXPECT_EQ(made.code.expires_at, noon + world.context.profile().opening_code_default);
  EXPECT_EQ(text_of(made.code).size(), opening_code_characters);

  auto const list = must(world.codes(anna));
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(text_of(list[0]), text_of(made.code)) << "the holder can look it up again";
  EXPECT_EQ(list[0].fields, some_fields);
  EXPECT_TRUE(must(world.codes(peter)).empty());

  auto const entry = world.opened_entries(anna).back().entry;
  EXPECT_EQ(entry.operation, "opening-code");
  EXPECT_EQ(entry.fields, (std::vector<std::string>{"family_name", "main_address"}));
}

TEST_F(OpeningCodes, TheCodeItselfIsStoredNowhereInTheClear) {
  auto const made = must(world.make_code(anna, some_fields));
  auto const rows =
      must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::OpeningCodeRow>> {
        return s.opening_codes(anna.record());
      }));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].code_tag, world.sealer->opening_code_tag(*made.code.code));
  EXPECT_EQ(base::as_text(rows[0].sealed).find(text_of(made.code)), std::string_view::npos);
}

TEST_F(OpeningCodes, AreNewestFirstAndAllDifferent) {
  std::set<std::string> codes;
  for (std::size_t i = 0; i < max_live_opening_codes; ++i)
    codes.insert(text_of(must(world.make_code(anna, some_fields)).code));
  EXPECT_EQ(codes.size(), max_live_opening_codes);
  auto const list = must(world.codes(anna));
  ASSERT_EQ(list.size(), max_live_opening_codes);
  EXPECT_TRUE(std::is_sorted(list.begin(), list.end(), [](auto const& a, auto const& b) { return a.entry > b.entry; }));
}

TEST_F(OpeningCodes, TwentyLiveOnesAreTheMost) {
  for (std::size_t i = 0; i < max_live_opening_codes; ++i) must(world.make_code(anna, some_fields, minutes{15}));
  expect_error(world.make_code(anna, some_fields), errc::conflict);
  EXPECT_TRUE(world.make_code(peter, some_fields)) << "the limit is each holder's own";
  must(world.revoke_code(anna, 1));
  EXPECT_TRUE(world.make_code(anna, some_fields)) << "one taken back makes room";
  world.clock.pass(minutes{15});
  EXPECT_TRUE(world.make_code(anna, some_fields)) << "and so do expired ones";
}

TEST_F(OpeningCodes, ACodeIsForAtLeastOneField) {
  expect_error(world.make_code(anna, {}), errc::invalid, "fields");
  EXPECT_EQ(world.entries(anna.record()).size(), 1u);
}

TEST_F(OpeningCodes, ItsLifeIsWithinTheBoundsOfTheProfile) {
  auto const& profile = world.context.profile();
  for (minutes good : {profile.opening_code_min, profile.opening_code_max, profile.opening_code_default})
    EXPECT_EQ(must(world.make_code(anna, some_fields, good)).code.expires_at, noon + good);
  for (minutes bad : {profile.opening_code_min - minutes{1}, profile.opening_code_max + minutes{1}, minutes{0},
                      minutes{-60}, minutes::max(), minutes::min()})
    expect_error(world.make_code(anna, some_fields, bad), errc::invalid, "valid_minutes");
}

TEST_F(OpeningCodes, ExpireToTheSecond) {
  must(world.make_code(anna, some_fields, minutes{15}));
  world.clock.pass(minutes{15} - seconds{1});
  EXPECT_EQ(must(world.codes(anna))[0].state, CodeState::open);
  world.clock.pass(seconds{1});
  auto const list = must(world.codes(anna));
  EXPECT_EQ(list[0].state, CodeState::expired);
  EXPECT_FALSE(list[0].code) << "a code that opens nothing is not shown";
}

TEST_F(OpeningCodes, OneTakenBackIsRevoked) {
  must(world.make_code(anna, some_fields));
  auto const revoked = must(world.revoke_code(anna, 1));
  EXPECT_EQ(revoked.code.state, CodeState::revoked);
  EXPECT_EQ(revoked.receipt.entry, 2u);
  EXPECT_FALSE(revoked.code.code);
  EXPECT_EQ(must(world.codes(anna))[0].state, CodeState::revoked);
  auto const entry = world.opened_entries(anna).back().entry;
  EXPECT_EQ(entry.operation, "revoke-opening-code");
  EXPECT_EQ(entry.reference, "1");
}

TEST_F(OpeningCodes, OnlyAnOpenOneCanBeTakenBack) {
  must(world.make_code(anna, some_fields, minutes{15}));
  expect_error(world.revoke_code(anna, 0), errc::not_found);
  expect_error(world.revoke_code(anna, 2), errc::not_found);
  expect_error(world.revoke_code(peter, 1), errc::not_found);
  must(world.revoke_code(anna, 1));
  expect_error(world.revoke_code(anna, 1), errc::conflict);
  must(world.make_code(anna, some_fields, minutes{15}));
  world.clock.pass(minutes{15});
  expect_error(world.revoke_code(anna, 3), errc::conflict);
}

TEST_F(OpeningCodes, ARepeatedRequestMakesOneCode) {
  auto const key = test::request_key("make");
  auto const first = must(world.make_code(anna, some_fields, {}, key));
  auto const again = must(world.make_code(anna, some_fields, {}, key));
  EXPECT_EQ(again.receipt.entry, first.receipt.entry);
  EXPECT_EQ(again.receipt.commitment, first.receipt.commitment);
  EXPECT_EQ(text_of(again.code), text_of(first.code));
  EXPECT_EQ(must(world.codes(anna)).size(), 1u);
  expect_error(world.make_code(anna, some_fields, {}, test::request_key("make", "other")), errc::key_reused);
}

TEST_F(OpeningCodes, ARepeatedTakingBackAnswersTheSame) {
  must(world.make_code(anna, some_fields));
  auto const key = test::request_key("revoke");
  auto const first = must(world.revoke_code(anna, 1, key));
  auto const again = must(world.revoke_code(anna, 1, key));
  EXPECT_EQ(again.receipt.entry, first.receipt.entry);
  EXPECT_EQ(again.receipt.commitment, first.receipt.commitment);
  EXPECT_EQ(again.code.entry, 1u);
  EXPECT_EQ(again.code.state, CodeState::revoked);
  expect_error(world.revoke_code(anna, 1, test::request_key("revoke", "other")), errc::key_reused);
}

TEST(ParseOpeningCode, TakesACodeAsPeopleTypeIt) {
  for (char const* typed : {"7K2PD-XQ0MV", "7k2pd xq0mv", " 7K2PDXQ0MV ", "7K2PD-XQOMV", "7-K-2-P-D-X-Q-o-M-V"})
    EXPECT_EQ(parse_opening_code(typed)->reveal(Disclosure::to_digest), "7K2PDXQ0MV") << typed;
  EXPECT_EQ(parse_opening_code("il0ILO1111")->reveal(Disclosure::to_digest), "1101101111");
}

TEST(ParseOpeningCode, RefusesWhatIsNone) {
  for (char const* bad : {"", "7K2PDXQ0M", "7K2PDXQ0MVA", "7K2PDXQ0MU", "7K2PDXQ0M!", "7K2PDXQ0Mé"})
    expect_error(parse_opening_code(bad), errc::invalid, "code");
}

TEST(ParseOpeningCode, ReadsWhatGroupedWrites) {
  EXPECT_EQ(grouped("7K2PDXQ0MV"), "7K2PD-XQ0MV");
  EXPECT_EQ(parse_opening_code(grouped("7K2PDXQ0MV"))->reveal(Disclosure::to_digest), "7K2PDXQ0MV");
}

TEST(CodeStates, HaveStableNames) {
  EXPECT_EQ(name_of(CodeState::open), "open");
  EXPECT_EQ(name_of(CodeState::used), "used");
  EXPECT_EQ(name_of(CodeState::revoked), "revoked");
  EXPECT_EQ(name_of(CodeState::expired), "expired");
}

}  // namespace
}  // namespace abode::service
