#include "log/note.hpp"

#include <gtest/gtest.h>

#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::errc;
using reference::LogKey;

std::string const text = "abode.example/log\n7\n" + std::string(43, 'A') + "=\n";

std::vector<VerifierKey> keys(std::initializer_list<LogKey> list) {
  std::vector<VerifierKey> out;
  for (LogKey const& key : list) out.push_back(key.key);
  return out;
}

std::string replaced(std::string in, std::string_view from, std::string_view to) {
  auto const at = in.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return in.replace(at, from.size(), to);
}

// The example of Go's sumdb/note package: text, key and signature made by another implementation.
constexpr std::string_view other_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view other_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(Note, OfAnotherImplementationVerifies) {
  auto const key = VerifierKey::parse(other_key).value();
  EXPECT_EQ(key.name(), "PeterNeumann");
  EXPECT_EQ(key.type(), SignatureType::ed25519);
  EXPECT_EQ(key.format(), other_key);
  auto const note = parse_note(other_note).value();
  EXPECT_EQ(format_note(note), other_note);
  EXPECT_EQ(verify_note(note, {&key, 1}).value(), std::vector{key});
  EXPECT_TRUE(VerifierKey::parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"));
}

TEST(VerifierKey, GoesThereAndBackAndRefusesEveryOtherForm) {
  LogKey const log{1};
  std::string const line = log.key.format();
  EXPECT_EQ(VerifierKey::parse(line).value(), log.key);
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::string changed = line;
    changed[i] = changed[i] == 'Q' ? 'R' : 'Q';
    auto const parsed = VerifierKey::parse(changed);
    EXPECT_TRUE(parsed.has_error()) << "byte " << i << ": " << changed;
  }
  for (std::size_t size = 0; size < line.size(); ++size)
    EXPECT_TRUE(VerifierKey::parse(line.substr(0, size)).has_error());
  EXPECT_TRUE(VerifierKey::parse(line + "\n").has_error());
  EXPECT_TRUE(VerifierKey::parse(" " + line).has_error());
  EXPECT_TRUE(VerifierKey::parse("name+00000000+").has_error());
}

TEST(VerifierKey, SaysWhenItsTypeIsNotServed) {
  base::Bytes typed{0x06};  // ML-DSA-44
  base::append(typed, LogKey{1}.secret.public_key());
  EXPECT_EQ(code_of(VerifierKey::parse("name+00000000+" + codec::to_base64(typed))), errc::unsupported);
}

TEST(VerifierKey, RefusesBadNamesAndLengths) {
  LogKey const log{1};
  for (std::string name : {"", "a b", "a+b", "a\nb", "a\tb", "\x01", "a\u00a0b", "a\u2003b", "\u3000", "a\u0085",
                           "\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\xe2\x28\xa1"})
    EXPECT_EQ(field_of(VerifierKey::create(name, SignatureType::ed25519, log.secret.public_key())), "name") << name;
  EXPECT_TRUE(VerifierKey::create("d\u00fcrfen.example/\u2713", SignatureType::ed25519, log.secret.public_key()));
  EXPECT_EQ(field_of(VerifierKey::create("a", SignatureType::ed25519, log.secret.public_key().first(31))),
            "public_key");
  EXPECT_EQ(field_of(VerifierKey::create("a", SignatureType::ed25519, base::Bytes(33))), "public_key");
}

TEST(Note, IgnoresUnknownKeysAndTellsWhichTrustedOnesSigned) {
  LogKey const log{1};
  LogKey const stranger{2, "stranger.example"};
  LogKey const namesake{3};  // the log's name, another key
  std::string const signed_text =
      text + "\n" + stranger.line_under(text) + log.line_under(text) + namesake.line_under(text) + log.line_under(text);
  auto const note = parse_note(signed_text).value();
  EXPECT_EQ(note.signatures.size(), 4u);
  EXPECT_EQ(verify_note(note, keys({log})).value(), keys({log}));
  EXPECT_EQ(verify_note(note, keys({log, stranger})).value(), keys({stranger, log}));
  EXPECT_EQ(field_of(verify_note(note, keys({LogKey{4}}))), "key");
  EXPECT_EQ(field_of(verify_note(note, {})), "key");
}

TEST(Note, IgnoresSignaturesOfAnUnknownAlgorithm) {
  LogKey const log{1};
  base::Bytes const long_signature(4 + 4627, 0x5a);  // as long as a post-quantum one
  std::string const line = "\u2014 witness.example " + codec::to_base64(long_signature) + "\n";
  auto const note = parse_note(text + "\n" + line + log.line_under(text)).value();
  EXPECT_EQ(verify_note(note, keys({log})).value(), keys({log}));
}

TEST(Note, IsRejectedAsAWholeForOneBadSignatureOfATrustedKey) {
  LogKey const log{1};
  LogKey const witness{2, "witness.example"};
  std::string const other = replaced(text, "7", "8");
  auto const note = parse_note(text + "\n" + log.line_under(text) + witness.line_under(other)).value();
  EXPECT_EQ(field_of(verify_note(note, keys({log, witness}))), "signature");
  EXPECT_TRUE(verify_note(note, keys({log})));
}

TEST(Note, WithAnyBitOfTextNameOrSignatureChangedIsNotVerified) {
  LogKey const log{1};
  std::string const good = log.note_of(text);
  ASSERT_TRUE(verify_note(parse_note(good).value(), keys({log})));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (char bit : {'\x01', '\x20'}) {
      std::string changed = good;
      changed[i] = static_cast<char>(changed[i] ^ bit);
      auto const note = parse_note(changed);
      EXPECT_FALSE(note && verify_note(*note, keys({log}))) << "byte " << i;
    }
  }
}

TEST(Note, SignedUnderAnotherNameIsByAnUnknownKey) {
  LogKey const log{1};
  LogKey const renamed{1, "other.example"};  // the same secret
  auto const note = parse_note(renamed.note_of(text)).value();
  EXPECT_EQ(field_of(verify_note(note, keys({log}))), "key");
}

TEST(Note, OfSixtyFourSignaturesIsTakenAndOneMoreIsNot) {
  std::string note = text + "\n";
  LogKey const log{0};
  for (std::uint8_t i = 1; i < 17; ++i) note += LogKey{i, "w" + std::to_string(i)}.line_under(text);
  note += log.line_under(text);
  EXPECT_EQ(parse_note(note).value().signatures.size(), 17u);
  EXPECT_TRUE(verify_note(parse_note(note).value(), keys({log})));
  for (int i = 17; i < 64; ++i) note += log.line_under(text);
  EXPECT_TRUE(parse_note(note));
  EXPECT_EQ(code_of(parse_note(note + log.line_under(text))), errc::too_large);
}

TEST(Note, RefusesEveryOtherForm) {
  LogKey const log{1};
  std::string const line = log.line_under(text);
  std::string const good = text + "\n" + line;
  ASSERT_TRUE(parse_note(good));
  std::string const name = log.key.name();
  for (std::string const& bad :
       std::vector<std::string>{"",
                                "\n",
                                "\n\n",
                                text,
                                text + "\n",
                                text + line,
                                good.substr(0, good.size() - 1),
                                good + "\n",
                                good + "x\n",
                                replaced(good, "\u2014 ", "- "),
                                replaced(good, "\u2014 ", "\u2013 "),
                                replaced(good, "\u2014 ", "\u2014"),
                                replaced(good, "\u2014 ", "\u2014  "),
                                replaced(good, "\u2014 " + name, "\u2014 a+b"),
                                replaced(good, "\u2014 " + name, "\u2014 "),
                                replaced(good, "\u2014 " + name + " ", "\u2014 "),
                                replaced(good, "\u2014 " + name + " ", "\u2014 " + name + "  "),
                                replaced(good, "\u2014 " + name, "\u2014 a\u00a0b"),
                                text + "\n\u2014 " + name + " AAAAAA==\n",
                                text + "\n\u2014 " + name + " \n",
                                text + "\n\u2014 " + name + "\n",
                                text + "\n\u2014 " + name + " AAAAAAB=\n",
                                text + "\n\u2014 " + name + " AAAAAAA\n",
                                "a\rb\n\n" + line,
                                "a\tb\n\n" + line,
                                std::string("a\0b\n\n", 5) + line,
                                "\xff\n\n" + line,
                                good + std::string(1, '\0')})
    EXPECT_EQ(code_of(parse_note(bad)), errc::malformed) << bad;
  EXPECT_EQ(code_of(parse_note(std::string(max_note_size_bytes, 'a') + "\n\n" + line)), errc::too_large);
}

TEST(Note, TextMayHoldBlankLines) {
  LogKey const log{1};
  std::string const blank = "one\n\n\ntwo\n";
  auto const note = parse_note(log.note_of(blank)).value();
  EXPECT_EQ(note.text, blank);
  EXPECT_TRUE(verify_note(note, keys({log})));
}

Checkpoint example() {
  return {"abode.example/log", 20'852'163, reference::nth_leaf_hash(1), {}};
}

TEST(Checkpoint, GoesThereAndBack) {
  Checkpoint checkpoint = example();
  EXPECT_EQ(format_checkpoint(checkpoint), "abode.example/log\n20852163\n" + codec::to_base64(checkpoint.root) + "\n");
  EXPECT_EQ(parse_checkpoint(format_checkpoint(checkpoint)).value(), checkpoint);
  checkpoint.extensions = {"one", "two words"};
  EXPECT_EQ(parse_checkpoint(format_checkpoint(checkpoint)).value(), checkpoint);
  checkpoint.size = 0;
  EXPECT_EQ(parse_checkpoint(format_checkpoint(checkpoint)).value(), checkpoint);
  checkpoint.size = ~std::uint64_t{0};
  EXPECT_EQ(parse_checkpoint(format_checkpoint(checkpoint)).value(), checkpoint);
}

TEST(Checkpoint, RefusesEveryOtherForm) {
  std::string const good = format_checkpoint(example());
  std::string const root = codec::to_base64(example().root);
  for (std::string const& bad : std::vector<std::string>{"",
                                                         "\n",
                                                         "a\n",
                                                         "a\n1\n",
                                                         good.substr(0, good.size() - 1),
                                                         good + "\n",
                                                         good + "extension",
                                                         good + "a\n\nb\n",
                                                         "\n" + good,
                                                         replaced(good, "20852163", ""),
                                                         replaced(good, "20852163", "020852163"),
                                                         replaced(good, "20852163", "+1"),
                                                         replaced(good, "20852163", "-1"),
                                                         replaced(good, "20852163", " 1"),
                                                         replaced(good, "20852163", "1 "),
                                                         replaced(good, "20852163", "00"),
                                                         replaced(good, "20852163", "0x1"),
                                                         replaced(good, "20852163", "18446744073709551616"),
                                                         replaced(good, root, ""),
                                                         replaced(good, root, codec::to_base64(base::Bytes(31))),
                                                         replaced(good, root, codec::to_base64(base::Bytes(33))),
                                                         replaced(good, root, root + " "),
                                                         replaced(good, root, root.substr(0, 43))})
    EXPECT_EQ(code_of(parse_checkpoint(bad)), errc::malformed) << bad;
}

TEST(Checkpoint, VerifiesOnlyUnderTheKeyOfItsOwnLog) {
  LogKey const log{1};
  auto const note = parse_note(log.note_of(format_checkpoint(example()))).value();
  EXPECT_EQ(verify_checkpoint(note, log.key).value(), example());
  EXPECT_EQ(field_of(verify_checkpoint(note, LogKey{2}.key)), "key");
  LogKey const other{3, "other.example/log"};
  auto const foreign = parse_note(other.note_of(format_checkpoint(example()))).value();
  EXPECT_EQ(field_of(verify_checkpoint(foreign, other.key)), "origin");
  auto const no_checkpoint = parse_note(log.note_of("hello\n")).value();
  EXPECT_EQ(code_of(verify_checkpoint(no_checkpoint, log.key)), errc::malformed);
}

}  // namespace
}  // namespace abode::log
