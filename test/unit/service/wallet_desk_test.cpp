// What a holder lays out for their wallet: good once, for minutes, and for nobody else.
#include "service/wallet_desk.hpp"

#include <gtest/gtest.h>

#include "service/sessions.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using test::must;

class Desk : public ::testing::Test {
 protected:
  LaidOutOffer lay_out() { return must(desk.lay_out(anna, {})); }
  std::string code_of(LaidOutOffer const& offer) {
    return must(desk.look(offer.id)).code.reveal(base::Disclosure::to_holder);
  }
  static std::string digits_of(LaidOutOffer const& offer) {
    return offer.transaction_code.reveal(base::Disclosure::to_holder);
  }
  base::result<WalletToken> redeem(LaidOutOffer const& offer) {
    return desk.redeem(code_of(offer), digits_of(offer), "key");
  }
  std::string token() { return must(redeem(lay_out())).token.reveal(base::Disclosure::to_holder); }

  test::World world;
  ports::HolderSession anna = world.anna();
  WalletDesk& desk = world.desk;
};

TEST_F(Desk, GivesATokenForACodeOnce) {
  auto const offer = lay_out();
  auto const code = code_of(offer);
  EXPECT_EQ(digits_of(offer).size(), transaction_code_digits);
  must(redeem(offer));
  EXPECT_EQ(desk.redeem(code, digits_of(offer), "key").error().code, errc::not_found);
  EXPECT_EQ(desk.look(offer.id).error().code, errc::not_found);
}

TEST_F(Desk, KnowsItsCodesWhileTheyWait) {
  auto const offer = lay_out();
  auto const code = code_of(offer);
  EXPECT_TRUE(desk.has_code(code));
  EXPECT_FALSE(desk.has_code(offer.id));
  must(redeem(offer));
  EXPECT_FALSE(desk.has_code(code));
  auto const late = code_of(lay_out());
  world.clock.pass(wallet_offer_life);
  EXPECT_FALSE(desk.has_code(late));
}

TEST_F(Desk, TakesFiveWrongTransactionCodesAndThenNone) {
  auto const offer = lay_out();
  auto const code = code_of(offer);
  EXPECT_EQ(desk.redeem(code, {}, "key").error().code, errc::invalid) << "a missing one is no guess";
  for (unsigned n = 0; n < max_transaction_code_misses - 1; ++n)
    EXPECT_EQ(desk.redeem(code, "no", "key").error().code, errc::not_found);
  must(desk.look(offer.id));
  EXPECT_EQ(desk.redeem(code, "no", "key").error().code, errc::not_found);
  EXPECT_EQ(desk.redeem(code, digits_of(offer), "key").error().code, errc::not_found);
}

TEST_F(Desk, ForgetsOffersAndTokensInTime) {
  auto const offer = lay_out();
  auto const code = code_of(offer);
  world.clock.pass(wallet_offer_life - std::chrono::seconds{1});
  must(desk.look(offer.id));
  world.clock.pass(std::chrono::seconds{1});
  EXPECT_EQ(desk.look(offer.id).error().code, errc::not_found);
  EXPECT_EQ(desk.redeem(code, digits_of(offer), "key").error().code, errc::not_found);
  anna = world.anna();
  auto const given = token();
  world.clock.pass(wallet_token_life - std::chrono::seconds{1});
  must(desk.right_of(given, "key"));
  world.clock.pass(std::chrono::seconds{1});
  EXPECT_EQ(desk.right_of(given, "key").error().code, errc::unauthenticated);
}

TEST_F(Desk, BindsATokenToItsKey) {
  auto const given = token();
  EXPECT_EQ(desk.right_of(given, "another").error().code, errc::unauthenticated);
  EXPECT_EQ(desk.right_of("none", "key").error().code, errc::unauthenticated);
  EXPECT_EQ(must(desk.right_of(given, "key")).holder.record(), anna.record());
}

TEST_F(Desk, GivesTenProofsForAToken) {
  auto const given = token();
  EXPECT_TRUE(desk.take(given, 4));
  EXPECT_EQ(desk.take(given, 7).error().code, errc::conflict);
  EXPECT_TRUE(desk.take(given, 6));
  EXPECT_EQ(desk.take(given, 1).error().code, errc::conflict);
}

TEST_F(Desk, HoldsFewOffersOfOneHolderAndManyOfAll) {
  for (std::size_t n = 0; n < max_wallet_offers_of_one; ++n) lay_out();
  EXPECT_EQ(desk.lay_out(anna, {}).error().code, errc::conflict);
  must(desk.lay_out(world.peter(), {}));
  world.clock.pass(wallet_offer_life);
  anna = world.anna();
  lay_out();
}

TEST_F(Desk, TakesAFreshSignIn) {
  world.clock.pass(fresh_sign_in + std::chrono::seconds{1});
  EXPECT_EQ(desk.lay_out(anna, {}).error().code, errc::stale_sign_in);
}

TEST_F(Desk, KnowsItsNoncesForTheirPurposeAndTime) {
  using enum WalletDesk::NonceOf;
  auto const nonce = desk.make_nonce(key_proof);
  EXPECT_TRUE(desk.is_good_nonce(key_proof, nonce));
  EXPECT_FALSE(desk.is_good_nonce(dpop, nonce));
  EXPECT_FALSE(desk.is_good_nonce(key_proof, ""));
  EXPECT_FALSE(desk.is_good_nonce(key_proof, nonce + "A"));
  for (std::size_t at = 0; at < nonce.size(); ++at) {
    std::string changed = nonce;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(desk.is_good_nonce(key_proof, changed)) << at;
  }
  WalletDesk other{world.clock, world.random};
  EXPECT_FALSE(other.is_good_nonce(key_proof, nonce)) << "after a restart all are void";
  world.clock.pass(wallet_nonce_life);
  EXPECT_FALSE(desk.is_good_nonce(key_proof, nonce));
}

TEST_F(Desk, HearsAMessageOnce) {
  EXPECT_TRUE(desk.is_first("one"));
  EXPECT_FALSE(desk.is_first("one"));
  EXPECT_TRUE(desk.is_first("two"));
  world.clock.pass(2 * wallet_nonce_life);
  EXPECT_TRUE(desk.is_first("one")) << "its nonce is long over";
}

TEST_F(Desk, KnowsTheNotificationsOfEachToken) {
  auto const one = token();
  auto const two = token();
  auto const id = desk.make_notification_id(one);
  EXPECT_TRUE(desk.is_notification_id(one, id));
  EXPECT_TRUE(desk.is_notification_id(one, id)) << "as often as it is told";
  EXPECT_FALSE(desk.is_notification_id(two, id));
  EXPECT_FALSE(desk.is_notification_id(one, "x"));
}

}  // namespace
}  // namespace abode::service
