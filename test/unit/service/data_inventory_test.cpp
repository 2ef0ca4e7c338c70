// The inventory names every member of what is sealed, and none that is not there. (Columns: test/contract.)
#include "service/data_inventory.hpp"

#include <gtest/gtest.h>

#include <set>

#include "service/internal/padding.hpp"
#include "service/internal/passkey_notes.hpp"
#include "support/specimen_profile.hpp"
#include "unit/service/full_record.hpp"

namespace abode::service {
namespace {

/// Every path that leads to a value in a CBOR item, "1/0/2": maps by their keys, arrays by their indices. A null is no
/// value: it stands where something optional is missing. Deterministic CBOR only (RFC 8949, section 4.2), which is all
/// that the codecs write.
class CborPaths {
 public:
  explicit CborPaths(base::ByteView in, std::string const& root) : in_(in) {
    item(root);
    EXPECT_TRUE(in_.empty());
  }
  std::set<std::string> all() const { return paths_; }  // a copy: callers iterate over that of a temporary

 private:
  std::uint64_t argument(std::uint8_t first) {
    std::uint8_t const low = first & 0x1f;
    if (low < 24) return low;
    std::size_t const size = std::size_t{1} << (low - 24);
    std::uint64_t value = 0;
    for (std::uint8_t byte : in_.first(size)) value = value << 8 | byte;
    in_ = in_.subspan(size);
    return value;
  }
  void item(std::string const& path) {
    std::uint8_t const first = in_.front();
    in_ = in_.subspan(1);
    std::uint64_t const value = argument(first);
    switch (first >> 5) {
      case 2:
      case 3: in_ = in_.subspan(value); break;
      case 4:
        for (std::uint64_t i = 0; i < value; ++i) item(path + "/" + std::to_string(i));
        return;
      case 5:
        for (std::uint64_t i = 0; i < value; ++i) {
          std::uint8_t const key = in_.front();
          in_ = in_.subspan(1);
          EXPECT_LT(key, 24) << "members have small keys";
          item(path + "/" + std::to_string(key));
        }
        return;
      default: break;
    }
    constexpr std::uint8_t null = 0xf6;
    if (first != null) paths_.insert(path);
  }

  base::ByteView in_;
  std::set<std::string> paths_;
};

std::vector<std::string> segments(std::string_view path) {
  std::vector<std::string> out{""};
  for (char c : path)
    if (c == '/')
      out.emplace_back();
    else
      out.back() += c;
  return out;
}

bool fits(std::string_view pattern, std::string_view path) {
  auto const wanted = segments(pattern);
  auto const given = segments(path);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "**") return given.size() > i;
    if (i >= given.size() || (wanted[i] != "*" && wanted[i] != given[i])) return false;
  }
  return wanted.size() == given.size();
}

/// What the inventory says of a sealed thing: the paths after "state " or "entry ".
std::set<std::string> inventory_of(std::string const& sealed) {
  std::set<std::string> out;
  for (DataItem const& item : data_inventory())
    if (item.where.starts_with(sealed + " ")) {
      EXPECT_TRUE(out.insert(std::string{item.where.substr(sealed.size() + 1)}).second) << item.where << " twice";
    }
  return out;
}

void expect_covered(std::set<std::string> const& patterns, std::set<std::string> const& paths) {
  for (std::string const& path : paths)
    EXPECT_EQ(std::count_if(patterns.begin(), patterns.end(), [&](auto const& pattern) { return fits(pattern, path); }),
              1)
        << path << " is stored, but the inventory does not name it exactly once";
  for (std::string const& pattern : patterns)
    EXPECT_TRUE(std::any_of(paths.begin(), paths.end(), [&](auto const& path) { return fits(pattern, path); }))
        << pattern << " is in the inventory, but nothing is stored there";
}

TEST(DataInventory, NamesEveryMemberOfTheSealedStateAndNoOther) {
  test::World world;
  test::fill_record(world);
  RecordState const state = world.state(world.anna());
  std::set<std::string> paths{"0"};  // the tag key
  for (std::string const& path : CborPaths{encode_facts(state), "1"}.all()) paths.insert(path);
  expect_covered(inventory_of("state"), paths);
}

TEST(DataInventory, NamesEveryMemberOfASealedEntryAndNoOther) {
  test::World world;
  test::fill_record(world);
  std::set<std::string> paths{"salt"};
  for (auto const& opened : world.opened_entries(world.anna()))
    for (std::string const& path : CborPaths{opened.raw.encoded, ""}.all())
      paths.insert(segments(path).at(1));  // the list of fields counts as one member
  expect_covered(inventory_of("entry"), paths);
}

TEST(DataInventory, NamesEveryMemberOfWhatIsSealedOfAPasskeyAndNoOther) {
  internal::PasskeyNotes const full{"My phone", {1}, 1, "2026-11", {{test::noon, {1}}}};
  std::set<std::string> paths;
  for (std::string const& path : CborPaths{internal::encode_notes(full), ""}.all()) paths.insert(path.substr(1));
  expect_covered(inventory_of("passkey"), paths);
}

TEST(DataInventory, NamesEveryMemberOfASealedContactAndNoOther) {
  base::Bytes const encoded = encode_contact({{"anna@example.org", "de"}, "7K2PDXQ0"});
  std::size_t const size = std::size_t{encoded[0]} << 8 | encoded[1];
  std::set<std::string> paths;
  for (std::string const& path : CborPaths{base::ByteView{encoded}.subspan(2, size), ""}.all())
    paths.insert(segments(path).at(1));
  expect_covered(inventory_of("contact"), paths);
}

TEST(DataInventory, NamesEveryMemberOfWhatIsSealedOfProofsAndNoOther) {
  KeptProof const full{.form = ProofForm::paper,
                       .life = rules::ProofLife::lasting,
                       .fields = rules::everything_provable,
                       .registration = rules::RegistrationId{"R"},
                       .issued_at = test::noon,
                       .copies = 1,
                       .statuses = {{1, 2}},
                       .version = 1,
                       .withdrawn_at = test::noon,
                       .number = "0123456789ABCDEF"};
  base::Bytes const item = internal::unpadded(encode_proof(full), encode_proof(full).size()).value();
  std::set<std::string> paths;
  for (std::string const& path : CborPaths{item, ""}.all()) paths.insert(path.substr(1));
  expect_covered(inventory_of("proof"), paths);
}

TEST(DataInventory, SaysEverythingOfEachItem) {
  rules::Profile const& profile = test::specimen_profile();
  for (DataItem const& item : data_inventory()) {
    for (std::string_view text : {item.group, item.where, item.what, item.purpose, item.seen_by, item.in_copy})
      EXPECT_FALSE(text.empty()) << item.where;
    EXPECT_FALSE(in_words(item.ground).empty());
    EXPECT_GT(in_words(item.expiry, profile).size(), 10u);
    EXPECT_TRUE(item.is_in_copy() || item.in_copy.ends_with('.'))
        << item.where << " needs a sentence that says why not";
  }
}

TEST(DataInventory, TellsTimesInPlainWords) {
  rules::Profile profile = test::specimen_profile();
  profile.retention.ended_registrations = std::chrono::days{1825};
  EXPECT_EQ(in_words(Expiry{End::on_time, std::chrono::hours{72}, "the act"}, profile), "72 hours after the act");
  EXPECT_EQ(in_words(Expiry{End::on_time, std::chrono::days{7}, "its end"}, profile), "7 days after its end");
  EXPECT_EQ(in_words(Expiry{End::on_time, std::chrono::days{365}, "its end"}, profile), "One year after its end");
  EXPECT_EQ(in_words(Expiry{End::on_time, {}, "the end of the session"}, profile), "At the end of the session");
  EXPECT_EQ(in_words(Expiry{End::on_next_act, {}, "its end", true}, profile).find("5 years after its end"), 0u);
  EXPECT_EQ(in_words(Expiry{End::on_later_epoch, {}, "there are others"}, profile), "When there are others");
  EXPECT_EQ(in_words(Expiry{End::with_erasure}, profile), "When you have your record erased");
  EXPECT_EQ(in_words(Expiry{End::stays, {}, "it is public"}, profile), "It stays: it is public");
}

}  // namespace
}  // namespace abode::service
