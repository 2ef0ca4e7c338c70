// Proofs of residence: what was made, having one made as a file, and withdrawing one.
#include "service/proofs.hpp"

#include "api/certificate_page.hpp"
#include "api/forms.hpp"
#include "api/wallet_link.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/proof_forms.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "qr/qr.hpp"
#include "text/text.hpp"

namespace abode::pages {
namespace {

using base::errc;
using base::fail;
using base::result;
using service::ListedProof;

constexpr char const* fields_field = "fields";
constexpr char const* life_field = "life";
constexpr char const* form_field = "form";
constexpr char const* language_field = "language";

constexpr Option form_options[] = {
    {"file", "As a file", "For somebody who checks it with a program."},
    {"paper", "On paper", "A page to print, with a code that a program reads. Whoever has it can show it."},
};

std::string label_of(rules::ProofField field) {
  for (Option const& option : proof_field_options())
    if (option.value == rules::name_of(field)) return std::string{option.label};
  return std::string{rules::name_of(field)};
}

std::string what_it_says(rules::ProofFields fields) {
  std::string words;
  for (rules::ProofField const field : rules::all_proof_fields)
    if (fields.has(field)) words += (words.empty() ? "" : ", ") + label_of(field);
  return words;
}

std::string_view in_words(service::ProofForm form) {
  switch (form) {
    case service::ProofForm::wallet: return "In a wallet";
    case service::ProofForm::file: return "As a file";
    case service::ProofForm::paper: return "On paper";
  }
  return {};
}

std::string anchor(std::uint64_t entry) {
  return "proof-" + std::to_string(entry);
}

Html standing(ListedProof const& proof, base::Time now) {
  if (proof.kept.withdrawn_at) return group("withdrawn ", when(*proof.kept.withdrawn_at));
  if (now >= proof.expires_at) return group("over since ", when(proof.expires_at));
  return group("good until ", when(proof.expires_at));
}

Html card(api::Register const& registry, ListedProof const& proof) {
  base::Time const now = registry.context.clock.now();
  std::string const number = std::to_string(proof.entry);
  bool const can_end = !proof.kept.statuses.empty() && !proof.kept.withdrawn_at && now < proof.expires_at;
  Html rows = group(row("Says", what_it_says(proof.kept.fields)), row("Made", when(proof.kept.issued_at)));
  if (proof.kept.number) rows.add(row("Number", el("span", {{"class", "code"}}, *proof.kept.number)));
  Html out = group(el("p", el("b", in_words(proof.kept.form)), ", ", standing(proof, now)), el("dl", rows));
  if (can_end)
    out.add(button_form(registry.context.random, path_of({"proofs", number, "withdraw"}), "Withdraw it",
                        "the proof made as entry " + number));
  out.add(el("p", el("a", {{"href", path_of({"receipts", number})}}, "Made as entry ", number)));
  return el("li", {{"class", "card"}, {"id", anchor(proof.entry)}}, out);
}

Html list(api::Register const& registry, std::vector<ListedProof> const& proofs) {
  if (proofs.empty()) return {};
  Html cards;
  for (ListedProof const& proof : proofs) cards.add(card(registry, proof));
  return el("section", {{"aria-labelledby", "made"}}, el("h2", {{"id", "made"}}, "Proofs you had made"),
            el("ul", {{"class", "entries"}}, cards));
}

/// For paper: the page is in the office's language, and in one more if its holder likes.
Html language_box(Sheet const& sheet) {
  std::vector<std::pair<std::string, std::string>> named;
  for (std::string const& tag : api::page_languages()) named.emplace_back(tag, text::language_name(tag));
  std::vector<Option> options{{"", "None"}};
  for (auto const& [tag, name] : named) options.push_back({tag, name});
  return select_box(sheet, {language_field, "On paper: in which language as well?"}, options);
}

Html making(api::Register const& registry, service::RecordState const& state, Sheet const& sheet) {
  auto const where = registration_box(sheet, state);
  if (!where)
    return el("p", "There is nothing to prove yet. ", el("a", {{"href", "/register"}}, "Register an address"),
              " first.");
  return el("section", {{"aria-labelledby", "make"}}, el("h2", {{"id", "make"}}, "Have a proof made"),
            el("form", {{"method", "post"}, {"action", "/proofs"}, {"novalidate", true}},
               request_key(registry.context.random, sheet), *where,
               check_boxes(sheet,
                           {fields_field, "What shall it say?",
                            "Nothing else is in it. Whoever asks for it should need each of these."},
                           proof_field_options()),
               radio_buttons(sheet, {life_field, "How long?"}, proof_life_options()),
               radio_buttons(sheet, {form_field, "In what form?"}, form_options), language_box(sheet),
               submit_button("Make the proof"),
               el("p", "Or take it into a wallet on your phone: there you choose at each showing what you show."),
               el("button", {{"type", "submit"}, {"class", "second"}, {"formaction", "/proofs/wallet"}},
                  "Take it into a wallet")));
}

api::ReadWork show_proofs(api::Register const& registry, std::optional<Sheet> const& sent) {
  return {[&registry, sent](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const record = service::open_record(registry.context, snapshot, caller.actor());
    if (!record) return record.error();
    auto const proofs = service::list_proofs(registry.context, snapshot, caller.actor());
    if (!proofs) return proofs.error();
    Sheet sheet = sent.value_or(Sheet{});
    if (!sent) {
      sheet.form.put(life_field, "fresh");
      sheet.form.put(form_field, "file");
    }
    auto const& state = record->state.reveal(base::Disclosure::to_holder);
    return page(
        registry.context.mode,
        {Visitor::holder, std::string{sheet.title_prefix()} + "Proofs", "/proofs", sheet.status()},
        group(error_summary(sheet), el("h1", "Proofs of where you live"),
              el("p", {{"class", "lead"}},
                 "A school, a bank or an employer checks a proof by themselves. Nobody, and not this register, learns "
                 "where you show it. It says what is registered today: if you move, it stays what it was."),
              making(registry, state, sheet), list(registry, *proofs)));
  }};
}

result<service::ProofWish> read_wish(Form const& form) {
  service::ProofWish wish{.fields = {}};
  for (std::string const& name : form.values(fields_field)) {
    auto const field = rules::proof_field_named(name);
    if (!field) return fail(errc::invalid, "Choose from the list what the proof shall say.", fields_field);
    wish.fields.add(*field);
  }
  auto const life = rules::proof_life_named(form.text(life_field));
  if (!life) return fail(errc::invalid, "Choose how long the proof shall be good.", life_field);
  wish.life = *life;
  std::string_view const wanted = form.text(form_field);
  if (!wanted.empty() && wanted != service::name_of(service::ProofForm::file) &&
      wanted != service::name_of(service::ProofForm::paper))
    return fail(errc::invalid, "Choose in what form you want the proof.", form_field);
  if (wanted == service::name_of(service::ProofForm::paper)) wish.form = service::ProofForm::paper;
  wish.registration = chosen_registration(form);
  return wish;
}

/// An offer as it is laid out: to be scanned by another device, or followed on this one.
Html offer_sheet(api::Register const& registry, service::LaidOutOffer const& offer, qr::Code const& code) {
  std::string const link = api::wallet_link(registry.context.issuer, offer.id);
  std::string const side = std::to_string(code.width + 2 * qr::quiet_zone);
  std::string const box = "0 0 " + side + " " + side;
  std::string const path = qr::svg_path(code);
  return group(el("h1", "Take the proof into your wallet"),
               el("p", {{"class", "lead"}},
                  "Scan this with the wallet on your phone. If the wallet is on this device, follow the link. Then "
                  "type the code."),
               el("p", {{"class", "big-code"}}, offer.transaction_code.reveal(base::Disclosure::to_holder)),
               el("p", "Read this code to nobody: who has it and the link gets the proof. It is good until ",
                  when(offer.expires_at), ", once."),
               el("svg", {{"class", "qr"}, {"viewBox", box}, {"role", "img"}, {"aria-label", "The link as a QR code"}},
                  el("rect", {{"width", side}, {"height", side}, {"fill", "#fff"}}),
                  el("path", {{"d", path}, {"fill", "#000"}})),
               el("p", el("a", {{"href", link}}, "Open the wallet on this device")),
               el("p", el("a", {{"href", "/proofs"}}, "Back to your proofs")));
}

http::Response download(std::string_view type, std::string content, std::uint64_t entry, char const* ending) {
  auto response = http::response(200, type, std::move(content));
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"proof-" + std::to_string(entry) + ending + "\"");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

/// The file, once: it is signed here and kept nowhere.
result<http::Response> hand_over(api::Register const& registry, service::ProofsToSign const& made) {
  auto proof = service::sign_proof(registry.proof_keys, registry.context.random, made.proofs.front());
  if (!proof) return proof.error();
  return download("application/dc+sd-jwt", std::move(*proof), made.receipt.entry, ".txt");
}

using ShowAgain = std::function<api::ReadWork(base::Error const&)>;

api::Reply post_page(api::Register const& registry, api::Call const& call, Form const& form,
                     service::ProofWish const& wish, ShowAgain const& show_again) {
  auto const language = api::language_of_page(registry, form.text(language_field));
  if (!language) return show_again(language.error());
  auto work = api::write_then<service::PageToSign>(
      [&registry, request = call.request, form, wish](ports::Transaction& transaction,
                                                      api::Caller const& caller) -> result<service::PageToSign> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::issue_page(registry.context, registry.proof_keys, transaction, caller.actor(), wish, *key);
      },
      [&registry, language = *language](service::PageToSign const& page,
                                        ports::Commit const&) -> result<http::Response> {
        auto made = api::make_page(registry, page, language);
        if (!made) return made.error();
        return download("application/pdf", std::move(made->pdf), page.made.receipt.entry, ".pdf");
      });
  work.otherwise = show_again;
  return work;
}

}  // namespace

api::Reply get_proofs(api::Register const& registry, api::Call const&) {
  return show_proofs(registry, {});
}

api::Reply post_proofs(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const show_again = [&registry, form = *form](base::Error const& error) {
    return show_proofs(registry, Sheet{form, error});
  };
  auto const wish = read_wish(*form);
  if (!wish) return show_again(wish.error());
  if (wish->form == service::ProofForm::paper) return post_page(registry, call, *form, *wish, show_again);
  auto work = api::write_then<service::ProofsToSign>(
      [&registry, request = call.request, form = *form, wish = *wish](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::ProofsToSign> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::issue_proofs(registry.context, transaction, caller.actor(), wish, *key);
      },
      [&registry](service::ProofsToSign const& made, ports::Commit const&) { return hand_over(registry, made); });
  work.otherwise = show_again;
  return work;
}

api::Reply post_wallet_offer(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const life = rules::proof_life_named(form->text(life_field));
  if (!life)
    return show_proofs(registry,
                       Sheet{*form, fail(errc::invalid, "Choose how long the proof shall be good.", life_field)});
  service::WalletOffer const offer{.registration = chosen_registration(*form), .life = *life};
  return api::ReadWork{
      [&registry, offer, form = *form](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
        auto const may = service::check_offer(registry.context, snapshot, caller.actor(), offer);
        if (!may) return show_proofs(registry, Sheet{form, may.error()}).run(snapshot, caller);
        auto const laid_out = registry.desk.lay_out(caller.holder(), offer);
        if (!laid_out) return show_proofs(registry, Sheet{form, laid_out.error()}).run(snapshot, caller);
        auto const code = qr::encode(api::wallet_link(registry.context.issuer, laid_out->id));
        if (!code) return code.error();
        return page(registry.context.mode, {Visitor::holder, "Into your wallet", "/proofs", 200},
                    offer_sheet(registry, *laid_out, *code));
      }};
}

api::Reply post_withdraw_proof(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const entry = api::read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return api::write_then<service::Receipt>(
      [&registry, request = call.request, form = *form, entry = *entry](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::Receipt> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::withdraw_proof(registry.context, transaction, caller.actor(), entry, *key);
      },
      [](service::Receipt const& receipt, ports::Commit const&) -> result<http::Response> {
        return see_other(path_of({"receipts", std::to_string(receipt.entry)}));
      });
}

}  // namespace abode::pages
