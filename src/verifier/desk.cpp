#include "verifier/desk.hpp"

namespace abode::verifier {
namespace {

using base::errc;
using base::fail;
using base::result;
using openid4vp::Exchange;

base::Error unknown() {
  return fail(errc::not_found, "There is no such request here, or it is over. Ask for a new one.");
}

std::string with_code(std::string const& url, std::string const& code) {
  return url + (url.find('?') == url.npos ? "?" : "&") + "response_code=" + code;
}

}  // namespace

Desk::Desk(openid4vp::Asker asker, std::string public_url, Checker& checker, base::Clock& clock, base::Random& random)
    : asker_(std::move(asker)), public_url_(std::move(public_url)), checker_(checker), clock_(clock), random_(random) {}

std::string Desk::link_of(std::string_view id) const {
  std::string const request_uri = public_url_ + std::string{request_path} + std::string{id};
  return "openid4vp://?client_id=" + http::percent_encode(asker_.client_id) +
         "&request_uri=" + http::percent_encode(request_uri) + "&request_uri_method=post";
}

void Desk::drop_old(base::Time now) {
  std::erase_if(open_, [&](auto const& one) { return one.second.exchange.is_over(now); });
}

Desk::Open* Desk::find(std::string_view id, base::Time now) {
  drop_old(now);
  auto const found = open_.find(id);
  return found == open_.end() ? nullptr : &found->second;
}

Desk::Open* Desk::find(std::string_view id, base::Hash const& owner, base::Time now) {
  Open* const found = find(id, now);
  return found != nullptr && base::equal_constant_time(found->owner, owner) ? found : nullptr;
}

result<Asked> Desk::ask(openid4vp::Query const& query, base::Hash const& owner, std::optional<std::string> return_to) {
  std::lock_guard const lock{mutex_};
  base::Time const now = clock_.now();
  drop_old(now);
  if (open_.size() >= max_exchanges) return fail(errc::busy, "Too many requests are open. Try again in some minutes.");
  std::string id = openid4vp::draw_name(random_);
  auto const [at, added] = open_.emplace(id, Open{Exchange{query, now, random_}, owner, std::move(return_to)});
  return Asked{std::move(id), link_of(at->first), at->second.exchange.ends_at()};
}

result<std::string> Desk::request(std::string_view id, std::optional<std::string> wallet_nonce) {
  std::lock_guard const lock{mutex_};
  base::Time const now = clock_.now();
  Open const* const open = find(id, now);
  if (open == nullptr) return unknown();
  return open->exchange.request(asker_, public_url_ + std::string{answer_path} + std::string{id},
                                std::move(wallet_nonce), now);
}

result<std::optional<std::string>> Desk::answer(std::string_view id, http::Pairs const& form) {
  auto const encrypted = http::only_value(form, "response");
  if (!encrypted) return encrypted.error();
  auto const error = http::only_value(form, "error");
  if (!error) return error.error();
  auto const state = http::only_value(form, "state");
  if (!state) return state.error();
  std::lock_guard const lock{mutex_};
  base::Time const now = clock_.now();
  Open* const open = find(id, now);
  if (open == nullptr) return unknown();
  auto const verify = [&](std::string_view text, credential::Challenge const& challenge) {
    return checker_.check(text, challenge, now);
  };
  result<void> taken;
  if (*encrypted)
    taken = open->exchange.answer(**encrypted, asker_.client_id, verify, now);
  else if (*error)
    taken = open->exchange.decline(**error, state->value_or(""), now);
  else
    return fail(errc::malformed, "Send the answer encrypted, as \"response\" (direct_post.jwt).");
  if (!taken) return taken.error();
  if (!open->return_to) return std::optional<std::string>{};
  return std::optional{with_code(*open->return_to, open->exchange.response_code())};
}

result<View> Desk::look(std::string_view id, base::Hash const& owner) {
  std::lock_guard const lock{mutex_};
  Open const* const open = find(id, owner, clock_.now());
  if (open == nullptr) return unknown();
  auto const* const finding = open->exchange.finding();
  View view{&open->exchange.query(),     link_of(id),        open->exchange.ends_at(),
            open->return_to.has_value(), finding != nullptr, {}};
  if (finding != nullptr && (!open->return_to || open->redeemed)) view.finding = *finding;
  return view;
}

bool Desk::unlocks(Open const& open, std::string_view code) {
  return open.exchange.finding() != nullptr &&
         base::equal_constant_time(base::as_bytes(open.exchange.response_code()), base::as_bytes(code));
}

result<void> Desk::redeem(std::string_view id, base::Hash const& owner, std::string_view code) {
  std::lock_guard const lock{mutex_};
  Open* const open = find(id, owner, clock_.now());
  if (open == nullptr || !unlocks(*open, code)) return unknown();
  open->redeemed = true;
  return {};
}

result<std::string> Desk::redeem(base::Hash const& owner, std::string_view code) {
  std::lock_guard const lock{mutex_};
  drop_old(clock_.now());
  for (auto& [id, open] : open_) {
    if (!base::equal_constant_time(open.owner, owner) || !unlocks(open, code)) continue;
    open.redeemed = true;
    return id;
  }
  return unknown();
}

result<void> Desk::forget(std::string_view id, base::Hash const& owner) {
  std::lock_guard const lock{mutex_};
  if (find(id, owner, clock_.now()) == nullptr) return unknown();
  open_.erase(open_.find(id));
  return {};
}

}  // namespace abode::verifier
