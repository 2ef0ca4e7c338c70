// How a person signs in, as they see and change it: their sessions.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"
#include "service/sessions.hpp"

namespace abode::api {
namespace {

using base::result;

json::object to_json(service::SessionListed const& session) {
  return {{"id", session.id},
          {"proof", service::name_of(session.proof)},
          {"begun_at", base::format_time(session.begun_at)},
          {"expires_at", base::format_time(session.expires_at)},
          {"last_end", base::format_time(session.last_end)},
          {"current", session.current}};
}

}  // namespace

Reply get_sessions(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    json::array all;
    for (auto const& session : service::list_sessions(registry.context, snapshot, caller.holder()))
      all.push_back(to_json(session));
    return answer(registry.context.mode, 200, {{"sessions", std::move(all)}});
  }};
}

Reply post_end_session(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  return WriteWork{[&registry, id = call.params.at(0)](ports::Transaction& transaction, Caller const& caller) {
                     return service::end_session(registry.context, transaction, caller.holder(), id);
                   },
                   [](ports::Commit const&) -> result<http::Response> { return http::Response{204, {}, {}}; }};
}

Reply post_end_other_sessions(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  return write_then<std::size_t>(
      [&registry](ports::Transaction& transaction, Caller const& caller) -> result<std::size_t> {
        return service::end_other_sessions(registry.context, transaction, caller.holder());
      },
      [&registry](std::size_t ended, ports::Commit const&) -> result<http::Response> {
        return answer(registry.context.mode, 200, {{"ended", ended}});
      });
}

Reply delete_session(Register const&, Call const& call) {
  return sign_out(call, Authority::holder);
}

}  // namespace abode::api
