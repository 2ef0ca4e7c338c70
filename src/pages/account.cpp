// How a person signs in, as they see and change it: where they are signed in.
#include "api/work.hpp"
#include "pages/internal/form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/sessions.hpp"

namespace abode::pages {
namespace {

using base::result;

Html session_card(base::Random& random, service::SessionListed const& session) {
  Html const button = session.current ? Html{}
                                      : button_form(random, path_of({"account", "sessions", session.id, "end"}),
                                                    "End it", in_words(session.begun_at));
  return el("li", {{"class", "card"}},
            el("h3", session.current ? group("This one") : group("Since ", when(session.begun_at))),
            el("p", in_words(session.proof), session.current ? group(", ", when(session.begun_at)) : Html{}),
            el("p", {{"class", "quiet"}}, "Ends ", when(session.expires_at), " if it is not used, and ",
               when(session.last_end), " at the latest"),
            button);
}

Html sessions(base::Random& random, std::vector<service::SessionListed> const& all) {
  Html items;
  for (service::SessionListed const& session : all) items.add(session_card(random, session));
  Html out = group(
      el("h2", {{"id", "sessions"}}, "Where you are signed in"),
      el("p",
         "We keep nothing about the device or the place. If one of these was not you, end it, and ask the office for ",
         "a new code."),
      el("ul", {{"class", "plain"}}, items));
  if (all.size() > 1) out.add(button_form(random, "/account/sessions/end-others", "End all the others", ""));
  return el("section", {{"aria-labelledby", "sessions"}}, out);
}

/// Back to the list, which shows what became of it.
api::Reply then_account(std::function<result<void>(ports::Transaction&, api::Caller const&)> run) {
  return api::WriteWork{std::move(run),
                        [](ports::Commit const&) -> result<http::Response> { return see_other("/account#sessions"); }};
}

}  // namespace

api::Reply get_account(api::Register const& registry, api::Call const&) {
  return api::ReadWork{[&registry](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const all = service::list_sessions(registry.context, snapshot, caller.holder());
    return page(registry.context.mode, {Visitor::holder, "Signing in", "/account"},
                group(el("h1", "Signing in"), sessions(registry.context.random, all)));
  }};
}

api::Reply post_end_session(api::Register const& registry, api::Call const& call) {
  if (auto const form = Form::read(call.request); !form) return form.error();
  return then_account([&registry, id = call.params.at(0)](ports::Transaction& transaction, api::Caller const& caller) {
    return service::end_session(registry.context, transaction, caller.holder(), id);
  });
}

api::Reply post_end_other_sessions(api::Register const& registry, api::Call const& call) {
  if (auto const form = Form::read(call.request); !form) return form.error();
  return then_account([&registry](ports::Transaction& transaction, api::Caller const& caller) -> result<void> {
    service::end_other_sessions(registry.context, transaction, caller.holder());
    return {};
  });
}

}  // namespace abode::pages
