#include "openssl/vault.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "digest/digest.hpp"
#include "log/entry.hpp"
#include "support/fakes.hpp"
#include "support/memory_store.hpp"
#include "support/using_store.hpp"

namespace abode::ports {
inline bool operator==(WrappedKey const& a, WrappedKey const& b) {
  return a.bytes == b.bytes;
}
}  // namespace abode::ports

namespace abode::openssl {
namespace {

using base::Bytes;
using base::Disclosure;
using base::errc;
using ports::RecordId;
using ports::Sealed;

Keys keys_of(std::uint64_t seed) {
  test::SeededRandom random{seed};
  return make_keys(random);
}

RecordId const anna{17};
RecordId const peter{18};
Bytes const plaintext = base::to_bytes(base::as_bytes("what is known of Anna"));

class Sealer : public ::testing::Test {
 protected:
  ports::Grant grant(RecordId record) { return test::holder_session(*store_, record).grant(); }

  base::result<Bytes> open(RecordId record, Sealed what, std::uint64_t version, base::ByteView blob) {
    return sealer->open(grant(record), what, version, key, blob);
  }

  std::unique_ptr<ports::Sealer> sealer = make_sealer(keys_of(1));
  ports::WrappedKey key = sealer->new_key(anna);
  Bytes sealed = sealer->seal(Sealed::state, anna, 3, key, plaintext);

 private:
  std::unique_ptr<ports::Store> store_ = test::make_memory_store();
};

void expect_corrupted(base::result<Bytes> const& opened) {
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, errc::corrupted);
}

TEST_F(Sealer, OpensWhatItSealed) {
  EXPECT_EQ(open(anna, Sealed::state, 3, sealed).value(), plaintext);
  EXPECT_TRUE(sealer->intact(Sealed::state, anna, 3, key, sealed));
  EXPECT_EQ(std::search(sealed.begin(), sealed.end(), plaintext.begin(), plaintext.begin() + 4), sealed.end());
}

TEST_F(Sealer, OpensAfterARestartWithTheSameKeys) {
  auto const restarted = make_sealer(keys_of(1));
  EXPECT_EQ(restarted->open(grant(anna), Sealed::state, 3, key, sealed).value(), plaintext);
}

TEST_F(Sealer, SealsTheSameTextDifferentlyEachTime) {
  EXPECT_NE(sealer->seal(Sealed::state, anna, 3, key, plaintext), sealed);
}

TEST_F(Sealer, RefusesEveryFlippedBit) {
  ports::Grant const leave = grant(anna);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes altered = sealed;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    auto const opened = sealer->open(leave, Sealed::state, 3, key, altered);
    ASSERT_FALSE(opened) << "bit " << bit;
    ASSERT_EQ(opened.error().code, errc::corrupted);
    ASSERT_FALSE(sealer->intact(Sealed::state, anna, 3, key, altered));
  }
}

TEST_F(Sealer, RefusesACutBlob) {
  for (std::size_t size : {std::size_t{0}, std::size_t{11}, std::size_t{27}, sealed.size() - 1})
    expect_corrupted(open(anna, Sealed::state, 3, base::ByteView{sealed}.first(size)));
}

TEST_F(Sealer, RefusesABlobThatWasMovedToAnotherPlace) {
  expect_corrupted(open(anna, Sealed::state, 2, sealed));
  expect_corrupted(open(anna, Sealed::state, 4, sealed));
  expect_corrupted(open(anna, Sealed::entry, 3, sealed));
  expect_corrupted(open(anna, Sealed::opening_code, 3, sealed));
  EXPECT_FALSE(sealer->intact(Sealed::state, peter, 3, key, sealed));
}

// G4: the record comes from the Grant alone, so a Grant for one person opens nothing of another.
TEST_F(Sealer, AGrantOpensItsOwnRecordAndNoOther) {
  expect_corrupted(open(peter, Sealed::state, 3, sealed));
}

// G4: what the sender of mails has opens contacts, and a state or an entry in the place of one is none.
TEST_F(Sealer, ADeliveryOpensAContactAndNothingElse) {
  auto const store = test::make_memory_store();
  auto const opened = [&](ports::RecordId record, Bytes const& blob) {
    ports::OutboxRow mail{record, ports::MailKind::confirm, 3, blob, 3, {}, {}, 0, {}};
    EXPECT_TRUE(test::write(*store, [&](ports::Transaction& t) -> base::result<void> {
      t.remove_mail(record, mail.kind, mail.contact);
      t.queue_mail(mail);
      return {};
    }));
    base::result<Bytes> contact = Bytes{};
    EXPECT_TRUE(store->read([&](ports::Snapshot& snapshot) -> base::result<void> {
      for (ports::DeliveryGrant const& delivery : ports::DeliveryGrant::due(snapshot, {}, 10))
        if (delivery.mail().record == record) contact = sealer->open_contact(delivery, key);
      return {};
    }));
    return contact;
  };
  Bytes const contact = sealer->seal(Sealed::contact, anna, 3, key, plaintext);
  EXPECT_EQ(opened(anna, contact).value(), plaintext);
  EXPECT_EQ(open(anna, Sealed::contact, 3, contact).value(), plaintext) << "to its holder as well";
  for (Sealed what : {Sealed::state, Sealed::entry, Sealed::opening_code})
    expect_corrupted(opened(anna, sealer->seal(what, anna, 3, key, plaintext)));
  expect_corrupted(opened(anna, sealer->seal(Sealed::contact, anna, 4, key, plaintext)));
  expect_corrupted(opened(peter, contact));
  expect_corrupted(opened(anna, {}));
}

TEST_F(Sealer, RefusesAnotherPersonsKey) {
  ports::WrappedKey const other = sealer->new_key(anna);
  expect_corrupted(sealer->open(grant(anna), Sealed::state, 3, other, sealed));
}

TEST_F(Sealer, RefusesAWrappedKeyThatWasMovedToAnotherRecord) {
  ports::WrappedKey const peters = sealer->new_key(peter);
  Bytes const of_peter = sealer->seal(Sealed::state, peter, 3, peters, plaintext);
  expect_corrupted(sealer->open(grant(anna), Sealed::state, 3, peters, of_peter));
  EXPECT_FALSE(sealer->intact(Sealed::state, anna, 3, peters, of_peter));
}

TEST_F(Sealer, RefusesADamagedWrappedKey) {
  for (std::size_t bit = 0; bit < key.bytes.size() * 8; ++bit) {
    ports::WrappedKey damaged = key;
    damaged.bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    ASSERT_FALSE(sealer->intact(Sealed::state, anna, 3, damaged, sealed)) << "bit " << bit;
  }
  EXPECT_FALSE(sealer->intact(Sealed::state, anna, 3, ports::WrappedKey{}, sealed));
}

TEST_F(Sealer, RefusesEverythingUnderAnotherKeyFile) {
  auto const other = make_sealer(keys_of(2));
  expect_corrupted(other->open(grant(anna), Sealed::state, 3, key, sealed));
}

TEST_F(Sealer, WrappedKeysAndNoncesNeverRepeat) {
  std::set<Bytes> keys;
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(keys.insert(sealer->new_key(anna).bytes).second);
  std::set<Bytes> nonces;
  for (int i = 0; i < 10'000; ++i) {
    Bytes blob = sealer->seal(Sealed::entry, anna, 1, key, {});
    blob.resize(12);
    ASSERT_TRUE(nonces.insert(std::move(blob)).second) << "after " << i << " seals";
  }
}

class SealerDeathTest : public Sealer {
 protected:
  SealerDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }  // the store has a thread
};

// What is sealed under a key that does not unwrap could never be opened again.
TEST_F(SealerDeathTest, SealsNothingUnderADamagedKey) {
  ports::WrappedKey damaged = key;
  damaged.bytes[20] ^= 1;
  EXPECT_DEATH((void)sealer->seal(Sealed::state, anna, 4, damaged, plaintext), "run abode doctor");
  EXPECT_DEATH((void)sealer->seal(Sealed::state, peter, 4, key, plaintext), "run abode doctor");
}

TEST_F(Sealer, LookUpTagsAreKeyedAndKeptApart) {
  auto const other = make_sealer(keys_of(2));
  auto const number = base::as_bytes("0123456789");
  base::Secret<std::string> const code{"0123456789"};
  EXPECT_EQ(sealer->document_tag(number), make_sealer(keys_of(1))->document_tag(number));
  EXPECT_NE(sealer->document_tag(number), other->document_tag(number)) << "nobody without the key can look anyone up";
  EXPECT_NE(sealer->opening_code_tag(code), other->opening_code_tag(code));
  EXPECT_NE(sealer->document_tag(number), sealer->opening_code_tag(code)) << "each purpose has tags of its own";
  EXPECT_NE(sealer->document_tag(number), digest::sha256(number));
  EXPECT_NE(sealer->document_tag(number), sealer->document_tag(base::as_bytes("0123456780")));
}

TEST_F(Sealer, TagsOfCardsCodesAndInvitationsAreKeyedAndKeptApart) {
  auto const other = make_sealer(keys_of(2));
  base::Secret<std::string> const text{"ABC123456789"};
  base::Hash const card = sealer->card_tag(text);
  base::Hash const another_card = sealer->card_tag(base::Secret<std::string>{"ABC123456780"});
  EXPECT_EQ(card, make_sealer(keys_of(1))->card_tag(text));
  EXPECT_NE(card, other->card_tag(text));
  EXPECT_NE(sealer->activation_code_tag(card, text), other->activation_code_tag(card, text));
  EXPECT_NE(sealer->activation_code_tag(card, text), sealer->activation_code_tag(another_card, text));
  EXPECT_NE(sealer->printed_code_tag(card, text), other->printed_code_tag(card, text));
  EXPECT_NE(sealer->printed_code_tag(card, text), sealer->printed_code_tag(another_card, text));
  EXPECT_NE(sealer->printed_code_tag(card, text), sealer->activation_code_tag(card, text));
  EXPECT_NE(sealer->invitation_tag(text), other->invitation_tag(text));
  std::set<base::Hash> const tags{card, sealer->activation_code_tag(card, text), sealer->invitation_tag(text),
                                  sealer->opening_code_tag(text), sealer->document_tag(base::as_bytes("ABC123456789"))};
  EXPECT_EQ(tags.size(), 5u) << "each purpose has tags of its own";
}

TEST_F(Sealer, TagsOfPasskeysAreKeyedAndKeptApart) {
  auto const other = make_sealer(keys_of(2));
  base::ByteView const id = base::as_bytes("12345678");
  EXPECT_EQ(sealer->credential_tag(id), make_sealer(keys_of(1))->credential_tag(id));
  EXPECT_NE(sealer->credential_tag(id), other->credential_tag(id));
  EXPECT_NE(sealer->challenge_tag(id), other->challenge_tag(id));
  EXPECT_NE(sealer->user_handle(ports::RecordId{1}), other->user_handle(ports::RecordId{1}));
  EXPECT_NE(sealer->user_handle(ports::RecordId{1}), sealer->user_handle(ports::RecordId{2}));
  EXPECT_NE(sealer->staff_handle(ports::OfficialId{"a"}), other->staff_handle(ports::OfficialId{"a"}));
  EXPECT_NE(sealer->staff_handle(ports::OfficialId{"a"}), sealer->staff_handle(ports::OfficialId{"b"}));
  std::set<base::Hash> const tags{sealer->credential_tag(id), sealer->challenge_tag(id), sealer->document_tag(id)};
  EXPECT_EQ(tags.size(), 3u) << "each purpose has tags of its own";
}

TEST(KeyCheck, TellsWhichKeyIsAnother) {
  Keys const keys = keys_of(1);
  Keys const others = keys_of(2);
  EXPECT_EQ(key_check(keys), key_check(keys_of(1)));
  std::set<Bytes> checks{key_check(keys)};
  for (auto const member : {&Keys::index, &Keys::log}) {
    Keys changed = keys;
    changed.*member = others.*member;
    EXPECT_TRUE(checks.insert(key_check(changed)).second);
    changed = keys;
    (changed.*member).reveal(Disclosure::to_crypto)[31] ^= 1;
    EXPECT_TRUE(checks.insert(key_check(changed)).second);
  }
  Keys swapped = keys;
  std::swap(swapped.log, swapped.index);
  EXPECT_TRUE(checks.insert(key_check(swapped)).second);
}

TEST(KeyCheck, LeavesTheKeyEncryptionKeyToTheKeysThatItWrapped) {
  Keys rotated = keys_of(1);
  rotated.encryption = keys_of(2).encryption;
  EXPECT_EQ(key_check(rotated), key_check(keys_of(1)));
  ports::WrappedKey const wrapped = make_sealer(keys_of(1))->new_key(anna);
  EXPECT_TRUE(make_sealer(keys_of(1))->knows(wrapped));
  EXPECT_FALSE(make_sealer(rotated)->knows(wrapped));
  EXPECT_FALSE(make_sealer(rotated)->knows({}));
}

class Rotation : public Sealer {
 protected:
  static Keys rotated_keys() {
    Keys keys = keys_of(1);
    keys.encryption = keys_of(2).encryption;
    return keys;
  }
  std::unique_ptr<Vault> old = make_sealer(keys_of(1));
  std::unique_ptr<Vault> next = make_sealer(rotated_keys());
  std::unique_ptr<Vault> vault = make_sealer(keys_of(1));
};

TEST_F(Rotation, OpensUnderBothKeysAndWrapsUnderTheNext) {
  vault->begin_rotation(rotated_keys().encryption);
  EXPECT_TRUE(vault->knows(key));
  EXPECT_EQ(vault->open(grant(anna), Sealed::state, 3, key, sealed).value(), plaintext);
  ports::WrappedKey const fresh = vault->new_key(anna);
  EXPECT_TRUE(next->knows(fresh));
  EXPECT_FALSE(old->knows(fresh));
}

TEST_F(Rotation, WrapsTheSameDataKeyAnew) {
  EXPECT_EQ(vault->rewrap(anna, key).value(), std::nullopt) << "nothing to do before it begins";
  vault->begin_rotation(rotated_keys().encryption);
  auto const fresh = vault->rewrap(anna, key).value();
  ASSERT_TRUE(fresh);
  EXPECT_EQ(next->open(grant(anna), Sealed::state, 3, *fresh, sealed).value(), plaintext);
  EXPECT_FALSE(old->intact(Sealed::state, anna, 3, *fresh, sealed));
  EXPECT_EQ(vault->rewrap(anna, *fresh).value(), std::nullopt);
  EXPECT_EQ(vault->rewrap(peter, key).error().code, errc::corrupted) << "another record's";
}

TEST_F(Rotation, ForgetsTheOldKeyAtItsEnd) {
  vault->begin_rotation(rotated_keys().encryption);
  vault->end_rotation();
  EXPECT_FALSE(vault->knows(key));
  EXPECT_FALSE(vault->intact(Sealed::state, anna, 3, key, sealed));
}

TEST_F(Rotation, BeginsOnce) {
  vault->begin_rotation(rotated_keys().encryption);
  vault->begin_rotation(rotated_keys().encryption);
  EXPECT_TRUE(vault->knows(key)) << "the key before is not taken for the one before that";
}

TEST_F(Rotation, GoesOnAfterARestart) {
  Keys both = keys_of(1);
  both.next_encryption = rotated_keys().encryption;
  auto const restarted = make_sealer(both);
  EXPECT_TRUE(restarted->knows(key));
  EXPECT_TRUE(next->knows(restarted->new_key(anna)));
}

TEST(MakeKeys, DrawsANextKeyOfItsOwn) {
  test::SeededRandom random{9};
  Keys const keys = make_keys(random);
  EXPECT_NE(make_next_encryption(random, keys), keys.encryption);
}

TEST_F(Sealer, TellsTheCommitmentOfASealedEntryAndNothingElse) {
  Bytes const encoded{1, 2, 3};
  log::Salt const salt{7};
  Bytes const entry = sealer->seal(Sealed::entry, anna, 5, key, log::seal_plaintext(encoded, salt));
  EXPECT_EQ(sealer->commitment_in(anna, 5, key, entry), log::commitment(salt, encoded));
  EXPECT_EQ(sealer->commitment_in(anna, 6, key, entry), std::nullopt) << "entries cannot change places";
  EXPECT_EQ(sealer->commitment_in(peter, 5, key, entry), std::nullopt);
  EXPECT_EQ(sealer->commitment_in(anna, 3, key, sealed), std::nullopt) << "a state is no entry";
}

TEST(KeyCheck, HoldsNoKey) {
  Keys const keys = keys_of(1);
  Bytes const check = key_check(keys);
  for (auto const* key : {&keys.encryption, &keys.index, &keys.log}) {
    base::Hash const& bytes = key->reveal(Disclosure::to_crypto);
    EXPECT_EQ(std::search(check.begin(), check.end(), bytes.begin(), bytes.end()), check.end());
  }
}

TEST(MakeKeys, DrawsThreeDifferentKeys) {
  Keys const keys = keys_of(1);
  EXPECT_NE(keys.encryption, keys.index);
  EXPECT_NE(keys.index, keys.log);
  EXPECT_NE(keys.encryption, keys.log);
}

TEST(Signer, SignsWhatTheDigestRoomVerifies) {
  auto const signer = make_signer(keys_of(1));
  Bytes const key = signer->checkpoint_public_key();
  ASSERT_EQ(key.size(), 32u);
  for (std::string const& text : {std::string{}, std::string{"example.org/log\n8\n\n"}, std::string(100'000, 'x')}) {
    Bytes const signature = signer->sign_checkpoint(text);
    ASSERT_EQ(signature.size(), 64u);
    EXPECT_TRUE(digest::verify_ed25519(key, base::as_bytes(text), signature));
    EXPECT_FALSE(digest::verify_ed25519(key, base::as_bytes(text + "."), signature));
    EXPECT_EQ(signer->sign_checkpoint(text), signature) << "Ed25519 is deterministic: a replayed step signs the same";
  }
}

TEST(Signer, AnotherSeedIsAnotherKey) {
  auto const signer = make_signer(keys_of(1));
  auto const other = make_signer(keys_of(2));
  EXPECT_NE(signer->checkpoint_public_key(), other->checkpoint_public_key());
  EXPECT_FALSE(
      digest::verify_ed25519(other->checkpoint_public_key(), base::as_bytes("x"), signer->sign_checkpoint("x")));
}

// RFC 8032, section 7.1, test 1
TEST(Signer, MatchesTheExampleOfTheSpecification) {
  base::Hash const seed{0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
                        0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
  Bytes const expected{0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
                       0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a};
  auto const signer = make_signer({{}, {}, {}, base::Secret{seed}});
  EXPECT_EQ(signer->checkpoint_public_key(), expected);
  Bytes const signature = signer->sign_checkpoint("");
  EXPECT_EQ(signature[0], 0xe5);
  EXPECT_EQ(signature[63], 0x0b);
}

TEST(Random, FillsEverythingItIsGiven) {
  auto const random = make_random();
  random->fill({});
  std::set<base::Hash> seen;
  std::array<bool, 16> filled{};
  for (int i = 0; i < 100; ++i) {
    base::Hash hash{};
    random->fill(hash);
    EXPECT_TRUE(seen.insert(hash).second);
    std::array<std::uint8_t, 16> some{};
    random->fill(std::span{some}.first(15));
    for (std::size_t k = 0; k < some.size(); ++k) filled[k] = filled[k] || some[k] != 0;
  }
  EXPECT_EQ(std::count(filled.begin(), filled.end(), true), 15) << "all of the span, and nothing after it";
  EXPECT_FALSE(filled.back());
}

}  // namespace
}  // namespace abode::openssl
