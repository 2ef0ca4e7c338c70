// How a person signs in, as they see and change it: their printed codes, their sessions.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"
#include "codec/text.hpp"
#include "service/cards.hpp"
#include "service/printed_codes.hpp"

namespace abode::api {
namespace {

using base::Disclosure;
using base::result;

json::object to_json(service::SessionListed const& session) {
  return {{"id", session.id},
          {"proof", service::name_of(session.proof)},
          {"begun_at", base::format_time(session.begun_at)},
          {"expires_at", base::format_time(session.expires_at)},
          {"last_end", base::format_time(session.last_end)},
          {"current", session.current}};
}

json::value time_or_null(std::optional<base::Time> const& time) {
  return time ? json::value(base::format_time(*time)) : json::value(nullptr);
}

json::value to_json(std::optional<service::Sheet> const& sheet) {
  if (!sheet) return nullptr;
  json::array codes;
  for (service::PrintedCode const& code : sheet->codes)
    codes.push_back({{"number", code.number}, {"used_at", time_or_null(code.used_at)}});
  return {{"entry", sheet->entry},
          {"good_from", base::format_time(sheet->good_from)},
          {"codes", std::move(codes)},
          {"freeze_code_used_at", time_or_null(sheet->frozen_with_at)}};
}

/// As it is to be printed, in groups.
std::string printed(service::SignInCode const& code) {
  return codec::in_groups_of_four(code.reveal(Disclosure::to_holder));
}

json::object to_json(service::MadeSheet const& sheet) {
  json::array codes;
  for (service::SignInCode const& code : sheet.codes) codes.emplace_back(printed(code));
  return {{"good_from", base::format_time(sheet.good_from)},
          {"codes", std::move(codes)},
          {"freeze_code", printed(sheet.freeze_code)}};
}

using TakeBack = result<service::Receipt> (*)(service::Context const&, ports::Transaction&, ports::HolderSession const&,
                                              std::optional<service::RequestKey> const&);

/// Takes back something that waits for its time.
Reply take_back(Register const& registry, Call const& call, TakeBack run) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  service::Context const& context = registry.context;
  return write_then<service::Receipt>(
      [&context, run, request = call.request](ports::Transaction& transaction,
                                              Caller const& caller) -> result<service::Receipt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return run(context, transaction, caller.holder(), *key);
      },
      [&context](service::Receipt const& receipt, ports::Commit const&) -> result<http::Response> {
        return answer(context.mode, 200, {{"receipt", api::to_json(receipt, context)}});
      });
}

}  // namespace

Reply get_printed_codes(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const sheets = service::list_sheets(registry.context, snapshot, caller.holder());
    return answer(registry.context.mode, 200,
                  {{"in_use", to_json(sheets.in_use)},
                   {"waiting", to_json(sheets.waiting)},
                   {"frozen_until", time_or_null(sheets.frozen_until)}});
  }};
}

Reply post_printed_codes(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  service::Context const& context = registry.context;
  return write_then<service::MadeSheet>(
      [&context, request = call.request](ports::Transaction& transaction,
                                         Caller const& caller) -> result<service::MadeSheet> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::make_sheet(context, transaction, caller.holder(), *key);
      },
      [&context](service::MadeSheet const& made, ports::Commit const&) -> result<http::Response> {
        return answer(context.mode, 201, {{"receipt", to_json(made.receipt, context)}, {"sheet", to_json(made)}});
      });
}

Reply post_discard_printed_codes(Register const& registry, Call const& call) {
  return take_back(registry, call, service::discard_waiting_sheet);
}

Reply get_activation_code(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const card = service::card_standing(registry.context, snapshot, caller.holder());
    if (!card) return card.error();
    return answer(registry.context.mode, 200,
                  {{"good_from", time_or_null(card->waits_until)}, {"wrong_codes", card->wrong_codes}});
  }};
}

Reply post_discard_activation_code(Register const& registry, Call const& call) {
  return take_back(registry, call, service::discard_activation_code);
}

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

Reply delete_session(Register const& registry, Call const& call) {
  return sign_out(registry, call, Authority::holder);
}

}  // namespace abode::api
