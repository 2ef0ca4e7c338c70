// A register in memory with people who have cards and sign in with codes.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "service/cards.hpp"
#include "service/enrolment.hpp"
#include "support/world.hpp"

namespace abode::test {

inline constexpr char const* alphas_card = "C1001";
inline constexpr char const* bravos_card = "C1002";
inline constexpr char const* nobodys_card = "C9999";
inline constexpr char const* wrong_code = "000000000000";

inline service::Newcomer newcomer(std::string const& card, std::string const& number) {
  return {{{"Specimen", "Alpha"}, {}, {identity::DocumentKind::other, number}},
          card,
          identity::Contact{"alpha@example.org", ""}};
}

/// A register with two people who have cards, and codes for them.
class CardWorld : public World {
 public:
  explicit CardWorld(std::uint64_t seed = 1, std::unique_ptr<ports::Store> with_store = make_memory_store())
      : World(seed, std::move(with_store)) {
    enrol(newcomer(alphas_card, "1"));
    enrol(newcomer(bravos_card, "2"));
  }

  void enrol(service::Newcomer const& person) {
    auto const done = store->write_and_wait(
        [&](ports::Transaction& transaction) { return service::enrol_newcomer(context, transaction, person); });
    ASSERT_TRUE(done) << done.error().detail;
  }
  ports::CardRow card(std::string const& number) {
    return must(read(*store, [&](ports::Snapshot& s) -> base::result<ports::CardRow> {
      return s.card(context.sealer.card_tag(service::CardNumber{number})).value();
    }));
  }
  std::string new_code(std::string const& number) {
    auto const made = must(write(*store, [&](ports::Transaction& transaction) {
      return service::make_activation_code(context, transaction, service::CardNumber{number});
    }));
    return made.code.reveal(base::Disclosure::to_print);
  }
  base::result<service::SignedIn> sign_in(std::string const& number, std::string const& code,
                                          std::optional<RequestKey> const& key = {}) {
    std::optional<service::SignInAttempt> attempt;
    auto const request = must(service::check_card_and_code(number, code));
    auto const commit = store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
      auto made = service::attempt_sign_in(context, transaction, request, key);
      if (!made) return made.error();
      attempt = std::move(*made);
      return {};
    });
    if (!commit) return commit.error();
    return service::complete_sign_in(*attempt, *commit);
  }
  base::result<ports::HolderSession> session_of(service::SignedIn const& signed_in) {
    return read(*store,
                [&](ports::Snapshot& s) { return ports::HolderSession::prove(s, signed_in.token, clock.now()); });
  }
};

}  // namespace abode::test
