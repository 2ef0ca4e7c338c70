// A person's copy holds everything that the inventory says is in it, and nothing that would open their record.
#include "api/personal_copy.hpp"

#include <gtest/gtest.h>

#include "api/forms.hpp"
#include "codec/text.hpp"
#include "unit/service/full_record.hpp"

namespace abode::api {
namespace {

using test::must;

/// True if something other than null stands at the pointer; a star is any item of a list.
bool holds(json::value const& value, std::string_view pointer) {
  if (pointer.empty()) return !value.is_null();
  pointer.remove_prefix(1);
  std::string_view const name = pointer.substr(0, pointer.find('/'));
  pointer.remove_prefix(name.size());
  if (name == "*") {
    json::array const* const items = value.if_array();
    return items != nullptr &&
           std::any_of(items->begin(), items->end(), [&](json::value const& item) { return holds(item, pointer); });
  }
  json::object const* const object = value.if_object();
  return object != nullptr && object->contains(name) && holds(object->at(name), pointer);
}

class Copy : public ::testing::Test {
 protected:
  Copy() { test::fill_record(world); }

  json::object copy() {
    auto const made = must(test::read(
        *world.store, [&](ports::Snapshot& s) { return service::personal_copy(world.context, s, world.anna()); }));
    return to_json(made.reveal(base::Disclosure::to_holder), world.context.profile());
  }

  test::World world;
};

TEST_F(Copy, HoldsEverythingThatTheInventorySaysIsInIt) {
  ports::RecordId const anna = world.anna().record();
  must(test::write(*world.store, [anna](ports::Transaction& t) -> base::result<int> {
    ports::RecordRow row = t.record(anna).value();
    row.erasure_due = test::noon;
    t.update_record(row);
    return 0;
  }));
  json::value const all = copy();
  std::size_t looked_for = 0;
  for (service::DataItem const& item : service::data_inventory()) {
    if (!item.is_in_copy()) continue;
    ++looked_for;
    EXPECT_TRUE(holds(all, item.in_copy)) << item.where << " (" << item.what << ") is not at " << item.in_copy;
  }
  EXPECT_GT(looked_for, 40u);
  EXPECT_FALSE(holds(all, "/person/nothing") || holds(all, "/nothing/*/entry")) << "so the looking works";
}

TEST_F(Copy, LeavesNothingOutButForAReasonThatIsGiven) {
  for (service::DataItem const& item : service::data_inventory())
    if (item.where.starts_with("state ") && !item.is_in_copy()) {
      EXPECT_EQ(item.where, "state 0") << "what is known of a person is in their copy";
    }
}

TEST_F(Copy, TellsTheWholeHistoryAndWhatWasDoneToEachRegistration) {
  json::object const all = copy();
  auto const entries = world.entries(world.anna().record());
  ASSERT_EQ(all.at("history").as_array().size(), entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(all.at("history").at(i).at("entry").to_number<std::uint64_t>(), i) << "oldest first";
    EXPECT_EQ(all.at("history").at(i).at("commitment").as_string(), codec::to_hex(entries[i].commitment));
  }
  json::array const& registrations = all.at("registrations").as_array();
  ASSERT_EQ(registrations.size(), 3u);
  json::array const& acts = registrations[0].at("acts").as_array();
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_EQ(acts[0].at("operation"), "file");
  EXPECT_EQ(acts[1].at("operation"), "correct");
  EXPECT_EQ(registrations[1].at("acts").at(0).at("operation"), "move");
}

TEST_F(Copy, OpensNothing) {
  auto const codes = must(world.codes(world.anna()));
  std::string const text = json::serialize(copy());
  std::size_t open = 0;
  for (auto const& code : codes) {
    if (!code.code) continue;
    ++open;
    std::string const secret = code.code->reveal(base::Disclosure::to_holder);
    EXPECT_EQ(text.find(secret), std::string::npos);
    EXPECT_EQ(text.find(service::grouped(secret)), std::string::npos);
  }
  EXPECT_EQ(open, 2u);
  EXPECT_EQ(copy().at("opening_codes").as_array().size(), 3u) << "but tells that there are codes";
}

TEST_F(Copy, OfOnePersonHoldsNothingOfAnother) {
  auto const peter = must(test::read(
      *world.store, [&](ports::Snapshot& s) { return service::personal_copy(world.context, s, world.peter()); }));
  std::string const text = json::serialize(to_json(peter.reveal(base::Disclosure::to_holder), world.context.profile()));
  EXPECT_NE(text.find("STEVENSON"), std::string::npos);
  for (char const* foreign : {"ERIKSSON", "Sonnenallee", "Anna-Maria", "S-17"})
    EXPECT_EQ(text.find(foreign), std::string::npos) << foreign;
}

TEST_F(Copy, OfALongHistoryGoesOnPastOnePage) {
  for (int i = 0; i < 110; ++i) {
    auto const made = must(world.make_code(world.peter(), {rules::Field::family_name}));
    must(world.revoke_code(world.peter(), made.receipt.entry));
  }
  auto const peter = must(test::read(
      *world.store, [&](ports::Snapshot& s) { return service::personal_copy(world.context, s, world.peter()); }));
  EXPECT_EQ(peter.reveal(base::Disclosure::to_holder).history.size(), 221u);
}

}  // namespace
}  // namespace abode::api
