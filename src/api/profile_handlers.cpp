// The rules here, for everybody: the profile in force, and the one that is to come.
#include "api/forms.hpp"
#include "api/handlers.hpp"
#include "codec/text.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;

std::string time_of_day(std::chrono::minutes since_midnight) {
  auto const two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(since_midnight.count() / 60) + ":" + two(since_midnight.count() % 60);
}

json::array kinds_of(rules::Profile const& profile) {
  json::array list;
  for (rules::KindRule const& rule : profile.kinds)
    list.push_back({{"kind", rules::name_of(rule.kind)},
                    {"condition", rule.condition},
                    {"needs_main", rule.needs_main},
                    {"stated_end", rules::name_of(rule.stated_end)},
                    {"owed_after_days", rule.owed_after.count()}});
  return list;
}

json::array offices_of(rules::Profile const& profile) {
  constexpr std::string_view days[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
  json::array list;
  for (rules::Office const& office : profile.offices) {
    json::array hours;
    for (rules::OpeningHours const& open : office.hours)
      hours.push_back(
          {{"day", days[open.day.c_encoding()]}, {"from", time_of_day(open.from)}, {"to", time_of_day(open.to)}});
    list.push_back({{"id", office.id}, {"name", office.name}, {"hours", std::move(hours)}});
  }
  return list;
}

json::object period_of(rules::Period const& period) {
  constexpr std::string_view units[] = {"working-days", "calendar-days", "weeks"};
  constexpr std::string_view ends[] = {"stays", "next-working-day"};
  return {{"in_words", rules::in_words(period)},
          {"count", period.count},
          {"unit", units[static_cast<std::size_t>(period.unit)]},
          {"first_day_counts", period.first_day_counts},
          {"on_day_off", ends[static_cast<std::size_t>(period.on_day_off)]}};
}

json::array purposes_of(rules::Profile const& profile) {
  json::array list;
  for (rules::Purpose const& purpose : rules::purposes)
    if (auto const fields = profile.fields_for(purpose.name); !fields.empty())
      list.push_back({{"id", purpose.name}, {"label", purpose.label}, {"fields", to_json(fields)}});
  return list;
}

json::array evidence_of(rules::Profile const& profile) {
  json::array list;
  for (rules::EvidenceRule const& rule : profile.evidence)
    list.push_back({{"id", rule.id}, {"raises_to", rules::name_of(rule.raises_to)}});
  return list;
}

json::array sources_of(rules::Profile const& profile) {
  json::array list;
  for (rules::Provenance const& rule : profile.provenance)
    list.push_back({{"rule", rule.rule}, {"valid_from", base::format_date(rule.valid_from)}, {"source", rule.source}});
  return list;
}

json::object summary_of(rules::Profile const& profile) {
  return {{"name", profile.name},
          {"title", profile.title},
          {"model", profile.model},
          {"sha256", codec::to_hex(profile.hash)}};
}

json::object to_json(rules::Profile const& profile) {
  json::object out = summary_of(profile);
  out["languages"] = json::array(profile.languages.begin(), profile.languages.end());
  out["filing_window"] = period_of(profile.filing_window);
  out["calendar"] = profile.calendar.name;
  out["kinds"] = kinds_of(profile);
  out["evidence"] = evidence_of(profile);
  out["purposes"] = purposes_of(profile);
  out["offices"] = offices_of(profile);
  out["reply_period_days"] = profile.procedure.reply_period.count();
  out["officials_for_a_decision"] = profile.procedure.officials;
  out["ended_registrations_are_kept_days"] = profile.retention.ended_registrations.count();
  out["civil_time"] = profile.civil_time->name();
  out["own_account_from_age"] = profile.own_account_age.count();
  out["sources"] = sources_of(profile);
  return out;
}

http::Response file(rules::Profile const& profile) {
  http::Response response = http::response(200, "application/toml; charset=utf-8", profile.text);
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

}  // namespace

Reply get_profile(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  json::object body{{"profile", to_json(context.profile())}, {"coming", nullptr}};
  if (rules::Profile const* const coming = context.profiles.coming(context.clock.now())) {
    json::object next = summary_of(*coming);
    next["in_force_from"] = base::format_time(context.profiles.coming_from());
    next["leaf"] = context.profiles.coming_leaf();
    body["coming"] = std::move(next);
  }
  return answer(context.mode, 200, std::move(body));
}

Reply get_profile_file(Register const& registry, Call const&) {
  return file(registry.context.profile());
}

Reply get_coming_profile_file(Register const& registry, Call const&) {
  service::Context const& context = registry.context;
  rules::Profile const* const coming = context.profiles.coming(context.clock.now());
  if (coming == nullptr) return fail(errc::not_found, "No change of the profile is announced.");
  return file(*coming);
}

}  // namespace abode::api
