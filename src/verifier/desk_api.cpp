// For the desk of the app. The access key comes here once, to sign in; from then on the browser has a cookie that no
// script can see, the same as that of the plain pages.
#include <algorithm>

#include "codec/json.hpp"
#include "verifier/internal/routes.hpp"

namespace abode::verifier::internal {
namespace {

namespace json = codec::json;
using base::errc;
using base::fail;
using base::result;

/// The one member of a body.
result<std::string> only_text(http::Request const& request, char const* name) {
  auto const value = codec::parse_json(request.body);
  if (!value) return value.error();
  codec::ObjectReader reader{*value};
  std::string text = reader.required_text(name);
  if (auto const done = reader.finish(); !done) return done.error();
  return text;
}

/// In seconds, because the device's own clock may be wrong.
std::int64_t seconds_left(Call const& call, base::Time ends_at) {
  return std::max<std::int64_t>(0, (ends_at - call.site.clock.now()).count());
}

}  // namespace

http::Response get_desk_session(Call const& call) {
  bool const signed_in = call.site.staff.who(session_token(call.site, call.request)).has_value();
  return json_response(200, {{"name", call.site.desk.name()}, {"signed_in", signed_in}});
}

http::Response post_desk_session(Call const& call) {
  auto const key = only_text(call.request, "key");
  if (!key) return problem(key.error());
  auto const token = call.site.staff.sign_in(*key);
  if (!token) return problem(token.error());
  return {204, {{"Set-Cookie", session_cookie(call.site, *token)}}, {}};
}

http::Response delete_desk_session(Call const& call) {
  call.site.staff.sign_out(session_token(call.site, call.request));
  return {204, {{"Set-Cookie", session_cookie(call.site, {})}}, {}};
}

http::Response post_desk_request(Call const& call) {
  auto const id = only_text(call.request, "query");
  if (!id) return problem(id.error());
  openid4vp::Query const* const query = openid4vp::find_query(*id);
  if (query == nullptr) return problem(fail(errc::invalid, "Choose a query from GET /api/queries.", "query"));
  auto const asked = call.site.desk.ask(*query, call.who, {});
  if (!asked) return problem(asked.error());
  return json_response(201, {{"id", asked->id}});
}

http::Response get_desk_request(Call const& call) {
  auto const view = call.site.desk.look(call.id, call.who);
  if (!view) return problem(view.error());
  json::object body{{"query", view->query->id}, {"seconds_left", seconds_left(call, view->ends_at)}};
  if (view->finding)
    body["result"] = to_json(*view->finding);
  else
    body["link"] = view->link;
  return json_response(200, body);
}

http::Response delete_desk_request(Call const& call) {
  if (auto const gone = call.site.desk.forget(call.id, call.who); !gone) return problem(gone.error());
  return {204, {}, {}};
}

}  // namespace abode::verifier::internal
