#include "service/status_lists.hpp"

#include <algorithm>
#include <bit>

#include "codec/text.hpp"

namespace abode::service {
namespace {

constexpr std::size_t name_bytes = 6;

std::uint64_t draw_number(Context const& context) {
  std::uint64_t number = 0;
  for (std::uint8_t const byte : context.random.bytes<name_bytes>()) number = number << 8 | byte;
  return number;
}

/// A free place at random. At most half of them are taken, so it takes two draws on average.
std::uint64_t draw_place(Context const& context, ports::Snapshot& snapshot, std::uint64_t list) {
  for (;;) {
    std::uint64_t const place = context.random.below(status_list_places);
    if (!snapshot.status_place(list, place)) return place;
  }
}

ports::StatusListRow list_with_room(Context const& context, ports::Snapshot& snapshot) {
  base::Time const now = context.clock.now();
  for (ports::StatusListRow const& list : snapshot.status_lists())
    if (list.taken < most_taken_places && list.last_needed > now) return list;
  return {.number = draw_number(context), .taken = 0, .told = 0};
}

}  // namespace

std::string status_list_name(std::uint64_t list) {
  base::Bytes bytes;
  base::append_be(bytes, list);
  return codec::to_hex(base::ByteView{bytes}.last(name_bytes));
}

std::optional<std::uint64_t> status_list_named(std::string_view name) {
  auto const bytes = codec::from_hex(name);
  if (!bytes || bytes->size() != name_bytes) return std::nullopt;
  std::uint64_t list = 0;
  for (std::uint8_t const byte : *bytes) list = list << 8 | byte;
  if (status_list_name(list) != name) return std::nullopt;
  return list;
}

std::string status_list_uri(Context const& context, std::uint64_t list) {
  return context.issuer + "/status/" + status_list_name(list);
}

StatusPlace take_status_place(Context const& context, ports::Transaction& transaction, base::Time expires_at) {
  ports::StatusListRow list = list_with_room(context, transaction);
  std::uint64_t const place = draw_place(context, transaction, list.number);
  transaction.put_status_place({list.number, place, false});
  ++list.taken;
  list.last_needed = std::max(list.last_needed, expires_at);
  transaction.put_status_list(list);
  return {list.number, place};
}

void revoke_status_place(ports::Transaction& transaction, StatusPlace const& place) {
  if (transaction.status_place(place.list, place.place)) transaction.put_status_place({place.list, place.place, true});
}

std::vector<StatusListNews> tell_status_lists(Context const& context, ports::Transaction& transaction) {
  std::vector<StatusListNews> news;
  base::Time const now = context.clock.now();
  for (ports::StatusListRow list : transaction.status_lists()) {
    if (list.last_needed <= now) continue;
    std::uint64_t const withdrawn = transaction.revoked_places(list.number).size() - list.told;
    std::uint64_t const told = std::bit_ceil(std::max(withdrawn, fewest_told));
    for (std::uint64_t decoys = told - withdrawn; decoys > 0 && list.taken < status_list_places; --decoys, ++list.taken)
      transaction.put_status_place({list.number, draw_place(context, transaction, list.number), true});
    auto revoked = transaction.revoked_places(list.number);
    list.told = revoked.size();
    transaction.put_status_list(list);
    news.push_back({list.number, std::move(revoked)});
  }
  return news;
}

void close_status_lists(ports::Transaction& transaction) {
  for (ports::StatusListRow list : transaction.status_lists()) {
    list.taken = std::max(list.taken, most_taken_places);
    transaction.put_status_list(list);
  }
}

}  // namespace abode::service
