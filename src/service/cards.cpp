#include "service/cards.hpp"

#include <algorithm>

#include "codec/text.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/sheets.hpp"
#include "service/mailing.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

constexpr rules::FieldSet letter_fields{rules::Field::family_name, rules::Field::given_names};

base::result<MadeActivationCode> make_for(Context const& context, ports::Transaction& transaction, ports::CardRow card,
                                          std::string reference) {
  auto known = internal::load(transaction, card.record);
  if (!known) return known.error();
  base::Time const now = context.clock.now();
  auto const sheets = transaction.printed_codes(card.record);
  // Its holder was in before, so there is somebody to warn.
  bool const waits =
      card.used_by || card.good_from > base::Time{} || !sheets.empty() || !transaction.passkeys(card.record).empty();
  base::Time const frozen = internal::frozen_until(sheets, now).value_or(now);
  Draft const draft{"register", {}, {}, std::move(reference), operation::make_activation_code, letter_fields};
  base::Time const at = filing_time(context, known->row);
  auto const receipt =
      append_entry(context, transaction, known->row, known->key, draft, known->row.state_tag, at, EntryKind::access);
  if (!receipt) return receipt.error();
  transaction.update_record(known->row);
  if (waits) add_notice(context, transaction, {card.record, receipt->entry, false, at});
  MadeActivationCode made{card.card_tag, known->row, known->key, draw_sign_in_code(context.random)};
  internal::give_code(card, context.sealer.activation_code_tag(card.card_tag, made.code),
                      waits ? std::max(now + credential_hold, frozen) : base::Time{});
  card.issued = false;
  transaction.put_card(card);
  return made;
}

/// The card of the record, which is opened for its number.
base::result<std::optional<ports::CardRow>> card_of(Context const& context, ports::Snapshot& snapshot,
                                                    OpenRecord const& record) {
  auto const& number = record.state.reveal(Disclosure::to_rules).card;
  if (!number) return std::optional<ports::CardRow>{};
  return snapshot.card(context.sealer.card_tag(CardNumber{*number}));
}

}  // namespace

base::result<std::vector<MadeActivationCode>> make_activation_codes(Context const& context,
                                                                    ports::Transaction& transaction,
                                                                    ports::RecordId after, std::size_t limit) {
  std::vector<MadeActivationCode> all;
  for (ports::CardRow const& card : transaction.cards_to_issue(after, limit)) {
    auto made = make_for(context, transaction, card, {});
    if (!made) return made.error();
    all.push_back(std::move(*made));
  }
  return all;
}

base::result<MadeActivationCode> make_activation_code(Context const& context, ports::Transaction& transaction,
                                                      CardNumber const& card, SheetFate sheet) {
  auto const known = transaction.card(context.sealer.card_tag(card));
  if (!known) return fail(errc::not_found, "There is no card of this number. Compare it with the card.", "card");
  bool const is_void = sheet == SheetFate::is_void;
  if (is_void) {
    internal::end_sheets(transaction, known->record, context.clock.now(), context.clock.now());
    for (ports::PasskeyRow const& passkey : transaction.passkeys(known->record))
      transaction.remove_passkey(passkey.credential_tag);
  }
  auto made = make_for(context, transaction, *known, is_void ? sheet_is_void : "");
  if (!made || !is_void) return made;
  for (ports::SessionRow const& session : transaction.sessions(known->record))
    transaction.remove_session(session.token_hash);
  return made;
}

base::result<CardStanding> card_standing(Context const& context, ports::Snapshot& snapshot,
                                         ports::HolderSession const& session) {
  auto const record = open_record(context, snapshot, session.grant());
  if (!record) return record.error();
  auto const card = card_of(context, snapshot, *record);
  if (!card) return card.error();
  if (!*card) return CardStanding{};
  CardStanding standing{{}, (*card)->misses};
  if (internal::waits(**card, context.clock.now())) standing.waits_until = (*card)->good_from;
  return standing;
}

base::result<Receipt> discard_activation_code(Context const& context, ports::Transaction& transaction,
                                              ports::HolderSession const& session,
                                              std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, session.grant());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return receipt_of(**before);
  auto const card = card_of(context, transaction, *record);
  if (!card) return card.error();
  if (!*card || !internal::waits(**card, context.clock.now()))
    return fail(errc::conflict, "No activation code waits for its time, so there is nothing to take back.");
  internal::drop_waiting_code(transaction, **card);
  return append_told_entry(context, transaction, record->row, record->key, operation::discard_activation_code, request);
}

base::result<base::Personal<Letter>> letter_of(Context const& context, MadeActivationCode const& made,
                                               ports::Commit const& commit) {
  auto const grant = ports::Grant::for_access(commit, made.row.id);
  if (!grant) return grant.error();
  auto const state = open_state(context, made.row, made.key, *grant);
  if (!state) return state.error();
  RecordState const& opened = state->reveal(Disclosure::to_print);
  if (!opened.identity || !opened.card)
    return fail(errc::corrupted, "A record with a card has no name or number. Tell the operator to run abode doctor.");
  return base::Personal<Letter>{
      {*opened.card, codec::in_groups_of_four(made.code.reveal(Disclosure::to_print)), opened.identity->names}};
}

void mark_issued(ports::Transaction& transaction, std::span<base::Hash const> card_tags) {
  for (base::Hash const& card_tag : card_tags) {
    auto card = transaction.card(card_tag);
    if (!card) continue;
    card->issued = true;
    transaction.put_card(*card);
  }
}

}  // namespace abode::service
