#include "pages/pages.hpp"

#include <gtest/gtest.h>

#include "unit/pages/browser.hpp"

namespace abode::pages {
namespace {

using namespace std::string_literals;
using test::between;
using test::contains;
using test::count;
using test::expect_well_made;

class Pages : public ::testing::Test {
 protected:
  void SetUp() override {
    anna.sign_in("test_person", "anna-eriksson");
    clerk.sign_in("test_staff", "clerk-school");
  }

  http::Pairs const filled{{"kind", "main"},
                           {"address.country", "de"},
                           {"address.lines", "Invalidenstr. 1\r\n\r\n 10115 Berlin \r\n"},
                           {"since", "2026-11-20"},
                           {"request_key", "first"}};

  /// Registers Anna and gives the id.
  std::string registered() {
    EXPECT_EQ(anna.post("/register", filled).status, 303u);
    return between(anna.get("/home").body, "/registrations/", "/move");
  }
  /// A code of Anna's as it is shown.
  std::string made_code(http::Pairs const& fields) {
    auto const made = anna.post("/codes", fields);
    EXPECT_EQ(made.status, 303u);
    return between(anna.get("/codes").body, "<p class=\"big-code\">", "</p>");
  }
  http::Pairs opening(std::string const& code) const {
    return {{"code", code},
            {"purpose", "school-enrolment"},
            {"reference", "S-77"},
            {"fields", "family_name"},
            {"fields", "main_address"}};
  }

  test::Site site;
  test::Browser stranger{site};
  test::Browser anna{site};
  test::Browser clerk{site};
};

TEST_F(Pages, AreAllWellMade) {
  std::string const id = registered();
  made_code({{"fields", "family_name"}, {"valid_minutes", "60"}});
  for (std::string const& path :
       {"/home"s, "/register"s, "/registrations/" + id + "/move", "/registrations/" + id + "/correct",
        "/registrations/" + id + "/end", "/registrations/" + id + "/make-main", "/registrations/" + id + "/letter",
        "/receipts/1"s, "/invitations"s, "/history"s, "/codes"s, "/inbox"s, "/rights"s, "/me/export"s}) {
    auto const page = anna.get(path);
    EXPECT_EQ(page.status, 200u) << path;
    expect_well_made(page, path, {"/leave.js"});
  }
  expect_well_made(anna.get("/account"), "/account", {"/passkey.js", "/leave.js"});
  expect_well_made(stranger.get("/"), "/", {"/passkey.js"});
  expect_well_made(stranger.get("/privacy"), "/privacy", {});
  expect_well_made(clerk.get("/staff"), "/staff", {});
  expect_well_made(clerk.get("/staff/passkeys"), "/staff/passkeys", {"/passkey.js"});
  expect_well_made(stranger.get("/home"), "/home of nobody", {});
  expect_well_made(anna.get("/registrations/" + id + "/undo"), "the address of a button", {"/leave.js"});
}

TEST_F(Pages, SignInWithOneButtonAndOut) {
  auto const start = stranger.get("/");
  EXPECT_TRUE(contains(start.body, "name=\"test_person\" value=\"peter-stevenson\""));
  EXPECT_TRUE(contains(start.body, "name=\"test_staff\" value=\"clerk-civic\""));
  EXPECT_EQ(http::header(stranger.post("/sign-in", {{"test_person", "peter-stevenson"}}), "Location"), "/home");
  EXPECT_TRUE(contains(stranger.get("/home").body, "STEVENSON"));
  EXPECT_EQ(http::header(stranger.post("/sign-out", {}), "Location"), "/");
  EXPECT_EQ(stranger.get("/home").status, 401u);
  EXPECT_EQ(stranger.post("/sign-in", {{"test_person", "nobody"}}).status, 404u);
}

TEST_F(Pages, LeavingQuicklyEndsTheSessionAndShowsNothing) {
  EXPECT_TRUE(contains(anna.get("/home").body, "Leave quickly"));
  EXPECT_FALSE(contains(clerk.get("/staff").body, "Leave quickly"));
  auto const left = anna.post("/leave", {});
  EXPECT_EQ(left.status, 303u);
  EXPECT_EQ(http::header(left, "Location"), "/leave");
  EXPECT_EQ(http::header(left, "Clear-Site-Data"), "\"cache\", \"storage\"");
  EXPECT_EQ(anna.get("/home").status, 401u);
  auto const empty = anna.get("/leave");
  EXPECT_EQ(empty.status, 200u);
  EXPECT_FALSE(contains(empty.body, "Abode"));
  EXPECT_EQ(http::header(empty, "Cache-Control"), "no-store");
}

TEST_F(Pages, NeedTheRightSession) {
  EXPECT_EQ(stranger.get("/home").status, 401u);
  EXPECT_TRUE(contains(stranger.get("/home").body, "<a class=\"button\" href=\"/\">Sign in on the start page</a>"));
  EXPECT_EQ(anna.get("/staff").status, 401u);
  EXPECT_EQ(clerk.get("/history").status, 401u);
  EXPECT_EQ(stranger.post("/register", filled).status, 401u);
}

TEST_F(Pages, EveryRouteButTheEntranceNeedsASession) {
  std::vector<std::string> open;
  for (api::Route const& route : page_surface().routes)
    if (route.authority == api::Authority::anyone) open.emplace_back(route.path);
  EXPECT_EQ(open, (std::vector<std::string>{"/", "/sign-in", "/sign-out", "/leave", "/leave", "/freeze", "/freeze",
                                            "/style.css", "/icon.svg", "/app", "/app/{*}", "/passkey.js", "/leave.js",
                                            "/privacy", "/log", "/rules", "/openings"}));
  for (api::Route const& route : page_surface().routes)
    EXPECT_EQ(route.path.starts_with("/staff"),
              route.authority == api::Authority::official || route.authority == api::Authority::staff)
        << route.path;
}

TEST_F(Pages, RegisteringLeadsToADatedReceipt) {
  auto const sent = anna.post("/register", filled);
  EXPECT_EQ(sent.status, 303u);
  EXPECT_EQ(http::header(sent, "Location"), "/receipts/1");
  auto const receipt = anna.get("/receipts/1").body;
  EXPECT_TRUE(contains(receipt, "You registered an address"));
  EXPECT_TRUE(contains(receipt, "21 November 2026, 12:00 UTC"));
  EXPECT_TRUE(contains(receipt, "<dt>Entry</dt><dd>1</dd>"));
  EXPECT_TRUE(contains(receipt, "<dt>Legal effect</dt><dd>None: test mode</dd>"));
  EXPECT_TRUE(contains(receipt, "<dt>Profile</dt><dd>Utopia, a model without legal effect</dd>"));
  EXPECT_TRUE(contains(
      receipt, "<span dir=\"auto\">Invalidenstr. 1</span><span dir=\"auto\">10115 Berlin</span><span>DE</span>"));
  EXPECT_TRUE(contains(receipt, "24 November 2026, 12:00 UTC"));  // until when it can be taken back
}

TEST_F(Pages, TheTimeToFileIsAPlainFactOfTheReceipt) {
  EXPECT_TRUE(contains(anna.get("/register").body,
                       "By the rules here you have 14 calendar days from it to file; later is taken"));
  anna.post("/register", filled);
  auto const early = anna.get("/receipts/1").body;
  EXPECT_TRUE(contains(early, "<dt>Time to file</dt><dd>14 calendar days by the rules here, until "));
  EXPECT_TRUE(contains(early, "4 December 2026"));
  EXPECT_TRUE(contains(early, ". Filed within it."));

  test::Browser peter{site};
  peter.sign_in("test_person", "peter-stevenson");
  auto late = filled;
  late[3].second = "2026-01-02";
  EXPECT_EQ(peter.post("/register", late).status, 303u) << "late or not, it is taken";
  EXPECT_TRUE(
      contains(peter.get("/receipts/1").body, ". Filed after it, and just as valid: it counts from its filing."));
  std::string const id = between(peter.get("/home").body, "/registrations/", "/move");
  peter.post("/registrations/" + id + "/confirm", {{"request_key", "still"}});
  EXPECT_FALSE(contains(peter.get("/receipts/2").body, "Time to file")) << "a confirmation has no time to file";
}

TEST_F(Pages, TheRulesHereAreWholeForEverybody) {
  site.profile.languages = {"de", "tg"};
  site.profile.kinds.back().owed_after = std::chrono::days{183};
  auto const rules = stranger.get("/rules");
  expect_well_made(rules, "/rules", {});
  for (std::string const& told :
       {"The place where you mostly live."s, "A stay of up to 183 days need not be registered."s,
        "Within 14 calendar days of"s,
        "<dt>To be confirmed by evidence</dt><dd><ul class=\"plain\"><li>The person&#39;s own copy"s,
        "<dt>Enrolling a child at a school</dt>"s, "14 days for your answer, and 2"s, "Deutsch, тоҷикӣ"s,
        "is kept for 5 years."s, "No change is announced."s, "Where each rule comes from"s})
    EXPECT_TRUE(contains(rules.body, told)) << told;
  auto const form = anna.get("/register").body;
  EXPECT_TRUE(contains(form, "A stay of up to 183 days need not be registered."));
  EXPECT_TRUE(contains(form, "The place where you mostly live."));
}

TEST_F(Pages, OfferTheKindsAndPurposesOfTheProfile) {
  EXPECT_TRUE(contains(anna.get("/register").body, "value=\"secondary\""));
  EXPECT_TRUE(contains(clerk.get("/staff").body, "value=\"tax-residence\""));
  std::erase_if(site.profile.kinds, [](auto const& rule) { return rule.kind == rules::Kind::secondary; });
  std::erase_if(site.profile.purposes, [](auto const& rule) { return rule.name == "tax-residence"; });
  EXPECT_FALSE(contains(anna.get("/register").body, "value=\"secondary\""));
  EXPECT_FALSE(contains(clerk.get("/staff").body, "value=\"tax-residence\""));
}

TEST_F(Pages, ADoubleClickHasOneEffect) {
  anna.post("/register", filled);
  EXPECT_EQ(http::header(anna.post("/register", filled), "Location"), "/receipts/1");
  EXPECT_EQ(anna.get("/receipts/2").status, 404u);
}

TEST_F(Pages, AUsedFormWithOtherContentComesBackWithAFreshKey) {
  anna.post("/register", filled);
  auto other = filled;
  other[0].second = "secondary";
  auto const again = anna.post("/register", other);
  EXPECT_EQ(again.status, 409u);
  EXPECT_TRUE(contains(again.body, "You sent this form before"));
  EXPECT_FALSE(contains(again.body, "Idempotency-Key"));
  EXPECT_TRUE(contains(again.body, "10115 Berlin"));
  std::string const key = between(again.body, "name=\"request_key\" value=\"", "\"");
  EXPECT_NE(key, "first");
  other.back().second = key;
  EXPECT_EQ(anna.post("/register", other).status, 303u);
}

TEST_F(Pages, AWrongFormComesBackWithWhatWasTypedAndWhatIsWrong) {
  auto wrong = filled;
  wrong[1].second = "Germany";
  wrong[2].second = "<script>alert(1)</script>\r\nO'Hara & \"Sons\"";
  auto const back = anna.post("/register", wrong);
  EXPECT_EQ(back.status, 422u);
  expect_well_made(back, "a form with an error");
  EXPECT_TRUE(contains(back.body, "<title>Error: Register where you live"));
  EXPECT_TRUE(contains(back.body, "<a href=\"#address.country\">Give the country as two capital letters"));
  EXPECT_TRUE(contains(back.body, "id=\"address.country-error\""));
  EXPECT_TRUE(
      contains(back.body, "aria-describedby=\"address.country-hint address.country-error\" aria-invalid=\"true\""));
  EXPECT_TRUE(contains(back.body, "value=\"Germany\""));
  EXPECT_TRUE(
      contains(back.body, "&lt;script&gt;alert(1)&lt;/script&gt;\r\nO&#39;Hara &amp; &quot;Sons&quot;</textarea>"));
  EXPECT_TRUE(contains(back.body, "value=\"main\" checked=\"\""));
  EXPECT_TRUE(contains(back.body, "name=\"request_key\" value=\"first\""));
}

TEST_F(Pages, EveryFieldAtFaultIsNamed) {
  struct Case {
    std::size_t field;
    char const* typed;
    std::string at_fault;
  };
  for (Case const& wrong :
       {Case{0, "palace", "kind"}, Case{2, "\r\n \r\n", "address.lines"}, Case{3, "yesterday", "since"},
        Case{3, "2027-11-20", "since"}, Case{1, "", "address.country"}}) {
    auto fields = filled;
    fields[wrong.field].second = wrong.typed;
    auto const back = anna.post("/register", fields);
    EXPECT_EQ(back.status, 422u) << wrong.at_fault;
    EXPECT_TRUE(contains(back.body, "href=\"#" + wrong.at_fault + "\"")) << wrong.at_fault;
    EXPECT_TRUE(contains(back.body, "id=\"" + wrong.at_fault + "\"")) << wrong.at_fault;
    EXPECT_TRUE(contains(back.body, "id=\"" + wrong.at_fault + "-error\"")) << wrong.at_fault;
  }
  EXPECT_EQ(anna.get("/receipts/1").status, 404u);
}

TEST_F(Pages, ATextThatIsNoFormIsRefused) {
  http::Request request{http::Method::post, "/sign-in", {}, {{"Content-Type", "application/json"}}, "{}"};
  EXPECT_EQ(site.ask(request).status, 415u);
}

TEST_F(Pages, AMoveACorrectionAnEndAndAnUndo) {
  std::string const id = registered();
  EXPECT_TRUE(
      contains(anna.get("/registrations/" + id + "/correct").body, "Invalidenstr. 1\n10115 Berlin\n</textarea>"));
  auto moved = filled;
  moved[2].second = "Hauptstr. 5";
  moved[4].second = "second";
  EXPECT_EQ(http::header(anna.post("/registrations/" + id + "/move", moved), "Location"), "/receipts/2");
  auto const home = anna.get("/home").body;
  EXPECT_TRUE(contains(home, "Undo the move"));
  EXPECT_TRUE(contains(home, "Earlier registrations"));
  std::string const next = between(home, "/registrations/", "/move");
  EXPECT_EQ(anna.get("/registrations/" + id + "/end").status, 409u);  // ended by the move
  EXPECT_EQ(http::header(anna.post("/registrations/" + next + "/end", {{"on", "2026-11-21"}}), "Location"),
            "/receipts/3");
  EXPECT_TRUE(contains(anna.get("/home").body, "You are not registered anywhere yet."));
  EXPECT_EQ(http::header(anna.post("/registrations/" + next + "/undo", {}), "Location"), "/receipts/4");
  EXPECT_TRUE(contains(anna.get("/home").body, "Hauptstr. 5"));
}

TEST_F(Pages, AStatedEndIsToldAsWhatThePersonSaidAndRenewed) {
  auto stay = filled;
  stay[0].second = "temporary";
  stay.emplace_back("until", "2026-11-22");
  EXPECT_EQ(anna.post("/register", stay).status, 303u);
  std::string const said = "You said you would stay until <time datetime=\"2026-11-22\">22 November 2026</time>";
  EXPECT_TRUE(contains(anna.get("/home").body,
                       said + ", tomorrow. You can renew it, end it or leave it as it is: nothing happens by itself."));
  site.clock.pass(std::chrono::hours{12});
  anna.sign_in("test_person", "anna-eriksson");
  EXPECT_TRUE(contains(anna.get("/home").body, said + ", today. ")) << "an hour past midnight at the office";
  site.clock.pass(std::chrono::hours{24});
  anna.sign_in("test_person", "anna-eriksson");
  auto const home = anna.get("/home").body;
  EXPECT_TRUE(contains(home, said + ". The registration stays until you move or end it yourself."));
  std::string const id = between(home, "/registrations/", "/move");
  EXPECT_TRUE(contains(anna.get("/registrations/" + id + "/renew").body, "value=\"2026-11-22\""));
  EXPECT_TRUE(contains(anna.get("/registrations/" + id + "/correct").body, "value=\"2026-11-22\""));
  auto const wrong = anna.post("/registrations/" + id + "/renew", {{"until", "2026-11-01"}});
  EXPECT_EQ(wrong.status, 422u);
  EXPECT_TRUE(contains(wrong.body, "<a href=\"#until\">"));
  EXPECT_EQ(anna.post("/registrations/" + id + "/renew", {{"until", "2026-12-07"}}).status, 303u);
  EXPECT_TRUE(contains(anna.get("/home").body, ", in 14 days. You can renew it"));
  EXPECT_EQ(anna.post("/registrations/" + id + "/renew", {{"until", "2027-06-30"}}).status, 303u);
  EXPECT_TRUE(contains(anna.get("/receipts/3").body, "You said that you stay on"));
  EXPECT_TRUE(contains(anna.get("/home").body, "30 June 2027"));
  EXPECT_TRUE(contains(anna.get("/home").body, "Undo the renewal"));
  EXPECT_EQ(anna.post("/registrations/" + id + "/renew", {{"until", ""}}).status, 303u);
  EXPECT_FALSE(contains(anna.get("/home").body, "You said you would stay"));
}

TEST_F(Pages, AConfirmationIsOneButtonAndNoDuty) {
  std::string const id = registered();
  auto const before = anna.get("/home").body;
  EXPECT_TRUE(contains(before, "action=\"/registrations/" + id + "/confirm\""));
  EXPECT_FALSE(contains(before, "You said it is still right"));
  EXPECT_FALSE(contains(before, "/renew")) << "a main residence has no stated end";
  EXPECT_EQ(http::header(anna.post("/registrations/" + id + "/confirm", {}), "Location"), "/receipts/2");
  EXPECT_TRUE(contains(anna.get("/receipts/2").body, "You said that a registration is still right"));
  EXPECT_TRUE(contains(anna.get("/home").body, "You said it is still right"));
  EXPECT_TRUE(contains(anna.get("/home").body, "Undo the registration")) << "a confirmation is not undone";
}

TEST_F(Pages, AnotherPlaceBecomesTheMainResidenceByChoice) {
  registered();
  auto flat = filled;
  flat[0].second = "secondary";
  flat[2].second = "Hauptstr. 5";
  flat[4].second = "second";
  EXPECT_EQ(anna.post("/register", flat).status, 303u);
  std::string const home = anna.get("/home").body;
  std::size_t const at = home.find("/make-main");
  std::string const target = home.substr(home.rfind("/registrations/", at), at - home.rfind("/registrations/", at));
  expect_well_made(anna.get(target + "/make-main"), "the choice of a main residence");
  auto const asked = anna.post(target + "/make-main", {});
  EXPECT_EQ(asked.status, 422u);
  EXPECT_TRUE(contains(asked.body, "href=\"#former_main\""));
  EXPECT_EQ(anna.post(target + "/make-main", {{"former_main", "ended"}, {"on", "2026-11-21"}}).status, 303u);
  EXPECT_TRUE(contains(anna.get("/home").body, "then at another address"));
  EXPECT_EQ(anna.post(target + "/undo", {}).status, 303u);
  EXPECT_EQ(anna.post(target + "/make-main", {{"former_main", "secondary"}, {"on", "2026-11-21"}}).status, 303u);
  EXPECT_TRUE(contains(anna.get("/home").body, "Undo the change of main residence"));
  EXPECT_FALSE(contains(anna.get("/home").body, "Earlier registrations"));
}

TEST_F(Pages, AnInvitationLeadsToAnActOfTheInvitedPersonsOwn) {
  std::string const id = registered();
  EXPECT_EQ(http::header(anna.post("/registrations/" + id + "/invite", {}), "Location"), "/invitations");
  auto const offered = anna.get("/invitations");
  expect_well_made(offered, "/invitations");
  std::string const code = between(offered.body, "<p class=\"big-code\">", "</p>");
  EXPECT_EQ(code.size(), 19u);

  test::Browser peter{site};
  peter.sign_in("test_person", "peter-stevenson");
  auto const mistyped = peter.post("/invitations", {{"code", "7K2P"}});
  EXPECT_EQ(mistyped.status, 422u);
  EXPECT_TRUE(contains(mistyped.body, "href=\"#code\""));
  EXPECT_EQ(peter.post("/invitations", {{"code", "0000-0000-0000-0000"}}).status, 404u);
  auto const invited = peter.post("/invitations", {{"code", code}});
  EXPECT_EQ(invited.status, 200u);
  expect_well_made(invited, "an invitation");
  EXPECT_TRUE(contains(invited.body, "Nothing has changed."));
  EXPECT_TRUE(contains(invited.body, "name=\"address.lines\" value=\"Invalidenstr. 1\n10115 Berlin"));
  EXPECT_FALSE(contains(invited.body, "ERIKSSON")) << "whose address it is, the invited person knows";
  EXPECT_TRUE(contains(peter.get("/home").body, "You are not registered anywhere yet."));
  EXPECT_EQ(peter.post("/register", filled).status, 303u);
  EXPECT_TRUE(contains(peter.get("/home").body, "Invalidenstr. 1"));

  EXPECT_TRUE(contains(anna.get("/home").body, "Somebody looked at the address of an invitation that you made"));
  EXPECT_TRUE(contains(anna.get("/inbox").body, "Somebody you invited"));
  anna.post("/registrations/" + id + "/invite", {});
  std::string const entry = between(anna.get("/invitations").body, "action=\"/invitations/", "/take-back");
  EXPECT_EQ(anna.post("/invitations/" + entry + "/take-back", {}).status, 303u);
  EXPECT_EQ(anna.post("/invitations/" + entry + "/take-back", {}).status, 409u);
}

TEST_F(Pages, AnothersRegistrationIsNotThere) {
  std::string const id = registered();
  stranger.sign_in("test_person", "peter-stevenson");
  EXPECT_EQ(stranger.get("/registrations/" + id + "/move").status, 404u);
  EXPECT_EQ(stranger.post("/registrations/" + id + "/end", {{"on", "2026-11-21"}}).status, 404u);
}

TEST_F(Pages, HistoryMarksWhatIsInThePublicLog) {
  registered();
  EXPECT_EQ(count(anna.get("/history").body, "Will be in the public log within seconds"), 2u);
  while (site.sequence()) {
  }
  auto const history = anna.get("/history").body;
  EXPECT_EQ(count(history, "In the public log ✓"), 2u);
  EXPECT_TRUE(contains(history, "href=\"/api/v1/history/1/proof\""));
  EXPECT_TRUE(contains(history, "abode audit abode-history.json"));
}

TEST_F(Pages, HistoryDoesNotMarkWhatItCannotVerify) {
  registered();
  while (site.sequence()) {
  }
  for (auto& [path, content] : site.tiles.files)
    if (path != "checkpoint")
      for (std::uint8_t& byte : content) byte ^= 1;
  auto const history = anna.get("/history").body;
  EXPECT_FALSE(contains(history, "In the public log ✓"));
  EXPECT_TRUE(contains(history, "Could not be found in the public log"));
}

TEST_F(Pages, HistoryTurnsItsPages) {
  registered();
  for (int i = 0; i < 20; ++i) {
    auto made = anna.post("/codes", {{"fields", "family_name"}, {"valid_minutes", "15"}});
    ASSERT_EQ(made.status, 303u);
  }
  auto const newest = anna.get("/history").body;
  EXPECT_EQ(count(newest, "<li class=\"card entry"), 20u);
  auto const older = anna.get("/history?before=2").body;
  EXPECT_TRUE(contains(newest, "href=\"/history?before=2\""));
  EXPECT_EQ(count(older, "<li class=\"card entry"), 2u);
  EXPECT_TRUE(contains(older, "Your record was made"));
}

TEST_F(Pages, AnOfficialSeesTheGrantedFieldsAndNothingElse) {
  registered();
  std::string const code = made_code({{"fields", "family_name"}, {"fields", "birth_date"}, {"valid_minutes", "60"}});
  auto const opened = clerk.post("/staff", opening(code));
  EXPECT_EQ(opened.status, 200u);
  expect_well_made(opened, "an opened record", {});
  EXPECT_TRUE(contains(opened.body, "<dt>Family name</dt><dd><span dir=\"auto\">ERIKSSON</span></dd>"));
  EXPECT_EQ(count(opened.body, "<dt>"), 1u);
  for (char const* hidden : {"Invalidenstr", "ANNA", "1974", "L898902C3", "UTO"})
    EXPECT_FALSE(contains(opened.body, hidden)) << hidden;
  auto const inbox = anna.get("/inbox").body;
  EXPECT_TRUE(contains(inbox, "School Office of Utopia opened your record"));
  EXPECT_TRUE(contains(inbox, "Enrolling a child at a school"));
  EXPECT_TRUE(contains(inbox, "S-77"));
}

TEST_F(Pages, WhatOpensNothingAnswersWithTheSameBytes) {
  std::string const used = made_code({{"fields", "main_address"}, {"valid_minutes", "60"}});
  EXPECT_EQ(clerk.post("/staff", opening(used)).status, 200u);
  std::string const other_fields = made_code({{"fields", "birth_date"}, {"valid_minutes", "60"}});
  auto const miss = clerk.post("/staff", opening("00000-00000"));
  EXPECT_EQ(miss.status, 404u);
  for (std::string const& code : {used, other_fields}) {
    auto const refused = clerk.post("/staff", opening(code));
    EXPECT_EQ(refused.status, miss.status);
    EXPECT_EQ(refused.headers, miss.headers);
    EXPECT_EQ(refused.body, miss.body);
  }
}

TEST_F(Pages, AnOfficialsFormComesBackToo) {
  auto const back = clerk.post(
      "/staff", {{"code", "7K2PD-XQ0MV"}, {"purpose", ""}, {"reference", "S-<77>"}, {"fields", "family_name"}});
  EXPECT_EQ(back.status, 422u);
  EXPECT_TRUE(contains(back.body, "href=\"#purpose\""));
  EXPECT_TRUE(contains(back.body, "value=\"S-&lt;77&gt;\""));
  EXPECT_TRUE(contains(back.body, "value=\"7K2PD-XQ0MV\""));
}

TEST_F(Pages, ACodeIsShownUntilItIsTakenBack) {
  std::string const code = made_code({{"fields", "family_name"}, {"valid_minutes", "60"}});
  EXPECT_EQ(code.size(), 11u);
  std::string const entry = between(anna.get("/codes").body, "action=\"/codes/", "/take-back");
  EXPECT_EQ(anna.post("/codes/" + entry + "/take-back", {}).status, 303u);
  EXPECT_FALSE(contains(anna.get("/codes").body, code));
  EXPECT_EQ(anna.post("/codes/" + entry + "/take-back", {}).status, 409u);
  EXPECT_EQ(anna.post("/codes", {{"valid_minutes", "60"}}).status, 422u);
  EXPECT_EQ(anna.post("/codes", {{"fields", "family_name"}, {"valid_minutes", "1"}}).status, 422u);
}

TEST_F(Pages, NoticesAreNewUntilTheyAreRead) {
  clerk.post("/staff", opening(made_code({{"fields", "family_name"}, {"valid_minutes", "60"}})));
  EXPECT_TRUE(contains(anna.get("/home").body, "1 new notice</a>"));
  auto const inbox = anna.get("/inbox").body;
  EXPECT_TRUE(contains(inbox, "<span class=\"badge\">New</span>"));
  EXPECT_EQ(anna.post("/inbox", {{"up_to", between(inbox, "name=\"up_to\" value=\"", "\"")}}).status, 303u);
  EXPECT_FALSE(contains(anna.get("/inbox").body, "<span class=\"badge\">New</span>"));
  EXPECT_FALSE(contains(anna.get("/home").body, "new notice"));
}

TEST_F(Pages, FailuresTellPeopleAndProgramsEachInTheirWay) {
  auto const page = stranger.get("/no/such/page");
  EXPECT_EQ(page.status, 404u);
  expect_well_made(page, "no such page", {});
  auto const problem = stranger.get("/api/v1/no-such-thing");
  EXPECT_EQ(problem.status, 404u);
  EXPECT_EQ(http::header(problem, "Content-Type"), "application/problem+json");
  auto const method = stranger.get("/sign-out");
  EXPECT_EQ(method.status, 405u);
  EXPECT_EQ(http::header(method, "Allow"), "POST");
}

TEST(Start, LeadsIntoTheAppWhereItIsServed) {
  class NoFiles : public ports::WebFiles {
   public:
    ports::WebFile const* find(std::string_view) const override { return nullptr; }
  } const files;
  test::Site with{{}, &files};
  test::Site without;
  EXPECT_TRUE(contains(test::Browser{with}.get("/").body, "href=\"/app/\""));
  EXPECT_FALSE(contains(test::Browser{with}.get("/?client_id=w&request_uri=r").body, "/app/")) << "comes from a wallet";
  EXPECT_FALSE(contains(test::Browser{without}.get("/").body, "/app/"));
  EXPECT_EQ(http::header(test::Browser{with}.get("/app"), "Location"), "/app/");
  EXPECT_EQ(test::Browser{with}.get("/app/assets/x.js").status, 404u);
  EXPECT_EQ(test::Browser{with}.post("/app/", {}).status, 405u);
  EXPECT_EQ(test::Browser{without}.get("/app/").status, 404u);
  EXPECT_TRUE(contains(test::Browser{without}.get("/app/").body, "served without the app"));
}

TEST_F(Pages, InternalTextsStayInside) {
  api::Register const registry{site.context, site.log, false, {}, site.proof_keys, site.status_files, site.desk};
  auto const page = page_surface().render_error(registry, {http::Method::get, "/home", {}, {}, {}},
                                                {base::errc::corrupted, "table people, row 7", {}});
  EXPECT_EQ(page.status, 500u);
  EXPECT_FALSE(contains(page.body, "row 7"));
}

TEST_F(Pages, TheScriptIsForPasskeysAloneAndKeptByBrowsers) {
  auto const script = stranger.get("/passkey.js");
  EXPECT_EQ(http::header(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(http::header(script, "Cache-Control"), "public, max-age=3600");
  EXPECT_TRUE(contains(script.body, "navigator.credentials.get"));
  EXPECT_EQ(count(script.body, "navigator."), 2u) << "to make one and to use one, and nothing else of the device";
  EXPECT_EQ(count(script.body, "fetch("), 1u);
  EXPECT_FALSE(contains(script.body, "http"));
}

TEST_F(Pages, StyleAndIconAreKeptByBrowsers) {
  auto const style = stranger.get("/style.css");
  EXPECT_EQ(http::header(style, "Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(http::header(style, "Cache-Control"), "public, max-age=3600");
  EXPECT_TRUE(contains(style.body, "prefers-color-scheme: dark"));
  EXPECT_TRUE(contains(stranger.get("/icon.svg").body, "<svg"));
  EXPECT_EQ(http::header(anna.get("/home"), "Cache-Control"), "no-store");
}

}  // namespace
}  // namespace abode::pages
