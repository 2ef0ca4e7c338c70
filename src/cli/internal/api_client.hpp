// The API as the demonstration uses it: JSON over one connection, signed in or not.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "codec/json.hpp"
#include "codec/text.hpp"
#include "http/client.hpp"

namespace abode::cli::internal {

/// Something the story claims and that is not so.
class NotSo : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Answer {
  unsigned status;
  codec::json::value body;  ///< null if it is not JSON
  std::string text;
};

class ApiClient {
 public:
  explicit ApiClient(unsigned short port) : client_("127.0.0.1", port) {}

  /// True if the session was made, by an answer that says it is test mode. Later requests carry its token.
  bool sign_in(std::string const& path, std::string const& field, std::string const& who);
  Answer get(std::string const& path);
  Answer post(std::string const& path, codec::json::object const& body, std::string const& request_key);
  /// None if the server gave no answer.
  std::optional<Answer> try_post(std::string const& path, codec::json::object const& body,
                                 std::string const& request_key);

 private:
  std::optional<Answer> send(http::Method method, std::string const& path, http::Pairs headers, std::string body);
  http::Client client_;
  std::string token_;
};

}  // namespace abode::cli::internal
