// Confirming an address by a letter, and what a person notes of their landlord.
#include "service/letters.hpp"

#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;
using base::result;

json::object json_of(service::LetterStanding const& letter) {
  json::object out{{"delivery", service::name_of(letter.delivery)},
                   {"asked_at", base::format_time(letter.asked_at)},
                   {"state", service::name_of(letter.state)},
                   {"good_through", nullptr},
                   {"tries_left", letter.tries_left}};
  if (letter.good_through) out["good_through"] = base::format_date(*letter.good_through);
  return out;
}

json::object receipt_json(service::Receipt const& receipt, service::Context const& context, bool for_child) {
  json::object out = to_json(receipt, context);
  return for_child ? without_number(std::move(out)) : out;
}

using UseCase = result<service::Receipt> (*)(service::Context const&, ports::Transaction&, service::Actor const&,
                                             rules::RegistrationId const&, std::optional<service::RequestKey> const&);

/// An act that says everything in its path and has nothing to show but its receipt.
Reply answer_with_receipt(Register const& registry, Call const& call, unsigned status, UseCase use_case) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  service::Context const& context = registry.context;
  return write_then<service::Receipt>(
      [&context, use_case, request = call.request, id = rules::RegistrationId{call.params.at(0)}](
          ports::Transaction& transaction, Caller const& caller) -> result<service::Receipt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return use_case(context, transaction, caller.actor(), id, *key);
      },
      [&context, status, for_child = call.child.has_value()](service::Receipt const& receipt,
                                                             ports::Commit const&) -> result<http::Response> {
        return answer(context.mode, status, {{"receipt", receipt_json(receipt, context, for_child)}});
      });
}

result<std::string> read_one_text(http::Request const& request, std::string_view name) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string text = reader.required_text(name);
  if (auto const done = reader.finish(); !done) return done.error();
  return text;
}

}  // namespace

Reply get_letter(Register const& registry, Call const& call) {
  service::Context const& context = registry.context;
  return ReadWork{[&context, id = rules::RegistrationId{call.params.at(0)}](
                      ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const letter = service::letter_standing(context, snapshot, caller.actor(), id);
    if (!letter) return letter.error();
    return answer(context.mode, 200, {{"letter", *letter ? json::value(json_of(**letter)) : json::value(nullptr)}});
  }};
}

Reply post_letter(Register const& registry, Call const& call) {
  auto const wish = read_one_text(call.request, "delivery");
  if (!wish) return wish.error();
  auto const delivery = service::delivery_named(*wish);
  if (!delivery) return fail(errc::invalid, "A letter comes by one of: post, counter.", "delivery");
  service::Context const& context = registry.context;
  return write_then<service::AskedLetter>(
      [&context, delivery = *delivery, request = call.request, id = rules::RegistrationId{call.params.at(0)}](
          ports::Transaction& transaction, Caller const& caller) -> result<service::AskedLetter> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::ask_for_letter(context, transaction, caller.actor(), id, delivery, *key);
      },
      [&context, for_child = call.child.has_value()](service::AskedLetter const& asked,
                                                     ports::Commit const&) -> result<http::Response> {
        return answer(
            context.mode, 201,
            {{"receipt", receipt_json(asked.receipt, context, for_child)}, {"letter", json_of(asked.letter)}});
      });
}

Reply post_withdraw_letter(Register const& registry, Call const& call) {
  return answer_with_receipt(registry, call, 200, service::withdraw_letter);
}

Reply post_confirm_by_code(Register const& registry, Call const& call) {
  auto const text = read_one_text(call.request, "code");
  if (!text) return text.error();
  auto const code = service::parse_letter_code(*text);
  if (!code) return code.error();
  service::Context const& context = registry.context;
  return write_then<service::TypedLetterCode>(
      [&context, code = *code, request = call.request, id = rules::RegistrationId{call.params.at(0)}](
          ports::Transaction& transaction, Caller const& caller) -> result<service::TypedLetterCode> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::type_letter_code(context, transaction, caller.actor(), id, code, *key);
      },
      [&context, for_child = call.child.has_value()](service::TypedLetterCode const& typed,
                                                     ports::Commit const&) -> result<http::Response> {
        if (!typed.confirmed) return service::wrong_letter_code(typed.tries_left);
        return acted_answer(context, 200, *typed.confirmed, for_child);
      });
}

Reply post_landlord_refusal(Register const& registry, Call const& call) {
  return answer_with_receipt(registry, call, 201, service::record_landlord_refusal);
}

}  // namespace abode::api
