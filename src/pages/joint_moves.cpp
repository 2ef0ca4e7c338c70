// Joint moves: inviting those who moved along, and looking at an invitation.
#include "service/joint_moves.hpp"

#include "api/forms.hpp"
#include "codec/text.hpp"
#include "pages/internal/address_form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

using base::result;
using service::CodeState;
using service::MoveInvitation;

constexpr char const* code_field = "code";

/// Where the invitation leads, if that registration is still there.
Html destination(rules::Residence const& residence, MoveInvitation const& invitation) {
  rules::Registration const* const found = invitation.registration ? residence.find(*invitation.registration) : nullptr;
  return found == nullptr ? Html{} : address(found->address);
}

Html open_card(RecordView const& view, MoveInvitation const& invitation) {
  std::string const shown = codec::in_groups_of_four(invitation.code->reveal(base::Disclosure::to_holder));
  return el("li", {{"class", "card"}}, el("p", {{"class", "big-code"}}, shown),
            destination(view.state.residence, invitation),
            el("p", "For one person, once, until ", when(invitation.expires_at),
               ". They decide for themselves; if they do nothing, nothing happens."),
            button_form(view.context().random, path_of({"invitations", std::to_string(invitation.entry), "take-back"}),
                        "Take it back", shown));
}

Html past_row(MoveInvitation const& invitation) {
  std::string const number = std::to_string(invitation.entry);
  return el("li", in_words(invitation.state), ", ",
            el("a", {{"href", path_of({"receipts", number})}}, "made as entry ", number));
}

Html lists(RecordView const& view, std::vector<MoveInvitation> const& invitations) {
  Html open;
  Html past;
  for (MoveInvitation const& invitation : invitations)
    if (invitation.state == CodeState::open)
      open.add(open_card(view, invitation));
    else
      past.add(past_row(invitation));
  Html out;
  if (!open.markup().empty()) out.add(el("ul", {{"class", "entries"}}, open));
  if (!past.markup().empty())
    out.add(
        el("details", el("summary", "Invitations that open nothing any more"), el("ul", {{"class", "plain"}}, past)));
  return out;
}

/// One button for each place where the holder lives.
Html inviting(RecordView const& view) {
  Html places;
  for (rules::Registration const& registration : view.state.residence.registrations)
    if (registration.active())
      places.add(el("li", {{"class", "card"}}, address(registration.address),
                    button_form(view.context().random, path_of({"registrations", registration.id.value(), "invite"}),
                                "Make an invitation", registration.address.lines.front())));
  if (places.markup().empty())
    return el("p", "You are not registered anywhere. ", el("a", {{"href", "/register"}}, "Register where you live"),
              " first.");
  return el("ul", {{"class", "entries"}}, places);
}

Html looking(base::Random& random, Sheet const& sheet) {
  return el("form", {{"method", "post"}, {"action", "/invitations"}, {"novalidate", true}}, request_key(random, sheet),
            text_input(sheet, {{code_field, "Invitation", "16 letters and digits, such as 7K2P-DXQ0-MV3A-9T5H"},
                               Width::medium}),
            submit_button("Look at it"));
}

api::ReadWork show_invitations(api::Register const& registry, Sheet const& sheet) {
  return read_record(registry, [sheet](RecordView const& view) -> result<http::Response> {
    auto const invitations = service::list_move_invitations(view.context(), view.snapshot, view.session);
    if (!invitations) return invitations.error();
    return page(
        view.mode(), {Visitor::holder, std::string{sheet.title_prefix()} + "Move together", {}, sheet.status()},
        group(
            error_summary(sheet), el("h1", "Move together"),
            el("section", {{"aria-labelledby", "look"}}, el("h2", {{"id", "look"}}, "You have an invitation"),
               el("p", "It shows you an address. Your registration changes only if you say so yourself."),
               looking(view.context().random, sheet)),
            el("section", {{"aria-labelledby", "invite"}}, el("h2", {{"id", "invite"}}, "Invite those you moved with"),
               el("p",
                  "Each adult registers for themselves. Give each of them an invitation of their own; it shows "
                  "them the address, and spares them the typing."),
               lists(view, *invitations), inviting(view))));
  });
}

/// A look at an invitation, with what the page about it needs of the invited person's own record.
struct Looked {
  service::MoveInvitationAttempt attempt;
  std::vector<rules::Registration> own;  ///< active ones
};

result<Looked> look(service::Context const& context, ports::Transaction& transaction,
                    ports::HolderSession const& session, base::Secret<std::string> const& code,
                    std::optional<service::RequestKey> const& key) {
  auto const record = service::open_record(context, transaction, session.grant());
  if (!record) return record.error();
  auto attempt = service::attempt_move_invitation(context, transaction, code, key);
  if (!attempt) return attempt.error();
  Looked looked{std::move(*attempt), {}};
  for (rules::Registration const& registration :
       record->state.reveal(base::Disclosure::to_holder).residence.registrations)
    if (registration.active()) looked.own.push_back(registration);
  return looked;
}

Html hidden(std::string_view name, std::string_view value) {
  return el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

/// A form that carries address and day on to one of the ordinary acts.
Html act_form(api::Register const& registry, service::InvitedTo const& invited, std::string const& path,
              Html const& more, std::string_view button) {
  Form form;
  put_address(form, invited.address);
  Html carried = group(hidden(address_country_field, form.text(address_country_field)),
                       hidden(address_lines_field, form.text(address_lines_field)));
  for (auto const& part : rules::address_parts)
    if (auto const& text = invited.address.*part.member)
      carried.add(hidden("address." + std::string{part.name}, *text));
  return el("form", {{"method", "post"}, {"action", path}, {"novalidate", true}}, request_key(registry.context.random),
            carried, hidden("since", base::format_date(invited.since)), more, submit_button(button));
}

http::Response invited_page(api::Register const& registry, service::InvitedTo const& invited, Looked const& looked) {
  Html choices;
  bool has_main = false;
  for (rules::Registration const& left : looked.own) {
    has_main = has_main || left.kind == rules::Kind::main;
    choices.add(
        el("li", {{"class", "card"}}, el("h3", "I have moved from here:"), address(left.address),
           act_form(registry, invited, path_of({"registrations", left.id.value(), "move"}), {}, "Register my move")));
  }
  std::string_view const kind = rules::name_of(has_main ? rules::Kind::secondary : rules::Kind::main);
  choices.add(
      el("li", {{"class", "card"}},
         el("h3", has_main ? "I live there besides, as a secondary residence" : "I live there, as my main residence"),
         act_form(registry, invited, "/register", hidden("kind", kind), "Register this address")));
  return page(
      registry.context.mode, {Visitor::holder, "An invitation"},
      group(el("h1", "You are invited to this address"), el("div", {{"class", "card place"}}, address(invited.address)),
            el("p", {{"class", "news"}}, el("strong", "Nothing has changed."),
               " Whether you register here is up to you alone. If you leave this page, nothing happens. The "
               "person who gave you the invitation sees that it was looked at, and not what you do."),
            el("p", "It counts from the first day of who invited you, ", when(invited.since),
               ". If yours was another day, correct it afterwards."),
            el("ul", {{"class", "entries"}}, choices),
            el("p", {{"class", "quiet"}}, el("a", {{"href", "/home"}}, "Leave it as it is"))));
}

/// Runs `use_case` with the key of the caller's form, then on to what its invitation came to.
template <class UseCase>
api::Reply act_on_invitation(api::Call const& call, UseCase use_case,
                             std::string (*next)(service::MadeMoveInvitation const&)) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return api::write_then<service::MadeMoveInvitation>(
      [use_case, request = call.request, form = *form](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::MadeMoveInvitation> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return use_case(transaction, caller.holder(), *key);
      },
      [next](service::MadeMoveInvitation const& made, ports::Commit const&) -> result<http::Response> {
        return see_other(next(made));
      });
}

}  // namespace

api::Reply get_move_invitations(api::Register const& registry, api::Call const&) {
  return show_invitations(registry, {});
}

/// The address is shown in the answer itself: another address to load it from would be a look without an entry.
api::Reply post_move_invitations(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const show_again = [&registry, form = *form](base::Error const& error) {
    return show_invitations(registry, {form, error});
  };
  auto const code = service::parse_move_invitation(form->text(code_field));
  if (!code) return show_again(code.error());
  auto work = api::write_then<Looked>(
      [&registry, request = call.request, form = *form, code = *code](ports::Transaction& transaction,
                                                                      api::Caller const& caller) -> result<Looked> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return look(registry.context, transaction, caller.holder(), code, *key);
      },
      [&registry](Looked const& looked, ports::Commit const& commit) -> result<http::Response> {
        auto const invited = service::complete_move_invitation(registry.context, looked.attempt, commit);
        if (!invited) return invited.error();
        return invited_page(registry, *invited, looked);
      });
  work.otherwise = show_again;
  return work;
}

api::Reply post_invite(api::Register const& registry, api::Call const& call) {
  return act_on_invitation(
      call,
      [&context = registry.context, id = rules::RegistrationId{call.params.at(0)}](
          ports::Transaction& transaction, ports::HolderSession const& session,
          std::optional<service::RequestKey> const& key) {
        return service::make_move_invitation(context, transaction, session, id, key);
      },
      [](service::MadeMoveInvitation const&) { return std::string{"/invitations"}; });
}

api::Reply post_take_back_move_invitation(api::Register const& registry, api::Call const& call) {
  auto const entry = api::read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return act_on_invitation(
      call,
      [&context = registry.context, entry = *entry](ports::Transaction& transaction,
                                                    ports::HolderSession const& session,
                                                    std::optional<service::RequestKey> const& key) {
        return service::revoke_move_invitation(context, transaction, session, entry, key);
      },
      [](service::MadeMoveInvitation const& made) {
        return path_of({"receipts", std::to_string(made.receipt.entry)});
      });
}

}  // namespace abode::pages
