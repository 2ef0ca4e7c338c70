#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"

namespace abode::api {
namespace {

using base::result;

struct PageWish {
  std::optional<std::uint64_t> before;
  std::size_t limit = 50;
};

result<PageWish> read_page_wish(std::string_view query) {
  auto const pairs = http::parse_query(query);
  if (!pairs) return pairs.error();
  PageWish wish;
  for (auto const& [name, value] : *pairs) {
    if (name != "before" && name != "limit")
      return base::fail(base::errc::invalid, "A history takes only \"before\" and \"limit\".", name);
    auto const number = read_number(value, name);
    if (!number) return number.error();
    if (name == "before")
      wish.before = *number;
    else
      wish.limit = static_cast<std::size_t>(*number);
  }
  if (wish.limit < 1 || wish.limit > service::max_history_page)
    return base::fail(base::errc::invalid, "Ask for 1 to 100 entries at a time.", "limit");
  return wish;
}

}  // namespace

Reply get_history(Register const& registry, Call const& call) {
  auto const wish = read_page_wish(call.request.query);
  if (!wish) return wish.error();
  service::Context const& context = registry.context;
  return ReadWork{[&context, wish = *wish](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const page = service::history(context, snapshot, caller.holder(), wish.before, wish.limit);
    if (!page) return page.error();
    json::array entries;
    for (auto const& item : page->items) entries.push_back(to_json(item, context.profile()));
    json::object body{{"entries", std::move(entries)}, {"before", nullptr}};
    if (page->before) body["before"] = *page->before;
    return answer(context.mode, 200, std::move(body));
  }};
}

Reply get_history_entry(Register const& registry, Call const& call) {
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  service::Context const& context = registry.context;
  return ReadWork{
      [&context, entry = *entry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
        auto const item = service::history_item(context, snapshot, caller.holder(), entry);
        if (!item) return item.error();
        return answer(context.mode, 200, to_json(*item, context.profile()));
      }};
}

Reply get_history_proof(Register const& registry, Call const& call) {
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return ReadWork{
      [&registry, entry = *entry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
        auto const proof = service::inclusion_of(registry.log, snapshot, caller.holder(), entry);
        if (!proof) return proof.error();
        return http::response(200, "text/plain; charset=utf-8", log::format_proof(*proof));
      }};
}

Reply get_history_export(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const bundle = service::export_history(registry.context, registry.log, snapshot, caller.holder());
    if (!bundle) return bundle.error();
    auto response = http::response(200, "application/json", log::encode_bundle(*bundle));
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"abode-history.json\"");
    return response;
  }};
}

Reply get_inbox(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const items = service::inbox(context, snapshot, caller.holder());
    if (!items) return items.error();
    json::array notices;
    for (auto const& item : *items) {
      json::object notice = to_json(item.about, context.profile());
      notice["read"] = item.read;
      notices.push_back(std::move(notice));
    }
    return answer(context.mode, 200, {{"notices", std::move(notices)}});
  }};
}

Reply post_inbox_read(Register const& registry, Call const& call) {
  auto const body = json_body(call.request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  auto const up_to = reader.optional_integer("up_to");
  if (auto const done = reader.finish(); !done) return done.error();
  if (!up_to || *up_to < 0)
    return base::fail(base::errc::invalid, "Say up to which entry you have read your notices.", "up_to");
  service::Context const& context = registry.context;
  return WriteWork{
      [up_to = static_cast<std::uint64_t>(*up_to)](ports::Transaction& transaction,
                                                   Caller const& caller) -> result<void> {
        transaction.mark_notices_read(caller.holder().record(), up_to);
        return {};
      },
      [&context](ports::Commit const&) -> result<http::Response> { return answer(context.mode, 200, {}); }};
}

}  // namespace abode::api
