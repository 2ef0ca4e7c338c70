#include "cli/demo.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "cli/internal/api_client.hpp"
#include "log/entry.hpp"
#include "log/history.hpp"
#include "log/proof.hpp"
#include "system/files.hpp"
#include "system/process.hpp"

namespace abode::cli {
namespace {

using internal::Answer;
using internal::ApiClient;
using internal::NotSo;
namespace json = codec::json;

/// One thing that the story claims. The first that is not so ends the demonstration.
void claim(bool so, std::string const& what) {
  if (!so) throw NotSo(what);
  fmt::print("    ✓ {}\n", what);
  std::fflush(stdout);
}

void chapter(int number, std::string_view title) {
  fmt::print("\n{}. {}\n", number, title);
}

/// A register of its own in a temporary directory, on loopback, in a process that can be killed.
class TemporaryRegister {
 public:
  TemporaryRegister() {
    std::string pattern = (std::filesystem::temp_directory_path() / "abode-demo-XXXXXX").string();
    auto const made = system::make_temporary_directory(pattern);
    if (!made) throw NotSo(made.error().detail);
    directory_ = *made;
  }
  TemporaryRegister(TemporaryRegister const&) = delete;
  TemporaryRegister& operator=(TemporaryRegister const&) = delete;
  ~TemporaryRegister() {
    server_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::filesystem::path data() const { return directory_ / "data"; }
  std::filesystem::path file(std::string const& name) const { return directory_ / name; }

  /// Runs this program with `arguments`; its exit status and what it printed.
  std::pair<int, std::string> run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), system::own_path());
    auto child = system::ChildProcess::start(arguments);
    if (!child) throw NotSo(child.error().detail);
    std::string printed;
    while (auto const line = child->read_line(std::chrono::seconds{20})) printed += *line + "\n";
    return {child->wait(), printed + child->errors()};
  }

  void start() {
    auto child = system::ChildProcess::start({system::own_path(), "serve", data().string(), "--listen", "127.0.0.1:0"});
    if (!child) throw NotSo(child.error().detail);
    server_ = std::make_unique<system::ChildProcess>(std::move(*child));
    constexpr std::string_view mark = "http://127.0.0.1:";
    while (auto const line = server_->read_line(std::chrono::seconds{20})) {
      std::size_t const at = line->find(mark);
      if (at == std::string::npos) continue;
      port_ = static_cast<unsigned short>(std::stoul(line->substr(at + mark.size())));
      return;
    }
    throw NotSo("the server came up: " + server_->errors());
  }

  void kill_at_once() { server_->kill_at_once(); }
  unsigned short port() const { return port_; }

 private:
  std::filesystem::path directory_;
  std::unique_ptr<system::ChildProcess> server_;
  unsigned short port_ = 0;
};

json::object address(std::string_view country, std::initializer_list<std::string_view> lines) {
  json::array list;
  for (std::string_view line : lines) list.emplace_back(line);
  return {{"country", country}, {"lines", std::move(list)}};
}

std::string text_at(json::value const& value, std::string_view pointer) {
  auto const& found = value.at_pointer(pointer);
  return found.is_string() ? std::string{found.as_string()} : json::serialize(found);
}

/// Waits until the entry is in the log, then has its inclusion proof checked against the log's key.
log::Checkpoint verified_inclusion(ApiClient& holder, ApiClient& anyone, std::string const& entry,
                                   std::string const& commitment) {
  std::string const path = "/api/v1/history/" + entry + "/proof";
  for (int tries = 0; tries < 100; ++tries) {
    Answer const answer = holder.get(path);
    if (answer.status == 409) {  // not yet in a checkpoint
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
      continue;
    }
    std::string key_line = anyone.get("/log.vkey").text;
    key_line.pop_back();
    auto const key = log::VerifierKey::parse(key_line);
    auto const proof = log::parse_proof(answer.text);
    if (!key || !proof) throw NotSo("the log's key and the proof are in their standard forms");
    base::Hash leaf;
    auto const bytes = codec::from_hex(commitment);
    if (!bytes || bytes->size() != leaf.size()) throw NotSo("the commitment is 32 bytes");
    std::copy(bytes->begin(), bytes->end(), leaf.begin());
    auto const checkpoint = log::verify_proof(*proof, log::leaf_of(leaf), *key);
    if (!checkpoint) throw NotSo("the inclusion proof verifies: " + checkpoint.error().detail);
    return *checkpoint;
  }
  throw NotSo("the entry is in the log within ten seconds");
}

struct Home {
  std::string id;
  std::string entry;
  std::string commitment;
};

Home register_home(ApiClient& anna) {
  chapter(2, "She registers where she lives. Nobody has to agree, and no form is refused for being unusual.");
  fmt::print("    c/o გიორგი, იურტა 3 მარჯვნივ, დიღმის ტყე, თბილისი (Georgia)\n");
  Answer const filed = anna.post(
      "/api/v1/registrations",
      {{"kind", "main"}, {"address", address("GE", {"c/o გიორგი", "იურტა 3 მარჯვნივ, დიღმის ტყე", "თბილისი"})}},
      "demo-file");
  claim(filed.status == 201, "registered from this moment, in the script it is written in");
  Home const home{text_at(filed.body, "/registration/id"), text_at(filed.body, "/receipt/entry"),
                  text_at(filed.body, "/receipt/commitment")};
  claim(home.commitment.size() == 64,
        fmt::format("a receipt at once: entry {}, filed {}", home.entry, text_at(filed.body, "/receipt/filed_at")));
  Answer const again = anna.post(
      "/api/v1/registrations",
      {{"kind", "main"}, {"address", address("GE", {"c/o გიორგი", "იურტა 3 მარჯვნივ, დიღმის ტყე", "თბილისი"})}},
      "demo-file");
  claim(again.status == 201 && text_at(again.body, "/receipt/commitment") == home.commitment,
        "the same request again (a lost answer, a second tap) has no second effect");
  return home;
}

void move_and_undo(ApiClient& anna, Home const& home) {
  chapter(3, "She moves, thinks better of it, and takes it back.");
  Answer const moved = anna.post(
      "/api/v1/registrations/" + home.id + "/move",
      {{"address", address("DE", {"Wohnheim Nord, Zimmer 114", "Musterweg 5", "12345 Musterstadt"})}}, "demo-move");
  claim(moved.status == 200, "moved to a hostel room; the old registration ended by her own act");
  Answer const undone =
      anna.post("/api/v1/registrations/" + text_at(moved.body, "/registration/id") + "/undo", {}, "demo-undo");
  claim(undone.status == 200 && text_at(undone.body, "/registration/id") == home.id &&
            undone.body.at_pointer("/registration/ended").is_null(),
        "undone within 72 hours: everything is as it was");
}

std::string open_by_code(ApiClient& anna, ApiClient& official, ApiClient& other) {
  chapter(4, "A school needs two things about her. She makes a one-time code for exactly these.");
  Answer const made = anna.post("/api/v1/opening-codes",
                                {{"fields", {"family_name", "main_address"}}, {"valid_minutes", 60}}, "demo-code");
  std::string const code = text_at(made.body, "/opening_code/code");
  claim(made.status == 201, "code " + code + ", good once, for one hour, for her family name and address");
  json::object const wish{{"code", code},
                          {"purpose", "school-enrolment"},
                          {"reference", "2026/117"},
                          {"fields", {"family_name", "main_address", "birth_date"}}};
  json::object wrong = wish;
  wrong["code"] = "00000-00000";
  Answer const missed = official.post("/api/v1/staff/openings", wrong, "demo-miss");
  claim(missed.status == 404, "a wrong code opens nothing");
  Answer const opened = official.post("/api/v1/staff/openings", wish, "demo-open");
  claim(opened.status == 200 && opened.body.at_pointer("/fields").as_object().size() == 2,
        "the official asked for three fields and got the two she chose: " +
            json::serialize(opened.body.at_pointer("/fields")));
  Answer const reused = other.post("/api/v1/staff/openings", wish, "demo-reuse");
  claim(reused.status == missed.status && reused.text == missed.text,
        "the code again: refused, byte for byte like a wrong one");
  return code;
}

void see_everything(ApiClient& anna, ApiClient& anyone) {
  chapter(5, "She sees who looked, why, and at what; and that nothing was left out.");
  json::value const history = anna.get("/api/v1/history").body;
  json::value const* opening = nullptr;
  for (json::value const& entry : history.at("entries").as_array())
    if (text_at(entry, "/operation") == "opening") opening = &entry;
  claim(opening != nullptr, "the opening stands in her history");
  claim(
      text_at(*opening, "/reference") == "2026/117" &&
          text_at(*opening, "/fields") == R"(["family_name","main_address"])",
      fmt::format("{} of the {}, {}, file {}: {}", text_at(*opening, "/actor"), text_at(*opening, "/office/name"),
                  text_at(*opening, "/purpose/label"), text_at(*opening, "/reference"), text_at(*opening, "/fields")));
  Answer const inbox = anna.get("/api/v1/inbox");
  claim(inbox.body.at("notices").as_array().size() == 2, "her inbox tells of it, and of the second, refused attempt");
  auto const checkpoint =
      verified_inclusion(anna, anyone, text_at(*opening, "/entry"), text_at(*opening, "/commitment"));
  claim(true, fmt::format("its inclusion proof verifies against the signed checkpoint of {} leaves", checkpoint.size));
}

/// Files until the server dies under it; the acknowledged commitments.
std::vector<std::string> write_until_killed(TemporaryRegister& server, ApiClient& peter) {
  std::thread killer{[&server] {
    std::this_thread::sleep_for(std::chrono::milliseconds{400});
    server.kill_at_once();
  }};
  std::vector<std::string> acknowledged;
  for (int i = 0;; ++i) {  // each filing is taken back, so that the record stays small
    auto const filed =
        peter.try_post("/api/v1/registrations",
                       {{"kind", "temporary"}, {"address", address("UZ", {fmt::format("Chorsu koʻchasi {}", i)})}},
                       fmt::format("demo-file-{}", i));
    if (!filed) break;
    acknowledged.push_back(text_at(filed->body, "/receipt/commitment"));
    auto const undone = peter.try_post("/api/v1/registrations/" + text_at(filed->body, "/registration/id") + "/undo",
                                       {}, fmt::format("demo-undo-{}", i));
    if (!undone) break;
    acknowledged.push_back(text_at(undone->body, "/receipt/commitment"));
  }
  killer.join();
  return acknowledged;
}

void survive_a_power_cut(TemporaryRegister& server) {
  chapter(6, "The power fails while Peter files and undoes: the server is killed in the middle of its work.");
  ApiClient peter{server.port()};
  peter.sign_in("/api/v1/sessions", "test_person", "peter-stevenson");
  auto const acknowledged = write_until_killed(server, peter);
  claim(!acknowledged.empty(), fmt::format("{} acts had their receipt when it died", acknowledged.size()));
  server.start();
  ApiClient again{server.port()};
  again.sign_in("/api/v1/sessions", "test_person", "peter-stevenson");
  std::string all;
  std::string page = "/api/v1/history?limit=100";
  for (;;) {
    json::value const body = again.get(page).body;
    all += json::serialize(body);
    if (body.at("before").is_null()) break;
    page = "/api/v1/history?limit=100&before=" + text_at(body, "/before");
  }
  for (std::string const& commitment : acknowledged)
    if (all.find(commitment) == std::string::npos) throw NotSo("the act " + commitment + " survived");
  claim(true, "after the restart every one of them is there");
}

void audit_offline(TemporaryRegister& server) {
  chapter(7, "She takes her whole history home and checks it without asking anyone.");
  ApiClient anna{server.port()};
  anna.sign_in("/api/v1/sessions", "test_person", "anna-eriksson");
  ApiClient anyone{server.port()};
  std::string key = anyone.get("/log.vkey").text;
  key.pop_back();
  Answer const exported = anna.get("/api/v1/history/export");
  std::filesystem::path const file = server.file("history.json");
  std::ofstream{file} << exported.text;
  auto const [status, printed] = server.run({"audit", file.string(), "--key", key});
  fmt::print("{}", printed);
  claim(status == 0, "abode audit accepts it");

  auto bundle = log::decode_bundle(exported.text);
  if (!bundle) throw NotSo("the export is a history file");
  bundle->entries.erase(bundle->entries.begin() + 4);  // what an official might like to have forgotten
  std::filesystem::path const forged = server.file("forged.json");
  std::ofstream{forged} << log::encode_bundle(*bundle);
  auto const [forged_status, forged_printed] = server.run({"audit", forged.string(), "--key", key});
  claim(forged_status == 1, "with one entry taken out, audit refuses it and says why:");
  fmt::print("      {}", forged_printed.substr(forged_printed.rfind("rejected")));
}

void tell() {
  fmt::print("Abode, the story in a minute. Specimen people, a register of its own, nothing leaves this machine.\n");
  TemporaryRegister server;
  auto const [status, printed] = server.run({"init", server.data().string(), "--test-mode"});
  if (status != 0) throw NotSo("a fresh register was made: " + printed);
  server.start();

  chapter(1, "Anna Maria Eriksson, citizen of Utopia (the specimen of every passport), signs in.");
  ApiClient anyone{server.port()};
  ApiClient anna{server.port()};
  claim(anna.sign_in("/api/v1/sessions", "test_person", "anna-eriksson"),
        "signed in; every answer says that this is test mode");
  Home const home = register_home(anna);
  verified_inclusion(anna, anyone, home.entry, home.commitment);
  claim(true, "and it is in the public log: the proof verifies");
  move_and_undo(anna, home);
  ApiClient school{server.port()};
  school.sign_in("/api/v1/staff/sessions", "test_staff", "clerk-school");
  ApiClient civic{server.port()};
  civic.sign_in("/api/v1/staff/sessions", "test_staff", "clerk-civic");
  open_by_code(anna, school, civic);
  see_everything(anna, anyone);
  survive_a_power_cut(server);
  audit_offline(server);
  fmt::print("\nAll of it was so. Now try it yourself: ./run\n");
}

}  // namespace

int run_demo() {
  try {
    tell();
    return 0;
  } catch (NotSo const& not_so) {
    fmt::print("    ✗ {}\n\nThis was not so. Please report it with the lines above.\n", not_so.what());
    return 1;
  }
}

}  // namespace abode::cli
