// Keys are wrapped anew while the register works; whatever goes wrong, none is lost and none stays under the old key.
#include "service/key_rotation.hpp"

#include <gtest/gtest.h>

#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using test::must;

/// A store of many keys under one key-encryption key.
struct Keyring {
  explicit Keyring(
      std::size_t count, test::FaultPlan plan = [](std::uint64_t) { return std::nullopt; })
      : random(1),
        keys(openssl::make_keys(random)),
        vault(openssl::make_sealer(keys)),
        store(std::make_unique<test::FaultyStore>(
            test::make_memory_store(), [this](std::uint64_t n) { return armed ? faults(n) : std::nullopt; })),
        faults(std::move(plan)) {
    EXPECT_TRUE(test::write(*store, [&](ports::Transaction& transaction) -> base::result<void> {
      for (std::size_t i = 0; i < count; ++i) add(transaction);
      return {};
    }));
  }
  void add(ports::Transaction& transaction) {
    ports::RecordRow row{};
    row.id = transaction.new_record_id();
    row.position = static_cast<std::uint64_t>(row.id.value());
    ports::WrappedKey const key = vault->new_key(row.id);
    row.sealed_state = vault->seal(ports::Sealed::state, row.id, 0, key, row.last);
    transaction.add_record(row, key);
  }
  /// Every state opens under its key, and how many keys `by` knows.
  std::size_t known_to(openssl::Vault& by) {
    return must(test::read(*store, [&](ports::Snapshot& snapshot) -> base::result<std::size_t> {
      std::size_t known = 0;
      for (auto const& [record, key] : snapshot.keys({}, 100'000)) {
        EXPECT_TRUE(vault->intact(ports::Sealed::state, record, 0, key, snapshot.record(record)->sealed_state));
        known += by.knows(key) ? 1U : 0U;
      }
      return known;
    }));
  }
  openssl::Keys begin() {
    openssl::Keys after = keys;
    after.encryption = openssl::make_next_encryption(random, keys);
    vault->begin_rotation(after.encryption);
    return after;
  }

  test::SeededRandom random;
  openssl::Keys keys;
  std::unique_ptr<openssl::Vault> vault;
  bool armed = false;
  std::unique_ptr<ports::Store> store;
  test::FaultPlan faults;
};

void finish(KeyRotation& rotation) {
  for (int steps = 0; !must(rotation.step()); ++steps) ASSERT_LT(steps, 100);
}

TEST(KeyRotation, WrapsEveryKeyAnewAndLosesNone) {
  Keyring ring{2 * KeyRotation::keys_in_a_step + 7};
  auto const old = openssl::make_sealer(ring.keys);
  auto const fresh = openssl::make_sealer(ring.begin());
  KeyRotation rotation{*ring.store, *ring.vault};
  EXPECT_FALSE(must(rotation.step()));
  EXPECT_EQ(ring.known_to(*fresh), KeyRotation::keys_in_a_step) << "a few at a time, and all can be opened meanwhile";
  finish(rotation);
  EXPECT_EQ(rotation.rewrapped(), 2 * KeyRotation::keys_in_a_step + 7);
  EXPECT_EQ(ring.known_to(*fresh), 2 * KeyRotation::keys_in_a_step + 7);
  EXPECT_EQ(ring.known_to(*old), 0u);
  ring.vault->end_rotation();
  EXPECT_EQ(ring.known_to(*fresh), 2 * KeyRotation::keys_in_a_step + 7);
}

TEST(KeyRotation, IsNotDoneBeforeAWholePassFoundNothing) {
  Keyring ring{3};
  auto const fresh = openssl::make_sealer(ring.begin());
  KeyRotation rotation{*ring.store, *ring.vault};
  EXPECT_FALSE(must(rotation.step()));
  EXPECT_TRUE(must(test::write(*ring.store, [&](ports::Transaction& transaction) -> base::result<bool> {
    ring.add(transaction);
    return true;
  })));
  EXPECT_TRUE(must(rotation.step()));
  EXPECT_EQ(ring.known_to(*fresh), 4u) << "keys made meanwhile are under the new one";
  KeyRotation again{*ring.store, *ring.vault};
  EXPECT_TRUE(must(again.step())) << "nothing is done twice";
  EXPECT_EQ(again.rewrapped(), 0u);
}

TEST(KeyRotation, GoesOnAfterAFailureAtAnyWrite) {
  for (test::Fault fault : {test::Fault::busy, test::Fault::rolled_back, test::Fault::persisted, test::Fault::twice})
    for (std::uint64_t at = 2; at <= 5; ++at) {
      SCOPED_TRACE(std::to_string(static_cast<int>(fault)) + " at write " + std::to_string(at));
      Keyring ring{KeyRotation::keys_in_a_step + 1, test::fault_at(at, fault)};
      auto const fresh = openssl::make_sealer(ring.begin());
      ring.armed = true;
      for (int tries = 0; tries < 10; ++tries) {
        KeyRotation rotation{*ring.store, *ring.vault};  // as after a restart
        auto done = rotation.step();
        while (done && !*done) done = rotation.step();
        if (done) break;
      }
      EXPECT_EQ(ring.known_to(*fresh), KeyRotation::keys_in_a_step + 1);
    }
}

TEST(KeyRotation, StopsAtAKeyThatCannotBeUnwrapped) {
  Keyring ring{5};
  EXPECT_TRUE(test::write(*ring.store, [&](ports::Transaction& transaction) -> base::result<void> {
    auto damaged = transaction.key(ports::RecordId{3}).value();
    damaged.bytes.back() ^= 1;
    transaction.replace_key(ports::RecordId{3}, damaged);
    return {};
  }));
  ring.begin();
  auto const stopped = KeyRotation{*ring.store, *ring.vault}.step();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, errc::corrupted);
  EXPECT_NE(stopped.error().detail.find("record 3"), std::string::npos);
}

}  // namespace
}  // namespace abode::service
