#include "service/opening_codes.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "rules/guardianship.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/record.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using internal::append_code_entry;
using internal::find_code;
using internal::load;
using internal::RecordAndKey;
using internal::state_of;
using Code = base::Secret<std::string>;

/// 56 bits make 12 characters; the first 10 carry 50 of the bits.
Code draw_code(Context const& context) {
  return Code{codec::to_crockford(context.random.bytes<7>()).substr(0, opening_code_characters)};
}

base::result<std::chrono::minutes> check_life(rules::Profile const& profile, std::optional<std::chrono::minutes> life) {
  std::chrono::minutes const wanted = life.value_or(profile.opening_code_default);
  if (wanted < profile.opening_code_min || wanted > profile.opening_code_max)
    return fail(errc::invalid, "A code is good for 15 minutes to 7 days. Choose a time between.", "valid_minutes");
  return wanted;
}

base::result<OpeningCode> open_code(Context const& context, ports::Snapshot& snapshot, ports::OpeningCodeRow const& row,
                                    ports::WrappedKey const& key, ports::Grant const& grant) {
  OpeningCode out{
      row.seq, {}, rules::FieldSet::from_bits(row.fields), row.expires_at, state_of(row, context.clock.now())};
  out.made_by = row.made_by;
  if (auto const entry = snapshot.entry(row.record, row.seq)) out.commitment = entry->commitment;
  if (out.state != CodeState::open) return out;
  auto const plaintext = context.sealer.open(grant, ports::Sealed::opening_code, row.seq, key, row.sealed);
  if (!plaintext) return plaintext.error();
  out.code = Code{std::string{base::as_text(*plaintext)}};
  return out;
}

base::Error no_such_code() {
  return fail(errc::not_found, "There is no such code among yours. Look it up in your list and try again.");
}

bool may_see(Actor const& actor, ports::OpeningCodeRow const& row) {
  return !actor.is_guardian() || row.made_by == actor.guardianship();
}

/// A guardian's code is over when the child is of age.
base::Time last_moment(RecordAndKey const& record, base::Time wanted) {
  if (!record.birth_date) return wanted;
  base::Time const of_age = std::chrono::sys_days{rules::birthday(*record.birth_date, rules::age_of_majority)};
  return std::min(wanted, of_age);
}

/// The receipt of an entry that this request wrote before, and the code that the entry tells of.
base::result<MadeOpeningCode> answer_again(Context const& context, ports::Snapshot& snapshot, Actor const& actor,
                                           RecordAndKey const& record, Opened const& made) {
  std::uint64_t const code_seq = made.entry.reference.empty() ? made.entry.seq : std::stoull(made.entry.reference);
  auto const code_row = find_code(snapshot, actor.record(), code_seq, false);
  if (!code_row) return fail(errc::not_found, "This code is gone. Make a new one.");
  auto code = open_code(context, snapshot, *code_row, record.key, actor.grant());
  if (!code) return code.error();
  return MadeOpeningCode{receipt_of(made), std::move(*code)};
}

}  // namespace

std::string grouped(std::string const& code) {
  return code.substr(0, opening_code_characters / 2) + "-" + code.substr(opening_code_characters / 2);
}

base::result<Code> parse_opening_code(std::string_view typed) {
  auto normal = codec::normal_crockford(typed);
  if (!normal) return fail(errc::invalid, normal.error().detail, "code");
  if (normal->size() != opening_code_characters)
    return fail(errc::invalid, "An opening code has 10 characters. Ask the person to read it to you once more.",
                "code");
  return Code{std::move(*normal)};
}

std::string_view name_of(CodeState state) {
  switch (state) {
    case CodeState::open: return "open";
    case CodeState::used: return "used";
    case CodeState::revoked: return "revoked";
    case CodeState::expired: return "expired";
  }
  base::fatal("a code state without a name");
}

base::result<MadeOpeningCode> make_opening_code(Context const& context, ports::Transaction& transaction,
                                                Actor const& actor, rules::FieldSet fields,
                                                std::optional<std::chrono::minutes> life,
                                                std::optional<RequestKey> const& request) {
  auto record = load(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(context, transaction, actor, *record, **before);
  if (auto const stays = check_stays(record->row, actor); !stays) return stays.error();
  if (fields.empty()) return fail(errc::invalid, "Choose at least one field that the official may see.", "fields");
  auto const wanted = check_life(context.profile(), life);
  if (!wanted) return wanted.error();
  base::Time const at = filing_time(context, record->row);
  auto kept = transaction.opening_codes(actor.record());
  std::erase_if(kept, [&](auto const& row) { return row.invitation || row.made_by != actor.guardianship(); });
  if (std::count_if(kept.begin(), kept.end(), [&](auto const& row) { return state_of(row, at) == CodeState::open; }) >=
      static_cast<std::ptrdiff_t>(max_live_opening_codes))
    return fail(errc::conflict, "You have 20 unused codes. Take back one of them first.");
  if (kept.size() >= max_kept_opening_codes)
    return fail(errc::conflict, "You made 200 codes in a short time. Wait until the oldest are a week past their end.");

  auto const receipt =
      append_code_entry(context, transaction, *record, actor, operation::make_opening_code, {}, fields, at, request);
  if (!receipt) return receipt.error();
  Code const code = draw_code(context);
  ports::OpeningCodeRow const row{context.sealer.opening_code_tag(code),
                                  actor.record(),
                                  receipt->entry,
                                  fields.bits(),
                                  last_moment(*record, at + *wanted),
                                  false,
                                  context.sealer.seal(ports::Sealed::opening_code, actor.record(), receipt->entry,
                                                      record->key, base::as_bytes(code.reveal(Disclosure::to_sealer))),
                                  {},
                                  false,
                                  actor.guardianship()};
  transaction.add_opening_code(row);
  return MadeOpeningCode{
      *receipt, {receipt->entry, code, fields, row.expires_at, CodeState::open, receipt->commitment, row.made_by}};
}

base::result<MadeOpeningCode> revoke_opening_code(Context const& context, ports::Transaction& transaction,
                                                  Actor const& actor, std::uint64_t entry,
                                                  std::optional<RequestKey> const& request) {
  auto record = load(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(context, transaction, actor, *record, **before);
  auto row = find_code(transaction, actor.record(), entry, false);
  if (!row || !may_see(actor, *row)) return no_such_code();
  base::Time const at = filing_time(context, record->row);
  if (state_of(*row, at) != CodeState::open)
    return fail(errc::conflict, "This code cannot be used any more, so there is nothing to take back.");
  row->revoked = true;
  transaction.update_opening_code(*row);
  rules::FieldSet const fields = rules::FieldSet::from_bits(row->fields);
  auto const receipt = append_code_entry(context, transaction, *record, actor, operation::revoke_opening_code,
                                         std::to_string(entry), fields, at, request);
  if (!receipt) return receipt.error();
  auto const making = transaction.entry(actor.record(), entry);
  return MadeOpeningCode{*receipt,
                         {entry,
                          {},
                          fields,
                          row->expires_at,
                          CodeState::revoked,
                          making ? making->commitment : base::Hash{},
                          row->made_by}};
}

base::result<MadeOpeningCode> revoke_opening_code(Context const& context, ports::Transaction& transaction,
                                                  Actor const& actor, base::Hash const& commitment,
                                                  std::optional<RequestKey> const& request) {
  for (auto const& row : transaction.opening_codes(actor.record())) {
    auto const entry = transaction.entry(actor.record(), row.seq);
    if (entry && entry->commitment == commitment)
      return revoke_opening_code(context, transaction, actor, row.seq, request);
  }
  auto const record = load(context, transaction, actor);
  return record ? no_such_code() : record.error();
}

base::result<std::vector<OpeningCode>> list_opening_codes(Context const& context, ports::Snapshot& snapshot,
                                                          Actor const& actor) {
  auto const record = load(context, snapshot, actor);
  if (!record) return record.error();
  auto rows = snapshot.opening_codes(actor.record());
  std::erase_if(rows, [&](auto const& row) { return row.invitation || !may_see(actor, row); });
  std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.seq > b.seq; });
  std::vector<OpeningCode> out;
  for (auto const& row : rows) {
    auto code = open_code(context, snapshot, row, record->key, actor.grant());
    if (!code) return code.error();
    out.push_back(std::move(*code));
  }
  return out;
}

}  // namespace abode::service
