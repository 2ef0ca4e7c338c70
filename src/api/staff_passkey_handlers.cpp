// An official's passkeys: made, listed, removed. Signing in with one: public_handlers.cpp.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/passkey_forms.hpp"
#include "api/work.hpp"

namespace abode::api {

using base::result;

Reply post_staff_passkey_options(Register const& registry, Call const& call) {
  auto answered = sign_in_options(registry, call.request, service::staff_sign_in_challenge);
  if (!answered) return answered.error();
  return std::move(*answered);
}

Reply get_staff_passkeys(Register const& registry, Call const&) {
  return ReadWork{[&registry](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const all = service::list_staff_passkeys(snapshot, caller.official());
    if (!all) return all.error();
    json::array passkeys;
    for (service::StaffPasskeyListed const& passkey : *all) passkeys.push_back(to_json(passkey));
    return answer(registry.context.mode, 200, {{"passkeys", std::move(passkeys)}});
  }};
}

/// What the device shows tells it from a passkey that the official has as a resident.
Reply post_staff_passkey_invitation(Register const& registry, Call const& call) {
  if (auto const there = require_passkeys(registry); !there) return there.error();
  auto const name = read_passkey_name(call.request);
  if (!name) return name.error();
  return ReadWork{[&registry, shown = *name + " (official)"](ports::Snapshot& snapshot,
                                                             Caller const& caller) -> result<http::Response> {
    auto const invitation = service::invite_staff_passkey(registry.context, snapshot, caller.staff());
    if (!invitation) return invitation.error();
    return answer(registry.context.mode, 200, {{"options", creation_options(registry.party, *invitation, shown)}});
  }};
}

Reply post_staff_passkey(Register const& registry, Call const& call) {
  auto wish = read_new_passkey(call.request);
  if (!wish) return wish.error();
  return write_then<service::StaffPasskeyListed>(
      [&registry, request = call.request, wish = std::move(*wish)](
          ports::Transaction& transaction, Caller const& caller) -> result<service::StaffPasskeyListed> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::add_staff_passkey(registry.context, registry.party, transaction, caller.staff(), wish, *key);
      },
      [&registry](service::StaffPasskeyListed const& added, ports::Commit const&) -> result<http::Response> {
        return answer(registry.context.mode, 201, {{"passkey", to_json(added)}});
      });
}

Reply post_remove_staff_passkey(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  return WriteWork{[&registry, id = call.params.at(0)](ports::Transaction& transaction, Caller const& caller) {
                     return service::remove_staff_passkey(registry.context, transaction, caller.official(), id);
                   },
                   [](ports::Commit const&) -> result<http::Response> { return http::Response{204, {}, {}}; }};
}

}  // namespace abode::api
