#include "http/url.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace abode::http {
namespace {

std::string in_small_letters(std::string_view text) {
  std::string small{text};
  std::ranges::transform(small, small.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return small;
}

}  // namespace

base::result<Url> parse_url(std::string_view text) {
  auto const url = boost::urls::parse_uri(text);
  // Behind a host the library also takes a path that does not begin with "/", which RFC 3986, section 3.3, forbids: so
  // it reads a port that is no number.
  bool const good = url && (!url->has_authority() || url->encoded_path().empty() || url->encoded_path().front() == '/');
  if (!good) return base::fail(base::errc::malformed, "This is no address such as https://wallet.example/back.");
  return Url{.scheme = in_small_letters(url->scheme()),
             .host = in_small_letters(std::string_view{url->encoded_host()}),
             .port = std::string{std::string_view{url->port()}},
             .has_user_info = url->has_userinfo(),
             .has_fragment = url->has_fragment()};
}

}  // namespace abode::http
