// For programs of whoever runs the verifier: ask, and get what came of it.
#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "verifier/internal/routes.hpp"

namespace abode::verifier::internal {
namespace {

namespace json = codec::json;
using base::errc;
using base::fail;
using openid4vp::Finding;
using openid4vp::Query;

constexpr std::size_t max_url_bytes = 1024;

json::array paths_of(Query const& query) {
  json::array claims;
  for (openid4vp::Claim const& claim : query.claims)
    claims.emplace_back(claim.group.empty() ? std::string{claim.name}
                                            : std::string{claim.group} + "." + std::string{claim.name});
  return claims;
}

struct Wish {
  Query const* query;
  std::optional<std::string> return_to;
};

/// Where a browser may be sent to: https, or this machine for trials.
bool is_good_url(std::string const& url) {
  constexpr std::string_view local = "http://localhost";
  bool const is_local =
      url.starts_with(local) &&
      (url.size() == local.size() || std::string_view{":/?"}.find(url[local.size()]) != std::string_view::npos);
  bool const known = url.starts_with("https://") || is_local;
  bool const plain = url.find_first_of(" \"<>\\^`{|}#\r\n\t") == url.npos;
  return known && plain && url.size() <= max_url_bytes;
}

base::result<Wish> read_wish(http::Request const& request) {
  auto const value = codec::parse_json(request.body);
  if (!value) return value.error();
  codec::ObjectReader reader{*value};
  std::string const id = reader.required_text("query");
  auto return_to = reader.optional_text("return_to");
  if (auto const done = reader.finish(); !done) return done.error();
  Query const* const query = openid4vp::find_query(id);
  if (query == nullptr) return fail(errc::invalid, "Choose a query from GET /api/queries.", "query");
  if (return_to && !is_good_url(*return_to))
    return fail(errc::invalid, "Give an https address without a fragment.", "return_to");
  return Wish{query, std::move(return_to)};
}

json::object claims_of(Finding const& finding) {
  json::object claims;
  for (openid4vp::Said const& said : finding.claims) {
    if (said.claim.group.empty()) {
      claims[said.claim.name] = said.text;
      continue;
    }
    if (!claims.contains(said.claim.group)) claims[said.claim.group] = json::object{};
    claims[said.claim.group].as_object()[said.claim.name] = said.text;
  }
  return claims;
}

/// The code that the wallet's device came back with, if the query brings one.
base::result<void> redeem(Call const& call) {
  auto const query = http::parse_query(call.request.query);
  if (!query) return query.error();
  for (auto const& [name, value] : *query)
    if (name == "response_code") return call.site.desk.redeem(call.id, call.who, value);
  return {};
}

}  // namespace

json::object to_json(Finding const& finding) {
  json::object out{{"outcome", openid4vp::name_of(finding.outcome)}};
  if (finding.verdict) out["verdict"] = credential::name_of(*finding.verdict);
  if (finding.decline) out["decline"] = openid4vp::name_of(*finding.decline);
  out["why"] = finding.why;
  if (finding.outcome != openid4vp::Outcome::shown) return out;
  out["issuer"] = finding.issuer;
  out["issued_at"] = base::format_time(finding.issued_at);
  out["expires_at"] = base::format_time(finding.expires_at);
  out["claims"] = claims_of(finding);
  out["showed_more"] = finding.showed_more;
  if (finding.status_age) out["status_age_seconds"] = finding.status_age->count();
  return out;
}

http::Response get_queries(Call const&) {
  json::array all;
  for (Query const& query : openid4vp::all_queries())
    all.push_back(json::object{{"id", query.id}, {"title", query.title}, {"claims", paths_of(query)}});
  return json_response(200, {{"queries", std::move(all)}});
}

http::Response post_api_request(Call const& call) {
  auto wish = read_wish(call.request);
  if (!wish) return problem(wish.error());
  std::string const secret = codec::to_base64url(call.site.random.bytes<32>());
  auto const asked =
      call.site.desk.ask(*wish->query, digest::sha256(base::as_bytes(secret)), std::move(wish->return_to));
  if (!asked) return problem(asked.error());
  return json_response(201, {{"id", asked->id},
                             {"secret", secret},
                             {"link", asked->link},
                             {"result", call.site.desk.public_url() + "/api/requests/" + asked->id},
                             {"ends_at", base::format_time(asked->ends_at)}});
}

http::Response get_api_request(Call const& call) {
  if (auto const redeemed = redeem(call); !redeemed) return problem(redeemed.error());
  auto const view = call.site.desk.look(call.id, call.who);
  if (!view) return problem(view.error());
  json::object body{{"state", view->finding       ? "done"
                              : view->is_answered ? "answered"
                                                  : "waiting"},
                    {"query", view->query->id},
                    {"ends_at", base::format_time(view->ends_at)}};
  if (view->finding) body["result"] = to_json(*view->finding);
  return json_response(200, body);
}

http::Response delete_api_request(Call const& call) {
  if (auto const gone = call.site.desk.forget(call.id, call.who); !gone) return problem(gone.error());
  return {204, {}, {}};
}

}  // namespace abode::verifier::internal
