// Requests and responses as plain values, and the small languages inside them: header fields, cookies, paths, forms.
// Sources: RFC 9110 (HTTP), RFC 3986 (paths, percent-encoding), RFC 6265 (cookies), WHATWG URL 5 (forms).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace abode::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, other };

/// The method as it goes over the wire, such as "GET"; "OTHER" for those that are not served.
std::string_view name_of(Method method);

/// Names and values in the order they came. Names may repeat.
using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string path;   ///< as sent, still percent-encoded; begins with '/'. Take it apart with path_segments()
  std::string query;  ///< as sent, without the '?'. Take it apart with parse_query()
  Pairs headers;      ///< as sent, less those that say where a client is or what device it uses (G1)
  std::string body;
};

/// `Connection`, `Content-Length`, `Date` and `Transfer-Encoding` are the transport's business: it adds its own and
/// drops these when a handler sets them.
struct Response {
  unsigned status = 200;  ///< 200 to 599
  Pairs headers;
  std::string body;
};

/// The first value under `name`, in any case of letters; empty if there is none.
std::string_view header(Pairs const& headers, std::string_view name);
inline std::string_view header(Request const& request, std::string_view name) {
  return header(request.headers, name);
}
inline std::string_view header(Response const& response, std::string_view name) {
  return header(response.headers, name);
}

/// Whether the request's Accept-Encoding names `coding`, such as "br", with a weight other than 0 (RFC 9110, 12.5.3).
/// Without that field no.
bool accepts_coding(Request const& request, std::string_view coding);

/// A response whose body is of the media type `type`, such as "application/json".
Response response(unsigned status, std::string_view type, std::string body);

/// The value of the cookie `name` (case matters), as sent; empty if there is none. Also empty if the name came twice
/// with different values: somebody on a neighbouring host may have planted one, and we cannot tell which.
std::string_view cookie(Request const& request, std::string_view name);

/// The value under `name`, in exactly these letters; none if it is not there. errc::malformed if it is there twice.
base::result<std::optional<std::string>> only_value(Pairs const& pairs, std::string_view name);

/// The segments of a path, percent-decoded: "/a/b%20c" is {"a", "b c"}, "/" is {}, "/a/" is {"a", ""}.
/// errc::malformed if a segment is "." or ".." or decodes to something with '/', '\', a control character or bad UTF-8:
/// what comes out is safe to use as one name in a folder.
base::result<std::vector<std::string>> path_segments(std::string_view path);

struct FormLimits {
  std::size_t pairs = 64;
  std::size_t name_bytes = 128;    ///< decoded
  std::size_t value_bytes = 8192;  ///< decoded
};

/// An application/x-www-form-urlencoded body. Empty pieces ("a=1&&b=2") are skipped; a name without '=' has an empty
/// value. errc::malformed for a broken percent-encoding, a NUL, bad UTF-8 or no name; errc::too_large over a limit.
base::result<Pairs> parse_form(std::string_view body, FormLimits const& limits = {});
/// The same for the query of a request.
base::result<Pairs> parse_query(std::string_view query, FormLimits const& limits = {});

/// Everything but RFC 3986's unreserved characters as %XX: fit for one path segment, or one name or value of a query.
std::string percent_encode(std::string_view text);

}  // namespace abode::http
