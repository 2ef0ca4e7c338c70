// The journal entry E (design.md "Journal, log and history"): what is written down about one act on one record, what of
// it goes into the public log, and the fixed-size plaintext that is sealed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::log {

inline constexpr std::uint64_t entry_version = 1;       ///< of an entry that came at once
inline constexpr std::uint64_t late_entry_version = 2;  ///< of one that also says when it was first tried
inline constexpr std::size_t max_word_size_bytes = 32;  ///< actor, office, purpose, operation
inline constexpr std::size_t max_reference_size_bytes = 64;
inline constexpr std::size_t max_fields = 8;
inline constexpr std::size_t max_field_size_bytes = 24;
inline constexpr std::size_t max_entry_size_bytes = 800;  ///< encoded; the limits above keep well below it
inline constexpr std::size_t entry_plaintext_size_bytes = 896;

/// The last second of the year 9999, the last that format_time can write.
inline constexpr base::Time max_entry_time{std::chrono::seconds{253'402'300'799}};

// Operations that an audit knows: all others are words to it.
inline constexpr char const* erasure_operation = "erasure";            ///< erasure of the record was asked for
inline constexpr char const* undo_erasure_operation = "undo-erasure";  ///< and was taken back

using Salt = std::array<std::uint8_t, 32>;  ///< fresh randomness for each entry

/// Texts are UTF-8 without control characters, and may be empty except for `operation`. Sizes in bytes: see the limits.
struct Entry {
  std::uint64_t position = 0;  ///< of the record in the head tree; secret, never printed
  std::uint64_t seq = 0;       ///< 0, 1, 2 ... within the record
  base::Hash previous{};       ///< commitment of entry seq - 1; all zero in entry 0
  base::Time time{};           ///< 1970 or later
  std::string actor;           ///< kind or pseudonym of who acted
  std::string office;
  std::string purpose;
  std::string reference;  ///< a case, an opening
  std::string operation;
  std::vector<std::string> fields;  ///< names of what was read or written, never values
  base::Hash before{};              ///< state_mac of the record's state tag before the act
  base::Hash after{};               ///< and after it
  /// Of what had to wait until it could be sent: when that was first tried, by the sender's own clock, which nobody
  /// checked. A whole minute, not after `time`.
  std::optional<base::Time> first_tried;
  bool operator==(Entry const&) const = default;
};

/// Deterministic CBOR: a map with the integer keys 0..12, the version and then the members above in their order.
/// Version 2 has first_tried under 13; without it an entry is of version 1, and its bytes are what they always were.
/// errc::invalid, naming the member, if one is over its limit or breaks its rule.
base::result<base::Bytes> encode_entry(Entry const& entry);
/// Takes exactly what encode_entry writes. errc::unsupported for another version, errc::malformed for another form,
/// errc::invalid as above.
base::result<Entry> decode_entry(base::ByteView encoded);

/// C = SHA-256("abode/entry/v1\0" || salt || u32be(len E) || E): binds the entry, tells nothing about it.
base::Hash commitment(Salt const& salt, base::ByteView encoded);
/// The leaf data 0x01 || C. A dummy leaf is made the same way of random bytes. The first byte tells kinds of leaves
/// apart; 0x02 is reserved for head-tree roots, 0x03 for profile changes, 0x04 for restore notices.
base::Bytes leaf_of(base::Hash const& entry_commitment);
/// HMAC-SHA-256 under `key` of a record's facts. The key is sealed with the facts: the tag alone tells nothing of them.
base::Hash state_tag(base::Hash const& key, base::ByteView facts);
/// HMAC-SHA-256 under `salt` of a state tag: lets the holder of the salt compare states, and nobody else.
base::Hash state_mac(Salt const& salt, base::Hash const& state_tag);

/// An entry as it comes back out of its seal.
struct OpenedEntry {
  base::Bytes encoded;
  Salt salt{};
  bool operator==(OpenedEntry const&) const = default;
};

/// What is sealed: u16be(len E) || E || salt || zeros, always entry_plaintext_size_bytes long, so that sealed entries
/// of all kinds look alike (G11). `encoded` is from encode_entry.
base::Bytes seal_plaintext(base::ByteView encoded, Salt const& salt);
/// errc::corrupted unless it is exactly of that form, zeros included.
base::result<OpenedEntry> open_plaintext(base::ByteView plaintext);

}  // namespace abode::log
