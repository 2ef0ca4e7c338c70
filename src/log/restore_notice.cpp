#include "log/restore_notice.hpp"

#include "codec/cbor.hpp"
#include "log/entry.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::fail;

constexpr std::uint8_t restore_leaf_kind = 0x04;
constexpr std::uint64_t member_count = 7;

}  // namespace

base::Bytes leaf_of(RestoreNotice const& notice) {
  codec::CborWriter writer;
  writer.map(member_count);
  writer.unsigned_int(0).unsigned_int(notice.version);
  writer.unsigned_int(1).signed_int(notice.time.time_since_epoch().count());
  writer.unsigned_int(2).text(notice.previous_origin);
  writer.unsigned_int(3).unsigned_int(notice.backup.size);
  writer.unsigned_int(4).bytes(notice.backup.root);
  writer.unsigned_int(5).unsigned_int(notice.known.size);
  writer.unsigned_int(6).bytes(notice.known.root);
  base::Bytes leaf{restore_leaf_kind};
  base::append(leaf, std::move(writer).take());
  return leaf;
}

base::result<std::optional<RestoreNotice>> parse_restore_leaf(base::ByteView leaf) {
  if (leaf.empty() || leaf.front() != restore_leaf_kind) return std::optional<RestoreNotice>{};
  auto const malformed =
      fail(errc::malformed, "This leaf is not a restore notice: its bytes are not in their one form.");
  codec::CborReader reader{leaf.subspan(1)};
  std::uint64_t const members = reader.map(0xff);
  RestoreNotice notice;
  reader.key(0);
  notice.version = reader.unsigned_int();
  if (!reader.failed() && notice.version != restore_notice_version)
    return fail(errc::unsupported, "This restore notice is of a later version. Use a newer abode to read it.");
  if (members != member_count) return malformed;
  reader.key(1);
  notice.time = base::Time{std::chrono::seconds{reader.signed_int()}};
  reader.key(2);
  notice.previous_origin = reader.text();
  reader.key(3);
  notice.backup.size = reader.unsigned_int();
  reader.key(4);
  notice.backup.root = reader.hash();
  reader.key(5);
  notice.known.size = reader.unsigned_int();
  reader.key(6);
  notice.known.root = reader.hash();
  if (!reader.finish() || notice.time < base::Time{} || notice.time > max_entry_time ||
      notice.known.size < notice.backup.size)
    return malformed;
  return std::optional{std::move(notice)};
}

}  // namespace abode::log
