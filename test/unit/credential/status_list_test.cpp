// Status lists: the encodings that the draft publishes, and what is refused.
#include "credential/status_list.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include "codec/text.hpp"
#include "unit/credential/proof_world.hpp"
#include "unit/credential/published_lists.hpp"

namespace abode::credential {
namespace {

TEST(StatusList, HasThePublishedBytes) {
  auto const published = test::published_lists();
  EXPECT_EQ(published.size(), 6U);
  for (test::PublishedList const& example : published) {
    SCOPED_TRACE(std::to_string(example.bits) + " bits, " + std::to_string(example.entries) + " entries");
    StatusList made{example.bits, example.entries};
    for (auto const& [index, value] : example.values) made.set(index, static_cast<std::uint8_t>(value));
    auto const read = StatusList::decode(example.bits, example.lst);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->bytes(), made.bytes());
    EXPECT_EQ(read->size(), example.entries);
    for (auto const& [index, value] : example.values) EXPECT_EQ(read->at(index), value) << index;
    EXPECT_EQ(StatusList::decode(example.bits, made.encode()).value().bytes(), made.bytes());
  }
}

TEST(StatusList, KeepsEachEntryApart) {
  for (unsigned bits : {1U, 2U, 4U, 8U}) {
    StatusList list{bits, 67};
    unsigned const values = 1U << bits;
    for (std::size_t i = 0; i < 67; ++i) list.set(i, static_cast<std::uint8_t>(i * 7 % values));
    for (std::size_t i = 0; i < 67; ++i) EXPECT_EQ(list.at(i), i * 7 % values) << bits << " bits, " << i;
    list.set(30, 0);
    EXPECT_EQ(list.at(29), 29 * 7 % values);
    EXPECT_EQ(list.at(30), 0);
    EXPECT_EQ(list.at(31), 31 * 7 % values);
  }
}

std::string packed(base::Bytes const& bytes) {
  base::Bytes out(compressBound(bytes.size()));
  uLongf size = out.size();
  compress2(out.data(), &size, bytes.data(), bytes.size(), 9);
  return codec::to_base64url(base::ByteView{out}.first(size));
}

TEST(StatusList, IsRefusedWhenItIsNone) {
  EXPECT_TRUE(StatusList::decode(8, packed(base::Bytes(max_status_list_bytes))));
  EXPECT_FALSE(StatusList::decode(8, packed(base::Bytes(max_status_list_bytes + 1)))) << "a bomb";
  for (unsigned bits : {0U, 3U, 5U, 16U}) EXPECT_FALSE(StatusList::decode(bits, "eNrbuRgAAhcBXQ"));
  EXPECT_FALSE(StatusList::decode(1, "eNrbuRgAAhcBXQ=="));
  EXPECT_FALSE(StatusList::decode(1, "eNrbuRgAAhcBXA")) << "another checksum";
  EXPECT_FALSE(StatusList::decode(1, "")) << "nothing";
  EXPECT_FALSE(StatusList::decode(1, codec::to_base64url(base::Bytes(20, 7))));
  auto trailing = codec::from_base64url("eNrbuRgAAhcBXQ").value();
  trailing.push_back(0);
  EXPECT_FALSE(StatusList::decode(1, codec::to_base64url(trailing)));
}

TEST(StatusToken, IsReadAndRefused) {
  test::ProofWorld world;
  StatusList const list{2, 1000};
  std::string const text = world.status_token(list, world.now);
  auto const token = parse_status_token(text).value();
  EXPECT_EQ(token.uri, world.list_uri);
  EXPECT_EQ(token.issued_at, world.now);
  EXPECT_EQ(token.good_until, world.now + std::chrono::hours{24});
  EXPECT_EQ(token.list.size(), 1000U);
  json::object const good = token.jws.payload;
  auto const made = [&](json::object const& payload, char const* typ = "statuslist+jwt") {
    return parse_status_token(
        make_jws({{"x5c", to_x5c({world.status_leaf})}}, typ, payload, world.status_key.signer()));
  };
  EXPECT_TRUE(made(good));
  EXPECT_FALSE(made(good, "JWT")) << "another type";
  for (char const* name : {"sub", "iat", "status_list"}) {
    json::object wrong = good;
    wrong.erase(name);
    EXPECT_FALSE(made(wrong)) << name;
  }
  json::object timed = good;
  timed.erase("exp");
  EXPECT_EQ(made(timed).value().good_until, world.now + std::chrono::hours{12}) << "as long as it may be cached";
  timed.erase("ttl");
  EXPECT_EQ(made(timed).value().good_until, world.now + default_list_life);
  for (json::value const& ttl : {json::value(0), json::value(-1), json::value("1"), json::value(INT64_MAX)}) {
    timed["ttl"] = ttl;
    EXPECT_FALSE(made(timed)) << ttl;
  }
  json::object odd = good;
  odd["status_list"].as_object()["bits"] = 3;
  EXPECT_FALSE(made(odd));
  odd["status_list"].as_object()["bits"] = -1;
  EXPECT_FALSE(made(odd));
  EXPECT_FALSE(parse_status_token(make_jws({}, "statuslist+jwt", good, world.status_key.signer()))) << "no x5c";
  EXPECT_FALSE(parse_status_token(
      make_jws({{"x5c", to_x5c({world.status_root})}}, "statuslist+jwt", good, world.status_root_key.signer())))
      << "signed by itself";
}

}  // namespace
}  // namespace abode::credential
