#include "service/enrolment.hpp"

#include "log/head_tree.hpp"
#include "service/contact.hpp"
#include "service/guardianships.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;

/// A free place in the head tree. Drawn at random from twice as many as there are records, so that a position tells
/// neither when its person came nor, by the size of the tree, how many came with them.
std::uint64_t draw_position(Context const& context, ports::Transaction& transaction) {
  std::uint64_t const places = log::positions_for(transaction.record_count() + 1);
  for (;;) {
    std::uint64_t const position = context.random.below(places);
    if (!transaction.record_at_position(position)) return position;
  }
}

/// In force at once: whoever enrols people is taken to have asked them.
void put_contact(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                 ports::WrappedKey const& key, identity::Contact contact) {
  if (contact.language.empty()) contact.language = default_language(context.profile());
  constexpr std::uint64_t enrolment = 0;  // the entry it comes with
  transaction.put_contact(seal_contact(context, record, enrolment, key, {std::move(contact), {}}));
}

base::result<ports::RecordId> make_record(Context const& context, ports::Transaction& transaction,
                                          RecordState const& state,
                                          std::optional<identity::Contact> const& contact = {}) {
  ports::RecordId const id = transaction.new_record_id();
  ports::WrappedKey const key = context.sealer.new_key(id);
  ports::RecordRow row{};
  row.id = id;
  row.position = draw_position(context, transaction);
  seal_state(context, row, key, state);
  rules::FieldSet const fields =
      state.identity ? rules::FieldSet{rules::Field::family_name, rules::Field::given_names, rules::Field::birth_date}
                     : rules::FieldSet{};
  Draft const draft{"register", {}, {}, {}, operation::enrol, fields};
  auto const receipt =
      append_entry(context, transaction, row, key, draft, base::Hash{}, filing_time(context, row), EntryKind::write);
  if (!receipt) return receipt.error();
  transaction.add_record(row, key);
  if (contact) put_contact(context, transaction, id, key, *contact);
  return id;
}

/// `issued`: no code is to be made for it.
void add_card(Context const& context, ports::Transaction& transaction, ports::RecordId record,
              std::string const& number, bool issued) {
  transaction.put_card({.card_tag = context.sealer.card_tag(base::Secret<std::string>{number}),
                        .record = record,
                        .code_tag = {},
                        .issued = issued,
                        .used_by = {},
                        .used_at = {},
                        .misses = 0,
                        .missed_at = {}});
}

/// The record of somebody new; of somebody who is known, theirs if card and person agree.
base::result<std::optional<ports::RecordId>> find_or_make(Context const& context, ports::Transaction& transaction,
                                                          Newcomer const& newcomer) {
  base::Hash const card_tag = context.sealer.card_tag(base::Secret<std::string>{newcomer.card});
  base::Hash const person_tag = index_tag(context, newcomer.identity);
  auto const card = transaction.card(card_tag);
  auto const person = transaction.record_of_document(person_tag);
  if (card && person && card->record == *person) return person;
  if (card || person) return std::optional<ports::RecordId>{};
  auto const id = make_record(context, transaction, {context.random.bytes<32>(), newcomer.identity, {}, newcomer.card},
                              newcomer.contact);
  if (!id) return id.error();
  transaction.index_document(person_tag, *id);
  add_card(context, transaction, *id, newcomer.card, false);
  return std::optional{*id};
}

}  // namespace

base::Hash index_tag(Context const& context, Identity const& identity) {
  base::Bytes canonical = identity::canonical_bytes(identity.document);
  canonical.push_back(0);  // no number holds it
  if (identity.birth_date) base::append(canonical, base::as_bytes(base::format_date(*identity.birth_date)));
  return context.sealer.document_tag(canonical);
}

base::result<ports::RecordId> enrol(Context const& context, ports::Transaction& transaction, Identity const& identity,
                                    std::optional<std::string> const& card) {
  base::Hash const tag = index_tag(context, identity);
  if (transaction.record_of_document(tag))
    return fail(errc::conflict, "A person with this document is enrolled already.");
  auto const id = make_record(context, transaction, {context.random.bytes<32>(), identity, {}, card});
  if (!id) return id.error();
  transaction.index_document(tag, *id);
  if (card) add_card(context, transaction, *id, *card, true);
  return *id;
}

base::result<void> enrol_newcomer(Context const& context, ports::Transaction& transaction, Newcomer const& newcomer) {
  auto const record = find_or_make(context, transaction, newcomer);
  if (!record) return record.error();
  for (std::string const& number : newcomer.guardian_cards) {
    auto const guardian = transaction.card(context.sealer.card_tag(base::Secret<std::string>{number}));
    if (!guardian || !*record) continue;
    if (auto const added = add_guardianship(context, transaction, **record, guardian->record); !added) return added;
  }
  return {};
}

base::result<ports::RecordId> open_book(Context const& context, ports::Transaction& transaction) {
  return make_record(context, transaction, {context.random.bytes<32>(), {}, {}});
}

}  // namespace abode::service
