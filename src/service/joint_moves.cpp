#include "service/joint_moves.hpp"

#include <algorithm>

#include "codec/text.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/mailing.hpp"
#include "service/registrations.hpp"

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

base::Error refused() {
  return fail(errc::opening_refused,
              "This invitation does not open anything. Check it, or ask the person who gave it to you for a new one.");
}

/// What is sealed of an invitation: its code, then the id of the registration.
struct Content {
  Code code;
  rules::RegistrationId registration;
};

base::Bytes seal_content(Context const& context, RecordAndKey const& record, std::uint64_t seq,
                         Content const& content) {
  std::string const plaintext = content.code.reveal(Disclosure::to_sealer) + content.registration.value();
  return context.sealer.seal(ports::Sealed::opening_code, record.row.id, seq, record.key, base::as_bytes(plaintext));
}

base::result<Content> open_content(Context const& context, ports::OpeningCodeRow const& row,
                                   ports::WrappedKey const& key, ports::Grant const& grant) {
  auto const plaintext = context.sealer.open(grant, ports::Sealed::opening_code, row.seq, key, row.sealed);
  if (!plaintext) return plaintext.error();
  std::string const text{base::as_text(*plaintext)};
  if (text.size() < move_invitation_characters)
    return fail(errc::corrupted, "A sealed invitation is too short. Tell the operator to run abode doctor.");
  return Content{Code{text.substr(0, move_invitation_characters)},
                 rules::RegistrationId{text.substr(move_invitation_characters)}};
}

base::result<MoveInvitation> open_move_invitation(Context const& context, ports::OpeningCodeRow const& row,
                                                  ports::WrappedKey const& key, ports::HolderSession const& session) {
  MoveInvitation out{row.seq, {}, {}, row.expires_at, state_of(row, context.clock.now())};
  if (out.state != CodeState::open) return out;
  auto content = open_content(context, row, key, session.grant());
  if (!content) return content.error();
  out.code = std::move(content->code);
  out.registration = std::move(content->registration);
  return out;
}

/// The receipt of an entry that this request wrote before, and the invitation that the entry tells of.
base::result<MadeMoveInvitation> answer_again(Context const& context, ports::Snapshot& snapshot,
                                              ports::HolderSession const& session, ports::WrappedKey const& key,
                                              Opened const& made) {
  bool const making = made.entry.operation == operation::make_move_invitation;
  std::uint64_t const seq = making ? made.entry.seq : std::stoull(made.entry.reference);
  auto const code = find_code(snapshot, session.record(), seq, true);
  if (!code) return fail(errc::not_found, "This invitation is gone. Make a new one.");
  auto invitation = open_move_invitation(context, *code, key, session);
  if (!invitation) return invitation.error();
  return MadeMoveInvitation{receipt_of(made), std::move(*invitation)};
}

base::result<void> check_room(ports::Snapshot& snapshot, ports::RecordId record, base::Time now) {
  auto kept = snapshot.opening_codes(record);
  std::erase_if(kept, [](auto const& row) { return !row.invitation; });
  auto const live =
      std::count_if(kept.begin(), kept.end(), [&](auto const& row) { return state_of(row, now) == CodeState::open; });
  if (live >= static_cast<std::ptrdiff_t>(max_live_move_invitations))
    return fail(errc::conflict, "You have 20 unused invitations. Take back one of them first.");
  if (kept.size() >= max_kept_move_invitations)
    return fail(errc::conflict,
                "You made 200 invitations in a short time. Wait until the oldest are a week past their end.");
  return {};
}

/// errc::not_found or conflict unless it is an active registration of the record.
base::result<void> check_registration(Context const& context, RecordAndKey const& record, ports::Grant const& grant,
                                      rules::RegistrationId const& id) {
  auto const state = open_state(context, record.row, record.key, grant);
  if (!state) return state.error();
  rules::Registration const* const found = state->reveal(Disclosure::to_rules).residence.find(id);
  if (found == nullptr)
    return fail(errc::not_found,
                "There is no such registration in your record. Look it up in your list and try again.");
  if (!found->active())
    return fail(errc::conflict, "This registration has ended. Invite people to where you live now.");
  return {};
}

}  // namespace

base::result<Code> parse_move_invitation(std::string_view typed) {
  auto normal = codec::normal_crockford(typed);
  if (!normal) return fail(errc::invalid, normal.error().detail, "code");
  if (normal->size() != move_invitation_characters)
    return fail(errc::invalid, "An invitation has 16 letters and digits. Ask the person to read it to you once more.",
                "code");
  return Code{std::move(*normal)};
}

base::result<MadeMoveInvitation> make_move_invitation(Context const& context, ports::Transaction& transaction,
                                                      ports::HolderSession const& session,
                                                      rules::RegistrationId const& id,
                                                      std::optional<RequestKey> const& request) {
  auto record = load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(context, transaction, session, record->key, **before);
  if (auto const stays = check_stays(record->row); !stays) return stays.error();
  if (auto const ok = check_registration(context, *record, session.grant(), id); !ok) return ok.error();
  base::Time const at = filing_time(context, record->row);
  if (auto const ok = check_room(transaction, session.record(), at); !ok) return ok.error();
  auto const receipt = append_code_entry(context, transaction, *record, session, operation::make_move_invitation,
                                         id.value(), {}, at, request);
  if (!receipt) return receipt.error();
  Content const content{Code{codec::to_crockford(context.random.bytes<10>())}, id};
  ports::OpeningCodeRow const row{.code_tag = context.sealer.opening_code_tag(content.code),
                                  .record = session.record(),
                                  .seq = receipt->entry,
                                  .fields = rules::FieldSet{}.bits(),
                                  .expires_at = at + move_invitation_life,
                                  .revoked = false,
                                  .sealed = seal_content(context, *record, receipt->entry, content),
                                  .used_by = {},
                                  .invitation = true};
  transaction.add_opening_code(row);
  return MadeMoveInvitation{*receipt, {receipt->entry, content.code, id, row.expires_at, CodeState::open}};
}

base::result<MadeMoveInvitation> revoke_move_invitation(Context const& context, ports::Transaction& transaction,
                                                        ports::HolderSession const& session, std::uint64_t entry,
                                                        std::optional<RequestKey> const& request) {
  auto record = load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(context, transaction, session, record->key, **before);
  auto row = find_code(transaction, session.record(), entry, true);
  if (!row)
    return fail(errc::not_found, "There is no such invitation of yours. Look it up in your list and try again.");
  base::Time const at = filing_time(context, record->row);
  if (state_of(*row, at) != CodeState::open)
    return fail(errc::conflict, "This invitation cannot be used any more, so there is nothing to take back.");
  row->revoked = true;
  transaction.update_opening_code(*row);
  auto const receipt = append_code_entry(context, transaction, *record, session, operation::revoke_move_invitation,
                                         std::to_string(entry), {}, at, request);
  if (!receipt) return receipt.error();
  return MadeMoveInvitation{*receipt, {entry, {}, {}, row->expires_at, CodeState::revoked}};
}

base::result<std::vector<MoveInvitation>> list_move_invitations(Context const& context, ports::Snapshot& snapshot,
                                                                ports::HolderSession const& session) {
  auto const record = load(snapshot, session.record());
  if (!record) return record.error();
  auto rows = snapshot.opening_codes(session.record());
  std::erase_if(rows, [](auto const& row) { return !row.invitation; });
  std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.seq > b.seq; });
  std::vector<MoveInvitation> out;
  for (auto const& row : rows) {
    auto invitation = open_move_invitation(context, row, record->key, session);
    if (!invitation) return invitation.error();
    out.push_back(std::move(*invitation));
  }
  return out;
}

base::result<MoveInvitationAttempt> attempt_move_invitation(Context const& context, ports::Transaction& transaction,
                                                            Code const& code,
                                                            std::optional<RequestKey> const& request) {
  auto row = transaction.opening_code(context.sealer.opening_code_tag(code));
  if (!row || !row->invitation) return refused();
  auto record = load(transaction, row->record);
  if (!record) return record.error();
  base::Time const at = filing_time(context, record->row);
  base::Hash const user = internal::user_tag(context, request);
  if (!internal::is_usable(*row, at, user)) return refused();
  MoveInvitationAttempt attempt;
  attempt.row_ = record->row;
  attempt.code_ = *row;
  Draft const draft{"invited", {}, {}, std::to_string(row->seq), operation::move_invitation_opened, {}};
  auto const receipt =
      append_entry(context, transaction, record->row, record->key, draft, record->row.state_tag, at, EntryKind::access);
  if (!receipt) return receipt.error();
  transaction.update_record(record->row);
  add_notice(context, transaction, {row->record, receipt->entry, false, at});
  internal::mark_used(*row, at, user);
  transaction.update_opening_code(*row);
  attempt.key_ = std::move(record->key);
  return attempt;
}

base::result<InvitedTo> complete_move_invitation(Context const& context, MoveInvitationAttempt const& attempt,
                                                 ports::Commit const& commit) {
  auto const grant = ports::Grant::for_access(commit, attempt.row_.id);
  if (!grant) return grant.error();
  auto const content = open_content(context, attempt.code_, attempt.key_, *grant);
  if (!content) return content.error();
  auto const state = open_state(context, attempt.row_, attempt.key_, *grant);
  if (!state) return state.error();
  rules::Registration const* const found = state->reveal(Disclosure::to_invited).residence.find(content->registration);
  if (found == nullptr || !found->active()) return refused();
  return InvitedTo{found->address, found->since};
}

}  // namespace abode::service
