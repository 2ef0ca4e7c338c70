#include "service/personal_copy.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

base::result<std::vector<HistoryItem>> whole_history(Context const& context, ports::Snapshot& snapshot,
                                                     ports::HolderSession const& session) {
  std::vector<HistoryItem> all;
  for (std::optional<std::uint64_t> before = std::numeric_limits<std::int64_t>::max(); before;) {
    auto page = history(context, snapshot, session, before, max_history_page);
    if (!page) return page.error();
    std::move(page->items.begin(), page->items.end(), std::back_inserter(all));
    before = page->before;
  }
  std::reverse(all.begin(), all.end());
  return all;
}

std::optional<ports::CardRow> card_row(Context const& context, ports::Snapshot& snapshot,
                                       std::optional<std::string> const& number) {
  if (!number) return std::nullopt;
  return snapshot.card(context.sealer.card_tag(base::Secret<std::string>{*number}));
}

base::result<std::vector<CopiedContact>> all_contacts(Context const& context, ports::Snapshot& snapshot,
                                                      OpenRecord const& record, ports::Grant const& grant) {
  std::vector<CopiedContact> contacts;
  for (ports::ContactRow& row : snapshot.contacts(record.row.id)) {
    auto const plaintext = context.sealer.open(grant, ports::Sealed::contact, row.seq, record.key, row.sealed);
    if (!plaintext) return plaintext.error();
    auto opened = decode_contact(*plaintext);
    if (!opened) return opened.error();
    contacts.push_back({std::move(row), std::move(opened->contact)});
  }
  return contacts;
}

}  // namespace

base::result<base::Personal<PersonalCopy>> personal_copy(Context const& context, ports::Snapshot& snapshot,
                                                         ports::HolderSession const& session) {
  auto record = open_record(context, snapshot, session.grant());
  if (!record) return record.error();
  if (record->row.entries > log::max_bundle_entries)
    return fail(errc::too_large, "Your history has grown too long for one file. Ask the office for a copy.");
  auto entries = whole_history(context, snapshot, session);
  if (!entries) return entries.error();
  auto codes = list_opening_codes(context, snapshot, session);
  if (!codes) return codes.error();
  for (OpeningCode& code : *codes) code.code.reset();
  auto invitations = list_move_invitations(context, snapshot, session);
  if (!invitations) return invitations.error();
  for (MoveInvitation& invitation : *invitations) invitation.code.reset();
  auto passkeys = list_passkeys(context, snapshot, session);
  if (!passkeys) return passkeys.error();
  auto proofs = list_proofs(context, snapshot, session);
  if (!proofs) return proofs.error();
  auto guardianships = snapshot.guardianships_over(session.record());
  for (auto& row : snapshot.guardianships_of(session.record())) guardianships.push_back(std::move(row));
  auto contacts = all_contacts(context, snapshot, *record, session.grant());
  if (!contacts) return contacts.error();
  RecordState& state = record->state.reveal(Disclosure::to_holder);
  auto card = card_row(context, snapshot, state.card);
  PersonalCopy copy{
      context.clock.now(),
      std::move(record->row),
      std::move(state),
      std::move(*contacts),
      snapshot.outbox(session.record()),
      std::move(card),
      snapshot.printed_codes(session.record()),
      std::move(*passkeys),
      std::move(*entries),
      std::move(*codes),
      std::move(*invitations),
      snapshot.letters(session.record()),
      std::move(*proofs),
      snapshot.sessions(session.record()),
      snapshot.notices(session.record(), std::numeric_limits<std::int64_t>::max(), log::max_bundle_entries),
      std::move(guardianships)};
  return base::Personal{std::move(copy)};
}

}  // namespace abode::service
