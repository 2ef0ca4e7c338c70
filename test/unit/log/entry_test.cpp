#include "log/entry.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <random>

#include "codec/cbor.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "unit/log/outcome.hpp"

namespace abode::log {
namespace {

using base::errc;

base::Hash filled(std::uint8_t byte) {
  base::Hash hash;
  hash.fill(byte);
  return hash;
}

Entry example() {
  Entry entry;
  entry.position = 77;
  entry.seq = 3;
  entry.previous = filled(0x11);
  entry.time = base::parse_time("2026-11-21T23:45:22Z").value();
  entry.actor = "registrar-4";
  entry.office = "Mitte";
  entry.purpose = "correct-record";
  entry.reference = "case-2026-17";
  entry.operation = "open";
  entry.fields = {"family_name", "address"};
  entry.before = filled(0x22);
  entry.after = filled(0x33);
  return entry;
}

/// One that had to wait until it could be sent.
Entry late() {
  Entry entry = example();
  entry.first_tried = base::parse_time("2026-11-20T07:05:00Z").value();
  return entry;
}

/// Every member as large as it may be.
Entry largest() {
  Entry entry;
  entry.position = entry.seq = std::numeric_limits<std::uint64_t>::max();
  entry.previous = entry.before = entry.after = filled(0xff);
  entry.time = max_entry_time;
  entry.actor = entry.office = entry.purpose = entry.operation = std::string(max_word_size_bytes, 'w');
  entry.reference = std::string(max_reference_size_bytes, 'r');
  entry.fields = std::vector<std::string>(max_fields, std::string(max_field_size_bytes, 'f'));
  entry.first_tried = std::chrono::floor<std::chrono::minutes>(max_entry_time);
  return entry;
}

TEST(Entry, IsDeterministicCbor) {
  Entry entry;
  entry.time = base::Time{std::chrono::seconds{1000}};
  entry.operation = "o";
  entry.fields = {"f"};
  std::string const zeros(64, '0');
  EXPECT_EQ(codec::to_hex(encode_entry(entry).value()),
            "ad"
            "0001"
            "0100"
            "0200"
            "035820" +
                zeros +
                "041903e8"
                "0560"
                "0660"
                "0760"
                "0860"
                "09616f"
                "0a816166"
                "0b5820" +
                zeros + "0c5820" + zeros);
}

// What came at once keeps its bytes; what did not is of version 2, with one member more.
TEST(Entry, SaysInVersionTwoWhenItWasFirstTried) {
  Entry entry = example();
  std::string const at_once = codec::to_hex(encode_entry(entry).value());
  entry.first_tried = base::Time{std::chrono::seconds{1'200}};
  std::string const late = codec::to_hex(encode_entry(entry).value());
  EXPECT_EQ(at_once.substr(0, 6), "ad0001");
  EXPECT_EQ(late, "ae0002" + at_once.substr(6) + "0d1904b0");
}

TEST(Entry, GoesThereAndBack) {
  Entry minimal;
  minimal.operation = "register";
  for (Entry const& entry : {example(), late(), largest(), minimal})
    EXPECT_EQ(decode_entry(encode_entry(entry).value()).value(), entry);
}

TEST(Entry, OfTheLargestPermittedSizeFits) {
  EXPECT_LE(encode_entry(largest()).value().size(), max_entry_size_bytes);
}

TEST(Entry, RefusesAndNamesEveryMemberOverItsLimit) {
  struct Case {
    char const* field;
    std::function<void(Entry&)> breach;
  };
  for (Case const& c : std::vector<Case>{{"previous", [](Entry& e) { e.seq = 0; }},
                                         {"time", [](Entry& e) { e.time = base::Time{std::chrono::seconds{-1}}; }},
                                         {"time", [](Entry& e) { e.time = max_entry_time + std::chrono::seconds{1}; }},
                                         {"actor", [](Entry& e) { e.actor = std::string(33, 'a'); }},
                                         {"office", [](Entry& e) { e.office = std::string(33, 'a'); }},
                                         {"purpose", [](Entry& e) { e.purpose = std::string(33, 'a'); }},
                                         {"operation", [](Entry& e) { e.operation = std::string(33, 'a'); }},
                                         {"operation", [](Entry& e) { e.operation.clear(); }},
                                         {"reference", [](Entry& e) { e.reference = std::string(65, 'a'); }},
                                         {"fields", [](Entry& e) { e.fields = std::vector<std::string>(9, "f"); }},
                                         {"fields", [](Entry& e) { e.fields = {std::string(25, 'f')}; }},
                                         {"fields", [](Entry& e) { e.fields = {""}; }},
                                         {"fields", [](Entry& e) { e.fields = {"a\nb"}; }},
                                         {"actor", [](Entry& e) { e.actor = "\x1b[2J"; }},
                                         {"actor", [](Entry& e) { e.actor = "\u009b2J"; }},
                                         {"office", [](Entry& e) { e.office = "\x7f"; }},
                                         {"purpose", [](Entry& e) { e.purpose = "\xff"; }},
                                         {"reference", [](Entry& e) { e.reference = "\xc3"; }}}) {
    Entry entry = example();
    c.breach(entry);
    auto const encoded = encode_entry(entry);
    ASSERT_TRUE(encoded.has_error()) << c.field;
    EXPECT_EQ(field_of(encoded), c.field);
    EXPECT_EQ(code_of(encoded), errc::invalid);
  }
  Entry entry = example();
  entry.office = "M\u00fcnster \u2013 S\u00fcd";
  EXPECT_TRUE(encode_entry(entry));
}

TEST(Entry, IsFirstTriedInAMinuteBeforeItOrInItsOwn) {
  Entry entry = example();
  base::Time const minute = std::chrono::floor<std::chrono::minutes>(entry.time);
  auto const tried = [&](base::Time at) {
    entry.first_tried = at;
    return encode_entry(entry);
  };
  for (base::Time const good : {minute, minute - std::chrono::minutes{1}, base::Time{}}) EXPECT_TRUE(tried(good));
  for (base::Time const bad : {minute + std::chrono::minutes{1}, minute - std::chrono::seconds{1},
                               base::Time{std::chrono::minutes{-1}}, max_entry_time, base::Time::min()})
    EXPECT_EQ(field_of(tried(bad)), "first_tried");
}

TEST(Entry, IsRefusedWhenCutOffLengthenedOrOfAnotherVersion) {
  auto const encoded = encode_entry(example()).value();
  for (std::size_t size = 0; size < encoded.size(); ++size)
    EXPECT_EQ(code_of(decode_entry(base::ByteView{encoded}.first(size))), errc::malformed) << size;
  auto longer = encoded;
  longer.push_back(0);
  EXPECT_EQ(code_of(decode_entry(longer)), errc::malformed);
  EXPECT_EQ(code_of(decode_entry(base::Bytes(max_entry_size_bytes + 1))), errc::malformed);

  auto other_version = encoded;
  ASSERT_EQ(other_version[2], 1);
  other_version[2] = 2;
  EXPECT_EQ(code_of(decode_entry(other_version)), errc::malformed) << "version 2 has one member more";
  other_version[2] = 3;
  EXPECT_EQ(code_of(decode_entry(other_version)), errc::unsupported);
  other_version[2] = 0;
  EXPECT_EQ(code_of(decode_entry(other_version)), errc::unsupported);
  auto late_as_first = encode_entry(late()).value();
  ASSERT_EQ(late_as_first[2], 2);
  late_as_first[2] = 1;
  EXPECT_EQ(code_of(decode_entry(late_as_first)), errc::malformed);
  auto const far_future = std::move(codec::CborWriter{}.map(1).unsigned_int(0).unsigned_int(9)).take();
  EXPECT_EQ(code_of(decode_entry(far_future)), errc::unsupported);
  auto const too_short = std::move(codec::CborWriter{}.map(1).unsigned_int(0).unsigned_int(1)).take();
  EXPECT_EQ(code_of(decode_entry(too_short)), errc::malformed);
}

TEST(Entry, ThatDecodesEncodesToTheSameBytes) {
  std::uint64_t const seed = 20261125;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random{seed};
  base::Bytes const good[] = {encode_entry(example()).value(), encode_entry(late()).value()};
  std::size_t decoded = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto bytes = good[round % 2];
    bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
    auto const entry = decode_entry(bytes);
    if (!entry) continue;
    ++decoded;
    EXPECT_EQ(encode_entry(*entry).value(), bytes);
  }
  EXPECT_GT(decoded, 1000u);
}

TEST(Entry, BreachingALimitIsRefusedWhenDecodedToo) {
  auto encoded = encode_entry(example()).value();
  auto const text = std::search(encoded.begin(), encoded.end(), std::begin("Mitte"), std::end("Mitte") - 1);
  ASSERT_NE(text, encoded.end());
  *text = 0x1b;
  EXPECT_EQ(field_of(decode_entry(encoded)), "office");
  auto waited = encode_entry(late()).value();
  ++waited.back();
  EXPECT_EQ(field_of(decode_entry(waited)), "first_tried");
}

TEST(Commitment, IsTheHashOfTheDesign) {
  auto const encoded = encode_entry(example()).value();
  Salt const salt = filled(0x44);
  base::Bytes preimage = base::to_bytes(base::as_bytes("abode/entry/v1"));
  preimage.push_back(0);
  base::append(preimage, salt);
  for (std::size_t shift : {24u, 16u, 8u, 0u}) preimage.push_back(static_cast<std::uint8_t>(encoded.size() >> shift));
  base::append(preimage, encoded);
  EXPECT_EQ(commitment(salt, encoded), digest::sha256(preimage));
  EXPECT_NE(commitment(filled(0x45), encoded), commitment(salt, encoded));

  auto const leaf = leaf_of(commitment(salt, encoded));
  EXPECT_EQ(leaf.size(), 33u);
  EXPECT_EQ(leaf[0], 1);
  EXPECT_EQ(state_mac(salt, filled(1)), digest::hmac_sha256(salt, {filled(1)}));
}

TEST(Plaintext, HasTheSameSizeForEveryEntryAndComesBackWhole) {
  Entry minimal;
  minimal.operation = "o";
  for (Entry const& entry : {example(), late(), largest(), minimal}) {
    auto const encoded = encode_entry(entry).value();
    auto const plaintext = seal_plaintext(encoded, filled(0x55));
    EXPECT_EQ(plaintext.size(), entry_plaintext_size_bytes);
    EXPECT_EQ(open_plaintext(plaintext).value(), (OpenedEntry{encoded, filled(0x55)}));
  }
  EXPECT_EQ(seal_plaintext(base::Bytes(max_entry_size_bytes), {}).size(), entry_plaintext_size_bytes);
}

TEST(Plaintext, RefusesPaddingLengthsAndSizesThatAreNotItsOwn) {
  auto const encoded = encode_entry(example()).value();
  auto const good = seal_plaintext(encoded, filled(0x55));
  for (std::size_t i = 2 + encoded.size() + 32; i < good.size(); ++i) {
    auto changed = good;
    changed[i] = 1;
    EXPECT_EQ(code_of(open_plaintext(changed)), errc::corrupted) << i;
  }
  auto changed = good;
  changed[0] = 0xff;
  EXPECT_EQ(code_of(open_plaintext(changed)), errc::corrupted);
  changed = good;
  changed[1] = static_cast<std::uint8_t>(changed[1] - 1);  // the salt's last byte would be padding
  EXPECT_EQ(code_of(open_plaintext(changed)), errc::corrupted);
  changed = good;
  changed.pop_back();
  EXPECT_EQ(code_of(open_plaintext(changed)), errc::corrupted);
  changed.resize(good.size() + 1);
  EXPECT_EQ(code_of(open_plaintext(changed)), errc::corrupted);
  EXPECT_EQ(code_of(open_plaintext({})), errc::corrupted);
}

}  // namespace
}  // namespace abode::log
