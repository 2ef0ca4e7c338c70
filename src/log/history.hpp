// A person's own history as a file, and its audit: everything is checked offline, against the log's key alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "log/entry.hpp"
#include "log/epoch.hpp"
#include "log/merkle.hpp"
#include "log/note.hpp"
#include "log/trust_policy.hpp"

namespace abode::log {

inline constexpr std::uint64_t bundle_version = 2;
inline constexpr std::size_t max_bundle_size_bytes = std::size_t{64} << 20;
inline constexpr std::size_t max_bundle_entries = 20'000;
inline constexpr std::size_t max_bundle_epochs = 2'000;

/// One entry with what opens its commitment and, once a checkpoint covers it, where its leaf is in the log.
struct BundleEntry {
  base::Bytes encoded;
  Salt salt{};
  std::optional<std::uint64_t> index = {};  ///< none: not yet provable
  Proof proof = {};                         ///< of inclusion in the bundle's checkpoint; empty without an index
  bool operator==(BundleEntry const&) const = default;
};

/// An older checkpoint of the same log that witnesses cosigned: it bounds when entries came.
struct SeenCheckpoint {
  std::string checkpoint;  ///< signed note, with its cosignatures
  Proof proof;             ///< of consistency with the bundle's checkpoint
  bool operator==(SeenCheckpoint const&) const = default;
};

/// That an epoch binds so many entries of the record.
struct BundleHead {
  std::uint64_t count = 0;  ///< of entries
  base::Hash blind{};       ///< of the leaf in the head tree
  Proof proof = {};         ///< of its inclusion there, at the record's position
  bool operator==(BundleHead const&) const = default;
};

/// An epoch of the log.
struct BundleEpoch {
  base::Bytes leaf;                     ///< of the log (leaf_of(Epoch))
  std::uint64_t index = 0;              ///< where in the log it is
  Proof proof = {};                     ///< of its inclusion in the bundle's checkpoint
  std::optional<BundleHead> head = {};  ///< none if it covers no entry of the record
  bool operator==(BundleEpoch const&) const = default;
};

struct Bundle {
  std::uint64_t version = bundle_version;
  std::string origin;                ///< of the log
  std::string verifier_key;          ///< the log's key as a line (VerifierKey::format)
  std::string checkpoint;            ///< signed note
  std::uint64_t position = 0;        ///< of the record; secret
  std::vector<BundleEntry> entries;  ///< from entry 0 on, in order
  base::Bytes state;       ///< the facts of the record as they stand after the last entry, in the register's form
  base::Hash state_key{};  ///< the key of their tag
  std::vector<SeenCheckpoint> seen = {};  ///< empty for a log without witnesses
  /// Those whose trees are kept (log/epoch.hpp), in order: the last one before entry 0, if any, and all after it.
  std::vector<BundleEpoch> epochs = {};
  bool operator==(Bundle const&) const = default;
};

/// JSON (RFC 8259), with the members of Bundle under the same names and in the same order:
///   - `version` is a number, `position` a text of decimal digits (it may exceed 2^53);
///   - `origin`, `verifier_key` and `checkpoint` are texts, `state` and `state_key` are base64;
///   - `entries` is a list of objects with `entry` and `salt` (base64) and, together or not at all, `index` (a number
///     below 2^53) and `proof` (a list of base64);
///   - `seen` is a list of objects with `checkpoint` (a text) and `proof`;
///   - `epochs` is a list of objects with `leaf` (base64), `index`, `proof` and, if the epoch covers an entry, `head`:
///   an
///     object with `count` (a number), `blind` (base64) and `proof`.
std::string encode_bundle(Bundle const& bundle);
/// Strict: unknown, missing and repeated members are refused. errc::malformed, errc::invalid with the member's path,
/// errc::unsupported for another version, errc::too_large over the limits above.
base::result<Bundle> decode_bundle(std::string_view json);

enum class RowState : std::uint8_t {
  proven,            ///< in the log, and in order
  not_yet_provable,  ///< in order, but no checkpoint covers it yet
  unchecked,         ///< in order, but there is no trustworthy checkpoint to check it against
  rejected,          ///< `verdict` says why
};

/// One line of the table that an audit prints. If the entry cannot be decoded, `entry` is empty.
struct AuditRow {
  std::uint64_t seq = 0;       ///< the place in the file, which a sound entry repeats
  std::optional<Entry> entry;  ///< time, operation, actor, office, purpose, reference, fields for the table
  RowState state = RowState::rejected;
  std::string verdict;  ///< a sentence
  bool operator==(AuditRow const&) const = default;
};

enum class AuditVerdict : std::uint8_t {
  accepted,    ///< every entry proven, and no epoch missing
  incomplete,  ///< in order, but some entries are not yet provable, or epochs are missing
  rejected,    ///< `reason` says why
};

/// How soon after its time an entry must be in the log.
inline constexpr std::chrono::seconds merge_delay{10};
/// How long after that the next checkpoint may be that is kept: they are a minute apart, and those of a log that does
/// not grow another.
inline constexpr std::chrono::seconds witness_gap{120};

/// What the witnesses say of a file, where a policy says whom to ask.
struct AuditWitnesses {
  std::size_t cosigners = 0;  ///< of the bundle's checkpoint, known to the policy
  std::size_t known = 0;      ///< witnesses that the policy names
  bool quorum = false;
  std::optional<base::Time> seen_at = {};  ///< when the first of them saw it
  std::vector<std::uint64_t> late = {};    ///< seq of entries that no witness saw soon after their time
  bool operator==(AuditWitnesses const&) const = default;
};

/// What the epochs of a file show: that what the log had of this record when one was closed is what the file has of it.
struct AuditEpochs {
  std::size_t listed = 0;
  std::optional<Epoch> newest = {};        ///< none if the file has no epoch
  std::uint64_t bound = 0;                 ///< entries that it binds: the first ones
  std::vector<EpochRange> missing = {};    ///< that the file should have and has not
  std::optional<base::Time> overdue = {};  ///< when the one after the newest should have been closed
  bool operator==(AuditEpochs const&) const = default;
};

struct AuditReport {
  AuditVerdict verdict = AuditVerdict::rejected;
  std::string reason;          ///< a sentence; of a rejection the first one found
  bool key_from_file = false;  ///< no trusted key was given: the file vouches for itself
  bool test_mode = false;      ///< the log's name says that it has no legal effect
  std::string origin;
  std::string verifier_key;                     ///< the key that was used, as a line
  std::optional<Checkpoint> checkpoint;         ///< once its signature and origin are good
  std::vector<std::uint64_t> not_yet_provable;  ///< seq of each such entry
  std::vector<std::uint64_t> erasures;          ///< seq of each entry by which erasure was asked for or taken back
  std::vector<AuditRow> rows;
  std::optional<AuditEpochs> epochs = {};        ///< once the checkpoint can be trusted and the entries are in order
  std::optional<AuditWitnesses> witnesses = {};  ///< with a policy, once the checkpoint can be trusted
  bool operator==(AuditReport const&) const = default;
};

/// Checks, in this order: the signature of the checkpoint by `trusted` (or, without it, by the key in the file); that
/// the origin is the same in checkpoint, key and file; then of each entry, keeping the first reason found: its form,
/// seq without gap, position equal to the file's, the commitment of the entry before, time not going backwards, an
/// index of its own, inclusion at that index; of the last entry that its `after` fits the state; and of each epoch its
/// form, inclusion, order, and that its head tree binds at the record's position just the entries of the file that it
/// covers. Incomplete if entries are not yet provable, if there is no epoch, or if one is missing: between others, or
/// after the newest, as the times of the entries tell. What came after the newest epoch is not vouched for: entries
/// that were cut off there, together with a state that fits, are not missed.
AuditReport audit(Bundle const& bundle, std::optional<VerifierKey> const& trusted);

/// The same by a policy: the key is that of its log, and what no rejection stands against is held against the
/// witnesses. Rejected for a bad cosignature; for a `seen` checkpoint that the log did not grow out of; for an entry
/// that was not yet there merge_delay after its time (it is dated back), or was there before it. Incomplete without a
/// quorum, or with an entry that the witnesses first saw later than merge_delay and witness_gap after its time.
AuditReport audit(Bundle const& bundle, TrustPolicy const& policy);

std::string_view name_of(AuditVerdict verdict);  ///< "accepted", "incomplete", "rejected"
std::string_view name_of(RowState state);        ///< "proven", "not-yet-provable", "unchecked", "rejected"

}  // namespace abode::log
