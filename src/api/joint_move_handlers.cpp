// Joint moves: inviting others to an address, and looking at an invitation.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "api/work.hpp"
#include "codec/text.hpp"
#include "service/joint_moves.hpp"

namespace abode::api {
namespace {

using base::result;

json::object json_of(service::MoveInvitation const& invitation) {
  json::object out{{"entry", invitation.entry},
                   {"code", nullptr},
                   {"registration", nullptr},
                   {"expires_at", base::format_time(invitation.expires_at)},
                   {"state", service::name_of(invitation.state)}};
  if (invitation.code) out["code"] = codec::in_groups_of_four(invitation.code->reveal(base::Disclosure::to_holder));
  if (invitation.registration) out["registration"] = invitation.registration->value();
  return out;
}

/// The one text of a body that has no other member.
result<std::string> read_one_text(http::Request const& request, std::string_view name) {
  auto const body = json_body(request);
  if (!body) return body.error();
  codec::ObjectReader reader{*body};
  std::string text = reader.required_text(name);
  if (auto const done = reader.finish(); !done) return done.error();
  return text;
}

/// Runs `use_case` with the caller's key for this request, and shows the invitation.
template <class UseCase>
Reply answer_with_invitation(Register const& registry, Call const& call, unsigned status, UseCase use_case) {
  service::Context const& context = registry.context;
  return write_then<service::MadeMoveInvitation>(
      [use_case, request = call.request](ports::Transaction& transaction,
                                         Caller const& caller) -> result<service::MadeMoveInvitation> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return use_case(transaction, caller.holder(), *key);
      },
      [&context, status](service::MadeMoveInvitation const& made, ports::Commit const&) -> result<http::Response> {
        return answer(context.mode, status,
                      {{"receipt", to_json(made.receipt, context)}, {"invitation", json_of(made.invitation)}});
      });
}

}  // namespace

Reply get_move_invitations(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  return ReadWork{[&context](ports::Snapshot& snapshot, Caller const& caller) -> result<http::Response> {
    auto const invitations = service::list_move_invitations(context, snapshot, caller.holder());
    if (!invitations) return invitations.error();
    json::array list;
    for (auto const& invitation : *invitations) list.push_back(json_of(invitation));
    return answer(context.mode, 200, {{"invitations", std::move(list)}});
  }};
}

Reply post_move_invitation(Register const& registry, Call const& call) {
  auto const id = read_one_text(call.request, "registration");
  if (!id) return id.error();
  return answer_with_invitation(registry, call, 201,
                                [&context = registry.context, id = rules::RegistrationId{*id}](
                                    ports::Transaction& transaction, ports::HolderSession const& session,
                                    std::optional<service::RequestKey> const& key) {
                                  return service::make_move_invitation(context, transaction, session, id, key);
                                });
}

Reply post_revoke_move_invitation(Register const& registry, Call const& call) {
  if (auto const ok = require_no_fields(call.request); !ok) return ok.error();
  auto const entry = read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return answer_with_invitation(registry, call, 200,
                                [&context = registry.context, entry = *entry](
                                    ports::Transaction& transaction, ports::HolderSession const& session,
                                    std::optional<service::RequestKey> const& key) {
                                  return service::revoke_move_invitation(context, transaction, session, entry, key);
                                });
}

/// Shows the address and nothing else: what the caller does about it is an act of their own, on their own record.
Reply post_open_move_invitation(Register const& registry, Call const& call) {
  auto const typed = read_one_text(call.request, "code");
  if (!typed) return typed.error();
  auto const code = service::parse_move_invitation(*typed);
  if (!code) return code.error();
  service::Context const& context = registry.context;
  return write_then<service::MoveInvitationAttempt>(
      [&context, code = *code, request = call.request](ports::Transaction& transaction,
                                                       Caller const& caller) -> result<service::MoveInvitationAttempt> {
        auto const key = request_key(caller, request);
        if (!key) return key.error();
        return service::attempt_move_invitation(context, transaction, code, *key);
      },
      [&context](service::MoveInvitationAttempt const& attempt, ports::Commit const& commit) -> result<http::Response> {
        auto const invited = service::complete_move_invitation(context, attempt, commit);
        if (!invited) return invited.error();
        return answer(context.mode, 200,
                      {{"address", to_json(invited->address)}, {"since", base::format_date(invited->since)}});
      });
}

}  // namespace abode::api
