#include "rules/purposes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "rules/profile.hpp"
#include "rules/residence.hpp"

namespace abode::rules {
namespace {

using Names = std::vector<std::string_view>;

// The whole table, written down a second time: a purpose or a field that is added or widened must be meant.
TEST(Purposes, AreTheseAndNoOthers) {
  struct Row {
    std::string_view name;
    Names fields;
  };
  Row const expected[] = {
      {"school-enrolment", {"family_name", "given_names", "birth_date", "main_address"}},
      {"social-benefit", {"family_name", "given_names", "birth_date", "main_address", "main_since"}},
      {"civil-status", {"family_name", "given_names", "birth_date", "main_address", "other_addresses"}},
      {"tax-residence", {"family_name", "given_names", "main_address", "main_since", "other_addresses"}},
      {"counter-help",
       {"family_name", "given_names", "birth_date", "main_address", "main_since", "other_addresses", "assurance"}},
  };
  ASSERT_EQ(purposes.size(), std::size(expected));
  for (std::size_t i = 0; i < purposes.size(); ++i) {
    EXPECT_EQ(purposes[i].name, expected[i].name);
    EXPECT_EQ(names_of(purposes[i].fields), expected[i].fields) << purposes[i].name;
  }
}

TEST(Purposes, NoneIsPolicing) {
  for (Purpose const& purpose : purposes)
    for (char const* word :
         {"police", "policing", "crime", "criminal", "security", "surveillance", "migration", "immigration", "border",
          "deport", "wanted", "search", "intelligence", "military", "conscription", "investigat"})
      for (std::string_view text : {purpose.name, purpose.label})
        EXPECT_EQ(text.find(word), std::string_view::npos) << purpose.name << " speaks of " << word;
}

TEST(Purposes, AreFoundByTheirNamesAlone) {
  for (Purpose const& purpose : purposes) {
    EXPECT_EQ(purpose_named(purpose.name), &purpose);
    EXPECT_FALSE(purpose.label.empty());
    EXPECT_FALSE(purpose.fields.empty());
  }
  for (char const* unknown : {"", "policing", "school", "School-Enrolment", "school-enrolment ", "counter_help"})
    EXPECT_EQ(purpose_named(unknown), nullptr) << unknown;
}

TEST(Fields, AreTheseAndNoOthers) {
  Names const expected{"family_name", "given_names",     "birth_date", "main_address",
                       "main_since",  "other_addresses", "assurance"};
  Names names;
  for (Field field : all_fields) names.push_back(name_of(field));
  EXPECT_EQ(names, expected);
}

// G9: there is nothing to ask for.
TEST(Fields, NoneTellsWhereSomeoneIsAPassportHolder) {
  for (Field field : all_fields)
    for (char const* word :
         {"nation", "citizen", "document", "passport", "card", "number", "state", "sex", "gender", "religion"})
      EXPECT_EQ(name_of(field).find(word), std::string_view::npos) << name_of(field) << " speaks of " << word;
  for (char const* unknown : {"nationality", "document", "document_number", "", "Family_Name", "family name"})
    EXPECT_FALSE(field_named(unknown)) << unknown;
}

TEST(Fields, NamesRoundTrip) {
  for (Field field : all_fields) EXPECT_EQ(field_named(name_of(field)), field);
}

TEST(FieldSet, HoldsWhatWasAddedAndNothingElse) {
  constexpr FieldSet set{Field::birth_date, Field::assurance};
  static_assert(set.has(Field::birth_date) && set.has(Field::assurance) && !set.has(Field::main_address));
  static_assert(FieldSet{}.empty() && !set.empty());
  EXPECT_EQ(names_of(set), (Names{"birth_date", "assurance"}));
}

TEST(FieldSet, EverySetOfBitsIsAnIntersectionOfKnownFields) {
  for (unsigned bits = 0; bits <= 0xffff; ++bits) {
    FieldSet const set = FieldSet::from_bits(bits);
    ASSERT_EQ(set.bits(), bits & 0x7f) << "bits that are no field must not stay";
    ASSERT_EQ(names_of(set).size(), static_cast<std::size_t>(__builtin_popcount(bits & 0x7f)));
    ASSERT_EQ((set & FieldSet::from_bits(0x15)).bits(), bits & 0x15);
  }
}

}  // namespace
}  // namespace abode::rules
