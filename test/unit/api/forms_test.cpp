#include "api/forms.hpp"

#include <gtest/gtest.h>

#include "service/enrolment.hpp"
#include "support/world.hpp"

namespace abode::api {
namespace {

using base::errc;
using rules::Field;
using rules::FieldSet;
using test::must;

http::Request request_of(std::string type, std::string body) {
  return {http::Method::post, "/", {}, {{"Content-Type", std::move(type)}}, std::move(body)};
}

template <class T>
void expect_error(base::result<T> const& outcome, errc code, std::string const& field = {}) {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
  EXPECT_EQ(outcome.error().field, field) << outcome.error().detail;
}

TEST(JsonBody, IsJsonAndSaysSo) {
  for (char const* type :
       {"application/json", "application/json; charset=utf-8", "Application/JSON", "application/json ;x=y"})
    EXPECT_EQ(must(json_body(request_of(type, "{\"a\":1}"))), (json::value{{"a", 1}})) << type;
  EXPECT_EQ(must(json_body({http::Method::post, "/", {}, {}, {}})), json::value(json::object{}))
      << "nothing is an empty object";
  for (char const* type :
       {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/problem+json"})
    expect_error(json_body(request_of(type, "{}")), errc::unsupported);
  for (char const* bad : {"{", "{}x", "{\"a\":1,\"a\":2}", "\xff"})
    expect_error(json_body(request_of("application/json", bad)), errc::malformed);
}

TEST(RequireNoFields, TakesNothingOrAnEmptyObject) {
  EXPECT_TRUE(require_no_fields({http::Method::post, "/", {}, {}, {}}));
  EXPECT_TRUE(require_no_fields(request_of("application/json", "{}")));
  expect_error(require_no_fields(request_of("application/json", "{\"force\":true}")), errc::invalid, "force");
  expect_error(require_no_fields(request_of("application/json", "[]")), errc::invalid);
}

base::result<rules::Address> read(std::string_view text) {
  return read_address(must(codec::parse_json(text)), "address");
}

TEST(ReadAddress, TakesEveryPartAndGivesItBack) {
  auto const value = must(codec::parse_json(
      R"({"country":"UZ","lines":["Navoi 5"],"postal_code":"100000","region":"r","locality":"Toshkent","street":"Navoi",)"
      R"("house_number":"5","unit":"17","care_of":"c"})"));
  auto const address = must(read_address(value, "address"));
  EXPECT_EQ(address.care_of, "c");
  EXPECT_EQ(json::value(to_json(address)), value);
}

TEST(ReadAddress, CleansWhatWasTyped) {
  auto const address = must(read("{\"country\":\"DE\",\"lines\":[\"  Mu\u0308llerstr.  1 \"],\"unit\":\"\u00a02\"}"));
  EXPECT_EQ(address.lines, std::vector<std::string>{"M\u00fcllerstr. 1"});
  EXPECT_EQ(address.unit, "2");
  EXPECT_FALSE(address.street) << "what was not given stays out";
}

TEST(ReadAddress, NamesTheFieldAtFault) {
  expect_error(read(R"([])"), errc::invalid, "address");
  expect_error(read(R"({"lines":["x"]})"), errc::invalid, "address.country");
  expect_error(read(R"({"country":"DE"})"), errc::invalid, "address.lines");
  expect_error(read(R"({"country":"DE","lines":"x"})"), errc::invalid, "address.lines");
  expect_error(read(R"({"country":"DE","lines":[1]})"), errc::invalid, "address.lines");
  expect_error(read(R"({"country":"DE","lines":["1","2","3","4","5","6","7","8","9"]})"), errc::invalid,
               "address.lines");
  expect_error(read(R"({"country":"DE","lines":["a\u202eb"]})"), errc::invalid, "address.lines");
  expect_error(read(R"({"country":"DE","lines":["x"],"unit":"a\nb"})"), errc::invalid, "address.unit");
  expect_error(read(R"({"country":"DE","lines":["x"],"unit":7})"), errc::invalid, "address.unit");
  expect_error(read(R"({"country":"DE","lines":["x"],"planet":"Mars"})"), errc::invalid, "address.planet");
}

TEST(ReadNumber, TakesWholeNumbersOnly) {
  EXPECT_EQ(must(read_number("0", "n")), 0u);
  EXPECT_EQ(must(read_number("9223372036854775807", "n")), 9223372036854775807u);
  for (char const* bad : {"", "-1", "1x", " 1", "+1", "0x1", "1.0", "9223372036854775808", "18446744073709551616"})
    expect_error(read_number(bad, "n"), errc::invalid, "n");
}

TEST(ReadDate, NamesTheField) {
  EXPECT_EQ(base::format_date(must(read_date("2026-11-21", "since"))), "2026-11-21");
  for (char const* bad : {"", "21.11.2026", "2026-02-30"})
    expect_error(read_date(bad, "since"), errc::invalid, "since");
}

TEST(ReadFirstTried, IsATimeInUtcOrIsNotThere) {
  auto const read = [](std::string value) {
    return read_first_tried({http::Method::post, "/", {}, {{"first-tried", std::move(value)}}, {}});
  };
  EXPECT_EQ(read_first_tried({}).value(), std::nullopt);
  EXPECT_EQ(read("2026-11-21T12:00:07Z").value(), test::noon + std::chrono::seconds{7});
  EXPECT_TRUE(read("1970-01-01T00:00:00Z").value()) << "a clock that is wrong says a time as well";
  EXPECT_TRUE(read("9999-12-31T23:59:59Z").value());
  for (std::string const bad : {"yesterday", "2026-11-21", "2026-11-21T12:00Z", "2026-11-21T12:00:00+01:00",
                                "2026-11-21T12:00:00.000Z", "2026-13-21T12:00:00Z", "+010000-01-01T00:00:00Z"}) {
    auto const refused = read(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, base::errc::invalid) << bad;
    EXPECT_EQ(refused.error().field, "First-Tried");
  }
}

TEST(ReadFields, TakesKnownNames) {
  EXPECT_EQ(must(read_fields({"birth_date", "assurance", "birth_date"})),
            (FieldSet{Field::birth_date, Field::assurance}));
  EXPECT_TRUE(must(read_fields({})).empty());
  for (char const* bad : {"nationality", "document", "", "Birth_Date"})
    expect_error(read_fields({"birth_date", bad}), errc::invalid, "fields");
}

// What an official gets

constexpr FieldSet all{Field::family_name, Field::given_names,     Field::birth_date, Field::main_address,
                       Field::main_since,  Field::other_addresses, Field::assurance};

service::OpenedFields open(test::World& world, ports::HolderSession const& holder, FieldSet fields) {
  auto const made = must(world.make_code(holder, fields));
  auto const code = made.code.code->reveal(base::Disclosure::to_holder);
  return must(world.open(
      "clerk-school", must(service::check_opening_request(test::specimen_profile(), code, "counter-help", "17", all))));
}

TEST(OpenedFields, ShowExactlyWhatWasGranted) {
  test::World world;
  auto const anna = world.anna();
  must(world.act(anna, world.file()));
  for (unsigned bits = 1; bits < 128; bits += 3) {
    FieldSet const granted = FieldSet::from_bits(bits);
    std::vector<std::string_view> shown;
    auto const rendered = to_json(open(world, anna, granted));
    for (auto const& member : rendered) shown.push_back(member.key());
    EXPECT_EQ(shown, rules::names_of(granted));
  }
}

TEST(OpenedFields, ShowWhereSomeoneIsRegisteredAndNotWhereTheyWere) {
  test::World world;
  auto const anna = world.anna();
  auto const main = world.file(rules::Kind::main, "Main 1");
  auto const second = world.file(rules::Kind::secondary, "Second 2");
  auto const ended = world.file(rules::Kind::temporary, "Ended 3");
  for (auto const& filing : {main, second, ended}) must(world.act(anna, filing));
  must(world.act(anna, rules::End{ended.id, base::day_of(world.clock.now())}));
  auto const shown = to_json(open(world, anna, all));
  EXPECT_EQ(shown.at("family_name"), "ERIKSSON");
  EXPECT_EQ(shown.at("birth_date"), "1974-08-12");
  EXPECT_EQ(shown.at("main_address").at("lines").at(0), "Main 1");
  EXPECT_EQ(shown.at("main_since"), "2026-11-21");
  EXPECT_EQ(shown.at("assurance"), "declared");
  ASSERT_EQ(shown.at("other_addresses").as_array().size(), 1u);
  EXPECT_EQ(shown.at("other_addresses").at(0).at("address").at("lines").at(0), "Second 2");
  EXPECT_EQ(json::serialize(shown).find("Ended 3"), std::string::npos);
}

TEST(OpenedFields, SayThatThereIsNoMainResidence) {
  test::World world;
  auto const shown = to_json(open(world, world.anna(), all));
  for (char const* name : {"main_address", "main_since", "assurance"}) EXPECT_TRUE(shown.at(name).is_null()) << name;
  EXPECT_TRUE(shown.at("other_addresses").as_array().empty());
}

// G9
TEST(OpenedFields, AnotherDocumentChangesNoByte) {
  test::World world;
  std::vector<std::string> shown;
  for (auto const& document : {identity::Document{identity::DocumentKind::passport, "L898902C3X"},
                               identity::Document{identity::DocumentKind::identity_card, "D23145890X"},
                               identity::Document{identity::DocumentKind::other, "77777"}}) {
    service::Identity const twin{{"DOE", "JO"}, base::parse_date("1990-02-03").value(), document};
    auto const record =
        must(test::write(*world.store, [&](ports::Transaction& t) { return service::enrol(world.context, t, twin); }));
    auto const holder = test::holder_session(*world.store, record, world.clock.now());
    must(world.act(holder, world.file()));
    must(world.act(holder, world.file(rules::Kind::secondary, "Chausseestr. 2")));
    shown.push_back(json::serialize(to_json(open(world, holder, all))));
    EXPECT_EQ(shown.back().find(document.number), std::string::npos);
  }
  EXPECT_EQ(shown[0], shown[1]);
  EXPECT_EQ(shown[0], shown[2]);
  EXPECT_NE(shown[0].find("DOE"), std::string::npos);
}

// What a holder gets

TEST(HistoryItemForm, NamesOfficeAndPurposeOfAnOfficialsActOnly) {
  service::HistoryItem item{{}, {}, true};
  item.entry.operation = "opening";
  item.entry.actor = "clerk-school";
  item.entry.office = "school-office";
  item.entry.purpose = "school-enrolment";
  item.entry.position = 12345;
  auto const shown = to_json(item, test::specimen_profile());
  EXPECT_EQ(shown.at("office").at("name"), "School Office of Utopia");
  EXPECT_EQ(shown.at("purpose").at("label"), "Enrolling a child at a school");
  EXPECT_EQ(json::serialize(shown).find("12345"), std::string::npos) << "the position is never printed";
  item.entry.office = "closed-office";
  item.entry.purpose = "old-purpose";
  auto const old = to_json(item, test::specimen_profile());
  EXPECT_EQ(old.at("office").at("name"), "closed-office") << "an old entry outlives its office";
  EXPECT_EQ(old.at("purpose").at("label"), "old-purpose");
  item.entry.office = "";
  EXPECT_FALSE(to_json(item, test::specimen_profile()).contains("office"));
}

TEST(HistoryItemForm, SaysWhenItWasFirstTriedOfWhatHadToWait) {
  service::HistoryItem item{{}, {}, true};
  item.entry.operation = "file";
  item.entry.actor = "holder";
  EXPECT_FALSE(to_json(item, test::specimen_profile()).contains("first_tried"));
  item.entry.first_tried = test::noon;
  EXPECT_EQ(to_json(item, test::specimen_profile()).at("first_tried"), "2026-11-21T12:00:00Z");
}

TEST(ReceiptForm, SaysWhenItWasFirstTriedOfWhatHadToWait) {
  test::World world;
  service::Receipt const late{7, base::Hash{}, test::noon, test::noon - std::chrono::hours{5}};
  EXPECT_EQ(to_json(late, world.context).at("first_tried"), "2026-11-21T07:00:00Z");
  EXPECT_EQ(to_json(late, world.context).at("filed_at"), "2026-11-21T12:00:00Z");
  EXPECT_FALSE(to_json(service::Receipt{7, base::Hash{}, test::noon}, world.context).contains("first_tried"));
}

TEST(ReceiptForm, SaysInTestModeThatItHasNoLegalEffect) {
  test::World world;
  service::Receipt const receipt{7, base::Hash{}, test::noon};
  auto const of_test = to_json(receipt, world.context);
  EXPECT_EQ(of_test.at("entry"), 7);
  EXPECT_EQ(of_test.at("commitment").as_string(), std::string(64, '0'));
  EXPECT_EQ(of_test.at("filed_at"), "2026-11-21T12:00:00Z");
  EXPECT_EQ(of_test.at("legal_effect"), "none: test mode");
  EXPECT_EQ(of_test.at("model_profile"), "specimen");
}

TEST(ReceiptForm, NamesAModelProfileAndOnlyAModelProfile) {
  test::World world;
  service::Receipt const receipt{7, base::Hash{}, test::noon};
  for (bool const model : {true, false}) {
    rules::Profile profile = test::specimen_profile();
    profile.model = model;
    service::Context const live{world.clock, world.random, *world.sealer, profile, service::Mode::live};
    auto const shown = to_json(receipt, live);
    EXPECT_FALSE(shown.contains("legal_effect"));
    EXPECT_EQ(shown.contains("model_profile"), model);
  }
}

}  // namespace
}  // namespace abode::api
