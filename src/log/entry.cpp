#include "log/entry.hpp"

#include <algorithm>
#include <string_view>

#include "base/assert.hpp"
#include "codec/cbor.hpp"
#include "digest/digest.hpp"
#include "log/internal/text.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::result;

constexpr std::string_view commitment_label{"abode/entry/v1\0", 15};
constexpr std::uint8_t entry_leaf_kind = 0x01;
constexpr std::size_t length_size_bytes = 2;  // of the plaintext

constexpr std::uint64_t member_count = 13;
constexpr std::uint64_t late_member_count = 14;

static_assert(length_size_bytes + max_entry_size_bytes + sizeof(Salt) <= entry_plaintext_size_bytes);

/// C0 and C1 control characters are out: an entry is printed on terminals.
bool is_printable(std::string_view text) {
  return internal::is_text_of(text, [](char32_t c) { return c >= 0x20 && (c < 0x7f || c > 0x9f); });
}

result<void> check_text(std::string_view text, std::size_t max_size_bytes, char const* member) {
  if (text.size() > max_size_bytes)
    return base::fail(errc::invalid,
                      "This text has more than " + std::to_string(max_size_bytes) + " bytes. Shorten it.", member);
  if (!is_printable(text))
    return base::fail(errc::invalid, "This text must be UTF-8 without control characters.", member);
  return {};
}

result<void> check_fields(std::vector<std::string> const& names) {
  if (names.size() > max_fields) return base::fail(errc::invalid, "An entry names at most 8 fields.", "fields");
  for (std::string const& name : names) {
    if (name.empty()) return base::fail(errc::invalid, "A field needs a name.", "fields");
    if (auto const checked = check_text(name, max_field_size_bytes, "fields"); !checked) return checked;
  }
  return {};
}

bool is_first_try(base::Time tried, base::Time time) {
  return base::Time{} <= tried && tried <= time && tried == std::chrono::floor<std::chrono::minutes>(tried);
}

result<void> check_entry(Entry const& entry) {
  if (entry.seq == 0 && entry.previous != base::Hash{})
    return base::fail(errc::invalid, "Entry 0 has no entry before it.", "previous");
  if (entry.time < base::Time{} || entry.time > max_entry_time)
    return base::fail(errc::invalid, "The time of an entry is between the years 1970 and 9999.", "time");
  if (entry.first_tried && !is_first_try(*entry.first_tried, entry.time))
    return base::fail(errc::invalid, "The first try is at a whole minute from 1970 on, and not after the entry.",
                      "first_tried");
  if (entry.operation.empty()) return base::fail(errc::invalid, "An entry needs an operation.", "operation");
  struct Text {
    std::string const& value;
    std::size_t max_size_bytes;
    char const* member;
  };
  for (Text const& text :
       {Text{entry.actor, max_word_size_bytes, "actor"}, Text{entry.office, max_word_size_bytes, "office"},
        Text{entry.purpose, max_word_size_bytes, "purpose"},
        Text{entry.reference, max_reference_size_bytes, "reference"},
        Text{entry.operation, max_word_size_bytes, "operation"}})
    if (auto const checked = check_text(text.value, text.max_size_bytes, text.member); !checked) return checked;
  return check_fields(entry.fields);
}

base::Error malformed_entry() {
  return base::fail(errc::malformed,
                    "This is not a journal entry: its bytes are not in the one form that entries have.");
}

}  // namespace

result<base::Bytes> encode_entry(Entry const& entry) {
  if (auto const checked = check_entry(entry); !checked) return checked.error();
  codec::CborWriter writer;
  std::uint64_t key = 0;
  auto const next = [&]() -> codec::CborWriter& { return writer.unsigned_int(key++); };
  writer.map(entry.first_tried ? late_member_count : member_count);
  next().unsigned_int(entry.first_tried ? late_entry_version : entry_version);
  next().unsigned_int(entry.position);
  next().unsigned_int(entry.seq);
  next().bytes(entry.previous);
  next().signed_int(entry.time.time_since_epoch().count());
  next().text(entry.actor);
  next().text(entry.office);
  next().text(entry.purpose);
  next().text(entry.reference);
  next().text(entry.operation);
  next().array(entry.fields.size());
  for (std::string const& name : entry.fields) writer.text(name);
  next().bytes(entry.before);
  next().bytes(entry.after);
  if (entry.first_tried) next().signed_int(entry.first_tried->time_since_epoch().count());
  base::Bytes encoded = std::move(writer).take();
  base::ensure(encoded.size() <= max_entry_size_bytes, "an entry within its limits is too long");
  return encoded;
}

result<Entry> decode_entry(base::ByteView encoded) {
  if (encoded.size() > max_entry_size_bytes) return malformed_entry();
  codec::CborReader reader{encoded};
  std::uint64_t key = 0;
  auto const next = [&]() -> codec::CborReader& {
    reader.key(key++);
    return reader;
  };
  Entry entry;
  // The number of members may differ in another version, so the version is looked at before anything else is believed.
  std::uint64_t const members = reader.map(0xff);
  std::uint64_t const version = next().unsigned_int();
  if (!reader.failed() && version != entry_version && version != late_entry_version)
    return base::fail(errc::unsupported, "This journal entry is of a later version. Use a newer abode to read it.",
                      "version");
  if (members != (version == late_entry_version ? late_member_count : member_count)) return malformed_entry();
  entry.position = next().unsigned_int();
  entry.seq = next().unsigned_int();
  entry.previous = next().hash();
  entry.time = base::Time{std::chrono::seconds{next().signed_int()}};
  entry.actor = next().text();
  entry.office = next().text();
  entry.purpose = next().text();
  entry.reference = next().text();
  entry.operation = next().text();
  for (std::uint64_t count = next().array(max_fields); count > 0; --count) entry.fields.push_back(reader.text());
  entry.before = next().hash();
  entry.after = next().hash();
  if (version == late_entry_version) entry.first_tried = base::Time{std::chrono::seconds{next().signed_int()}};
  if (!reader.finish()) return malformed_entry();
  if (auto const checked = check_entry(entry); !checked) return checked.error();
  return entry;
}

base::Hash commitment(Salt const& salt, base::ByteView encoded) {
  base::Bytes length;
  base::append_be(length, static_cast<std::uint32_t>(encoded.size()));
  return digest::sha256({base::as_bytes(commitment_label), salt, length, encoded});
}

base::Bytes leaf_of(base::Hash const& entry_commitment) {
  base::Bytes leaf{entry_leaf_kind};
  base::append(leaf, entry_commitment);
  return leaf;
}

base::Hash state_tag(base::Hash const& key, base::ByteView facts) {
  return digest::hmac_sha256(key, {facts});
}

base::Hash state_mac(Salt const& salt, base::Hash const& state_tag) {
  return digest::hmac_sha256(salt, {state_tag});
}

base::Bytes seal_plaintext(base::ByteView encoded, Salt const& salt) {
  base::ensure(encoded.size() <= max_entry_size_bytes, "an entry too long for its seal");
  base::Bytes plaintext;
  plaintext.reserve(entry_plaintext_size_bytes);
  base::append_be(plaintext, static_cast<std::uint16_t>(encoded.size()));
  base::append(plaintext, encoded);
  base::append(plaintext, salt);
  plaintext.resize(entry_plaintext_size_bytes, 0);
  return plaintext;
}

result<OpenedEntry> open_plaintext(base::ByteView plaintext) {
  auto const corrupted =
      base::fail(errc::corrupted, "A sealed journal entry is not in its own form. Run abode doctor.");
  if (plaintext.size() != entry_plaintext_size_bytes) return corrupted;
  std::size_t const size = static_cast<std::size_t>(plaintext[0]) << 8 | plaintext[1];
  if (size > max_entry_size_bytes) return corrupted;
  base::ByteView const salt = plaintext.subspan(length_size_bytes + size, sizeof(Salt));
  base::ByteView const padding = plaintext.subspan(length_size_bytes + size + sizeof(Salt));
  if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; })) return corrupted;
  OpenedEntry out{base::to_bytes(plaintext.subspan(length_size_bytes, size)), {}};
  std::copy(salt.begin(), salt.end(), out.salt.begin());
  return out;
}

}  // namespace abode::log
