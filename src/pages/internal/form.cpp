#include "pages/internal/form.hpp"

#include <algorithm>

#include "api/problem.hpp"
#include "codec/text.hpp"
#include "pages/internal/words.hpp"

namespace abode::pages {
namespace {

std::string hint_id(std::string_view name) {
  return std::string{name} + "-hint";
}

std::string error_id(std::string_view name) {
  return std::string{name} + "-error";
}

/// For aria-describedby: the ids of a field's hint and error message, if it has any.
std::optional<std::string> descriptions_of(Sheet const& sheet, Prompt const& prompt) {
  std::string ids;
  if (!prompt.hint.empty()) ids += hint_id(prompt.name);
  if (sheet.at_fault(prompt.name)) ids += (ids.empty() ? "" : " ") + error_id(prompt.name);
  return ids.empty() ? std::nullopt : std::optional{ids};
}

Html hint_of(Prompt const& prompt) {
  if (prompt.hint.empty()) return {};
  return el("p", {{"class", "hint"}, {"id", hint_id(prompt.name)}}, prompt.hint);
}

Html error_of(Sheet const& sheet, Prompt const& prompt) {
  if (!sheet.at_fault(prompt.name)) return {};
  return el("p", {{"class", "error"}, {"id", error_id(prompt.name)}}, el("span", {{"class", "unseen"}}, "Error: "),
            in_words(*sheet.error));
}

std::string_view class_of(Sheet const& sheet, Prompt const& prompt) {
  return sheet.at_fault(prompt.name) ? "field at-fault" : "field";
}

/// The value for aria-invalid.
std::optional<std::string_view> invalid(Sheet const& sheet, Prompt const& prompt) {
  return sheet.at_fault(prompt.name) ? std::optional<std::string_view>{"true"} : std::nullopt;
}

std::string_view class_of(Width width) {
  switch (width) {
    case Width::narrow: return "narrow";
    case Width::medium: return "medium";
    case Width::full: return "full";
  }
  return "full";
}

Html labelled(Sheet const& sheet, Prompt const& prompt, Html const& control) {
  return el("div", {{"class", class_of(sheet, prompt)}}, el("label", {{"for", prompt.name}}, prompt.label),
            hint_of(prompt), error_of(sheet, prompt), control);
}

/// One row of a group. The first one has the group's name as id, for the link in the error summary.
Html choice(Sheet const& sheet, Prompt const& group, std::string_view type, Option const& option, bool first) {
  std::string const id = first ? std::string{group.name} : std::string{group.name} + "-" + std::string{option.value};
  bool const hinted = !option.hint.empty();
  Html hint;
  if (hinted) hint = el("span", {{"class", "hint"}, {"id", hint_id(id)}}, option.hint);
  return el("div", {{"class", "choice"}},
            el("input", {{"type", type},
                         {"id", id},
                         {"name", group.name},
                         {"value", option.value},
                         {"checked", sheet.form.ticked(group.name, option.value)},
                         {"aria-describedby", hinted ? std::optional{hint_id(id)} : std::nullopt}}),
            el("label", {{"for", id}}, option.label), hint);
}

Html choices(Sheet const& sheet, Prompt const& group, std::string_view type, std::span<Option const> options) {
  Html rows;
  for (Option const& option : options) rows.add(choice(sheet, group, type, option, &option == &options.front()));
  return el("fieldset", {{"class", class_of(sheet, group)}, {"aria-describedby", descriptions_of(sheet, group)}},
            el("legend", group.label), hint_of(group), error_of(sheet, group), rows);
}

}  // namespace

base::result<Form> Form::read(http::Request const& request) {
  std::string_view const type = http::header(request, "Content-Type");
  if (type.substr(0, type.find(';')) != "application/x-www-form-urlencoded")
    return base::fail(base::errc::unsupported,
                      "This page takes what its own form sends. Open the page and fill in the form there.");
  auto pairs = http::parse_form(request.body);
  if (!pairs) return pairs.error();
  Form form;
  form.pairs_ = std::move(*pairs);
  return form;
}

std::string_view Form::text(std::string_view name) const {
  auto const found = std::find_if(pairs_.begin(), pairs_.end(), [&](auto const& pair) { return pair.first == name; });
  return found == pairs_.end() ? std::string_view{} : std::string_view{found->second};
}

bool Form::ticked(std::string_view name, std::string_view value) const {
  return std::any_of(pairs_.begin(), pairs_.end(),
                     [&](auto const& pair) { return pair.first == name && pair.second == value; });
}

std::vector<std::string> Form::values(std::string_view name) const {
  std::vector<std::string> out;
  for (auto const& [key, value] : pairs_)
    if (key == name) out.push_back(value);
  return out;
}

unsigned Sheet::status() const {
  return error ? api::status_of(error->code) : 200;
}

Html request_key(base::Random& random, Sheet const& sheet) {
  bool const used_up =
      sheet.error && (sheet.error->code == base::errc::key_reused || sheet.error->code == base::errc::conflict);
  std::string key{used_up ? std::string_view{} : sheet.form.text(request_key_field)};
  if (key.empty()) key = codec::to_base64url(random.bytes<16>());
  return el("input", {{"type", "hidden"}, {"name", request_key_field}, {"value", key}});
}

Html error_summary(Sheet const& sheet) {
  if (!sheet.error) return {};
  Html what = group(in_words(*sheet.error));
  if (!sheet.error->field.empty()) what = el("a", {{"href", "#" + sheet.error->field}}, what);
  return el("div", {{"class", "summary"}, {"role", "alert"}, {"aria-labelledby", "summary-title"}},
            el("h2", {{"id", "summary-title"}}, "There is a problem"), el("p", what));
}

Html text_input(Sheet const& sheet, TextInput const& input) {
  Prompt const& prompt = input.prompt;
  return labelled(sheet, prompt,
                  el("input", {{"type", input.type},
                               {"id", prompt.name},
                               {"name", prompt.name},
                               {"class", class_of(input.width)},
                               {"value", sheet.form.text(prompt.name)},
                               {"dir", "auto"},
                               {"autocomplete", input.autocomplete},
                               {"aria-describedby", descriptions_of(sheet, prompt)},
                               {"aria-invalid", invalid(sheet, prompt)}}));
}

Html text_area(Sheet const& sheet, Prompt const& prompt, char const* rows, char const* autocomplete) {
  // A line break right after the tag is not part of the text: without it, one that was typed first would be lost.
  return labelled(sheet, prompt,
                  el("textarea",
                     {{"id", prompt.name},
                      {"name", prompt.name},
                      {"rows", rows},
                      {"dir", "auto"},
                      {"autocomplete", autocomplete},
                      {"aria-describedby", descriptions_of(sheet, prompt)},
                      {"aria-invalid", invalid(sheet, prompt)}},
                     "\n", sheet.form.text(prompt.name)));
}

Html check_boxes(Sheet const& sheet, Prompt const& group, std::span<Option const> options) {
  return choices(sheet, group, "checkbox", options);
}

std::vector<Option> record_fields() {
  std::vector<Option> options;
  for (rules::Field field : rules::all_fields) options.push_back({rules::name_of(field), in_words(field)});
  return options;
}

Html radio_buttons(Sheet const& sheet, Prompt const& group, std::span<Option const> options) {
  return choices(sheet, group, "radio", options);
}

Html select_box(Sheet const& sheet, Prompt const& prompt, std::span<Option const> options) {
  Html rows;
  for (Option const& option : options)
    rows.add(el("option", {{"value", option.value}, {"selected", sheet.form.ticked(prompt.name, option.value)}},
                option.label));
  return labelled(sheet, prompt,
                  el("select",
                     {{"id", prompt.name},
                      {"name", prompt.name},
                      {"aria-describedby", descriptions_of(sheet, prompt)},
                      {"aria-invalid", invalid(sheet, prompt)}},
                     rows));
}

Html submit_button(std::string_view label) {
  return el("p", {{"class", "actions"}}, el("button", {{"type", "submit"}}, label));
}

Html button_form(base::Random& random, std::string_view action, std::string_view label, std::string_view about) {
  return el("form", {{"method", "post"}, {"action", action}}, request_key(random),
            el("button", {{"type", "submit"}, {"class", "second"}}, label,
               el("span", {{"class", "unseen"}}, " (", about, ")")));
}

}  // namespace abode::pages
