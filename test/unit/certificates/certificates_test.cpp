#include "certificates/certificates.hpp"

#include <gtest/gtest.h>

#include "support/issuer.hpp"

namespace abode::certificates {
namespace {

base::result<void> check_chain(std::vector<Certificate> const& chain, Certificate const& anchor, base::Time then) {
  return check_life(life_of_chain(chain, anchor), then);
}

base::Time at(char const* text) {
  return base::parse_time(text).value();
}

struct Chain {
  base::Time from = at("2026-01-01T00:00:00Z");
  base::Time until = at("2027-01-01T00:00:00Z");
  test::P256Key root_key;
  test::P256Key leaf_key;
  Certificate root = test::make_certificate({"Root", root_key, root_key, "Root", from, until, true});
  Certificate leaf = test::make_certificate({"Leaf", leaf_key, root_key, "Root", from, until});
};

TEST(Certificates, TellTheirKey) {
  Chain const chain;
  EXPECT_EQ(chain.leaf.p256_key().value(), chain.leaf_key.public_key());
  EXPECT_TRUE(chain.root.is_self_signed());
  EXPECT_FALSE(chain.leaf.is_self_signed());
  Certificate copy = chain.leaf;
  copy = chain.root;
  EXPECT_EQ(copy, chain.root);
  EXPECT_NE(copy, chain.leaf);
  EXPECT_EQ(Certificate::parse(chain.leaf.der()).value().der(), chain.leaf.der());
}

TEST(Certificates, OfAnotherKindOfKeyHaveNoneOfThisKind) {
  for (auto const& other : {test::make_certificate_on("P-384"), test::make_certificate_on("secp256k1")})
    EXPECT_EQ(other.p256_key().error().code, base::errc::unsupported);
}

TEST(Certificates, OfTestModeAreMarked) {
  Chain const chain;
  auto const marked = test::make_certificate({.subject = "Leaf",
                                              .key = chain.leaf_key,
                                              .signed_by = chain.root_key,
                                              .issuer = "Root",
                                              .from = chain.from,
                                              .until = chain.until,
                                              .is_for_tests = true});
  EXPECT_TRUE(marked.is_for_tests());
  EXPECT_FALSE(chain.leaf.is_for_tests());
  EXPECT_TRUE(check_chain({marked}, chain.root, at("2026-06-01T00:00:00Z"))) << "the mark does not hinder";
}

TEST(Certificates, AreWholeOrRefused) {
  Chain const chain;
  base::Bytes der = chain.leaf.der();
  der.push_back(0);
  EXPECT_FALSE(Certificate::parse(der));
  der.resize(der.size() - 2);
  EXPECT_FALSE(Certificate::parse(der));
  EXPECT_FALSE(Certificate::parse({}));
}

TEST(Chains, HoldAtTheirTimeUnderTheirAnchor) {
  Chain const chain;
  Chain const other;
  EXPECT_TRUE(check_chain({chain.leaf}, chain.root, at("2026-06-01T00:00:00Z")));
  EXPECT_FALSE(check_chain({chain.leaf}, other.root, at("2026-06-01T00:00:00Z")));
  EXPECT_FALSE(check_chain({chain.leaf}, chain.root, at("2025-12-31T23:59:59Z")));
  EXPECT_FALSE(check_chain({chain.leaf}, chain.root, at("2027-01-01T00:00:01Z")));
  EXPECT_FALSE(check_chain({chain.root}, chain.root, at("2026-06-01T00:00:00Z"))) << "an authority signs no proofs";
}

TEST(Chains, DoNotPassThroughWhoIsNoAuthority) {
  Chain const chain;
  test::P256Key const below_key;
  auto const below = test::make_certificate({"Below", below_key, chain.leaf_key, "Leaf", chain.from, chain.until});
  EXPECT_FALSE(check_chain({below, chain.leaf}, chain.root, at("2026-06-01T00:00:00Z")));
}

}  // namespace
}  // namespace abode::certificates
