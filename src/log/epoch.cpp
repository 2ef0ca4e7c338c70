#include "log/epoch.hpp"

#include <fmt/format.h>

#include <bit>

#include "codec/cbor.hpp"
#include "log/entry.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::fail;

constexpr std::uint8_t epoch_leaf_kind = 0x02;
constexpr std::uint64_t member_count = 7;

std::chrono::year_month month_at(base::Time time) {
  std::chrono::year_month_day const day{std::chrono::floor<std::chrono::days>(time)};
  return day.year() / day.month();
}
std::chrono::year_month month_of(Epoch const& epoch) {
  return month_at(epoch.time);
}

/// That those between the two have gone, if all were old enough: each of them was of the month of `next`, and not the
/// last of it. `one` is the last of its own month, unless it is the first of all, which is kept in any case.
bool may_be_thinned(Epoch const& one, Epoch const& next) {
  if (month_of(next) == month_of(one)) return true;
  bool const one_is_last = one.number > 0 || month_at(one.time + one.length) != month_of(one);
  return one_is_last && month_of(next) == month_of(one) + std::chrono::months{1};
}

bool in_order(Epoch const& epoch) {
  return epoch.time >= base::Time{} && epoch.time <= max_entry_time - max_epoch_length &&
         epoch.length >= min_epoch_length && epoch.length <= max_epoch_length && std::has_single_bit(epoch.positions);
}

}  // namespace

base::Bytes leaf_of(Epoch const& epoch) {
  codec::CborWriter writer;
  writer.map(member_count);
  writer.unsigned_int(0).unsigned_int(epoch.version);
  writer.unsigned_int(1).unsigned_int(epoch.number);
  writer.unsigned_int(2).signed_int(epoch.time.time_since_epoch().count());
  writer.unsigned_int(3).signed_int(epoch.length.count());
  writer.unsigned_int(4).unsigned_int(epoch.covered);
  writer.unsigned_int(5).unsigned_int(epoch.positions);
  writer.unsigned_int(6).bytes(epoch.root);
  base::Bytes leaf{epoch_leaf_kind};
  base::append(leaf, std::move(writer).take());
  return leaf;
}

base::result<std::optional<Epoch>> parse_epoch_leaf(base::ByteView leaf) {
  if (leaf.empty() || leaf.front() != epoch_leaf_kind) return std::optional<Epoch>{};
  auto const malformed = fail(errc::malformed, "This leaf is not an epoch: its bytes are not in their one form.");
  codec::CborReader reader{leaf.subspan(1)};
  std::uint64_t const members = reader.map(0xff);
  Epoch epoch;
  reader.key(0);
  epoch.version = reader.unsigned_int();
  if (!reader.failed() && epoch.version != epoch_version)
    return fail(errc::unsupported, "This epoch is of a later version. Use a newer abode to read it.");
  if (members != member_count) return malformed;
  reader.key(1);
  epoch.number = reader.unsigned_int();
  reader.key(2);
  epoch.time = base::Time{std::chrono::seconds{reader.signed_int()}};
  reader.key(3);
  epoch.length = std::chrono::seconds{reader.signed_int()};
  reader.key(4);
  epoch.covered = reader.unsigned_int();
  reader.key(5);
  epoch.positions = reader.unsigned_int();
  reader.key(6);
  epoch.root = reader.hash();
  if (!reader.finish() || !in_order(epoch)) return malformed;
  return std::optional{epoch};
}

std::optional<base::Time> overdue_at(Epoch const& newest, base::Time seen) {
  base::Time const due = newest.time + newest.length;
  bool const missed = seen > due + newest.length + std::chrono::minutes{2};
  return missed ? std::optional{due} : std::nullopt;
}

std::optional<std::string> object_to_succession(std::optional<Epoch> const& last, Epoch const& next,
                                                std::uint64_t index) {
  std::uint64_t const due = last ? last->number + 1 : 0;
  if (next.number < due) return fmt::format("There is a second leaf for the epoch {}.", next.number);
  if (next.number > due) return fmt::format("The epoch {} was skipped: {} came instead.", due, next.number);
  if (next.covered > index) return fmt::format("The epoch {} covers more than was in the log before it.", next.number);
  if (!last) return std::nullopt;
  if (next.covered < last->covered)
    return fmt::format("The epoch {} covers {} leaves, and the one before it covered {}.", next.number, next.covered,
                       last->covered);
  if (next.positions < last->positions)
    return fmt::format("The head tree of the epoch {} has {} positions, and the one before it had {}.", next.number,
                       next.positions, last->positions);
  if (next.time < last->time) return fmt::format("The epoch {} was closed before the one before it.", next.number);
  return std::nullopt;
}

bool is_superfluous(Epoch const& epoch, Epoch const& following, std::uint64_t newest) {
  return epoch.number > 0 && newest - epoch.number >= kept_epochs && month_of(epoch) == month_of(following);
}

std::vector<EpochRange> missing_between(std::span<Epoch const> listed) {
  std::vector<EpochRange> missing;
  for (std::size_t i = 1; i < listed.size(); ++i) {
    std::uint64_t const first = listed[i - 1].number + 1;
    std::uint64_t const last = listed[i].number - 1;
    if (first > last) continue;
    bool const old_enough = listed.back().number - last >= kept_epochs;
    if (!old_enough || !may_be_thinned(listed[i - 1], listed[i])) missing.push_back({first, last});
  }
  return missing;
}

}  // namespace abode::log
