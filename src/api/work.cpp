#include "api/work.hpp"

#include "service/sessions.hpp"

namespace abode::api {

std::string fingerprint(http::Request const& request) {
  return std::string{http::name_of(request.method)} + " " + request.path + "\n" + request.body;
}

base::result<std::optional<service::RequestKey>> request_key(Caller const& caller, http::Request const& request) {
  return caller.request_key(http::header(request, "Idempotency-Key"), fingerprint(request));
}

Reply sign_out(Register const& registry, Call const& call, Authority authority) {
  return WriteWork{[token = session_token(call.request, authority, registry.secure)](
                       ports::Transaction& transaction, Caller const&) -> base::result<void> {
                     service::sign_out(transaction, token);
                     return {};
                   },
                   [](ports::Commit const&) -> base::result<http::Response> { return http::Response{204, {}, {}}; }};
}

}  // namespace abode::api
