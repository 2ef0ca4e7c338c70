// A browser without a network: asks the executor for pages of a register in memory, keeps cookies, reads what comes.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <map>

#include "api/executor.hpp"
#include "pages/pages.hpp"
#include "support/world.hpp"

namespace abode::test {

constexpr char const* home_origin = "http://localhost:8080";

/// A register with its pages. Requests are worked on in the threads of the test and of the store.
class Site : public World {
 public:
  /// With `mails` the register has a mail server, with `web_files` it is served with the web app.
  explicit Site(std::optional<service::MailPolicy> mails = {}, ports::WebFiles const* web_files = nullptr)
      : executor_{
            api::Register{
                sending(mails), log, false, {"localhost", {home_origin}}, proof_keys, status_files, desk, web_files},
            *store,
            {pages::page_surface()},
            {[](std::function<void()> const& work) { work(); }}} {}
  Site(Site const&) = delete;
  Site& operator=(Site const&) = delete;
  ~Site() { store.reset(); }  // its thread may still be in the executor, after the answer

  http::Response ask(http::Request request) {
    auto const answer = std::make_shared<std::promise<http::Response>>();
    executor_.handle(std::move(request), http::Responder{[answer](std::optional<http::Response> response) {
                       answer->set_value(std::move(response).value());
                     }});
    return answer->get_future().get();
  }

  /// Until what was asked of the store so far is done: also what no answer waits for.
  void wait_for_writes() {
    must(write(*store, [](ports::Transaction&) -> base::result<bool> { return true; }));
  }

 private:
  service::Context const& sending(std::optional<service::MailPolicy> mails) {
    context.mails = mails;
    return context;
  }

  api::Executor executor_;
};

class Browser {
 public:
  explicit Browser(Site& site) : site_(site) {}

  http::Response get(std::string const& path) { return send(http::Method::get, path, {}); }
  http::Response post(std::string const& path, http::Pairs const& fields) {
    std::string body;
    for (auto const& [name, value] : fields)
      body += (body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    return send(http::Method::post, path, body);
  }
  /// Signs in and must get a session.
  void sign_in(std::string const& field, std::string const& who) {
    EXPECT_EQ(post("/sign-in", {{field, who}}).status, 303u);
  }

 private:
  http::Response send(http::Method method, std::string const& address, std::string body) {
    std::size_t const mark = std::min(address.find('?'), address.size());
    http::Request request{
        method, address.substr(0, mark), address.substr(std::min(mark + 1, address.size())), {}, std::move(body)};
    request.headers = {{"Origin", home_origin}, {"Content-Type", "application/x-www-form-urlencoded"}};
    for (auto const& [name, value] : cookies_) request.headers.emplace_back("Cookie", name + "=" + value);
    auto response = site_.get().ask(std::move(request));
    for (auto const& [name, value] : response.headers) {
      if (name != "Set-Cookie") continue;
      std::size_t const equals = value.find('=');
      cookies_[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
    }
    return response;
  }

  std::reference_wrapper<Site> site_;
  std::map<std::string, std::string> cookies_;
};

inline bool contains(std::string_view text, std::string_view piece) {
  return text.find(piece) != std::string_view::npos;
}

inline std::size_t count(std::string_view text, std::string_view piece) {
  std::size_t found = 0;
  for (std::size_t at = text.find(piece); at != text.npos; at = text.find(piece, at + 1)) ++found;
  return found;
}

/// The text between the first `before` and the next `after`; empty if they are not there.
inline std::string between(std::string_view text, std::string_view before, std::string_view after) {
  std::size_t const from = text.find(before);
  if (from == text.npos) return {};
  std::size_t const begin = from + before.size();
  return std::string{text.substr(begin, text.find(after, begin) - begin)};
}

/// `scripts` are the paths of those that it runs; those of a person, unless others are given.
inline void expect_well_made(http::Response const& page, std::string const& what,
                             std::vector<std::string> const& scripts = {"/leave.js"}) {
  SCOPED_TRACE(what);
  EXPECT_EQ(http::header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_TRUE(page.body.starts_with("<!doctype html>\n<html lang=\"en\">"));
  EXPECT_TRUE(contains(page.body, "<strong>Test mode:</strong> specimen people, no legal effect."));
  EXPECT_TRUE(contains(page.body, "<a class=\"skip\" href=\"#main\">"));
  EXPECT_EQ(count(page.body, "<h1>"), 1u);
  EXPECT_EQ(count(page.body, "<main "), 1u);
  EXPECT_EQ(count(page.body, "<title>"), 1u);
  EXPECT_EQ(count(page.body, "<script"), scripts.size());
  for (std::string const& path : scripts)
    EXPECT_TRUE(contains(page.body, "<script src=\"" + path + "\" defer")) << path;
  EXPECT_EQ(contains(http::header(page, "Content-Security-Policy"), "script-src 'self';"), !scripts.empty());
  EXPECT_TRUE(http::header(page, "Content-Security-Policy").starts_with("default-src 'none';"));
  EXPECT_FALSE(contains(page.body, " style="));
}

}  // namespace abode::test
