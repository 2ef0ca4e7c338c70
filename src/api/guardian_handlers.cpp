// A guardian's own routes: the children they file for, and what of the children's history is theirs. What they file
// goes by the handlers that holders use.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"
#include "codec/text.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;
using base::result;

json::object item_json(service::HistoryItem const& item, rules::Profile const& profile) {
  return without_number(to_json(item, profile));
}

struct PageWish {
  std::optional<base::Hash> before;
  std::size_t limit = 50;
};

result<PageWish> read_page_wish(std::string_view query) {
  auto const pairs = http::parse_query(query);
  if (!pairs) return pairs.error();
  PageWish wish;
  for (auto const& [name, value] : *pairs) {
    if (name == "before") {
      auto const before = read_commitment(value, name);
      if (!before) return before.error();
      wish.before = *before;
    } else if (name == "limit") {
      auto const limit = read_number(value, name);
      if (!limit) return limit.error();
      wish.limit = static_cast<std::size_t>(*limit);
    } else {
      return fail(errc::invalid, "A history takes only \"before\" and \"limit\".", name);
    }
  }
  if (wish.limit < 1 || wish.limit > service::max_history_page)
    return fail(errc::invalid, "Ask for 1 to 100 entries at a time.", "limit");
  return wish;
}

}  // namespace

Reply get_children(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const children = service::children(context, snapshot, caller.holder());
    if (!children) return children.error();
    json::array list;
    for (service::Child const& child : *children) list.push_back(to_json(child));
    return answer(context.mode, 200, {{"children", std::move(list)}});
  }};
}

Reply get_child(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const child = service::child(context, snapshot, caller.guardian());
    if (!child) return child.error();
    return answer(context.mode, 200, {{"child", to_json(*child)}});
  }};
}

Reply get_child_history(Register const& registry, Call const& call) {
  auto const wish = read_page_wish(call.request.query);
  if (!wish) return wish.error();
  service::Context const& context = registry.context;
  return ReadWork{[&context, wish = *wish](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const items = service::guardian_history(context, snapshot, caller.guardian(), wish.before, wish.limit);
    if (!items) return items.error();
    json::array entries;
    for (service::HistoryItem const& item : *items) entries.push_back(item_json(item, context.profile()));
    json::object body{{"entries", std::move(entries)}, {"before", nullptr}};
    if (items->size() == wish.limit) body["before"] = codec::to_hex(items->back().commitment);
    return answer(context.mode, 200, std::move(body));
  }};
}

Reply get_child_history_entry(Register const& registry, Call const& call) {
  auto const commitment = read_commitment(call.params.at(0), "commitment");
  if (!commitment) return commitment.error();
  service::Context const& context = registry.context;
  return ReadWork{
      [&context, commitment = *commitment](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
        auto const item = service::guardian_history_item(context, snapshot, caller.guardian(), commitment);
        if (!item) return item.error();
        return answer(context.mode, 200, item_json(*item, context.profile()));
      }};
}

Reply get_child_history_proof(Register const& registry, Call const& call) {
  auto const commitment = read_commitment(call.params.at(0), "commitment");
  if (!commitment) return commitment.error();
  return ReadWork{
      [&registry, commitment = *commitment](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
        auto const proof =
            service::guardian_inclusion_of(registry.context, registry.log, snapshot, caller.guardian(), commitment);
        if (!proof) return proof.error();
        return http::response(200, "text/plain; charset=utf-8", log::format_proof(*proof));
      }};
}

Reply post_revoke_child_opening_code(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const commitment = read_commitment(call.params.at(0), "commitment");
  if (!commitment) return commitment.error();
  service::Context const& context = registry.context;
  return write_then<service::MadeOpeningCode>(
      [&context, commitment = *commitment, request = call.request](
          ports::Transaction& transaction, Caller const& caller) -> result<service::MadeOpeningCode> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::revoke_opening_code(context, transaction, caller.actor(), commitment, *key);
      },
      [&context](service::MadeOpeningCode const& made, ports::Commit const&) -> result<http::Response> {
        return answer(
            context.mode, 200,
            {{"receipt", without_number(to_json(made.receipt, context))}, {"opening_code", for_guardian(made.code)}});
      });
}

Reply post_move_along(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string const registration = reader.required_text("registration");
  if (auto const done = reader.finish(); !done) return done.error();
  service::Context const& context = registry.context;
  return write_then<service::Acted>(
      [&context, request = call.request, id = rules::RegistrationId{registration}](
          ports::Transaction& transaction, Caller const& caller) -> result<service::Acted> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::move_along(context, transaction, caller.guardian(), id, *key);
      },
      [&context](service::Acted const& acted, ports::Commit const&) {
        return acted_answer(context, 200, acted, true);
      });
}

}  // namespace abode::api
