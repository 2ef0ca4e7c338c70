// Proofs on paper: the seal says what was chosen, once, and what would not fit is refused before anything is written.
#include "service/paper_proofs.hpp"

#include <gmock/gmock.h>

#include "credential/verification.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::errc;
using credential::Verdict;
using rules::ProofField;
using rules::ProofLife;
using test::must;

class PaperProofs : public ::testing::Test {
 protected:
  PaperProofs() {
    home.address = {.country = "DE",
                    .lines = {"Invalidenstr. 1", "10115 Berlin"},
                    .postal_code = "10115",
                    .region = "Berlin",
                    .locality = "Berlin"};
    must(world.act(anna, home));
  }

  base::result<PageToSign> issue(ProofWish const& wish, std::optional<RequestKey> const& request = {}) {
    return test::write(*world.store, [&](ports::Transaction& t) {
      return issue_page(world.context, world.proof_keys, t, anna, wish, request);
    });
  }
  std::vector<ListedProof> list() {
    return must(test::read(*world.store, [&](ports::Snapshot& s) { return list_proofs(world.context, s, anna); }));
  }
  credential::Verification verify(std::string const& text) {
    credential::Trust trust{{{world.context.issuer, world.proof_keys.for_proofs()->anchor(),
                              world.proof_keys.for_status_lists()->anchor()}}};
    return credential::Verifier{std::move(trust), {}}.verify(text, {}, world.clock.now());
  }

  test::World world;
  ports::HolderSession anna = world.anna();
  rules::File home = world.file();
};

TEST_F(PaperProofs, SayWhatWasChosenOnceAndWhatIsKeptHasTheirNumber) {
  PageToSign const page = must(issue({.fields = rules::everything_provable}));
  EXPECT_EQ(page.made.kept.form, ProofForm::paper);
  EXPECT_EQ(page.seal.number, page.made.kept.number);
  EXPECT_EQ(page.seal.address, (credential::Texts{{"formatted", "Invalidenstr. 1\n10115 Berlin"}, {"country", "DE"}}));
  EXPECT_EQ(page.seal.person.size(), 3u);
  EXPECT_EQ(page.seal.issued_on, base::day_of(world.clock.now()));
  EXPECT_EQ(page.seal.good_through, base::day_of(world.clock.now() + std::chrono::days{13}));
  EXPECT_EQ(list().at(0).kept.number, page.made.kept.number);
  auto const found = verify(must(sign_page(world.proof_keys, page)));
  EXPECT_EQ(found.verdict, Verdict::test_mode) << found.why;
  EXPECT_EQ(found.seal->address, page.seal.address);
}

TEST_F(PaperProofs, OfARegionShowNoStreetAndNoName) {
  rules::ProofFields fields;
  fields.add(ProofField::region);
  std::string const text = must(sign_page(world.proof_keys, must(issue({.fields = fields}))));
  for (char const* hidden : {"Invalidenstr", "10115", "ERIKSSON", "ANNA"})
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr(hidden)));
}

TEST_F(PaperProofs, EndNoLaterThanWhatIsKeptOfThem) {
  for (int days = 1; days <= 14; ++days) {
    PageToSign const page = must(issue({.days = std::chrono::days{days}, .fields = rules::everything_provable}));
    EXPECT_GE(page.seal.good_through, page.seal.issued_on);
    EXPECT_LE(std::chrono::sys_days{page.seal.good_through} + std::chrono::days{1}, page.made.expires_at);
    EXPECT_TRUE(sign_page(world.proof_keys, page));
  }
  PageToSign const lasting = must(issue({.life = ProofLife::lasting, .fields = rules::everything_provable}));
  EXPECT_TRUE(lasting.seal.status);
  EXPECT_TRUE(sign_page(world.proof_keys, lasting));
}

TEST_F(PaperProofs, ThatDoNotFitTheirCodeAreRefusedAndLeaveNothing) {
  rules::File second = world.file(rules::Kind::secondary);
  second.address.lines = {std::string(300, 'x'), std::string(300, 'y')};
  must(world.act(anna, second));
  ProofWish wish{.fields = rules::everything_provable};
  auto const state =
      must(test::read(*world.store, [&](ports::Snapshot& s) { return open_record(world.context, s, anna); }));
  wish.registration = state.state.reveal(base::Disclosure::to_rules).residence.registrations.back().id;
  auto const refused = issue(wish);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::invalid);
  EXPECT_EQ(refused.error().field, "fields");
  EXPECT_TRUE(list().empty());
}

TEST_F(PaperProofs, AreBoundToNoKey) {
  auto const refused = issue({.fields = rules::everything_provable, .holder_keys = {base::Bytes(64, 1)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "holder_keys");
}

TEST_F(PaperProofs, AreNotSignedWithAKeyThatNobodyWouldTake) {
  PageToSign const page = must(issue({.fields = rules::everything_provable}));
  world.proof_keys.renew(world.clock.now() + std::chrono::hours{2});
  auto const refused = sign_page(world.proof_keys, page);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::unavailable);
}

}  // namespace
}  // namespace abode::service
