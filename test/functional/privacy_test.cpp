// G1 and the seals: what the register keeps holds no location, no device, and nothing about a person in the clear.
#include <gmock/gmock.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <set>

#include "api/openapi.hpp"
#include "functional/database.hpp"
#include "log/epoch.hpp"
#include "log/tiles.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Words for what is never stored, as parts of a name.
std::set<std::string> const banned{
    "latitude",    "longitude",   "lat",    "lon",     "lng",    "geo",    "location",    "coordinate",
    "coordinates", "gps",         "cell",   "ip",      "client", "remote", "agent",       "device",
    "timezone",    "tz",          "sensor", "browser", "phone",  "email",  "nationality", "citizenship",
    "issuer",      "fingerprint", "risk",   "score",   "flag",   "watch",  "silent",      "last_seen"};

std::vector<std::string> words_of(std::string const& text) {
  std::vector<std::string> words{""};
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  return words;
}

std::vector<std::string> banned_in(std::string const& text) {
  std::vector<std::string> found;
  for (std::string const& word : words_of(text))
    if (banned.contains(word)) found.push_back(word);
  return found;
}

TEST(Privacy, TheSchemaHasNoPlaceForALocationOrADevice) {
  RunningRegister const running;
  for (char const* file : {"abode.db", "keys.db"})
    for (auto const& row :
         run_sql(running.directory() / file, "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master"))
      EXPECT_THAT(banned_in(row.at(0)), IsEmpty()) << row.at(0);
}

void collect_members(json::value const& value, std::vector<std::string>& names) {
  if (json::array const* const array = value.if_array())
    for (json::value const& item : *array) collect_members(item, names);
  json::object const* const object = value.if_object();
  if (object == nullptr) return;
  for (auto const& [key, member] : *object) {
    if (key == "properties")
      for (auto const& [name, schema] : member.as_object()) names.emplace_back(name);
    collect_members(member, names);
  }
}

TEST(Privacy, TheApiHasNoMemberForALocationOrADevice) {
  json::parse_options deep;
  deep.max_depth = 64;
  std::vector<std::string> names;
  collect_members(json::parse(std::string{api::openapi_document()}, {}, deep), names);
  EXPECT_GT(names.size(), 50u);
  // Who issued a proof is the register; who issued a document says a nationality.
  EXPECT_EQ(std::erase(names, "issuer"), 1u);
  for (std::string const& name : names) EXPECT_THAT(banned_in(name), IsEmpty()) << name;
}

/// Everything in the files below `directory`, write-ahead logs included; not the profile, which is public policy and
/// holds the names of purposes and fields.
std::string all_bytes(std::filesystem::path const& directory) {
  std::string bytes;
  for (auto const& file : std::filesystem::recursive_directory_iterator{directory})
    if (file.is_regular_file() && file.path().filename() != "profile.toml")
      bytes += file.path().string() + "\n" + read_text(file.path());
  return bytes;
}

TEST(Privacy, NothingOfARequestOrARecordIsKeptInTheClear) {
  RunningRegister running;
  http::Pairs const telltales{{"User-Agent", "Telltale-Browser/7.7"}, {"X-Forwarded-For", "203.0.113.77"},
                              {"Forwarded", "for=198.51.100.99"},     {"X-Real-IP", "192.0.2.55"},
                              {"From", "anna@example.org"},           {"Sec-CH-UA-Model", "TelltalePhone"},
                              {"Accept-Language", "tg-TJ-telltale"},  {"X-Geo-City", "Telltale-City"},
                              {"Cookie", "tracker=telltale-cookie"},  {"Referer", "http://telltale.example/"},
                              {"Idempotency-Key", "telltale-key"}};
  auto person = running.person();
  json::object const address{
      {"country", "UZ"}, {"lines", {"Telltale Street 99", "кӯчаи Нишонагӣ"}}, {"care_of", "Telltale Auntie"}};
  Answer const filed = person.post_text(
      "/api/v1/registrations",
      json::serialize(json::object{{"kind", "main"}, {"address", address}, {"since", "2011-11-11"}}), telltales);
  ASSERT_EQ(filed.status, 201u) << filed.body;
  std::string const code =
      person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}}).text("/opening_code/code");
  auto clerk = running.official();
  ASSERT_EQ(clerk
                .post("/api/v1/staff/openings", {{"code", code},
                                                 {"purpose", "school-enrolment"},
                                                 {"reference", "TELLTALE-REF"},
                                                 {"fields", {"family_name"}}})
                .status,
            200u);
  std::string const unused =
      person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}}).text("/opening_code/code");
  person.post_text("/api/v1/registrations", "{\"telltale-garbage", telltales);
  person.await_provable(4);

  std::vector<std::string> secrets{"elltale",
                                   "TELLTALE",
                                   "203.0.113.77",
                                   "198.51.100.99",
                                   "192.0.2.55",
                                   "anna@example.org",
                                   "127.0.0.1",
                                   "Нишонагӣ",
                                   "ERIKSSON",
                                   "ANNA",
                                   "L898902C3",
                                   "D23145890734",
                                   "STEVENSON",
                                   "1974-08-12",
                                   "2011-11-11",
                                   "UTO",
                                   "family_name",
                                   "main_address",
                                   filed.text("/registration/id"),
                                   person.token(),
                                   clerk.token()};
  for (std::string const& given : {code, unused}) {
    secrets.push_back(given);
    secrets.push_back(given.substr(0, 5) + given.substr(6));
  }
  auto const expect_nothing = [&](std::string const& bytes, char const* where) {
    for (std::string const& secret : secrets)
      EXPECT_EQ(bytes.find(secret), std::string::npos) << secret << " stands in " << where;
  };
  std::string const at_work = all_bytes(running.directory());
  EXPECT_THAT(at_work, HasSubstr("Sam Clerk")) << "officials stand there by name: so this looks at the right bytes";
  expect_nothing(at_work, "the files of a register at work");
  EXPECT_THAT(running.errors(), HasSubstr("\"event\":\"started\"")) << "so this looks at what it logs";
  expect_nothing(running.errors(), "what it prints");
  std::string const numbers = running.numbers();
  EXPECT_THAT(numbers, HasSubstr("route=\"/api/v1/registrations\",status=\"2xx\"} 1")) << "so these are its numbers";
  expect_nothing(numbers, "its operator's numbers");
  EXPECT_EQ(running.stop(), 0);
  expect_nothing(all_bytes(running.directory()), "the files of a register at rest");

  // What a record was opened for stands there as a part of a public count, and nowhere else.
  secrets.emplace_back("school-enrolment");
  expect_nothing(running.errors(), "what it prints");
  expect_nothing(numbers, "its operator's numbers");
  run_sql(running.directory() / "abode.db", "DELETE FROM opening_count; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  expect_nothing(all_bytes(running.directory()), "the files without the counts");
}

TEST(Privacy, SealedEntriesOfEveryKindAreOfOneSize) {
  RunningRegister const running;
  auto person = running.person();
  person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  std::string const code =
      person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}}).text("/opening_code/code");
  auto clerk = running.official();
  for (std::string const& given : {code, std::string{"00000-00000"}})
    clerk.post("/api/v1/staff/openings", {{"code", given},
                                          {"purpose", "counter-help"},
                                          {"reference", std::string(64, 'x')},
                                          {"fields", {"family_name"}}});
  EXPECT_EQ(
      run_sql(running.directory() / "abode.db", "SELECT DISTINCT length(sealed), length(commitment) FROM entry").size(),
      1u);
}

TEST(Privacy, TheLogTellsNothingButCommitmentsOfOneSizeAndHowManyPlacesAnEpochHas) {
  RunningRegister const running;
  auto person = running.person();
  person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
  person.await_provable(1);
  std::string const size = std::to_string(person.get("/readyz").number("/log_size"));
  std::string const file = person.get("/tile/entries/000.p/" + size).body;
  auto const leaves = log::decode_entries(base::as_bytes(file), static_cast<unsigned>(std::stoul(size))).value();
  std::size_t epochs = 0;
  for (base::Bytes const& leaf : leaves) {
    auto const epoch = log::parse_epoch_leaf(leaf).value();
    if (epoch) {
      ++epochs;
      EXPECT_EQ(epoch->positions, 1024u) << "for a handful of people";
      continue;
    }
    ASSERT_EQ(leaf.size(), 33u);
    EXPECT_EQ(leaf.front(), 0x01);
  }
  EXPECT_EQ(epochs, 1u);
}

TEST(Privacy, ErrorsRepeatNothingOfWhatWasSent) {
  RunningRegister const running;
  auto person = running.person();
  json::object const address{{"country", "UZ"}, {"lines", {"Telltale Street 99"}}, {"street", std::string(401, 'T')}};
  Answer const refused = person.post("/api/v1/registrations", {{"kind", "main"}, {"address", address}});
  EXPECT_EQ(refused.status, 422u);
  EXPECT_THAT(refused.body, Not(HasSubstr("Telltale")));
  EXPECT_THAT(person.get("/Telltale").body, Not(HasSubstr("Telltale")));
}

}  // namespace
}  // namespace abode::functional
