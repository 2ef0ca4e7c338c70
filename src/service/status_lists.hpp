// The lists that say which lasting proofs were withdrawn (Token Status List, draft-ietf-oauth-status-list-21): places
// are drawn at random and never given out twice, and what is withdrawn is told at intervals, among decoys. Nothing here
// leads to a person: which place is whose is sealed in their record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/residence.hpp"
#include "ports/store.hpp"
#include "service/context.hpp"

namespace abode::service {

constexpr std::size_t status_list_places = std::size_t{1} << 17;  ///< of one list
/// When so many are taken, the next proof begins a new list: a random place is still found at once.
constexpr std::uint64_t most_taken_places = status_list_places / 2;
/// So many places of a list are told as revoked at each interval, at the least: those that nobody has are decoys. If
/// more were withdrawn, as many as the next power of two.
constexpr std::uint64_t fewest_told = 4;

struct StatusPlace {
  std::uint64_t list;
  std::uint64_t place;
  bool operator==(StatusPlace const&) const = default;
};

/// The last part of a list's address: 12 hexadecimal digits.
std::string status_list_name(std::uint64_t list);
/// None if it is not such a name.
std::optional<std::uint64_t> status_list_named(std::string_view name);
/// As proofs refer to it.
std::string status_list_uri(Context const& context, std::uint64_t list);

/// A place for a proof that expires then.
StatusPlace take_status_place(Context const& context, ports::Transaction& transaction, base::Time expires_at);

/// Its proof is withdrawn: told at the next interval. Nothing happens if its list is gone.
void revoke_status_place(ports::Transaction& transaction, StatusPlace const& place);

/// A list as it is to be published.
struct StatusListNews {
  std::uint64_t list;
  std::vector<std::uint64_t> revoked;  ///< in ascending order
};

/// Once an interval: adds the decoys, notes what is told from now on. One for each list that a proof still needs.
std::vector<StatusListNews> tell_status_lists(Context const& context, ports::Transaction& transaction);

/// After a restore: no list that is there gives out a place any more, because it may have given out some that the
/// backup does not know of.
void close_status_lists(ports::Transaction& transaction);

}  // namespace abode::service
