#include "service/internal/one_time_codes.hpp"

#include <algorithm>

#include "digest/digest.hpp"
#include "service/mailing.hpp"

namespace abode::service::internal {

using base::errc;
using base::fail;

CodeState state_of(ports::OpeningCodeRow const& row, base::Time now) {
  if (row.used_by) return CodeState::used;
  if (row.revoked) return CodeState::revoked;
  return now >= row.expires_at ? CodeState::expired : CodeState::open;
}

std::optional<ports::OpeningCodeRow> find_code(ports::Snapshot& snapshot, ports::RecordId record, std::uint64_t entry,
                                               bool invitation) {
  auto const rows = snapshot.opening_codes(record);
  auto const found = std::find_if(rows.begin(), rows.end(),
                                  [&](auto const& row) { return row.seq == entry && row.invitation == invitation; });
  return found == rows.end() ? std::nullopt : std::optional{*found};
}

base::result<RecordAndKey> load(ports::Snapshot& snapshot, ports::RecordId id) {
  auto row = snapshot.record(id);
  auto key = snapshot.key(id);
  if (!row || !key)
    return fail(errc::corrupted, "This record or its key is missing. Tell the operator to run abode doctor.");
  return RecordAndKey{std::move(*row), std::move(*key)};
}

base::result<RecordAndKey> load(Context const& context, ports::Snapshot& snapshot, Actor const& actor) {
  if (!actor.is_guardian()) return load(snapshot, actor.record());
  auto record = open_record(context, snapshot, actor);
  if (!record) return record.error();
  auto const birth_date = record->state.reveal(base::Disclosure::to_rules).identity->birth_date;
  return RecordAndKey{std::move(record->row), std::move(record->key), birth_date};
}

base::result<Receipt> append_code_entry(Context const& context, ports::Transaction& transaction, RecordAndKey& record,
                                        Actor const& actor, char const* operation, std::string reference,
                                        rules::FieldSet fields, base::Time at,
                                        std::optional<RequestKey> const& request) {
  Draft const draft{actor.name(), {}, {}, std::move(reference), operation, fields};
  auto const receipt =
      append_entry(context, transaction, record.row, record.key, draft, record.row.state_tag, at, EntryKind::write);
  if (!receipt) return receipt;
  if (request) remember(record.row.requests, max_requests_of_person, *request, receipt->entry, at);
  transaction.update_record(record.row);
  if (actor.is_guardian()) add_notice(context, transaction, {record.row.id, receipt->entry, false, at});
  return receipt;
}

base::Hash user_tag(Context const& context, std::optional<RequestKey> const& key) {
  return key ? digest::sha256({key->tag, key->body_hash}) : context.random.bytes<32>();
}

bool is_usable(ports::OpeningCodeRow const& code, base::Time now, base::Hash const& user) {
  if (code.revoked || now >= code.expires_at) return false;
  return !code.used_by || *code.used_by == user;
}

void mark_used(ports::OpeningCodeRow& code, base::Time now, base::Hash const& user) {
  if (code.used_by) return;
  code.used_by = user;
  code.expires_at = std::min(code.expires_at, now + repeat_window);
}

}  // namespace abode::service::internal
