#include "identity/names.hpp"

#include <gtest/gtest.h>

#include "unit/identity/specimens.hpp"

namespace abode::identity {
namespace {

Names names(std::string primary, std::string secondary) {
  Mrz mrz;
  mrz.primary_identifier = std::move(primary);
  mrz.secondary_identifier = std::move(secondary);
  return names_of(mrz);
}

TEST(Names, AreTheIdentifiersInPlainWords) {
  EXPECT_EQ(names_of(parse_mrz(specimens::td3).value()), (Names{"ERIKSSON", "ANNA MARIA"}));
  EXPECT_EQ(names("VAN<DER<MUELLEN", "CORA"), (Names{"VAN DER MUELLEN", "CORA"}));
}

TEST(Names, ASingleNameIsTheFamilyName) {
  EXPECT_EQ(names("ARKFREITH", ""), (Names{"ARKFREITH", ""}));
}

TEST(Names, StrayFillersMakeNoEmptyWords) {
  EXPECT_EQ(names("SMITH", "<SUSIE<<MARGARET"), (Names{"SMITH", "SUSIE MARGARET"}));
}

}  // namespace
}  // namespace abode::identity
