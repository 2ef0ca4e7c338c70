#include "service/cards.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

constexpr rules::FieldSet letter_fields{rules::Field::family_name, rules::Field::given_names};

base::result<MadeActivationCode> make_for(Context const& context, ports::Transaction& transaction,
                                          ports::CardRow card) {
  auto row = transaction.record(card.record);
  auto key = transaction.key(card.record);
  if (!row || !key)
    return fail(errc::corrupted, "A record or its key is missing. Tell the operator to run abode doctor.");
  MadeActivationCode made{card.card_tag, *row, *key, draw_sign_in_code(context.random)};
  Draft const draft{"register", {}, {}, {}, operation::make_activation_code, letter_fields};
  auto const receipt = append_entry(context, transaction, *row, *key, draft, row->state_tag, filing_time(context, *row),
                                    EntryKind::access);
  if (!receipt) return receipt.error();
  transaction.update_record(*row);
  card.code_tag = context.sealer.activation_code_tag(card.card_tag, made.code);
  card.issued = false;
  card.used_by.reset();
  card.used_at = {};
  card.misses = 0;
  transaction.put_card(card);
  return made;
}

}  // namespace

base::result<std::vector<MadeActivationCode>> make_activation_codes(Context const& context,
                                                                    ports::Transaction& transaction,
                                                                    ports::RecordId after, std::size_t limit) {
  std::vector<MadeActivationCode> all;
  for (ports::CardRow const& card : transaction.cards_to_issue(after, limit)) {
    auto made = make_for(context, transaction, card);
    if (!made) return made.error();
    all.push_back(std::move(*made));
  }
  return all;
}

base::result<MadeActivationCode> make_activation_code(Context const& context, ports::Transaction& transaction,
                                                      CardNumber const& card) {
  auto const known = transaction.card(context.sealer.card_tag(card));
  if (!known) return fail(errc::not_found, "There is no card of this number. Compare it with the card.", "card");
  return make_for(context, transaction, *known);
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
      {*opened.card, in_groups_of_four(made.code.reveal(Disclosure::to_print)), opened.identity->names}};
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
