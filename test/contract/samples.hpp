// Rows to write, and how to compare and read them.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>

#include "ports/store.hpp"

namespace abode::ports {

inline bool operator==(WrappedKey const& a, WrappedKey const& b) {
  return a.bytes == b.bytes;
}
inline bool operator==(RecordRow const& a, RecordRow const& b) {
  auto const all = [](RecordRow const& r) {
    return std::tie(r.id, r.position, r.version, r.entries, r.last, r.last_at, r.state_tag, r.sealed_state, r.requests,
                    r.erasure_due, r.erased_at);
  };
  return all(a) == all(b);
}
inline bool operator==(EntryRow const& a, EntryRow const& b) {
  return std::tie(a.record, a.seq, a.commitment, a.sealed) == std::tie(b.record, b.seq, b.commitment, b.sealed);
}
inline bool operator==(NoticeRow const& a, NoticeRow const& b) {
  return std::tie(a.record, a.seq, a.read, a.at) == std::tie(b.record, b.seq, b.read, b.at);
}
inline bool operator==(SessionRow const& a, SessionRow const& b) {
  auto const all = [](SessionRow const& r) {
    return std::tie(r.token_hash, r.subject, r.record, r.official, r.expires_at, r.begun_at, r.last_end, r.proof);
  };
  return all(a) == all(b);
}
inline bool operator==(OfficialRow const& a, OfficialRow const& b) {
  auto const all = [](OfficialRow const& r) {
    return std::tie(r.id, r.name, r.office, r.office_record, r.misses, r.misses_since, r.requests, r.roles,
                    r.identifications, r.identified_since);
  };
  return all(a) == all(b);
}
inline bool operator==(OpeningCodeRow const& a, OpeningCodeRow const& b) {
  auto const all = [](OpeningCodeRow const& r) {
    return std::tie(r.code_tag, r.record, r.seq, r.fields, r.expires_at, r.revoked, r.sealed, r.used_by, r.invitation,
                    r.made_by);
  };
  return all(a) == all(b);
}
inline bool operator==(CardRow const& a, CardRow const& b) {
  auto const all = [](CardRow const& r) {
    return std::tie(r.card_tag, r.record, r.code_tag, r.issued, r.used_by, r.used_at, r.misses, r.missed_at,
                    r.good_from);
  };
  return all(a) == all(b);
}
inline bool operator==(GuardianshipRow const& a, GuardianshipRow const& b) {
  return std::tie(a.id, a.child, a.guardian) == std::tie(b.id, b.child, b.guardian);
}
inline bool operator==(InvitationRow const& a, InvitationRow const& b) {
  return std::tie(a.invitation_tag, a.official, a.expires_at) == std::tie(b.invitation_tag, b.official, b.expires_at);
}
inline bool operator==(QueuedLeaf const& a, QueuedLeaf const& b) {
  return std::tie(a.commitment, a.record, a.seq) == std::tie(b.commitment, b.record, b.seq);
}
inline bool operator==(Batch const& a, Batch const& b) {
  return std::tie(a.start, a.leaves, a.origin) == std::tie(b.start, b.leaves, b.origin);
}
inline bool operator==(LogState const& a, LogState const& b) {
  return std::tie(a.size, a.edge, a.checkpoint) == std::tie(b.size, b.edge, b.checkpoint);
}

}  // namespace abode::ports

namespace abode::contract {

using base::errc;
using ports::RecordId;
using ports::Snapshot;
using ports::Store;
using ports::Transaction;

constexpr std::uint64_t newest = std::numeric_limits<std::uint64_t>::max();  // as "before": from the end
constexpr std::size_t everything = std::numeric_limits<std::size_t>::max();

/// A hash of its own for each number.
inline base::Hash hash(std::uint64_t n) {
  base::Hash value{};
  for (std::size_t i = 0; i < value.size(); ++i) value[i] = static_cast<std::uint8_t>((n >> (i % 8 * 8)) ^ (i * 37));
  return value;
}

inline base::Time at(std::int64_t seconds) {
  return base::Time{std::chrono::seconds{seconds}};
}

inline ports::RecordRow record_row(RecordId id, std::uint64_t position) {
  return {.id = id,
          .position = position,
          .version = 3,
          .entries = 2,
          .last = hash(position),
          .last_at = at(1'000'000),
          .state_tag = hash(position + 1),
          .sealed_state = base::Bytes(100, static_cast<std::uint8_t>(position)),
          .requests = {}};
}
inline ports::WrappedKey key_of(std::uint64_t position) {
  return {base::Bytes(60, static_cast<std::uint8_t>(position))};
}
inline ports::EntryRow entry_row(RecordId record, std::uint64_t seq) {
  auto const number = static_cast<std::uint64_t>(record.value()) * 1'000'000 + seq;
  return {.record = record,
          .seq = seq,
          .commitment = hash(number),
          .sealed = base::Bytes(50, static_cast<std::uint8_t>(seq))};
}
inline ports::SessionRow session_row(std::uint64_t n, base::Time expires_at) {
  return {.token_hash = hash(n),
          .subject = ports::Subject::person,
          .record = RecordId{7},
          .official = {},
          .expires_at = expires_at,
          .begun_at = expires_at - std::chrono::hours{1},
          .last_end = expires_at + std::chrono::hours{11},
          .proof = ports::SignInProof::activation_code};
}
inline ports::OpeningCodeRow code_row(std::uint64_t n, base::Time expires_at) {
  return {.code_tag = hash(n),
          .record = RecordId{7},
          .seq = n,
          .fields = 0x8005,
          .expires_at = expires_at,
          .revoked = false,
          .sealed = base::Bytes{1, 2, 3},
          .used_by = {},
          .invitation = n % 2 == 0,
          .made_by = n % 3 == 0 ? std::optional{base::GuardianshipId{std::to_string(n)}} : std::nullopt};
}
/// Code `n` of a sheet: 11 of them make one.
inline ports::PrintedCodeRow printed_row(std::uint64_t n, RecordId record) {
  return {.code_tag = hash(n),
          .record = record,
          .seq = 40 + n / 11,
          .number = static_cast<std::uint8_t>(n % 11),
          .good_from = at(1000),
          .good_until = n % 2 == 0 ? std::optional{at(2000 + static_cast<std::int64_t>(n))} : std::nullopt,
          .used_by = n % 3 == 0 ? std::optional{hash(n + 500)} : std::nullopt,
          .used_at = n % 3 == 0 ? at(1500) : at(0)};
}
/// Every other one is printed.
inline ports::LetterRow letter_row(RecordId record, std::uint64_t seq, base::Time good_until) {
  bool const printed = seq % 2 == 0;
  return {.record = record,
          .seq = seq,
          .delivery = seq % 3 == 0 ? ports::Delivery::counter : ports::Delivery::post,
          .good_until = good_until,
          .place_tag = printed ? std::optional{hash(seq + 1)} : std::nullopt,
          .code_tag = printed ? std::optional{hash(seq + 2)} : std::nullopt,
          .misses = seq % 5};
}
inline base::Bytes blob(std::string const& text) {
  return base::to_bytes(base::as_bytes(text));
}
inline ports::ProofRow proof_row(RecordId record, std::uint64_t seq, base::Time expires_at) {
  return {record, seq, expires_at, blob("proof " + std::to_string(seq))};
}
inline ports::PasskeyRow passkey_row(std::uint64_t n, RecordId record) {
  return {.credential_tag = hash(n),
          .record = record,
          .seq = 40 + n,
          .public_key = blob("public key " + std::to_string(n)),
          .good_from = at(1000),
          .good_until = n % 2 == 0 ? std::optional{at(2000 + static_cast<std::int64_t>(n))} : std::nullopt,
          .sealed = blob("sealed passkey " + std::to_string(n))};
}
inline ports::StaffPasskeyRow staff_passkey_row(std::uint64_t n, std::string official) {
  return {.credential_tag = hash(n),
          .official = ports::OfficialId{std::move(official)},
          .added_at = at(1000 + static_cast<std::int64_t>(n)),
          .public_key = blob("public key " + std::to_string(n)),
          .notes = blob("notes " + std::to_string(n))};
}
inline ports::GuardianshipRow guardianship_row(std::string id, RecordId child, RecordId guardian) {
  return {.id = base::GuardianshipId{std::move(id)}, .child = child, .guardian = guardian};
}
inline ports::CardRow card_row(std::uint64_t n, RecordId record, bool issued) {
  return {.card_tag = hash(n),
          .record = record,
          .code_tag = issued ? std::optional{hash(n + 1)} : std::nullopt,
          .issued = issued,
          .used_by = {},
          .used_at = at(0),
          .misses = 3,
          .missed_at = at(1'000'000),
          .good_from = at(static_cast<std::int64_t>(n) * 1000)};
}
/// In force, or for odd `n` waiting to be confirmed.
inline ports::ContactRow contact_row(std::uint64_t n, RecordId record) {
  return {.record = record,
          .seq = n,
          .sealed = base::Bytes(30, static_cast<std::uint8_t>(n)),
          .unconfirmed_until = n % 2 == 1 ? std::optional{at(2000 + static_cast<std::int64_t>(n))} : std::nullopt,
          .misses = n % 5};
}
/// About entry `n`.
inline ports::OutboxRow mail_row(std::uint64_t n, RecordId record, ports::MailKind kind = ports::MailKind::changed) {
  bool const carries = kind == ports::MailKind::changed_former || kind == ports::MailKind::confirm;
  ports::OutboxRow row{.record = record,
                       .kind = kind,
                       .contact = kind == ports::MailKind::changed ? 0 : n,
                       .sealed = carries ? base::Bytes{7, 8, 9} : base::Bytes{},
                       .seq = n,
                       .message_id = {},
                       .queued_at = at(1000 + static_cast<std::int64_t>(n)),
                       .attempts = n % 3,
                       .next_try_at = at(3000 + static_cast<std::int64_t>(n))};
  row.message_id.fill(static_cast<std::uint8_t>(n));
  return row;
}
inline ports::RequestRow request_row(std::uint64_t n, base::Time when) {
  ports::RequestRow row{.tag = {}, .body_hash = {}, .seq = n, .at = when};
  row.tag.fill(static_cast<std::uint8_t>(n));
  row.body_hash.fill(static_cast<std::uint8_t>(n + 1));
  return row;
}
inline ports::OfficialRow official_row(std::string id, RecordId book, std::uint64_t misses) {
  return {.id = ports::OfficialId{std::move(id)},
          .name = "A",
          .office = "School",
          .office_record = book,
          .misses = misses,
          .misses_since = at(1),
          .requests = {},
          .roles = 5,
          .identifications = 2 * misses,
          .identified_since = at(2)};
}
/// By an official if `role` is odd, else by the operator.
inline ports::RoleProposalRow proposal_row(std::string official, std::uint64_t role, base::Time expires_at) {
  return {.official = ports::OfficialId{std::move(official)},
          .role = static_cast<std::uint8_t>(role),
          .proposed_by = role % 2 == 1 ? std::optional{ports::OfficialId{"supervisor"}} : std::nullopt,
          .proposed_at = at(50),
          .expires_at = expires_at};
}
inline ports::OpeningCountRow count_row(std::uint64_t week, std::string purpose, std::uint64_t openings) {
  return {.week = at(static_cast<std::int64_t>(week) * 604'800),
          .office = "School",
          .purpose = std::move(purpose),
          .openings = openings};
}

/// The use case's error; errc of success is an errc no store gives.
constexpr errc ok{255};
inline errc write(Store& store, std::function<void(Transaction&)> const& use) {
  auto const commit = store.write_and_wait([use](Transaction& transaction) -> base::result<void> {
    use(transaction);
    return {};
  });
  return commit ? ok : commit.error().code;
}

/// What `look` finds in a fresh snapshot.
template <class Look>
auto seen(Store& store, Look look) {
  std::optional<decltype(look(std::declval<Snapshot&>()))> found;
  auto const outcome = store.read([&](Snapshot& snapshot) -> base::result<void> {
    found = look(snapshot);
    return {};
  });
  EXPECT_TRUE(outcome) << outcome.error().detail;
  return std::move(*found);
}

/// A record at `position` with its key, added in a write of its own.
inline RecordId add_record(Store& store, std::uint64_t position) {
  RecordId id;
  EXPECT_EQ(write(store,
                  [&](Transaction& t) {
                    id = t.new_record_id();
                    t.add_record(record_row(id, position), key_of(position));
                  }),
            ok);
  return id;
}

inline void add_entries(Store& store, RecordId record, std::uint64_t from, std::uint64_t to) {
  EXPECT_EQ(write(store,
                  [=](Transaction& t) {
                    for (std::uint64_t seq = from; seq < to; ++seq) t.add_entry(entry_row(record, seq), false);
                  }),
            ok);
}

}  // namespace abode::contract
