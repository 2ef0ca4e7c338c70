#include "pages/internal/words.hpp"

#include <array>

#include "base/assert.hpp"
#include "service/actor.hpp"
#include "service/cards.hpp"
#include "service/journal.hpp"
#include "service/passkeys.hpp"

namespace abode::pages {
namespace {

namespace operation = service::operation;

std::string two_digits(long value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string_view month_name(std::chrono::month month) {
  constexpr std::array<std::string_view, 12> names = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
  return names.at(static_cast<unsigned>(month) - 1);
}

struct OwnAct {
  std::string_view operation;
  std::string_view sentence;
};

OwnAct const own_acts[] = {
    {rules::name_of(rules::Act::file), "You registered an address"},
    {rules::name_of(rules::Act::correct), "You corrected a registration"},
    {rules::name_of(rules::Act::move), "You registered that you moved"},
    {rules::name_of(rules::Act::end), "You ended a registration"},
    {rules::name_of(rules::Act::confirm), "You said that a registration is still right"},
    {rules::name_of(rules::Act::renew), "You said that you stay on"},
    {rules::name_of(rules::Act::make_main), "You made a registration your main residence"},
    {rules::name_of(rules::Act::confirm_by_code), "You confirmed an address by the code of its letter"},
    {rules::name_of(rules::Act::undo), "You took back your last act on a registration"},
    {operation::make_opening_code, "You made an opening code"},
    {operation::revoke_opening_code, "You took back an opening code"},
    {operation::make_move_invitation, "You made an invitation to an address of yours"},
    {operation::revoke_move_invitation, "You took back an invitation"},
    {operation::move_invitation_opened, "Somebody looked at the address of an invitation that you made"},
    {operation::ask_for_letter, "You asked for a letter to confirm an address"},
    {operation::withdraw_letter, "You took back a letter that you had asked for"},
    {operation::make_letter, "Your letter was made for printing, with your name and address, in your language"},
    {operation::wrong_letter_code, "You typed a code that was not the one of the letter"},
    {operation::issue_proof, "You had a proof of where you live made"},
    {operation::withdraw_proof, "You withdrew a proof that you had had made"},
    {operation::landlord_refused, "You noted that the landlord refuses to confirm that you live there"},
    {operation::request_rectification, "You asked for a correction"},
    {operation::withdraw_rectification, "You withdrew a request for a correction"},
    {operation::request_erasure, "You asked for your record to be erased"},
    {operation::undo_erasure, "You took back that your record is to be erased"},
    {operation::enrol, "Your record was made"},
    {operation::guardianship, "A guardian was added: somebody who may file for you until you are 18"},
    {operation::make_activation_code, "An activation code for your card was made for printing, with your name"},
    {operation::make_printed_codes, "A sheet of printed codes was made for you"},
    {operation::discard_printed_codes, "A sheet of printed codes was taken back before it was good"},
    {operation::discard_activation_code, "An activation code was taken back before it was good"},
    {operation::add_passkey, "A passkey was added, to sign in with"},
    {operation::remove_passkey, "A passkey was removed, or is going to be"},
    {operation::keep_passkey, "The removal of a passkey was taken back"},
    {operation::name_contact, "An e-mail address for news was named, or another language for it"},
    {operation::confirm_contact, "A new e-mail address was confirmed by the code that was mailed there"},
    {operation::remove_contact, "Your e-mail address was removed"},
    {operation::freeze, "The freeze code of your printed sheet was used"},
    {operation::sign_in, "Your card and its activation code were used to sign in"},
};

bool is_passkey_sign_in(log::Entry const& entry) {
  return entry.operation == operation::sign_in && entry.reference.starts_with(service::passkey_reference);
}

}  // namespace

std::string in_words(base::Date date) {
  return std::to_string(static_cast<unsigned>(date.day())) + " " + std::string{month_name(date.month())} + " " +
         std::to_string(static_cast<int>(date.year()));
}

std::string month_in_words(std::string_view month) {
  auto const first_day = base::parse_date(std::string{month} + "-01");
  if (!first_day) return std::string{month};
  return std::string{month_name(first_day->month())} + " " + std::to_string(static_cast<int>(first_day->year()));
}

std::string in_words(base::Time time) {
  base::Date const day = base::day_of(time);
  std::chrono::hh_mm_ss const clock{time - std::chrono::sys_days{day}};
  return in_words(day) + ", " + two_digits(clock.hours().count()) + ":" + two_digits(clock.minutes().count()) + " UTC";
}

std::string_view in_words(rules::Kind kind) {
  switch (kind) {
    case rules::Kind::main: return "Main residence";
    case rules::Kind::secondary: return "Secondary residence";
    case rules::Kind::temporary: return "Temporary residence";
  }
  base::fatal("a kind without words");
}

std::string condition_in_words(rules::KindRule const& rule) {
  if (rule.owed_after.count() == 0) return rule.condition;
  return rule.condition + " A stay of up to " + std::to_string(rule.owed_after.count()) +
         " days need not be registered.";
}

std::string_view in_words(rules::Assurance assurance) {
  switch (assurance) {
    case rules::Assurance::declared: return "declared by the person";
    case rules::Assurance::code_confirmed: return "confirmed by a code sent there";
    case rules::Assurance::evidence_reviewed: return "confirmed by evidence";
  }
  base::fatal("an assurance without words");
}

std::string_view in_words(rules::Field field) {
  switch (field) {
    case rules::Field::family_name: return "Family name";
    case rules::Field::given_names: return "Given names";
    case rules::Field::birth_date: return "Date of birth";
    case rules::Field::main_address: return "Main address";
    case rules::Field::main_since: return "Living there since";
    case rules::Field::other_addresses: return "Other addresses";
    case rules::Field::assurance: return "How the main address was confirmed";
  }
  base::fatal("a field without words");
}

std::string_view in_words(service::CodeState state) {
  switch (state) {
    case service::CodeState::open: return "not used yet";
    case service::CodeState::used: return "used";
    case service::CodeState::revoked: return "taken back";
    case service::CodeState::expired: return "expired";
  }
  base::fatal("a code state without words");
}

std::string_view in_words(ports::SignInProof proof) {
  switch (proof) {
    case ports::SignInProof::test_name: return "Test person";
    case ports::SignInProof::activation_code: return "Card and the code from a letter";
    case ports::SignInProof::invitation: return "Invitation";
    case ports::SignInProof::printed_code: return "Card and a printed code";
    case ports::SignInProof::passkey: return "Passkey";
  }
  base::fatal("a proof without words");
}

std::string_view undo_of(rules::Act act) {
  switch (act) {
    case rules::Act::file: return "Undo the registration";
    case rules::Act::correct: return "Undo the correction";
    case rules::Act::move: return "Undo the move";
    case rules::Act::end: return "Undo the end";
    case rules::Act::renew: return "Undo the renewal";
    case rules::Act::make_main: return "Undo the change of main residence";
    case rules::Act::undo:
    case rules::Act::confirm:
    case rules::Act::confirm_by_code: base::fatal("this act is not undone");
  }
  base::fatal("an act without words");
}

std::string in_words(rules::FieldSet fields) {
  auto const names = rules::names_of(fields);
  return fields_in_words({names.begin(), names.end()});
}

std::string fields_in_words(std::vector<std::string> const& names) {
  std::string out;
  for (std::string const& name : names) {
    auto const field = rules::field_named(name);
    out.append(out.empty() ? "" : ", ").append(field ? in_words(*field) : std::string_view{name});
  }
  return out;
}

std::string sentence_of(log::Entry const& entry, rules::Profile const& profile) {
  std::string const office{office_name(profile, entry.office)};
  if (entry.operation == operation::opening) return office + " opened your record";
  if (entry.operation == operation::opening_refused) return office + " tried to open your record and was shown nothing";
  if (entry.operation == operation::identify)
    return office + " identified somebody in person as you, and made a new activation code for your card";
  if (is_passkey_sign_in(entry)) return "A passkey of yours was used to sign in";
  if (entry.operation == operation::sign_in && !entry.reference.empty())
    return "Your card and code " + entry.reference + " of your printed sheet were used to sign in";
  if (entry.operation == operation::make_activation_code && entry.reference == service::sheet_is_void)
    return "An activation code for your card was made for printing, with your name, your printed sheet made void, "
           "your passkeys removed and your sessions ended";
  bool const by_guardian = service::guardianship_in(entry).has_value();
  if (by_guardian && entry.operation == rules::name_of(rules::Act::undo))
    return "A guardian took back their last act on a registration";
  constexpr std::string_view you = "You ";
  for (OwnAct const& act : own_acts) {
    if (act.operation != entry.operation) continue;
    if (by_guardian && act.sentence.starts_with(you))
      return "A guardian " + std::string{act.sentence.substr(you.size())};
    return std::string{act.sentence};
  }
  return entry.operation;
}

std::string_view reference_label(log::Entry const& entry) {
  if (!entry.office.empty()) return "Their reference";
  if (entry.operation == operation::guardianship) return "Guardianship";
  if (is_passkey_sign_in(entry)) return "With";
  if (entry.operation == operation::sign_in) return "Code on the sheet";
  if (entry.operation == operation::make_activation_code) return "Printed sheet";
  if (entry.operation == operation::make_letter) return "Asked for as entry";
  if (entry.operation == operation::revoke_opening_code) return "Code made as entry";
  if (entry.operation == operation::withdraw_proof) return "Proof made as entry";
  if (entry.operation == operation::revoke_move_invitation || entry.operation == operation::move_invitation_opened)
    return "Invitation made as entry";
  return entry.operation == operation::withdraw_rectification ? "Request filed as entry" : "Registration";
}

std::string_view office_name(rules::Profile const& profile, std::string_view id) {
  rules::Office const* const office = profile.office(id);
  return office != nullptr ? office->name : id;
}

std::string_view purpose_label(std::string_view id) {
  rules::Purpose const* const purpose = rules::purpose_named(id);
  return purpose != nullptr ? purpose->label : id;
}

std::string_view in_words(base::Error const& error) {
  switch (error.code) {
    case base::errc::key_reused:
      return "You sent this form before, with something else in it. If you want to send it as it is now, send it once "
             "more.";
    case base::errc::busy:
      return "Many people are here at the moment. Nothing was changed: try again in a few seconds.";
    case base::errc::out_of_space:
      return "The register has no room left to write. Nothing was changed: try again later.";
    case base::errc::unavailable:
    case base::errc::corrupted:
      return "A part of the register does not work. Nothing was changed: tell the office that runs it, and try again "
             "later.";
    default: return error.detail;
  }
}

}  // namespace abode::pages
