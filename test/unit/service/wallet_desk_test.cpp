// What a holder lays out for their wallet: good once, for minutes, and for nobody else.
#include "service/wallet_desk.hpp"

#include <gtest/gtest.h>

#include "service/enrolment.hpp"
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
  /// As long as the right one.
  static std::string wrong_digits_for(LaidOutOffer const& offer) {
    std::string digits = digits_of(offer);
    digits.back() = digits.back() == '0' ? '1' : '0';
    return digits;
  }
  base::result<WalletToken> redeem(LaidOutOffer const& offer) {
    return desk.redeem(code_of(offer), digits_of(offer), "key");
  }
  ports::HolderSession somebody(std::size_t number) {
    Identity const identity{{"DOE", "JO"}, {}, {identity::DocumentKind::passport, "W" + std::to_string(number)}};
    auto const record =
        must(test::write(*world.store, [&](ports::Transaction& t) { return enrol(world.context, t, identity); }));
    return test::holder_session(*world.store, record, world.clock.now());
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
    EXPECT_EQ(desk.redeem(code, wrong_digits_for(offer), "key").error().code, errc::not_found);
  must(desk.look(offer.id));
  EXPECT_EQ(desk.redeem(code, wrong_digits_for(offer), "key").error().code, errc::not_found);
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
  EXPECT_EQ(desk.right_of(given, "kez").error().code, errc::unauthenticated);
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

// RFC 7636, appendix B.
constexpr char const* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr char const* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

class Asking : public Desk {
 protected:
  std::string agree(std::string const& what) {
    return must(desk.agree(anna, what, {})).reveal(base::Disclosure::to_holder);
  }
  static CodeRedemption with(std::string const& code) { return {code, verifier, request.client, request.redirect_uri}; }

  inline static WalletRequest const request{"A wallet", "https://wallet.example/back", "s",
                                            challenge,  rules::ProofLife::lasting,     std::nullopt};
  std::string const pushed = desk.push(request);
};

TEST_F(Asking, IsKeptInItsOwnTextForFiveMinutes) {
  WalletRequest bare = request;
  bare.state = {};
  bare.thumbprint = "key";
  for (WalletRequest const& one : {request, bare}) EXPECT_EQ(must(desk.read_pushed(desk.push(one))), one);
  EXPECT_NE(desk.push(request), pushed);
  EXPECT_EQ(desk.read_pushed("x").error().code, errc::not_found);
  EXPECT_EQ(desk.read_pushed(desk.make_nonce(WalletDesk::NonceOf::dpop)).error().code, errc::not_found);
  EXPECT_FALSE(desk.is_good_nonce(WalletDesk::NonceOf::dpop, pushed));
  world.clock.pass(wallet_request_life);
  EXPECT_EQ(desk.read_pushed(pushed).error().code, errc::not_found);
  EXPECT_EQ(desk.agree(anna, pushed, {}).error().code, errc::not_found);
}

TEST_F(Asking, GetsATokenOnceItsHolderAgrees) {
  auto const code = agree(pushed);
  EXPECT_TRUE(desk.has_code(code));
  auto const given = must(desk.redeem(with(code), "key"));
  EXPECT_EQ(given.life, rules::ProofLife::lasting);
  EXPECT_FALSE(desk.has_code(code));
  auto const right = must(desk.right_of(given.token.reveal(base::Disclosure::to_holder), "key"));
  EXPECT_EQ(right.holder.record(), anna.record());
  EXPECT_EQ(right.client, "A wallet");
  EXPECT_EQ(right.offer.life, rules::ProofLife::lasting);
}

TEST_F(Asking, LosesItsTokenIfItsCodeComesAgain) {
  auto const code = agree(pushed);
  auto const token = must(desk.redeem(with(code), "key")).token.reveal(base::Disclosure::to_holder);
  must(desk.right_of(token, "key"));
  EXPECT_EQ(desk.redeem(with(code), "thief").error().code, errc::not_found);
  EXPECT_EQ(desk.right_of(token, "key").error().code, errc::unauthenticated) << "one of the two stole it";
}

TEST_F(Asking, IsAnsweredOnce) {
  auto const code = agree(pushed);
  EXPECT_EQ(agree(pushed), code) << "a button that was pressed twice";
  EXPECT_EQ(desk.agree(world.peter(), pushed, {}).error().code, errc::conflict) << "nobody else's to answer";
  must(desk.redeem(with(code), "key"));
  EXPECT_EQ(desk.agree(anna, pushed, {}).error().code, errc::conflict);
  EXPECT_EQ(desk.refuse(pushed).error().code, errc::conflict);
  auto const other = desk.push(request);
  EXPECT_EQ(must(desk.refuse(other)), request);
  EXPECT_EQ(desk.agree(anna, other, {}).error().code, errc::conflict);
}

TEST_F(Asking, GetsNothingForACodeWithoutWhatBelongsToIt) {
  auto const wrong = [&](auto change, std::string const& key = "key") {
    auto const code = agree(desk.push(request));
    auto redemption = with(code);
    change(redemption);
    EXPECT_EQ(desk.redeem(redemption, key).error().code, errc::not_found);
    EXPECT_EQ(desk.redeem(with(code), "key").error().code, errc::not_found) << "and the code is dead";
  };
  wrong([](CodeRedemption& it) { it.verifier = std::string(43, 'v'); });
  wrong([](CodeRedemption& it) { it.verifier = challenge; });
  wrong([](CodeRedemption& it) { it.client = "Another"; });
  wrong([](CodeRedemption& it) { it.redirect_uri = "https://evil.example/back"; });
  WalletRequest bound = request;
  bound.thumbprint = "key";
  auto const code = agree(desk.push(bound));
  EXPECT_EQ(desk.redeem(with(code), "thief").error().code, errc::not_found);
}

TEST_F(Asking, TakesAFreshSignInAndRoom) {
  for (std::size_t n = 0; n < max_wallet_offers_of_one; ++n) agree(desk.push(request));
  EXPECT_EQ(desk.agree(anna, pushed, {}).error().code, errc::conflict);
  EXPECT_EQ(desk.lay_out(anna, {}).error().code, errc::conflict) << "offers and agreements count together";
  world.clock.pass(wallet_code_life);
  agree(pushed);
  world.clock.pass(fresh_sign_in);
  EXPECT_EQ(desk.agree(anna, desk.push(request), {}).error().code, errc::stale_sign_in);
}

TEST_F(Asking, LosesItsCodeAfterAMinute) {
  auto const code = agree(pushed);
  world.clock.pass(wallet_code_life);
  EXPECT_EQ(desk.redeem(with(code), "key").error().code, errc::not_found);
}

// A table's worth of people, each with as many as one may have: what waits is bounded, and the next one is told so.
TEST_F(Desk, HoldsTenThousandOffersAndNoMore) {
  for (std::size_t n = 0; n < max_wallet_offers; ++n) {
    if (n % max_wallet_offers_of_one == 0) anna = somebody(n);
    must(desk.lay_out(anna, {}));
  }
  EXPECT_EQ(desk.lay_out(world.peter(), {}).error().code, errc::busy);
  world.clock.pass(wallet_offer_life);
  must(desk.lay_out(world.peter(), {}));
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
