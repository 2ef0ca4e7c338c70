#include "app/listen_address.hpp"

#include <algorithm>
#include <charconv>

namespace abode::app {
namespace {

base::result<ListenAddress> parse(std::string_view text, std::optional<unsigned short> default_port) {
  auto const invalid =
      base::fail(base::errc::invalid, "Write the address as HOST:PORT, for example localhost:8080.", "listen");
  std::size_t const colon = text.rfind(':');
  bool const has_port = colon != std::string_view::npos && !text.ends_with(']');
  std::string_view host = text.substr(0, has_port ? colon : text.size());
  if (!has_port && !default_port) return invalid;
  unsigned short port = default_port.value_or(0);
  if (has_port) {
    std::string_view const digits = text.substr(colon + 1);
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size()) return invalid;
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) host = "localhost";
  if (host.find_first_of(" /@") != std::string_view::npos) return invalid;
  return ListenAddress{std::string{host}, port};
}

}  // namespace

base::result<ListenAddress> parse_listen_address(std::optional<std::string> const& listen,
                                                 std::string const& public_url) {
  if (listen) return parse(*listen, 8080);
  bool const https = public_url.starts_with("https://");
  return parse(std::string_view{public_url}.substr(https ? 8 : 7), https ? 443 : 80);
}

base::result<ListenAddress> parse_listen_address(std::string const& listen) {
  return parse(listen, std::nullopt);
}

bool is_loopback(std::string const& host) {
  if (host == "localhost" || host == "::1") return true;
  // Four numbers and nothing else: "127.0.0.1.example.org" is a name that anybody may own.
  bool const digits = host.find_first_not_of("0123456789.") == std::string::npos;
  return digits && host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3;
}

}  // namespace abode::app
