// The document that tells a wallet what the claims of a proof are: held against what is issued.
#include <gtest/gtest.h>

#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "unit/credential/proof_world.hpp"

namespace abode::credential {
namespace {

class TypeMetadata : public ::testing::Test, protected test::ProofWorld {
 protected:
  json::object const document = codec::parse_json(residence_type_metadata()).value().as_object();

  /// Paths of claims, "address.region", by whether they are shown one by one.
  std::set<std::string> paths(std::string_view sd) const {
    std::set<std::string> found;
    for (json::value const& claim : document.at("claims").as_array()) {
      if (claim.at("sd").as_string() != sd) continue;
      std::string path;
      for (json::value const& step : claim.at("path").as_array())
        path += (path.empty() ? "" : ".") + std::string{step.as_string()};
      EXPECT_TRUE(found.insert(path).second) << path << " is there twice";
    }
    return found;
  }
};

TEST_F(TypeMetadata, NamesEveryClaimThatIsShownByItself) {
  std::set<std::string> names{person_claims.begin(), person_claims.end()};
  for (std::string_view const name : address_claims) names.insert("address." + std::string{name});
  for (std::string_view const name : residence_claims) names.insert("residence." + std::string{name});
  EXPECT_EQ(paths("always"), names);
  EXPECT_TRUE(paths("allowed").empty());
}

TEST_F(TypeMetadata, IsOfTheTypeThatIsIssuedAndBoundToItByItsHash) {
  EXPECT_EQ(document.at("vct").as_string(), residence_type);
  auto const payload = parse_jws(split_sd_jwt(issue(proof())).value().jws, credential_type).value().payload;
  EXPECT_EQ(payload.at("vct").as_string(), residence_type);
  EXPECT_EQ(payload.at("vct#integrity").as_string(),
            "sha256-" + codec::to_base64(digest::sha256(base::as_bytes(residence_type_metadata()))));
  for (std::string const& path : paths("never")) EXPECT_TRUE(payload.contains(path)) << path;
}

TEST_F(TypeMetadata, CallsEachClaimByANameInEachOfItsLanguages) {
  std::set<std::string> languages;
  for (json::value const& one : document.at("display").as_array()) {
    languages.insert(std::string{one.at("locale").as_string()});
    EXPECT_FALSE(one.at("name").as_string().empty());
  }
  for (json::value const& claim : document.at("claims").as_array()) {
    std::set<std::string> labelled;
    for (json::value const& one : claim.at("display").as_array()) {
      EXPECT_FALSE(one.at("label").as_string().empty());
      labelled.insert(std::string{one.at("locale").as_string()});
    }
    EXPECT_EQ(labelled, languages) << json::serialize(claim.at("path"));
  }
}

}  // namespace
}  // namespace abode::credential
