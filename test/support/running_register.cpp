#include "support/running_register.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace abode::test {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view greeting = "  Open      http";

std::string all_lines(system::ChildProcess& process) {
  std::string text;
  while (auto const line = process.read_line(patience)) text += *line + "\n";
  return text;
}

/// "A sentence." or several: for people, not for programs.
bool reads_as_sentences(std::string const& text) {
  bool const begins = !text.empty() && ((text[0] >= 'A' && text[0] <= 'Z') || text[0] == '"');
  return begins && text.ends_with('.') && text.find(' ') != std::string::npos;
}

std::string quoted(Answer const& answer) {
  return std::to_string(answer.status) + " " + answer.header("Content-Type") + ": " + answer.body;
}

}  // namespace

std::string read_text(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) throw std::runtime_error("cannot read " + file.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_text(std::filesystem::path const& file, std::string_view text) {
  std::ofstream out{file, std::ios::binary | std::ios::trunc};
  if (!out.write(text.data(), static_cast<std::streamsize>(text.size())))
    throw std::runtime_error("cannot write " + file.string());
}

void replace_text(std::filesystem::path const& file, std::string_view what, std::string_view with) {
  std::string text = read_text(file);
  std::size_t const place = text.find(what);
  ASSERT_NE(place, std::string::npos) << file << " does not hold " << what;
  write_text(file, text.replace(place, what.size(), with));
}

Outcome run_abode(std::vector<std::string> const& arguments) {
  std::vector<std::string> command{executable};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run_command(command);
}

Outcome run_command(std::vector<std::string> const& command) {
  auto process = system::ChildProcess::start(command).value();
  std::string output = all_lines(process);
  int const status = process.wait();
  return {status, std::move(output), process.errors()};
}

json::value Answer::document() const {
  return codec::parse_json(body).value();
}

json::value Answer::at(std::string_view pointer) const {
  return document().at_pointer(pointer);
}

std::string Answer::text(std::string_view pointer) const {
  return std::string{at(pointer).as_string()};
}

std::uint64_t Answer::number(std::string_view pointer) const {
  return at(pointer).to_number<std::uint64_t>();
}

testing::AssertionResult is_problem(Answer const& answer, unsigned status, std::string_view kind,
                                    std::string_view field) {
  auto const wrong = [&](std::string_view what) {
    return testing::AssertionFailure() << what << " in " << quoted(answer);
  };
  if (answer.status != status) return wrong("another status");
  if (answer.header("Content-Type") != "application/problem+json") return wrong("another media type");
  if (answer.header("Abode-Mode") != "test" || answer.text("/mode") != "test") return wrong("no mode");
  if (answer.number("/status") != status) return wrong("another status");
  if (answer.text("/type") != "urn:abode:problem:" + std::string{kind}) return wrong("another type");
  if (answer.text("/title").empty()) return wrong("no title");
  if (!reads_as_sentences(answer.text("/detail"))) return wrong("no sentence");
  json::value const document = answer.document();
  json::value const* const named = document.as_object().if_contains("field");
  if (!field.empty() && (named == nullptr || named->as_string() != field)) return wrong("another field");
  return testing::AssertionSuccess();
}

Answer ApiClient::get(std::string_view target) {
  return send(http::Method::get, target);
}

Answer ApiClient::post(std::string_view target, json::value const& body, std::string const& key) {
  http::Pairs headers;
  if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
  return post_text(target, json::serialize(body), std::move(headers));
}

Answer ApiClient::post_text(std::string_view target, std::string body, http::Pairs headers) {
  headers.emplace_back("Content-Type", "application/json");
  return send(http::Method::post, target, std::move(headers), std::move(body));
}

Answer ApiClient::remove(std::string_view target) {
  return send(http::Method::delete_, target);
}

Answer ApiClient::send(http::Method method, std::string_view target, http::Pairs headers, std::string body) {
  auto answer = try_send(method, target, std::move(headers), std::move(body));
  if (!answer) throw std::runtime_error(std::string{target} + ": " + answer.error().detail);
  return std::move(*answer);
}

base::result<Answer> ApiClient::try_send(http::Method method, std::string_view target, http::Pairs headers,
                                         std::string body) {
  if (!token_.empty()) headers.emplace_back("Authorization", "Bearer " + token_);
  auto response = client_.request(method, target, std::move(headers), std::move(body));
  if (!response) return response.error();
  return Answer{response->status, std::move(response->headers), std::move(response->body)};
}

void ApiClient::await_provable(std::uint64_t entry) {
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (!get("/api/v1/history/" + std::to_string(entry)).at("/provable").as_bool()) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("an entry stays out of the log");
    std::this_thread::sleep_for(10ms);
  }
}

RunningRegister::RunningRegister(std::string const& profile) {
  Outcome const made = run_abode({"init", directory().string(), "--test-mode", "--profile", profile});
  if (made.status != 0) throw std::runtime_error("abode init: " + made.errors);
  replace_text(directory() / "abode.toml", "log_interval_ms = 500", "log_interval_ms = 50");
  start();
}

void RunningRegister::start() {
  served_.emplace(
      serve_by({executable, "serve", directory().string(), "--listen", "localhost:0", "--metrics", "localhost:0"}));
  numbers_port_.reset();
}

std::string RunningRegister::numbers() {
  constexpr std::string_view begins = "  Numbers   http://localhost:";
  while (!numbers_port_) {
    auto const line = served_->process.read_line(patience);
    if (!line) throw std::runtime_error("the register does not say where its numbers are");
    if (line->starts_with(begins)) numbers_port_ = static_cast<unsigned short>(std::stoul(line->substr(begins.size())));
  }
  auto const answer = http::Client{"localhost", *numbers_port_, patience}.request(http::Method::get, "/metrics");
  return answer.value().body;
}

Served serve_by(std::vector<std::string> const& command) {
  Served served{system::ChildProcess::start(command).value(), {}, {}};
  while (auto const line = served.process.read_line(patience)) {
    if (!line->starts_with(greeting)) {
      served.lines.push_back(*line);
      continue;
    }
    std::size_t const colon = line->rfind(':');
    std::size_t const host = line->find("://") + 3;
    served.host = line->substr(host, colon - host);
    served.port = static_cast<unsigned short>(std::stoul(line->substr(colon + 1)));
    return served;
  }
  throw std::runtime_error("the register does not start: " + served.process.errors());
}

ApiClient RunningRegister::person(std::string_view id) const {
  return sign_in(host(), port(), "/api/v1/sessions", "test_person", id);
}

ApiClient RunningRegister::official(std::string_view id) const {
  return sign_in(host(), port(), "/api/v1/staff/sessions", "test_staff", id);
}

ApiClient sign_in(std::string const& host, unsigned short port, std::string_view path, std::string_view member,
                  std::string_view id) {
  Answer const answer = ApiClient{host, port}.post(path, json::object{{member, id}});
  if (answer.status != 201) throw std::runtime_error("cannot sign in: " + quoted(answer));
  return {host, port, answer.text("/token")};
}

json::object sample_address(unsigned number) {
  return {{"country", "TJ"},
          {"lines", {"хобгоҳи «Шамол», ҳуҷраи " + std::to_string(number), "кӯчаи Ҷомӣ, паси бозор, дари сабз"}},
          {"locality", "Душанбе"},
          {"care_of", "холаи Ӯғулой"}};
}

}  // namespace abode::test
