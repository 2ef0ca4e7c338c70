#include "api/personal_copy.hpp"

#include <algorithm>

#include "api/forms.hpp"
#include "api/passkey_forms.hpp"
#include "codec/text.hpp"
#include "service/letters.hpp"
#include "service/mailing.hpp"
#include "service/sessions.hpp"

namespace abode::api {
namespace {

/// The entries that are about one registration.
json::array acts_on(rules::RegistrationId const& id, std::vector<service::HistoryItem> const& history) {
  json::array acts;
  for (service::HistoryItem const& item : history)
    if (item.entry.office.empty() && item.entry.reference == id.value())
      acts.push_back(
          {{"entry", item.entry.seq}, {"at", base::format_time(item.entry.time)}, {"operation", item.entry.operation}});
  return acts;
}

json::object undoable_json(rules::Undoable const& act) {
  json::array before;
  for (rules::Registration const& registration : act.before) before.push_back(to_json(registration, {}));
  json::object out{{"act", rules::name_of(act.act)},
                   {"at", base::format_time(act.at)},
                   {"before", std::move(before)},
                   {"created", nullptr}};
  if (act.created) out["created"] = act.created->value();
  out["by"] = act.by ? json::value(act.by->value()) : json::value(nullptr);
  return out;
}

/// Without its code: a copy opens nothing.
json::object json_of(service::MoveInvitation const& invitation) {
  json::object out{{"entry", invitation.entry},
                   {"registration", nullptr},
                   {"expires_at", base::format_time(invitation.expires_at)},
                   {"state", service::name_of(invitation.state)}};
  if (invitation.registration) out["registration"] = invitation.registration->value();
  return out;
}

/// How the card stands; what is on it is told beside the person.
json::value json_of(std::optional<ports::CardRow> const& card) {
  if (!card) return nullptr;
  json::object out{{"code_made", card->issued},
                   {"code_good_from", nullptr},
                   {"code_used_at", nullptr},
                   {"wrong_codes", card->misses},
                   {"last_wrong_code_at", nullptr}};
  if (card->good_from > base::Time{}) out["code_good_from"] = base::format_time(card->good_from);
  if (card->used_by) out["code_used_at"] = base::format_time(card->used_at);
  if (card->missed_at > base::Time{}) out["last_wrong_code_at"] = base::format_time(card->missed_at);
  return out;
}

json::object json_of(ports::PrintedCodeRow const& code) {
  json::object out{{"sheet", code.seq},
                   {"number", code.number},
                   {"good_from", base::format_time(code.good_from)},
                   {"good_until", nullptr},
                   {"used_at", nullptr}};
  if (code.good_until) out["good_until"] = base::format_time(*code.good_until);
  if (code.used_by) out["used_at"] = base::format_time(code.used_at);
  return out;
}

/// With the places of its statuses, which only its holder may know.
json::object json_of(service::ListedProof const& proof) {
  json::object out = to_json(proof);
  json::array statuses;
  for (service::StatusPlace const& status : proof.kept.statuses)
    statuses.push_back({{"list", service::status_list_name(status.list)}, {"place", status.place}});
  out["statuses"] = std::move(statuses);
  return out;
}

json::object json_of(ports::LetterRow const& letter) {
  return {{"entry", letter.seq},
          {"delivery", service::name_of(letter.delivery)},
          {"printed", letter.code_tag.has_value()},
          {"good_until", base::format_time(letter.good_until)},
          {"wrong_codes", letter.misses}};
}

json::object json_of(service::CopiedContact const& contact) {
  json::object out{{"address", contact.contact.address},     {"language", contact.contact.language},
                   {"reminders", contact.contact.reminders}, {"entry", contact.row.seq},
                   {"unconfirmed_until", nullptr},           {"wrong_codes", contact.row.misses}};
  if (contact.row.unconfirmed_until) out["unconfirmed_until"] = base::format_time(*contact.row.unconfirmed_until);
  return out;
}

json::object json_of(ports::OutboxRow const& mail) {
  json::object out{{"kind", service::name_of(mail.kind)},
                   {"contact", nullptr},
                   {"entry", mail.seq},
                   {"queued_at", base::format_time(mail.queued_at)},
                   {"attempts", mail.attempts},
                   {"next_try_at", base::format_time(mail.next_try_at)}};
  if (!mail.sealed.empty()) out["contact"] = mail.contact;
  return out;
}

json::object record_json(ports::RecordRow const& row) {
  return {{"position", std::to_string(row.position)},
          {"version", row.version},
          {"entries", row.entries},
          {"last", codec::to_hex(row.last)},
          {"last_at", base::format_time(row.last_at)}};
}

void add_state(json::object& out, service::PersonalCopy const& copy) {
  service::RecordState const& state = copy.state;
  out["person"] = nullptr;
  if (state.identity) out["person"] = to_json(*state.identity);
  out["card"] = state.card ? json::value(*state.card) : json::value(nullptr);
  json::array contacts;
  for (service::CopiedContact const& contact : copy.contacts) contacts.push_back(json_of(contact));
  out["contacts"] = std::move(contacts);
  base::Time const now = std::max(copy.made_at, copy.row.last_at);
  json::array registrations;
  for (rules::Registration const& registration : state.residence.registrations) {
    json::object one = to_json(registration, rules::undo_deadline(state.residence, registration.id, now));
    one["acts"] = acts_on(registration.id, copy.history);
    registrations.push_back(std::move(one));
  }
  out["registrations"] = std::move(registrations);
  json::array acts;
  for (rules::Undoable const& act : state.residence.undoable) acts.push_back(undoable_json(act));
  out["can_be_undone"] = std::move(acts);
  json::array requests;
  for (service::RectificationRequest const& request : state.rectifications) requests.push_back(to_json(request));
  out["rectification_requests"] = std::move(requests);
}

void add_rows(json::object& out, service::PersonalCopy const& copy) {
  json::array notices;
  for (ports::NoticeRow const& notice : copy.notices)
    notices.push_back({{"entry", notice.seq}, {"at", base::format_time(notice.at)}, {"read", notice.read}});
  out["notices"] = std::move(notices);
  json::array mails;
  for (ports::OutboxRow const& mail : copy.mails) mails.push_back(json_of(mail));
  out["mails"] = std::move(mails);
  json::array codes;
  for (service::OpeningCode const& code : copy.opening_codes) codes.push_back(to_json(code));
  out["opening_codes"] = std::move(codes);
  json::array invitations;
  for (service::MoveInvitation const& invitation : copy.move_invitations) invitations.push_back(json_of(invitation));
  out["move_invitations"] = std::move(invitations);
  json::array letters;
  for (ports::LetterRow const& letter : copy.letters) letters.push_back(json_of(letter));
  out["letters"] = std::move(letters);
  json::array proofs;
  for (service::ListedProof const& proof : copy.proofs) proofs.push_back(json_of(proof));
  out["proofs"] = std::move(proofs);
  json::array guardianships;
  for (ports::GuardianshipRow const& row : copy.guardianships)
    guardianships.push_back({{"id", row.id.value()}, {"you_are", row.child == copy.row.id ? "child" : "guardian"}});
  out["guardianships"] = std::move(guardianships);
  json::array sessions;
  for (ports::SessionRow const& session : copy.sessions)
    sessions.push_back({{"proof", service::name_of(session.proof)},
                        {"begun_at", base::format_time(session.begun_at)},
                        {"expires_at", base::format_time(session.expires_at)},
                        {"last_end", base::format_time(session.last_end)}});
  out["sessions"] = std::move(sessions);
  out["card_sign_in"] = json_of(copy.card);
  json::array printed;
  for (ports::PrintedCodeRow const& code : copy.printed_codes) printed.push_back(json_of(code));
  out["printed_codes"] = std::move(printed);
  json::array passkeys;
  for (service::PasskeyListed const& passkey : copy.passkeys) passkeys.push_back(to_json(passkey));
  out["passkeys"] = std::move(passkeys);
  json::array requests;
  for (ports::RequestRow const& request : copy.row.requests)
    requests.push_back({{"entry", request.seq}, {"at", base::format_time(request.at)}});
  out["remembered_requests"] = std::move(requests);
}

}  // namespace

json::object to_json(service::PersonalCopy const& copy, rules::Profile const& profile) {
  json::object out{{"made_at", base::format_time(copy.made_at)}};
  add_state(out, copy);
  json::array history;
  for (service::HistoryItem const& item : copy.history) history.push_back(to_json(item, profile));
  out["history"] = std::move(history);
  add_rows(out, copy);
  out["erasure"] = erasure_json(copy.row.erasure_due);
  out["record"] = record_json(copy.row);
  return out;
}

json::object to_json(service::RectificationRequest const& request) {
  return {{"entry", request.entry},
          {"field", rules::name_of(request.field)},
          {"wanted", request.wanted},
          {"reason", request.reason},
          {"filed_at", base::format_time(request.filed_at)}};
}

json::object to_json(service::DataItem const& item, rules::Profile const& profile) {
  return {{"group", item.group},
          {"stored_at", item.where},
          {"what", item.what},
          {"purpose", item.purpose},
          {"ground", service::in_words(item.ground)},
          {"seen_by", item.seen_by},
          {"expiry", service::in_words(item.expiry, profile)},
          {"in_my_copy", item.is_in_copy() ? json::value(true) : json::value(item.in_copy)}};
}

json::value erasure_json(std::optional<base::Time> due) {
  if (!due) return nullptr;
  return json::object{{"due", base::format_time(*due)}};
}

}  // namespace abode::api
