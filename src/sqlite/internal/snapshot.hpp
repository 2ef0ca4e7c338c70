// Reading: what Snapshot and Transaction have in common.
#pragma once

#include "sqlite/internal/database.hpp"
#include "sqlite/internal/encoding.hpp"

namespace abode::sqlite::internal {

constexpr char const* data_file = "abode.db";
constexpr char const* keys_file = "keys.db";

/// The connections one thread reads or writes with: the data, and the keys, whose file is a twentieth as large.
struct Files {
  Files(std::filesystem::path const& directory, Access access, std::string const& vfs, std::size_t cache_kib)
      : data(directory / data_file, access, vfs, cache_kib),
        keys(directory / keys_file, access, vfs, cache_kib / keys_share) {}
  static constexpr std::size_t keys_share = 4;
  Database data;
  Database keys;
};

/// The reading half of `Base`, which is ports::Snapshot or ports::Transaction.
template <class Base>
class Reads : public Base {
 public:
  explicit Reads(Files& files) : data_(files.data), keys_(files.keys) {}

  std::optional<ports::RecordRow> record(ports::RecordId id) override;
  /// Keys become durable before their records (see Writer), so only those of visible records are shown.
  std::optional<ports::WrappedKey> key(ports::RecordId id) override;
  std::vector<ports::KeyRow> keys(ports::RecordId after, std::size_t limit) override;
  std::optional<ports::EntryRow> entry(ports::RecordId record, std::uint64_t seq) override;
  std::vector<ports::EntryRow> entries(ports::RecordId record, std::uint64_t before, std::size_t limit) override;
  std::vector<ports::NoticeRow> notices(ports::RecordId record, std::uint64_t before, std::size_t limit) override;
  std::vector<ports::ContactRow> contacts(ports::RecordId record) override;
  std::vector<ports::OutboxRow> outbox(ports::RecordId record) override;
  std::vector<ports::OutboxRow> outbox_due(base::Time now, std::size_t limit) override;
  std::optional<ports::SessionRow> session(base::Hash const& token_hash) override;
  std::vector<ports::SessionRow> sessions(ports::RecordId record) override;
  std::vector<ports::SessionRow> official_sessions(ports::OfficialId const& official) override;
  std::optional<ports::OfficialRow> official(ports::OfficialId const& id) override;
  std::vector<ports::OfficialRow> officials() override;
  std::vector<ports::RoleProposalRow> role_proposals() override;
  std::vector<ports::OpeningCountRow> opening_counts(base::Time from, base::Time before) override;
  std::optional<ports::OpeningCodeRow> opening_code(base::Hash const& code_tag) override;
  std::vector<ports::OpeningCodeRow> opening_codes(ports::RecordId record) override;
  std::optional<ports::CardRow> card(base::Hash const& card_tag) override;
  std::vector<ports::CardRow> cards_to_issue(ports::RecordId after, std::size_t limit) override;
  std::optional<ports::PrintedCodeRow> printed_code(base::Hash const& code_tag) override;
  std::vector<ports::PrintedCodeRow> printed_codes(ports::RecordId record) override;
  std::vector<ports::LetterRow> letters(ports::RecordId record) override;
  std::vector<ports::LetterRow> letters_to_make(ports::RecordId after, std::uint64_t after_seq,
                                                std::size_t limit) override;
  std::vector<ports::ProofRow> proofs(ports::RecordId record) override;
  std::vector<ports::StatusListRow> status_lists() override;
  std::optional<ports::StatusPlaceRow> status_place(std::uint64_t list, std::uint64_t place) override;
  std::vector<std::uint64_t> revoked_places(std::uint64_t list) override;
  std::optional<ports::PasskeyRow> passkey(base::Hash const& credential_tag) override;
  std::vector<ports::PasskeyRow> passkeys(ports::RecordId record) override;
  std::optional<ports::StaffPasskeyRow> staff_passkey(base::Hash const& credential_tag) override;
  std::vector<ports::StaffPasskeyRow> staff_passkeys(ports::OfficialId const& official) override;
  std::optional<ports::InvitationRow> invitation(base::Hash const& invitation_tag) override;
  std::optional<ports::GuardianshipRow> guardianship(base::GuardianshipId const& id) override;
  std::vector<ports::GuardianshipRow> guardianships_over(ports::RecordId child) override;
  std::vector<ports::GuardianshipRow> guardianships_of(ports::RecordId guardian) override;
  std::optional<ports::RecordId> office_book(std::string const& office) override;
  std::optional<ports::RecordId> record_of_document(base::Hash const& document_tag) override;
  std::optional<ports::RecordId> record_at_position(std::uint64_t position) override;
  std::uint64_t record_count() override;
  std::vector<ports::RecordId> record_ids(ports::RecordId after, std::size_t limit) override;
  std::vector<ports::RecordId> erasures_due(base::Time now, std::size_t limit) override;
  ports::LogState log_state() override;
  std::optional<ports::PublishedRow> published() override;
  std::optional<ports::PublishedRow> last_quorum() override;
  std::optional<ports::PublishedRow> first_quorum_over(std::uint64_t size) override;
  std::optional<ports::Batch> pending_batch() override;
  std::vector<ports::QueuedLeaf> queued_leaves(std::size_t limit) override;
  std::optional<std::uint64_t> leaf_index(ports::RecordId record, std::uint64_t seq) override;
  std::vector<ports::EpochRow> epochs() override;
  std::optional<ports::EpochRow> newest_epoch() override;
  std::optional<ports::EpochRow> waiting_epoch() override;
  std::optional<base::Bytes> head_tile(std::uint64_t epoch, unsigned level, std::uint64_t index) override;
  std::vector<ports::HeadRow> heads(std::uint64_t covered, ports::RecordId after, std::size_t limit) override;
  std::vector<ports::HeadRow> heads_at(std::uint64_t covered, std::uint64_t first, std::uint64_t end) override;

 protected:
  Database& data_;
  Database& keys_;

 private:
  /// How far the record had come when the entry `last` was committed.
  ports::HeadRow head_until(ports::RecordId record, std::uint64_t position, std::int64_t last);

  std::optional<ports::RecordId> visible_;  // the record that was found last: its key needs no second look
};

extern template class Reads<ports::Snapshot>;
extern template class Reads<ports::Transaction>;

using Snapshot = Reads<ports::Snapshot>;

/// The row of the log, and the batch that was not published yet. Both throw errc::corrupted.
ports::LogState load_log_state(Database& data);
std::optional<ports::Batch> load_pending_batch(Database& data);
/// The one before `row` in the order of publication.
std::optional<ports::PublishedRow> published_before(Database& data, ports::PublishedRow const& row);

}  // namespace abode::sqlite::internal
