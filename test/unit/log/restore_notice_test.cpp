#include "log/restore_notice.hpp"

#include <gtest/gtest.h>

#include "log/entry.hpp"

namespace abode::log {
namespace {

using base::errc;

RestoreNotice notice() {
  RestoreNotice made;
  made.time = base::parse_time("2026-11-26T01:02:03Z").value();
  made.previous_origin = "example.org/log";
  made.backup = {1000, {1, 2, 3}};
  made.known = {1234, {4, 5, 6}};
  return made;
}

TEST(RestoreNotice, ComesBackOutOfItsLeaf) {
  auto const read = parse_restore_leaf(leaf_of(notice())).value();
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, notice());
}

TEST(RestoreNotice, HasALeafOfItsOwnKind) {
  base::Bytes const leaf = leaf_of(notice());
  EXPECT_EQ(leaf.front(), 0x04);
  EXPECT_EQ(leaf[1], 0xa7) << "a map of seven";
  EXPECT_FALSE(parse_restore_leaf(leaf_of(base::Hash{})).value()) << "an entry's leaf is none";
  EXPECT_FALSE(parse_restore_leaf({}).value());
}

TEST(RestoreNotice, IsRefusedInAnyOtherForm) {
  base::Bytes const leaf = leaf_of(notice());
  for (std::size_t size = 1; size < leaf.size(); ++size) {
    auto const cut = parse_restore_leaf(base::ByteView{leaf}.first(size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, errc::malformed);
  }
  base::Bytes longer = leaf;
  longer.push_back(0);
  EXPECT_FALSE(parse_restore_leaf(longer));
  for (std::size_t at = 1; at < leaf.size(); ++at) {
    base::Bytes altered = leaf;
    altered[at] ^= 1;
    auto const read = parse_restore_leaf(altered);
    EXPECT_TRUE(!read || **read != notice()) << at;
  }
  RestoreNotice far = notice();
  far.time = max_entry_time;
  EXPECT_TRUE(parse_restore_leaf(leaf_of(far)));
  far.time += std::chrono::seconds{1};
  EXPECT_FALSE(parse_restore_leaf(leaf_of(far))) << "a date that nobody can write";
  RestoreNotice shrunk = notice();
  shrunk.known.size = 999;
  EXPECT_FALSE(parse_restore_leaf(leaf_of(shrunk))) << "what is known reaches as far as the backup";
}

TEST(RestoreNotice, OfALaterVersionIsToldApart) {
  RestoreNotice later = notice();
  later.version = 2;
  auto const read = parse_restore_leaf(leaf_of(later));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, errc::unsupported);
}

}  // namespace
}  // namespace abode::log
