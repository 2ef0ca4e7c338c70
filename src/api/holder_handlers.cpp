#include <algorithm>

#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;
using base::result;

/// Runs one command of the rules on the record that the caller may act on and answers with receipt and registration.
Reply act_on(Register const& registry, Call const& call, rules::Command command, unsigned status,
             std::optional<base::Time> first_tried = {}) {
  service::Context const& context = registry.context;
  return write_then<service::Acted>(
      [&context, request = call.request, command = std::move(command), first_tried](
          ports::Transaction& transaction, Caller const& caller) -> result<service::Acted> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::act(context, transaction, caller.actor(), command, *key, first_tried);
      },
      [&context, status, for_child = call.child.has_value()](service::Acted const& acted, ports::Commit const&) {
        return acted_answer(context, status, acted, for_child);
      });
}

base::Date today(Register const& registry) {
  return base::day_of(registry.context.clock.now());
}

/// A date that may be left out, for today.
result<base::Date> date_or_today(Register const& registry, std::optional<std::string> const& given,
                                 std::string const& field) {
  return given ? read_date(*given, field) : result<base::Date>{today(registry)};
}

struct CodeWish {
  rules::FieldSet fields;
  std::optional<std::chrono::minutes> life;
};

result<CodeWish> read_code_wish(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto const names = reader.required_texts("fields", rules::all_fields.size());
  auto const minutes = reader.optional_integer("valid_minutes");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const fields = read_fields(names);
  if (!fields) return fields.error();
  return CodeWish{*fields, minutes ? std::optional{std::chrono::minutes{*minutes}} : std::nullopt};
}

result<http::Response> render_code(service::Context const& context, unsigned status,
                                   service::MadeOpeningCode const& made, bool for_child = false) {
  if (for_child)
    return answer(
        context.mode, status,
        {{"receipt", without_number(to_json(made.receipt, context))}, {"opening_code", for_guardian(made.code)}});
  return answer(context.mode, status,
                {{"receipt", to_json(made.receipt, context)}, {"opening_code", to_json(made.code)}});
}

}  // namespace

Reply get_registrations(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const record = service::open_record(context, snapshot, caller.actor());
    if (!record) return record.error();
    return answer(context.mode, 200, {{"registrations", to_json(service::shown_to(caller.actor(), context, *record))}});
  }};
}

Reply get_registration(Register const& registry, Call const& call) {
  service::Context const& context = registry.context;
  rules::RegistrationId const id{call.params.at(0)};
  return ReadWork{[&context, id](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const record = service::open_record(context, snapshot, caller.actor());
    if (!record) return record.error();
    auto const all = service::shown_to(caller.actor(), context, *record);
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.registration.id == id; });
    if (found == all.end())
      return fail(errc::not_found, "There is no such registration. Look it up in your list and try again.");
    return answer(context.mode, 200, {{"registration", to_json(found->registration, found->undo_until)}});
  }};
}

Reply post_registration(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const kind_name = reader.required_text("kind");
  json::value const* const address_value = reader.required("address");
  auto const since_text = reader.optional_text("since");
  json::value const* const until_value = reader.optional("until");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const kind = rules::kind_named(kind_name);
  if (!kind) return fail(errc::invalid, "The kind is one of: main, secondary, temporary.", "kind");
  auto const address = read_address(*address_value, "address");
  if (!address) return address.error();
  auto const since = date_or_today(registry, since_text, "since");
  if (!since) return since.error();
  auto const until = read_date_or_none(until_value, "until");
  if (!until) return until.error();
  auto const first_tried = read_first_tried(call.request);
  if (!first_tried) return first_tried.error();
  return act_on(registry, call,
                rules::File{service::new_registration_id(registry.context.random), *kind, *address, *since, *until},
                201, *first_tried);
}

Reply post_correct(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  json::value const* const address_value = reader.optional("address");
  auto const since_text = reader.optional_text("since");
  json::value const* const until_value = reader.optional("until");
  if (auto const done = reader.finish(); !done) return done.error();
  rules::Correct command{rules::RegistrationId{call.params.at(0)}, {}, {}};
  if (address_value != nullptr) {
    auto address = read_address(*address_value, "address");
    if (!address) return address.error();
    command.address = std::move(*address);
  }
  if (since_text) {
    auto const since = read_date(*since_text, "since");
    if (!since) return since.error();
    command.since = *since;
  }
  if (until_value != nullptr) {
    auto const until = read_date_or_none(until_value, "until");
    if (!until) return until.error();
    command.until = *until;
  }
  return act_on(registry, call, std::move(command), 200);
}

Reply post_move(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  json::value const* const address_value = reader.required("address");
  auto const since_text = reader.optional_text("since");
  json::value const* const until_value = reader.optional("until");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const address = read_address(*address_value, "address");
  if (!address) return address.error();
  auto const since = date_or_today(registry, since_text, "since");
  if (!since) return since.error();
  auto const until = read_date_or_none(until_value, "until");
  if (!until) return until.error();
  return act_on(registry, call,
                rules::Move{rules::RegistrationId{call.params.at(0)},
                            service::new_registration_id(registry.context.random), *address, *since, *until},
                200);
}

Reply post_confirm(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  return act_on(registry, call, rules::Confirm{rules::RegistrationId{call.params.at(0)}}, 200);
}

Reply post_renew(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  json::value const* const until_value = reader.required("until");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const until = read_date_or_none(until_value, "until");
  if (!until) return until.error();
  return act_on(registry, call, rules::Renew{rules::RegistrationId{call.params.at(0)}, *until}, 200);
}

Reply post_make_main(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto const wish = reader.optional_text("former_main");
  auto const on_text = reader.optional_text("on");
  if (auto const done = reader.finish(); !done) return done.error();
  rules::MakeMain command{rules::RegistrationId{call.params.at(0)}, {}};
  if (wish) {
    auto const former = read_former_main(*wish, on_text, today(registry));
    if (!former) return former.error();
    command.former = *former;
  } else if (on_text) {
    return fail(errc::invalid, "Only a former main residence that ends has a last day. Leave the date out.", "on");
  }
  return act_on(registry, call, command, 200);
}

Reply post_end(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto const on_text = reader.optional_text("on");
  if (auto const done = reader.finish(); !done) return done.error();
  auto const on = date_or_today(registry, on_text, "on");
  if (!on) return on.error();
  return act_on(registry, call, rules::End{rules::RegistrationId{call.params.at(0)}, *on}, 200);
}

Reply post_undo(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  return act_on(registry, call, rules::Undo{rules::RegistrationId{call.params.at(0)}}, 200);
}

Reply get_opening_codes(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const codes = service::list_opening_codes(context, snapshot, caller.actor());
    if (!codes) return codes.error();
    json::array list;
    for (auto const& code : *codes) list.push_back(caller.actor().is_guardian() ? for_guardian(code) : to_json(code));
    return answer(context.mode, 200, {{"opening_codes", std::move(list)}});
  }};
}

Reply post_opening_code(Register const& registry, Call const& call) {
  auto const wish = read_code_wish(call.request);
  if (!wish) return wish.error();
  service::Context const& context = registry.context;
  return write_then<service::MadeOpeningCode>(
      [&context, wish = *wish, request = call.request](ports::Transaction& transaction,
                                                       Caller const& caller) -> result<service::MadeOpeningCode> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::make_opening_code(context, transaction, caller.actor(), wish.fields, wish.life, *key);
      },
      [&context, for_child = call.child.has_value()](service::MadeOpeningCode const& made, ports::Commit const&) {
        return render_code(context, 201, made, for_child);
      });
}

Reply post_revoke_opening_code(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  service::Context const& context = registry.context;
  return write_then<service::MadeOpeningCode>(
      [&context, entry = *entry, request = call.request](ports::Transaction& transaction,
                                                         Caller const& caller) -> result<service::MadeOpeningCode> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::revoke_opening_code(context, transaction, caller.holder(), entry, *key);
      },
      [&context](service::MadeOpeningCode const& made, ports::Commit const&) {
        return render_code(context, 200, made);
      });
}

}  // namespace abode::api
