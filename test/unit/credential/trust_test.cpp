#include "credential/trust.hpp"

#include <gmock/gmock.h>

#include "unit/credential/proof_world.hpp"

namespace abode::credential {
namespace {

TEST(TrustFile, IsReadAsItIsWritten) {
  test::ProofWorld world;
  auto const read = read_trust(write_trust(world.trust)).value();
  ASSERT_EQ(read.issuers.size(), 1U);
  EXPECT_EQ(read.issuers[0].issuer, world.issuer);
  EXPECT_EQ(read.issuers[0].anchor.der(), world.root.der());
  EXPECT_EQ(read.issuers[0].status_anchor.der(), world.status_root.der());
  EXPECT_EQ(read.find("https://nobody.example"), nullptr);
}

TEST(TrustFile, SaysWhatIsWrongWithIt) {
  test::ProofWorld world;
  world.trust.issuers.push_back(world.trust.issuers[0]);
  struct Case {
    std::string text;
    char const* field;
  };
  for (Case const& c :
       {Case{"", ""},
        {"{}", "issuers"},
        {R"({"issuers": 7})", "issuers"},
        {R"({"issuers": [], "more": 1})", "more"},
        {R"({"issuers": [{"issuer": "x", "anchor": "AAAA", "status_anchor": "AAAA"}]})", "issuers.0.anchor"},
        {R"({"issuers": [{"issuer": "x", "status_anchor": "AAAA"}]})", "issuers.0.anchor"},
        {write_trust(world.trust), "issuers"}}) {
    auto const read = read_trust(c.text);
    ASSERT_FALSE(read) << c.text;
    EXPECT_EQ(read.error().field, c.field) << c.text;
    EXPECT_FALSE(read.error().detail.empty());
  }
  EXPECT_TRUE(read_trust(R"({"issuers": []})"));
}

}  // namespace
}  // namespace abode::credential
