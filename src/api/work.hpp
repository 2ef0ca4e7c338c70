// The shapes that most handlers share.
#pragma once

#include <memory>
#include <utility>

#include "api/routing.hpp"

namespace abode::api {

/// Work whose use case makes a T that the rendering needs: `run` gives result<T>, `render` makes a response of it.
template <class T>
WriteWork write_then(std::function<base::result<T>(ports::Transaction&, Caller const&)> run,
                     std::function<base::result<http::Response>(T const&, ports::Commit const&)> render) {
  auto const made = std::make_shared<std::optional<T>>();
  return {[made, run = std::move(run)](ports::Transaction& transaction, Caller const& caller) -> base::result<void> {
            auto outcome = run(transaction, caller);
            if (!outcome) return outcome.error();
            made->emplace(std::move(*outcome));
            return {};
          },
          [made, render = std::move(render)](ports::Commit const& commit) { return render(**made, commit); }};
}

/// What makes a request the same request when its Idempotency-Key comes again.
std::string fingerprint(http::Request const& request);

/// The caller's key for this request, if it has one.
base::result<std::optional<service::RequestKey>> request_key(Caller const& caller, http::Request const& request);

/// The Set-Cookie value that hands a browser its session.
std::string session_cookie(Register const& registry, Authority authority, std::string const& token);

/// Ends the session that the request carries.
Reply sign_out(Register const& registry, Call const& call, Authority authority);

}  // namespace abode::api
