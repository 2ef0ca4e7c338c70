#include "service/rectification.hpp"

#include <algorithm>

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

/// The request that an entry made, if it still stands.
std::optional<RectificationRequest> find_request(RecordState const& state, std::uint64_t entry) {
  auto const& all = state.rectifications;
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& request) { return request.entry == entry; });
  return found == all.end() ? std::nullopt : std::optional{*found};
}

FiledRectification answer_again(OpenRecord const& record, Opened const& made) {
  return {receipt_of(made), find_request(record.state.reveal(Disclosure::to_holder), made.entry.seq)};
}

/// Seals the changed state and writes the entry of the change.
base::result<Receipt> write_change(Context const& context, ports::Transaction& transaction, OpenRecord& record,
                                   Draft const& draft, base::Time at, std::optional<RequestKey> const& request) {
  base::Hash const tag_before = record.row.state_tag;
  seal_state(context, record.row, record.key, record.state.reveal(Disclosure::to_sealer));
  auto const receipt =
      append_entry(context, transaction, record.row, record.key, draft, tag_before, at, EntryKind::write);
  if (!receipt) return receipt;
  if (request) remember(record.row.requests, max_requests_of_person, *request, receipt->entry, at);
  transaction.update_record(record.row);
  return receipt;
}

base::result<void> check_text(std::string const& text, char const* member, char const* if_missing) {
  if (text.empty()) return fail(errc::invalid, if_missing, member);
  if (text.size() > max_rectification_text_bytes)
    return fail(errc::invalid, "This is too long: 400 bytes at most. Shorten it.", member);
  return {};
}

}  // namespace

base::result<void> check_rectification(RectificationWish const& wish) {
  if (!rectifiable_fields.has(wish.field))
    return fail(errc::invalid, "You can correct this by yourself, at the registration that it belongs to.", "field");
  if (auto const ok = check_text(wish.wanted, "wanted", "Say what should stand there."); !ok) return ok;
  if (auto const ok = check_text(wish.reason, "reason", "Say in a few words why."); !ok) return ok;
  if (wish.field == rules::Field::birth_date && !base::parse_date(wish.wanted))
    return fail(errc::invalid, "Give the date of birth as year, month and day: 1974-08-12.", "wanted");
  return {};
}

base::result<FiledRectification> request_rectification(Context const& context, ports::Transaction& transaction,
                                                       ports::HolderSession const& session,
                                                       RectificationWish const& wish,
                                                       std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, session.grant());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(*record, **before);
  if (auto const stays = check_stays(record->row); !stays) return stays.error();
  if (auto const ok = check_rectification(wish); !ok) return ok.error();
  RecordState& state = record->state.reveal(Disclosure::to_rules);
  if (state.rectifications.size() >= max_rectification_requests)
    return fail(errc::conflict, "You have five open requests. Withdraw one of them first.");

  base::Time const at = filing_time(context, record->row);
  RectificationRequest const made{record->row.entries, wish.field, wish.wanted, wish.reason, at};
  state.rectifications.push_back(made);
  Draft const draft{"holder", {}, {}, {}, operation::request_rectification, {wish.field}};
  auto const receipt = write_change(context, transaction, *record, draft, at, request);
  if (!receipt) return receipt.error();
  return FiledRectification{*receipt, made};
}

base::result<FiledRectification> withdraw_rectification(Context const& context, ports::Transaction& transaction,
                                                        ports::HolderSession const& session, std::uint64_t entry,
                                                        std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, session.grant());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(*record, **before);
  RecordState& state = record->state.reveal(Disclosure::to_rules);
  auto const found = find_request(state, entry);
  if (!found)
    return fail(errc::not_found, "There is no such request among yours. Look it up in your list and try again.");
  if (auto const stays = check_stays(record->row); !stays) return stays.error();

  std::erase(state.rectifications, *found);
  Draft const draft{"holder", {}, {}, std::to_string(entry), operation::withdraw_rectification, {found->field}};
  auto const receipt = write_change(context, transaction, *record, draft, filing_time(context, record->row), request);
  if (!receipt) return receipt.error();
  return FiledRectification{*receipt, std::nullopt};
}

}  // namespace abode::service
