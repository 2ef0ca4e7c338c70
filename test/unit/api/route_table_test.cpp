// The route table itself: who may call what. A route that is added must be meant, and is written down here as well.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "api/routes.hpp"

namespace abode::api {
namespace {

using enum http::Method;
using enum Authority;

std::span<Route const> routes() {
  return api_surface().routes;
}

std::string name_of(Route const& route) {
  return std::string{http::name_of(route.method)} + " " + std::string{route.path};
}

/// All that nobody needs a session for.
std::set<std::string> const open_routes{"GET /checkpoint",
                                        "GET /tile/{*}",
                                        "GET /log.vkey",
                                        "GET /openapi.json",
                                        "GET /healthz",
                                        "GET /status/{name}",
                                        "GET /trust.json",
                                        "GET /residence-type.json",
                                        "GET /readyz",
                                        "GET /api/v1/purposes",
                                        "GET /api/v1/test-people",
                                        "GET /api/v1/privacy",
                                        "GET /api/v1/log",
                                        "GET /api/v1/openings/weekly",
                                        "GET /api/v1/profile",
                                        "GET /api/v1/profile/current.toml",
                                        "GET /api/v1/profile/coming.toml",
                                        "POST /api/v1/freeze",
                                        "POST /api/v1/sessions",
                                        "POST /api/v1/sessions/passkey-options",
                                        "POST /api/v1/staff/sessions",
                                        "POST /api/v1/staff/sessions/passkey-options"};

/// All that an invitation lets an official do, before they have shown a passkey.
std::set<std::string> const routes_of_invited{"DELETE /api/v1/staff/sessions", "POST /api/v1/staff/passkeys",
                                              "POST /api/v1/staff/passkeys/options"};

TEST(RouteTable, EveryRouteHasTheAuthorityThatFitsItsPath) {
  for (Route const& route : routes()) {
    bool const open = open_routes.contains(name_of(route));
    EXPECT_TRUE(open || route.path.starts_with("/api/v1/")) << name_of(route) << " is outside the API";
    Authority const closed = routes_of_invited.contains(name_of(route))           ? staff
                             : route.path.starts_with("/api/v1/staff/")           ? official
                             : route.path.starts_with("/api/v1/children/{child}") ? guardian
                                                                                  : holder;
    EXPECT_EQ(route.authority, open ? anyone : closed) << name_of(route);
  }
}

TEST(RouteTable, EveryOpenRouteIsThere) {
  std::set<std::string> open;
  for (Route const& route : routes())
    if (route.authority == anyone) open.insert(name_of(route));
  EXPECT_EQ(open, open_routes);
}

TEST(RouteTable, EveryRouteHasAHandlerAndIsThereOnce) {
  std::set<std::string> names;
  for (Route const& route : routes()) {
    EXPECT_NE(route.handler, nullptr) << name_of(route);
    EXPECT_TRUE(names.insert(name_of(route)).second) << name_of(route) << " is there twice";
    EXPECT_TRUE(route.path.starts_with('/')) << name_of(route);
    EXPECT_FALSE(route.path.ends_with('/') && route.path != "/") << name_of(route);
  }
}

TEST(RouteTable, EveryRouteIsTheOneThatItsOwnPathFinds) {
  Surface const surface = api_surface();
  for (Route const& route : routes()) {
    std::string path{route.path};
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{'))
      path.replace(at, path.find('}') - at + 1, "17");
    Match const match = find_route({&surface, 1}, http::Request{route.method, path, {}, {}, {}});
    EXPECT_EQ(match.route, &route) << name_of(route) << " is hidden by "
                                   << (match.route ? name_of(*match.route) : "nothing");
  }
}

// G6: an official reads one record at a time, by its holder's code, and there is no other way.
TEST(RouteTable, AnOfficialHasOneRouteToData) {
  std::set<std::string> const about_officials{"GET /api/v1/staff/me",
                                              "GET /api/v1/staff/roles",
                                              "POST /api/v1/staff/roles/{official}/{role}/propose",
                                              "POST /api/v1/staff/roles/{official}/{role}/approve",
                                              "POST /api/v1/staff/roles/{official}/{role}/withdraw",
                                              "POST /api/v1/staff/roles/{official}/{role}/revoke",
                                              "GET /api/v1/staff/passkeys",
                                              "POST /api/v1/staff/passkeys/{id}/remove"};
  // Writes into one record, reads nothing of it, and answers alike whether there is one.
  std::set<std::string> const blind{"POST /api/v1/staff/identifications"};
  std::set<std::string> to_data;
  for (Route const& route : routes()) {
    std::string const name = name_of(route);
    if (route.authority == official && !about_officials.contains(name) && !blind.contains(name)) to_data.insert(name);
  }
  EXPECT_EQ(to_data, (std::set<std::string>{"POST /api/v1/staff/openings"}));
}

// Who has an invitation, or took somebody else's, gets at nothing.
TEST(RouteTable, AnInvitationLeadsToAPasskeyAndToNothingElse) {
  std::set<std::string> of_invited;
  for (Route const& route : routes())
    if (route.authority == staff) of_invited.insert(name_of(route));
  EXPECT_EQ(of_invited, routes_of_invited);
}

TEST(RouteTable, NothingLooksForPeople) {
  for (Route const& route : routes()) {
    if (route.authority == holder || name_of(route) == "GET /api/v1/test-people") continue;
    for (char const* word :
         {"search", "find", "people", "persons", "records", "list", "query", "export", "document", "area"})
      EXPECT_EQ(route.path.find(word), std::string_view::npos) << name_of(route);
  }
}

TEST(RouteTable, NoActIsASafeMethod) {
  for (Route const& route : routes()) {
    EXPECT_TRUE(route.method == get || route.method == post || route.method == delete_) << name_of(route);
    for (char const* act : {"/correct", "/move", "/end", "/undo", "/revoke", "/read", "/withdraw", "/erasure",
                            "/confirm-by-code", "/landlord-refusal"})
      if (route.path.ends_with(act)) {
        EXPECT_EQ(route.method, post) << name_of(route) << " could be prefetched";
      }
  }
}

}  // namespace
}  // namespace abode::api
