#include "log/trust_policy.hpp"

#include <gtest/gtest.h>

#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::errc;
using reference::LogKey;
using reference::WitnessKey;

struct TrustPolicyTest : testing::Test {
  LogKey log{1};
  WitnessKey w1{11, "witness.example/w1"};
  WitnessKey w2{12, "witness.example/w2"};
  WitnessKey w3{13, "witness.example/w3"};
  WitnessKey w4{14, "witness.example/w4"};

  std::string log_line() const { return "log " + log.key.format() + "\n"; }
  std::string witness_line(std::string const& name, WitnessKey const& witness) const {
    return "witness " + name + " " + witness.key.format() + "\n";
  }
  std::string witnesses() const {
    return witness_line("X1", w1) + witness_line("X2", w2) + witness_line("Y1", w3) + witness_line("Y2", w4);
  }
  TrustPolicy policy(std::string const& rest) const {
    return TrustPolicy::parse(log_line() + witnesses() + rest).value();
  }
};

using Policy = TrustPolicyTest;

TEST_F(Policy, NamesLogsAndWitnessesWithTheirAddresses) {
  auto const read = TrustPolicy::parse("# who to believe\n\n \t \n\tlog  " + log.key.format() +
                                       "   https://log.example/ \n" + "  # indented\nwitness W \t" + w1.key.format() +
                                       " https://w.example/prefix\nwitness V " + w2.key.format() + "\nquorum W\n")
                        .value();
  ASSERT_EQ(read.logs().size(), 1u);
  EXPECT_EQ(read.logs()[0], (TrustedKey{"", log.key, "https://log.example/"}));
  ASSERT_EQ(read.witnesses().size(), 2u);
  EXPECT_EQ(read.witnesses()[0], (TrustedKey{"W", w1.key, "https://w.example/prefix"}));
  EXPECT_EQ(read.witnesses()[1], (TrustedKey{"V", w2.key, std::nullopt}));
  EXPECT_EQ(read.log("abode.example/log"), &read.logs()[0]);
  EXPECT_EQ(read.log("abode.example/other"), nullptr);
  EXPECT_TRUE(read.asks_for_cosignatures());
}

TEST_F(Policy, CountsCosignersByThresholdsWithinGroups) {
  auto const nested = policy("group X all X1 X2\ngroup Y any Y1 Y2\ngroup both 2 X Y\nquorum both\n");
  auto const met = [&](std::vector<WitnessKey const*> const& who) {
    std::vector<VerifierKey> keys;
    for (WitnessKey const* witness : who) keys.push_back(witness->key);
    return nested.quorum(keys);
  };
  EXPECT_TRUE(met({&w1, &w2, &w3}));
  EXPECT_TRUE(met({&w4, &w2, &w1}));
  EXPECT_FALSE(met({&w1, &w2}));
  EXPECT_FALSE(met({&w1, &w3, &w4}));
  EXPECT_FALSE(met({}));
  EXPECT_TRUE(policy("quorum X1\n").quorum(std::vector{w1.key}));
  EXPECT_FALSE(policy("quorum X1\n").quorum(std::vector{w2.key})) << "the quorum is one witness, and it is another";
  auto const none = policy("quorum none\n");
  EXPECT_TRUE(none.quorum({}));
  EXPECT_FALSE(none.asks_for_cosignatures());
}

TEST_F(Policy, RefusesWhatTheSpecificationRefusesAndSaysWhere) {
  std::string const w = witness_line("W", w1);
  std::string const same_key =
      "witness V other.example+" + w1.key.format().substr(w1.key.format().find('+') + 1) + "\n";
  struct Case {
    std::string text;
    std::string_view says;
  };
  Case const cases[] = {
      {"", "no quorum"},
      {log_line(), "no quorum"},
      {"quorum none", "no newline"},
      {"quorum none\nquorum none\n", "Line 2"},
      {"quorum W\n", "no line before it defines"},
      {w + "quorum w\n", "no line before it defines"},
      {"quorum\n", "must be: quorum"},
      {"quorum none none\n", "must be: quorum"},
      {"Quorum none\n", "begins with \"Quorum\""},
      {"log\nquorum none\n", "must be: log"},
      {"log " + w1.key.format() + "\nquorum none\n", "not one of a log"},
      {"witness W " + log.key.format() + "\nquorum none\n", "not one of a witness"},
      {"log nonsense\nquorum none\n", "no key that can be used"},
      {log_line() + log_line() + "quorum none\n", "stands in the file already"},
      {w + witness_line("V", w1) + "quorum none\n", "stands in the file already"},
      {w + same_key + "quorum none\n", "no key that can be used"},
      {w + witness_line("W", w2) + "quorum none\n", "a second time"},
      {witness_line("none", w1) + "quorum none\n", "may not use the name"},
      {w + "group none all W\nquorum none\n", "may not use the name"},
      {w + "group W all W\nquorum none\n", "a second time"},
      {w + "group G all\nquorum none\n", "must be: group"},
      {w + "group G 0 W\nquorum none\n", "from 1 to the number"},
      {w + "group G 2 W\nquorum none\n", "from 1 to the number"},
      {w + "group G 01 W\nquorum none\n", "from 1 to the number"},
      {w + "group G some W\nquorum none\n", "from 1 to the number"},
      {w + "group G all W W\nquorum none\n", "in a group already"},
      {w + "group G all W\ngroup H all W\nquorum none\n", "in a group already"},
      {w + "group G all G\nquorum none\n", "no line before it defines"},
      {w + "group G all none\nquorum none\n", "no line before it defines"},
      {"# \x01\nquorum none\n", "control character"},
      {"# \x7f\nquorum none\n", "control character"},
      {"quorum none\r\n", "control character"},
  };
  for (Case const& c : cases) {
    auto const read = TrustPolicy::parse(c.text);
    ASSERT_FALSE(read) << c.text;
    EXPECT_NE(read.error().detail.find(c.says), std::string::npos) << c.text << read.error().detail;
  }
  EXPECT_TRUE(TrustPolicy::parse("# caf\xe9 \xf0\x9f\x98\x80\nquorum none\n")) << "other bytes are opaque";
}

TEST_F(Policy, TakesAThousandLinesAndNoMore) {
  std::string text;
  for (int i = 0; i < 999; ++i)
    text += witness_line("w" + std::to_string(i),
                         WitnessKey{static_cast<std::uint8_t>(1 + i % 200), "n" + std::to_string(i)});
  EXPECT_EQ(code_of(TrustPolicy::parse(text + "quorum none\n")), errc::invalid) << "keys repeat";
  std::string groups = witness_line("g0", w1);
  for (int i = 1; i < 999; ++i) groups += "group g" + std::to_string(i) + " all g" + std::to_string(i - 1) + "\n";
  auto const deep = TrustPolicy::parse(groups + "quorum g998\n");
  ASSERT_TRUE(deep) << deep.error().detail;
  EXPECT_TRUE(deep->quorum(std::vector{w1.key}));
  EXPECT_EQ(code_of(TrustPolicy::parse(groups + "group last all g998\nquorum last\n")), errc::too_large);
  EXPECT_EQ(code_of(TrustPolicy::parse(std::string(max_policy_size_bytes + 1, '\n'))), errc::too_large);
}

struct CosignedTest : TrustPolicyTest {
  std::string text = format_checkpoint({log.key.name(), 7, reference::nth_leaf_hash(0), {}});
  base::Time noon = base::parse_time("2026-11-26T12:00:00Z").value();
  TrustPolicy two_of_x = policy("group X all X1 X2\nquorum X\n");

  base::result<Cosigned> verify(std::string const& lines) const {
    return verify_cosigned(parse_note(text + "\n" + lines).value(), two_of_x);
  }
};

using CosignedCheckpoint = CosignedTest;

TEST_F(CosignedCheckpoint, TellsWhoCosignedAndWhenTheFirstDid) {
  auto const seen =
      verify(log.line_under(text) + w2.line_under(text, noon) + w1.line_under(text, noon - std::chrono::seconds{3}) +
             WitnessKey{9, "unknown"}.line_under(text, noon))
          .value();
  EXPECT_EQ(seen.checkpoint.size, 7u);
  EXPECT_EQ(seen.cosigners, (std::vector{w1.key, w2.key}));
  EXPECT_TRUE(seen.quorum);
  EXPECT_EQ(seen.seen_at, noon - std::chrono::seconds{3});
}

TEST_F(CosignedCheckpoint, WithoutAQuorumIsGoodButSaysSo) {
  EXPECT_FALSE(verify(log.line_under(text)).value().quorum);
  EXPECT_EQ(verify(log.line_under(text)).value().seen_at, std::nullopt);
  EXPECT_FALSE(verify(log.line_under(text) + w1.line_under(text, noon) + w1.line_under(text, noon)).value().quorum)
      << "the same witness twice is one";
}

TEST_F(CosignedCheckpoint, IsRefusedForABadSignatureOrAnotherLog) {
  std::string const other = format_checkpoint({log.key.name(), 8, reference::nth_leaf_hash(0), {}});
  EXPECT_EQ(field_of(verify(log.line_under(text) + w1.line_under(other, noon))), "signature");
  EXPECT_EQ(field_of(verify(log.line_under(other) + w1.line_under(text, noon))), "signature");
  EXPECT_EQ(field_of(verify(w1.line_under(text, noon))), "key") << "the log itself must have signed";
  text = format_checkpoint({"other.example/log", 7, reference::nth_leaf_hash(0), {}});
  EXPECT_EQ(field_of(verify(log.line_under(text))), "origin");
}

TEST_F(CosignedCheckpoint, OfAnotherTimeOrCutShortIsRefused) {
  auto const line = [&](base::Bytes signature) { return log.line_under(text) + signature_line(w1.key, signature); };
  base::Bytes const good = cosignature(noon, w1.secret.sign(cosignature_message(noon, text)));
  EXPECT_TRUE(verify(line(good)));
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    base::Bytes changed = good;
    changed[byte] ^= 1;
    EXPECT_EQ(field_of(verify(line(changed))), "signature") << byte;
  }
  for (std::size_t size = 1; size < good.size(); ++size)
    EXPECT_EQ(field_of(verify(line(base::Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))))),
              "signature")
        << size;
  base::Bytes const plain = w1.secret.sign(base::as_bytes(text));
  EXPECT_EQ(field_of(verify(line(plain))), "signature") << "what a log would sign is no cosignature";
  base::Time const far{std::chrono::seconds{253'402'300'800}};
  EXPECT_EQ(field_of(verify(line(cosignature(far, w1.secret.sign(cosignature_message(far, text)))))), "signature");
}

}  // namespace
}  // namespace abode::log
