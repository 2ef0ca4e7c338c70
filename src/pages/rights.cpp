// What a person can do with their own data besides registering: see it all, ask for a correction, have it erased.
#include "api/forms.hpp"
#include "api/personal_copy.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/erasure.hpp"
#include "service/rectification.hpp"
#include "service/sessions.hpp"

namespace abode::pages {
namespace {

using base::result;

Html access() {
  return el("section", {{"aria-labelledby", "access"}}, el("h2", {{"id", "access"}}, "See everything"),
            el("p", {{"class", "actions"}}, button_link("/me/export", "Everything about you"),
               el("a", {{"class", "button second"}, {"href", "/api/v1/me/export"}, {"download", "abode-my-data.json"}},
                  "As a file")),
            el("p", el("a", {{"href", "/privacy"}}, "What is stored, why, and until when")));
}

Html open_requests(api::Register const& registry, service::RecordState const& state) {
  if (state.rectifications.empty()) return {};
  Html items;
  for (service::RectificationRequest const& request : state.rectifications)
    items.add(el("li", {{"class", "card"}}, el("h3", in_words(request.field), ": ", request.wanted),
                 el("p", request.reason), el("p", {{"class", "quiet"}}, "Asked ", when(request.filed_at), ", open"),
                 button_form(registry.context.random,
                             path_of({"rights", "rectification", std::to_string(request.entry), "withdraw"}),
                             "Withdraw it", request.wanted)));
  return group(el("ul", {{"class", "entries"}}, items), el("p", api::rectification_outlook));
}

Html correction(api::Register const& registry, service::RecordState const& state, Sheet const& sheet) {
  std::vector<Option> options;
  for (rules::Field field : rules::all_fields)
    if (service::rectifiable_fields.has(field)) options.push_back({rules::name_of(field), in_words(field)});
  return el(
      "section", {{"aria-labelledby", "correct"}}, el("h2", {{"id", "correct"}}, "Ask for a correction"),
      el("p", "Your registrations you correct yourself, on your ", el("a", {{"href", "/home"}}, "own page"),
         ". For your names and your date of birth, ask here."),
      open_requests(registry, state),
      el("form", {{"method", "post"}, {"action", "/rights/rectification"}, {"novalidate", true}},
         request_key(registry.context.random, sheet), select_box(sheet, {"field", "What is wrong?"}, options),
         text_input(sheet, {{"wanted", "What should stand there?", "A date as year, month and day: 1974-08-12."}}),
         text_input(sheet, {{"reason", "Why?"}}), submit_button("Ask for the correction")));
}

Html erasing(api::Register const& registry, std::optional<base::Time> due) {
  Html content = el("h2", {{"id", "erase"}}, "Have your record erased");
  if (due) {
    content.add(group(el("p", {{"class", "news"}}, "You asked for it. It will be done on ", when(*due),
                         "; until then you can take it back, and nothing else can be changed."),
                      button_form(registry.context.random, "/rights/erasure/undo", "Take the erasure back", "")));
  } else {
    content.add(group(
        el("p",
           "The key of your record is destroyed: nobody can read anything of it any more, not even we, and it cannot "
           "be "
           "brought back. What stays are hashes that tell nothing, because the proofs of other people rest on them."),
        el("p",
           "You have at least 72 hours to take it back, longer if ended registrations must still be kept. Your codes "
           "stop "
           "working at once. End your registrations and read your notices first; and keep a copy, if you want one."),
        button_form(registry.context.random, "/rights/erasure", "Erase my record", "")));
  }
  return el("section", {{"aria-labelledby", "erase"}}, content);
}

/// The page without a sheet has a fresh form.
api::ReadWork show_rights(api::Register const& registry, std::optional<Sheet> const& sent) {
  return {[&registry, sent](ports::Snapshot& snapshot, api::Caller const& caller) -> result<http::Response> {
    auto const record = service::open_record(registry.context, snapshot, caller.holder().grant());
    if (!record) return record.error();
    Sheet const sheet = sent.value_or(Sheet{});
    service::RecordState const& state = record->state.reveal(base::Disclosure::to_holder);
    bool const stale = !service::is_fresh(caller.holder().row().begun_at, registry.context.clock.now());
    std::vector<std::string_view> scripts;
    if (stale) scripts.push_back(passkey_script_path);
    return page(
        registry.context.mode,
        {Visitor::holder, std::string{sheet.title_prefix()} + "Your data and your rights", "/rights", sheet.status(),
         scripts},
        group(error_summary(sheet), el("h1", "Your data and your rights"), access(), correction(registry, state, sheet),
              stale ? sign_in_again() : Html{}, erasing(registry, record->row.erasure_due)));
  }};
}

using ErasureStep = result<service::AskedErasure> (*)(service::Context const&, ports::Transaction&,
                                                      ports::HolderSession const&,
                                                      std::optional<service::RequestKey> const&);

api::Reply step_of_erasure(api::Register const& registry, api::Call const& call, ErasureStep step) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto work = api::write_then<service::AskedErasure>(
      [&registry, step, request = call.request, form = *form](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::AskedErasure> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return step(registry.context, transaction, caller.holder(), *key);
      },
      [](service::AskedErasure const&, ports::Commit const&) -> result<http::Response> {
        return see_other("/rights#erase");
      });
  work.otherwise = [&registry](base::Error const& error) { return show_rights(registry, Sheet{{}, error}); };
  return work;
}

}  // namespace

api::Reply get_rights(api::Register const& registry, api::Call const&) {
  return show_rights(registry, {});
}

api::Reply post_rectification(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const show_again = [&registry, form = *form](base::Error const& error) {
    return show_rights(registry, Sheet{form, error});
  };
  auto const wish = api::read_rectification(form->text("field"), form->text("wanted"), form->text("reason"));
  if (!wish) return show_again(wish.error());
  auto work = api::write_then<service::FiledRectification>(
      [&registry, wish = *wish, request = call.request, form = *form](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::FiledRectification> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::request_rectification(registry.context, transaction, caller.holder(), wish, *key);
      },
      [](service::FiledRectification const& filed, ports::Commit const&) -> result<http::Response> {
        return see_other(path_of({"receipts", std::to_string(filed.receipt.entry)}));
      });
  work.otherwise = show_again;
  return work;
}

api::Reply post_withdraw_rectification(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  auto const entry = api::read_number(call.params.at(0), "entry");
  if (!entry) return entry.error();
  return api::write_then<service::FiledRectification>(
      [&registry, request = call.request, form = *form, entry = *entry](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::FiledRectification> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::withdraw_rectification(registry.context, transaction, caller.holder(), entry, *key);
      },
      [](service::FiledRectification const& filed, ports::Commit const&) -> result<http::Response> {
        return see_other(path_of({"receipts", std::to_string(filed.receipt.entry)}));
      });
}

api::Reply post_erasure(api::Register const& registry, api::Call const& call) {
  return step_of_erasure(registry, call, service::request_erasure);
}

api::Reply post_undo_erasure(api::Register const& registry, api::Call const& call) {
  return step_of_erasure(registry, call, service::undo_erasure);
}

}  // namespace abode::pages
