// The page of proofs: having one made as a file or for a wallet, and withdrawing one.
#include <gtest/gtest.h>

#include "service/proofs.hpp"
#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using test::contains;
using test::expect_well_made;

class ProofPages : public ::testing::Test {
 protected:
  ProofPages() {
    anna.sign_in("test_person", "anna-eriksson");
    test::must(site.act(site.anna(), site.file()));
  }

  test::Site site;
  test::Browser anna{site};
};

TEST_F(ProofPages, OfferWhatCanBeProved) {
  auto const page = anna.get("/proofs");
  EXPECT_EQ(page.status, 200u);
  expect_well_made(page, "proofs");
  EXPECT_TRUE(contains(page.body, "Invalidenstr. 1"));
  test::Browser peter{site};
  peter.sign_in("test_person", "peter-stevenson");
  EXPECT_TRUE(contains(peter.get("/proofs").body, "There is nothing to prove yet."));
}

TEST_F(ProofPages, HandOverAFileThatIsKeptNowhere) {
  auto const file = anna.post("/proofs", {{"request_key", "1"}, {"fields", "region"}, {"life", "fresh"}});
  EXPECT_EQ(file.status, 200u) << file.body;
  EXPECT_EQ(http::header(file, "Content-Type"), "application/dc+sd-jwt");
  EXPECT_EQ(http::header(file, "Cache-Control"), "no-store");
  certificates::Memory memory;
  EXPECT_TRUE(credential::parse_proof(file.body, memory));
  auto const page = anna.get("/proofs");
  expect_well_made(page, "proofs");
  EXPECT_TRUE(contains(page.body, "Proofs you had made"));
  EXPECT_FALSE(contains(page.body, "Withdraw it")) << "a fresh one ends by itself";
}

TEST_F(ProofPages, HandOverAPageToPrint) {
  EXPECT_TRUE(contains(anna.get("/proofs").body, "<option value=\"hy\">հայերեն</option>"));
  auto const file = anna.post(
      "/proofs",
      {{"request_key", "1"}, {"fields", "region"}, {"life", "lasting"}, {"form", "paper"}, {"language", "hy"}});
  EXPECT_EQ(file.status, 200u) << file.body;
  EXPECT_EQ(http::header(file, "Content-Type"), "application/pdf");
  EXPECT_EQ(http::header(file, "Cache-Control"), "no-store");
  EXPECT_TRUE(file.body.starts_with("%PDF-"));
  EXPECT_TRUE(contains(file.body, "/Lang (hy)"));
  auto const page = anna.get("/proofs");
  expect_well_made(page, "proofs");
  EXPECT_TRUE(contains(page.body, "On paper</b>"));
  EXPECT_TRUE(contains(page.body, "Withdraw it"));
  for (auto const& [field, value] : {std::pair{"language", "xx"}, {"form", "wallet"}}) {
    std::vector<std::pair<std::string, std::string>> fields{
        {"request_key", "2"}, {"fields", "region"}, {"life", "fresh"}, {field, value}};
    if (field != std::string{"form"}) fields.emplace_back("form", "paper");
    auto const wrong = anna.post("/proofs", fields);
    EXPECT_EQ(wrong.status, 422u) << field;
    expect_well_made(wrong, "proofs with an error");
  }
}

TEST_F(ProofPages, KeepWhatWasTypedWhenSomethingIsWrong) {
  auto const page = anna.post("/proofs", {{"request_key", "1"}, {"life", "lasting"}});
  EXPECT_EQ(page.status, 422u);
  expect_well_made(page, "proofs with an error");
  EXPECT_TRUE(contains(page.body, "Choose at least one thing that the proof shall say."));
  EXPECT_TRUE(contains(page.body, "checked"));
}

TEST_F(ProofPages, WithdrawALastingOne) {
  anna.post("/proofs", {{"request_key", "1"}, {"fields", "region"}, {"life", "lasting"}});
  EXPECT_TRUE(contains(anna.get("/proofs").body, "Withdraw it"));
  auto const proofs = test::must(test::read(*site.store, [&, session = site.anna()](ports::Snapshot& s) {
    return service::list_proofs(site.context, s, session);
  }));
  std::string const path = "/proofs/" + std::to_string(proofs.at(0).entry) + "/withdraw";
  EXPECT_EQ(anna.post(path, {{"request_key", "2"}}).status, 303u);
  EXPECT_TRUE(contains(anna.get("/proofs").body, "withdrawn"));
  EXPECT_TRUE(contains(anna.get("/history").body, "You withdrew a proof"));
}

TEST_F(ProofPages, LayOneOutForAWallet) {
  auto const page = anna.post("/proofs/wallet", {{"request_key", "1"}, {"life", "fresh"}});
  EXPECT_EQ(page.status, 200u) << page.body;
  expect_well_made(page, "into a wallet");
  EXPECT_TRUE(contains(page.body, "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fregister.example"));
  EXPECT_TRUE(contains(page.body, "viewBox=\"0 0 "));
  auto const wrong = anna.post("/proofs/wallet", {{"request_key", "1"}, {"life", "eternal"}});
  EXPECT_EQ(wrong.status, 422u);
  expect_well_made(wrong, "into a wallet with an error");
}

}  // namespace
}  // namespace abode::pages
