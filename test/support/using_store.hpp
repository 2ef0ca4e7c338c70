// Use cases on any Store, one at a time, and sessions for them to run in.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <type_traits>
#include <utility>

#include "ports/grant.hpp"
#include "ports/store.hpp"

namespace abode::test {

/// Runs `use`, a function of a Transaction that gives a result<T>, and hands on what it made once that is committed.
template <class Use>
auto write(ports::Store& store, Use use) -> std::invoke_result_t<Use, ports::Transaction&> {
  using Made = std::invoke_result_t<Use, ports::Transaction&>;
  std::optional<Made> made;
  auto const commit = store.write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    made.emplace(use(transaction));
    if (!*made) return made->error();
    return {};
  });
  if (!commit) return commit.error();
  return std::move(*made);
}

/// Runs `use`, a function of a Snapshot that gives a result<T>, on the present state.
template <class Use>
auto read(ports::Store& store, Use use) -> std::invoke_result_t<Use, ports::Snapshot&> {
  std::optional<std::invoke_result_t<Use, ports::Snapshot&>> seen;
  auto const outcome = store.read([&](ports::Snapshot& snapshot) -> base::result<void> {
    seen.emplace(use(snapshot));
    return {};
  });
  if (!outcome) return outcome.error();
  return std::move(*seen);
}

inline constexpr base::Time end_of_time{std::chrono::seconds{253'402'300'799}};

/// A session of the person whose record this is.
inline ports::HolderSession holder_session(ports::Store& store, ports::RecordId record, base::Time begun_at = {}) {
  ports::SessionToken const token{"holder of record " + std::to_string(record.value())};
  return write(store,
               [&](ports::Transaction& transaction) {
                 transaction.remove_session(ports::hash_of(token));
                 transaction.add_session(
                     {ports::hash_of(token), ports::Subject::person, record, {}, end_of_time, begun_at, end_of_time});
                 return ports::HolderSession::prove(transaction, token, base::Time{});
               })
      .value();
}

/// A session of an official who has an account.
inline ports::OfficialSession official_session(ports::Store& store, ports::OfficialId const& official,
                                               base::Time begun_at = {}) {
  ports::SessionToken const token{"official " + official.value()};
  return write(
             store,
             [&](ports::Transaction& transaction) {
               transaction.remove_session(ports::hash_of(token));
               transaction.add_session(
                   {ports::hash_of(token), ports::Subject::official, {}, official, end_of_time, begun_at, end_of_time});
               return ports::OfficialSession::prove(transaction, token, base::Time{});
             })
      .value();
}

}  // namespace abode::test
