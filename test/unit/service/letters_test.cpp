// Letters with a code that confirm an address: what they confirm, for whom, and what an attacker gets of one.
#include "service/letters.hpp"

#include <gtest/gtest.h>

#include "service/contact.hpp"
#include "service/erasure.hpp"
#include "service/personal_copy.hpp"
#include "service/retention.hpp"
#include "support/faulty_store.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using ports::Delivery;
using rules::Assurance;
using test::address;
using test::must;
using test::noon;

constexpr std::chrono::seconds second{1};

LetterCode typed(std::string const& code) {
  return must(parse_letter_code(code));
}

class AddressLetters : public ::testing::Test {
 protected:
  AddressLetters() { must(world.act(anna, home)); }

  base::result<AskedLetter> ask(Actor const& actor, rules::RegistrationId const& id,
                                std::optional<RequestKey> const& key = {}, Delivery delivery = Delivery::post) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return ask_for_letter(world.context, t, actor, id, delivery, key);
    });
  }
  base::result<Receipt> withdraw(std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return withdraw_letter(world.context, t, anna, home.id, key); });
  }
  base::result<TypedLetterCode> type(Actor const& actor, rules::RegistrationId const& id, std::string const& code,
                                     std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return type_letter_code(world.context, t, actor, id, typed(code), key);
    });
  }
  base::result<std::optional<LetterStanding>> look(Actor const& actor, rules::RegistrationId const& id) {
    return test::read(*world.store, [&](ports::Snapshot& s) { return letter_standing(world.context, s, actor, id); });
  }
  std::optional<LetterStanding> standing() { return must(look(anna, home.id)); }
  LetterState state() { return standing().value().state; }

  /// What the command makes of what waits, up to where its file would be written.
  std::vector<OpenedLetter> make(std::size_t limit = 100) {
    std::vector<MadeLetter> made;
    auto const commit = world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      made = must(make_letters(world.context, t, ports::RecordId{0}, 0, limit));
      return {};
    });
    EXPECT_TRUE(commit);
    std::vector<OpenedLetter> letters;
    for (MadeLetter const& one : made) letters.push_back(must(letter_of(world.context, one, *commit)));
    return letters;
  }
  void finish(std::vector<OpenedLetter> const& letters) {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      mark_printed(t, letters);
      return 0;
    }));
  }
  static AddressLetter const& content(OpenedLetter const& letter) {
    return letter.content.value().reveal(Disclosure::to_print);
  }
  /// Makes all letters that wait: their codes.
  std::vector<std::string> print() {
    auto const letters = make();
    finish(letters);
    std::vector<std::string> codes;
    for (OpenedLetter const& letter : letters)
      if (letter.content) codes.push_back(content(letter).code);
    return codes;
  }
  std::string printed_code() {
    must(ask(anna, home.id));
    return print().at(0);
  }
  Assurance assurance(rules::RegistrationId const& id) { return world.state(anna).residence.find(id)->assurance; }
  void expect_conflict(base::result<TypedLetterCode> const& outcome) {
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, errc::conflict);
    EXPECT_TRUE(outcome.error().detail.ends_with('.'));
  }
  std::vector<ports::LetterRow> rows(ports::HolderSession const& of) {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<ports::LetterRow>> {
      return s.letters(of.record());
    }));
  }
  std::vector<std::string> operations() {
    std::vector<std::string> all;
    for (Opened const& opened : world.opened_entries(anna)) all.push_back(opened.entry.operation);
    return all;
  }

  test::World world;
  ports::HolderSession anna = world.anna();
  rules::File home = world.file();
};

/// A code that is not this one.
std::string another(std::string code) {
  code[0] = code[0] == '7' ? '8' : '7';
  return code;
}

// What language a letter is in

TEST_F(AddressLetters, AreInTheLanguageOfTheContactThatIsInForce) {
  auto const language = [&] {
    must(ask(anna, home.id));
    std::string const made = content(make().at(0)).language;
    must(withdraw());
    return made;
  };
  auto const put = [&](std::string const& tag, std::uint64_t seq, bool waits) {
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      auto const until = waits ? std::optional{world.clock.now() + contact_code_life} : std::nullopt;
      t.put_contact(seal_contact(world.context, anna.record(), seq, t.key(anna.record()).value(),
                                 {{"anna@example.org", tag}, {}}, until));
      return 0;
    }));
  };
  world.profile.languages = {"tlh", "de", "ru"};
  EXPECT_EQ(language(), "de") << "the first of the profile that we write in";
  put("ka", 7, true);
  EXPECT_EQ(language(), "de") << "a contact that nobody has confirmed says nothing";
  put("hy", 5, false);
  EXPECT_EQ(language(), "hy");
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    auto row = t.contacts(anna.record()).front();
    row.sealed.back() ^= 1;
    t.put_contact(row);
    return 0;
  }));
  EXPECT_EQ(language(), "de") << "one that is damaged stops no letter";
}

// The way through

TEST_F(AddressLetters, CodeConfirmsTheAddressAndItsHolderSeesEachStep) {
  auto const asked = must(ask(anna, home.id));
  EXPECT_EQ(asked.letter.state, LetterState::asked);
  EXPECT_EQ(asked.letter.good_through, std::nullopt);
  auto const letters = make();
  ASSERT_EQ(letters.size(), 1u);
  AddressLetter const& letter = content(letters[0]);
  EXPECT_EQ(letter.names.family, "ERIKSSON");
  EXPECT_EQ(letter.address, home.address);
  EXPECT_EQ(letter.delivery, Delivery::post);
  EXPECT_EQ(letter.code.size(), letter_code_characters + 1) << "two groups of four";
  EXPECT_EQ(base::format_date(letter.good_through), "2026-12-21");
  EXPECT_EQ(letter.language, "en") << "the first that the profile offers: she named no contact";
  finish(letters);
  EXPECT_EQ(state(), LetterState::printed);
  EXPECT_EQ(standing()->good_through, letter.good_through);
  EXPECT_EQ(standing()->tries_left, max_letter_misses);

  auto const done = must(type(anna, home.id, letter.code));
  ASSERT_TRUE(done.confirmed);
  EXPECT_EQ(done.confirmed->registration->assurance, Assurance::code_confirmed);
  EXPECT_EQ(assurance(home.id), Assurance::code_confirmed);
  EXPECT_TRUE(rows(anna).empty()) << "a used code leaves nothing but its entry";
  auto const entries = world.opened_entries(anna);
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_EQ(entries[2].entry.operation, "letter-request");
  EXPECT_EQ(entries[2].entry.reference, home.id.value());
  EXPECT_EQ(entries[3].entry.operation, "letter");
  EXPECT_EQ(entries[3].entry.actor, "register");
  EXPECT_EQ(entries[3].entry.reference, "2");
  EXPECT_EQ(entries[3].entry.fields,
            (std::vector<std::string>{"family_name", "given_names", "main_address", "other_addresses"}));
  EXPECT_EQ(entries[4].entry.operation, "confirm-by-code");
  EXPECT_EQ(entries[4].entry.reference, home.id.value());
  EXPECT_EQ(entries[4].entry.fields, (std::vector<std::string>{"main_address", "main_since", "assurance"}));
}

TEST_F(AddressLetters, AreAskedForOncePerRequest) {
  auto const key = test::request_key("k");
  auto const first = must(ask(anna, home.id, key));
  auto const again = must(ask(anna, home.id, key));
  EXPECT_EQ(again.receipt.entry, first.receipt.entry);
  EXPECT_EQ(rows(anna).size(), 1u);
  auto const other = ask(anna, home.id, test::request_key("k", "another body"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, errc::key_reused);
}

TEST_F(AddressLetters, GoOneAtATimeToAnAddress) {
  must(ask(anna, home.id));
  EXPECT_EQ(ask(anna, home.id).error().code, errc::conflict);
  print();
  EXPECT_EQ(ask(anna, home.id).error().code, errc::conflict);
  rules::File const other = world.file(rules::Kind::secondary, "Other 2");
  must(world.act(anna, other));
  EXPECT_TRUE(ask(anna, other.id)) << "to another one of hers at the same time";
}

TEST_F(AddressLetters, FloodNoAddress) {
  for (std::size_t i = 0; i < max_kept_letters; ++i) {
    must(ask(anna, home.id));
    print();
    must(withdraw());
  }
  auto const one_more = ask(anna, home.id);
  ASSERT_FALSE(one_more);
  EXPECT_EQ(one_more.error().code, errc::conflict);
  world.clock.pass(ports::letter_afterlife);
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    keep_retention(world.context, t, 100);
    return 0;
  }));
  EXPECT_TRUE(ask(anna, home.id));
}

TEST_F(AddressLetters, AreTakenBack) {
  must(ask(anna, home.id));
  auto const key = test::request_key("k");
  auto const receipt = must(withdraw(key));
  EXPECT_EQ(must(withdraw(key)).entry, receipt.entry);
  EXPECT_TRUE(print().empty());
  EXPECT_EQ(withdraw().error().code, errc::conflict);
  std::string const code = printed_code();
  must(withdraw());
  EXPECT_EQ(state(), LetterState::over);
  expect_conflict(type(anna, home.id, code));
  EXPECT_EQ(operations().back(), "withdraw-letter-request");
}

TEST_F(AddressLetters, ForTheCounterAreMarkedSo) {
  must(ask(anna, home.id, {}, Delivery::counter));
  EXPECT_EQ(content(make().at(0)).delivery, Delivery::counter);
}

TEST_F(AddressLetters, ReachUnusualAddresses) {
  rules::File shelter = world.file(rules::Kind::secondary, "c/o Shelter, bed 12");
  shelter.address.lines = {"c/o Sheltër Nord", "Հյուրատուն", "no number"};
  must(world.act(anna, shelter));
  must(ask(anna, shelter.id));
  auto const letters = make();
  EXPECT_EQ(content(letters.at(0)).address, shelter.address);
  finish(letters);
  EXPECT_TRUE(must(type(anna, shelter.id, content(letters[0]).code)).confirmed);
}

TEST_F(AddressLetters, AreForActiveRegistrationsThatAreNotConfirmed) {
  EXPECT_EQ(ask(anna, rules::RegistrationId{"NOSUCH"}).error().code, errc::not_found);
  must(type(anna, home.id, printed_code()));
  EXPECT_EQ(ask(anna, home.id).error().code, errc::conflict) << "it is confirmed";
  rules::File const other = world.file(rules::Kind::secondary, "Other 2");
  must(world.act(anna, other));
  must(world.act(anna, rules::End{other.id, base::day_of(noon)}));
  EXPECT_EQ(ask(anna, other.id).error().code, errc::conflict) << "it has ended";
}

TEST_F(AddressLetters, AreOfferedByTheProfile) {
  std::erase_if(world.profile.evidence, [](auto const& rule) { return rule.id == rules::mailed_code; });
  EXPECT_EQ(ask(anna, home.id).error().code, errc::conflict);
  auto const made = test::write(
      *world.store, [&](ports::Transaction& t) { return make_letters(world.context, t, ports::RecordId{0}, 0, 10); });
  EXPECT_EQ(made.error().code, errc::conflict);
}

// Crash between making and writing

TEST_F(AddressLetters, HaveNoCodeBeforeTheirFileIsWhole) {
  must(ask(anna, home.id));
  std::string const lost = content(make().at(0)).code;  // and the file was never written
  EXPECT_EQ(state(), LetterState::asked);
  expect_conflict(type(anna, home.id, lost));
  EXPECT_EQ(standing()->tries_left, max_letter_misses) << "which is no wrong code";
  std::string const code = print().at(0);
  EXPECT_NE(code, lost);
  EXPECT_FALSE(must(type(anna, home.id, lost)).confirmed);
  EXPECT_TRUE(must(type(anna, home.id, code)).confirmed);
}

TEST_F(AddressLetters, AreOpenedAfterTheirMakingIsDurable) {
  must(ask(anna, home.id));
  std::vector<MadeLetter> made;
  auto const other = world.store->write_and_wait([](ports::Transaction&) -> base::result<void> { return {}; });
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    made = must(make_letters(world.context, t, ports::RecordId{0}, 0, 10));
    return 0;
  }));
  auto const opened = letter_of(world.context, made.at(0), *other);
  ASSERT_FALSE(opened) << "by a commit that holds no access";
  EXPECT_EQ(opened.error().code, errc::forbidden);
}

TEST_F(AddressLetters, ThatWereTakenBackWhileTheyWerePrintedStaySo) {
  must(ask(anna, home.id));
  auto const letters = make();
  must(withdraw());
  finish(letters);
  EXPECT_FALSE(standing());
  expect_conflict(type(anna, home.id, content(letters[0]).code));
}

TEST_F(AddressLetters, AreMarkedAsPrintedOnce) {
  must(ask(anna, home.id));
  auto const earlier = make();
  auto const later = make();
  finish(later);
  must(type(anna, home.id, another(content(later[0]).code)));
  for (auto const& again : {earlier, later}) finish(again);
  EXPECT_EQ(standing()->tries_left, max_letter_misses - 1) << "tries do not come back";
  EXPECT_FALSE(must(type(anna, home.id, content(earlier[0]).code)).confirmed);
  EXPECT_TRUE(must(type(anna, home.id, content(later[0]).code)).confirmed);
}

TEST_F(AddressLetters, AreMadeInPages) {
  std::vector<rules::RegistrationId> ids{home.id};
  for (char const* line : {"Two 2", "Three 3"}) {
    rules::File const more = world.file(rules::Kind::secondary, line);
    must(world.act(anna, more));
    ids.push_back(more.id);
  }
  for (auto const& id : ids) must(ask(anna, id));
  EXPECT_EQ(make(2).size(), 2u);
  finish(make(2));
  EXPECT_EQ(make(2).size(), 1u);
}

// Intercepted letter

TEST_F(AddressLetters, InterceptedLetterGivesNothingWithoutASessionOfItsRecord) {
  std::string const code = printed_code();
  auto const peter = world.peter();
  rules::File const peters = world.file(rules::Kind::main, "Invalidenstr. 1");
  must(world.act(peter, peters));
  EXPECT_EQ(type(peter, home.id, code).error().code, errc::not_found) << "another's registration";
  expect_conflict(type(peter, peters.id, code));
  must(ask(peter, peters.id));
  print();
  EXPECT_FALSE(must(type(peter, peters.id, code)).confirmed) << "the same address, another person";
  EXPECT_TRUE(must(type(anna, home.id, code)).confirmed);
}

TEST_F(AddressLetters, CodeOfAnotherRegistrationOfTheSamePersonConfirmsNothing) {
  rules::File const other = world.file(rules::Kind::secondary, "Invalidenstr. 1");
  must(world.act(anna, other));
  must(ask(anna, home.id));
  must(ask(anna, other.id));
  auto const codes = print();
  EXPECT_FALSE(must(type(anna, other.id, codes.at(0))).confirmed);
  EXPECT_TRUE(must(type(anna, other.id, codes.at(1))).confirmed);
  EXPECT_EQ(assurance(home.id), Assurance::declared);
}

// Guessing

TEST_F(AddressLetters, FiveWrongCodesMakeALetterVoidAndEachIsInTheHistory) {
  std::string const code = printed_code();
  for (std::uint64_t left = max_letter_misses; left > 0; --left)
    EXPECT_EQ(must(type(anna, home.id, another(code))).tries_left, left - 1);
  EXPECT_EQ(state(), LetterState::spent);
  expect_conflict(type(anna, home.id, code));
  EXPECT_EQ(assurance(home.id), Assurance::declared);
  auto const all = operations();
  EXPECT_EQ(std::count(all.begin(), all.end(), "wrong-letter-code"), 5);
  must(ask(anna, home.id));
  EXPECT_TRUE(must(type(anna, home.id, print().at(0))).confirmed) << "a new letter is a new chance";
}

TEST_F(AddressLetters, FourWrongCodesDoNot) {
  std::string const code = printed_code();
  for (int i = 0; i < 4; ++i) must(type(anna, home.id, another(code)));
  EXPECT_TRUE(must(type(anna, home.id, code)).confirmed);
}

TEST_F(AddressLetters, AWrongCodeThatIsSentTwiceCountsOnce) {
  std::string const code = printed_code();
  auto const key = test::request_key("k");
  EXPECT_EQ(must(type(anna, home.id, another(code), key)).tries_left, 4u);
  EXPECT_EQ(must(type(anna, home.id, another(code), key)).tries_left, 4u);
  EXPECT_EQ(rows(anna).at(0).misses, 1u);
}

TEST_F(AddressLetters, WhatIsNoCodeAtAllIsNotCounted) {
  for (char const* text : {"", "7K2P", "7K2P-DXQ0-1", "7K2P-DXQU"}) {
    auto const parsed = parse_letter_code(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, errc::invalid);
    EXPECT_EQ(parsed.error().field, "code");
  }
  EXPECT_EQ(typed("7k2p dxqo"), typed("7K2P-DXQ0")) << "as people type";
}

// Reuse

TEST_F(AddressLetters, CodeIsGoodOnceAndTheRequestThatUsedItMayComeAgain) {
  std::string const code = printed_code();
  auto const key = test::request_key("k");
  auto const first = must(type(anna, home.id, code, key));
  auto const again = must(type(anna, home.id, code, key));
  EXPECT_EQ(again.confirmed.value().receipt.entry, first.confirmed.value().receipt.entry);
  expect_conflict(type(anna, home.id, code));
  must(world.act(anna, rules::Correct{home.id, address("Invalidenstr. 1a"), {}}));
  expect_conflict(type(anna, home.id, code));
}

// Time

struct Day {
  char const* printed;
  char const* last_moment;
};

TEST_F(AddressLetters, CodeIsGoodThroughTheDayThatIsPrintedWhereverItsReaderIs) {
  // Over both changes of the clocks of 2027 in Europe (28 March, 31 October), and in the first second of a day.
  for (Day const& day :
       {Day{"2027-03-01T00:00:00Z", "2027-04-01T11:59:59Z"}, Day{"2027-10-15T23:59:59Z", "2027-11-15T11:59:59Z"}}) {
    rules::File const place = world.file(rules::Kind::secondary, std::string{day.printed});
    world.clock.set(base::parse_time(day.printed).value());
    must(world.act(anna, place));
    must(ask(anna, place.id));
    std::string const code = print().at(0);
    base::Time const last = base::parse_time(day.last_moment).value();
    world.clock.set(last + second);
    EXPECT_EQ(must(look(anna, place.id)).value().state, LetterState::over);
    expect_conflict(type(anna, place.id, code));
    EXPECT_EQ(assurance(place.id), Assurance::declared) << "and nothing else has changed";
    world.clock.set(last);
    EXPECT_TRUE(must(type(anna, place.id, code)).confirmed);
  }
}

TEST_F(AddressLetters, ThatNobodyPrintsAreNotWantedForever) {
  must(ask(anna, home.id));
  world.clock.pass(letter_wish_life);
  EXPECT_EQ(state(), LetterState::over);
  EXPECT_TRUE(make().empty());
  EXPECT_TRUE(ask(anna, home.id)) << "and she may ask again";
}

TEST_F(AddressLetters, ThatNeverComeHaveNoConsequenceG2) {
  RecordState const before = world.state(anna);
  printed_code();
  world.clock.pass(std::chrono::days{400});
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    keep_retention(world.context, t, 100);
    return 0;
  }));
  EXPECT_TRUE(rows(anna).empty());
  EXPECT_EQ(world.state(anna), before);
}

// What happens to the address while the letter is on its way

TEST_F(AddressLetters, CodeDoesNotConfirmAnAddressThatWasCorrectedSince) {
  std::string const code = printed_code();
  must(world.act(anna, rules::Correct{home.id, address("Elsewhere 9"), {}}));
  EXPECT_EQ(state(), LetterState::elsewhere);
  expect_conflict(type(anna, home.id, code));
  EXPECT_EQ(assurance(home.id), Assurance::declared);
  EXPECT_EQ(rows(anna).at(0).misses, 0u);
  must(world.act(anna, rules::Undo{home.id}));
  EXPECT_TRUE(must(type(anna, home.id, code)).confirmed) << "it is the address of the letter again";
}

TEST_F(AddressLetters, ToAnotherAddressMayBeAskedForAtOnce) {
  std::string const old_code = printed_code();
  must(world.act(anna, rules::Correct{home.id, address("Elsewhere 9"), {}}));
  must(ask(anna, home.id));
  std::string const code = print().at(0);
  EXPECT_FALSE(must(type(anna, home.id, old_code)).confirmed);
  EXPECT_TRUE(must(type(anna, home.id, code)).confirmed);
}

TEST_F(AddressLetters, GoToTheAddressAsItIsWhenTheyArePrinted) {
  must(ask(anna, home.id));
  must(world.act(anna, rules::Correct{home.id, address("Invalidenstr. 1a"), {}}));
  auto const letters = make();
  EXPECT_EQ(content(letters.at(0)).address, address("Invalidenstr. 1a"));
  finish(letters);
  EXPECT_TRUE(must(type(anna, home.id, content(letters[0]).code)).confirmed);
}

TEST_F(AddressLetters, CodeConfirmsNothingAfterAMoveOrAnEnd) {
  std::string const code = printed_code();
  rules::RegistrationId const next = new_registration_id(world.random);
  must(world.act(anna, rules::Move{home.id, next, address("Sonnenallee 2"), base::day_of(noon)}));
  expect_conflict(type(anna, home.id, code));
  expect_conflict(type(anna, next, code));
  EXPECT_EQ(assurance(next), Assurance::declared);
  EXPECT_EQ(assurance(home.id), Assurance::declared);
}

TEST_F(AddressLetters, ThatHaveNothingToConfirmAnyMoreAreNotPrinted) {
  must(ask(anna, home.id));
  must(world.act(anna, rules::End{home.id, base::day_of(noon)}));
  auto const letters = make();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_FALSE(letters[0].content);
  finish(letters);
  EXPECT_TRUE(rows(anna).empty());
}

// Others

TEST_F(AddressLetters, OfAGuardianGoForWhatTheyFiledAndTheChildIsTold) {
  auto const guardian = world.guardian("anna-eriksson");
  Actor const actor{guardian};
  auto const notices = [&, emma = world.emma()] {
    return must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::size_t> {
      return s.notices(emma.record(), 1'000'000, 1000).size();
    }));
  };
  std::size_t const before = notices();
  rules::File const filed = world.file(rules::Kind::main, "Kita 1");
  must(world.act(actor, filed));
  must(ask(actor, filed.id));
  auto const letters = make();
  EXPECT_EQ(content(letters.at(0)).names.given, "EMMA") << "the child's name is on it";
  finish(letters);
  EXPECT_EQ(look(Actor{world.guardian("peter-stevenson")}, filed.id).error().code, errc::not_found);
  EXPECT_EQ(ask(Actor{world.guardian("peter-stevenson")}, filed.id).error().code, errc::not_found);
  EXPECT_TRUE(must(type(actor, filed.id, content(letters[0]).code)).confirmed);
  EXPECT_EQ(notices() - before, 3u) << "the filing, the asking and the confirming";
}

TEST_F(AddressLetters, AreNotAskedForOnceTheRecordIsToBeErasedAndGoWithIt) {
  must(ask(anna, home.id));
  must(world.act(anna, rules::End{home.id, base::day_of(noon)}));
  must(test::write(*world.store, [&](ports::Transaction& t) { return request_erasure(world.context, t, anna, {}); }));
  EXPECT_FALSE(ask(anna, home.id));
  EXPECT_FALSE(type(anna, home.id, "7K2PDXQ0"));
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    t.erase(anna.record(), noon);
    return 0;
  }));
  EXPECT_TRUE(rows(anna).empty());
}

TEST_F(AddressLetters, TheCodeItselfIsStoredNowhereInTheClear) {
  std::string code = printed_code();
  std::erase(code, '-');
  ports::LetterRow const row = rows(anna).at(0);
  EXPECT_EQ(row.code_tag, world.sealer->letter_code_tag(*row.place_tag, typed(code)));
  ports::LetterRow other = row;
  other.code_tag = world.sealer->letter_code_tag(base::Hash{}, typed(code));
  EXPECT_NE(row.code_tag, other.code_tag) << "bound to its place";
}

// My landlord refuses

TEST_F(AddressLetters, ALandlordsRefusalIsAnEntryAndChangesNothing) {
  RecordState const before = world.state(anna);
  auto const note = [&](Actor const& actor, rules::RegistrationId const& id,
                        std::optional<RequestKey> const& key = {}) {
    return test::write(
        *world.store, [&](ports::Transaction& t) { return record_landlord_refusal(world.context, t, actor, id, key); });
  };
  auto const key = test::request_key("k");
  auto const first = must(note(anna, home.id, key));
  EXPECT_EQ(first.filed_at, noon);
  EXPECT_EQ(must(note(anna, home.id, key)).entry, first.entry);
  EXPECT_EQ(must(note(anna, home.id)).entry, first.entry + 1) << "as often as it happens";
  EXPECT_EQ(world.state(anna), before);
  auto const entries = world.opened_entries(anna);
  EXPECT_EQ(entries.back().entry.operation, "landlord-refused");
  EXPECT_EQ(entries.back().entry.reference, home.id.value());
  EXPECT_EQ(note(anna, rules::RegistrationId{"NOSUCH"}).error().code, errc::not_found);
  EXPECT_EQ(note(world.peter(), home.id).error().code, errc::not_found);
  must(world.act(anna, rules::End{home.id, base::day_of(noon)}));
  EXPECT_TRUE(note(anna, home.id)) << "also of a place that they left";
  must(test::write(*world.store, [&](ports::Transaction& t) { return request_erasure(world.context, t, anna, {}); }));
  EXPECT_EQ(note(anna, home.id).error().code, errc::conflict) << "nothing new once the record is to be erased";
}

}  // namespace
}  // namespace abode::service
