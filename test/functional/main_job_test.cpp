// The main job from end to end, over HTTP: register an address, keep it right, let an official read a part of it, and
// see and prove everything that happened.
#include <gmock/gmock.h>

#include <algorithm>

#include "codec/text.hpp"
#include "log/entry.hpp"
#include "log/history.hpp"
#include "log/proof.hpp"
#include "log/tiles.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A hostel bed, in three scripts, without a street or a house number.
json::object hostel_bed() {
  return {{"country", "UZ"},
          {"lines",
           {"«Шамол» ётоқхонаси, 3-қават, 7-койка", "ორთაჭალის ავტოსადგურის უკან", "Երևանյան ճամփա, երկրորդ դարպասը"}},
          {"care_of", "Ғуломжон ака"}};
}

std::string main_registration(ApiClient& person) {
  Answer const filed =
      person.post("/api/v1/registrations", {{"kind", "main"}, {"address", hostel_bed()}, {"since", "2024-02-29"}});
  EXPECT_EQ(filed.status, 201u) << filed.body;
  return filed.text("/registration/id");
}

std::vector<std::string> operations(ApiClient& person) {
  std::vector<std::string> names;
  json::value const history = person.get("/api/v1/history").document();
  for (json::value const& entry : history.at("entries").as_array())
    names.emplace_back(entry.at("operation").as_string());
  return names;
}

log::VerifierKey log_key(ApiClient& client) {
  std::string line = client.get("/log.vkey").body;
  line.pop_back();  // the line end
  return log::VerifierKey::parse(line).value();
}

log::Checkpoint current_checkpoint(ApiClient& client) {
  return log::verify_checkpoint(log::parse_note(client.get("/checkpoint").body).value(), log_key(client)).value();
}

base::Hash commitment(Answer const& answer, std::string_view pointer) {
  auto const bytes = codec::from_hex(answer.text(pointer)).value();
  base::Hash hash;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

TEST(MainJob, AnUnusualAddressIsRegisteredAsItIsWrittenAndAnsweredWithAReceipt) {
  RunningRegister const running;
  auto const people = running.anyone().get("/api/v1/test-people");
  EXPECT_EQ(people.text("/test_people/0/id"), "anna-eriksson");
  auto person = running.person();
  Answer const filed =
      person.post("/api/v1/registrations", {{"kind", "main"}, {"address", hostel_bed()}, {"since", "2024-02-29"}});
  ASSERT_EQ(filed.status, 201u) << filed.body;
  EXPECT_EQ(filed.number("/receipt/entry"), 1u);
  EXPECT_EQ(filed.text("/receipt/commitment").size(), 64u);
  EXPECT_EQ(filed.text("/receipt/filed_at"), filed.text("/registration/filed_at"));
  EXPECT_EQ(filed.text("/receipt/legal_effect"), "none: test mode");
  EXPECT_EQ(filed.text("/registration/assurance"), "declared");
  EXPECT_EQ(filed.text("/registration/since"), "2024-02-29");
  EXPECT_EQ(filed.at("/registration/address"), json::value(hostel_bed()));

  json::value const me = person.get("/api/v1/me").document();
  EXPECT_EQ(me.at_pointer("/person/family_name").as_string(), "ERIKSSON");
  EXPECT_EQ(me.at_pointer("/registrations/0/address"), json::value(hostel_bed()));
  Answer const one = person.get("/api/v1/registrations/" + filed.text("/registration/id"));
  EXPECT_EQ(one.at("/registration"), me.at_pointer("/registrations/0"));
}

TEST(MainJob, AResidentMovesUndoesCorrectsAndEnds) {
  RunningRegister const running;
  auto person = running.person();
  std::string const first = main_registration(person);
  Answer const moved = person.post("/api/v1/registrations/" + first + "/move",
                                   {{"address", sample_address(1)}, {"since", "2025-01-10"}});
  ASSERT_EQ(moved.status, 200u) << moved.body;
  std::string const second = moved.text("/registration/id");
  EXPECT_NE(second, first);
  EXPECT_EQ(person.get("/api/v1/registrations/" + first).text("/registration/ended/moved_to"), second);

  Answer const undone = person.post("/api/v1/registrations/" + second + "/undo", json::object{});
  ASSERT_EQ(undone.status, 200u) << undone.body;
  EXPECT_EQ(undone.text("/registration/id"), first);
  EXPECT_TRUE(undone.at("/registration/ended").is_null());
  EXPECT_EQ(person.get("/api/v1/registrations/" + second).status, 404u);

  Answer const corrected = person.post("/api/v1/registrations/" + first + "/correct", {{"since", "2024-03-01"}});
  EXPECT_EQ(corrected.text("/registration/since"), "2024-03-01");
  EXPECT_EQ(corrected.at("/registration/address"), json::value(hostel_bed()));

  Answer const ended = person.post("/api/v1/registrations/" + first + "/end", {{"on", "2025-06-30"}});
  EXPECT_EQ(ended.text("/registration/ended/on"), "2025-06-30");
  EXPECT_TRUE(ended.at("/registration/ended/moved_to").is_null());
  EXPECT_THAT(operations(person), ElementsAre("end", "correct", "undo", "move", "file", "enrol"));
}

TEST(MainJob, AResidentStaysOnConfirmsAndMakesAStayTheMainResidence) {
  RunningRegister const running;
  auto person = running.person();
  std::string const home = main_registration(person);
  Answer const stay = person.post(
      "/api/v1/registrations",
      {{"kind", "temporary"}, {"address", sample_address(1)}, {"since", "2020-01-10"}, {"until", "2020-03-31"}});
  ASSERT_EQ(stay.status, 201u) << stay.body;
  EXPECT_EQ(stay.text("/registration/until"), "2020-03-31");
  EXPECT_TRUE(stay.at("/registration/ended").is_null()) << "a stated end that is over ends nothing";
  std::string const path = "/api/v1/registrations/" + stay.text("/registration/id");

  EXPECT_TRUE(is_problem(person.post(path + "/renew", {{"until", "2020-06-30"}}), 422, "invalid", "until"));
  EXPECT_TRUE(is_problem(person.post(path + "/renew", json::object{}), 422, "invalid", "until"));
  EXPECT_TRUE(is_problem(person.post(path + "/renew", {{"until", 5}}), 422, "invalid", "until"));
  Answer const renewed = person.post(path + "/renew", {{"until", nullptr}});
  EXPECT_TRUE(renewed.at("/registration/until").is_null()) << renewed.body;
  Answer const dated = person.post(path + "/correct", {{"until", "2020-04-30"}});
  EXPECT_EQ(dated.text("/registration/until"), "2020-04-30");
  EXPECT_EQ(person.post(path + "/undo", json::object{}).at("/registration/until"), json::value(nullptr));

  Answer const confirmed = person.post("/api/v1/registrations/" + home + "/confirm", json::object{});
  EXPECT_EQ(confirmed.text("/registration/confirmed_at"), confirmed.text("/receipt/filed_at"));

  EXPECT_TRUE(is_problem(person.post(path + "/make-main", json::object{}), 422, "invalid", "former_main"));
  EXPECT_TRUE(is_problem(person.post(path + "/make-main", {{"former_main", "x"}}), 422, "invalid", "former_main"));
  EXPECT_TRUE(is_problem(person.post(path + "/make-main", {{"on", "2026-01-01"}}), 422, "invalid", "on"));
  EXPECT_TRUE(is_problem(person.post(path + "/make-main", {{"former_main", "secondary"}, {"on", "2026-01-01"}}), 422,
                         "invalid", "on"));
  Answer const made = person.post(path + "/make-main", {{"former_main", "ended"}, {"on", "2025-12-31"}});
  EXPECT_EQ(made.text("/registration/kind"), "main") << made.body;
  Answer const former = person.get("/api/v1/registrations/" + home);
  EXPECT_EQ(former.text("/registration/ended/on"), "2025-12-31");
  EXPECT_EQ(former.text("/registration/ended/moved_to"), stay.text("/registration/id"));
  EXPECT_THAT(operations(person),
              ElementsAre("make-main", "confirm", "undo", "correct", "renew", "file", "file", "enrol"));
}

TEST(MainJob, AnotherAdultMovesAlongByInvitationAndByTheirOwnAct) {
  RunningRegister const running;
  auto anna = running.person();
  auto peter = running.person("peter-stevenson");
  std::string const home = main_registration(anna);
  Answer const before =
      peter.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address(1)}, {"since", "2020-01-10"}});
  Answer const made = anna.post("/api/v1/invitations", {{"registration", home}});
  ASSERT_EQ(made.status, 201u) << made.body;

  json::object const code{{"code", made.text("/invitation/code")}};
  Answer const seen = peter.post("/api/v1/invitations/open", code);
  ASSERT_EQ(seen.status, 200u) << seen.body;
  EXPECT_EQ(seen.at("/address"), json::value(hostel_bed()));
  EXPECT_EQ(seen.text("/since"), "2024-02-29");
  EXPECT_EQ(seen.document().as_object().size(), 3u) << "the address, the day, the mode, and nothing about Anna";
  EXPECT_TRUE(is_problem(peter.post("/api/v1/invitations/open", code), 404, "opening-refused"));
  EXPECT_THAT(operations(peter), ElementsAre("file", "enrol")) << "looking changes nothing";

  Answer const moved = peter.post("/api/v1/registrations/" + before.text("/registration/id") + "/move",
                                  {{"address", seen.at("/address")}, {"since", seen.at("/since")}});
  EXPECT_EQ(moved.status, 200u) << moved.body;
  EXPECT_THAT(operations(peter), ElementsAre("move", "file", "enrol"));
  EXPECT_THAT(operations(anna), ElementsAre("invitation-opened", "invitation", "file", "enrol"));
  EXPECT_EQ(anna.get("/api/v1/inbox").number("/notices/0/entry"), 3u);
  EXPECT_EQ(anna.get("/api/v1/invitations").text("/invitations/0/state"), "used");
}

TEST(MainJob, AnOfficialReadsWhatTheHolderChoseAndTheHolderSeesIt) {
  RunningRegister const running;
  auto person = running.person();
  main_registration(person);
  Answer const made =
      person.post("/api/v1/opening-codes", {{"fields", {"family_name", "main_address"}}, {"valid_minutes", 15}});
  ASSERT_EQ(made.status, 201u) << made.body;

  Answer const opened =
      running.official().post("/api/v1/staff/openings", {{"code", made.text("/opening_code/code")},
                                                         {"purpose", "school-enrolment"},
                                                         {"reference", "S-2026/118"},
                                                         {"fields", {"family_name", "main_address", "birth_date"}}});
  ASSERT_EQ(opened.status, 200u) << opened.body;
  EXPECT_EQ(opened.at("/fields"), json::value({{"family_name", "ERIKSSON"}, {"main_address", hostel_bed()}}));

  json::value const history = person.get("/api/v1/history?limit=1").document();
  json::object const entry = history.at_pointer("/entries/0").as_object();
  EXPECT_EQ(entry.at("operation"), "opening");
  EXPECT_EQ(entry.at("actor"), "clerk-school");
  EXPECT_EQ(entry.at("office").at("name"), "School Office of Utopia");
  EXPECT_EQ(entry.at("purpose").at("label"), "Enrolling a child at a school");
  EXPECT_EQ(entry.at("reference"), "S-2026/118");
  EXPECT_EQ(entry.at("fields"), json::value({"family_name", "main_address"}));
  EXPECT_EQ(entry.at("at"), opened.at("/at"));

  Answer const inbox = person.get("/api/v1/inbox");
  EXPECT_EQ(inbox.number("/notices/0/entry"), entry.at("entry").to_number<std::uint64_t>());
  EXPECT_FALSE(inbox.at("/notices/0/read").as_bool());
  EXPECT_EQ(person.post("/api/v1/inbox/read", {{"up_to", entry.at("entry")}}).status, 200u);
  EXPECT_TRUE(person.get("/api/v1/inbox").at("/notices/0/read").as_bool());
  EXPECT_EQ(person.get("/api/v1/opening-codes").text("/opening_codes/0/state"), "used");
}

TEST(MainJob, ThePageBeforeLeadsThroughTheWholeHistory) {
  RunningRegister const running;
  auto person = running.person();
  for (unsigned i = 0; i < 6; ++i)
    ASSERT_EQ(person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(i)}}).status,
              201u);
  std::vector<std::uint64_t> seen;
  std::string next;
  do {
    json::value const page = person.get("/api/v1/history?limit=3" + next).document();
    for (json::value const& entry : page.at("entries").as_array())
      seen.push_back(entry.at("entry").to_number<std::uint64_t>());
    next = page.at("before").is_null() ? "" : "&before=" + json::serialize(page.at("before"));
  } while (!next.empty());
  EXPECT_THAT(seen, ElementsAre(6, 5, 4, 3, 2, 1, 0));
}

TEST(MainJob, TheProofOfAReceiptHoldsAgainstTheLogsKey) {
  RunningRegister const running;
  auto person = running.person();
  Answer const filed = person.post("/api/v1/registrations", {{"kind", "temporary"}, {"address", hostel_bed()}});
  std::uint64_t const entry = filed.number("/receipt/entry");
  person.await_provable(entry);

  Answer const answer = person.get("/api/v1/history/" + std::to_string(entry) + "/proof");
  ASSERT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.header("Content-Type"), "text/plain; charset=utf-8");
  auto const proof = log::parse_proof(answer.body).value();
  auto const covered =
      log::verify_proof(proof, log::leaf_of(commitment(filed, "/receipt/commitment")), log_key(person));
  ASSERT_TRUE(covered) << covered.error().detail;
  EXPECT_LE(covered->size, current_checkpoint(person).size);
  EXPECT_FALSE(log::verify_proof(proof, log::leaf_of(base::Hash{}), log_key(person)));
}

TEST(MainJob, TheTilesLeadToTheSignedRootAndHoldEveryCommitment) {
  RunningRegister const running;
  auto person = running.person();
  Answer const filed = person.post("/api/v1/registrations", {{"kind", "main"}, {"address", hostel_bed()}});
  person.await_provable(1);
  log::Checkpoint const checkpoint = current_checkpoint(person);

  auto const get = [&](std::string const& path) {
    Answer const file = person.get("/" + path);
    EXPECT_EQ(file.status, 200u) << path;
    EXPECT_EQ(file.header("Content-Type"), "application/octet-stream");
    EXPECT_THAT(file.header("Cache-Control"), HasSubstr("immutable"));
    return base::to_bytes(base::as_bytes(file.body));
  };
  log::RightEdge edge;
  std::vector<base::Bytes> leaves;
  for (log::EntriesId const& id : log::new_entries(0, checkpoint.size)) {
    for (base::Bytes const& leaf : log::decode_entries(get(log::path_of(id)), id.width).value()) {
      edge.append(log::hash_leaf(leaf));
      leaves.push_back(leaf);
    }
  }
  EXPECT_EQ(edge.root(), checkpoint.root);
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), log::leaf_of(commitment(filed, "/receipt/commitment"))), 1);

  log::TileHashReader reader{checkpoint.size,
                             [&](log::TileId id) -> base::result<base::Bytes> { return get(log::path_of(id)); }};
  EXPECT_EQ(log::RightEdge::load(checkpoint.size, std::ref(reader)).value().root(), checkpoint.root);
}

/// The exported history of somebody who registered, made a code and had it used.
class Export : public testing::Test {
 protected:
  Export() {
    auto person = running_.person();
    main_registration(person);
    std::string const code =
        person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}}).text("/opening_code/code");
    running_.official().post(
        "/api/v1/staff/openings",
        {{"code", code}, {"purpose", "tax-residence"}, {"reference", "T-9"}, {"fields", {"family_name"}}});
    person.await_provable(3);
    Answer const answer = person.get("/api/v1/history/export");
    EXPECT_THAT(answer.header("Content-Disposition"), HasSubstr("abode-history.json"));
    bundle_ = log::decode_bundle(answer.body).value();
    key_ = log_key(person).format();
  }

  Outcome audit(log::Bundle const& bundle, std::vector<std::string> const& more = {}) {
    auto const file = running_.directory() / "history.json";
    write_text(file, log::encode_bundle(bundle));
    std::vector<std::string> command{"audit", file.string()};
    command.insert(command.end(), more.begin(), more.end());
    return run_abode(command);
  }
  void expect_rejected(log::Bundle const& bundle, std::string const& naming) {
    Outcome const outcome = audit(bundle, {"--key", key_});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.output, HasSubstr("rejected: "));
    EXPECT_THAT(outcome.output, HasSubstr(naming));
  }

  RunningRegister running_;
  log::Bundle bundle_;
  std::string key_;
};

TEST_F(Export, IsAcceptedOfflineWithTheLogsKey) {
  running_.kill();
  Outcome const outcome = audit(bundle_, {"--key", key_});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("accepted: "));
  EXPECT_THAT(outcome.output, HasSubstr("test mode"));
  EXPECT_THAT(outcome.output, HasSubstr("clerk-school, school-office"));
  EXPECT_THAT(outcome.output, HasSubstr("opening for tax-residence (file T-9): family_name"));
  EXPECT_THAT(outcome.output, Not(HasSubstr("came out of the file itself")));
  EXPECT_THAT(audit(bundle_).output, HasSubstr("came out of the file itself"));
}

TEST_F(Export, IsRejectedWhenAnythingInItWasTouched) {
  using Touch = void (*)(log::Bundle&);
  struct Case {
    char const* naming;
    Touch touch;
  };
  Case const cases[] = {
      {"Entry 1", [](log::Bundle& b) { b.entries[1].encoded.back() ^= 1; }},
      {"Entry 1", [](log::Bundle& b) { b.entries[1].salt[0] ^= 1; }},
      {"Entry 1", [](log::Bundle& b) { b.entries.erase(b.entries.begin() + 1); }},
      {"Entry 1", [](log::Bundle& b) { std::swap(b.entries[1], b.entries[2]); }},
      {"Entry 2", [](log::Bundle& b) { b.entries[2].proof[0][0] ^= 1; }},
      {"Entry 3", [](log::Bundle& b) { b.state.back() ^= 1; }},
      {"Entry 3", [](log::Bundle& b) { b.state_key[0] ^= 1; }},
      {"Entry 3",
       [](log::Bundle& b) {
         b.entries.pop_back();
         b.entries.push_back(b.entries[1]);
       }},
      {"checkpoint", [](log::Bundle& b) { b.checkpoint.replace(b.checkpoint.find('\n') + 1, 1, "9"); }},
      {"checkpoint", [](log::Bundle& b) { b.origin = "test-mode.abode.invalid/another"; }},
  };
  for (Case const& c : cases) {
    log::Bundle touched = bundle_;
    c.touch(touched);
    SCOPED_TRACE(&c - cases);
    expect_rejected(touched, c.naming);
  }
}

TEST_F(Export, IsNotReadWhenItIsNoHistory) {
  auto const file = running_.directory() / "other.json";
  write_text(file, "{\"version\":1}");
  EXPECT_EQ(run_abode({"audit", file.string()}).status, 2);
  EXPECT_EQ(run_abode({"audit", (running_.directory() / "absent.json").string()}).status, 2);
  Outcome const wrong_key = audit(bundle_, {"--key", "not a key"});
  EXPECT_EQ(wrong_key.status, 2);
  EXPECT_THAT(wrong_key.errors, HasSubstr("abode: "));
}

}  // namespace
}  // namespace abode::functional
