// openapi.json tells the truth: every route is in it with its authority, every real answer fits it, its examples work.
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <map>
#include <set>
#include <thread>

#include "api/openapi.hpp"
#include "api/routes.hpp"
#include "functional/database.hpp"
#include "functional/passkeys.hpp"
#include "support/json_schema.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::IsEmpty;

json::value const& document() {
  static json::value const parsed = [] {
    json::parse_options deep;
    deep.max_depth = 64;
    return json::parse(std::string{api::openapi_document()}, {}, deep);
  }();
  return parsed;
}

/// "get", "post" ... as OpenAPI writes them.
std::string method_word(http::Method method) {
  switch (method) {
    case http::Method::get: return "get";
    case http::Method::post: return "post";
    case http::Method::delete_: return "delete";
    default: return "none";
  }
}

std::string path_word(std::string_view path) {
  std::string word{path};
  if (std::size_t const rest = word.find("{*}"); rest != std::string::npos) word.replace(rest, 3, "{path}");
  return word;
}

json::object const* operation(std::string const& path, std::string const& method) {
  json::object const& paths = document().at("paths").as_object();
  if (!paths.contains(path) || !paths.at(path).as_object().contains(method)) return nullptr;
  return &paths.at(path).at(method).as_object();
}

/// Calls `use(path, method, operation)` for each operation of the document.
template <class Use>
void for_each_operation(Use use) {
  for (auto const& [path, item] : document().at("paths").as_object())
    for (auto const& [method, value] : item.as_object())
      if (method != "parameters") use(std::string{path}, std::string{method}, value.as_object());
}

json::array security_of(api::Authority authority) {
  switch (authority) {
    case api::Authority::anyone: return {};
    case api::Authority::guardian:
    case api::Authority::holder: return {{{"holderToken", json::array{}}}, {{"holderCookie", json::array{}}}};
    case api::Authority::staff:
    case api::Authority::official: return {{{"officialToken", json::array{}}}, {{"officialCookie", json::array{}}}};
  }
  return {};
}

TEST(OpenApi, HasEveryRouteWithItsAuthorityAndNothingElse) {
  std::set<std::string> routes;
  for (api::Route const& route : api::api_surface().routes) {
    std::string const path = path_word(route.path);
    std::string const method = method_word(route.method);
    routes.insert(method + " " + path);
    json::object const* const described = operation(path, method);
    ASSERT_NE(described, nullptr) << method << " " << path << " is not in openapi.json";
    EXPECT_EQ(described->at("security"), json::value(security_of(route.authority))) << method << " " << path;
    bool const takes_code =
        method == "post" && (path.ends_with("/sessions") || path.ends_with("/freeze"));  // by a code that may be wrong
    EXPECT_EQ(described->at("responses").as_object().contains("401"),
              route.authority != api::Authority::anyone || takes_code)
        << path;
  }
  for_each_operation([&](std::string const& path, std::string const& method, json::object const&) {
    EXPECT_TRUE(routes.contains(method + " " + path)) << method << " " << path << " is no route";
  });
}

TEST(OpenApi, DescribesEachOperationByANameOfItsOwnWithItsParameters) {
  std::set<std::string> ids;
  for_each_operation([&](std::string const& path, std::string const& method, json::object const& described) {
    SCOPED_TRACE(method + " " + path);
    EXPECT_TRUE(ids.insert(std::string{described.at("operationId").as_string()}).second);
    EXPECT_FALSE(described.at("summary").as_string().empty());
    std::set<std::string> expected;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1))
      expected.insert(path.substr(at + 1, path.find('}', at) - at - 1));
    std::set<std::string> given;
    SchemaChecker const checker{document()};
    auto const collect = [&](json::object const& holder) {
      if (auto const* list = holder.if_contains("parameters"))
        for (json::value const& parameter : list->as_array()) {
          json::value const& resolved = checker.resolve(parameter);
          if (resolved.at("in") == "path") given.insert(std::string{resolved.at("name").as_string()});
        }
    };
    collect(described);
    collect(document().at("paths").at(path).as_object());
    EXPECT_EQ(given, expected);
    if (auto const* body = described.if_contains("requestBody")) {
      EXPECT_EQ(body->at_pointer("/content/application~1json/schema/additionalProperties"), json::value(false));
    }
  });
}

void check_examples(json::object const& media, std::string const& where) {
  SchemaChecker const checker{document()};
  std::vector<json::value> examples;
  if (auto const* example = media.if_contains("example")) examples.push_back(*example);
  if (auto const* several = media.if_contains("examples"))
    for (auto const& [name, example] : several->as_object()) examples.push_back(example.at("value"));
  for (json::value const& example : examples)
    EXPECT_THAT(checker.faults(media.at("schema"), example), IsEmpty()) << where << " " << example;
}

TEST(OpenApi, HoldsItsOwnExamplesToItsSchemas) {
  SchemaChecker const checker{document()};
  for_each_operation([&](std::string const& path, std::string const& method, json::object const& described) {
    if (auto const* body = described.if_contains("requestBody"))
      check_examples(body->at_pointer("/content/application~1json").as_object(), method + " " + path);
    for (auto const& [status, response] : described.at("responses").as_object())
      if (auto const* content = checker.resolve(response).as_object().if_contains("content"))
        for (auto const& [type, media] : content->as_object()) check_examples(media.as_object(), method + " " + path);
  });
}

TEST(OpenApi, IsServedAsItIs) {
  RunningRegister const running;
  EXPECT_EQ(running.anyone().get("/openapi.json").body, api::openapi_document());
}

/// Sends requests by their operation and holds each answer to what the document says of it.
class Conversation {
 public:
  explicit Conversation(RunningRegister const& running)
      : running_(running), anyone_(running.anyone()), person_(running.person()), official_(running.official()) {}

  /// From now on it is this official who speaks.
  void let_speak(std::string_view official) { official_ = running_.official(official); }

  /// `params` stand for the {names} of the path; the body is the documented example unless another is given.
  Answer operator()(std::string const& method, std::string const& path,
                    std::map<std::string, std::string> const& params = {}, std::optional<json::value> body = {}) {
    json::object const* const described = operation(path, method);
    EXPECT_NE(described, nullptr) << method << " " << path;
    std::string target = path;
    for (auto const& [name, value] : params)
      if (std::size_t const at = target.find("{" + name + "}"); at != std::string::npos)
        target.replace(at, name.size() + 2, value);
    if (!body && described->contains("requestBody")) body = example_of(path, method);
    Answer const answer = send(*described, method, target, body);
    hold(answer, *described, method + " " + path);
    seen_.insert(method + " " + path);
    return answer;
  }

  static json::value example_of(std::string const& path, std::string const& method) {
    return operation(path, method)->at("requestBody").at_pointer("/content/application~1json/example");
  }

  ApiClient& person() { return person_; }
  std::set<std::string> const& seen() const { return seen_; }

 private:
  Answer send(json::object const& described, std::string const& method, std::string const& target,
              std::optional<json::value> const& body) {
    json::array const& security = described.at("security").as_array();
    ApiClient& client = security.empty()                                  ? anyone_
                        : security[0].as_object().contains("holderToken") ? person_
                                                                          : official_;
    if (method == "get") return client.get(target);
    if (method == "delete") return client.remove(target);
    return body ? client.post(target, *body) : client.send(http::Method::post, target);
  }

  static json::value const& response_for(json::object const& responses, unsigned status) {
    std::string const exact = std::to_string(status);
    std::string const range = exact.substr(0, 1) + "XX";
    EXPECT_TRUE(responses.contains(exact) || responses.contains(range)) << "undocumented status " << status;
    return responses.contains(exact) ? responses.at(exact) : responses.at(range);
  }

  static void hold(Answer const& answer, json::object const& described, std::string const& where) {
    SchemaChecker const checker{document()};
    json::object const& response =
        checker.resolve(response_for(described.at("responses").as_object(), answer.status)).as_object();
    EXPECT_EQ(answer.header("Abode-Mode"), "test") << where;
    json::value const* const content = response.if_contains("content");
    if (content == nullptr) {
      EXPECT_EQ(answer.body, "") << where;
      return;
    }
    json::value const* const media = content->as_object().if_contains(answer.header("Content-Type"));
    ASSERT_NE(media, nullptr) << where << " answers in " << answer.header("Content-Type");
    if (answer.header("Content-Type").find("json") == std::string::npos) return;
    json::parse_options deep;
    deep.max_depth = 64;
    EXPECT_THAT(checker.faults(media->at("schema"), json::parse(answer.body, {}, deep)), IsEmpty()) << where << "\n"
                                                                                                    << answer.body;
    auto const* const headers = response.if_contains("headers");
    if (headers == nullptr || answer.status >= 500) return;
    for (auto const& [name, header] : headers->as_object()) EXPECT_NE(answer.header(name), "") << where;
  }

  RunningRegister const& running_;
  ApiClient anyone_;
  ApiClient person_;
  ApiClient official_;
  std::set<std::string> seen_;
};

/// All routes of a guardian, as Anna for Emma.
void talk_of_a_child(Conversation& say) {
  auto const expect = [&](unsigned status, Answer const& answer) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer;
  };
  std::string const child = expect(200, say("get", "/api/v1/children")).text("/children/0/id");
  std::string const root = "/api/v1/children/{child}";
  std::string const registrations = root + "/registrations";
  auto const with = [&](std::string const& id) {
    return std::map<std::string, std::string>{{"child", child}, {"id", id}, {"commitment", id}};
  };
  expect(200, say("get", root, with("")));
  std::string const first = expect(201, say("post", registrations, with(""))).text("/registration/id");
  expect(200, say("get", registrations, with("")));
  expect(200, say("get", registrations + "/{id}", with(first)));
  expect(200, say("post", registrations + "/{id}/correct", with(first)));
  std::string const second =
      expect(200, say("post", registrations + "/{id}/move", with(first))).text("/registration/id");
  expect(200, say("post", registrations + "/{id}/end", with(second)));
  expect(200, say("post", registrations + "/{id}/undo", with(second)));
  expect(200, say("post", registrations + "/{id}/confirm", with(second)));
  expect(201, say("post", registrations + "/{id}/letter", with(second)));
  expect(200, say("get", registrations + "/{id}/letter", with(second)));
  expect(409, say("post", registrations + "/{id}/confirm-by-code", with(second)));  // it is not printed yet
  expect(200, say("post", registrations + "/{id}/letter/withdraw", with(second)));
  expect(201, say("post", registrations + "/{id}/landlord-refusal", with(second)));
  json::object const stay{{"kind", "temporary"}, {"address", sample_address(3)}, {"until", "2030-06-30"}};
  std::string const third = expect(201, say("post", registrations, with(""), stay)).text("/registration/id");
  expect(200, say("post", registrations + "/{id}/renew", with(third)));
  expect(200, say("post", registrations + "/{id}/make-main", with(third)));
  expect(404, say("post", root + "/move-along", with("")));  // the registration of the example

  std::string const codes = root + "/opening-codes";
  std::string const code = expect(201, say("post", codes, with(""))).text("/opening_code/commitment");
  expect(200, say("get", codes, with("")));
  expect(200, say("post", codes + "/{commitment}/revoke", with(code)));

  Answer const history = expect(200, say("get", root + "/history", with("")));
  std::string const entry = history.text("/entries/0/commitment");
  expect(200, say("get", root + "/history/{commitment}", with(entry)));
  for (unsigned tries = 0; tries < 200; ++tries) {
    if (say("get", root + "/history/{commitment}/proof", with(entry)).status == 200) return;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  ADD_FAILURE() << "the entry never came into the log";
}

/// Two supervisors decide on a role; then the clerk is signed in again.
void talk_of_roles(Conversation& say) {
  auto const expect = [](unsigned status, Answer const& answer) { EXPECT_EQ(answer.status, status) << answer.body; };
  std::map<std::string, std::string> const reviewer{{"official", "clerk-school"}, {"role", "reviewer"}};
  std::string const root = "/api/v1/staff/roles/{official}/{role}/";
  say.let_speak("supervisor-school");
  expect(204, say("post", root + "propose", reviewer));
  expect(403, say("post", root + "approve", reviewer));
  expect(200, say("get", "/api/v1/staff/roles"));
  say.let_speak("supervisor-civic");
  expect(204, say("post", root + "withdraw", reviewer));
  expect(204, say("post", root + "propose", reviewer));
  say.let_speak("supervisor-school");
  expect(204, say("post", root + "approve", reviewer));
  expect(200, say("get", "/api/v1/staff/roles"));
  expect(204, say("post", root + "revoke", reviewer));
  expect(409, say("post", root + "revoke", reviewer));
  expect(404, say("post", root + "revoke", {{"official", "clerk-school"}, {"role", "police"}}));
  say.let_speak("clerk-school");
}

void talk_of_proofs(Conversation& say) {
  auto const expect = [](unsigned status, Answer const& answer) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer;
  };
  std::string const proofs = "/api/v1/proofs";
  expect(201, say("post", proofs));
  Answer const lasting =
      expect(201, say("post", proofs, {}, json::object{{"life", "lasting"}, {"fields", {"region", "since"}}}));
  json::object const page{{"life", "fresh"}, {"fields", {"region"}}, {"form", "paper"}, {"language", "ru"}};
  expect(201, say("post", proofs, {}, page));
  expect(200, say("get", proofs));
  expect(200, say("get", "/api/v1/me/export"));
  std::map<std::string, std::string> const made{{"entry", std::to_string(lasting.number("/proof/entry"))}};
  expect(200, say("post", proofs + "/{entry}/withdraw", made));
  expect(409, say("post", proofs + "/{entry}/withdraw", made));
  expect(200, say("get", proofs));
  expect(201, say("post", proofs + "/offers"));
  expect(200, say("get", "/trust.json"));
  expect(200, say("get", "/residence-type.json"));
  std::string const text = lasting.text("/proofs/0");
  auto const payload = codec::from_base64url(text.substr(text.find('.') + 1, text.rfind('.') - text.find('.') - 1));
  std::string const uri{json::parse(base::as_text(payload.value())).at_pointer("/status/status_list/uri").as_string()};
  std::map<std::string, std::string> const name{{"name", uri.substr(uri.rfind('/') + 1)}};
  unsigned status = 404;  // it is there within a second
  for (unsigned tries = 0; tries < 200 && status != 200; ++tries) {
    status = say("get", "/status/{name}", name).status;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  EXPECT_EQ(status, 200u);
  expect(404, say("get", "/status/{name}", {{"name", "000000000000"}}));
}

/// A register that queues mail, for a server that is not there.
void give_mail_server(RunningRegister& running) {
  running.stop();
  auto const settings = running.directory() / "abode.toml";
  write_text(settings, read_text(settings) +
                           "[mail]\nserver = \"localhost\"\nport = 1\nfrom = \"register@abode.example\"\n"
                           "starttls = \"none\"\n");
  running.start();
}

TEST(OpenApi, RealAnswersOfEveryRouteFitItAndItsExamplesAreAccepted) {
  RunningRegister running;
  give_mail_server(running);
  Conversation say{running};
  auto const expect = [&](unsigned status, Answer const& answer) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer;
  };
  for (char const* path :
       {"/log.vkey", "/openapi.json", "/healthz", "/api/v1/purposes", "/api/v1/privacy", "/api/v1/log",
        "/api/v1/openings/weekly", "/api/v1/profile", "/api/v1/profile/current.toml", "/api/v1/test-people"})
    expect(200, say("get", path));
  expect(404, say("get", "/api/v1/profile/coming.toml"));
  expect(201, say("post", "/api/v1/sessions"));
  expect(201, say("post", "/api/v1/staff/sessions"));
  talk_of_roles(say);
  expect(200, say("get", "/api/v1/staff/me"));
  expect(403, say("get", "/api/v1/staff/roles"));  // a clerk sees no others
  expect(201, say("post", "/api/v1/staff/identifications"));
  Authenticator key;
  Authenticator spare;
  std::string spare_id;
  for (Authenticator* device : {&key, &spare}) {
    Answer const options =
        expect(200, say("post", "/api/v1/staff/passkeys/options", {}, json::object{{"name", "Key"}}));
    auto const made = device->create(challenge_of(options), {.origin = running.origin()});
    spare_id = expect(201, say("post", "/api/v1/staff/passkeys", {},
                               json::object{{"name", "Key"}, {"credential", to_json(made, device->credential_id())}}))
                   .text("/passkey/id");
  }
  expect(200, say("get", "/api/v1/staff/passkeys"));
  expect(204, say("post", "/api/v1/staff/passkeys/{id}/remove", {{"id", spare_id}}));
  Answer const challenge = expect(200, say("post", "/api/v1/staff/sessions/passkey-options"));
  json::object const signed_by_key{
      {"passkey", to_json(key.get(challenge_of(challenge), {.origin = running.origin()}))}};
  expect(201, say("post", "/api/v1/staff/sessions", {}, signed_by_key));
  expect(200, say("get", "/api/v1/staff/passkeys"));

  std::string const registrations = "/api/v1/registrations";
  std::string const first = expect(201, say("post", registrations)).text("/registration/id");
  expect(200, say("get", registrations));
  expect(200, say("get", registrations + "/{id}", {{"id", first}}));
  expect(200, say("post", registrations + "/{id}/correct", {{"id", first}}));
  std::string const second =
      expect(200, say("post", registrations + "/{id}/move", {{"id", first}})).text("/registration/id");
  expect(200, say("post", registrations + "/{id}/end", {{"id", second}}));
  expect(200, say("post", registrations + "/{id}/undo", {{"id", second}}));
  expect(200, say("get", registrations + "/{id}/letter", {{"id", second}}));
  expect(201, say("post", registrations + "/{id}/letter", {{"id", second}}));
  expect(200, say("get", registrations + "/{id}/letter", {{"id", second}}));
  expect(409, say("post", registrations + "/{id}/confirm-by-code", {{"id", second}}));  // it is not printed yet
  expect(200, say("get", "/api/v1/me/export"));
  expect(200, say("post", registrations + "/{id}/letter/withdraw", {{"id", second}}));
  expect(201, say("post", registrations + "/{id}/landlord-refusal", {{"id", second}}));
  std::string const third =
      expect(201, say("post", registrations, {},
                      json::object{{"kind", "temporary"}, {"address", sample_address(3)}, {"until", "2030-06-30"}}))
          .text("/registration/id");
  expect(200, say("post", registrations + "/{id}/confirm", {{"id", second}}));
  expect(200, say("post", registrations + "/{id}/renew", {{"id", third}}));
  expect(200, say("post", registrations + "/{id}/make-main", {{"id", third}}));
  expect(200, say("get", "/api/v1/me"));

  talk_of_proofs(say);

  std::string const invitations = "/api/v1/invitations";
  expect(404, say("post", invitations));            // the registration of the example
  expect(404, say("post", invitations + "/open"));  // the code of the example
  json::object const to_third{{"registration", third}};
  Answer const invited = expect(201, say("post", invitations, {}, to_third));
  expect(200, say("post", invitations + "/open", {}, json::object{{"code", invited.text("/invitation/code")}}));
  Answer const unwanted = expect(201, say("post", invitations, {}, to_third));
  expect(200, say("post", invitations + "/{entry}/revoke",
                  {{"entry", std::to_string(unwanted.number("/invitation/entry"))}}));
  expect(200, say("get", invitations));

  std::string const codes = "/api/v1/opening-codes";
  Answer const to_revoke = expect(201, say("post", codes));
  expect(200,
         say("post", codes + "/{entry}/revoke", {{"entry", std::to_string(to_revoke.number("/opening_code/entry"))}}));
  json::value request = Conversation::example_of("/api/v1/staff/openings", "post");
  expect(404, say("post", "/api/v1/staff/openings"));  // the code of the example
  request.at("code") = expect(201, say("post", codes)).at("/opening_code/code");
  expect(200, say("post", "/api/v1/staff/openings", {}, request));
  Answer const all = expect(201, say("post", codes, {},
                                     json::object{{"fields",
                                                   {"family_name", "given_names", "birth_date", "main_address",
                                                    "main_since", "other_addresses", "assurance"}}}));
  request.at("code") = all.at("/opening_code/code");
  request.at("purpose") = "counter-help";
  request.at("fields") = all.at("/opening_code/fields");
  expect(200, say("post", "/api/v1/staff/openings", {}, request));
  expect(200, say("get", codes));
  expect(200, say("get", "/api/v1/inbox"));
  expect(200, say("post", "/api/v1/inbox/read"));

  Answer const wish = expect(201, say("post", "/api/v1/rectification-requests"));
  std::map<std::string, std::string> const wished{{"entry", std::to_string(wish.number("/receipt/entry"))}};
  expect(200, say("get", "/api/v1/me"));
  expect(200, say("get", "/api/v1/me/export"));
  expect(200, say("post", "/api/v1/rectification-requests/{entry}/withdraw", wished));
  for (std::string const& id : {second, third}) say.person().post(registrations + "/" + id + "/end", json::object{});
  say.person().post("/api/v1/inbox/read", {{"up_to", 1000}});
  expect(201, say("post", "/api/v1/erasure"));
  expect(200, say("get", "/api/v1/me"));
  expect(200, say("post", "/api/v1/erasure/undo"));

  talk_of_a_child(say);

  say.person().await_provable(10);
  std::string const size = std::to_string(expect(200, say("get", "/readyz")).number("/log_size"));
  expect(200, say("get", "/checkpoint"));
  expect(200, say("get", "/tile/{path}", {{"path", "entries/000.p/" + size}}));
  expect(200, say("get", "/api/v1/history"));
  expect(200, say("get", "/api/v1/history/export"));
  expect(200, say("get", "/api/v1/history/{entry}", {{"entry", "1"}}));
  expect(200, say("get", "/api/v1/history/{entry}/proof", {{"entry", "1"}}));
  Answer const sheet = expect(201, say("post", "/api/v1/printed-codes"));
  Authenticator phone;
  Authenticator laptop;
  for (Authenticator* device : {&phone, &laptop}) {
    Answer const options = expect(200, say("post", "/api/v1/passkeys/options", {}, json::object{{"name", "My phone"}}));
    auto const made = device->create(challenge_of(options), {.origin = running.origin()});
    expect(201, say("post", "/api/v1/passkeys", {},
                    json::object{{"name", "My phone"}, {"credential", to_json(made, device->credential_id())}}));
  }
  run_sql(running.directory() / "abode.db", "UPDATE passkey SET good_from = 0");  // they would wait for a day
  Answer const passkeys = expect(200, say("get", "/api/v1/passkeys"));
  std::string const passkey = std::to_string(passkeys.number("/passkeys/0/entry"));
  expect(409, say("post", "/api/v1/passkeys/{entry}/keep", {{"entry", passkey}}));
  Answer const asked = expect(200, say("post", "/api/v1/sessions/passkey-options"));
  json::object const signed_by_phone{
      {"passkey", to_json(phone.get(challenge_of(asked), {.origin = running.origin()}))}};
  expect(200, say("post", "/api/v1/passkeys/{entry}/remove", {{"entry", passkey}}));
  expect(200, say("post", "/api/v1/passkeys/{entry}/keep", {{"entry", passkey}}));
  expect(201, say("post", "/api/v1/printed-codes"));
  expect(200, say("get", "/api/v1/printed-codes"));
  expect(200, say("post", "/api/v1/printed-codes/discard"));
  run_sql(running.directory() / "abode.db", "UPDATE card SET code_tag = tag, good_from = 4000000000 WHERE record = 1");
  expect(200, say("get", "/api/v1/activation-code"));
  expect(200, say("post", "/api/v1/activation-code/discard"));
  expect(200, say("get", "/api/v1/activation-code"));
  expect(200, say("get", "/api/v1/contact"));
  expect(200, say("post", "/api/v1/contact"));
  expect(422, say("post", "/api/v1/contact/confirm"));  // the code of the example
  expect(200, say("get", "/api/v1/contact"));
  expect(200, say("get", "/api/v1/me/export"));
  expect(200, say("post", "/api/v1/contact/remove"));
  expect(401, say("post", "/api/v1/freeze"));
  expect(200, say("post", "/api/v1/freeze", {},
                  json::object{{"card", "SPECIMEN1"}, {"code", sheet.at("/sheet/freeze_code")}}));
  expect(200, say("get", "/api/v1/printed-codes"));
  expect(200, say("get", "/api/v1/me/export"));
  expect(201, say("post", "/api/v1/sessions", {}, signed_by_phone));
  (void)running.person();  // a second session of the same person
  Answer const signed_in = expect(200, say("get", "/api/v1/sessions"));
  std::string const another = signed_in.at("/sessions/0/current").as_bool() ? "/sessions/1/id" : "/sessions/0/id";
  expect(204, say("post", "/api/v1/sessions/{id}/end", {{"id", signed_in.text(another)}}));
  expect(200, say("post", "/api/v1/sessions/end-others"));
  expect(204, say("delete", "/api/v1/sessions"));
  expect(204, say("delete", "/api/v1/staff/sessions"));

  for_each_operation([&](std::string const& path, std::string const& method, json::object const&) {
    EXPECT_TRUE(say.seen().contains(method + " " + path)) << method << " " << path << " was not tried";
  });
}

TEST(OpenApi, RefusalsFitItAsWell) {
  RunningRegister const running;
  Conversation say{running};
  auto const problem = [&](unsigned status, Answer const& answer) { EXPECT_EQ(answer.status, status) << answer.body; };
  problem(404, say("post", "/api/v1/sessions", {}, json::object{{"test_person", "nobody"}}));
  problem(422, say("post", "/api/v1/sessions", {}, json::object{}));
  problem(422, say("post", "/api/v1/registrations", {}, json::object{{"kind", "holiday"}}));
  problem(404, say("get", "/api/v1/registrations/{id}", {{"id", "0000000000000000"}}));
  problem(404, say("post", "/api/v1/registrations/{id}/undo", {{"id", "0000000000000000"}}));
  problem(404, say("post", "/api/v1/sessions/{id}/end", {{"id", "0000000000000000"}}));
  for (char const* act : {"letter/withdraw", "landlord-refusal"})
    problem(404, say("post", std::string{"/api/v1/registrations/{id}/"} + act, {{"id", "0000000000000000"}}));
  problem(422, say("post", "/api/v1/registrations/{id}/letter", {{"id", "0000000000000000"}},
                   json::object{{"delivery", "pigeon"}}));
  problem(422, say("post", "/api/v1/registrations/{id}/confirm-by-code", {{"id", "0000000000000000"}},
                   json::object{{"code", "7K2P"}}));
  problem(422, say("get", "/api/v1/history/{entry}", {{"entry", "first"}}));
  problem(404, say("get", "/api/v1/history/{entry}", {{"entry", "77"}}));
  problem(404, say("get", "/api/v1/history/{entry}/proof", {{"entry", "77"}}));
  problem(404, say("post", "/api/v1/opening-codes/{entry}/revoke", {{"entry", "77"}}));
  problem(404, say("post", "/api/v1/rectification-requests/{entry}/withdraw", {{"entry", "77"}}));
  problem(422, say("post", "/api/v1/rectification-requests", {}, json::object{{"field", "assurance"}}));
  problem(409, say("post", "/api/v1/erasure/undo"));
  problem(409, say("post", "/api/v1/printed-codes/discard"));
  problem(409, say("post", "/api/v1/activation-code/discard"));
  problem(409, say("post", "/api/v1/contact"));
  problem(409, say("post", "/api/v1/contact/confirm"));
  problem(409, say("post", "/api/v1/contact/remove"));
  problem(422, say("post", "/api/v1/freeze", {}, json::object{{"card", "SPECIMEN1"}, {"code", "7"}}));
  problem(404, say("get", "/tile/{path}", {{"path", "0/999"}}));
  problem(201, say("post", "/api/v1/registrations"));
  problem(409, say("post", "/api/v1/registrations"));
  say.person().remove("/api/v1/sessions");
  for_each_operation([&](std::string const& path, std::string const& method, json::object const& described) {
    if (described.at("security") == json::value(security_of(api::Authority::holder)))
      problem(401, say(method, path,
                       {{"id", "0000000000000000"},
                        {"entry", "1"},
                        {"child", "0000000000000000"},
                        {"commitment", std::string(64, '0')}}));
  });
}

}  // namespace
}  // namespace abode::functional
