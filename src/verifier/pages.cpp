// The pages for people at a counter: choose what to ask, show the code, see what came of it. No script runs on them.
#include "html/html.hpp"
#include "html/look.hpp"
#include "qr/qr.hpp"
#include "verifier/internal/embedded.hpp"
#include "verifier/internal/routes.hpp"
#include "verifier/internal/words.hpp"

namespace abode::verifier::internal {
namespace {

using base::errc;
using base::fail;
using html::el;
using html::group;
using html::Html;
using openid4vp::Finding;
using openid4vp::Outcome;
using openid4vp::Query;

constexpr std::string_view query_field = "query";
constexpr std::string_view key_field = "key";
constexpr std::string_view where_field = "where";
constexpr std::string_view here = "here";

/// Over https it has the prefix that lets no other host of the domain plant one (RFC 6265bis, 4.1.3.2).
std::string_view cookie_name(Site const& site) {
  return site.secure ? "__Host-abode-verifier" : "abode-verifier";
}

struct Page {
  std::string_view title;
  unsigned status = 200;
  bool reload = false;     ///< by itself, every few seconds
  bool signed_in = false;  ///< shows the way out
};

http::Response page(Site const& site, Page const& about, Html const& content) {
  Html head = group(el("meta", {{"charset", "utf-8"}}),
                    el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
                    el("meta", {{"name", "color-scheme"}, {"content", "light dark"}}));
  if (about.reload) head.add(el("meta", {{"http-equiv", "refresh"}, {"content", "4"}}));
  head.add(group(el("title", about.title, " – ", site.desk.name()),
                 el("link", {{"rel", "icon"}, {"href", "/icon.svg"}, {"type", "image/svg+xml"}}),
                 el("link", {{"rel", "stylesheet"}, {"href", "/style.css"}})));
  Html out;
  if (about.signed_in)
    out = el("form", {{"method", "post"}, {"action", "/sign-out"}},
             el("button", {{"class", "link"}, {"type", "submit"}}, "Sign out"));
  Html const body = el(
      "body", el("a", {{"class", "skip"}, {"href", "#main"}}, "Skip to the content"),
      el("header", el("div", {{"class", "bar"}}, el("a", {{"class", "brand"}, {"href", "/"}}, site.desk.name()), out)),
      el("main", {{"id", "main"}, {"tabindex", "-1"}}, content),
      el("footer", el("p",
                      "What a wallet shows is in the memory of this verifier for five minutes, and nowhere else. "
                      "The register is not asked and learns nothing.")));
  return http::response(about.status, "text/html; charset=utf-8",
                        html::document(el("html", {{"lang", "en"}}, el("head", head), body)));
}

http::Response see_other(std::string path) {
  return {303, {{"Location", std::move(path)}}, {}};
}

std::string field(http::Request const& request, std::string_view name) {
  auto const form = http::parse_form(request.body);
  if (!form) return {};
  for (auto const& [key, value] : *form)
    if (key == name) return value;
  return {};
}

std::string what_it_asks(Query const& query) {
  std::string words;
  for (openid4vp::Claim const& claim : query.claims) words += (words.empty() ? "" : ", ") + std::string{claim.label};
  return words;
}

Html sign_in_form(std::string_view error) {
  Html fault;
  if (!error.empty()) fault = el("p", {{"class", "error"}, {"id", "fault"}, {"role", "alert"}}, error);
  return group(
      el("h1", "Check where somebody lives"),
      el("p", {{"class", "lead"}},
         "For those who work here. A holder shows a proof from their wallet, and you "
         "see what you asked for and whether it holds."),
      el("form", {{"method", "post"}, {"action", "/sign-in"}}, fault, el("label", {{"for", key_field}}, "Access key"),
         el("input", {{"id", key_field},
                      {"name", key_field},
                      {"type", "password"},
                      {"autocomplete", "current-password"},
                      {"required", true},
                      {"aria-describedby", error.empty() ? std::nullopt : std::optional{"fault"}}}),
         el("button", {{"type", "submit"}}, "Sign in")));
}

Html choice(Query const& query, bool chosen) {
  std::string const id = "query-" + std::string{query.id};
  std::string const hint = id + "-hint";
  return el("div", {{"class", "choice"}},
            el("input", {{"type", "radio"},
                         {"id", id},
                         {"name", query_field},
                         {"value", query.id},
                         {"aria-describedby", hint},
                         {"checked", chosen}}),
            el("label", {{"for", id}}, query.title),
            el("p", {{"class", "hint"}, {"id", hint}}, "Shows: ", what_it_asks(query), ". ", query.why));
}

Html choose_form() {
  Html choices;
  for (Query const& query : openid4vp::all_queries())
    choices.add(choice(query, &query == &openid4vp::all_queries().front()));
  return group(el("h1", "What do you need to know?"),
               el("form", {{"method", "post"}, {"action", "/requests"}},
                  el("fieldset", el("legend", "Ask for no more than you need"), choices),
                  el("div", {{"class", "actions"}}, el("button", {{"type", "submit"}}, "Show a QR code"),
                     el("button", {{"type", "submit"}, {"class", "second"}, {"name", where_field}, {"value", here}},
                        "The wallet is on this device"))));
}

Html way_into_the_app(Site const& site) {
  if (site.app == nullptr) return {};
  std::string const base{webapp::base_path};
  return el("section", {{"class", "card"}, {"aria-labelledby", "app"}}, el("h2", {{"id", "app"}}, "Use the app"),
            el("p",
               "In thirteen languages. It asks wallets as these pages do, and it checks proofs on paper and on phones "
               "by the camera, also without a connection."),
            el("div", {{"class", "actions"}},
               el("a", {{"class", "button"}, {"href", base + std::string{webapp::desk_page}}}, "Ask a wallet"),
               el("a", {{"class", "button second"}, {"href", base + std::string{webapp::scan_page}}}, "Check a proof")),
            el("p", "The pages here ask wallets in English, on any browser, without scripts."));
}

Html qr_code(std::string const& link) {
  auto const code = qr::encode(link);
  if (!code) return el("p", "The code is too large to be drawn. Use the link.");
  std::string const side = std::to_string(code->width + 2 * qr::quiet_zone);
  std::string const box = "0 0 " + side + " " + side;
  std::string const path = qr::svg_path(*code);
  return el("svg", {{"class", "qr"}, {"viewBox", box}, {"role", "img"}, {"aria-label", "The request as a QR code"}},
            el("rect", {{"width", side}, {"height", side}, {"fill", "#fff"}}),
            el("path", {{"d", path}, {"fill", "#000"}}));
}

std::string minutes_until(base::Time then, base::Time now) {
  auto const left = std::chrono::ceil<std::chrono::minutes>(then - now).count();
  return left == 1 ? "one minute" : std::to_string(left) + " minutes";
}

http::Response waiting_page(Call const& call, View const& view) {
  std::string const path = "/requests/" + call.id;
  Html const way = view.is_here ? el("p", {{"class", "actions"}},
                                     el("a", {{"class", "button"}, {"href", view.link}}, "Open the wallet"))
                                : qr_code(view.link);
  std::string_view const how =
      view.is_here ? "Open the wallet on this device and agree there. It brings you back here."
                   : "Have the holder scan this with their wallet. Their phone shows who asks for what.";
  std::string_view const state =
      view.is_answered ? "The wallet has answered, and brings its holder back here." : "Waiting for the wallet.";
  return page(
      call.site, {.title = "Waiting", .reload = true, .signed_in = true},
      group(el("h1", view.query->title), el("p", {{"class", "lead"}}, how), way,
            el("p", "It asks for: ", el("b", what_it_asks(*view.query)), ". Nothing else."),
            el("p", {{"role", "status"}}, state, " Good for ", minutes_until(view.ends_at, call.site.clock.now()), ". ",
               el("a", {{"href", path}}, "Look again"), " · ", el("a", {{"href", "/"}}, "Ask something else"))));
}

std::string_view class_of(Light light) {
  switch (light) {
    case Light::good: return "verdict good";
    case Light::again: return "verdict again";
    case Light::bad: return "verdict bad";
  }
  return {};
}

/// A round tick, a triangle with a mark, an octagon with a cross.
Html sign_of(Light light) {
  char const* const outline = light == Light::good    ? "M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22Z"
                              : light == Light::again ? "M12 1.5 23.5 22H.5Z"
                                                      : "M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4Z";
  char const* const mark = light == Light::good    ? "m6.5 12.5 3.8 3.8 7.2-8"
                           : light == Light::again ? "M12 8.5v6.5M12 18v.5"
                                                   : "m7.5 7.5 9 9m0-9-9 9";
  return el("svg", {{"class", "sign"}, {"viewBox", "0 0 24 24"}, {"aria-hidden", "true"}},
            el("path", {{"class", "outline"}, {"d", outline}}), el("path", {{"class", "mark"}, {"d", mark}}));
}

Html row(std::string_view name, std::string_view text) {
  return el("div", el("dt", name), el("dd", {{"dir", "auto"}}, text));
}

Html details_of(Finding const& finding) {
  Html rows;
  for (openid4vp::Said const& said : finding.claims) rows.add(row(said.claim.label, said.text));
  rows.add(row("Said by", finding.issuer));
  rows.add(row("On", base::format_date(base::day_of(finding.issued_at))));
  rows.add(row("Good until", base::format_date(base::day_of(finding.expires_at))));
  Html out = el("dl", {{"class", "card"}}, rows);
  if (finding.showed_more) out.add(el("p", "The wallet showed more than you asked for. That was not kept."));
  if (finding.status_age)
    out.add(el("p", "The list of withdrawn proofs that was looked at is ",
               std::to_string(std::chrono::floor<std::chrono::minutes>(*finding.status_age).count()), " minutes old."));
  return out;
}

http::Response result_page(Call const& call, View const& view) {
  Finding const& finding = *view.finding;
  Words const words = words_for(finding);
  Html content = el("div", {{"class", class_of(words.light)}, {"role", "status"}}, sign_of(words.light),
                    el("div", el("h1", words.title), el("p", words.meaning)));
  if (finding.outcome == Outcome::shown) content.add(details_of(finding));
  if (!words.next.empty()) content.add(el("p", {{"class", "lead"}}, words.next));
  if (finding.outcome == Outcome::declined || finding.outcome == Outcome::refused) content.add(el("p", finding.why));
  content.add(el("p", {{"class", "hint"}}, "You asked for: ", what_it_asks(*view.query), ". Shown here for ",
                 minutes_until(view.ends_at, call.site.clock.now()), "."));
  std::string const forget = "/requests/" + call.id + "/forget";
  content.add(el("div", {{"class", "actions"}}, el("a", {{"class", "button"}, {"href", "/"}}, "Ask again"),
                 el("form", {{"method", "post"}, {"action", forget}},
                    el("button", {{"class", "second"}, {"type", "submit"}}, "Forget this now"))));
  return page(call.site, {.title = words.title, .signed_in = true}, content);
}

http::Response file(std::string_view type, std::string_view content) {
  auto response = http::response(200, type, std::string{content});
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  return response;
}

}  // namespace

std::string session_cookie(Site const& site, std::string_view token) {
  // Lax: a holder's wallet on this device leads back here.
  return std::string{cookie_name(site)} + "=" + std::string{token} + "; Path=/; HttpOnly; SameSite=Lax" +
         (site.secure ? "; Secure" : "") + (token.empty() ? "; Max-Age=0" : "");
}

std::string_view session_token(Site const& site, http::Request const& request) {
  return http::cookie(request, cookie_name(site));
}

http::Response failure_page(Call const& call, base::Error const& error) {
  if (error.code == errc::unauthenticated)
    return page(call.site, {.title = "Sign in", .status = 401}, sign_in_form(error.detail));
  return page(call.site, {.title = "Not possible", .status = status_of(error.code)},
              group(el("h1", "That did not work"), el("p", {{"class", "lead"}}, error.detail),
                    el("p", el("a", {{"href", "/"}}, "To the start page"))));
}

http::Response get_start(Call const& call) {
  Html const app = way_into_the_app(call.site);
  if (!call.site.staff.who(session_token(call.site, call.request)))
    return page(call.site, {.title = "Sign in"}, group(sign_in_form({}), app));
  return page(call.site, {.title = "Ask", .signed_in = true}, group(choose_form(), app));
}

http::Response post_sign_in(Call const& call) {
  auto const token = call.site.staff.sign_in(field(call.request, key_field));
  if (!token)
    return page(call.site, {.title = "Sign in", .status = status_of(token.error().code)},
                sign_in_form(token.error().detail));
  auto response = see_other("/");
  response.headers.emplace_back("Set-Cookie", session_cookie(call.site, *token));
  return response;
}

http::Response post_sign_out(Call const& call) {
  call.site.staff.sign_out(session_token(call.site, call.request));
  auto response = see_other("/");
  response.headers.emplace_back("Set-Cookie", session_cookie(call.site, {}));
  return response;
}

http::Response post_page_request(Call const& call) {
  Query const* const query = openid4vp::find_query(field(call.request, query_field));
  if (query == nullptr) return failure_page(call, fail(errc::invalid, "Choose from the list what to ask for."));
  std::optional<std::string> return_to;
  if (field(call.request, where_field) == here) return_to = call.site.desk.public_url() + std::string{return_path};
  auto const asked = call.site.desk.ask(*query, call.who, std::move(return_to));
  if (!asked) return failure_page(call, asked.error());
  return see_other("/requests/" + asked->id);
}

http::Response get_page_request(Call const& call) {
  auto const view = call.site.desk.look(call.id, call.who);
  if (!view) return failure_page(call, view.error());
  return view->finding ? result_page(call, *view) : waiting_page(call, *view);
}

/// The code goes out of the address at once: it is not to stay in a history.
http::Response get_return(Call const& call) {
  auto const query = http::parse_query(call.request.query);
  if (!query) return failure_page(call, query.error());
  for (auto const& [name, value] : *query) {
    if (name != "response_code") continue;
    auto const id = call.site.desk.redeem(call.who, value);
    return id ? see_other("/requests/" + *id) : failure_page(call, id.error());
  }
  return failure_page(call, fail(errc::malformed, "The wallet brought no code back. Ask again."));
}

http::Response post_forget(Call const& call) {
  if (auto const gone = call.site.desk.forget(call.id, call.who); !gone) return failure_page(call, gone.error());
  return see_other("/");
}

http::Response get_style(Call const&) {
  return file("text/css; charset=utf-8", html::style_sheet(style_sheet()));
}

http::Response get_icon(Call const&) {
  return file("image/svg+xml", icon());
}

}  // namespace abode::verifier::internal
