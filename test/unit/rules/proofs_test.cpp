#include "rules/proofs.hpp"

#include <gtest/gtest.h>

#include "rules/floors.hpp"

namespace abode::rules {
namespace {

Profile profile_with(std::chrono::days fresh, std::chrono::days lasting) {
  Profile profile;
  profile.fresh_proof_life = fresh;
  profile.lasting_proof_life = lasting;
  return profile;
}

TEST(ProofFields, AreNamedBothWays) {
  for (ProofField const field : all_proof_fields) EXPECT_EQ(proof_field_named(name_of(field)), field);
  EXPECT_FALSE(proof_field_named("nationality"));
  EXPECT_FALSE(proof_field_named("document"));
  EXPECT_EQ(names_of({ProofField::since, ProofField::region}), (std::vector<std::string_view>{"region", "since"}));
  for (ProofField const field : all_proof_fields) EXPECT_TRUE(everything_provable.has(field));
}

TEST(ProofFields, TellWhichFieldsOfTheRecordAreInAProof) {
  EXPECT_EQ(record_fields({ProofField::region}, Kind::main), FieldSet{Field::main_address});
  EXPECT_EQ(record_fields({ProofField::address, ProofField::since}, Kind::main),
            (FieldSet{Field::main_address, Field::main_since}));
  EXPECT_EQ(record_fields({ProofField::region, ProofField::since, ProofField::family_name}, Kind::temporary),
            (FieldSet{Field::other_addresses, Field::family_name}));
}

TEST(ProofLives, AreNamedBothWays) {
  for (ProofLife const life : {ProofLife::fresh, ProofLife::lasting}) EXPECT_EQ(proof_life_named(name_of(life)), life);
  EXPECT_FALSE(proof_life_named("eternal"));
}

TEST(ProofLives, AreWithinTheProfile) {
  Profile const profile = profile_with(std::chrono::days{10}, std::chrono::days{200});
  EXPECT_EQ(proof_days(profile, ProofLife::fresh, {}).value(), std::chrono::days{10});
  EXPECT_EQ(proof_days(profile, ProofLife::lasting, {}).value(), std::chrono::days{200});
  EXPECT_EQ(proof_days(profile, ProofLife::fresh, std::chrono::days{1}).value(), std::chrono::days{1});
  EXPECT_EQ(proof_days(profile, ProofLife::lasting, std::chrono::days{11}).value(), std::chrono::days{11});
  for (int const days : {-1, 0, 11}) {
    auto const refused = proof_days(profile, ProofLife::fresh, std::chrono::days{days});
    ASSERT_FALSE(refused) << days;
    EXPECT_EQ(refused.error().field, "days");
  }
}

}  // namespace
}  // namespace abode::rules
