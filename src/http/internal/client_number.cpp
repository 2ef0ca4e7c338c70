#include "http/internal/client_number.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>

namespace abode::http {
namespace {

namespace ip = boost::asio::ip;
using boost::system::error_code;

constexpr std::size_t network_bytes = 8;  ///< of IPv6

std::optional<ip::address> last_hop(std::string_view forwarded) {
  std::size_t const comma = forwarded.rfind(',');
  if (comma != std::string_view::npos) forwarded.remove_prefix(comma + 1);
  while (forwarded.starts_with(' ')) forwarded.remove_prefix(1);
  while (forwarded.ends_with(' ')) forwarded.remove_suffix(1);
  error_code ec;
  ip::address const hop = ip::make_address(std::string{forwarded}, ec);
  return ec ? std::nullopt : std::optional{hop};
}

std::optional<ip::address> place_of(Config const& config, Socket const& socket, std::string_view forwarded) {
  if (config.behind_proxy)
    if (auto const hop = last_hop(forwarded)) return hop;
  error_code ec;
  auto const end = socket.remote_endpoint(ec);
  return ec ? std::nullopt : std::optional{end.address()};
}

}  // namespace

std::uint64_t client_number(Config const& config, Socket const& socket, std::string_view forwarded) {
  auto const place = place_of(config, socket, forwarded);
  if (!place) return 0;
  if (place->is_v4()) return config.client_number(place->to_v4().to_bytes());
  if (place->to_v6().is_v4_mapped())
    return config.client_number(ip::make_address_v4(ip::v4_mapped, place->to_v6()).to_bytes());
  auto const bytes = place->to_v6().to_bytes();
  return config.client_number(base::ByteView{bytes}.first(network_bytes));
}

}  // namespace abode::http
