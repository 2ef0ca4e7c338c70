// Writing: one use case's view of the writer's batch.
#pragma once

#include <unordered_map>
#include <vector>

#include "sqlite/internal/snapshot.hpp"

namespace abode::sqlite::internal {

/// A key that is not in keys.db yet, or not in this form.
struct NewKey {
  ports::RecordId record;
  ports::WrappedKey key;
  bool replaces = false;  ///< the one that is there
};
/// A key that is still in keys.db, or among the new ones, and is to go.
struct DoomedKey {
  ports::RecordId record;
  base::Time at;
};
/// What a commit changes in keys.db.
struct KeyChanges {
  std::vector<NewKey> fresh;
  std::vector<DoomedKey> doomed;
};

/// Empties an erased record's row and entries, and removes what else belongs to it. Its key is another file's matter.
void erase_rows(Database& data, ports::RecordId record, base::Time at);

/// Undoing its rows is the writer's business. What it must not keep on failure besides rows (keys, accesses) it only
/// collects; the writer takes it over when the use case has succeeded.
class Transaction final : public Reads<ports::Transaction> {
 public:
  /// `batch_keys`: those of the use cases before it in its batch. `last_record_id` is counted up.
  Transaction(Files& files, KeyChanges const& batch_keys, std::int64_t& last_record_id)
      : Reads(files), batch_keys_(batch_keys), last_record_id_(last_record_id) {}

  KeyChanges& key_changes() { return own_keys_; }
  std::vector<ports::RecordId>& accesses() { return accesses_; }

  std::optional<ports::WrappedKey> key(ports::RecordId id) override;

  ports::RecordId new_record_id() override;
  void add_record(ports::RecordRow const& row, ports::WrappedKey const& key) override;
  void update_record(ports::RecordRow const& row) override;
  void replace_key(ports::RecordId record, ports::WrappedKey const& key) override;
  void add_entry(ports::EntryRow const& row, bool access) override;
  void add_notice(ports::NoticeRow const& row) override;
  void mark_notices_read(ports::RecordId record, std::uint64_t up_to_seq) override;
  void put_contact(ports::ContactRow const& row) override;
  void remove_contact(ports::RecordId record, std::uint64_t seq) override;
  void queue_mail(ports::OutboxRow const& row) override;
  void update_mail(ports::OutboxRow const& row) override;
  void remove_mail(ports::RecordId record, ports::MailKind kind, std::uint64_t contact) override;
  void add_session(ports::SessionRow const& row) override;
  void extend_session(base::Hash const& token_hash, base::Time expires_at) override;
  void remove_session(base::Hash const& token_hash) override;
  void put_official(ports::OfficialRow const& row) override;
  void put_role_proposal(ports::RoleProposalRow const& row) override;
  void remove_role_proposal(ports::OfficialId const& official, std::uint8_t role) override;
  void add_to_opening_count(ports::OpeningCountRow const& row) override;
  void add_opening_code(ports::OpeningCodeRow const& row) override;
  void update_opening_code(ports::OpeningCodeRow const& row) override;
  void put_card(ports::CardRow const& row) override;
  void put_printed_code(ports::PrintedCodeRow const& row) override;
  void remove_printed_code(base::Hash const& code_tag) override;
  void put_letter(ports::LetterRow const& row) override;
  void remove_letter(ports::RecordId record, std::uint64_t seq) override;
  void put_proof(ports::ProofRow const& row) override;
  void put_status_list(ports::StatusListRow const& row) override;
  void put_status_place(ports::StatusPlaceRow const& row) override;
  void put_passkey(ports::PasskeyRow const& row) override;
  void remove_passkey(base::Hash const& credential_tag) override;
  void put_staff_passkey(ports::StaffPasskeyRow const& row) override;
  void remove_staff_passkey(base::Hash const& credential_tag) override;
  void put_invitation(ports::InvitationRow const& row) override;
  void remove_invitation(base::Hash const& invitation_tag) override;
  void add_guardianship(ports::GuardianshipRow const& row) override;
  void remove_guardianship(base::GuardianshipId const& id) override;
  void remove_opening_codes(ports::RecordId record) override;
  void index_document(base::Hash const& document_tag, ports::RecordId record) override;
  void erase(ports::RecordId record, base::Time at) override;
  void take_batch(ports::Batch const& batch) override;
  base::result<void> publish(std::uint64_t expected_size, ports::LogState const& next) override;
  void add_epoch(ports::EpochRow const& row, std::vector<ports::HeadTile> const& tiles) override;
  void place_epoch(std::uint64_t number, std::uint64_t index) override;
  void remove_epoch(std::uint64_t number) override;
  void add_published(ports::PublishedRow const& row) override;
  void sweep(base::Time now, std::size_t limit) override;

 private:
  void sweep_status_lists(base::Time now, std::size_t limit);
  template <class... Values>
  void run(Sql sql, Values const&... values);
  /// run() of an UPDATE that must hit exactly one row.
  template <class... Values>
  void update_one(Sql sql, Values const&... values);

  KeyChanges const& batch_keys_;
  std::int64_t& last_record_id_;
  KeyChanges own_keys_;
  std::vector<ports::RecordId> accesses_;
};

}  // namespace abode::sqlite::internal
