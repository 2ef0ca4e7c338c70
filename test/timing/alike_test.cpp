// What does not let in, and what does not open, takes the same time whatever the reason (G11).
#include <gtest/gtest.h>

#include "support/card_world.hpp"
#include "timing/turns.hpp"

namespace abode::service {
namespace {

using clock = std::chrono::steady_clock;
using rules::Field;
using test::CardWorld;
using test::must;

TEST(NoSignIn, TakesTheSameTime) {
  test::expect_the_same_time([](std::uint64_t seed) {
    CardWorld world{seed};
    world.new_code(test::alphas_card);
    auto const time = [&](char const* card) {
      world.clock.pass(std::chrono::seconds{30});
      auto const start = clock::now();
      EXPECT_FALSE(world.sign_in(card, test::wrong_code));
      return clock::now() - start;
    };
    return test::ratio_of_medians([&] { return time(test::nobodys_card); }, [&] { return time(test::alphas_card); });
  });
}

TEST(NoOpening, TakesTheSameTime) {
  constexpr char const* clerk = "clerk-school";
  rules::FieldSet const fields{Field::family_name, Field::main_address};
  test::expect_the_same_time([&](std::uint64_t seed) {
    test::World world{seed};
    auto const anna = world.anna();
    must(world.act(anna, world.file()));
    auto const made = must(world.make_code(anna, fields));
    must(world.revoke_code(anna, made.code.entry));
    std::string const revoked = made.code.code->reveal(base::Disclosure::to_holder);
    auto const time = [&](std::string const& code) {
      auto const request =
          must(check_opening_request(test::specimen_profile(), code, "school-enrolment", "file 2026/17", fields));
      auto const start = clock::now();
      EXPECT_FALSE(world.open(clerk, request));
      return clock::now() - start;
    };
    return test::ratio_of_medians([&] { return time("0000000000"); }, [&] { return time(revoked); });
  });
}

}  // namespace
}  // namespace abode::service
