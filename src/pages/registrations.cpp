#include "service/registrations.hpp"
#include "api/forms.hpp"
#include "codec/text.hpp"
#include "pages/internal/address_form.hpp"
#include "pages/internal/handlers.hpp"
#include "pages/internal/layout.hpp"
#include "pages/internal/reading.hpp"
#include "pages/internal/views.hpp"
#include "pages/internal/words.hpp"
#include "service/sessions.hpp"

namespace abode::pages {
namespace {

using base::errc;
using base::fail;
using base::result;

/// What a form about a registration sent: about which one (empty for a new one), and what came. Nothing came: it is
/// fresh.
struct Sent {
  std::string id = {};
  std::optional<Sheet> sheet = {};
};
using Show = api::ReadWork (*)(api::Register const&, Sent const&);
using Read = result<rules::Command> (*)(api::Register const&, std::string const& id, Form const&);

// How the forms look.

/// A page with one form.
struct FormPage {
  std::string title;
  std::string path;  ///< where the form goes
  std::string_view button;
  Html intro;
  Html inputs;
  bool takes_fresh_sign_in = false;
};

/// On a guardian's page: for whom it is.
Html whom_for(RecordView const& view) {
  if (view.root.empty() || !view.state.identity) return {};
  return el("p", {{"class", "news"}}, "You do this for ", view.state.identity->names.given,
            ": \"you\" on this page is the child.");
}

http::Response show_page(RecordView const& view, Sheet const& sheet, FormPage const& about) {
  bool const stale =
      about.takes_fresh_sign_in && !service::is_fresh(view.session.row().begun_at, view.context().clock.now());
  std::vector<std::string_view> scripts;
  if (stale) scripts.push_back(passkey_script_path);
  Html const form = el("form", {{"method", "post"}, {"action", view.root + about.path}, {"novalidate", true}},
                       request_key(view.context().random, sheet), about.inputs, submit_button(about.button));
  return page(view.mode(),
              {Visitor::holder, std::string{sheet.title_prefix()} + about.title, {}, sheet.status(), scripts},
              group(error_summary(sheet), el("h1", about.title), whom_for(view), about.intro,
                    stale ? sign_in_again() : Html{}, form,
                    el("p", {{"class", "quiet"}},
                       el("a", {{"href", view.root.empty() ? "/home" : view.root}}, "Leave it as it is"))));
}

/// An error about the address as a whole is shown at its lines.
Sheet placed(Sheet sheet) {
  if (sheet.at_fault("address")) sheet.error->field = address_lines_field;
  return sheet;
}

Html date_input(Sheet const& sheet, Prompt const& prompt) {
  return text_input(sheet, {prompt, Width::medium, "date"});
}

std::string path_to(std::string_view act, rules::Registration const& registration) {
  return path_of({"registrations", registration.id.value(), act});
}

Html link_to_move(std::string const& root, rules::Registration const& registration) {
  return el("a", {{"href", root + path_to("move", registration)}}, "tell us that you moved");
}

Html until_input(Sheet const& sheet, std::string_view hint) {
  return date_input(sheet, {"until", "Until when", hint});
}

/// Nothing for a main residence: it has no stated end.
Html until_input(Sheet const& sheet, rules::Kind kind) {
  if (kind == rules::Kind::main) return {};
  return until_input(sheet, "Only if you know it. Nothing ends by itself.");
}

/// The kinds that can be filed here, each with its condition.
Html kind_choice(Sheet const& sheet, rules::Profile const& profile) {
  std::vector<std::string> hints;
  hints.reserve(profile.kinds.size());  // the options look into them
  std::vector<Option> options;
  for (rules::KindRule const& rule : profile.kinds)
    options.push_back({rules::name_of(rule.kind), in_words(rule.kind), hints.emplace_back(condition_in_words(rule))});
  return radio_buttons(sheet, {"kind", "What is it?"}, options);
}

/// What the rules say of the time to file, under the field of the first day.
std::string filing_hint(rules::Profile const& profile, std::string_view about_the_day) {
  return std::string{about_the_day} + (about_the_day.empty() ? "" : " ") + "By the rules here you have " +
         rules::in_words(profile.filing_window) + " from it to file; later is taken as well.";
}

/// What most people file next: their main residence, and beside it another.
rules::Kind likely_kind(rules::Profile const& profile, rules::Registration const* main) {
  if (main == nullptr) return rules::Kind::main;
  return profile.kind(rules::Kind::secondary) != nullptr ? rules::Kind::secondary : rules::Kind::temporary;
}

FormPage register_page(Sheet const& sheet, RecordView const& view, rules::Registration const* main) {
  rules::Profile const& profile = view.context().profile();
  Html intro;
  if (main != nullptr)
    intro = el("p", {{"class", "news"}}, "You have a main residence already. If you have left it, ",
               link_to_move(view.root, *main), " instead.");
  return {"Register where you live",
          "/register",
          "Register this address",
          intro,
          group(kind_choice(sheet, profile), address_inputs(sheet),
                date_input(sheet, {"since", "Since when", filing_hint(profile, "Your first day there.")}),
                until_input(sheet, "Only if you know it; a main residence has no such day. Nothing ends by itself.")),
          true};
}

FormPage move_page(Sheet const& sheet, RecordView const& view, rules::Registration const& left) {
  return {"You have moved",
          path_to("move", left),
          "Register the move",
          group(el("p", "This ends your registration here, on the day of the move:"), address(left.address)),
          group(el("h2", "Your new address"), address_inputs(sheet),
                date_input(sheet, {"since", "Day of the move", filing_hint(view.context().profile(), "")}),
                until_input(sheet, left.kind)),
          true};
}

FormPage correct_page(Sheet const& sheet, RecordView const& view, rules::Registration const& mended) {
  return {"Correct a registration",
          path_to("correct", mended),
          "Save the correction",
          el("p", "For a slip of the pen: the same place, better written. If you live somewhere else now, ",
             link_to_move(view.root, mended), "."),
          group(address_inputs(sheet), date_input(sheet, {"since", "Since when"}), until_input(sheet, mended.kind)),
          true};
}

FormPage renew_page(Sheet const& sheet, RecordView const&, rules::Registration const& renewed) {
  return {"You stay on", path_to("renew", renewed), "Renew this registration",
          group(el("p", "You still live here, and say anew until when:"), address(renewed.address)),
          until_input(sheet, "Leave it empty if you do not know. Nothing ends by itself.")};
}

FormPage make_main_page(Sheet const& sheet, rules::Registration const& promoted, rules::Registration const* main) {
  static constexpr Option fates[] = {
      {"secondary", "It becomes a secondary residence", "You still live there at times."},
      {"ended", "It ends", "You do not live there any more."}};
  Html intro = group(el("p", "You live here for the most part now:"), address(promoted.address));
  if (promoted.until)
    intro.add(el("p", "A main residence has no stated end: ", when(*promoted.until), " will be taken out."));
  Html inputs;
  if (main != nullptr)
    inputs = group(el("h2", "Your main residence so far"), address(main->address),
                   radio_buttons(sheet, {"former_main", "What becomes of it?"}, fates),
                   date_input(sheet, {"on", "Your last day there", "Only if it ends."}));
  return {
      "Make it your main residence", path_to("make-main", promoted), "Make it my main residence", intro, inputs, true};
}

FormPage end_page(Sheet const& sheet, RecordView const&, rules::Registration const& ended) {
  return {
      "End a registration",
      path_to("end", ended),
      "End this registration",
      group(el("p", "You do not live here any more, and have not moved to another address that you want to register:"),
            address(ended.address)),
      date_input(sheet, {"on", "Your last day there", "You can take this back within 72 hours."}),
      true};
}

// What stands in a fresh form.

void fill_move(Form& form, rules::Registration const& left, base::Date today) {
  form.put(address_country_field, left.address.country);
  form.put("since", base::format_date(today));
}

void fill_renew(Form& form, rules::Registration const& renewed, base::Date) {
  if (renewed.until) form.put("until", base::format_date(*renewed.until));
}

void fill_correct(Form& form, rules::Registration const& mended, base::Date) {
  put_address(form, mended.address);
  form.put("since", base::format_date(mended.since));
  fill_renew(form, mended, {});
}

void fill_end(Form& form, rules::Registration const&, base::Date today) {
  form.put("on", base::format_date(today));
}

// Showing them.

api::ReadWork show_register(api::Register const& registry, Sent const& sent) {
  return read_record(registry, [sent](RecordView const& view) -> result<http::Response> {
    rules::Registration const* const main = view.state.residence.main();
    rules::Profile const& profile = view.context().profile();
    Sheet sheet = placed(sent.sheet.value_or(Sheet{}));
    if (!sent.sheet) {
      sheet.form.put("kind", std::string{rules::name_of(likely_kind(profile, main))});
      sheet.form.put("since", base::format_date(base::day_of(view.now)));
    }
    return show_page(view, sheet, register_page(sheet, view, main));
  });
}

/// The active registration that a form is about. errc::not_found, errc::conflict if it has ended.
result<rules::Registration const*> find_active(RecordView const& view, Sent const& sent) {
  rules::Registration const* const found = view.state.residence.find(rules::RegistrationId{sent.id});
  if (found == nullptr)
    return fail(errc::not_found, "There is no such registration in your record. Your own page lists those you have.");
  if (!found->active())
    return fail(errc::conflict, "This registration has ended. If that was a slip, take it back on your own page.");
  return found;
}

template <auto fill, auto make_page>
api::ReadWork show_active(api::Register const& registry, Sent const& sent) {
  return read_record(registry, [sent](RecordView const& view) -> result<http::Response> {
    auto const found = find_active(view, sent);
    if (!found) return found.error();
    Sheet sheet = placed(sent.sheet.value_or(Sheet{}));
    if (!sent.sheet) fill(sheet.form, **found, base::day_of(view.now));
    return show_page(view, sheet, make_page(sheet, view, **found));
  });
}

api::ReadWork show_make_main(api::Register const& registry, Sent const& sent) {
  return read_record(registry, [sent](RecordView const& view) -> result<http::Response> {
    auto const found = find_active(view, sent);
    if (!found) return found.error();
    Sheet sheet = sent.sheet.value_or(Sheet{});
    if (!sent.sheet) fill_end(sheet.form, **found, base::day_of(view.now));
    return show_page(view, sheet, make_main_page(sheet, **found, view.state.residence.main()));
  });
}

constexpr Show show_move = show_active<fill_move, move_page>;
constexpr Show show_correct = show_active<fill_correct, correct_page>;
constexpr Show show_renew = show_active<fill_renew, renew_page>;
constexpr Show show_end = show_active<fill_end, end_page>;

// Reading what they send.

struct Place {
  rules::Address address;
  base::Date since;
  std::optional<base::Date> until;
};

/// An empty field states no end.
result<std::optional<base::Date>> read_until(Form const& form) {
  std::string_view const text = form.text("until");
  if (text.empty()) return std::optional<base::Date>{};
  auto const until = api::read_date(text, "until");
  if (!until) return until.error();
  return std::optional{*until};
}

result<Place> read_place(Form const& form) {
  auto address = read_address(form);
  if (!address) return address.error();
  auto const since = api::read_date(form.text("since"), "since");
  if (!since) return since.error();
  auto const until = read_until(form);
  if (!until) return until.error();
  return Place{std::move(*address), *since, *until};
}

result<rules::Command> read_register(api::Register const& registry, std::string const&, Form const& form) {
  auto const kind = rules::kind_named(form.text("kind"));
  if (!kind) return fail(errc::invalid, "Choose what kind of residence it is.", "kind");
  auto place = read_place(form);
  if (!place) return place.error();
  return rules::Command{rules::File{service::new_registration_id(registry.context.random), *kind,
                                    std::move(place->address), place->since, place->until}};
}

result<rules::Command> read_move(api::Register const& registry, std::string const& id, Form const& form) {
  auto place = read_place(form);
  if (!place) return place.error();
  return rules::Command{rules::Move{rules::RegistrationId{id}, service::new_registration_id(registry.context.random),
                                    std::move(place->address), place->since, place->until}};
}

result<rules::Command> read_correct(api::Register const&, std::string const& id, Form const& form) {
  auto place = read_place(form);
  if (!place) return place.error();
  return rules::Command{
      rules::Correct{rules::RegistrationId{id}, std::move(place->address), place->since, place->until}};
}

result<rules::Command> read_renew(api::Register const&, std::string const& id, Form const& form) {
  auto const until = read_until(form);
  if (!until) return until.error();
  return rules::Command{rules::Renew{rules::RegistrationId{id}, *until}};
}

/// Without a choice, for somebody who has no main residence; if there is one, the rules ask for the choice.
result<rules::Command> read_make_main(api::Register const& registry, std::string const& id, Form const& form) {
  rules::MakeMain command{rules::RegistrationId{id}, {}};
  std::string_view const wish = form.text("former_main");
  if (wish.empty()) return rules::Command{command};
  auto const on = wish == "ended" ? std::optional{std::string{form.text("on")}} : std::nullopt;
  auto const former = api::read_former_main(wish, on, base::day_of(registry.context.clock.now()));
  if (!former) return former.error();
  command.former = *former;
  return rules::Command{command};
}

result<rules::Command> read_end(api::Register const&, std::string const& id, Form const& form) {
  auto const on = api::read_date(form.text("on"), "on");
  if (!on) return on.error();
  return rules::Command{rules::End{rules::RegistrationId{id}, *on}};
}

// Doing what they say.

/// Runs a command on the record that the caller may act on; then on to the receipt.
api::WriteWork act_on(api::Register const& registry, api::Call const& call, Form const& form, rules::Command command) {
  return api::write_then<service::Acted>(
      [&registry, request = call.request, form, command = std::move(command)](
          ports::Transaction& transaction, api::Caller const& caller) -> result<service::Acted> {
        auto const key = key_of_form(caller, request, form);
        if (!key) return key.error();
        return service::act(registry.context, transaction, caller.actor(), command, *key);
      },
      [child = call.child](service::Acted const& acted, ports::Commit const&) -> result<http::Response> {
        if (child) return see_other(root_of(*child) + path_of({"receipts", codec::to_hex(acted.receipt.commitment)}));
        return see_other(path_of({"receipts", std::to_string(acted.receipt.entry)}));
      });
}

/// What a form sends: done, or shown again with what is wrong.
api::Reply submit(api::Register const& registry, api::Call const& call, Read read, Show show_form) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  std::string const id = call.params.empty() ? std::string{} : call.params.front();
  auto const show_again = [&registry, show_form, id, form = *form](base::Error const& error) {
    return show_form(registry, {id, Sheet{form, error}});
  };
  auto command = read(registry, id, *form);
  if (!command) return show_again(command.error());
  auto work = act_on(registry, call, *form, std::move(*command));
  work.otherwise = show_again;
  return work;
}

}  // namespace

api::Reply get_register(api::Register const& registry, api::Call const&) {
  return show_register(registry, {});
}

api::Reply post_register(api::Register const& registry, api::Call const& call) {
  return submit(registry, call, read_register, show_register);
}

api::Reply get_move(api::Register const& registry, api::Call const& call) {
  return show_move(registry, {call.params.at(0)});
}

api::Reply post_move(api::Register const& registry, api::Call const& call) {
  return submit(registry, call, read_move, show_move);
}

api::Reply get_correct(api::Register const& registry, api::Call const& call) {
  return show_correct(registry, {call.params.at(0)});
}

api::Reply post_correct(api::Register const& registry, api::Call const& call) {
  return submit(registry, call, read_correct, show_correct);
}

api::Reply get_renew(api::Register const& registry, api::Call const& call) {
  return show_renew(registry, {call.params.at(0)});
}

api::Reply post_renew(api::Register const& registry, api::Call const& call) {
  return submit(registry, call, read_renew, show_renew);
}

api::Reply get_make_main(api::Register const& registry, api::Call const& call) {
  return show_make_main(registry, {call.params.at(0)});
}

api::Reply post_make_main(api::Register const& registry, api::Call const& call) {
  return submit(registry, call, read_make_main, show_make_main);
}

api::Reply get_end(api::Register const& registry, api::Call const& call) {
  return show_end(registry, {call.params.at(0)});
}

api::Reply post_end(api::Register const& registry, api::Call const& call) {
  return submit(registry, call, read_end, show_end);
}

api::Reply post_confirm(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return act_on(registry, call, *form, rules::Confirm{rules::RegistrationId{call.params.at(0)}});
}

api::Reply post_undo(api::Register const& registry, api::Call const& call) {
  auto const form = Form::read(call.request);
  if (!form) return form.error();
  return act_on(registry, call, *form, rules::Undo{rules::RegistrationId{call.params.at(0)}});
}

}  // namespace abode::pages
