// The real executable, as an operator runs it and as clients meet it. For tests of the whole.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.hpp"
#include "http/client.hpp"
#include "support/temporary_directory.hpp"
#include "system/process.hpp"

namespace abode::test {

namespace json = codec::json;

inline constexpr std::chrono::seconds patience{20};  ///< for whatever ought to come soon; a busy machine needs some

std::string read_text(std::filesystem::path const& file);
void write_text(std::filesystem::path const& file, std::string_view text);
/// Replaces the one place of `file` that reads `what`; fails the test if there is none.
void replace_text(std::filesystem::path const& file, std::string_view what, std::string_view with);

/// What a command came to.
struct Outcome {
  int status = -1;
  std::string output;
  std::string errors;
};
inline constexpr char const* executable = ABODE_EXECUTABLE;
/// Runs a command (a path, then arguments) to its end.
Outcome run_command(std::vector<std::string> const& command);
/// Runs the executable with `arguments` to its end.
Outcome run_abode(std::vector<std::string> const& arguments);

/// An HTTP response; JSON members are reached by JSON pointer (RFC 6901), such as "/receipt/entry".
struct Answer {
  unsigned status = 0;
  http::Pairs headers;
  std::string body;

  std::string header(std::string_view name) const { return std::string{http::header(headers, name)}; }
  json::value document() const;
  json::value at(std::string_view pointer) const;
  std::string text(std::string_view pointer) const;
  std::uint64_t number(std::string_view pointer) const;
};

/// True for an application/problem+json of this status and kind in which everything a client counts on is there: a
/// stable type, a title, a detail in sentences, and the field at fault if `field` is given.
testing::AssertionResult is_problem(Answer const& answer, unsigned status, std::string_view kind,
                                    std::string_view field = {});

/// A client of the API over one kept connection, with a session or without. One thread, one client.
class ApiClient {
 public:
  ApiClient(std::string host, unsigned short port, std::string token = {})
      : client_(std::move(host), port, patience), token_(std::move(token)) {}

  Answer get(std::string_view target);
  /// `body` is sent as JSON; with `key` as its Idempotency-Key.
  Answer post(std::string_view target, json::value const& body, std::string const& key = {});
  Answer post_text(std::string_view target, std::string body, http::Pairs headers = {});
  Answer remove(std::string_view target);
  Answer send(http::Method method, std::string_view target, http::Pairs headers = {}, std::string body = {});
  /// As send(), but without failing the test if no answer comes.
  base::result<Answer> try_send(http::Method method, std::string_view target, http::Pairs headers = {},
                                std::string body = {});

  /// Waits until a published checkpoint covers the entry.
  void await_provable(std::uint64_t entry);

  std::string const& token() const { return token_; }

 private:
  http::Client client_;
  std::string token_;
};

/// A register that greeted: it takes requests at host and port.
struct Served {
  system::ChildProcess process;
  std::vector<std::string> lines;  ///< what came before the greeting
  std::string host;
  unsigned short port = 0;
};
/// Runs `command`, which ends in `abode serve`, and waits for the greeting.
Served serve_by(std::vector<std::string> const& command);

/// A register in test mode, in a directory of its own, served on a free port of this machine.
class RunningRegister {
 public:
  /// `profile`: the name of a built-in one, or a file.
  explicit RunningRegister(std::string const& profile = "specimen");

  void start();                                     ///< again, after stop() or kill(); on another port
  int stop() { return served_->process.stop(); }    ///< SIGTERM; the exit status
  void kill() { served_->process.kill_at_once(); }  ///< as a power cut would
  std::string errors() const { return served_->process.errors(); }
  std::string numbers();  ///< what GET /metrics of its operator's listener answers

  ApiClient anyone() const { return with_token({}); }
  ApiClient person(std::string_view id = "anna-eriksson") const;
  ApiClient official(std::string_view id = "clerk-school") const;
  ApiClient with_token(std::string token) const { return {host(), port(), std::move(token)}; }
  http::Client raw() const { return {host(), port(), patience}; }

  std::filesystem::path directory() const { return home_.path() / "register"; }
  std::string const& host() const { return served_->host; }
  unsigned short port() const { return served_->port; }
  std::string origin() const { return "http://" + host() + ":" + std::to_string(port()); }

 private:
  TemporaryDirectory home_;
  std::optional<Served> served_;
  std::optional<unsigned short> numbers_port_;
};

/// A session of a specimen of the register at host and port.
ApiClient sign_in(std::string const& host, unsigned short port, std::string_view path, std::string_view member,
                  std::string_view id);

/// An address as people really write them; no two numbers give the same.
json::object sample_address(unsigned number = 1);

}  // namespace abode::test
