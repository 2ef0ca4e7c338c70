// Everything about a person as a page to read and to print: the same as the copy for programs.
#include "service/personal_copy.hpp"

#include "base/assert.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "text/text.hpp"

namespace abode::pages {
namespace {

using base::result;
using service::PersonalCopy;

Html section(std::string_view title, Html const& content, std::string_view if_empty) {
  return el("section", el("h2", title), content.markup().empty() ? el("p", if_empty) : content);
}

Html person(PersonalCopy const& copy) {
  auto const& identity = copy.state.identity;
  if (!identity) return {};
  Html rows = group(row("Family name", identity->names.family), row("Given names", identity->names.given));
  rows.add(row("Date of birth", identity->birth_date ? when(*identity->birth_date) : group("not known")));
  rows.add(row("Document", group(identity::name_of(identity->document.kind), ", number ",
                                 el("span", {{"class", "code"}}, identity->document.number))));
  if (copy.state.card) rows.add(row("Card", el("span", {{"class", "code"}}, *copy.state.card)));
  for (service::CopiedContact const& contact : copy.contacts) {
    Html value = group(contact.contact.address, ", in ", text::language_name(contact.contact.language), ", entry ",
                       std::to_string(contact.row.seq), contact.contact.reminders ? "" : ", no reminders");
    if (contact.row.unconfirmed_until)
      value.add(group("; to be confirmed by ", when(*contact.row.unconfirmed_until),
                      ", wrong codes: ", std::to_string(contact.row.misses)));
    rows.add(row("E-mail", value));
  }
  return el("dl", rows);
}

Html acts_on(PersonalCopy const& copy, rules::Profile const& profile, rules::RegistrationId const& id) {
  Html acts;
  for (service::HistoryItem const& item : copy.history)
    if (item.entry.office.empty() && item.entry.reference == id.value())
      acts.add(el("li", when(item.entry.time), ": ", sentence_of(item.entry, profile), " (entry ",
                  std::to_string(item.entry.seq), ")"));
  return el("ul", acts);
}

Html registration_rows(rules::Registration const& registration) {
  Html rows = group(row("Kind", in_words(registration.kind)), row("Address", address(registration.address)));
  for (auto const& part : rules::address_parts)
    if (auto const& given = registration.address.*part.member) rows.add(row(part.name, *given));
  rows.add(group(row("Since", when(registration.since)), row("Filed", when(registration.filed_at)),
                 row("Assurance", in_words(registration.assurance)),
                 row("Number", el("span", {{"class", "code"}}, registration.id.value()))));
  if (registration.until) rows.add(row("Expected until", when(*registration.until)));
  if (registration.confirmed_at) rows.add(row("Last confirmed", when(*registration.confirmed_at)));
  if (auto const& ended = registration.ended) {
    rows.add(group(row("Ended", when(ended->on)), row("End filed", when(ended->filed_at))));
    if (ended->moved_to) rows.add(row("Moved to", el("span", {{"class", "code"}}, ended->moved_to->value())));
  }
  return rows;
}

Html registrations(PersonalCopy const& copy, rules::Profile const& profile) {
  Html out;
  for (rules::Registration const& registration : copy.state.residence.registrations)
    out.add(el("article", {{"class", "card"}}, el("dl", registration_rows(registration)),
               el("h3", "What was done to it"), acts_on(copy, profile, registration.id)));
  return out;
}

Html undoable(PersonalCopy const& copy) {
  Html out;
  for (rules::Undoable const& act : copy.state.residence.undoable) {
    Html before;
    for (rules::Registration const& registration : act.before) before.add(el("dl", registration_rows(registration)));
    out.add(el("li", undo_of(act.act), ", done ", when(act.at), before.markup().empty() ? "" : ". As it was before:",
               before, act.created ? ". It made registration " : "", act.created ? act.created->value() : ""));
  }
  return out.markup().empty() ? out : el("ul", out);
}

Html requests(PersonalCopy const& copy) {
  Html out;
  for (service::RectificationRequest const& request : copy.state.rectifications)
    out.add(el("li", in_words(request.field), " should read “", request.wanted, "”, because: ", request.reason,
               ". Asked ", when(request.filed_at), ", entry ", std::to_string(request.entry)));
  return out.markup().empty() ? out : el("ul", out);
}

Html history(PersonalCopy const& copy, rules::Profile const& profile) {
  Html out;
  for (service::HistoryItem const& item : copy.history)
    out.add(el("li", {{"class", "card"}},
               el("h3", "Entry ", std::to_string(item.entry.seq), ": ", sentence_of(item.entry, profile)),
               el("dl", entry_rows(item.entry, profile))));
  return el("ol", {{"class", "entries"}}, out);
}

Html codes(PersonalCopy const& copy) {
  Html out;
  for (service::OpeningCode const& code : copy.opening_codes)
    out.add(el("li", "Made as entry ", std::to_string(code.entry), ", for: ", in_words(code.fields), "; ",
               in_words(code.state), "; good until ", when(code.expires_at)));
  return out.markup().empty() ? out : el("ul", out);
}

Html invitations(PersonalCopy const& copy) {
  Html out;
  for (service::MoveInvitation const& invitation : copy.move_invitations)
    out.add(el("li", "Made as entry ", std::to_string(invitation.entry), "; ", in_words(invitation.state),
               "; good until ", when(invitation.expires_at)));
  return out.markup().empty() ? out : el("ul", out);
}

Html proofs(PersonalCopy const& copy) {
  Html out;
  for (service::ListedProof const& proof : copy.proofs)
    out.add(el("li", "Made as entry ", std::to_string(proof.entry), ": ", service::name_of(proof.kept.form), ", ",
               rules::name_of(proof.kept.life), ", good until ", when(proof.expires_at),
               "; copies: ", std::to_string(proof.kept.copies),
               "; withdrawn: ", proof.kept.withdrawn_at ? when(*proof.kept.withdrawn_at) : group("no")));
  return out;
}

Html letters(PersonalCopy const& copy) {
  Html out;
  for (ports::LetterRow const& letter : copy.letters)
    out.add(el("li", "Asked for as entry ", std::to_string(letter.seq),
               letter.delivery == ports::Delivery::counter ? ", to be picked up" : ", by post",
               letter.code_tag ? "; printed; its code is good until " : "; not printed; wanted until ",
               when(letter.good_until), "; wrong codes: ", std::to_string(letter.misses)));
  return out.markup().empty() ? out : el("ul", out);
}

Html notices(PersonalCopy const& copy) {
  Html out;
  for (ports::NoticeRow const& notice : copy.notices)
    out.add(
        el("li", when(notice.at), ", entry ", std::to_string(notice.seq), notice.read ? ", read" : ", not read yet"));
  return out.markup().empty() ? out : el("ul", out);
}

std::string_view words_of(ports::MailKind kind) {
  switch (kind) {
    case ports::MailKind::changed:
    case ports::MailKind::changed_former: return "That something changed";
    case ports::MailKind::confirm: return "A code for a new address";
    case ports::MailKind::reminder: return "A reminder of a date that you set";
  }
  base::fatal("a kind of mail without words");
}

Html mails(PersonalCopy const& copy) {
  Html out;
  for (ports::OutboxRow const& mail : copy.mails)
    out.add(el("li", words_of(mail.kind), mail.sealed.empty() ? "" : ", to the address of entry ",
               mail.sealed.empty() ? "" : std::to_string(mail.contact), "; about entry ", std::to_string(mail.seq),
               mail.kind == ports::MailKind::reminder ? "; for " : "; waits since ", when(mail.queued_at), "; tried ",
               std::to_string(mail.attempts), " times; next ", when(mail.next_try_at)));
  return out.markup().empty() ? out : el("ul", out);
}

Html card_sign_in(PersonalCopy const& copy) {
  if (!copy.card) return {};
  ports::CardRow const& card = *copy.card;
  Html rows = row("Activation code", card.issued ? "made for you" : "not made yet");
  if (card.good_from > base::Time{}) rows.add(row("Good from", when(card.good_from)));
  if (card.used_by) rows.add(row("Used", when(card.used_at)));
  rows.add(row("Wrong codes since the last letter", std::to_string(card.misses)));
  if (card.missed_at > base::Time{}) rows.add(row("Last wrong code", when(card.missed_at)));
  return el("dl", rows);
}

Html printed_codes(PersonalCopy const& copy) {
  Html out;
  for (ports::PrintedCodeRow const& code : copy.printed_codes) {
    Html item = code.number == ports::freeze_code_number ? group("The freeze code")
                                                         : group("Code ", std::to_string(code.number));
    item.add(group(" of the sheet made as entry ", std::to_string(code.seq), "; good from ", when(code.good_from)));
    if (code.good_until) item.add(group(" until ", when(*code.good_until)));
    if (code.used_by) item.add(group("; used ", when(code.used_at)));
    out.add(el("li", item));
  }
  return out.markup().empty() ? out : el("ul", out);
}

Html passkeys(PersonalCopy const& copy) {
  Html out;
  for (service::PasskeyListed const& passkey : copy.passkeys) {
    Html item = group(passkey.name, ", added as entry ", std::to_string(passkey.entry), "; good from ",
                      when(passkey.good_from));
    if (passkey.removed_from) item.add(group(", removed from ", when(*passkey.removed_from)));
    if (passkey.last_used) item.add(group("; last used in ", month_in_words(*passkey.last_used)));
    out.add(el("li", item));
  }
  return out.markup().empty() ? out : el("ul", out);
}

Html technical(PersonalCopy const& copy) {
  Html sessions;
  for (ports::SessionRow const& session : copy.sessions)
    sessions.add(el("li", in_words(session.proof), ", ", when(session.begun_at), "; ends ", when(session.expires_at),
                    " if it is not used, and ", when(session.last_end), " at the latest"));
  Html remembered;
  for (ports::RequestRow const& request : copy.row.requests)
    remembered.add(el("li", when(request.at), ", entry ", std::to_string(request.seq)));
  Html out =
      group(section("Where you are signed in", sessions.markup().empty() ? sessions : el("ul", sessions), "Nowhere."),
            section("Signing in with your card", card_sign_in(copy), "You have no card."),
            section("Printed codes", printed_codes(copy), "You have no printed sheet."),
            section("Passkeys", passkeys(copy), "You have none."),
            section("Requests that may come twice", remembered.markup().empty() ? remembered : el("ul", remembered),
                    "None."));
  Html rows = group(row("Place among all records", std::to_string(copy.row.position)),
                    row("Versions of its seal", std::to_string(copy.row.version)),
                    row("Entries", std::to_string(copy.row.entries)), row("Last entry", when(copy.row.last_at)));
  if (copy.row.erasure_due) rows.add(row("Will be erased", when(*copy.row.erasure_due)));
  out.add(section("Your record as a whole", el("dl", rows), ""));
  return out;
}

Html whole(PersonalCopy const& copy, rules::Profile const& profile) {
  return group(
      el("h1", "Everything about you"),
      el("p", {{"class", "lead"}}, "All that this register holds about you, as of ", when(copy.made_at),
         ". Print it, or ",
         el("a", {{"href", "/api/v1/me/export"}, {"download", "abode-my-data.json"}}, "save it as a file for programs"),
         "."),
      section("Who you are", person(copy), "Nothing is known."),
      section("Where you are registered", registrations(copy, profile), "Nowhere."),
      section("What you can still take back", undoable(copy), "Nothing."),
      section("Corrections you asked for", requests(copy), "None."),
      section("Codes you made for officials", codes(copy), "None."),
      section("Invitations to your address", invitations(copy), "None."),
      section("Letters to confirm your address", letters(copy), "None."),
      section("Proofs you had made", proofs(copy), "None."), section("Notices to you", notices(copy), "None."),
      section("Mails to you that wait", mails(copy), "None."),
      section("Your history", history(copy, profile), "Nothing."), technical(copy),
      el("p", "What is not in here, and why, is in the ", el("a", {{"href", "/privacy"}}, "privacy notice"),
         ": above all keys and codes, for a copy that lies about must open nothing."));
}

}  // namespace

api::Reply get_personal_copy(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const copy = service::personal_copy(registry.context, snapshot, caller.holder());
    if (!copy) return copy.error();
    return page(registry.context.mode, {Visitor::holder, "Everything about you"},
                whole(copy->reveal(base::Disclosure::to_holder), registry.context.profile()));
  }};
}

}  // namespace abode::pages
