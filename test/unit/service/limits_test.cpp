// Every time that an account counts by, to the second, begun before clocks are changed and ended after it: in this
// register nothing is counted in local time, and no hour is ever missing or there twice.
#include <gtest/gtest.h>

#include "service/printed_codes.hpp"
#include "service/sign_in.hpp"
#include "unit/service/passkeys.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::Disclosure;
using test::Authenticator;
using test::must;

/// Half an hour before clocks go forward and back in Europe, before New York's, and on an ordinary day.
std::chrono::sys_seconds const beginnings[] = {
    std::chrono::sys_days{2027y / 3 / 28} + 30min, std::chrono::sys_days{2027y / 10 / 31} + 30min,
    std::chrono::sys_days{2027y / 3 / 14} + 6h + 30min, std::chrono::sys_days{2028y / 2 / 29} + 12h};

class Limits : public ::testing::TestWithParam<std::chrono::sys_seconds> {
 protected:
  Limits() { world.clock.set(base::Time{GetParam()}); }

  ports::HolderSession fresh() {
    return test::prove(world, must(test::write(*world.store, [&](ports::Transaction& t) {
                         return sign_in_specimen(world.context, t, "anna-eriksson");
                       })));
  }
  base::result<MadeSheet> make_sheet(ports::HolderSession const& session) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return service::make_sheet(world.context, t, session, {}); });
  }
  /// The state from one second before `limit` has passed on, and at it.
  void expect_to_hold_for(std::chrono::seconds limit, std::function<bool()> const& holds) {
    base::Time const begun = world.clock.now();
    world.clock.set(begun + limit - 1s);
    EXPECT_TRUE(holds()) << "a second before";
    world.clock.set(begun + limit);
    EXPECT_FALSE(holds()) << "at it";
  }

  test::World world;
};

INSTANTIATE_TEST_SUITE_P(Begun, Limits, testing::ValuesIn(beginnings),
                         [](auto const& one) { return "Case" + std::to_string(one.index); });

TEST_P(Limits, ASheetWaitsForADayAndAFreezeHoldsForThree) {
  auto const first = must(make_sheet(fresh()));
  auto const second = must(make_sheet(fresh()));
  auto const lets_in = [&](SignInCode const& code) {
    auto const request = must(check_card_and_code("SPECIMEN1", code.reveal(Disclosure::to_holder)));
    return must(test::write(*world.store,
                            [&](ports::Transaction& t) { return attempt_sign_in(world.context, t, request, {}); }))
        .succeeded();
  };
  int next = 0;
  expect_to_hold_for(credential_hold, [&] { return !lets_in(second.codes[static_cast<std::size_t>(next++)]); });
  auto const freeze = must(check_card_and_code("SPECIMEN1", second.freeze_code.reveal(Disclosure::to_holder)));
  must(test::write(*world.store, [&](ports::Transaction& t) { return attempt_freeze(world.context, t, freeze, {}); }));
  expect_to_hold_for(72h, [&] { return !make_sheet(fresh()); });
}

TEST_P(Limits, ASessionEndsAnHourAfterItsLastUseAndIsFreshForAQuarter) {
  SignedIn const session = must(test::write(
      *world.store, [&](ports::Transaction& t) { return sign_in_specimen(world.context, t, "anna-eriksson"); }));
  auto const is_live = [&] {
    return test::read(
               *world.store,
               [&](ports::Snapshot& s) { return ports::HolderSession::prove(s, session.token, world.clock.now()); })
        .has_value();
  };
  base::Time const begun = world.clock.now();
  expect_to_hold_for(fresh_sign_in, [&] { return is_fresh(begun, world.clock.now()); });
  world.clock.set(begun);
  expect_to_hold_for(session_idle_life, is_live);
}

TEST_P(Limits, APasskeysChallengeIsGoodForFiveMinutesAndItsRemovalTakesADay) {
  Authenticator phone;
  must(add_passkey(world, fresh(), phone));
  base::Hash const challenge = sign_in_challenge(world.context);
  base::Time const begun = world.clock.now();
  auto const answer_to = [&](base::Hash const& asked) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<bool> {
      return check_passkey(world.context, test::local_party, s, phone.get(asked)).has_value();
    }));
  };
  expect_to_hold_for(passkey_challenge_life, [&] { return answer_to(challenge); });
  world.clock.set(begun);
  must(make_sheet(test::prove(world, must(sign_in_with(world, phone)))));
  auto const session = fresh();
  std::uint64_t const entry =
      must(test::read(*world.store, [&](ports::Snapshot& s) { return list_passkeys(world.context, s, session); }))[0]
          .entry;
  must(test::write(*world.store,
                   [&](ports::Transaction& t) { return remove_passkey(world.context, t, session, entry, {}); }));
  expect_to_hold_for(credential_hold, [&] { return answer_to(sign_in_challenge(world.context)); });
}

}  // namespace
}  // namespace abode::service
