// A person's passkeys: made, listed, removed, kept. Signing in with one: public_handlers.cpp.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/passkey_forms.hpp"
#include "api/work.hpp"

namespace abode::api {
namespace {

using base::result;

}  // namespace

Reply post_passkey_options(Register const& registry, Call const& call) {
  auto answered = sign_in_options(registry, call.request, service::sign_in_challenge);
  if (!answered) return answered.error();
  return std::move(*answered);
}

Reply get_passkeys(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const all = service::list_passkeys(registry.context, snapshot, caller.holder());
    if (!all) return all.error();
    json::array passkeys;
    for (service::PasskeyListed const& passkey : *all) passkeys.push_back(to_json(passkey));
    return answer(registry.context.mode, 200, {{"passkeys", std::move(passkeys)}});
  }};
}

Reply post_passkey_invitation(Register const& registry, Call const& call) {
  if (auto const there = require_passkeys(registry); !there) return there.error();
  auto const name = read_passkey_name(call.request);
  if (!name) return name.error();
  return ReadWork{[&registry, name = *name](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const invitation = service::invite_passkey(registry.context, snapshot, caller.holder());
    if (!invitation) return invitation.error();
    return answer(registry.context.mode, 200, {{"options", creation_options(registry.party, *invitation, name)}});
  }};
}

Reply post_passkey(Register const& registry, Call const& call) {
  auto wish = read_new_passkey(call.request);
  if (!wish) return wish.error();
  return write_then<service::AddedPasskey>(
      [&registry, request = call.request, wish = std::move(*wish)](
          ports::Transaction& transaction, Caller const& caller) -> result<service::AddedPasskey> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::add_passkey(registry.context, registry.party, transaction, caller.holder(), wish, *key);
      },
      [&registry](service::AddedPasskey const& added, ports::Commit const&) -> result<http::Response> {
        return answer(
            registry.context.mode, 201,
            {{"receipt", to_json(added.receipt, registry.context)}, {"good_from", base::format_time(added.good_from)}});
      });
}

Reply post_remove_passkey(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return write_then<service::RemovedPasskey>(
      [&registry, request = call.request, entry = *entry](ports::Transaction& transaction,
                                                          Caller const& caller) -> result<service::RemovedPasskey> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::remove_passkey(registry.context, transaction, caller.holder(), entry, *key);
      },
      [&registry](service::RemovedPasskey const& removed, ports::Commit const&) -> result<http::Response> {
        return answer(registry.context.mode, 200,
                      {{"receipt", to_json(removed.receipt, registry.context)},
                       {"removed_from", base::format_time(removed.removed_from)}});
      });
}

Reply post_keep_passkey(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return write_then<service::Receipt>(
      [&registry, request = call.request, entry = *entry](ports::Transaction& transaction,
                                                          Caller const& caller) -> result<service::Receipt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::keep_passkey(registry.context, transaction, caller.holder(), entry, *key);
      },
      [&registry](service::Receipt const& receipt, ports::Commit const&) -> result<http::Response> {
        return answer(registry.context.mode, 200, {{"receipt", to_json(receipt, registry.context)}});
      });
}

}  // namespace abode::api
