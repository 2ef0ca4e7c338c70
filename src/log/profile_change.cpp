#include "log/profile_change.hpp"

#include "codec/cbor.hpp"
#include "log/entry.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::fail;

constexpr std::uint8_t profile_leaf_kind = 0x03;
constexpr std::uint64_t member_count = 5;

}  // namespace

base::Bytes leaf_of(ProfileChange const& change) {
  codec::CborWriter writer;
  writer.map(member_count);
  writer.unsigned_int(0).unsigned_int(change.version);
  writer.unsigned_int(1).signed_int(change.time.time_since_epoch().count());
  writer.unsigned_int(2).signed_int(change.in_force.time_since_epoch().count());
  writer.unsigned_int(3).text(change.name);
  writer.unsigned_int(4).bytes(change.hash);
  base::Bytes leaf{profile_leaf_kind};
  base::append(leaf, std::move(writer).take());
  return leaf;
}

base::result<std::optional<ProfileChange>> parse_profile_leaf(base::ByteView leaf) {
  if (leaf.empty() || leaf.front() != profile_leaf_kind) return std::optional<ProfileChange>{};
  auto const malformed =
      fail(errc::malformed, "This leaf is not a change of profile: its bytes are not in their one form.");
  codec::CborReader reader{leaf.subspan(1)};
  std::uint64_t const members = reader.map(0xff);
  ProfileChange change;
  reader.key(0);
  change.version = reader.unsigned_int();
  if (!reader.failed() && change.version != profile_change_version)
    return fail(errc::unsupported, "This change of profile is of a later version. Use a newer abode to read it.");
  if (members != member_count) return malformed;
  reader.key(1);
  change.time = base::Time{std::chrono::seconds{reader.signed_int()}};
  reader.key(2);
  change.in_force = base::Time{std::chrono::seconds{reader.signed_int()}};
  reader.key(3);
  change.name = reader.text();
  reader.key(4);
  change.hash = reader.hash();
  if (!reader.finish() || change.time < base::Time{} || change.in_force < change.time ||
      change.in_force > max_entry_time)
    return malformed;
  return std::optional{std::move(change)};
}

}  // namespace abode::log
