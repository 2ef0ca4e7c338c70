#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "codec/cbor.hpp"
#include "service/record.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;

/// States of every shape, from a seed.
class StateMaker {
 public:
  explicit StateMaker(std::uint32_t seed) : random_(seed) {}

  RecordState state() {
    RecordState out;
    for (auto& byte : out.tag_key) byte = static_cast<std::uint8_t>(random_());
    if (!one_in(4)) out.identity = identity();
    for (auto n = random_() % 5; n > 0; --n) out.residence.registrations.push_back(registration());
    for (auto n = random_() % 4; n > 0; --n) out.residence.undoable.push_back(undoable());
    if (!one_in(3)) out.card = text();
    for (auto n = random_() % 3; n > 0; --n) out.rectifications.push_back(rectification());
    return out;
  }

 private:
  bool one_in(unsigned n) { return random_() % n == 0; }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::string text() {
    char const* const some[] = {"",           "a",       "Invalidenstr. 1",
                                "г. Ташкент", "თბილისი", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"};
    return some[random_() % std::size(some)];
  }
  base::Date date() { return base::Date{std::chrono::sys_days{std::chrono::days{between(-25'567, 40'000)}}}; }
  base::Time time() { return base::Time{std::chrono::seconds{between(0, 253'402'300'799)}}; }
  rules::RegistrationId id() { return rules::RegistrationId{text() + text()}; }

  Identity identity() {
    Identity out{{text(), text()}, {}, {static_cast<identity::DocumentKind>(between(1, 3)), text()}};
    if (!one_in(3)) out.birth_date = date();
    return out;
  }
  RectificationRequest rectification() {
    return {random_(), static_cast<rules::Field>(between(0, 2)), text(), text(), time()};
  }
  rules::Address address() {
    rules::Address out{.country = "DE", .lines = {}};
    for (auto n = random_() % (rules::max_address_lines + 1); n > 0; --n) out.lines.push_back(text());
    for (auto const& part : rules::address_parts)
      if (one_in(2)) out.*part.member = text();
    return out;
  }
  rules::Registration registration() {
    rules::Registration out{id(),
                            static_cast<rules::Kind>(between(0, 2)),
                            static_cast<rules::Assurance>(between(0, 2)),
                            address(),
                            date(),
                            time(),
                            {}};
    if (one_in(2)) out.ended = rules::Ending{date(), time(), one_in(2) ? std::optional{id()} : std::nullopt};
    if (one_in(2)) out.until = date();
    if (one_in(2)) out.confirmed_at = time();
    return out;
  }
  rules::Undoable undoable() {
    constexpr rules::Act acts[] = {rules::Act::file, rules::Act::correct, rules::Act::move,
                                   rules::Act::end,  rules::Act::renew,   rules::Act::make_main};
    rules::Undoable out{acts[random_() % std::size(acts)], time(), {}, {}};
    for (auto n = random_() % 3; n > 0; --n) out.before.push_back(registration());
    if (one_in(2)) out.created = id();
    return out;
  }

  std::mt19937_64 random_;
};

TEST(RecordCodec, RoundTripsEveryState) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RecordState const state = StateMaker{seed}.state();
    auto const decoded = decode_state(encode_state(state));
    ASSERT_TRUE(decoded) << decoded.error().detail;
    ASSERT_EQ(*decoded, state);
  }
}

TEST(RecordCodec, RefusesEveryCut) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    base::Bytes const encoded = encode_state(StateMaker{seed}.state());
    for (std::size_t size = 0; size < encoded.size(); ++size) {
      auto const decoded = decode_state(base::ByteView{encoded}.first(size));
      ASSERT_FALSE(decoded) << size;
      ASSERT_EQ(decoded.error().code, errc::corrupted);
    }
    base::Bytes longer = encoded;
    longer.push_back(0);
    ASSERT_FALSE(decode_state(longer));
  }
}

// errc::corrupted for anything encode_state does not write: what is taken has one encoding only.
TEST(RecordCodec, WhatItTakesIsWhatItWrites) {
  std::size_t taken = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    base::Bytes const encoded = encode_state(StateMaker{seed}.state());
    for (std::size_t at = 0; at < encoded.size(); ++at)
      for (unsigned mask : {0x01u, 0x02u, 0x08u, 0x10u, 0x20u, 0x40u, 0x80u, 0xffu}) {
        base::Bytes altered = encoded;
        altered[at] = static_cast<std::uint8_t>(altered[at] ^ mask);
        auto const decoded = decode_state(altered);
        if (!decoded) continue;
        ++taken;
        ASSERT_EQ(encode_state(*decoded), altered) << "byte " << at << " mask " << mask;
      }
  }
  EXPECT_GT(taken, 1000u) << "a changed letter is still a text";
}

TEST(RecordCodec, KeepsNoActThatCannotBeUndone) {
  for (rules::Act act : {rules::Act::undo, rules::Act::confirm}) {
    RecordState state;
    state.residence.undoable.push_back({act, test::noon, {}, {}});
    EXPECT_FALSE(decode_state(encode_state(state))) << rules::name_of(act);
  }
}

TEST(RecordCodec, RefusesDatesAndTimesThatNoCalendarHas) {
  auto const born_on = [](std::int64_t days) {
    codec::CborWriter facts;
    facts.map(5).unsigned_int(0).array(5).text("A").text("B").signed_int(days).unsigned_int(1).text("C");
    facts.unsigned_int(1).array(0).unsigned_int(2).array(0).unsigned_int(3).null();
    facts.unsigned_int(5).array(0);
    base::Bytes const inner = std::move(facts).take();
    return std::move(codec::CborWriter{}.map(2).unsigned_int(0).bytes(base::Hash{}).unsigned_int(1).bytes(inner))
        .take();
  };
  EXPECT_TRUE(decode_state(born_on(0)));
  EXPECT_TRUE(decode_state(born_on(-25'567)));
  for (std::int64_t days : {std::int64_t{100'000'000}, std::int64_t{-100'000'000},
                            std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
    EXPECT_FALSE(decode_state(born_on(days))) << days;
}

TEST(StateTag, CoversEveryFactAndIsKeyed) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RecordState const state = StateMaker{seed}.state();
    EXPECT_EQ(state_tag(state), state_tag(state));
    RecordState changed = state;
    changed.tag_key[0] ^= 1;
    EXPECT_NE(state_tag(changed), state_tag(state)) << "without the key the tag tells nothing";
    changed = state;
    changed.residence.registrations.push_back({});
    EXPECT_NE(state_tag(changed), state_tag(state));
    changed = state;
    changed.rectifications.push_back({});
    EXPECT_NE(state_tag(changed), state_tag(state));
    changed = state;
    changed.card = changed.card ? std::nullopt : std::optional<std::string>{""};
    EXPECT_NE(state_tag(changed), state_tag(state));
    changed = state;
    changed.identity = changed.identity ? std::nullopt : std::optional{Identity{}};
    EXPECT_NE(state_tag(changed), state_tag(state));
  }
}

// A record that is as full as the rules let it be can still be read back.
TEST(RecordCodec, TakesTheFullestRecordThatTheRulesAllow) {
  rules::Address widest{
      .country = "DE", .lines = std::vector(rules::max_address_lines, std::string(rules::max_address_line_bytes, 'x'))};
  for (auto const& part : rules::address_parts) widest.*part.member = std::string(rules::max_address_line_bytes, 'y');
  RecordState state;
  auto const day = base::day_of(test::noon);
  rules::RegistrationId const last{"r" + std::to_string(rules::max_registrations - 1)};
  for (std::size_t i = 0; i < rules::max_registrations; ++i) {
    rules::RegistrationId const id{"r" + std::to_string(i)};
    state.residence.registrations.push_back(
        {id, rules::Kind::secondary, rules::Assurance::declared, widest, day, test::noon, {}});
  }
  for (std::size_t i = 0;; ++i) {
    rules::Address another = widest;
    another.lines[0].replace(0, 3, std::to_string(100 + i));
    auto const event = rules::decide(state.residence, rules::Correct{last, another, {}}, test::noon);
    if (!event) break;
    state.residence = rules::apply(std::move(state.residence), *event);
  }
  EXPECT_EQ(state.residence.undoable.size(), rules::max_undoable);
  auto const decoded = decode_state(encode_state(state));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, state);
}

}  // namespace
}  // namespace abode::service
