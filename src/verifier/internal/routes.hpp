// The routes of a verifier as one table, and what all handlers have in common.
#pragma once

#include <string>
#include <string_view>

#include "verifier/site.hpp"

namespace abode::verifier::internal {

/// What a request needs to be let in.
enum class Authority : std::uint8_t {
  anyone,   ///< nothing
  wallet,   ///< the id of a request, which is in the link that somebody showed it
  program,  ///< the access key, as a bearer token
  owner,    ///< the secret of the one request, as a bearer token
  staff,    ///< the cookie of somebody who signed in with the access key
};

struct Call {
  Site const& site;
  http::Request const& request;
  std::string id;       ///< of the request that the path names, or another name in it; may be empty
  base::Hash who = {};  ///< hash of the secret, for Authority::owner and staff
};

using Handler = http::Response (*)(Call const&);

struct Route {
  http::Method method;
  std::string_view path;  ///< with "{id}" where a name stands, or "{file}" for all that follows
  Authority authority;
  Handler handler;
};

// For wallets.
http::Response get_request(Call const& call);
http::Response post_request(Call const& call);
http::Response post_answer(Call const& call);

// For programs.
http::Response get_queries(Call const& call);
http::Response post_api_request(Call const& call);
http::Response get_api_request(Call const& call);
http::Response delete_api_request(Call const& call);

/// "result" of an answered request, for programs and the desk.
codec::json::object to_json(openid4vp::Finding const& finding);

// For the desk of the app, by the session of whoever signed in. JSON as for programs.
http::Response get_desk_session(Call const& call);
http::Response post_desk_session(Call const& call);
http::Response delete_desk_session(Call const& call);
http::Response post_desk_request(Call const& call);
http::Response get_desk_request(Call const& call);
http::Response delete_desk_request(Call const& call);

// The app, and what its pages check by.
http::Response get_app(Call const& call);
http::Response get_trust_file(Call const& call);
http::Response get_status_lists(Call const& call);
http::Response get_status_list(Call const& call);

// Pages.
/// Where a wallet on the same device sends its holder back to.
inline constexpr std::string_view return_path = "/return";
http::Response get_start(Call const& call);
http::Response post_sign_in(Call const& call);
http::Response post_sign_out(Call const& call);
http::Response post_page_request(Call const& call);
http::Response get_page_request(Call const& call);
http::Response get_return(Call const& call);
http::Response post_forget(Call const& call);
http::Response get_style(Call const& call);
http::Response get_icon(Call const& call);

/// application/problem+json (RFC 9457).
http::Response problem(base::Error const& error);
/// A page that says what went wrong.
http::Response failure_page(Call const& call, base::Error const& error);
unsigned status_of(base::errc code);
http::Response json_response(unsigned status, codec::json::object const& body);

/// A Set-Cookie that begins a session with this token, or ends one: with none.
std::string session_cookie(Site const& site, std::string_view token);
/// The token of the browser's session; empty if it has none.
std::string_view session_token(Site const& site, http::Request const& request);
std::string_view bearer_token(http::Request const& request);

}  // namespace abode::verifier::internal
