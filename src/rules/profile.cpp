#include "rules/profile.hpp"

#include <algorithm>

namespace abode::rules {
namespace {

template <class List, class Matches>
auto find(List const& list, Matches matches) -> decltype(list.data()) {
  auto const found = std::find_if(list.begin(), list.end(), matches);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name_of(StatedEnd stated_end) {
  constexpr std::string_view names[] = {"none", "allowed", "required"};
  return names[static_cast<std::size_t>(stated_end)];
}

Office const* Profile::office(std::string_view id) const {
  return find(offices, [&](Office const& office) { return office.id == id; });
}

KindRule const* Profile::kind(Kind wanted) const {
  return find(kinds, [&](KindRule const& rule) { return rule.kind == wanted; });
}

EvidenceRule const* Profile::evidence_for(std::string_view id) const {
  return find(evidence, [&](EvidenceRule const& rule) { return rule.id == id; });
}

FieldSet Profile::fields_for(std::string_view purpose) const {
  PurposeRule const* const rule = find(purposes, [&](PurposeRule const& r) { return r.name == purpose; });
  Purpose const* const floor = purpose_named(purpose);
  return rule != nullptr && floor != nullptr ? rule->fields & floor->fields : FieldSet{};
}

base::result<void> check_kind(Profile const& profile, Residence const& state, Command const& command) {
  File const* const file = std::get_if<File>(&command);
  if (file == nullptr) return {};
  KindRule const* const rule = profile.kind(file->kind);
  if (rule == nullptr)
    return base::fail(base::errc::invalid, "There is no such kind of registration here. Choose another.", "kind");
  if (rule->needs_main && state.main() == nullptr)
    return base::fail(base::errc::conflict, "This kind stands beside a main residence. Register your main one first.",
                      "kind");
  return {};
}

base::result<void> check_stated_end(Profile const& profile, Event const& event) {
  bool const states_it =
      event.act == Act::file || event.act == Act::move || event.act == Act::correct || event.act == Act::renew;
  if (!states_it) return {};
  auto const is_subject = [&](Registration const& registration) { return registration.id == event.subject; };
  Registration const* const subject =
      event.added && is_subject(*event.added) ? &*event.added : find(event.changed, is_subject);
  KindRule const* const rule = subject != nullptr ? profile.kind(subject->kind) : nullptr;
  if (rule == nullptr) return {};
  if (rule->stated_end == StatedEnd::none && subject->until)
    return base::fail(base::errc::invalid, "A registration of this kind has no stated end here. Leave the date out.",
                      "until");
  if (rule->stated_end == StatedEnd::required && !subject->until)
    return base::fail(base::errc::invalid,
                      "Say until when you expect to stay. Nothing ends by itself, and you can change it.", "until");
  return {};
}

base::result<void> check_letters(Profile const& profile) {
  EvidenceRule const* const rule = profile.evidence_for(mailed_code);
  if (rule != nullptr && rule->raises_to == Assurance::code_confirmed) return {};
  return base::fail(base::errc::conflict,
                    "The rules here know no code by letter. Your registration counts as it is, by your word.");
}

std::optional<FilingWindow> filing_window(Profile const& profile, Registration const& registration) {
  // The last place on earth where a day ends.
  constexpr std::chrono::hours behind_utc{12};
  KindRule const* const rule = profile.kind(registration.kind);
  if (rule == nullptr || rule->owed_after.count() > 0) return std::nullopt;
  auto const counted = deadline(profile.filing_window, registration.since, &profile.calendar);
  if (!counted) return std::nullopt;
  base::Time const over{std::chrono::sys_days{counted->last_day} + std::chrono::days{1} + behind_utc};
  return FilingWindow{counted->last_day, registration.filed_at < over};
}

Provenance const* not_yet_in_force(Profile const& profile, base::Date day) {
  return find(profile.provenance, [&](Provenance const& rule) { return rule.valid_from > day; });
}

}  // namespace abode::rules
