// How a request finds its handler: one table of routes, each with the authority it needs. A handler never checks a
// session: it says what is to be done, and is given the proven caller when it is done.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/message.hpp"
#include "ports/grant.hpp"
#include "ports/proof_keys.hpp"
#include "ports/status_files.hpp"
#include "ports/web_files.hpp"
#include "service/actor.hpp"
#include "service/context.hpp"
#include "service/history.hpp"
#include "service/request_key.hpp"
#include "service/wallet_desk.hpp"
#include "webauthn/webauthn.hpp"

namespace abode::api {

/// What the handlers work with.
struct Register {
  service::Context context;
  service::PublicLog log;
  bool secure;  ///< people come by https: cookies travel on nothing else
  /// The origins whose pages may act for a signed-in browser, and whose passkeys sign in.
  webauthn::RelyingParty party;
  ports::ProofKeys& proof_keys;
  ports::StatusFiles& status_files;
  service::WalletDesk& desk;
  ports::WebFiles const* web_files = nullptr;  ///< null: served without the web app
};

/// Whose session a route needs. A test holds that every route has one that fits its path.
enum class Authority : std::uint8_t {
  anyone,    ///< no session
  holder,    ///< a person, on their own record
  guardian,  ///< a person, on the record of a child that they file for: the first {name} of the path
  official,  ///< an official
  staff,     ///< an official, also one who came by an invitation and has shown no passkey yet
};

/// The name of the session cookie of this authority. Over https it has the prefix that lets no other host of the domain
/// plant one (RFC 6265bis, 4.1.3.2).
std::string_view cookie_name(Authority authority, bool secure);

/// The token that a route of this authority looks for: a program's bearer token, or else the browser's cookie.
ports::SessionToken session_token(http::Request const& request, Authority authority, bool secure);
/// True if the request carries a bearer token.
bool has_bearer_token(http::Request const& request);

/// Who asks, proven by the executor in the same transaction.
class Caller {
 public:
  Caller() = default;
  explicit Caller(ports::HolderSession session) : session_(std::move(session)) {}
  explicit Caller(ports::GuardianSession session) : session_(std::move(session)) {}
  explicit Caller(ports::OfficialSession session) : session_(std::move(session)) {}
  explicit Caller(ports::StaffSession session) : session_(std::move(session)) {}

  ports::HolderSession const& holder() const { return std::get<ports::HolderSession>(session_); }
  ports::GuardianSession const& guardian() const { return std::get<ports::GuardianSession>(session_); }
  /// Of a route for holders or for guardians: on whose record they act.
  service::Actor actor() const;
  ports::OfficialSession const& official() const { return std::get<ports::OfficialSession>(session_); }
  /// Of a route for Authority::staff.
  ports::StaffSession const& staff() const { return std::get<ports::StaffSession>(session_); }
  /// The row of the caller's own session; null for who needs none.
  ports::SessionRow const* session() const;

  /// The request's Idempotency-Key as this caller's own (all who are not signed in share one space of keys, told apart
  /// by their requests); none if it has none. errc::invalid if it is too long.
  base::result<std::optional<service::RequestKey>> request_key(std::string_view key, std::string_view request) const;

 private:
  std::variant<std::monostate, ports::HolderSession, ports::GuardianSession, ports::OfficialSession,
               ports::StaffSession>
      session_;
};

/// One request on its way to a handler.
struct Call {
  http::Request const& request;
  std::vector<std::string> params;  ///< what stood for the {names} of the route, in order
  /// The guardianship that a guardian's route names; it is not among the params, so that a handler may serve holders
  /// and guardians alike.
  std::optional<base::GuardianshipId> child = {};
};

/// To be run on a snapshot.
struct ReadWork {
  std::function<base::result<http::Response>(ports::Snapshot&, Caller const&)> run;
};

/// To be run as a use case: `run` may be repeated and has no effect before the commit; `render` comes after it.
struct WriteWork {
  std::function<base::result<void>(ports::Transaction&, Caller const&)> run;
  std::function<base::result<http::Response>(ports::Commit const&)> render;
  /// Answers after a failure, when nothing was changed: a form comes back with what was typed. Without it, the surface
  /// tells of the failure.
  std::function<ReadWork(base::Error const&)> otherwise = {};
};

/// A look at a snapshot, and then the use case that it comes to: for what takes long to work out, such as a signature's
/// check, and does not belong on the store's writer. The use case looks again at what may have changed meanwhile.
struct PreparedWork {
  std::function<base::result<WriteWork>(ports::Snapshot&, Caller const&)> prepare;
};

/// What a handler answers: at once, or by work to be done. It parses, and touches no store.
using Reply = std::variant<http::Response, ReadWork, WriteWork, PreparedWork, base::Error>;
using RouteHandler = Reply (*)(Register const&, Call const&);

struct Route {
  http::Method method;
  std::string_view path;  ///< such as "/api/v1/registrations/{id}/move"; "{*}" at the end takes the rest
  Authority authority;
  RouteHandler handler;
};

/// A set of routes with one way to tell of failures.
struct Surface {
  std::span<Route const> routes;
  http::Response (*render_error)(Register const&, http::Request const&, base::Error const&);
};

/// The result of looking a request up.
struct Match {
  Surface const* surface = nullptr;  ///< also without a route: whose address this would be; null if it is nobody's
  Route const* route = nullptr;      ///< null: no route for this path and method
  std::vector<std::string> params;
  std::optional<base::GuardianshipId> child = {};  ///< of a guardian's route
  std::string allowed = {};                        ///< methods that the path has, if not this one
};

/// HEAD finds the GET route.
Match find_route(std::span<Surface const> surfaces, http::Request const& request);

}  // namespace abode::api
