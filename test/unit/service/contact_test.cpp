// Where a holder is told that something changed: named, confirmed, removed; and what each address learns of it. Named
// after the attacks where they are some.
#include "service/contact.hpp"

#include <gmock/gmock.h>

#include "codec/text.hpp"
#include "service/erasure.hpp"
#include "service/mailing.hpp"
#include "service/printed_codes.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using namespace std::chrono_literals;
using base::Disclosure;
using base::errc;
using ports::MailKind;
using test::must;
using testing::ElementsAre;

constexpr std::chrono::seconds wait{60};
identity::Contact const old_one{"old@example.org", "de"};
identity::Contact const new_one{"new@example.net", "tg"};

/// A mail that was sent: to whom, and its words apart from the code.
struct SentMail {
  std::string to;
  std::string language;
  MailKind kind;
  std::optional<std::string> code;
};

class ContactOfAHolder : public ::testing::Test {
 protected:
  ContactOfAHolder() {
    world.context.mails = MailPolicy{wait};
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
      t.put_contact(seal_contact(world.context, anna.record(), 0, t.key(anna.record()).value(), {old_one, {}}));
      return 0;
    }));
  }

  /// In a session that begins now.
  base::result<NamedContact> name(identity::Contact const& contact, std::optional<RequestKey> const& key = {}) {
    return name_in(world.anna(), contact, key);
  }
  base::result<NamedContact> name_in(ports::HolderSession const& session, identity::Contact const& contact,
                                     std::optional<RequestKey> const& key = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return name_contact(world.context, t, session, contact, key); });
  }
  base::result<Receipt> confirm(std::string const& code, std::optional<RequestKey> const& key = {}) {
    auto const session = world.anna();
    auto const parsed = must(parse_contact_code(code));
    std::optional<ConfirmAttempt> attempt;
    auto const commit = world.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      auto made = attempt_confirm_contact(world.context, t, session, parsed, key);
      if (!made) return made.error();
      attempt = std::move(*made);
      return {};
    });
    if (!commit) return commit.error();
    return complete_confirm_contact(*attempt, *commit);
  }
  base::result<Receipt> remove() {
    auto const session = world.anna();
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return remove_contact(world.context, t, session, {}); });
  }
  Contacts contacts() {
    return must(test::read(*world.store,
                           [&](ports::Snapshot& s) { return list_contacts(world.context, s, world.anna()); }))
        .reveal(Disclosure::to_holder);
  }
  /// Sends everything that is due once `after` has passed.
  std::vector<SentMail> send(std::chrono::seconds after = wait) {
    world.clock.pass(after);
    auto const due = must(test::read(*world.store, [&](ports::Snapshot& s) -> base::result<std::vector<DueMail>> {
      return due_mails(world.context, s, 100);
    }));
    std::vector<TriedMail> tried;
    std::vector<SentMail> sent;
    for (DueMail const& mail : due) {
      tried.push_back({mail.row, TriedMail::Outcome::over});
      if (auto const& contact = mail.contact.reveal(Disclosure::to_mail))
        sent.push_back({contact->contact.address, contact->contact.language, mail.row.kind, contact->code});
    }
    must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<std::size_t> {
      return settle_mails(world.context, t, tried);
    }));
    return sent;
  }
  static std::vector<std::string> receivers(std::vector<SentMail> const& mails) {
    std::vector<std::string> all;
    for (SentMail const& mail : mails) all.push_back(mail.to);
    return all;
  }
  std::string last_operation() { return world.opened_entries(world.anna()).back().entry.operation; }

  test::World world;
  ports::HolderSession anna = world.anna();
};

TEST_F(ContactOfAHolder, IsInForceOnceTheMailedCodeIsTyped) {
  auto const named = must(name(new_one));
  EXPECT_EQ(named.confirm_until, test::noon + contact_code_life);
  EXPECT_EQ(last_operation(), "contact");
  EXPECT_EQ(contacts().in_force, old_one);
  EXPECT_EQ(contacts().unconfirmed, (UnconfirmedContact{new_one, *named.confirm_until, 0}));

  auto const code_mail = send(0s);
  ASSERT_EQ(code_mail.size(), 1u) << "the code at once, the news after the others had time to join";
  EXPECT_EQ(code_mail[0].to, new_one.address);
  EXPECT_EQ(code_mail[0].language, "tg");
  EXPECT_EQ(code_mail[0].kind, MailKind::confirm);
  EXPECT_THAT(receivers(send()), ElementsAre(old_one.address));

  must(confirm(codec::in_groups_of_four(code_mail[0].code.value())));
  EXPECT_EQ(last_operation(), "confirm-contact");
  EXPECT_EQ(contacts().in_force, new_one);
  EXPECT_EQ(contacts().unconfirmed, std::nullopt);
  auto const told = send();
  EXPECT_THAT(receivers(told), ElementsAre(new_one.address, old_one.address));
  for (SentMail const& mail : told) EXPECT_EQ(mail.code, std::nullopt);
  EXPECT_EQ(confirm(*code_mail[0].code).error().code, errc::conflict) << "a code is good once";
  must(world.make_code(anna, {rules::Field::given_names}));
  EXPECT_TRUE(send().empty()) << "what she does herself is no notice";
}

// Attack: abusive old contact. What comes there is the same for every change, and ends with the change.
TEST_F(ContactOfAHolder, AnOldContactLearnsOnlyThatSomethingChanged) {
  must(name(new_one));
  auto const first = send();
  must(confirm(*first[0].code));
  auto const second = send();
  std::vector<SentMail> to_old;
  for (auto const& mails : {first, second})
    for (SentMail const& mail : mails)
      if (mail.to == old_one.address) to_old.push_back(mail);
  ASSERT_EQ(to_old.size(), 2u);
  for (SentMail const& mail : to_old) {
    EXPECT_NE(mail.kind, MailKind::confirm);
    EXPECT_EQ(mail.language, old_one.language) << "not even the new language";
    EXPECT_EQ(mail.code, std::nullopt);
  }
  must(name({"third@example.net", "en"}));
  for (SentMail const& mail : send()) EXPECT_NE(mail.to, old_one.address) << "it hears nothing more";
}

// Attack: follow-on takeover. Whoever has a session cannot have the owner's address removed unheard.
TEST_F(ContactOfAHolder, IsToldOfItsOwnRemoval) {
  must(remove());
  EXPECT_EQ(last_operation(), "remove-contact");
  EXPECT_EQ(contacts().in_force, std::nullopt);
  EXPECT_THAT(receivers(send()), ElementsAre(old_one.address));
  EXPECT_TRUE(send().empty());
  EXPECT_EQ(remove().error().code, errc::conflict);
}

// Attack: stolen session.
TEST_F(ContactOfAHolder, IsChangedInAFreshSessionOnly) {
  world.clock.pass(fresh_sign_in);
  EXPECT_EQ(name_in(anna, new_one).error().code, errc::stale_sign_in);
  EXPECT_EQ(contacts().unconfirmed, std::nullopt);
  EXPECT_TRUE(name(new_one)) << "in another one";
}

// Attack: guessing.
TEST_F(ContactOfAHolder, AnAddressIsDroppedAfterFiveWrongCodes) {
  must(name(new_one));
  std::string const code = send(0s).front().code.value();
  std::string const wrong = code == "00000000" ? "00000001" : "00000000";
  for (std::uint64_t i = 1; i < max_contact_misses; ++i) {
    auto const refused = confirm(wrong);
    EXPECT_EQ(refused.error().code, errc::invalid);
    EXPECT_EQ(refused.error().field, "code");
    EXPECT_EQ(contacts().unconfirmed->misses, i) << "counted, though it was refused";
  }
  EXPECT_EQ(confirm(wrong).error().code, errc::invalid);
  EXPECT_EQ(confirm(code).error().code, errc::conflict) << "the right one comes too late";
  EXPECT_EQ(contacts().in_force, old_one);
}

TEST_F(ContactOfAHolder, AMistypedAddressGoesByItself) {
  must(name(new_one));
  std::string const code = send(0s).front().code.value();
  world.clock.pass(contact_code_life - 1s);
  EXPECT_NE(contacts().unconfirmed, std::nullopt);
  world.clock.pass(1s);
  EXPECT_EQ(contacts().unconfirmed, std::nullopt) << "whether it was swept or not";
  EXPECT_EQ(confirm(code).error().code, errc::conflict);
  EXPECT_EQ(contacts().in_force, old_one);
}

TEST_F(ContactOfAHolder, AnotherAddressTakesThePlaceOfOneThatWaits) {
  must(name(new_one));
  std::string const code = send(0s).front().code.value();
  must(name({"third@example.net", "en"}));
  EXPECT_EQ(confirm(code).error().code, errc::invalid) << "the first one's code";
  must(confirm(send(0s).front().code.value()));
  EXPECT_EQ(contacts().in_force->address, "third@example.net");
}

TEST_F(ContactOfAHolder, ALanguageIsChangedAtOnce) {
  identity::Contact const in_tajik{old_one.address, "tg"};
  EXPECT_EQ(must(name(in_tajik)).confirm_until, std::nullopt);
  EXPECT_EQ(contacts().in_force, in_tajik);
  auto const sent = send();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].language, "tg");
  EXPECT_EQ(name(in_tajik).error().code, errc::conflict) << "nothing would change";
  auto const refused = name({old_one.address, "tlh"});
  EXPECT_EQ(refused.error().code, errc::invalid);
  EXPECT_EQ(refused.error().field, "language");
}

// Attack: a record as a means to have strangers written to.
TEST_F(ContactOfAHolder, IsNamedFiveTimesADay) {
  for (std::size_t i = 0; i < max_contacts_named; ++i)
    must(name({"stranger" + std::to_string(i) + "@example.net", "en"}));
  EXPECT_EQ(name(new_one).error().code, errc::conflict);
  world.clock.pass(contact_code_life - 1s);
  EXPECT_EQ(name(new_one).error().code, errc::conflict);
  world.clock.pass(1s);
  EXPECT_TRUE(name(new_one));
}

TEST_F(ContactOfAHolder, IsNotNamedWhereNoMailIsSent) {
  world.context.mails.reset();
  EXPECT_EQ(name(new_one).error().code, errc::conflict);
  EXPECT_TRUE(name({old_one.address, "tg"})) << "a language needs no mail";
  EXPECT_TRUE(remove());
}

TEST_F(ContactOfAHolder, IsLeftAloneWhileTheRecordIsToBeErased) {
  must(test::write(*world.store, [&](ports::Transaction& t) { return request_erasure(world.context, t, anna, {}); }));
  EXPECT_EQ(name(new_one).error().code, errc::conflict);
  EXPECT_THAT(receivers(send()), ElementsAre(old_one.address)) << "somebody else may have asked for it";
  EXPECT_TRUE(remove());
}

TEST_F(ContactOfAHolder, ARequestThatComesAgainHasOneEffect) {
  auto const first = must(name(new_one, test::request_key("name")));
  auto const again = must(name(new_one, test::request_key("name")));
  EXPECT_EQ(again.receipt.entry, first.receipt.entry);
  EXPECT_EQ(again.confirm_until, first.confirm_until);
  EXPECT_EQ(name(new_one, test::request_key("name", "other")).error().code, errc::key_reused);
  auto const mails = send(0s);
  ASSERT_EQ(mails.size(), 1u);
  auto const confirmed = must(confirm(*mails[0].code, test::request_key("confirm")));
  EXPECT_EQ(must(confirm(*mails[0].code, test::request_key("confirm"))).entry, confirmed.entry);
}

TEST_F(ContactOfAHolder, AFreezeDropsAnAddressThatWaits) {
  must(name(new_one));
  std::string const code = send(0s).front().code.value();
  auto const session = world.anna();
  auto const sheet =
      must(test::write(*world.store, [&](ports::Transaction& t) { return make_sheet(world.context, t, session, {}); }));
  auto const request = must(check_card_and_code("SPECIMEN1", sheet.freeze_code.reveal(Disclosure::to_print)));
  must(test::write(*world.store, [&](ports::Transaction& t) { return attempt_freeze(world.context, t, request, {}); }));
  EXPECT_EQ(contacts().unconfirmed, std::nullopt);
  EXPECT_EQ(confirm(code).error().code, errc::conflict);
  EXPECT_EQ(name(new_one).error().code, errc::conflict) << "frozen";
  EXPECT_EQ(remove().error().code, errc::conflict);
  EXPECT_EQ(contacts().in_force, old_one);
}

TEST(SealedContacts, AreAllOfOneSizeAndReadBack) {
  std::string const longest = std::string(64, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
                              std::string(58, 'd') + ".eu";
  ASSERT_EQ(longest.size(), identity::max_email_address_bytes);
  std::size_t const size = encode_contact({{"a@b.c", "en"}, {}}).size();
  for (SealedContact const& contact :
       {SealedContact{{"a@b.c", "en"}, {}}, SealedContact{{longest, "uz-Cyrl"}, "7K2PDXQ0"}}) {
    auto const encoded = encode_contact(contact);
    EXPECT_EQ(encoded.size(), size);
    EXPECT_EQ(must(decode_contact(encoded)), contact);
    for (std::size_t cut : {std::size_t{0}, std::size_t{1}, size - 1}) {
      EXPECT_FALSE(decode_contact(base::ByteView{encoded}.first(cut)));
    }
    auto longer = encoded;
    longer.push_back(0);
    EXPECT_FALSE(decode_contact(longer));
    for (std::size_t at : {std::size_t{0}, std::size_t{2}, std::size_t{3}, size - 1}) {
      auto altered = encoded;
      altered[at] ^= 0x40;
      EXPECT_FALSE(decode_contact(altered)) << at;
    }
  }
}

}  // namespace
}  // namespace abode::service
