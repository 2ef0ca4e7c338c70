// What the store keeps, row by row. Everything about a person is inside a `sealed` blob; the other columns are what the
// register needs in order to find, order and check the blobs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace abode::ports {

/// A record: one person's, or the book of an office for openings that hit nobody. Internal; never leaves the server.
using RecordId = base::Id<struct RecordTag, std::int64_t>;
/// An official's account name, such as "clerk-school".
using OfficialId = base::Id<struct OfficialTag, std::string>;

/// A per-person data key, encrypted under the key-encryption key. Kept apart from the data (G10).
struct WrappedKey {
  base::Bytes bytes;
};

/// The key of one record.
struct KeyRow {
  RecordId record;
  WrappedKey key;
};

/// A request that may come again under its Idempotency-Key: hashes of both, never its answer.
struct RequestRow {
  std::array<std::uint8_t, 16> tag;        ///< over who asks and the key they chose
  std::array<std::uint8_t, 16> body_hash;  ///< over what they ask
  std::uint64_t seq;                       ///< of the entry it made
  base::Time at;                           ///< of that entry
  bool operator==(RequestRow const&) const = default;
};
/// How long a request is remembered. Those of one person or official are swept together, once the newest is this old.
constexpr std::chrono::hours request_lifetime{72};

struct RecordRow {
  RecordId id;
  std::uint64_t position;                      ///< its place in the head tree, for life, unique, secret
  std::uint64_t version;                       ///< of the sealed state; bound into the seal
  std::uint64_t entries;                       ///< how many journal entries it has; the next one's seq
  base::Hash last;                             ///< commitment of the last entry, zero if none
  base::Time last_at;                          ///< time of the last entry: the record's own time never runs backwards
  base::Hash state_tag;                        ///< keyed hash of the state; the key is inside the sealed state
  base::Bytes sealed_state;                    ///< service::RecordState
  std::vector<RequestRow> requests;            ///< of its holder, oldest first
  std::optional<base::Time> erasure_due = {};  ///< its holder asked for its erasure, which waits until then
  std::optional<base::Time> erased_at = {};    ///< when that was done; state and entries are empty since, the tag zero
};

struct EntryRow {
  RecordId record;
  std::uint64_t seq;
  base::Hash commitment;
  base::Bytes sealed;  ///< the entry and its salt, all of one size; empty once the record is erased
};

struct NoticeRow {
  RecordId record;
  std::uint64_t seq;  ///< of the entry it tells about
  bool read;
  base::Time at;  ///< of that entry
};
/// How long a notice that was read is kept, counted from its entry.
constexpr std::chrono::days read_notice_lifetime{365};
/// And one that was not. After that an access can be erased without having been acknowledged (design.md, "Journal").
constexpr std::chrono::days unread_notice_lifetime{3 * 365};

/// Where its holder is told by mail that something changed. One is in force; another may wait to be confirmed.
struct ContactRow {
  RecordId record;
  std::uint64_t seq;   ///< of the entry that it came with: its name in the record, bound into its seal
  base::Bytes sealed;  ///< service::Contact, all of one size
  std::optional<base::Time> unconfirmed_until = {};  ///< it goes then, unless it is confirmed before; none: in force
  std::uint64_t misses = 0;                          ///< wrong codes that were typed to confirm it
  bool operator==(ContactRow const&) const = default;
};

enum class MailKind : std::uint8_t {
  changed = 1,         ///< that something changed, to the contact in force when it is sent, if there is one
  changed_former = 2,  ///< the same words to a contact that is in force no more, which it carries
  confirm = 3,         ///< the code that confirms a new contact, which it carries
  reminder = 4,        ///< that a date which the holder set comes near, to the contact in force when it is sent
};

/// A mail that waits to be sent. A record has one of a kind and a contact: it tells nothing that another would add; of
/// reminders, one for each of their moments.
struct OutboxRow {
  RecordId record;
  MailKind kind;
  std::uint64_t contact;                    ///< seq of the contact that it carries; 0 if it carries none; of a
                                            ///< reminder its moment, in seconds since 1970
  base::Bytes sealed;                       ///< that contact; empty if none
  std::uint64_t seq;                        ///< of the newest entry it tells of
  std::array<std::uint8_t, 16> message_id;  ///< random: the mail's name to mail servers, in each attempt the same
  base::Time queued_at;                     ///< of a reminder its moment, which is to come
  std::uint64_t attempts;                   ///< that failed
  base::Time next_try_at;
  bool operator==(OutboxRow const&) const = default;
};
/// How long a mail is tried.
constexpr std::chrono::hours mail_lifetime{72};
/// A reminder is of its day alone: later it would say something wrong.
constexpr std::chrono::hours reminder_lifetime{24};
constexpr std::chrono::hours lifetime_of(MailKind kind) {
  return kind == MailKind::reminder ? reminder_lifetime : mail_lifetime;
}

enum class Subject : std::uint8_t { person, official };

/// What somebody showed when a session began.
enum class SignInProof : std::uint8_t {
  test_name = 1,
  activation_code = 2,
  invitation = 3,
  printed_code = 4,
  passkey = 5
};

struct SessionRow {
  base::Hash token_hash;
  Subject subject;
  RecordId record;        ///< of a person; zero for an official
  OfficialId official;    ///< of an official; empty for a person
  base::Time expires_at;  ///< unless it is used before: then it moves on, never past last_end
  base::Time begun_at = {};
  base::Time last_end = {};
  SignInProof proof = SignInProof::test_name;
};

struct OfficialRow {
  OfficialId id;
  std::string name;
  std::string office;
  RecordId office_record;  ///< the office's book
  std::uint64_t misses;    ///< openings that did not hit, in the window that began at misses_since
  base::Time misses_since;
  std::vector<RequestRow> requests;  ///< of this official, oldest first
  std::uint8_t roles = 0;            ///< rules::RoleSet bits
  std::uint64_t identifications =
      0;  ///< people they identified in person, in the window that began at identified_since
  base::Time identified_since = {};
};

/// A role that somebody proposed for an official, and that another person is to approve. An official has one of a role.
struct RoleProposalRow {
  OfficialId official;
  std::uint8_t role;                      ///< rules::Role
  std::optional<OfficialId> proposed_by;  ///< none: the operator
  base::Time proposed_at;
  base::Time expires_at;
  bool operator==(RoleProposalRow const&) const = default;
};

/// How many records an office opened for a purpose in one week.
struct OpeningCountRow {
  base::Time week;  ///< midnight (UTC) at which its Monday begins
  std::string office;
  std::string purpose;
  std::uint64_t openings;
  bool operator==(OpeningCountRow const&) const = default;
};
/// How long such a count is kept, from the beginning of its week.
constexpr std::chrono::days opening_count_lifetime{3 * 365};

/// How long an opening code stays after its expiry, so that its holder can still see what became of it.
constexpr std::chrono::days opening_code_afterlife{7};

struct OpeningCodeRow {
  base::Hash code_tag;  ///< keyed hash of the code
  RecordId record;
  std::uint64_t seq;     ///< of the entry that tells of its making; names the code to its holder
  std::uint16_t fields;  ///< rules::FieldSet bits
  base::Time expires_at;
  bool revoked;
  base::Bytes sealed;                 ///< the code itself, for its holder to look up again
  std::optional<base::Hash> used_by;  ///< tag of the one request that used it
  bool invitation = false;            ///< for another person, to one address: it opens nothing for an official
  std::optional<base::GuardianshipId> made_by = {};  ///< by a guardian: it opens what they filed; none: by the holder
};

/// A person's card: how its holder signs in. The number on it is kept as a keyed hash; in the clear it is only in the
/// sealed state.
struct CardRow {
  base::Hash card_tag;                 ///< keyed hash of the card's number
  RecordId record;                     ///< zero in the row that stands in for unknown cards
  std::optional<base::Hash> code_tag;  ///< keyed hash of the activation code; none before one is made
  bool issued;                         ///< a code was made, and the file it is printed from is whole
  std::optional<base::Hash> used_by;   ///< tag of the one request that used the code
  base::Time used_at;                  ///< when it did so first
  std::uint64_t misses;                ///< wrong codes since the last letter
  base::Time missed_at;                ///< of the last one
  base::Time good_from = {};  ///< of the code, if it was made anew for somebody who was in before; zero: at once
};

/// A code of a printed sheet, which goes with its holder's card.
struct PrintedCodeRow {
  base::Hash code_tag;  ///< keyed hash of the code; the same code with another card has another
  RecordId record;
  std::uint64_t seq;                          ///< of the entry of the sheet's making: what names the sheet
  std::uint8_t number;                        ///< as printed, from 1; or freeze_code_number
  base::Time good_from;                       ///< of the sheet
  std::optional<base::Time> good_until = {};  ///< of the sheet: when another takes its place
  std::optional<base::Hash> used_by = {};     ///< tag of the one request that used the code
  base::Time used_at = {};                    ///< when it did so first
  bool operator==(PrintedCodeRow const&) const = default;
};
/// The code of a sheet that lets nobody in, but freezes.
constexpr std::uint8_t freeze_code_number = 0;

/// How a letter with a code comes to its reader.
enum class Delivery : std::uint8_t { post = 1, counter = 2 };

/// A letter that was asked for, to confirm the address of a registration. Which registration, the entry of the asking
/// tells. There is no place for a letter that came back: nothing would follow from it (G2). It goes once its code is
/// used or it is taken back.
struct LetterRow {
  RecordId record;
  std::uint64_t seq;  ///< of the entry of the asking
  Delivery delivery;
  base::Time good_until;  ///< of the code; before one is made, of the wish for a letter
  /// Once the letter is printed: keyed hashes of the registration with the address that stands on it, and of the code.
  std::optional<base::Hash> place_tag = {};
  std::optional<base::Hash> code_tag = {};
  std::uint64_t misses = 0;  ///< wrong codes that were typed
  bool operator==(LetterRow const&) const = default;
};
/// How long a letter stays once its code is over, so that its reader sees what became of it.
constexpr std::chrono::days letter_afterlife{7};

/// Proofs that a record's holder had made together: for a wallet several, alike but for the key that each is bound to.
/// What they say, and where their statuses are, is sealed.
struct ProofRow {
  RecordId record;
  std::uint64_t seq;  ///< of the entry that tells of it
  base::Time expires_at = {};
  base::Bytes sealed = {};  ///< service::KeptProof, all of one size
  bool operator==(ProofRow const&) const = default;
};
/// How long it stays once the proofs have expired, so that their holder sees that they were there.
constexpr std::chrono::days proof_afterlife{7};

/// A published list of statuses: one bit for each place. No row of it leads to a person.
struct StatusListRow {
  std::uint64_t number;         ///< 48 random bits: its name, which no other ever has
  std::uint64_t taken;          ///< places that a proof or a decoy has: never given out again
  std::uint64_t told;           ///< how many of them were published as revoked
  base::Time last_needed = {};  ///< when the last proof that refers to it expires
  bool operator==(StatusListRow const&) const = default;
};

/// A place in a list that is taken.
struct StatusPlaceRow {
  std::uint64_t list;
  std::uint64_t place;
  bool revoked;
  bool operator==(StatusPlaceRow const&) const = default;
};

/// A passkey of a person: the public half of a key in their phone, computer or security key (WebAuthn).
struct PasskeyRow {
  base::Hash credential_tag;  ///< keyed hash of the credential's id
  RecordId record;
  std::uint64_t seq;       ///< of the entry of its adding: names it to its holder
  base::Bytes public_key;  ///< as webauthn::PublicKey; made for this register alone, so it leads nowhere else
  base::Time good_from;    ///< later than its adding, if its holder had a way in before
  std::optional<base::Time> good_until = {};  ///< its removal was asked for, and can be taken back until then
  base::Bytes sealed = {};                    ///< what its holder calls it, and when it was used last
  bool operator==(PasskeyRow const&) const = default;
};

/// A passkey of an official. None of it is about a resident, so none of it is sealed.
struct StaffPasskeyRow {
  base::Hash credential_tag;  ///< keyed hash of the credential's id
  OfficialId official;
  base::Time added_at;
  base::Bytes public_key;  ///< as webauthn::PublicKey
  base::Bytes notes;       ///< what its official calls it, and when it was used last
  bool operator==(StaffPasskeyRow const&) const = default;
};

/// That somebody files for a child. Nothing else in the store leads from one to the other.
struct GuardianshipRow {
  base::GuardianshipId id;
  RecordId child;
  RecordId guardian;
};

/// A one-time invitation for an official to sign in. An official has one at most.
struct InvitationRow {
  base::Hash invitation_tag;  ///< keyed hash of the invitation
  OfficialId official;
  base::Time expires_at;
};

// The log's side of the store.

struct QueuedLeaf {
  base::Hash commitment;
  RecordId record;
  std::uint64_t seq;
};

/// One shuffled batch, persisted before anything is signed; recovery replays it as it stands.
struct Batch {
  std::uint64_t start;                ///< the index of its first leaf
  std::vector<base::Bytes> leaves;    ///< leaf data in their order in the log
  std::vector<std::uint32_t> origin;  ///< for each leaf: its place in the queue that was taken, or dummy_origin
};
constexpr std::uint32_t dummy_origin = 0xffffffff;

/// A checkpoint as the world is shown it, once witnesses were asked.
struct PublishedRow {
  std::uint64_t size;
  base::Time at;           ///< when its first witness saw it; without one, when it was published
  std::string checkpoint;  ///< signed note, with the cosignatures that came
  bool quorum;             ///< they are as many as the policy asks for
  bool operator==(PublishedRow const&) const = default;
};
/// True if `middle`, between its neighbours in the log, is not needed to tell when an entry came: they are at most a
/// minute apart, or the log did not grow.
inline bool is_superfluous(PublishedRow const& before, PublishedRow const& middle, PublishedRow const& after) {
  return after.at - before.at <= std::chrono::minutes{1} || (before.size == middle.size && middle.size == after.size);
}

/// A head tree's epoch. What is in its leaf is log::Epoch.
struct EpochRow {
  std::uint64_t number;
  base::Bytes leaf;                 ///< of the log
  std::optional<base::Hash> nonce;  ///< of its blinds (Sealer::epoch_seed); none: the tree was lost before a restore
  std::optional<std::uint64_t> index = {};  ///< of its leaf in the log; none before it is in a batch
  bool operator==(EpochRow const&) const = default;
};

/// A tile of a head tree, over the roots of its blocks.
struct HeadTile {
  unsigned level;
  std::uint64_t index;
  base::Bytes content;
  bool operator==(HeadTile const&) const = default;
};

/// How far a record has come in so much of the log: how many of its entries are in it, and the last of them.
struct HeadRow {
  RecordId record;
  std::uint64_t position;
  std::uint64_t count;
  base::Hash last;  ///< its commitment; zero if none is
  bool operator==(HeadRow const&) const = default;
};

/// The published log: its size, right edge (RFC 6962 subtrees, largest first) and signed checkpoint.
struct LogState {
  std::uint64_t size = 0;
  std::vector<base::Hash> edge;
  std::string checkpoint;
};

}  // namespace abode::ports
