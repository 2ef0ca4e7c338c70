#include "service/journal.hpp"

#include <algorithm>

#include "service/mailing.hpp"

namespace abode::service {

using base::errc;
using base::fail;

base::Time filing_time(Context const& context, ports::RecordRow const& row) {
  return std::max(context.clock.now(), row.last_at);
}

std::optional<base::Time> first_try_to_keep(std::optional<base::Time> claimed, base::Time filed_at) {
  if (!claimed) return {};
  auto const minute = std::chrono::floor<std::chrono::minutes>(*claimed);
  if (minute >= std::chrono::floor<std::chrono::minutes>(filed_at)) return {};
  // For as long as a repeated request is known as one: an honest client sends nothing by itself after that.
  if (minute < filed_at - ports::request_lifetime) return {};
  return minute;
}

base::result<Receipt> append_entry(Context const& context, ports::Transaction& transaction, ports::RecordRow& row,
                                   ports::WrappedKey const& key, Draft const& draft, base::Hash const& tag_before,
                                   base::Time at, EntryKind kind) {
  log::Salt const salt = context.random.bytes<32>();
  log::Entry entry;
  entry.position = row.position;
  entry.seq = row.entries;
  entry.previous = row.last;
  entry.time = at;
  entry.actor = draft.actor;
  entry.office = draft.office;
  entry.purpose = draft.purpose;
  entry.reference = draft.reference;
  entry.operation = draft.operation;
  for (std::string_view field : rules::names_of(draft.fields)) entry.fields.emplace_back(field);
  entry.before = log::state_mac(salt, tag_before);
  entry.after = log::state_mac(salt, row.state_tag);
  entry.first_tried = first_try_to_keep(draft.first_tried, at);

  auto const encoded = log::encode_entry(entry);
  if (!encoded) return encoded.error();
  base::Hash const commitment = log::commitment(salt, *encoded);
  base::Bytes sealed =
      context.sealer.seal(ports::Sealed::entry, row.id, entry.seq, key, log::seal_plaintext(*encoded, salt));
  transaction.add_entry({row.id, entry.seq, commitment, std::move(sealed)}, kind == EntryKind::access);

  row.entries += 1;
  row.last = commitment;
  row.last_at = at;
  return Receipt{entry.seq, commitment, at, entry.first_tried};
}

base::result<Receipt> append_told_entry(Context const& context, ports::Transaction& transaction, ports::RecordRow& row,
                                        ports::WrappedKey const& key, char const* operation,
                                        std::optional<RequestKey> const& request) {
  base::Time const at = filing_time(context, row);
  Draft const draft{"holder", {}, {}, {}, operation, {}};
  auto const receipt = append_entry(context, transaction, row, key, draft, row.state_tag, at, EntryKind::write);
  if (!receipt) return receipt;
  if (request) remember(row.requests, max_requests_of_person, *request, receipt->entry, at);
  transaction.update_record(row);
  add_notice(context, transaction, {row.id, receipt->entry, false, at});
  return receipt;
}

base::result<Opened> open_entry(Context const& context, ports::EntryRow const& row, ports::WrappedKey const& key,
                                ports::Grant const& grant) {
  auto const plaintext = context.sealer.open(grant, ports::Sealed::entry, row.seq, key, row.sealed);
  if (!plaintext) return plaintext.error();
  auto raw = log::open_plaintext(*plaintext);
  if (!raw) return raw.error();
  auto entry = log::decode_entry(raw->encoded);
  if (!entry) return entry.error();
  if (log::commitment(raw->salt, raw->encoded) != row.commitment)
    return fail(errc::corrupted, "A journal entry does not fit its commitment. Tell the operator to run abode doctor.");
  return Opened{std::move(*raw), std::move(*entry), row.commitment};
}

Receipt receipt_of(Opened const& opened) {
  return {opened.entry.seq, opened.commitment, opened.entry.time, opened.entry.first_tried};
}

base::result<std::optional<Opened>> made_before(Context const& context, ports::Snapshot& snapshot,
                                                ports::RecordRow const& record, ports::WrappedKey const& key,
                                                ports::Grant const& grant, std::optional<RequestKey> const& request) {
  if (!request) return std::optional<Opened>{};
  auto const seq = find_repeat(record.requests, *request);
  if (!seq) return seq.error();
  if (!*seq) return std::optional<Opened>{};
  auto const row = snapshot.entry(record.id, **seq);
  if (!row)
    return fail(errc::corrupted, "The entry of this request is missing. Tell the operator to run abode doctor.");
  auto opened = open_entry(context, *row, key, grant);
  if (!opened) return opened.error();
  return std::optional{std::move(*opened)};
}

}  // namespace abode::service
