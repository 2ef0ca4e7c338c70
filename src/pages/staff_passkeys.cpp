// How an official signs in, as they see and change it.
#include "service/staff_passkeys.hpp"
#include "api/work.hpp"
#include "pages/internal/form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/passkey_forms.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

using base::result;

constexpr char const* hint = "So that you know it again: \"Key at the counter\"";

Html passkey_card(base::Random& random, service::StaffPasskeyListed const& passkey) {
  Html const used =
      passkey.last_used ? group("Last used in ", month_in_words(*passkey.last_used)) : group("Not used yet");
  return el("li", {{"class", "card"}}, el("h3", passkey.name),
            el("p", {{"class", "quiet"}}, "Added ", when(passkey.added_at), ". ", used),
            button_form(random, path_of({"staff", "passkeys", passkey.id, "remove"}), "Remove it", passkey.name));
}

/// For somebody whose invitation let them in: a passkey, and nothing else.
Html first_passkey() {
  return group(el("p", {{"class", "lead"}}, "Your invitation let you in once. Now add a passkey on this device."),
               el("p",
                  "Your phone, computer or security key makes it and asks for your fingerprint, your face or its PIN. "
                  "You will then be asked to sign in with it: that is how you come in from now on."),
               add_passkey_form({"/api/v1/staff", "/#officials", hint}));
}

Html all_passkeys(base::Random& random, std::vector<service::StaffPasskeyListed> const& all) {
  Html items;
  for (service::StaffPasskeyListed const& passkey : all) items.add(passkey_card(random, passkey));
  Html out = el("p",
                "They let you in as an official, and nobody else. If one is lost, remove it: your other sessions end "
                "with it. With none left, ask your operator for an invitation.");
  if (!all.empty()) out.add(el("ul", {{"class", "entries"}}, items));
  out.add(add_passkey_form({"/api/v1/staff", "/staff/passkeys", hint}));
  return out;
}

/// What could not be done stands on top.
api::ReadWork show_passkeys(api::Register const& registry, std::optional<base::Error> const& error) {
  return {[&registry, sheet = Sheet{{}, error}](ports::Snapshot& snapshot,
                                                api::Caller const& caller) -> result<http::Response> {
    Html content = first_passkey();
    rules::RoleSet roles;
    if (auto const official = ports::OfficialSession::of(caller.staff())) {
      auto const all = service::list_staff_passkeys(snapshot, *official);
      if (!all) return all.error();
      content = all_passkeys(registry.context.random, *all);
      roles = rules::RoleSet::from_bits(official->official().roles);
    }
    return page(registry.context.mode,
                {Visitor::official,
                 std::string{sheet.title_prefix()} + "Passkeys",
                 "/staff/passkeys",
                 sheet.status(),
                 {passkey_script_path},
                 roles},
                group(error_summary(sheet), el("h1", "Your passkeys as an official"), content, no_passkeys_here()));
  }};
}

}  // namespace

api::Reply get_staff_passkeys(api::Register const& registry, api::Call const&) {
  return show_passkeys(registry, {});
}

api::Reply post_remove_staff_passkey(api::Register const& registry, api::Call const& call) {
  if (auto const form = Form::read(call.request); !form) return form.error();
  api::WriteWork work{
      [&registry, id = call.params.at(0)](ports::Transaction& transaction, api::Caller const& caller) -> result<void> {
        auto const official = ports::OfficialSession::of(caller.staff());
        if (!official) return official.error();
        return service::remove_staff_passkey(registry.context, transaction, *official, id);
      },
      [](ports::Commit const&) -> result<http::Response> { return see_other("/staff/passkeys"); }};
  work.otherwise = [&registry](base::Error const& error) { return show_passkeys(registry, error); };
  return work;
}

}  // namespace abode::pages
