// A Transaction that writes down which of its functions are called.
#pragma once

#include <string>
#include <vector>

#include "ports/store.hpp"

namespace abode::test {

class RecordingTransaction final : public ports::Transaction {
 public:
  explicit RecordingTransaction(ports::Transaction& inner) : inner_(inner) {}

  std::vector<std::string> calls;

  std::optional<ports::RecordRow> record(ports::RecordId id) override { return note("record"), inner_.record(id); }
  std::optional<ports::WrappedKey> key(ports::RecordId id) override { return note("key"), inner_.key(id); }
  std::vector<ports::KeyRow> keys(ports::RecordId after, std::size_t limit) override {
    return note("keys"), inner_.keys(after, limit);
  }
  std::optional<ports::EntryRow> entry(ports::RecordId record, std::uint64_t seq) override {
    return note("entry"), inner_.entry(record, seq);
  }
  std::vector<ports::EntryRow> entries(ports::RecordId record, std::uint64_t before, std::size_t limit) override {
    return note("entries"), inner_.entries(record, before, limit);
  }
  std::vector<ports::NoticeRow> notices(ports::RecordId record, std::uint64_t before, std::size_t limit) override {
    return note("notices"), inner_.notices(record, before, limit);
  }
  std::vector<ports::ContactRow> contacts(ports::RecordId record) override {
    return note("contacts"), inner_.contacts(record);
  }
  std::vector<ports::OutboxRow> outbox(ports::RecordId record) override {
    return note("outbox"), inner_.outbox(record);
  }
  std::vector<ports::OutboxRow> outbox_due(base::Time now, std::size_t limit) override {
    return note("outbox_due"), inner_.outbox_due(now, limit);
  }
  std::optional<ports::SessionRow> session(base::Hash const& token_hash) override {
    return note("session"), inner_.session(token_hash);
  }
  std::vector<ports::SessionRow> sessions(ports::RecordId record) override {
    return note("sessions"), inner_.sessions(record);
  }
  std::optional<ports::OfficialRow> official(ports::OfficialId const& id) override {
    return note("official"), inner_.official(id);
  }
  std::vector<ports::OfficialRow> officials() override { return note("officials"), inner_.officials(); }
  std::vector<ports::RoleProposalRow> role_proposals() override {
    return note("role_proposals"), inner_.role_proposals();
  }
  std::vector<ports::OpeningCountRow> opening_counts(base::Time from, base::Time before) override {
    return note("opening_counts"), inner_.opening_counts(from, before);
  }
  std::optional<ports::OpeningCodeRow> opening_code(base::Hash const& code_tag) override {
    return note("opening_code"), inner_.opening_code(code_tag);
  }
  std::vector<ports::OpeningCodeRow> opening_codes(ports::RecordId record) override {
    return note("opening_codes"), inner_.opening_codes(record);
  }
  std::optional<ports::CardRow> card(base::Hash const& card_tag) override {
    return note("card"), inner_.card(card_tag);
  }
  std::vector<ports::CardRow> cards_to_issue(ports::RecordId after, std::size_t limit) override {
    return note("cards_to_issue"), inner_.cards_to_issue(after, limit);
  }
  std::optional<ports::PrintedCodeRow> printed_code(base::Hash const& code_tag) override {
    return note("printed_code"), inner_.printed_code(code_tag);
  }
  std::vector<ports::PrintedCodeRow> printed_codes(ports::RecordId record) override {
    return note("printed_codes"), inner_.printed_codes(record);
  }
  std::vector<ports::LetterRow> letters(ports::RecordId record) override {
    return note("letters"), inner_.letters(record);
  }
  std::vector<ports::ProofRow> proofs(ports::RecordId record) override { return note("proofs"), inner_.proofs(record); }
  std::vector<ports::StatusListRow> status_lists() override { return note("status_lists"), inner_.status_lists(); }
  std::optional<ports::StatusPlaceRow> status_place(std::uint64_t list, std::uint64_t place) override {
    return note("status_place"), inner_.status_place(list, place);
  }
  std::vector<std::uint64_t> revoked_places(std::uint64_t list) override {
    return note("revoked_places"), inner_.revoked_places(list);
  }
  std::vector<ports::LetterRow> letters_to_make(ports::RecordId after, std::uint64_t after_seq,
                                                std::size_t limit) override {
    return note("letters_to_make"), inner_.letters_to_make(after, after_seq, limit);
  }
  std::optional<ports::PasskeyRow> passkey(base::Hash const& credential_tag) override {
    return note("passkey"), inner_.passkey(credential_tag);
  }
  std::vector<ports::PasskeyRow> passkeys(ports::RecordId record) override {
    return note("passkeys"), inner_.passkeys(record);
  }
  std::optional<ports::StaffPasskeyRow> staff_passkey(base::Hash const& credential_tag) override {
    return note("staff_passkey"), inner_.staff_passkey(credential_tag);
  }
  std::vector<ports::StaffPasskeyRow> staff_passkeys(ports::OfficialId const& official) override {
    return note("staff_passkeys"), inner_.staff_passkeys(official);
  }
  std::vector<ports::SessionRow> official_sessions(ports::OfficialId const& official) override {
    return note("official_sessions"), inner_.official_sessions(official);
  }
  std::optional<ports::InvitationRow> invitation(base::Hash const& invitation_tag) override {
    return note("invitation"), inner_.invitation(invitation_tag);
  }
  std::optional<ports::GuardianshipRow> guardianship(base::GuardianshipId const& id) override {
    return note("guardianship"), inner_.guardianship(id);
  }
  std::vector<ports::GuardianshipRow> guardianships_over(ports::RecordId child) override {
    return note("guardianships_over"), inner_.guardianships_over(child);
  }
  std::vector<ports::GuardianshipRow> guardianships_of(ports::RecordId guardian) override {
    return note("guardianships_of"), inner_.guardianships_of(guardian);
  }
  std::optional<ports::RecordId> office_book(std::string const& office) override {
    return note("office_book"), inner_.office_book(office);
  }
  std::optional<ports::RecordId> record_of_document(base::Hash const& document_tag) override {
    return note("record_of_document"), inner_.record_of_document(document_tag);
  }
  std::optional<ports::RecordId> record_at_position(std::uint64_t position) override {
    return note("record_at_position"), inner_.record_at_position(position);
  }
  std::uint64_t record_count() override { return note("record_count"), inner_.record_count(); }
  std::vector<ports::RecordId> record_ids(ports::RecordId after, std::size_t limit) override {
    return note("record_ids"), inner_.record_ids(after, limit);
  }
  std::vector<ports::RecordId> erasures_due(base::Time now, std::size_t limit) override {
    return note("erasures_due"), inner_.erasures_due(now, limit);
  }
  ports::LogState log_state() override { return note("log_state"), inner_.log_state(); }
  std::optional<ports::PublishedRow> published() override { return note("published"), inner_.published(); }
  std::optional<ports::PublishedRow> last_quorum() override { return note("last_quorum"), inner_.last_quorum(); }
  std::optional<ports::PublishedRow> first_quorum_over(std::uint64_t size) override {
    return note("first_quorum_over"), inner_.first_quorum_over(size);
  }
  std::optional<ports::Batch> pending_batch() override { return note("pending_batch"), inner_.pending_batch(); }
  std::vector<ports::QueuedLeaf> queued_leaves(std::size_t limit) override {
    return note("queued_leaves"), inner_.queued_leaves(limit);
  }
  std::optional<std::uint64_t> leaf_index(ports::RecordId record, std::uint64_t seq) override {
    return note("leaf_index"), inner_.leaf_index(record, seq);
  }
  std::vector<ports::EpochRow> epochs() override { return note("epochs"), inner_.epochs(); }
  std::optional<ports::EpochRow> newest_epoch() override { return note("newest_epoch"), inner_.newest_epoch(); }
  std::optional<ports::EpochRow> waiting_epoch() override { return note("waiting_epoch"), inner_.waiting_epoch(); }
  std::optional<base::Bytes> head_tile(std::uint64_t epoch, unsigned level, std::uint64_t index) override {
    return note("head_tile"), inner_.head_tile(epoch, level, index);
  }
  std::vector<ports::HeadRow> heads(std::uint64_t covered, ports::RecordId after, std::size_t limit) override {
    return note("heads"), inner_.heads(covered, after, limit);
  }
  std::vector<ports::HeadRow> heads_at(std::uint64_t covered, std::uint64_t first, std::uint64_t end) override {
    return note("heads_at"), inner_.heads_at(covered, first, end);
  }

  ports::RecordId new_record_id() override { return note("new_record_id"), inner_.new_record_id(); }
  void add_record(ports::RecordRow const& row, ports::WrappedKey const& key) override {
    note("add_record"), inner_.add_record(row, key);
  }
  void replace_key(ports::RecordId record, ports::WrappedKey const& key) override {
    note("replace_key"), inner_.replace_key(record, key);
  }
  void update_record(ports::RecordRow const& row) override { note("update_record"), inner_.update_record(row); }
  void add_entry(ports::EntryRow const& row, bool access) override {
    note(access ? "add_entry of an access" : "add_entry"), inner_.add_entry(row, access);
  }
  void add_notice(ports::NoticeRow const& row) override { note("add_notice"), inner_.add_notice(row); }
  void mark_notices_read(ports::RecordId record, std::uint64_t up_to_seq) override {
    note("mark_notices_read"), inner_.mark_notices_read(record, up_to_seq);
  }
  void put_contact(ports::ContactRow const& row) override { note("put_contact"), inner_.put_contact(row); }
  void remove_contact(ports::RecordId record, std::uint64_t seq) override {
    note("remove_contact"), inner_.remove_contact(record, seq);
  }
  void queue_mail(ports::OutboxRow const& row) override { note("queue_mail"), inner_.queue_mail(row); }
  void update_mail(ports::OutboxRow const& row) override { note("update_mail"), inner_.update_mail(row); }
  void remove_mail(ports::RecordId record, ports::MailKind kind, std::uint64_t contact) override {
    note("remove_mail"), inner_.remove_mail(record, kind, contact);
  }
  void add_session(ports::SessionRow const& row) override { note("add_session"), inner_.add_session(row); }
  void extend_session(base::Hash const& token_hash, base::Time expires_at) override {
    note("extend_session"), inner_.extend_session(token_hash, expires_at);
  }
  void remove_session(base::Hash const& token_hash) override {
    note("remove_session"), inner_.remove_session(token_hash);
  }
  void put_official(ports::OfficialRow const& row) override { note("put_official"), inner_.put_official(row); }
  void put_role_proposal(ports::RoleProposalRow const& row) override {
    note("put_role_proposal"), inner_.put_role_proposal(row);
  }
  void remove_role_proposal(ports::OfficialId const& official, std::uint8_t role) override {
    note("remove_role_proposal"), inner_.remove_role_proposal(official, role);
  }
  void add_to_opening_count(ports::OpeningCountRow const& row) override {
    note("add_to_opening_count"), inner_.add_to_opening_count(row);
  }
  void add_opening_code(ports::OpeningCodeRow const& row) override {
    note("add_opening_code"), inner_.add_opening_code(row);
  }
  void update_opening_code(ports::OpeningCodeRow const& row) override {
    note("update_opening_code"), inner_.update_opening_code(row);
  }
  void put_card(ports::CardRow const& row) override { note("put_card"), inner_.put_card(row); }
  void put_printed_code(ports::PrintedCodeRow const& row) override {
    note("put_printed_code"), inner_.put_printed_code(row);
  }
  void remove_printed_code(base::Hash const& code_tag) override {
    note("remove_printed_code"), inner_.remove_printed_code(code_tag);
  }
  void put_letter(ports::LetterRow const& row) override { note("put_letter"), inner_.put_letter(row); }
  void put_proof(ports::ProofRow const& row) override { note("put_proof"), inner_.put_proof(row); }
  void put_status_list(ports::StatusListRow const& row) override {
    note("put_status_list"), inner_.put_status_list(row);
  }
  void put_status_place(ports::StatusPlaceRow const& row) override {
    note("put_status_place"), inner_.put_status_place(row);
  }
  void remove_letter(ports::RecordId record, std::uint64_t seq) override {
    note("remove_letter"), inner_.remove_letter(record, seq);
  }
  void put_staff_passkey(ports::StaffPasskeyRow const& row) override {
    note("put_staff_passkey"), inner_.put_staff_passkey(row);
  }
  void remove_staff_passkey(base::Hash const& credential_tag) override {
    note("remove_staff_passkey"), inner_.remove_staff_passkey(credential_tag);
  }
  void put_passkey(ports::PasskeyRow const& row) override { note("put_passkey"), inner_.put_passkey(row); }
  void remove_passkey(base::Hash const& credential_tag) override {
    note("remove_passkey"), inner_.remove_passkey(credential_tag);
  }
  void put_invitation(ports::InvitationRow const& row) override { note("put_invitation"), inner_.put_invitation(row); }
  void remove_invitation(base::Hash const& invitation_tag) override {
    note("remove_invitation"), inner_.remove_invitation(invitation_tag);
  }
  void add_guardianship(ports::GuardianshipRow const& row) override {
    note("add_guardianship"), inner_.add_guardianship(row);
  }
  void remove_guardianship(base::GuardianshipId const& id) override {
    note("remove_guardianship"), inner_.remove_guardianship(id);
  }
  void remove_opening_codes(ports::RecordId record) override {
    note("remove_opening_codes"), inner_.remove_opening_codes(record);
  }
  void erase(ports::RecordId record, base::Time at) override { note("erase"), inner_.erase(record, at); }
  void index_document(base::Hash const& document_tag, ports::RecordId record) override {
    note("index_document"), inner_.index_document(document_tag, record);
  }
  void take_batch(ports::Batch const& batch) override { note("take_batch"), inner_.take_batch(batch); }
  void add_epoch(ports::EpochRow const& row, std::vector<ports::HeadTile> const& tiles) override {
    note("add_epoch"), inner_.add_epoch(row, tiles);
  }
  void place_epoch(std::uint64_t number, std::uint64_t index) override {
    note("place_epoch"), inner_.place_epoch(number, index);
  }
  void remove_epoch(std::uint64_t number) override { note("remove_epoch"), inner_.remove_epoch(number); }
  void add_published(ports::PublishedRow const& row) override { note("add_published"), inner_.add_published(row); }
  base::result<void> publish(std::uint64_t expected_size, ports::LogState const& next) override {
    return note("publish"), inner_.publish(expected_size, next);
  }
  void sweep(base::Time now, std::size_t limit) override { note("sweep"), inner_.sweep(now, limit); }

 private:
  void note(char const* call) { calls.emplace_back(call); }
  ports::Transaction& inner_;
};

}  // namespace abode::test
