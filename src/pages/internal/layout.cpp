#include "pages/internal/layout.hpp"

#include <vector>

#include "html/browser_policy.hpp"

namespace abode::pages {
namespace {

struct Link {
  std::string_view path;
  std::string_view label;
};

constexpr Link holder_links[] = {{"/home", "Home"}, {"/history", "History"}, {"/codes", "Codes"}, {"/inbox", "Inbox"}};

std::vector<Link> links_for(rules::RoleSet roles) {
  using rules::StaffAct;
  std::vector<Link> links{{"/staff", rules::may(roles, StaffAct::open_record) ? "Open a record" : "Start"}};
  if (rules::may(roles, StaffAct::identify_in_person)) links.push_back({"/staff/identify", "Identify"});
  if (rules::may(roles, StaffAct::see_roles)) links.push_back({"/staff/roles", "Roles"});
  links.push_back({"/staff/passkeys", "Passkeys"});
  return links;
}

std::vector<Link> links_of(Page const& about) {
  switch (about.visitor) {
    case Visitor::nobody: return {};
    case Visitor::holder: return {std::begin(holder_links), std::end(holder_links)};
    case Visitor::official: return links_for(about.roles);
  }
  return {};
}

std::string_view start_of(Page const& about) {
  auto const links = links_of(about);
  return links.empty() ? "/" : links.front().path;
}

Html navigation(Page const& about) {
  if (about.visitor == Visitor::nobody) return {};
  Html items;
  for (Link const& link : links_of(about)) {
    bool const here = link.path == about.place;
    items.add(el("li", el("a", {{"href", link.path}, {"aria-current", here ? std::optional{"page"} : std::nullopt}},
                          link.label)));
  }
  items.add(el("li", el("form", {{"method", "post"}, {"action", "/sign-out"}},
                        el("button", {{"class", "link"}, {"type", "submit"}}, "Sign out"))));
  return el("nav", {{"aria-label", "Pages"}}, el("ul", items));
}

/// For somebody whose screen another person might see.
Html leave_quickly(Page const& about) {
  if (about.visitor != Visitor::holder) return {};
  return el("form", {{"class", "leave"}, {"method", "post"}, {"action", "/leave"}, {"data-leave", true}},
            el("button", {{"class", "second"}, {"type", "submit"}}, "Leave quickly"));
}

Html header(service::Mode mode, Page const& about) {
  Html banner;
  if (mode == service::Mode::test)
    banner = el("p", {{"class", "mode"}}, el("strong", "Test mode:"), " specimen people, no legal effect.");
  Html const brand = el("a", {{"class", "brand"}, {"href", start_of(about)}},
                        el("img", {{"src", "/icon.svg"}, {"alt", ""}, {"width", "32"}, {"height", "32"}}), "Abode");
  return el("header", banner, el("div", {{"class", "bar"}}, brand, leave_quickly(about), navigation(about)));
}

std::vector<std::string_view> scripts_of(Page const& about) {
  std::vector<std::string_view> scripts = about.scripts;
  if (about.visitor == Visitor::holder) scripts.push_back("/leave.js");
  return scripts;
}

Html head(Page const& about) {
  Html scripts;
  for (std::string_view const path : scripts_of(about)) scripts.add(el("script", {{"src", path}, {"defer", true}}));
  return el("head", el("meta", {{"charset", "utf-8"}}),
            el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
            el("meta", {{"name", "color-scheme"}, {"content", "light dark"}}), el("title", about.title, " – Abode"),
            el("link", {{"rel", "icon"}, {"href", "/icon.svg"}, {"type", "image/svg+xml"}}),
            el("link", {{"rel", "stylesheet"}, {"href", "/style.css"}}), scripts);
}

Html footer() {
  return el(
      "footer",
      el("p", "Abode keeps where you say you live, and nothing about where you are. Each entry in your record is in a ",
         el("a", {{"href", "/log"}}, "public log"), " that anybody can watch. ",
         el("a", {{"href", "/privacy"}}, "What is stored, why, and until when"), ". ",
         el("a", {{"href", "/openings"}}, "How often offices look"), ". ",
         el("a", {{"href", "/rules"}}, "The rules here"), "."));
}

}  // namespace

http::Response page(service::Mode mode, Page const& about, Html const& content) {
  Html const body = el("body", el("a", {{"class", "skip"}, {"href", "#main"}}, "Skip to the content"),
                       header(mode, about), el("main", {{"id", "main"}, {"tabindex", "-1"}}, content), footer());
  auto response = http::response(about.status, "text/html; charset=utf-8",
                                 document(el("html", {{"lang", "en"}}, head(about), body)));
  if (!scripts_of(about).empty())
    response.headers.emplace_back("Content-Security-Policy", html::scripted_page_policy(about.forms_lead_to));
  return response;
}

http::Response see_other(std::string path) {
  return {303, {{"Location", std::move(path)}}, {}};
}

std::string path_of(std::initializer_list<std::string_view> segments) {
  std::string path;
  for (std::string_view segment : segments) path += "/" + http::percent_encode(segment);
  return path;
}

}  // namespace abode::pages
