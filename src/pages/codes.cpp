#include "api/forms.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/opening_codes.hpp"

namespace abode::pages {
namespace {

using base::result;
using service::OpeningCode;

constexpr char const* fields_field = "fields";
constexpr char const* life_field = "valid_minutes";

// Of the choices that the profile allows: these are what people ask for.
constexpr Option lives[] = {{"15", "15 minutes"}, {"60", "1 hour"}, {"1440", "1 day"}, {"10080", "7 days"}};

std::string anchor(std::uint64_t entry) {
  return "code-" + std::to_string(entry);
}

Html open_card(api::Register const& registry, OpeningCode const& code) {
  std::string const shown = service::grouped(code.code->reveal(base::Disclosure::to_holder));
  return el("li", {{"class", "card"}, {"id", anchor(code.entry)}}, el("p", {{"class", "big-code"}}, shown),
            el("p", "Read it to the official, or show it. It works once. ",
               el("a", {{"href", "/rules#offices"}}, "When offices are open")),
            el("dl", row("Opens", in_words(code.fields)), row("Until", when(code.expires_at))),
            button_form(registry.context.random, path_of({"codes", std::to_string(code.entry), "take-back"}),
                        "Take it back", shown));
}

Html past_row(OpeningCode const& code) {
  std::string const number = std::to_string(code.entry);
  return el("li", {{"id", anchor(code.entry)}}, el("b", in_words(code.fields)), el("br"), in_words(code.state), ", ",
            el("a", {{"href", path_of({"receipts", number})}}, "made as entry ", number));
}

Html lists(api::Register const& registry, std::vector<OpeningCode> const& codes) {
  Html open;
  Html past;
  for (OpeningCode const& code : codes)
    if (code.state == service::CodeState::open)
      open.add(open_card(registry, code));
    else
      past.add(past_row(code));
  Html out;
  if (!open.markup().empty())
    out.add(el("section", {{"aria-labelledby", "open"}}, el("h2", {{"id", "open"}}, "Ready to use"),
               el("ul", {{"class", "entries"}}, open)));
  if (!past.markup().empty())
    out.add(el("details", el("summary", "Codes that open nothing any more"), el("ul", {{"class", "plain"}}, past)));
  return out;
}

Html making(api::Register const& registry, Sheet const& sheet) {
  auto const options = record_fields();
  return el(
      "section", {{"aria-labelledby", "make"}}, el("h2", {{"id", "make"}}, "Make a code"),
      el("form", {{"method", "post"}, {"action", "/codes"}, {"novalidate", true}},
         request_key(registry.context.random, sheet),
         check_boxes(sheet, {fields_field, "What may the official see?", "Nothing else can be opened with this code."},
                     options),
         select_box(sheet, {life_field, "How long should it work?"}, lives), submit_button("Make the code")));
}

/// The page without a sheet has a fresh form.
api::ReadWork show_codes(api::Register const& registry, std::optional<Sheet> const& sent) {
  return {[&registry, sent](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const codes = service::list_opening_codes(registry.context, snapshot, caller.holder());
    if (!codes) return codes.error();
    Sheet sheet = sent.value_or(Sheet{});
    if (!sent) sheet.form.put(life_field, std::to_string(registry.context.profile().opening_code_default.count()));
    return page(registry.context.mode,
                {Visitor::holder, std::string{sheet.title_prefix()} + "Opening codes", "/codes", sheet.status()},
                group(error_summary(sheet), el("h1", "Opening codes"),
                      el("p", {{"class", "lead"}},
                         "An official can open your record only with a code from you, once, for the fields you choose. "
                         "You will see who it was, and why."),
                      lists(registry, *codes), making(registry, sheet)));
  }};
}

struct Wish {
  rules::FieldSet fields;
  std::chrono::minutes life;
};

result<Wish> read_wish(Form const& form) {
  auto const fields = api::read_fields(form.values(fields_field));
  if (!fields) return fields.error();
  auto const minutes = api::read_number(form.text(life_field), life_field);
  if (!minutes || *minutes > 1'000'000)
    return base::fail(base::errc::invalid, "Choose how long the code should work.", life_field);
  return Wish{*fields, std::chrono::minutes{*minutes}};
}

}  // namespace

api::Reply get_codes(api::Register const& registry, api::Call const&) {
  return show_codes(registry, {});
}

api::Reply post_codes(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const show_again = [&registry, form = *form](base::Error const& error) {
    return show_codes(registry, Sheet{form, error});
  };
  auto const wish = read_wish(*form);
  if (!wish) return show_again(wish.error());
  auto work = api::write_then<service::MadeOpeningCode>(
      [&registry, request = call.request, form = *form, wish = *wish](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::MadeOpeningCode> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::make_opening_code(registry.context, transaction, caller.holder(), wish.fields, wish.life, *key);
      },
      [](service::MadeOpeningCode const& made, ports::Commit const&) -> result<http::Response> {
        return see_other("/codes#" + anchor(made.code.entry));
      });
  work.otherwise = show_again;
  return work;
}

api::Reply post_take_back(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const entry = api::read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return api::write_then<service::MadeOpeningCode>(
      [&registry, request = call.request, form = *form, entry = *entry](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::MadeOpeningCode> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::revoke_opening_code(registry.context, transaction, caller.holder(), entry, *key);
      },
      [](service::MadeOpeningCode const& made, ports::Commit const&) -> result<http::Response> {
        return see_other(path_of({"receipts", std::to_string(made.receipt.entry)}));
      });
}

}  // namespace abode::pages
