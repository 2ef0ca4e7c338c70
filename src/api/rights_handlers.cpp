// A person's rights in their own data: to see it, to have a copy, to ask for a correction, to have it erased.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/personal_copy.hpp"
#include "api/work.hpp"
#include "service/contact.hpp"
#include "service/erasure.hpp"
#include "service/rectification.hpp"

namespace abode::api {
namespace {

using base::Disclosure;
using base::result;

result<http::Response> render_rectification(service::Context const& context, unsigned status,
                                            service::FiledRectification const& filed) {
  json::object body{{"receipt", to_json(filed.receipt, context)}, {"rectification_request", nullptr}};
  if (filed.request) {
    body["rectification_request"] = to_json(*filed.request);
    body["outlook"] = rectification_outlook;
  }
  return answer(context.mode, status, std::move(body));
}

result<service::RectificationWish> read_wish(http::Request const& request) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const field_name = reader.required_text("field");
  std::string const wanted = reader.required_text("wanted");
  std::string const reason = reader.required_text("reason");
  if (auto const done = reader.finish(); !done) return done.error();
  return read_rectification(field_name, wanted, reason);
}

using ErasureStep = result<service::AskedErasure> (*)(service::Context const&, ports::Transaction&,
                                                      ports::HolderSession const&,
                                                      std::optional<service::RequestKey> const&);

Reply step_of_erasure(Register const& registry, Call const& call, ErasureStep step, unsigned status) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  service::Context const& context = registry.context;
  return write_then<service::AskedErasure>(
      [&context, step, request = call.request](ports::Transaction& transaction,
                                               Caller const& caller) -> result<service::AskedErasure> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return step(context, transaction, caller.holder(), *key);
      },
      [&context, status](service::AskedErasure const& asked, ports::Commit const&) -> result<http::Response> {
        return answer(context.mode, status,
                      {{"receipt", to_json(asked.receipt, context)}, {"erasure", erasure_json(asked.due)}});
      });
}

}  // namespace

Reply get_privacy(Register const& registry, Call const&) {
  json::array items;
  for (service::DataItem const& item : service::data_inventory())
    items.push_back(to_json(item, registry.context.profile()));
  return answer(registry.context.mode, 200, {{"stored", std::move(items)}});
}

Reply get_me(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const record = service::open_record(context, snapshot, caller.holder().grant());
    if (!record) return record.error();
    service::RecordState const& state = record->state.reveal(Disclosure::to_holder);
    json::object body{{"person", nullptr},
                      {"registrations", to_json(service::shown_to(caller.holder(), context, *record))}};
    if (state.identity) body["person"] = to_json(*state.identity);
    body["card"] = state.card ? json::value(*state.card) : json::value(nullptr);
    auto const contacts = service::list_contacts(context, snapshot, caller.holder());
    if (!contacts) return contacts.error();
    auto const& contact = contacts->reveal(Disclosure::to_holder).in_force;
    body["contact"] = contact ? json::value(contact->address) : json::value(nullptr);
    json::array requests;
    for (auto const& request : state.rectifications) requests.push_back(to_json(request));
    body["rectification_requests"] = std::move(requests);
    body["erasure"] = erasure_json(record->row.erasure_due);
    return answer(context.mode, 200, std::move(body));
  }};
}

Reply get_personal_copy(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const copy = service::personal_copy(context, snapshot, caller.holder());
    if (!copy) return copy.error();
    auto response = answer(context.mode, 200, to_json(copy->reveal(Disclosure::to_holder), context.profile()));
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"abode-my-data.json\"");
    return response;
  }};
}

Reply post_rectification(Register const& registry, Call const& call) {
  auto const wish = read_wish(call.request);
  if (!wish) return wish.error();
  service::Context const& context = registry.context;
  return write_then<service::FiledRectification>(
      [&context, wish = *wish, request = call.request](ports::Transaction& transaction,
                                                       Caller const& caller) -> result<service::FiledRectification> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::request_rectification(context, transaction, caller.holder(), wish, *key);
      },
      [&context](service::FiledRectification const& filed, ports::Commit const&) {
        return render_rectification(context, 201, filed);
      });
}

Reply post_withdraw_rectification(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  service::Context const& context = registry.context;
  return write_then<service::FiledRectification>(
      [&context, entry = *entry, request = call.request](ports::Transaction& transaction,
                                                         Caller const& caller) -> result<service::FiledRectification> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::withdraw_rectification(context, transaction, caller.holder(), entry, *key);
      },
      [&context](service::FiledRectification const& filed, ports::Commit const&) {
        return render_rectification(context, 200, filed);
      });
}

Reply post_erasure(Register const& registry, Call const& call) {
  return step_of_erasure(registry, call, service::request_erasure, 201);
}

Reply post_undo_erasure(Register const& registry, Call const& call) {
  return step_of_erasure(registry, call, service::undo_erasure, 200);
}

}  // namespace abode::api
