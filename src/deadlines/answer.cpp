#include <algorithm>
#include <tuple>

#include "deadlines/deadlines.hpp"
#include "deadlines/internal/country.hpp"

namespace abode::deadlines {
namespace {

using base::errc;
using base::fail;
using base::result;

bool names(Rule const& rule, std::string const& citizenship) {
  return std::find(rule.citizenships.begin(), rule.citizenships.end(), citizenship) != rule.citizenships.end();
}

/// Of the rules that `applies` takes, the newest of each id that is in force on `day`.
template <class Applies>
std::vector<Rule const*> in_force(Table const& table, base::Date day, Applies const& applies) {
  std::vector<Rule const*> chosen;
  for (Rule const& rule : table.rules) {
    if (!applies(rule) || rule.valid_from > day) continue;
    auto const same =
        std::find_if(chosen.begin(), chosen.end(), [&](Rule const* other) { return other->id == rule.id; });
    if (same == chosen.end())
      chosen.push_back(&rule);
    else if ((*same)->valid_from < rule.valid_from)
      *same = &rule;
  }
  return chosen;
}

std::vector<Rule const*> rules_for(Table const& table, base::Date event,
                                   std::optional<std::string> const& citizenship) {
  std::vector<Rule const*> own;
  if (citizenship) own = in_force(table, event, [&](Rule const& rule) { return names(rule, *citizenship); });
  if (!own.empty()) return own;
  return in_force(table, event, [](Rule const& rule) { return rule.citizenships.empty(); });
}

}  // namespace

result<Answer> answer(Table const& table, rules::Calendar const* calendar, base::Date event,
                      std::optional<std::string> const& citizenship) {
  if (citizenship && !is_country(*citizenship))
    return fail(errc::invalid, "A citizenship is a country's code of two capital letters, such as UZ.", "citizenship");
  if (!event.ok()) return fail(errc::invalid, "There is no such day. Write it as YYYY-MM-DD.", "entry");
  auto const rules = rules_for(table, event, citizenship);
  if (rules.empty())
    return fail(errc::not_found, "No rule of \"" + table.title + "\" was in force on " + base::format_date(event) +
                                     ". Choose a later day.");
  Answer out;
  for (Rule const* rule : rules) {
    auto counted = rules::deadline(rule->period, event, calendar);
    if (!counted) return counted.error();
    out.alternatives.push_back({rule, std::move(*counted)});
  }
  std::sort(out.alternatives.begin(), out.alternatives.end(), [](Alternative const& a, Alternative const& b) {
    return std::tie(a.deadline.last_day, a.rule->id) < std::tie(b.deadline.last_day, b.rule->id);
  });
  out.last_day = out.alternatives.front().deadline.last_day;
  return out;
}

std::vector<std::string> in_words(Table const& table, Answer const& answer) {
  std::vector<std::string> lines;
  lines.push_back("The last day is " + rules::in_words(answer.last_day) + ".");
  bool const differ = answer.alternatives.size() > 1;
  if (differ)
    lines.push_back("Sources differ. This is the earliest of " + std::to_string(answer.alternatives.size()) +
                    " answers: who keeps it is safe by all of them.");
  for (auto const& [rule, deadline] : answer.alternatives) {
    lines.push_back("Rule: within " + rules::in_words(rule->period) + " of " + table.event +
                    ". Source: " + rule->source + ". In force since " + base::format_date(rule->valid_from) + ".");
    if (rule->conflicting) lines.push_back(*rule->conflicting);
    lines.insert(lines.end(), deadline.steps.begin(), deadline.steps.end());
    if (differ) lines.push_back("By this rule the last day is " + rules::in_words(deadline.last_day) + ".");
  }
  lines.insert(lines.end(), table.notes.begin(), table.notes.end());
  return lines;
}

}  // namespace abode::deadlines
