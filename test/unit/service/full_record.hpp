// A record that holds something of everything that the register can hold about a person.
#pragma once

#include "service/contact.hpp"
#include "service/joint_moves.hpp"
#include "service/journal.hpp"
#include "service/letters.hpp"
#include "service/printed_codes.hpp"
#include "service/proofs.hpp"
#include "service/rectification.hpp"
#include "service/sessions.hpp"
#include "support/world.hpp"
#include "unit/service/passkeys.hpp"

namespace abode::test {

/// A card with its number, as if a list had named it; its code was used, and a wrong one tried since.
inline void give_card(World& world, ports::HolderSession const& session) {
  must(write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    auto record = must(service::open_record(world.context, t, session.grant()));
    service::RecordState& state = record.state.reveal(base::Disclosure::to_rules);
    base::Hash const before = record.row.state_tag;
    state.card = "C000172A";
    service::seal_state(world.context, record.row, record.key, state);
    base::Time const now = world.clock.now();
    must(service::append_entry(world.context, t, record.row, record.key,
                               {"register", {}, {}, {}, service::operation::enrol, {}}, before, now,
                               service::EntryKind::write));
    t.update_record(record.row);
    base::Hash const tag = world.sealer->card_tag(base::Secret<std::string>{*state.card});
    t.put_card({.card_tag = tag,
                .record = session.record(),
                .code_tag = base::Hash{1},
                .issued = true,
                .used_by = base::Hash{2},
                .used_at = now,
                .misses = 1,
                .missed_at = now,
                .good_from = now});
    return 0;
  }));
}

/// An e-mail address as if a list had named it, and another that waits to be confirmed, with mails for both.
inline void give_contacts(World& world, ports::HolderSession const& session) {
  must(write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    auto const key = t.key(session.record()).value();
    t.put_contact(service::seal_contact(world.context, session.record(), 0, key, {{"anna@example.org", "de"}, {}}));
    service::Context sending = world.context;
    sending.mails = service::MailPolicy{std::chrono::seconds{60}};
    must(service::name_contact(sending, t, session, {"anna@example.net", "uz-Cyrl"}, {}));
    return 0;
  }));
}

/// A passkey that was used, and one that is being removed. A session that began with the first.
inline ports::HolderSession make_passkeys(World& world, ports::HolderSession const& session) {
  Authenticator phone;
  Authenticator laptop;
  must(add_passkey(world, session, phone));
  must(add_passkey(world, session, laptop));
  must(write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    ports::PasskeyRow removed = t.passkeys(session.record())[1];
    removed.good_until = world.clock.now() + service::credential_hold;
    t.put_passkey(removed);
    return 0;
  }));
  return prove(world, must(sign_in_with(world, phone)));
}

/// A sheet with a used code, made after a sign-in with a passkey, and one that waits to take its place.
inline void make_sheets(World& world, ports::HolderSession const& session, ports::HolderSession const& by_passkey) {
  must(write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    must(service::make_sheet(world.context, t, by_passkey, {}));
    must(service::make_sheet(world.context, t, session, {}));
    ports::PrintedCodeRow used = t.printed_codes(session.record())[1];
    used.used_by = base::Hash{3};
    used.used_at = world.clock.now();
    t.put_printed_code(used);
    return 0;
  }));
}

/// Marks her last registration and act as a guardian's, and an open code as well: as if somebody had filed for her.
inline void be_filed_for(World& world, ports::HolderSession const& session) {
  ports::RecordId const guardian = world.peter().record();
  must(write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    base::GuardianshipId const id{"GVARD1ANSH1P0001"};
    auto record = must(service::open_record(world.context, t, session.grant()));
    service::RecordState& state = record.state.reveal(base::Disclosure::to_rules);
    base::Hash const before = record.row.state_tag;
    state.residence.registrations.back().filed_by = id;
    state.residence.undoable.back().by = id;
    service::seal_state(world.context, record.row, record.key, state);
    auto const made = must(service::append_entry(
        world.context, t, record.row, record.key,
        {"guardian:" + id.value(), {}, {}, state.residence.registrations.back().id.value(), "correct", {}}, before,
        world.clock.now(), service::EntryKind::write));
    std::string const code = "GVARD1ANS0";
    t.add_opening_code({ports::hash_of(ports::SessionToken{code}),
                        session.record(),
                        made.entry,
                        rules::FieldSet{rules::Field::given_names}.bits(),
                        world.clock.now() + std::chrono::minutes{15},
                        false,
                        world.sealer->seal(ports::Sealed::opening_code, session.record(), made.entry, record.key,
                                           base::as_bytes(code)),
                        {},
                        false,
                        id});
    t.update_record(record.row);
    t.add_guardianship({id, session.record(), guardian});
    return 0;
  }));
}

/// Fills Anna's record, at the time that the clock shows: a card, e-mail addresses, printed sheets, a move with its
/// ended registration, corrections, open and used codes, an official's read with its notice, a refused read, remembered
/// requests, what had to wait for a connection, a session.
inline void fill_record(World& world) {
  auto const anna = world.anna();
  give_card(world, anna);
  give_contacts(world, anna);
  make_sheets(world, anna, make_passkeys(world, anna));
  rules::File first = world.file();
  for (auto const& part : rules::address_parts) first.address.*part.member = std::string{part.name};
  must(world.act(anna, first, request_key("first")));
  must(world.act(anna, rules::Correct{first.id, address("Invalidenstr. 1a"), {}}));
  must(world.act(anna, rules::Move{first.id, service::new_registration_id(world.random), address("Sonnenallee 2"),
                                   base::day_of(world.clock.now())}));
  rules::File stay = world.file(rules::Kind::temporary, "Gasthof");
  stay.until = base::Date{std::chrono::sys_days{stay.since} + std::chrono::days{30}};
  must(world.act(anna, stay, {}, world.clock.now() - std::chrono::hours{5}));
  must(world.act(anna, rules::Confirm{stay.id}));
  be_filed_for(world, anna);
  must(write(*world.store, [&](ports::Transaction& t) {
    return service::make_move_invitation(world.context, t, anna, stay.id, {});
  }));
  must(write(*world.store, [&](ports::Transaction& t) {
    auto const main = world.state(anna).residence.main()->id;
    return service::ask_for_letter(world.context, t, anna, main, ports::Delivery::post, {});
  }));
  must(write(*world.store, [&](ports::Transaction& t) {
    return service::issue_proofs(
        world.context, t, anna,
        {.form = service::ProofForm::paper, .life = rules::ProofLife::lasting, .fields = rules::everything_provable},
        {});
  }));
  must(write(*world.store, [&](ports::Transaction& t) {
    return service::withdraw_proof(world.context, t, anna, t.proofs(anna.record())[0].seq, {});
  }));
  for (auto const& wish : {service::RectificationWish{rules::Field::given_names, "Anna-Maria", "hyphen"},
                           service::RectificationWish{rules::Field::birth_date, "1974-08-13", "slip"}})
    must(write(*world.store, [&](ports::Transaction& t) {
      return service::request_rectification(world.context, t, anna, wish, {});
    }));
  must(world.make_code(anna, {rules::Field::family_name}, std::chrono::minutes{15}));
  auto const used = must(world.make_code(anna, {rules::Field::family_name, rules::Field::main_address}));
  auto const request =
      must(service::check_opening_request(world.context.profile(), used.code.code->reveal(base::Disclosure::to_holder),
                                          "school-enrolment", "S-17", {rules::Field::family_name}));
  must(world.open("clerk-school", request, request_key("opening")));
  EXPECT_FALSE(world.open("clerk-civic", request));
  must(write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    service::open_session(world.context, t, anna.record(), ports::SignInProof::test_name);
    return 0;
  }));
}

}  // namespace abode::test
