#include "service/letters.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "codec/cbor.hpp"
#include "codec/text.hpp"
#include "service/internal/contacts.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/sign_in.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using ports::LetterRow;

constexpr rules::FieldSet letter_fields{rules::Field::family_name, rules::Field::given_names,
                                        rules::Field::main_address, rules::Field::other_addresses};
/// A day is over everywhere on earth so long after it began in UTC.
constexpr std::chrono::hours day_and_night_everywhere{36};

base::Time end_of(base::Date last_day) {
  return std::chrono::sys_days{last_day} + day_and_night_everywhere;
}
base::Date last_day_of(LetterRow const& row) {
  return base::day_of(row.good_until - day_and_night_everywhere);
}

base::Hash place_tag(Context const& context, ports::RecordId record, rules::Registration const& registration) {
  codec::CborWriter out;
  out.text(registration.id.value());
  base::Bytes place = std::move(out).take();
  base::append(place, encode_address(registration.address));
  return context.sealer.letter_place_tag(record, place);
}

/// A letter, and what the entry of its asking tells.
struct Asked {
  LetterRow row;
  rules::RegistrationId registration;
  base::Time at;
};

base::result<Asked> asked_by(Context const& context, ports::Snapshot& snapshot, LetterRow const& row,
                             ports::WrappedKey const& key, ports::Grant const& grant) {
  auto const entry = snapshot.entry(row.record, row.seq);
  if (!entry) return fail(errc::corrupted, "The entry of a letter is missing. Tell the operator to run abode doctor.");
  auto const opened = open_entry(context, *entry, key, grant);
  if (!opened) return opened.error();
  return Asked{row, rules::RegistrationId{opened->entry.reference}, opened->entry.time};
}

/// The last one that was asked for at this registration.
base::result<std::optional<Asked>> last_letter(Context const& context, ports::Snapshot& snapshot,
                                               ports::WrappedKey const& key, ports::Grant const& grant,
                                               rules::RegistrationId const& id) {
  auto const rows = snapshot.letters(grant.record());
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    auto asked = asked_by(context, snapshot, *row, key, grant);
    if (!asked) return asked.error();
    if (asked->registration == id) return std::optional{std::move(*asked)};
  }
  return std::optional<Asked>{};
}

LetterState state_of(Context const& context, LetterRow const& row, rules::Registration const& registration) {
  bool const over = context.clock.now() >= row.good_until;
  if (!row.code_tag) return over ? LetterState::over : LetterState::asked;
  if (over) return LetterState::over;
  if (row.place_tag != place_tag(context, row.record, registration)) return LetterState::elsewhere;
  return row.misses >= max_letter_misses ? LetterState::spent : LetterState::printed;
}

std::uint64_t tries_left(LetterRow const& row) {
  return max_letter_misses - std::min(row.misses, max_letter_misses);
}

LetterStanding standing_of(Context const& context, Asked const& letter, rules::Registration const& registration) {
  LetterStanding standing{
      letter.row.delivery, letter.at, state_of(context, letter.row, registration), {}, tries_left(letter.row)};
  if (letter.row.code_tag && standing.state != LetterState::over) standing.good_through = last_day_of(letter.row);
  return standing;
}

/// The registration, ended or not, if it is the actor's to see.
base::result<rules::Registration> find(OpenRecord const& record, Actor const& actor, rules::RegistrationId const& id) {
  rules::Registration const* const found = record.state.reveal(Disclosure::to_rules).residence.find(id);
  if (found == nullptr || (actor.is_guardian() && found->filed_by != actor.guardianship()))
    return fail(errc::not_found, "There is no such registration. Look it up in your list and try again.");
  return *found;
}

/// A registration with an address to confirm. A record that is to be erased has none: all have ended.
base::result<rules::Registration> find_to_confirm(Context const& context, OpenRecord const& record, Actor const& actor,
                                                  rules::RegistrationId const& id) {
  if (auto const offered = rules::check_letters(context.profile()); !offered) return offered.error();
  auto const found =
      rules::find_to_confirm(record.state.reveal(Disclosure::to_rules).residence, id, actor.guardianship());
  if (!found) return found.error();
  return **found;
}

base::result<Receipt> append(Context const& context, ports::Transaction& transaction, OpenRecord& record,
                             Actor const& actor, char const* operation, rules::RegistrationId const& id,
                             std::optional<RequestKey> const& request) {
  internal::RecordAndKey known{record.row, record.key};
  return internal::append_code_entry(context, transaction, known, actor, operation, id.value(), {},
                                     filing_time(context, known.row), request);
}

/// What stands in the way of one more letter to this registration.
base::result<void> check_room(Context const& context, ports::Snapshot& snapshot, std::optional<Asked> const& last,
                              rules::Registration const& registration, ports::RecordId record) {
  if (last) {
    LetterState const state = state_of(context, last->row, registration);
    if (state == LetterState::asked || state == LetterState::printed)
      return fail(errc::conflict,
                  "A letter to this address was asked for already. Wait for it, or take it back and ask again.");
  }
  if (snapshot.letters(record).size() >= max_kept_letters)
    return fail(errc::conflict,
                "You asked for 5 letters in a short time. Wait until the oldest is a week past its end.");
  return {};
}

base::Error no_code_is_good(LetterState state) {
  switch (state) {
    case LetterState::asked:
      return fail(errc::conflict, "The letter to this address is not printed yet, so it has no code.");
    case LetterState::spent:
      return fail(errc::conflict,
                  "Five wrong codes were typed, so the code of this letter is void. Ask for a new one.");
    case LetterState::elsewhere:
      return fail(errc::conflict,
                  "The letter went to the address as it was before you changed it. Ask for a new one to this address.");
    case LetterState::over:
    case LetterState::printed: break;
  }
  return fail(errc::conflict, "The code of this letter is no longer good. Ask for a new letter.");
}

/// One that does not open is none: doctor tells of it.
std::string language_of(Context const& context, MadeLetter const& made, ports::Grant const& grant) {
  if (made.contact) {
    auto const contact = internal::open_contact(context, *made.contact, made.key, grant);
    if (contact && identity::is_language(contact->contact.language)) return contact->contact.language;
  }
  return default_language(context.profile());
}

base::result<MadeLetter> make(Context const& context, ports::Transaction& transaction, LetterRow const& letter) {
  auto known = internal::load(transaction, letter.record);
  if (!known) return known.error();
  auto asking = transaction.entry(letter.record, letter.seq);
  if (!asking) return fail(errc::corrupted, "The entry of a letter is missing. Tell the operator to run abode doctor.");
  Draft const draft{"register", {}, {}, std::to_string(letter.seq), operation::make_letter, letter_fields};
  auto const receipt = append_entry(context, transaction, known->row, known->key, draft, known->row.state_tag,
                                    filing_time(context, known->row), EntryKind::access);
  if (!receipt) return receipt.error();
  transaction.update_record(known->row);
  auto contact = internal::contact_rows(transaction, letter.record, context.clock.now()).in_force;
  return MadeLetter{letter,     std::move(*asking), std::move(contact),
                    known->row, known->key,         LetterCode{codec::to_crockford(context.random.bytes<5>())}};
}

}  // namespace

base::result<LetterCode> parse_letter_code(std::string_view typed) {
  auto normal = codec::normal_crockford(typed);
  if (!normal) return fail(errc::invalid, normal.error().detail, "code");
  if (normal->size() != letter_code_characters)
    return fail(errc::invalid, "The code of a letter has 8 characters. Type them as they stand in the letter.", "code");
  return LetterCode{std::move(*normal)};
}

std::string_view name_of(ports::Delivery delivery) {
  return delivery == ports::Delivery::counter ? "counter" : "post";
}

std::optional<ports::Delivery> delivery_named(std::string_view name) {
  for (ports::Delivery delivery : {ports::Delivery::post, ports::Delivery::counter})
    if (name == name_of(delivery)) return delivery;
  return std::nullopt;
}

std::string_view name_of(LetterState state) {
  switch (state) {
    case LetterState::asked: return "asked";
    case LetterState::printed: return "printed";
    case LetterState::spent: return "spent";
    case LetterState::over: return "over";
    case LetterState::elsewhere: return "elsewhere";
  }
  base::fatal("a state of a letter without a name");
}

base::result<AskedLetter> ask_for_letter(Context const& context, ports::Transaction& transaction, Actor const& actor,
                                         rules::RegistrationId const& id, ports::Delivery delivery,
                                         std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  auto const last = last_letter(context, transaction, record->key, actor.grant(), id);
  if (!last) return last.error();
  if (*before) {
    auto const registration = find(*record, actor, id);
    if (!registration) return registration.error();
    if (!*last) return fail(errc::not_found, "This letter is gone. Ask for a new one.");
    return AskedLetter{receipt_of(**before), standing_of(context, **last, *registration)};
  }
  auto const registration = find_to_confirm(context, *record, actor, id);
  if (!registration) return registration.error();
  if (auto const room = check_room(context, transaction, *last, *registration, actor.record()); !room)
    return room.error();
  auto const receipt = append(context, transaction, *record, actor, operation::ask_for_letter, id, request);
  if (!receipt) return receipt.error();
  LetterRow const row{actor.record(), receipt->entry, delivery, context.clock.now() + letter_wish_life};
  transaction.put_letter(row);
  return AskedLetter{*receipt, standing_of(context, {row, id, receipt->filed_at}, *registration)};
}

base::result<Receipt> withdraw_letter(Context const& context, ports::Transaction& transaction, Actor const& actor,
                                      rules::RegistrationId const& id, std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return receipt_of(**before);
  auto const registration = find(*record, actor, id);
  if (!registration) return registration.error();
  auto const last = last_letter(context, transaction, record->key, actor.grant(), id);
  if (!last) return last.error();
  if (!*last || state_of(context, (*last)->row, *registration) == LetterState::over)
    return fail(errc::conflict, "No letter to this address is asked for, so there is nothing to take back.");
  LetterRow row = (*last)->row;
  if (row.code_tag) {
    row.good_until = context.clock.now();  // it was posted: it still counts as one of a few
    transaction.put_letter(row);
  } else {
    transaction.remove_letter(row.record, row.seq);
  }
  return append(context, transaction, *record, actor, operation::withdraw_letter, id, request);
}

base::result<std::optional<LetterStanding>> letter_standing(Context const& context, ports::Snapshot& snapshot,
                                                            Actor const& actor, rules::RegistrationId const& id) {
  auto const record = open_record(context, snapshot, actor);
  if (!record) return record.error();
  auto const registration = find(*record, actor, id);
  if (!registration) return registration.error();
  auto const last = last_letter(context, snapshot, record->key, actor.grant(), id);
  if (!last) return last.error();
  if (!*last) return std::optional<LetterStanding>{};
  return std::optional{standing_of(context, **last, *registration)};
}

base::result<TypedLetterCode> type_letter_code(Context const& context, ports::Transaction& transaction,
                                               Actor const& actor, rules::RegistrationId const& id,
                                               LetterCode const& code, std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  auto const last = last_letter(context, transaction, record->key, actor.grant(), id);
  if (!last) return last.error();
  auto const confirm = [&]() -> base::result<TypedLetterCode> {
    auto acted = act(context, transaction, actor, rules::ConfirmByCode{id}, request);
    if (!acted) return acted.error();
    return TypedLetterCode{std::move(*acted)};
  };
  if (*before && (*before)->entry.operation == operation::wrong_letter_code)
    return TypedLetterCode{{}, *last ? tries_left((*last)->row) : 0};
  if (*before) return confirm();  // answers again

  auto const registration = find_to_confirm(context, *record, actor, id);
  if (!registration) return registration.error();
  if (!*last) return fail(errc::conflict, "No letter to this address is asked for. Ask for one first.");
  LetterRow row = (*last)->row;
  if (LetterState const state = state_of(context, row, *registration); state != LetterState::printed)
    return no_code_is_good(state);
  if (row.code_tag == context.sealer.letter_code_tag(*row.place_tag, code)) {
    transaction.remove_letter(row.record, row.seq);
    return confirm();
  }
  ++row.misses;
  transaction.put_letter(row);
  auto const receipt = append(context, transaction, *record, actor, operation::wrong_letter_code, id, request);
  if (!receipt) return receipt.error();
  return TypedLetterCode{{}, tries_left(row)};
}

base::Error wrong_letter_code(std::uint64_t left) {
  if (left == 0)
    return fail(errc::invalid, "This is not the code, for the fifth time. The letter is void now: ask for a new one.",
                "code");
  return fail(errc::invalid,
              "This is not the code of the letter to this address. Compare it with the letter. You can try " +
                  std::to_string(left) + (left == 1 ? " more time." : " more times."),
              "code");
}

base::result<std::vector<MadeLetter>> make_letters(Context const& context, ports::Transaction& transaction,
                                                   ports::RecordId after, std::uint64_t after_seq, std::size_t limit) {
  if (auto const offered = rules::check_letters(context.profile()); !offered) return offered.error();
  std::vector<MadeLetter> all;
  while (all.size() < limit) {
    auto const page = transaction.letters_to_make(after, after_seq, limit - all.size());
    if (page.empty()) break;
    after = page.back().record;
    after_seq = page.back().seq;
    for (LetterRow const& letter : page) {
      if (context.clock.now() >= letter.good_until) continue;  // no longer wanted, and not swept yet
      auto made = make(context, transaction, letter);
      if (!made) return made.error();
      all.push_back(std::move(*made));
    }
  }
  return all;
}

base::result<OpenedLetter> letter_of(Context const& context, MadeLetter const& made, ports::Commit const& commit) {
  auto const grant = ports::Grant::for_access(commit, made.row.id);
  if (!grant) return grant.error();
  auto const asking = open_entry(context, made.asking, made.key, *grant);
  if (!asking) return asking.error();
  auto const opened = open_state(context, made.row, made.key, *grant);
  if (!opened) return opened.error();
  RecordState const& state = opened->reveal(Disclosure::to_print);
  auto const* const found = state.residence.find(rules::RegistrationId{asking->entry.reference});
  OpenedLetter letter{made.letter, {}};
  if (found == nullptr || !found->active() || found->assurance != rules::Assurance::declared) return letter;
  if (!state.identity)
    return fail(errc::corrupted, "A record with a registration has no name. Tell the operator to run abode doctor.");
  base::Date const good_through{std::chrono::sys_days{base::day_of(context.clock.now())} + letter_life};
  letter.letter.good_until = end_of(good_through);
  letter.letter.place_tag = place_tag(context, made.row.id, *found);
  letter.letter.code_tag = context.sealer.letter_code_tag(*letter.letter.place_tag, made.code);
  letter.content.emplace(AddressLetter{state.identity->names, found->address, made.letter.delivery,
                                       codec::in_groups_of_four(made.code.reveal(Disclosure::to_print)), good_through,
                                       language_of(context, made, *grant)});
  return letter;
}

void mark_printed(ports::Transaction& transaction, std::span<OpenedLetter const> letters) {
  for (OpenedLetter const& letter : letters) {
    auto const rows = transaction.letters(letter.letter.record);
    bool const waits = std::any_of(rows.begin(), rows.end(),
                                   [&](LetterRow const& row) { return row.seq == letter.letter.seq && !row.code_tag; });
    if (!waits) continue;
    if (letter.content)
      transaction.put_letter(letter.letter);
    else
      transaction.remove_letter(letter.letter.record, letter.letter.seq);
  }
}

}  // namespace abode::service
