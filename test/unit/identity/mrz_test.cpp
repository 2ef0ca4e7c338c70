#include "identity/mrz.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/identity/specimens.hpp"

namespace abode::identity {
namespace {

using base::errc;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

constexpr base::Date today{2026y / 11 / 21};

/// `zone` with the character at this place, counted from 1, replaced.
std::string with(std::string zone, std::size_t line, std::size_t column, char c) {
  std::size_t start = 0;
  for (; line > 1; --line) start = zone.find('\n', start) + 1;
  zone.at(start + column - 1) = c;
  return zone;
}

void expect_round_trip(std::string const& zone) {
  auto const mrz = parse_mrz(zone);
  ASSERT_TRUE(mrz) << mrz.error().detail << "\n" << zone;
  EXPECT_EQ(write_mrz(*mrz), zone);
}

void expect_error(std::string const& text, errc code, std::string const& field, std::string const& detail) {
  auto const mrz = parse_mrz(text);
  ASSERT_FALSE(mrz) << text;
  EXPECT_EQ(mrz.error().code, code) << text;
  EXPECT_EQ(mrz.error().field, field) << text;
  EXPECT_EQ(mrz.error().detail, detail) << text;
}

void expect_same_as_specimen(std::string const& text) {
  auto const mrz = parse_mrz(text);
  ASSERT_TRUE(mrz) << mrz.error().detail << "\n" << text;
  EXPECT_EQ(write_mrz(*mrz), specimens::td3);
}

// ---- specimens

Mrz anna_maria(MrzSize size) {
  Mrz mrz;
  mrz.size = size;
  mrz.document_code = size == MrzSize::td3 ? "P" : "I";
  mrz.issuing_state = mrz.nationality = "UTO";
  mrz.primary_identifier = "ERIKSSON";
  mrz.secondary_identifier = "ANNA<MARIA";
  mrz.document_number = size == MrzSize::td3 ? "L898902C3" : "D23145890";
  mrz.birth = {74, 8, 12};
  mrz.sex = Sex::female;
  mrz.expiry = {12, 4, 15};
  if (size == MrzSize::td3) mrz.optional_data = "ZE184226B";
  return mrz;
}

TEST(Mrz, ReadsTheSpecimensOfDoc9303) {
  EXPECT_EQ(parse_mrz(specimens::td3).value(), anna_maria(MrzSize::td3));
  EXPECT_EQ(parse_mrz(specimens::td2).value(), anna_maria(MrzSize::td2));
  EXPECT_EQ(parse_mrz(specimens::td1).value(), anna_maria(MrzSize::td1));
}

TEST(Mrz, WritesTheSpecimensOfDoc9303) {
  EXPECT_EQ(write_mrz(anna_maria(MrzSize::td3)), specimens::td3);
  EXPECT_EQ(write_mrz(anna_maria(MrzSize::td2)), specimens::td2);
  EXPECT_EQ(write_mrz(anna_maria(MrzSize::td1)), specimens::td1);
}

TEST(Mrz, FollowsALongNumberIntoTheOptionalData) {
  Mrz const mrz = parse_mrz(specimens::td1_long_number).value();
  EXPECT_EQ(mrz.document_number, "D23145890734");
  EXPECT_EQ(mrz.optional_data, "");
  EXPECT_EQ(mrz.primary_identifier, "STEVENSON");
  EXPECT_EQ(mrz.sex, Sex::male);
  EXPECT_EQ(write_mrz(mrz), specimens::td1_long_number);
}

TEST(Mrz, ComputesTheCheckDigitsOfPart3) {
  EXPECT_EQ(check_digit("520727"), '3');
  EXPECT_EQ(check_digit("AB2134<<<"), '5');
  EXPECT_EQ(check_digit("HA672242<658022549601086<<<<<<<<<<<<<<0"), '8');
  EXPECT_EQ(check_digit(""), '0');
}

// ---- check digits, each broken alone

struct BrokenDigit {
  std::string zone;
  std::size_t line;
  std::size_t column;
  std::string field;
  std::string what;
};

TEST(Mrz, NamesTheCheckDigitThatFails) {
  BrokenDigit const digits[] = {
      {specimens::td3, 2, 10, "document_number", "document number"},
      {specimens::td3, 2, 20, "birth_date", "birth date"},
      {specimens::td3, 2, 28, "expiry_date", "expiry date"},
      {specimens::td3, 2, 43, "optional_data", "personal number"},
      {specimens::td3, 2, 44, "mrz", "zone as a whole"},
      {specimens::td2, 2, 10, "document_number", "document number"},
      {specimens::td2, 2, 20, "birth_date", "birth date"},
      {specimens::td2, 2, 28, "expiry_date", "expiry date"},
      {specimens::td2, 2, 36, "mrz", "zone as a whole"},
      {specimens::td1, 1, 15, "document_number", "document number"},
      {specimens::td1, 2, 7, "birth_date", "birth date"},
      {specimens::td1, 2, 15, "expiry_date", "expiry date"},
      {specimens::td1, 2, 30, "mrz", "zone as a whole"},
      {specimens::td1_long_number, 1, 19, "document_number", "document number"},
  };
  for (auto const& [zone, line, column, field, what] : digits) {
    std::string const place = "Line " + std::to_string(line) + ", column " + std::to_string(column) + ": ";
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string const changed = with(zone, line, column, digit);
      if (changed == zone) continue;
      auto const mrz = parse_mrz(changed);
      ASSERT_FALSE(mrz) << changed;
      EXPECT_EQ(mrz.error().code, errc::invalid);
      EXPECT_EQ(mrz.error().field, field);
      EXPECT_THAT(mrz.error().detail, StartsWith(place + "the check digit does not match the " + what + "; "));
    }
  }
}

TEST(Mrz, WantsEveryCheckDigitThatIsNotOptional) {
  expect_error(with(specimens::td3, 2, 10, '<'), errc::malformed, "document_number",
               "Line 2, column 10: the check digit of the document number is missing.");
  expect_error(with(specimens::td3, 2, 20, '<'), errc::malformed, "birth_date",
               "Line 2, column 20: the check digit of the birth date is missing.");
  expect_error(with(specimens::td3, 2, 28, '<'), errc::malformed, "expiry_date",
               "Line 2, column 28: the check digit of the expiry date is missing.");
  expect_error(with(specimens::td3, 2, 43, '<'), errc::malformed, "optional_data",
               "Line 2, column 43: the check digit of the personal number is missing.");
  expect_error(with(specimens::td3, 2, 44, '<'), errc::malformed, "mrz",
               "Line 2, column 44: the check digit of the zone as a whole is missing.");
  expect_error(
      with(specimens::td1, 1, 15, '<'), errc::malformed, "document_number",
      "Line 1, column 15: the check digit of the document number is missing. Compare this line with the document.");
}

// ---- letters typed for digits

TEST(Mrz, SaysWhichCharacterIsProbablyMeant) {
  std::string const zone =
      "P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "0CB73195C6UTO7408122F3001019<<<<<<<<<<<<<<04";
  std::string const number = "Line 2, column 10: the check digit does not match the document number; ";
  expect_round_trip(zone);
  expect_error(with(zone, 2, 1, 'O'), errc::invalid, "document_number",
               number + "'O' at column 1 is probably the digit 0.");
  expect_error(with(zone, 2, 6, 'I'), errc::invalid, "document_number",
               number + "'I' at column 6 is probably the digit 1.");
  expect_error(with(zone, 2, 8, 'S'), errc::invalid, "document_number",
               number + "'S' at column 8 is probably the digit 5.");
  expect_error(with(zone, 2, 3, '8'), errc::invalid, "document_number",
               number + "'8' at column 3 is probably the letter B.");
}

TEST(Mrz, NamesAFewAlternativesButNotMany) {
  std::string const zone =
      "P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "AB01234568UTO7408122F3001019120456<<<<<<<<24";
  std::string const number = "Line 2, column 10: the check digit does not match the document number; ";
  expect_round_trip(zone);
  expect_error(with(zone, 2, 3, 'O'), errc::invalid, "document_number",
               number + "'O' at column 3 is probably the digit 0.");
  expect_error(with(zone, 2, 4, 'I'), errc::invalid, "document_number",
               number + "'B' at column 2 may be the digit 8, or 'I' at column 4 may be the digit 1.");
  expect_error(with(zone, 2, 2, '8'), errc::invalid, "document_number",
               number + "compare both with the document, character by character.");
  expect_error(with(zone, 2, 31, 'O'), errc::invalid, "optional_data",
               "Line 2, column 43: the check digit does not match the personal number; 'O' at column 31 is probably "
               "the digit 0.");
}

TEST(Mrz, SeesThatTheSameMistakeWasMadeEverywhere) {
  std::string const zone =
      "P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "AB01234052UTO7408122F3001019<<<<<<<<<<<<<<02";
  expect_round_trip(zone);
  expect_error(with(with(zone, 2, 3, 'O'), 2, 8, 'O'), errc::invalid, "document_number",
               "Line 2, column 10: the check digit does not match the document number; every 'O' in it is probably the "
               "digit 0.");
}

TEST(Mrz, LooksForTheMistakeInALongNumberAndInOptionalData) {
  std::string const number =
      "I<UTOABCDEFGHI<12345678901237<\n"
      "3407127M3001019UTO<<<<<<<<<<<8\n"
      "STEVENSON<<PETER<<<<<<<<<<<<<<";
  expect_error(with(number, 1, 25, 'O'), errc::invalid, "document_number",
               "Line 1, column 29: the check digit does not match the document number; 'O' at column 25 is probably "
               "the digit 0.");
  std::string const optional =
      "I<UTOD231458907A0A<<<<<<<<<<<<\n"
      "3407127M3001019UTO5<<<<<<<<<<7\n"
      "STEVENSON<<PETER<<<<<<<<<<<<<<";
  expect_error(with(optional, 1, 17, 'O'), errc::invalid, "mrz",
               "Line 2, column 30: the check digit does not match the zone as a whole; 'O' at line 1, column 17 is "
               "probably the digit 0.");
  expect_error(with(optional, 2, 19, 'S'), errc::invalid, "mrz",
               "Line 2, column 30: the check digit does not match the zone as a whole; 'S' at column 19 is probably "
               "the digit 5.");
}

TEST(Mrz, KnowsWhereOnlyDigitsOrOnlyLettersCanBe) {
  expect_error(with(specimens::td3, 2, 16, 'O'), errc::malformed, "birth_date",
               "Line 2, column 16: a birth date has only digits; 'O' is probably the digit 0.");
  expect_error(with(specimens::td3, 2, 22, 'I'), errc::malformed, "expiry_date",
               "Line 2, column 22: an expiry date has only digits; 'I' is probably the digit 1.");
  expect_error(with(specimens::td3, 2, 15, 'X'), errc::malformed, "birth_date",
               "Line 2, column 15: a birth date has only digits; 'X' cannot be right, read it again.");
  expect_error(with(specimens::td3, 2, 10, 'B'), errc::malformed, "document_number",
               "Line 2, column 10: a check digit has only digits; 'B' is probably the digit 8.");
  expect_error(with(specimens::td3, 2, 44, 'O'), errc::malformed, "mrz",
               "Line 2, column 44: a check digit has only digits; 'O' is probably the digit 0.");
  expect_error(with(specimens::td3, 1, 5, '0'), errc::malformed, "issuing_state",
               "Line 1, column 5: the code of the issuing state has only letters; '0' is probably the letter O.");
  expect_error(with(specimens::td3, 2, 13, '0'), errc::malformed, "nationality",
               "Line 2, column 13: the code of the nationality has only letters; '0' is probably the letter O.");
  expect_error(with(specimens::td3, 1, 10, '5'), errc::malformed, "name",
               "Line 1, column 10: a name has only letters; '5' is probably the letter S.");
  expect_error(with(specimens::td2, 1, 1, '1'), errc::malformed, "document_code",
               "Line 1, column 1: the document code has only letters; '1' is probably the letter I.");
}

TEST(Mrz, WithoutASlipToNameAsksToCompare) {
  expect_error(with(specimens::td3, 2, 4, '7'), errc::invalid, "document_number",
               "Line 2, column 10: the check digit does not match the document number; compare both with the document, "
               "character by character.");
}

// ---- the form of the fields

TEST(Mrz, RefusesFieldsThatHaveNoForm) {
  expect_error(with(specimens::td3, 1, 1, 'V'), errc::malformed, "document_code",
               "Line 1, column 1: this is the zone of a visa. Use the zone of a passport or an identity card.");
  expect_error(with(specimens::td3, 1, 1, '<'), errc::malformed, "document_code",
               "Line 1, column 1: the document code is missing; a passport has P here.");
  for (std::size_t column : {3u, 4u})
    expect_error(with(specimens::td3, 1, column, '<'), errc::malformed, "issuing_state",
                 "Line 1, column 3: a state's code is one to three letters followed by '<', such as UTO or D<<.");
  expect_error(with(specimens::td3, 2, 12, '<'), errc::malformed, "nationality",
               "Line 2, column 11: a state's code is one to three letters followed by '<', such as UTO or D<<.");
  expect_error(with(specimens::td3, 1, 6, '<'), errc::malformed, "name",
               "Line 1, column 6: the name must begin here; there is '<'.");
  expect_error(with(specimens::td3, 2, 14, '<'), errc::malformed, "birth_date",
               "Line 2, column 14: a date is year, month and day, each of two digits, or '<<' where it is unknown.");
  expect_error(with(specimens::td3, 2, 27, '<'), errc::malformed, "expiry_date",
               "Line 2, column 22: a date is year, month and day, each of two digits, or '<<' where it is unknown.");
  expect_error(with(specimens::td3, 2, 21, 'X'), errc::malformed, "sex", "Line 2, column 21: the sex is F, M or '<'.");
  expect_error("P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n<<<<<<<<<0UTO7408122F3001019<<<<<<<<<<<<<<02",
               errc::malformed, "document_number", "Line 2, column 1: the document number is missing.");
}

TEST(Mrz, RefusesALongNumberWithoutAnEnd) {
  expect_error("I<UTOABCDEFGHI<123456789012377\n3407127M3001019UTO<<<<<<<<<<<8\nSTEVENSON<<PETER<<<<<<<<<<<<<<",
               errc::malformed, "document_number",
               "Line 1, column 15: '<' says that the document number goes on in the optional data, but no '<' ends it "
               "there. Compare this line with the document.");
  expect_error(
      with(specimens::td1_long_number, 1, 17, '<'), errc::malformed, "document_number",
      "Line 1, column 15: the check digit of the document number is missing. Compare this line with the document.");
}

TEST(Mrz, RefusesLinesAndLengthsThatNoSizeHas) {
  std::string const sizes =
      "A machine-readable zone has 3 lines of 30 characters (identity card), 2 of 44 (passport) or 2 of 36 (larger "
      "card)";
  for (char const* nothing : {"", " \r\n\t\n", "\xef\xbb\xbf"})
    expect_error(nothing, errc::malformed, "mrz",
                 "Type the two or three lines of letters, digits and '<' on the document.");
  expect_error("P<UTO", errc::malformed, "mrz",
               sizes + "; this text is one line of 5. Type all lines of the zone, each to its end.");
  expect_error(specimens::td1 + "\nPAGE", errc::malformed, "mrz",
               sizes + "; this text has 4 lines. Leave out what is not part of the zone.");
  expect_error(specimens::td3.substr(0, 88), errc::malformed, "mrz",
               "Line 2 has 43 characters. " + sizes + ". Look for a missing or doubled '<'.");
  expect_error("<" + specimens::td2, errc::malformed, "mrz",
               "Line 1 has 37 characters. " + sizes + ". Look for a missing or doubled '<'.");
  expect_error(specimens::td1 + "<", errc::malformed, "mrz",
               "Line 3 has 31 characters. " + sizes + ". Look for a missing or doubled '<'.");
  expect_error(std::string(max_mrz_text_bytes + 1, '<'), errc::too_large, "mrz",
               sizes + ". Leave out what is not part of the zone.");
}

TEST(Mrz, RefusesCharactersThatNoZoneHas) {
  std::string const allowed = ": a machine-readable zone has only the letters A to Z, digits and '<'; ";
  std::string const start = "Line 2, column 3" + allowed;
  expect_error(with(specimens::td3, 2, 3, '*'), errc::malformed, "mrz", start + "read this character again.");
  expect_error(with(specimens::td3, 2, 3, '-'), errc::malformed, "mrz", start + "this dash is probably '<'.");
  std::string cyrillic = specimens::td3;
  cyrillic.replace(cyrillic.find("C36"), 1, "\xd0\xa1");
  expect_error(cyrillic, errc::malformed, "mrz",
               "Line 2, column 8" + allowed +
                   "letters of other alphabets can look like Latin ones, so type this one on a Latin keyboard.");
  std::string quotes = specimens::td3;
  quotes.replace(quotes.find("<<"), 2, "\xc2\xab");
  expect_error(quotes, errc::malformed, "mrz", "Line 1, column 14" + allowed + "this quotation mark is probably '<<'.");
  std::string quote = specimens::td3;
  quote.replace(1, 1, "\xe2\x80\xb9");
  expect_error(quote, errc::malformed, "mrz", "Line 1, column 2" + allowed + "this quotation mark is probably '<'.");
}

// ---- how people paste

TEST(Mrz, ForgivesHowATextWasPasted) {
  std::string spaced;
  for (char c : specimens::td3) (spaced += c) += ' ';
  std::string lower = specimens::td3;
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  std::string crlf = specimens::td3;
  crlf.replace(crlf.find('\n'), 1, " \r\n\r\n\t");
  std::string together = specimens::td3;
  together.erase(together.find('\n'), 1);
  for (std::string const& text : {spaced, lower, crlf, together, "\n\r\n  " + specimens::td3 + "\n\n",
                                  "\xef\xbb\xbf" + specimens::td3 + "\xc2\xa0\xe2\x80\x8b"})
    expect_same_as_specimen(text);
}

TEST(Mrz, SplitsLinesThatRunTogether) {
  for (std::string const& zone : {specimens::td1, specimens::td2, specimens::td1_long_number}) {
    std::string together = zone;
    std::erase(together, '\n');
    EXPECT_EQ(write_mrz(parse_mrz(together).value()), zone);
  }
}

// ---- pitfalls of real documents

TEST(Mrz, BlankPersonalNumberHasFillerOrZeroAsItsCheckDigit) {
  std::string const filler =
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
      "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<8";
  std::string const zero = with(filler, 2, 43, '0');
  expect_round_trip(filler);
  expect_round_trip(zero);
  EXPECT_TRUE(parse_mrz(filler).value().optional_check_is_filler);
  EXPECT_FALSE(parse_mrz(zero).value().optional_check_is_filler);
  EXPECT_EQ(parse_mrz(with(filler, 2, 43, '1')).error().field, "optional_data");
}

TEST(Mrz, GermanyIsASingleLetter) {
  std::string const zone =
      "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\n"
      "C01X0006H1D<<6408125F2702283<<<<<<<<<<<<<<<8";
  expect_round_trip(zone);
  EXPECT_EQ(parse_mrz(zone).value().issuing_state, "D");
  EXPECT_EQ(parse_mrz(zone).value().nationality, "D");
}

TEST(Mrz, BirthDateMayBeUnknownInPart) {
  std::string const none =
      "P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "X1234567<7UTO<<<<<<0F3001019<<<<<<<<<<<<<<02";
  std::string const no_day =
      "P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "X1234567<7UTO8007<<5<3001019<<<<<<<<<<<<<<02";
  expect_round_trip(none);
  expect_round_trip(no_day);
  EXPECT_EQ(parse_mrz(none).value().birth, MrzDate{});
  EXPECT_EQ(parse_mrz(no_day).value().birth, (MrzDate{80, 7, std::nullopt}));
  EXPECT_EQ(parse_mrz(no_day).value().sex, Sex::unspecified);
  for (auto const& zone : {none, no_day}) {
    auto const date = date_of_birth(parse_mrz(zone).value(), today);
    ASSERT_FALSE(date);
    EXPECT_EQ(date.error().code, errc::invalid);
    EXPECT_EQ(date.error().field, "birth_date");
    EXPECT_THAT(date.error().detail, HasSubstr("not complete"));
  }
}

TEST(Mrz, SomeCardsNeverExpire) {
  std::string const zone =
      "IDUTOX1234567<7<<<<<<<<<<<<<<<\n"
      "8007142F<<<<<<0UTO<<<<<<<<<<<6\n"
      "DOE<<JANE<<<<<<<<<<<<<<<<<<<<<";
  expect_round_trip(zone);
  EXPECT_EQ(parse_mrz(zone).value().document_code, "ID");
  EXPECT_EQ(date_of_expiry(parse_mrz(zone).value(), today).error().field, "expiry_date");
}

TEST(Mrz, ImpossibleDatesAreReadAndReportedWhenAskedFor) {
  std::string const zone =
      "P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "X1234567<7UTO7402315F3013324<<<<<<<<<<<<<<02";
  expect_round_trip(zone);
  Mrz const mrz = parse_mrz(zone).value();
  EXPECT_EQ(mrz.expiry, (MrzDate{30, 13, 32}));
  EXPECT_THAT(date_of_birth(mrz, today).error().detail, HasSubstr("birth date in the zone is not a calendar date"));
  EXPECT_THAT(date_of_expiry(mrz, today).error().detail, HasSubstr("expiry date in the zone is not a calendar date"));
  EXPECT_EQ(date_of_expiry(mrz, today).error().code, errc::invalid);
}

TEST(Mrz, SomePeopleHaveASingleName) {
  std::string const zone =
      "I<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<\n"
      "X1234567<7UTO8007142M3001019<<<<<<<2";
  expect_round_trip(zone);
  Mrz const mrz = parse_mrz(zone).value();
  EXPECT_EQ(mrz.primary_identifier, "ARKFREITH");
  EXPECT_EQ(mrz.secondary_identifier, "");
  EXPECT_FALSE(name_may_be_cut(mrz));
}

TEST(Mrz, LongNamesAreCutAtTheLastColumn) {
  std::string const lines =
      "I<UTOX1234567<7<<<<<<<<<<<<<<<\n"
      "8007142M3001019UTO<<<<<<<<<<<2\n";
  std::string const given = lines + "NILAVADHANANANDA<<CHAYAPA<DEJT";
  std::string const no_given = lines + "BENNELONG<WOOLOOMOOLOO<WARRAND";
  std::string const just_fits_with_filler = lines + "BENNELONG<WOOLOOMOOLOO<WARRAN<";
  for (auto const& zone : {given, no_given, just_fits_with_filler}) expect_round_trip(zone);
  EXPECT_TRUE(name_may_be_cut(parse_mrz(given).value()));
  EXPECT_TRUE(name_may_be_cut(parse_mrz(no_given).value()));
  EXPECT_FALSE(name_may_be_cut(parse_mrz(just_fits_with_filler).value()));
  EXPECT_FALSE(name_may_be_cut(parse_mrz(specimens::td1).value()));
}

TEST(Mrz, FillersWithinAFieldStay) {
  std::string const zone =
      "P<UTOSMITH<JONES<<SUSIE<MARGARET<<<<<<<<<<<<\n"
      "AB<12345<2UTO7408122F300101912<34<<<<<<<<<64";
  expect_round_trip(zone);
  Mrz const mrz = parse_mrz(zone).value();
  EXPECT_EQ(mrz.primary_identifier, "SMITH<JONES");
  EXPECT_EQ(mrz.document_number, "AB<12345");
  EXPECT_EQ(mrz.optional_data, "12<34");
}

TEST(Mrz, ALongNumberSharesTheOptionalData) {
  std::string const shared =
      "I<UTOD23145890<7349<ZE1<84<<<<\n"
      "3407127M3001019UTO26B<<<<<<<<1\n"
      "STEVENSON<<PETER<<<<<<<<<<<<<<";
  std::string const longest =
      "I<UTOABCDEFGHI<12345678901237<\n"
      "3407127M3001019UTO<<<<<<<<<<<8\n"
      "STEVENSON<<PETER<<<<<<<<<<<<<<";
  std::string const td2 =
      "I<UTOSTEVENSON<<PETER<<<<<<<<<<<<<<<\n"
      "D23145890<UTO3407127M30010197349<<<8";
  for (auto const& zone : {shared, longest, td2}) expect_round_trip(zone);
  EXPECT_EQ(parse_mrz(shared).value().optional_data, "ZE1<84");
  EXPECT_EQ(parse_mrz(shared).value().more_optional_data, "26B");
  EXPECT_EQ(parse_mrz(longest).value().document_number, "ABCDEFGHI1234567890123");
  EXPECT_EQ(parse_mrz(td2).value().document_number, "D23145890734");
}

// ---- centuries

TEST(Mrz, BirthIsNeverAfterToday) {
  auto const born = [](MrzDate birth) {
    Mrz mrz;
    mrz.birth = birth;
    return date_of_birth(mrz, today).value();
  };
  EXPECT_EQ(born({74, 8, 12}), (base::Date{1974y / 8 / 12}));
  EXPECT_EQ(born({26, 11, 21}), (base::Date{2026y / 11 / 21}));
  EXPECT_EQ(born({26, 11, 22}), (base::Date{1926y / 11 / 22}));
  EXPECT_EQ(born({0, 2, 29}), (base::Date{2000y / 2 / 29}));
  EXPECT_EQ(born({99, 12, 31}), (base::Date{1999y / 12 / 31}));
}

TEST(Mrz, ALeapDayNeedsALeapYear) {
  Mrz mrz;
  mrz.birth = {99, 2, 29};
  EXPECT_FALSE(date_of_birth(mrz, today));
  mrz.birth = {28, 2, 29};  // 2028 has the day but has not come; 1928 has it too
  EXPECT_EQ(date_of_birth(mrz, today).value(), (base::Date{1928y / 2 / 29}));
}

TEST(Mrz, ExpiryIsWithinFiftyYearsOfToday) {
  auto const expires = [](std::uint8_t year) {
    Mrz mrz;
    mrz.expiry = {year, 4, 15};
    return date_of_expiry(mrz, today).value().year();
  };
  EXPECT_EQ(expires(12), 2012y);
  EXPECT_EQ(expires(36), 2036y);
  EXPECT_EQ(expires(76), 2076y);
  EXPECT_EQ(expires(77), 1977y);
  Mrz late;
  late.expiry = {5, 1, 1};
  EXPECT_EQ(date_of_expiry(late, 2070y / 1 / 1).value().year(), 2105y);
}

}  // namespace
}  // namespace abode::identity
