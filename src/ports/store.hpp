// The Store port. One contract suite (test/contract) holds every adapter to these words.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ports/rows.hpp"

namespace abode::ports {

/// A consistent view of committed data (and, inside a Transaction, of its own writes). Used by one thread at a time.
/// A store that cannot be read throws StoreFailure; use cases let it pass.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  virtual std::optional<RecordRow> record(RecordId id) = 0;
  /// Empty once the record is erased.
  virtual std::optional<WrappedKey> key(RecordId id) = 0;
  /// Keys of records with ids greater than `after` in ascending order, at most `limit`, without destroyed ones; also
  /// keys whose record was never committed. For the rotation of the key-encryption key.
  virtual std::vector<KeyRow> keys(RecordId after, std::size_t limit) = 0;
  virtual std::optional<EntryRow> entry(RecordId record, std::uint64_t seq) = 0;
  /// Entries with seq < before, newest first, at most `limit`.
  virtual std::vector<EntryRow> entries(RecordId record, std::uint64_t before, std::size_t limit) = 0;
  /// Notices about entries with seq < before, newest first, at most `limit`.
  virtual std::vector<NoticeRow> notices(RecordId record, std::uint64_t before, std::size_t limit) = 0;
  /// Those of one person, in the order of their seq.
  virtual std::vector<ContactRow> contacts(RecordId record) = 0;
  /// Mails that wait for one record, by kind and contact.
  virtual std::vector<OutboxRow> outbox(RecordId record) = 0;
  /// Mails to be tried at `now`, the longest due first, at most `limit`. For DeliveryGrant.
  virtual std::vector<OutboxRow> outbox_due(base::Time now, std::size_t limit) = 0;
  virtual std::optional<SessionRow> session(base::Hash const& token_hash) = 0;
  /// Those of one person, the one that ends first before the others.
  virtual std::vector<SessionRow> sessions(RecordId record) = 0;
  /// The same of one official.
  virtual std::vector<SessionRow> official_sessions(OfficialId const& official) = 0;
  virtual std::optional<OfficialRow> official(OfficialId const& id) = 0;
  /// All of them, by id. They are staff: nothing lists residents (G6).
  virtual std::vector<OfficialRow> officials() = 0;
  /// All that wait, by official and role.
  virtual std::vector<RoleProposalRow> role_proposals() = 0;
  /// Those of weeks that begin at `from` or later and before `before`, by week, office and purpose.
  virtual std::vector<OpeningCountRow> opening_counts(base::Time from, base::Time before) = 0;
  virtual std::optional<OpeningCodeRow> opening_code(base::Hash const& code_tag) = 0;
  virtual std::vector<OpeningCodeRow> opening_codes(RecordId record) = 0;
  /// The card of this number, by keyed blind index.
  virtual std::optional<CardRow> card(base::Hash const& card_tag) = 0;
  /// Cards whose code nobody was handed yet, of records after `after` in ascending order, at most `limit`. For the
  /// command that makes codes: no route reaches it (G6).
  virtual std::vector<CardRow> cards_to_issue(RecordId after, std::size_t limit) = 0;
  virtual std::optional<PrintedCodeRow> printed_code(base::Hash const& code_tag) = 0;
  /// Those of one person, sheet by sheet in the order of their making, and by number.
  virtual std::vector<PrintedCodeRow> printed_codes(RecordId record) = 0;
  /// Those of one person, in the order of their asking.
  virtual std::vector<LetterRow> letters(RecordId record) = 0;
  /// Those that are not printed yet, after (`after`, `after_seq`) in the order of records and askings, at most `limit`.
  /// For the command that prints: no route reaches it (G6).
  virtual std::vector<LetterRow> letters_to_make(RecordId after, std::uint64_t after_seq, std::size_t limit) = 0;
  /// Those of one person, in the order of their making.
  virtual std::vector<ProofRow> proofs(RecordId record) = 0;
  /// All lists of statuses that are needed, by number.
  virtual std::vector<StatusListRow> status_lists() = 0;
  /// None if the place is free.
  virtual std::optional<StatusPlaceRow> status_place(std::uint64_t list, std::uint64_t place) = 0;
  /// The places of a list that are revoked, in ascending order.
  virtual std::vector<std::uint64_t> revoked_places(std::uint64_t list) = 0;
  virtual std::optional<PasskeyRow> passkey(base::Hash const& credential_tag) = 0;
  /// Those of one person, in the order of their adding.
  virtual std::vector<PasskeyRow> passkeys(RecordId record) = 0;
  virtual std::optional<StaffPasskeyRow> staff_passkey(base::Hash const& credential_tag) = 0;
  /// Those of one official, in the order of their adding.
  virtual std::vector<StaffPasskeyRow> staff_passkeys(OfficialId const& official) = 0;
  virtual std::optional<InvitationRow> invitation(base::Hash const& invitation_tag) = 0;
  virtual std::optional<GuardianshipRow> guardianship(base::GuardianshipId const& id) = 0;
  /// Those in which the record is the child's, in the order of their ids.
  virtual std::vector<GuardianshipRow> guardianships_over(RecordId child) = 0;
  /// Those in which it is the guardian's, in the same order.
  virtual std::vector<GuardianshipRow> guardianships_of(RecordId guardian) = 0;
  /// The book of an office, once it has an official.
  virtual std::optional<RecordId> office_book(std::string const& office) = 0;
  /// The record of a document, by keyed blind index.
  virtual std::optional<RecordId> record_of_document(base::Hash const& document_tag) = 0;
  virtual std::optional<RecordId> record_at_position(std::uint64_t position) = 0;
  virtual std::uint64_t record_count() = 0;
  /// Ids greater than `after` in ascending order, at most `limit`. For doctor: no route reaches it (G6).
  virtual std::vector<RecordId> record_ids(RecordId after, std::size_t limit) = 0;
  /// Records whose erasure is due at `now` and not done, the longest due first, at most `limit`.
  virtual std::vector<RecordId> erasures_due(base::Time now, std::size_t limit) = 0;

  virtual LogState log_state() = 0;
  /// The newest that was published with its witnesses; none in a register without witnesses.
  virtual std::optional<PublishedRow> published() = 0;
  /// The newest that had a quorum.
  virtual std::optional<PublishedRow> last_quorum() = 0;
  /// The oldest one that is kept of those with a quorum and more than `size` leaves.
  virtual std::optional<PublishedRow> first_quorum_over(std::uint64_t size) = 0;
  /// The batch that was persisted but not yet published, if any.
  virtual std::optional<Batch> pending_batch() = 0;
  /// Leaves not yet in any batch, oldest first, at most `limit`.
  virtual std::vector<QueuedLeaf> queued_leaves(std::size_t limit) = 0;
  /// Where an entry's leaf stands in the log; empty until its batch is persisted.
  virtual std::optional<std::uint64_t> leaf_index(RecordId record, std::uint64_t seq) = 0;

  /// The epochs that are kept, oldest first.
  virtual std::vector<EpochRow> epochs() = 0;
  virtual std::optional<EpochRow> newest_epoch() = 0;
  /// The oldest one whose leaf is in no batch yet.
  virtual std::optional<EpochRow> waiting_epoch() = 0;
  /// The content of a tile of an epoch's head tree; empty if there is none.
  virtual std::optional<base::Bytes> head_tile(std::uint64_t epoch, unsigned level, std::uint64_t index) = 0;
  /// How far the records with ids greater than `after`, which have entries, have come in the log's first `covered`
  /// leaves, where one batch ends and another begins, in ascending order, at most `limit`. What is committed later does
  /// not change it.
  virtual std::vector<HeadRow> heads(std::uint64_t covered, RecordId after, std::size_t limit) = 0;
  /// The same of the records at positions from `first` to before `end`, by position.
  virtual std::vector<HeadRow> heads_at(std::uint64_t covered, std::uint64_t first, std::uint64_t end) = 0;
};

/// One use case's writes. All of them happen, or none.
class Transaction : public Snapshot {
 public:
  /// An id that no record has.
  virtual RecordId new_record_id() = 0;
  /// A new record under a new id; its wrapped key is durable no later than the record itself.
  virtual void add_record(RecordRow const& row, WrappedKey const& key) = 0;
  virtual void update_record(RecordRow const& row) = 0;
  /// The same data key of a record that has one, wrapped anew. A key that is destroyed stays so.
  virtual void replace_key(RecordId record, WrappedKey const& key) = 0;
  /// Appends the entry and queues its leaf. `access` marks an official's read: see Commit.
  virtual void add_entry(EntryRow const& row, bool access) = 0;
  virtual void add_notice(NoticeRow const& row) = 0;
  virtual void mark_notices_read(RecordId record, std::uint64_t up_to_seq) = 0;
  /// Adds a contact, or replaces the row of the same seq.
  virtual void put_contact(ContactRow const& row) = 0;
  virtual void remove_contact(RecordId record, std::uint64_t seq) = 0;
  /// Adds a mail; one that waits with the same record, kind and contact takes it in instead: only its `seq` and
  /// `queued_at` move on.
  virtual void queue_mail(OutboxRow const& row) = 0;
  /// Replaces a mail that waits; nothing happens if there is none.
  virtual void update_mail(OutboxRow const& row) = 0;
  virtual void remove_mail(RecordId record, MailKind kind, std::uint64_t contact) = 0;
  virtual void add_session(SessionRow const& row) = 0;
  /// When it ends from now on; nothing happens if there is none.
  virtual void extend_session(base::Hash const& token_hash, base::Time expires_at) = 0;
  virtual void remove_session(base::Hash const& token_hash) = 0;
  virtual void put_official(OfficialRow const& row) = 0;
  /// Adds a proposal, or replaces the one of the same official and role.
  virtual void put_role_proposal(RoleProposalRow const& row) = 0;
  virtual void remove_role_proposal(OfficialId const& official, std::uint8_t role) = 0;
  /// Adds `openings` to the count of that week, office and purpose, which begins at 0. Adding 0 writes as well.
  virtual void add_to_opening_count(OpeningCountRow const& row) = 0;
  virtual void add_opening_code(OpeningCodeRow const& row) = 0;
  /// Writes what changes in a code's life: expires_at, revoked and used_by.
  virtual void update_opening_code(OpeningCodeRow const& row) = 0;
  /// Adds a card, or replaces the row of the same number.
  virtual void put_card(CardRow const& row) = 0;
  /// Adds a code, or replaces the row of the same tag.
  virtual void put_printed_code(PrintedCodeRow const& row) = 0;
  virtual void remove_printed_code(base::Hash const& code_tag) = 0;
  /// Adds a letter, or replaces the row of the same asking.
  virtual void put_letter(LetterRow const& row) = 0;
  virtual void remove_letter(RecordId record, std::uint64_t seq) = 0;
  /// Adds proofs, or replaces the row of the same making.
  virtual void put_proof(ProofRow const& row) = 0;
  /// Adds a list, or replaces the row of the same number.
  virtual void put_status_list(StatusListRow const& row) = 0;
  /// Takes a place, or replaces the row of the same place.
  virtual void put_status_place(StatusPlaceRow const& row) = 0;
  /// Adds a passkey, or replaces the row of the same tag.
  virtual void put_passkey(PasskeyRow const& row) = 0;
  virtual void remove_passkey(base::Hash const& credential_tag) = 0;
  /// Adds an official's passkey, or replaces the row of the same tag.
  virtual void put_staff_passkey(StaffPasskeyRow const& row) = 0;
  virtual void remove_staff_passkey(base::Hash const& credential_tag) = 0;
  /// Adds an invitation, in place of any other of the same official.
  virtual void put_invitation(InvitationRow const& row) = 0;
  virtual void remove_invitation(base::Hash const& invitation_tag) = 0;
  /// A new one. A guardian is added to a child once.
  virtual void add_guardianship(GuardianshipRow const& row) = 0;
  virtual void remove_guardianship(base::GuardianshipId const& id) = 0;
  /// All codes of one person.
  virtual void remove_opening_codes(RecordId record) = 0;
  virtual void index_document(base::Hash const& document_tag, RecordId record) = 0;
  /// Destroys the record's key, everything sealed in it and in its entries, its sessions, notices, contacts and mails
  /// that wait, opening codes, cards, printed codes, letters, proofs, passkeys, guardianships on either side,
  /// remembered requests and place in the document index. Position, number of entries and commitments stay. The key
  /// goes no later than the rest, also from the files: should only the rest fail, its next erasure or the next opening
  /// of the store does it. A record that is erased stays as it is.
  virtual void erase(RecordId record, base::Time at) = 0;
  /// Takes the first leaves of the queue into `batch` (as its `origin` says) and keeps it as the pending batch. There
  /// must be none yet.
  virtual void take_batch(Batch const& batch) = 0;
  /// Makes `next` the published state and the pending batch history; errc::conflict if the size is not `expected_size`.
  virtual base::result<void> publish(std::uint64_t expected_size, LogState const& next) = 0;
  /// Adds an epoch, whose number no other has, with the tiles of its head tree.
  virtual void add_epoch(EpochRow const& row, std::vector<HeadTile> const& tiles) = 0;
  /// Says where in the log the leaf of an epoch stands that waited.
  virtual void place_epoch(std::uint64_t number, std::uint64_t index) = 0;
  /// Removes an epoch and its tree.
  virtual void remove_epoch(std::uint64_t number) = 0;
  /// Adds a checkpoint that was published with its witnesses, which is no smaller and no older than the newest. Then
  /// one without a quorum before it goes, and of those with one the newest so far if it has become superfluous
  /// (is_superfluous).
  virtual void add_published(PublishedRow const& row) = 0;
  /// Drops what has outlived its purpose (sessions, remembered requests, used or expired opening codes, printed codes
  /// of replaced sheets, letters and proofs that are over, lists of statuses that no proof needs any more (of each
  /// first its places, `limit` at a time), passkeys whose end has come, expired invitations, role proposals,
  /// notices, contacts that nobody confirmed, mails that nobody could send, counts of openings) as of `now`, at most
  /// `limit` rows of each.
  virtual void sweep(base::Time now, std::size_t limit) = 0;
};

/// Proof that a transaction is durable, with the accesses it journalled. Only a Store makes one, after its commit.
class Commit {
 public:
  /// True if this commit holds an access entry in `record`.
  bool journalled_access_to(RecordId record) const;

 private:
  friend class Store;
  explicit Commit(std::vector<RecordId> accesses) : accesses_(std::move(accesses)) {}
  std::vector<RecordId> accesses_;
};

/// Thrown by Snapshot and Transaction when the store itself fails; caught by the Store, never by a use case.
class StoreFailure : public std::runtime_error {
 public:
  StoreFailure(base::errc code, std::string const& what) : std::runtime_error(what), code_(code) {}
  base::errc code() const { return code_; }

 private:
  base::errc code_;
};

/// Durable, transactional storage. All functions are thread-safe.
class Store {
 public:
  /// A plain, re-runnable function with no effect before commit: the Store may run it again from the start. An error
  /// result rolls its writes back and is handed on.
  using UseCase = std::function<base::result<void>(Transaction&)>;
  using Done = std::function<void(base::result<Commit>)>;

  virtual ~Store() = default;

  /// Runs `use_case` as if alone, then calls `done` exactly once, on a thread of the store's: with a Commit only after
  /// the writes are durable; with the use case's error, errc::out_of_space, or the code of a StoreFailure, only if
  /// nothing was changed. If too much is waiting, `done` hears errc::busy at once, on the calling thread. If the
  /// outcome of a commit is unknown the process is stopped (base::fatal), and so it is for a bug: a stray exception, an
  /// update of what is not there, a second pending batch.
  virtual void write(UseCase use_case, Done done) = 0;

  /// Runs `use` on a snapshot, in the calling thread. errc::unavailable or errc::corrupted if the store cannot be read.
  virtual base::result<void> read(std::function<base::result<void>(Snapshot&)> const& use) = 0;

  /// write() that waits.
  base::result<Commit> write_and_wait(UseCase use_case);

 protected:
  static Commit durable(std::vector<RecordId> accesses) { return Commit{std::move(accesses)}; }
};

}  // namespace abode::ports
