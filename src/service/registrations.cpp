#include "service/registrations.hpp"

#include "codec/text.hpp"
#include "rules/retention.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/reminders.hpp"
#include "service/mailing.hpp"
#include "service/sessions.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using rules::Field;
using rules::FieldSet;

FieldSet fields_of(rules::Kind kind) {
  if (kind == rules::Kind::main) return {Field::main_address, Field::main_since, Field::assurance};
  return {Field::other_addresses};
}

/// True if the two differ in something that an official could be shown; a stated end and a confirmation are not.
bool differ(rules::Registration const& one, rules::Registration const& other) {
  return one.kind != other.kind || one.assurance != other.assurance || one.address != other.address ||
         one.since != other.since || one.active() != other.active();
}

/// The fields that an event writes: those under which the registrations stood and stand that it changes.
FieldSet written_by(rules::Event const& event, rules::Residence const& before) {
  FieldSet fields;
  for (rules::Registration const& now : event.changed) {
    rules::Registration const& was = *before.find(now.id);
    if (differ(was, now)) fields = fields | fields_of(was.kind) | fields_of(now.kind);
  }
  if (event.added) fields = fields | fields_of(event.added->kind);
  if (event.withdrawn) fields = fields | fields_of(before.find(*event.withdrawn)->kind);
  return fields;
}

Acted acted(Receipt const& receipt, rules::Residence const& residence, rules::RegistrationId const& subject,
            base::Time now, rules::Filer const& by) {
  rules::Registration const* const found = residence.find(subject);
  if (found == nullptr || (by && found->filed_by != by)) return {receipt, {}, {}};
  return {receipt, *found, rules::undo_deadline(residence, subject, now, by)};
}

Acted answer_again(Context const& context, Actor const& actor, OpenRecord const& record, Opened const& made) {
  rules::RegistrationId const subject{made.entry.reference};
  return acted(receipt_of(made), record.state.reveal(Disclosure::to_holder).residence, subject,
               filing_time(context, record.row), actor.guardianship());
}

}  // namespace

rules::RegistrationId new_registration_id(base::Random& random) {
  return rules::RegistrationId{codec::to_crockford(random.bytes<10>())};
}

bool takes_fresh_sign_in(rules::Command const& command, rules::Residence const& residence) {
  if (auto const* const correct = std::get_if<rules::Correct>(&command)) {
    rules::Registration const* const now = residence.find(correct->id);
    return now != nullptr && correct->address && *correct->address != now->address;
  }
  if (auto const* const file = std::get_if<rules::File>(&command)) return file->kind == rules::Kind::main;
  return std::holds_alternative<rules::Move>(command) || std::holds_alternative<rules::End>(command) ||
         std::holds_alternative<rules::MakeMain>(command) || std::holds_alternative<rules::Undo>(command);
}

base::result<Acted> act(Context const& context, ports::Transaction& transaction, Actor const& actor,
                        rules::Command const& command, std::optional<RequestKey> const& request,
                        std::optional<base::Time> first_tried) {
  auto record = open_record(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(context, actor, *record, **before);
  RecordState& state = record->state.reveal(Disclosure::to_rules);
  if (auto const stays = check_stays(record->row, actor); !stays) return stays.error();
  bool const takes_fresh = takes_fresh_sign_in(command, state.residence);
  if (takes_fresh)
    if (auto const fresh = require_fresh(context, actor.begun_at()); !fresh) return fresh.error();
  base::Time const at = filing_time(context, record->row);
  rules::Profile const& profile = context.profiles.at(at);  // one for the whole act, also while it changes
  // Nobody may open the record for that alone, so what has outlived its time goes when its holder writes next.
  state.residence = rules::without_outlived(std::move(state.residence), at, profile.retention.ended_registrations);
  if (auto const allowed = rules::check_kind(profile, state.residence, command); !allowed) return allowed.error();
  auto const event = rules::decide(state.residence, command, at, actor.guardianship());
  if (!event) return event.error();
  if (auto const allowed = rules::check_stated_end(profile, *event); !allowed) return allowed.error();

  base::Hash const tag_before = record->row.state_tag;
  FieldSet const fields = written_by(*event, state.residence);
  state.residence = rules::apply(std::move(state.residence), *event);
  seal_state(context, record->row, record->key, state);
  Draft const draft{actor.name(), {},         {}, event->subject.value(), std::string{rules::name_of(event->act)},
                    fields,       first_tried};
  auto const receipt =
      append_entry(context, transaction, record->row, record->key, draft, tag_before, at, EntryKind::write);
  if (!receipt) return receipt.error();
  if (request) remember(record->row.requests, max_requests_of_person, *request, receipt->entry, at);
  transaction.update_record(record->row);
  if (!actor.is_guardian())
    internal::plan_reminders(context, transaction, actor.grant(), record->key, state.residence, receipt->entry);
  if (actor.is_guardian())
    add_notice(context, transaction, {actor.record(), receipt->entry, false, at});
  else if (takes_fresh)
    queue_change_mail(context, transaction, actor.record(), receipt->entry);
  return acted(*receipt, state.residence, event->subject, at, actor.guardianship());
}

base::result<Receipt> record_landlord_refusal(Context const& context, ports::Transaction& transaction,
                                              Actor const& actor, rules::RegistrationId const& id,
                                              std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return receipt_of(**before);
  if (auto const stays = check_stays(record->row, actor); !stays) return stays.error();
  rules::Registration const* const found = record->state.reveal(Disclosure::to_rules).residence.find(id);
  if (found == nullptr || (actor.is_guardian() && found->filed_by != actor.guardianship()))
    return base::fail(base::errc::not_found, "There is no such registration. Look it up in your list and try again.");
  internal::RecordAndKey known{std::move(record->row), std::move(record->key)};
  base::Time const at = filing_time(context, known.row);
  return internal::append_code_entry(context, transaction, known, actor, operation::landlord_refused, id.value(), {},
                                     at, request);
}

base::result<Acted> move_along(Context const& context, ports::Transaction& transaction,
                               ports::GuardianSession const& session, rules::RegistrationId const& to,
                               std::optional<RequestKey> const& request) {
  auto const own = open_record(context, transaction, session.guardian().grant());
  if (!own) return own.error();
  rules::Registration const* const target = own->state.reveal(Disclosure::to_rules).residence.find(to);
  if (target == nullptr)
    return base::fail(base::errc::not_found, "There is no such registration of yours. Look it up in your list.",
                      "registration");
  if (!target->active())
    return base::fail(base::errc::conflict, "This registration of yours has ended. Choose one that stands.",
                      "registration");
  Actor const actor{session};
  auto const child = open_record(context, transaction, actor);
  if (!child) return child.error();
  auto const before = made_before(context, transaction, child->row, child->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return answer_again(context, actor, *child, **before);
  rules::Registration const* const main = child->state.reveal(Disclosure::to_rules).residence.main();
  if (main == nullptr || main->filed_by != session.id())
    return base::fail(base::errc::conflict,
                      "You have filed no main residence that stands for this child, so it cannot be moved. Register "
                      "one.");
  return act(context, transaction, actor,
             rules::Move{main->id, new_registration_id(context.random), target->address, target->since, {}}, request);
}

}  // namespace abode::service
