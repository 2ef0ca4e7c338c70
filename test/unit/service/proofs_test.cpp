// Proofs of residence: what they say and do not, who has them made, and what is left of them here.
#include "service/proofs.hpp"

#include <gmock/gmock.h>

#include "credential/verification.hpp"
#include "service/erasure.hpp"
#include "service/printed_codes.hpp"
#include "service/sign_in.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using credential::Verdict;
using rules::ProofField;
using rules::ProofLife;
using test::must;
using test::noon;

base::Bytes key(std::uint8_t n) {
  return base::Bytes(64, n);
}

class Proofs : public ::testing::Test {
 protected:
  Proofs() {
    home.address = {.country = "DE",
                    .lines = {"c/o Meier", "Invalidenstr. 1", "10115 Berlin"},
                    .postal_code = "10115",
                    .region = "Berlin",
                    .locality = "Berlin",
                    .street = "Invalidenstr.",
                    .house_number = "1"};
    must(world.act(anna, home));
  }

  base::result<ProofsToSign> issue(ProofWish const& wish, std::optional<RequestKey> const& request = {}) {
    return issue(anna, wish, request);
  }
  base::result<ProofsToSign> issue(Actor const& actor, ProofWish const& wish,
                                   std::optional<RequestKey> const& request = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return issue_proofs(world.context, t, actor, wish, request); });
  }
  base::result<Receipt> withdraw(std::uint64_t entry, std::optional<RequestKey> const& request = {}) {
    return test::write(*world.store,
                       [&](ports::Transaction& t) { return withdraw_proof(world.context, t, anna, entry, request); });
  }
  std::vector<ListedProof> list() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return list_proofs(world.context, s, anna); }));
  }
  errc refusal(ProofWish const& wish, std::string const& field = {}) {
    auto const refused = issue(wish);
    EXPECT_FALSE(refused);
    if (refused) return {};
    EXPECT_EQ(refused.error().field, field) << refused.error().detail;
    return refused.error().code;
  }
  credential::Verification verify(std::string const& text) { return verify(text, keys); }
  credential::Verification verify(std::string const& text, ports::ProofKeys& pinned) {
    credential::Trust trust{
        {{world.context.issuer, pinned.for_proofs()->anchor(), pinned.for_status_lists()->anchor()}}};
    credential::Verifier verifier{std::move(trust), {}};
    return verifier.verify(text, {}, world.clock.now());
  }
  std::string sign(credential::ResidenceProof const& proof) { return must(sign_proof(keys, world.random, proof)); }

  static ProofWish fresh(rules::ProofFields fields = rules::everything_provable) { return {.fields = fields}; }
  static ProofWish lasting(rules::ProofFields fields = rules::everything_provable) {
    return {.life = ProofLife::lasting, .fields = fields};
  }

  test::World world;
  test::MemoryProofKeys& keys = world.proof_keys;
  ports::HolderSession anna = world.anna();
  rules::File home = world.file();
};

TEST_F(Proofs, SayWhatWasChosenAndAreOfTestModeHere) {
  auto const made = must(issue(fresh()));
  ASSERT_EQ(made.proofs.size(), 1U);
  auto const found = verify(sign(made.proofs[0]));
  EXPECT_EQ(found.verdict, Verdict::test_mode) << found.why;
  ASSERT_TRUE(found.proof);
  EXPECT_EQ(
      found.proof->person,
      (credential::Texts{{"birthdate", "1974-08-12"}, {"family_name", "ERIKSSON"}, {"given_name", "ANNA MARIA"}}));
  EXPECT_EQ(found.proof->address, (credential::Texts{{"country", "DE"},
                                                     {"formatted", "c/o Meier\nInvalidenstr. 1\n10115 Berlin"},
                                                     {"house_number", "1"},
                                                     {"locality", "Berlin"},
                                                     {"postal_code", "10115"},
                                                     {"region", "Berlin"},
                                                     {"street_address", "Invalidenstr."}}));
  EXPECT_EQ(found.proof->residence,
            (credential::Texts{{"assurance", "declared"}, {"kind", "main"}, {"since", base::format_date(home.since)}}));
  EXPECT_EQ(found.proof->issuer, "https://register.example");
  EXPECT_EQ(found.proof->issued_at, noon);
  EXPECT_FALSE(found.proof->status);
  EXPECT_FALSE(found.proof->holder_key);
}

TEST_F(Proofs, OfARealRegisterAreValidAlsoOnceItsKeyIsRenewed) {
  test::MemoryProofKeys live{noon, false};
  auto const text = must(sign_proof(live, world.random, must(issue(fresh())).proofs[0]));
  EXPECT_EQ(verify(text, live).verdict, Verdict::valid);
  world.clock.pass(std::chrono::hours{5});
  live.renew(world.clock.now());
  EXPECT_EQ(verify(text, live).verdict, Verdict::valid) << "the root is the same";
  EXPECT_EQ(verify(text, keys).verdict, Verdict::test_mode) << "pinned by somebody who tests";
  world.clock.pass(world.profile.fresh_proof_life);
  EXPECT_EQ(verify(text, live).verdict, Verdict::expired);
}

TEST_F(Proofs, G9OfARegionHoldNoStreetAndNoName) {
  auto const made = must(issue(fresh({ProofField::region})));
  EXPECT_TRUE(made.proofs[0].person.empty());
  EXPECT_EQ(made.proofs[0].address, (credential::Texts{{"country", "DE"}, {"region", "Berlin"}}));
  EXPECT_EQ(made.proofs[0].residence, (credential::Texts{{"kind", "main"}}));
}

TEST_F(Proofs, G9AreTheSameWhateverDocumentAndLanguageAPersonHas) {
  auto const made = must(issue(fresh()));
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    auto record = must(open_record(world.context, t, anna.grant()));
    base::Hash const before = record.row.state_tag;
    auto& state = record.state.reveal(base::Disclosure::to_rules);
    state.identity->document = {identity::DocumentKind::other, "X99"};
    seal_state(world.context, record.row, record.key, state);
    must(append_entry(world.context, t, record.row, record.key, {"register", {}, {}, {}, operation::enrol, {}}, before,
                      noon, EntryKind::write));
    t.update_record(record.row);
    return 0;
  }));
  auto const again = must(issue(fresh()));
  EXPECT_EQ(again.proofs[0].person, made.proofs[0].person);
  EXPECT_EQ(again.proofs[0].address, made.proofs[0].address);
  EXPECT_EQ(again.proofs[0].residence, made.proofs[0].residence);
}

TEST_F(Proofs, AreAnEntryThatTellsFieldsAndNoValues) {
  auto const made = must(issue(fresh({ProofField::family_name, ProofField::region})));
  auto const entry = world.opened_entries(anna).back().entry;
  EXPECT_EQ(entry.seq, made.receipt.entry);
  EXPECT_EQ(entry.operation, operation::issue_proof);
  EXPECT_EQ(entry.actor, "holder");
  EXPECT_EQ(entry.reference, home.id.value());
  EXPECT_THAT(entry.fields, testing::ElementsAre("family_name", "main_address"));
}

TEST_F(Proofs, AreCutToTheHourAndLiveAsChosen) {
  world.clock.pass(std::chrono::minutes{10} + std::chrono::seconds{7});
  auto const made = must(issue({.days = std::chrono::days{3}, .fields = {ProofField::region}}));
  EXPECT_EQ(made.proofs[0].issued_at, noon);
  EXPECT_EQ(made.proofs[0].expires_at, noon + std::chrono::days{3});
  EXPECT_EQ(made.expires_at, noon + std::chrono::days{3});
  EXPECT_EQ(must(issue(fresh())).expires_at, noon + world.profile.fresh_proof_life);
  EXPECT_EQ(must(issue(lasting())).expires_at, noon + world.profile.lasting_proof_life);
}

TEST_F(Proofs, OfOneBatchShareNeitherSaltNorStatus) {
  ProofWish wish = lasting();
  for (std::uint8_t n = 1; n <= 10; ++n) wish.holder_keys.push_back(key(n));
  auto const made = must(issue(wish));
  ASSERT_EQ(made.proofs.size(), 10U);
  std::set<std::string> parts;
  std::set<std::uint64_t> places;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(made.proofs[i].holder_key, wish.holder_keys[i]);
    places.insert(made.proofs[i].status.value().index);
    auto const text = must(credential::split_sd_jwt(sign(made.proofs[i])));
    parts.insert(text.jws);
    for (std::string const& disclosure : text.disclosures) parts.insert(disclosure);
    shown += 1 + text.disclosures.size();
  }
  EXPECT_EQ(parts.size(), shown) << "every signature and disclosure is of its own";
  EXPECT_EQ(places.size(), 10U);
  EXPECT_FALSE(std::ranges::is_sorted(made.kept.statuses, {}, &StatusPlace::place) &&
               std::ranges::is_sorted(made.kept.statuses, std::greater{}, &StatusPlace::place));
}

TEST_F(Proofs, ThatLastAreRevokedWhenTheirHolderWithdrawsThemAndNotByAMove) {
  auto const made = must(issue(lasting()));
  must(world.act(anna, rules::Move{home.id, new_registration_id(world.random), test::address("Sonnenallee 2"),
                                   base::day_of(world.clock.now())}));
  auto const told = [&] {
    auto const news =
        must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<std::vector<StatusListNews>> {
          return tell_status_lists(world.context, t);
        }));
    return std::ranges::count(news.at(0).revoked, made.kept.statuses.at(0).place);
  };
  EXPECT_EQ(told(), 0) << "a proof says what was registered on its date";
  auto const receipt = must(withdraw(made.receipt.entry));
  EXPECT_EQ(told(), 1);
  auto const entry = world.opened_entries(anna).back().entry;
  EXPECT_EQ(entry.seq, receipt.entry);
  EXPECT_EQ(entry.operation, operation::withdraw_proof);
  EXPECT_EQ(entry.reference, std::to_string(made.receipt.entry));
  EXPECT_EQ(list().at(0).kept.withdrawn_at, noon);
  EXPECT_EQ(withdraw(made.receipt.entry).error().code, errc::conflict) << "once";
}

TEST_F(Proofs, ThatAreFreshExpiredOrNotThereCannotBeWithdrawn) {
  auto const short_lived = must(issue(fresh()));
  auto const long_lived = must(issue(lasting()));
  EXPECT_EQ(withdraw(short_lived.receipt.entry).error().code, errc::conflict);
  EXPECT_EQ(withdraw(99).error().code, errc::not_found);
  world.clock.pass(world.profile.lasting_proof_life);
  EXPECT_EQ(withdraw(long_lived.receipt.entry).error().code, errc::conflict);
}

TEST_F(Proofs, AreListedWithoutWhatTheySay) {
  auto const first = must(issue(fresh({ProofField::region})));
  auto const second = must(issue(lasting({ProofField::address})));
  auto const listed = list();
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].entry, second.receipt.entry);
  EXPECT_EQ(listed[1].entry, first.receipt.entry);
  EXPECT_EQ(listed[0].kept, second.kept);
  EXPECT_EQ(listed[1].kept.fields, rules::ProofFields{ProofField::region});
  auto const others = test::read(
      *world.store, [&, peter = world.peter()](ports::Snapshot& s) { return list_proofs(world.context, s, peter); });
  EXPECT_TRUE(must(others).empty());
}

TEST_F(Proofs, AreMadeOnceForARequestThatComesTwice) {
  ProofWish wish = lasting();
  wish.holder_keys = {key(1), key(2)};
  auto const first = must(issue(wish, test::request_key("one")));
  auto const again = must(issue(wish, test::request_key("one")));
  EXPECT_EQ(again.receipt.entry, first.receipt.entry);
  ASSERT_EQ(again.proofs.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again.proofs[i].status, first.proofs[i].status);
    EXPECT_EQ(again.proofs[i].holder_key, first.proofs[i].holder_key);
    EXPECT_EQ(again.proofs[i].address, first.proofs[i].address);
  }
  EXPECT_EQ(list().size(), 1U);
  EXPECT_EQ(issue(wish, test::request_key("one", "another body")).error().code, errc::key_reused);
  must(world.act(anna, rules::Confirm{home.id}));
  EXPECT_EQ(issue(wish, test::request_key("one")).error().code, errc::conflict) << "the record has changed since";
}

TEST_F(Proofs, AreRefusedForWhatMakesNoSenseAndNothingIsLeft) {
  std::size_t const before = world.entries(anna.record()).size();
  EXPECT_EQ(refusal(fresh({}), "fields"), errc::invalid);
  EXPECT_EQ(refusal({.days = std::chrono::days{15}, .fields = {ProofField::region}}, "days"), errc::invalid);
  EXPECT_EQ(refusal({.days = std::chrono::days{0}, .fields = {ProofField::region}}, "days"), errc::invalid);
  ProofWish twice = fresh();
  twice.holder_keys = {key(1), key(1)};
  EXPECT_EQ(refusal(twice, "holder_keys"), errc::invalid);
  ProofWish many = fresh();
  for (std::uint8_t n = 0; n < 11; ++n) many.holder_keys.push_back(key(n));
  EXPECT_EQ(refusal(many, "holder_keys"), errc::invalid);
  ProofWish elsewhere = fresh();
  elsewhere.registration = rules::RegistrationId{"NOSVCH"};
  EXPECT_EQ(refusal(elsewhere), errc::not_found);
  EXPECT_EQ(issue(world.peter(), fresh()).error().code, errc::conflict) << "he has no main residence";
  EXPECT_EQ(world.entries(anna.record()).size(), before);
  EXPECT_TRUE(list().empty());
}

TEST_F(Proofs, OfAnEndedRegistrationAreNoneAndOfAnotherOneSayItsKind) {
  rules::File second = world.file(rules::Kind::secondary, "Gartenweg 5");
  must(world.act(anna, second));
  ProofWish wish = fresh();
  wish.registration = second.id;
  EXPECT_EQ(must(issue(wish)).proofs[0].residence.at("kind"), "secondary");
  EXPECT_THAT(world.opened_entries(anna).back().entry.fields, testing::Contains("other_addresses"));
  must(world.act(anna, rules::End{second.id, base::day_of(world.clock.now())}));
  EXPECT_EQ(refusal(wish), errc::conflict);
}

TEST_F(Proofs, TakeAFreshSignInAndARecordThatIsNotFrozen) {
  world.clock.pass(fresh_sign_in + std::chrono::seconds{1});
  EXPECT_EQ(refusal(fresh()), errc::stale_sign_in);
  anna = world.anna();
  must(issue(fresh()));
  auto const sheet =
      must(test::write(*world.store, [&](ports::Transaction& t) { return make_sheet(world.context, t, anna, {}); }));
  must(test::write(*world.store, [&](ports::Transaction& t) -> base::result<int> {
    for (ports::PrintedCodeRow row : t.printed_codes(anna.record())) {
      if (row.number != ports::freeze_code_number) continue;
      row.used_by = base::Hash{1};
      row.used_at = world.clock.now();
      t.put_printed_code(row);
    }
    return 0;
  }));
  EXPECT_EQ(refusal(fresh()), errc::conflict);
}

TEST_F(Proofs, OfARecordThatIsToBeErasedAreNone) {
  must(world.act(anna, rules::End{home.id, base::day_of(world.clock.now())}));
  must(test::write(*world.store, [&](ports::Transaction& t) { return request_erasure(world.context, t, anna, {}); }));
  auto const refused = issue(fresh());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, testing::HasSubstr("erased"));
}

TEST_F(Proofs, AreNotSignedWithAKeyThatNobodyWouldTake) {
  auto const made = must(issue(fresh()));
  credential::ResidenceProof proof = made.proofs[0];
  proof.issued_at = noon + openssl::signer_life + std::chrono::hours{1};
  proof.expires_at = proof.issued_at + std::chrono::days{1};
  auto const refused = sign_proof(keys, world.random, proof);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::unavailable);
}

TEST(KeptProofs, AreAllOfOneSizeAndReadBack) {
  KeptProof const small{.form = ProofForm::file,
                        .life = ProofLife::fresh,
                        .fields = {ProofField::region},
                        .registration = rules::RegistrationId{"R"},
                        .issued_at = noon,
                        .copies = 1,
                        .statuses = {},
                        .version = 0};
  KeptProof large{.form = ProofForm::paper,
                  .life = ProofLife::lasting,
                  .fields = rules::everything_provable,
                  .registration = rules::RegistrationId{std::string(20, 'Z')},
                  .issued_at = noon,
                  .copies = 10,
                  .statuses = std::vector<StatusPlace>(10, {(std::uint64_t{1} << 48) - 1, status_list_places - 1}),
                  .version = 1'000'000,
                  .withdrawn_at = noon,
                  .number = std::string(16, 'Z')};
  EXPECT_EQ(encode_proof(small).size(), encode_proof(large).size());
  EXPECT_EQ(must(decode_proof(encode_proof(small))), small);
  EXPECT_EQ(must(decode_proof(encode_proof(large))), large);
  base::Bytes cut = encode_proof(large);
  cut.pop_back();
  EXPECT_EQ(decode_proof(cut).error().code, errc::corrupted);
  large.copies = 11;
  EXPECT_EQ(decode_proof(encode_proof(large)).error().code, errc::corrupted);
}

}  // namespace
}  // namespace abode::service
