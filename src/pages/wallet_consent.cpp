// What a wallet asks that begins by itself (OpenID4VCI's authorization code): its holder reads who asks for what, and
// says yes or no. The answer goes back through the browser (RFC 6749, section 4.1.2; RFC 9207).
#include "api/wallet_link.hpp"
#include "http/url.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/proof_forms.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "service/actor.hpp"
#include "service/sessions.hpp"

namespace abode::pages {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr char const* decision_field = "decision";

/// A wallet's request as it came through the browser.
struct Asked {
  std::string request_uri;
  std::string pushed;
  service::WalletRequest request;
};

result<Asked> read_asked(api::Register const& registry, Form const& form) {
  std::string_view const uri = form.text(api::wallet_request_field);
  if (!uri.starts_with(api::wallet_request_prefix))
    return fail(errc::invalid,
                "Your wallet did not send along what it asks. Begin again in the wallet, or take a proof from here.");
  std::string pushed{uri.substr(api::wallet_request_prefix.size())};
  auto request = registry.desk.read_pushed(pushed);
  if (!request) return request.error();
  if (form.text(api::wallet_client_field) != request->client)
    return fail(errc::invalid, "This link mixes what two wallets ask. Begin again in your wallet.");
  return Asked{std::string{uri}, std::move(pushed), std::move(*request)};
}

std::string answer_link(api::Register const& registry, service::WalletRequest const& request, http::Pairs answer) {
  if (request.state) answer.emplace_back("state", *request.state);
  answer.emplace_back("iss", registry.context.issuer);
  return api::wallet_answer_link(request.redirect_uri, answer);
}

/// Where the answer goes, in words and as a source of Content-Security-Policy.
struct Target {
  std::string words;
  std::string source;
};

Target target_of(service::WalletRequest const& request) {
  auto const url = http::parse_url(request.redirect_uri).value();
  bool const by_web = url.scheme == "https" || url.scheme == "http";
  if (!by_web) return {"a program on this device (" + url.scheme + ")", url.scheme + ":"};
  std::string const host = url.port.empty() ? url.host : url.host + ":" + url.port;
  return {host, url.scheme + "://" + host};
}

Html what_is_asked(service::WalletRequest const& request, Target const& target) {
  bool const lasting = request.life == rules::ProofLife::lasting;
  Option const& life = proof_life_options()[lasting ? 1 : 0];
  std::string fields;
  for (Option const& field : proof_field_options()) fields += (fields.empty() ? "" : ", ") + std::string{field.label};
  return el("dl", row("Wallet", group(el("b", request.client), " (its own name for itself: nobody has checked it)")),
            row("The answer goes to", target.words), row("Kind of proof", group(life.label, ". ", life.hint)),
            row("It can say", fields + ". At each showing you choose in the wallet what you show."));
}

Html answer_form(Asked const& asked, std::optional<Html> const& where) {
  Html const hidden =
      group(el("input", {{"type", "hidden"}, {"name", api::wallet_client_field}, {"value", asked.request.client}}),
            el("input", {{"type", "hidden"}, {"name", api::wallet_request_field}, {"value", asked.request_uri}}));
  Html const yes = el("button", {{"type", "submit"}, {"name", decision_field}, {"value", "yes"}}, "Give it the proof");
  Html const no = el("button", {{"type", "submit"}, {"class", "second"}, {"name", decision_field}, {"value", "no"}},
                     "No, give it nothing");
  return el("form", {{"method", "post"}, {"action", api::wallet_authorize_path}, {"novalidate", true}}, hidden,
            where.value_or(el("p", "There is nothing to prove yet: you have no registered address.")),
            el("p", {{"class", "actions"}}, where ? yes : Html{}, no));
}

api::ReadWork show_consent(api::Register const& registry, Asked const& asked, Sheet const& sheet) {
  return read_record(registry, [asked, sheet](RecordView const& view) -> result<http::Response> {
    bool const fresh = service::is_fresh(view.session.row().begun_at, view.context().clock.now());
    Target const target = target_of(asked.request);
    Page const about{.visitor = Visitor::holder,
                     .title = std::string{sheet.title_prefix()} + "A wallet asks",
                     .status = sheet.status(),
                     .scripts = fresh ? std::vector<std::string_view>{} : std::vector{passkey_script_path},
                     .forms_lead_to = target.source};
    return page(view.mode(), about,
                group(error_summary(sheet), el("h1", "A wallet asks for a proof of where you live"),
                      el("p", {{"class", "lead"}},
                         "Say yes only if you began this yourself, in your own wallet, a moment ago. If a message, a "
                         "call or a page led you here, say no: whoever is behind it would get the proof."),
                      what_is_asked(asked.request, target), fresh ? Html{} : sign_in_again(),
                      answer_form(asked, registration_box(sheet, view.state))));
  });
}

result<http::Response> refuse(api::Register const& registry, Asked const& asked) {
  auto const refused = registry.desk.refuse(asked.pushed);
  if (!refused) return refused.error();
  return see_other(answer_link(registry, *refused, {{"error", "access_denied"}}));
}

result<http::Response> agree(api::Register const& registry, Asked const& asked, Form const& form,
                             ports::Snapshot& snapshot, api::Caller const& caller) {
  auto const again = [&](base::Error const& error) {
    return show_consent(registry, asked, Sheet{form, error}).run(snapshot, caller);
  };
  auto const registration = chosen_registration(form);
  auto const may = service::check_offer(registry.context, snapshot, caller.actor(),
                                        {.registration = registration, .life = asked.request.life});
  if (!may) return again(may.error());
  auto const code = registry.desk.agree(caller.holder(), asked.pushed, registration);
  if (!code) return again(code.error());
  return see_other(answer_link(registry, asked.request, {{"code", code->reveal(base::Disclosure::to_holder)}}));
}

}  // namespace

api::Reply get_wallet_consent(api::Register const& registry, api::Call const& call) {
  auto const query = http::parse_query(call.request.query);
  if (!query) return query.error();
  Form form;
  for (auto const& [name, value] : *query) form.put(name, value);
  auto const asked = read_asked(registry, form);
  // Without a session the executor asks for one first: what the request says is told to its holder alone.
  return api::ReadWork{
      [&registry, asked](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
        if (!asked) return asked.error();
        return show_consent(registry, *asked, {}).run(snapshot, caller);
      }};
}

api::Reply post_wallet_consent(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const asked = read_asked(registry, *form);
  if (!asked) return asked.error();
  std::string_view const decision = form->text(decision_field);
  if (decision != "yes" && decision != "no")
    return show_consent(registry, *asked,
                        Sheet{*form, fail(errc::invalid, "Choose yes or no by one of the two buttons.")});
  return api::ReadWork{[&registry, asked = *asked, form = *form, yes = decision == "yes"](
                           ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    return yes ? agree(registry, asked, form, snapshot, caller) : refuse(registry, asked);
  }};
}

}  // namespace abode::pages
