// Bytes in, requests out: HTTP/1.1 without sockets or clocks. Beast does the parsing, behind this face.
// Source: RFC 9112.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <variant>

#include "http/server.hpp"

namespace abode::http {

/// All bytes are used up. `client_waits` is true once for a body announced by "Expect: 100-continue".
struct NeedMore {
  bool client_waits = false;
};

struct WholeRequest {
  Request request;
  bool keep_alive;  ///< another request may follow
  bool http_1_0;
};

/// Nothing after this can be understood: answer and close.
struct Refusal {
  unsigned status;
  std::string_view detail;  ///< static
};

using Step = std::variant<NeedMore, WholeRequest, Refusal>;

class RequestReader {
 public:
  /// `limits` must outlive the reader.
  explicit RequestReader(Limits const& limits);
  ~RequestReader();

  /// Room for the next bytes, never empty. Say with received() how many came, before any call of next().
  std::span<char> room();
  void received(std::size_t bytes);

  /// The next thing in the bytes received so far. Not to be called again after a Refusal.
  Step next();

  enum class Stage : std::uint8_t { between_requests, in_header, in_body };
  Stage stage() const;

 private:
  std::size_t bytes_needed() const;  ///< for the next step of parsing

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace abode::http
