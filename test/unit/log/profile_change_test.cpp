#include "log/profile_change.hpp"

#include <gtest/gtest.h>

#include "log/entry.hpp"

namespace abode::log {
namespace {

using base::errc;

ProfileChange change() {
  return {1,
          base::parse_time("2026-11-26T01:02:03Z").value(),
          base::parse_time("2026-12-26T01:02:03Z").value(),
          "germany",
          {1, 2, 3}};
}

TEST(ProfileChange, ComesBackOutOfItsLeaf) {
  auto const read = parse_profile_leaf(leaf_of(change())).value();
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, change());
}

TEST(ProfileChange, HasALeafOfItsOwnKind) {
  base::Bytes const leaf = leaf_of(change());
  EXPECT_EQ(leaf.front(), 0x03);
  EXPECT_EQ(leaf[1], 0xa5) << "a map of five";
  EXPECT_FALSE(parse_profile_leaf(leaf_of(base::Hash{})).value()) << "an entry's leaf is none";
  EXPECT_FALSE(parse_profile_leaf({}).value());
}

TEST(ProfileChange, IsRefusedInAnyOtherForm) {
  base::Bytes const leaf = leaf_of(change());
  for (std::size_t size = 1; size < leaf.size(); ++size) {
    auto const cut = parse_profile_leaf(base::ByteView{leaf}.first(size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, errc::malformed);
  }
  base::Bytes longer = leaf;
  longer.push_back(0);
  EXPECT_FALSE(parse_profile_leaf(longer));
  for (std::size_t at = 1; at < leaf.size(); ++at) {
    base::Bytes altered = leaf;
    altered[at] ^= 1;
    auto const read = parse_profile_leaf(altered);
    EXPECT_TRUE(!read || **read != change()) << at;
  }
  ProfileChange early = change();
  early.in_force = early.time - std::chrono::seconds{1};
  EXPECT_FALSE(parse_profile_leaf(leaf_of(early))) << "nothing is in force before it was announced";
  ProfileChange far = change();
  far.in_force = max_entry_time;
  EXPECT_TRUE(parse_profile_leaf(leaf_of(far)));
  far.in_force += std::chrono::seconds{1};
  EXPECT_FALSE(parse_profile_leaf(leaf_of(far))) << "a date that nobody can write";
}

TEST(ProfileChange, OfALaterVersionIsToldApart) {
  ProfileChange later = change();
  later.version = 2;
  auto const read = parse_profile_leaf(leaf_of(later));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, errc::unsupported);
}

}  // namespace
}  // namespace abode::log
