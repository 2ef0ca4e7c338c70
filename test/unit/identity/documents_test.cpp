#include "identity/documents.hpp"

#include <gtest/gtest.h>

#include "unit/identity/specimens.hpp"

namespace abode::identity {
namespace {

using base::errc;

TEST(Document, TakesItsKindFromTheDocumentCode) {
  auto const kind = [](std::string code) {
    Mrz mrz = parse_mrz(specimens::td3).value();
    mrz.document_code = std::move(code);
    return document_of(mrz).kind;
  };
  EXPECT_EQ(kind("P"), DocumentKind::passport);
  EXPECT_EQ(kind("PD"), DocumentKind::passport);
  EXPECT_EQ(kind("I"), DocumentKind::identity_card);
  EXPECT_EQ(kind("ID"), DocumentKind::identity_card);
  EXPECT_EQ(kind("AC"), DocumentKind::other);
  EXPECT_EQ(kind("C"), DocumentKind::other);
}

TEST(Document, TakesTheWholeNumberOfTheZone) {
  EXPECT_EQ(document_of(parse_mrz(specimens::td3).value()), (Document{DocumentKind::passport, "L898902C3"}));
  EXPECT_EQ(document_of(parse_mrz(specimens::td1_long_number).value()),
            (Document{DocumentKind::identity_card, "D23145890734"}));
}

TEST(Document, IsTheSameHoweverItsNumberIsWritten) {
  for (char const* typed : {"AB123456", "ab 123-456", "AB<123456<", " A.B/12 34 56\r\n", "Ab\t123456"})
    EXPECT_EQ(parse_document(DocumentKind::passport, typed).value(), (Document{DocumentKind::passport, "AB123456"}))
        << typed;
}

TEST(Document, KeepsLettersOfOtherAlphabets) {
  EXPECT_EQ(parse_document(DocumentKind::other, "I-\xd0\x94\xd0\x9d 123456").value().number,
            "I\xd0\x94\xd0\x9d"
            "123456");
}

TEST(Document, NeedsANumber) {
  for (char const* blank : {"", "  ", "<<<", "--/"}) {
    auto const document = parse_document(DocumentKind::passport, blank);
    ASSERT_FALSE(document) << blank;
    EXPECT_EQ(document.error().code, errc::invalid);
    EXPECT_EQ(document.error().field, "document.number");
  }
  EXPECT_TRUE(parse_document(DocumentKind::other, std::string(max_document_number_bytes, '7')));
  EXPECT_EQ(parse_document(DocumentKind::other, std::string(max_document_number_bytes + 1, '7')).error().code,
            errc::too_large);
}

TEST(CanonicalBytes, AreADomainAKindAndANumber) {
  std::string const expected{"abode/document/v1\0\x01L898902C3", 28};
  EXPECT_EQ(base::as_text(canonical_bytes({DocumentKind::passport, "L898902C3"})), expected);
}

TEST(CanonicalBytes, TellKindsAndNumbersApart) {
  EXPECT_NE(canonical_bytes({DocumentKind::passport, "1"}), canonical_bytes({DocumentKind::identity_card, "1"}));
  EXPECT_NE(canonical_bytes({DocumentKind::passport, "1"}), canonical_bytes({DocumentKind::passport, "11"}));
}

TEST(CanonicalBytes, DoNotDependOnHowTheNumberIsWritten) {
  EXPECT_EQ(canonical_bytes({DocumentKind::passport, "ab<12"}), canonical_bytes({DocumentKind::passport, "AB12"}));
}

/// G9: the register stores neither, so no index may depend on one.
TEST(CanonicalBytes, DependOnNoStateAndNoNationality) {
  Mrz mrz = parse_mrz(specimens::td3).value();
  base::Bytes const before = canonical_bytes(document_of(mrz));
  mrz.issuing_state = std::string{"D"};
  mrz.nationality = std::string{"XXA"};
  EXPECT_EQ(canonical_bytes(document_of(mrz)), before);
}

}  // namespace
}  // namespace abode::identity
