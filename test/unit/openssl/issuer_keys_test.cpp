#include "openssl/issuer_keys.hpp"

#include <gtest/gtest.h>

#include "credential/seal.hpp"
#include "digest/digest.hpp"

namespace abode::openssl {
namespace {

base::Time const now = base::parse_time("2026-11-27T20:34:56Z").value();
base::Time const hour = base::parse_time("2026-11-27T20:00:00Z").value();

TEST(IssuerKeys, SignWhatTheirCertificateVerifies) {
  auto const root = make_root_key("Root", now, false);
  auto const key = make_signing_key(*root, "proofs", now);
  base::Bytes const message{1, 2, 3};
  auto const signature = key->sign(message).value();
  ASSERT_EQ(signature.size(), 64U);
  auto const public_key = key->chain().front().p256_key().value();
  EXPECT_TRUE(digest::verify_es256(public_key, message, signature));
  EXPECT_FALSE(digest::verify_es256(public_key, base::Bytes{1, 2, 4}, signature));
}

TEST(IssuerKeys, LeadUpToTheirRootAndBeginWithTheHour) {
  auto const root = make_root_key("Root", now, false);
  auto const key = make_signing_key(*root, "proofs", now);
  ASSERT_EQ(key->chain().size(), 1U) << "the anchor does not come along";
  EXPECT_TRUE(key->anchor() == root->anchor());
  EXPECT_TRUE(root->anchor().is_self_signed());
  EXPECT_FALSE(key->chain().front().is_self_signed());
  auto const life = certificates::life_of_chain(key->chain(), root->anchor()).value();
  EXPECT_EQ(life.from, hour);
  EXPECT_EQ(life.until, hour + signer_life);
  EXPECT_EQ(key->life().from, life.from);
  EXPECT_EQ(key->life().until, life.until);
  auto const another = make_root_key("Root", now, false);
  EXPECT_FALSE(certificates::life_of_chain(key->chain(), another->anchor()));
  EXPECT_FALSE(certificates::life_of_chain(root->chain(), root->anchor())) << "a root signs no proofs";
}

TEST(IssuerKeys, OfTestModeAreMarkedRootAndAll) {
  auto const root = make_root_key("Root", now, true);
  EXPECT_TRUE(root->anchor().is_for_tests());
  EXPECT_TRUE(make_signing_key(*root, "proofs", now)->chain().front().is_for_tests());
  auto const live = make_root_key("Root", now, false);
  EXPECT_FALSE(live->anchor().is_for_tests());
  EXPECT_FALSE(make_signing_key(*live, "proofs", now)->chain().front().is_for_tests());
}

// What a page of somebody with long names says must fit beside the certificate: three bytes a letter, in Georgian.
TEST(IssuerKeys, LeaveRoomForAPageInTheirCertificates) {
  for (bool const for_tests : {false, true}) {
    auto const root = make_root_key("Root", now, for_tests);
    auto const key = make_signing_key(*root, "proofs", now);
    credential::ResidenceSeal const page{
        .issuer = "https://register.example",
        .number = "7K2PDXQ04M8ZVW1H",
        .issued_on = base::day_of(now),
        .good_through = base::day_of(now + std::chrono::days{300}),
        .status = credential::StatusReference{"https://register.example/status/0123456789ab", 131'071},
        .person = {{"family_name", "ბარათაშვილი"}, {"given_name", "ნიკოლოზი"}},
        .address = {{"formatted", "ჭავჭავაძის გამზირი 37\n0179 თბილისი"}, {"country", "GE"}},
        .residence = {{"kind", "main"}, {"since", "2021-09-01"}}};
    auto const fits = credential::check_fits(page, key->chain().front());
    EXPECT_TRUE(fits) << fits.error().detail;
  }
}

TEST(IssuerKeys, AreReadBackFromPem) {
  auto const root = make_root_key("Root", now, false);
  auto const key = make_signing_key(*root, "proofs", now);
  for (IssuerKey const* one : {root.get(), key.get()}) {
    auto const again = read_issuer_key(one->to_pem());
    ASSERT_TRUE(again);
    EXPECT_TRUE((*again)->chain() == one->chain());
    EXPECT_TRUE((*again)->anchor() == one->anchor());
    base::Bytes const message{7};
    EXPECT_TRUE(
        digest::verify_es256(one->chain().front().p256_key().value(), message, (*again)->sign(message).value()));
    EXPECT_EQ((*again)->to_pem(), one->to_pem());
  }
}

TEST(IssuerKeys, ARootThatWasReadBackSignsNewKeys) {
  auto const root = read_issuer_key(make_root_key("Root", now, true)->to_pem()).value()->to_pem();
  auto const key = make_signing_key(*read_issuer_key(root).value(), "proofs", now);
  EXPECT_TRUE(certificates::life_of_chain(key->chain(), read_issuer_key(root).value()->anchor()));
}

TEST(IssuerKeys, RefuseWhatDoesNotBelongTogether) {
  auto const root = make_root_key("Root", now, false);
  std::string const one = make_signing_key(*root, "one", now)->to_pem().reveal(base::Disclosure::to_crypto);
  std::string const two = make_signing_key(*root, "two", now)->to_pem().reveal(base::Disclosure::to_crypto);
  std::string const other =
      make_signing_key(*make_root_key("Other", now, false), "x", now)->to_pem().reveal(base::Disclosure::to_crypto);
  auto const certificates_at = [](std::string const& pem) { return pem.find("-----BEGIN CERTIFICATE"); };
  auto const root_at = [](std::string const& pem) { return pem.rfind("-----BEGIN CERTIFICATE"); };
  std::string const broken[] = {"",
                                "nothing",
                                one.substr(0, certificates_at(one)),
                                one.substr(certificates_at(one)),
                                one.substr(0, certificates_at(one)) + two.substr(certificates_at(two)),
                                one.substr(0, root_at(one)) + other.substr(root_at(other))};
  for (std::string const& pem : broken) {
    auto const read = read_issuer_key(base::Secret{pem});
    ASSERT_FALSE(read) << pem;
    EXPECT_EQ(read.error().code, base::errc::malformed);
  }
}

TEST(IssuerKeys, MayBeElsewhereAndCertifiedHere) {
  auto const root = make_root_key("Root", now, false);
  auto const elsewhere = make_signing_key(*make_root_key("Other", now, false), "device", now);
  auto const public_key = elsewhere->chain().front().p256_key().value();
  Sign const sign = [&](base::ByteView message) { return elsewhere->sign(message); };
  auto const key = certify_key(*root, "proofs", now, public_key, sign);
  EXPECT_TRUE(key->anchor() == root->anchor());
  EXPECT_EQ(key->chain().front().p256_key().value(), public_key);
  base::Bytes const message{7};
  EXPECT_TRUE(digest::verify_es256(public_key, message, key->sign(message).value()));

  auto const pem = key->to_pem();
  EXPECT_EQ(pem.reveal(base::Disclosure::to_crypto).find("PRIVATE"), std::string::npos);
  auto const again = read_issuer_key(pem, [&](base::ByteView wanted) -> base::result<Sign> {
    EXPECT_EQ(base::Bytes(wanted.begin(), wanted.end()), public_key);
    return sign;
  });
  ASSERT_TRUE(again);
  EXPECT_TRUE((*again)->chain() == key->chain());
  EXPECT_TRUE(digest::verify_es256(public_key, message, (*again)->sign(message).value()));
  EXPECT_EQ(read_issuer_key(pem).error().code, base::errc::malformed) << "nobody has the key";
  auto const lost = read_issuer_key(
      pem, [](base::ByteView) -> base::result<Sign> { return base::fail(base::errc::not_found, "gone"); });
  EXPECT_EQ(lost.error().code, base::errc::not_found);
}

}  // namespace
}  // namespace abode::openssl
