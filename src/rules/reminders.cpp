#include "rules/reminders.hpp"

#include <algorithm>

namespace abode::rules {

using std::chrono::days;
using std::chrono::sys_days;

std::vector<base::Time> reminders_after(Residence const& state, base::Time after, base::CivilTime const& civil_time) {
  std::vector<base::Time> moments;
  for (Registration const& registration : state.registrations) {
    if (!registration.active() || !registration.until || registration.filed_by) continue;
    for (days const before : reminded_before) {
      base::Time const moment = civil_time.moment_of(sys_days{*registration.until} - before, reminded_at);
      if (moment > after) moments.push_back(moment);
    }
  }
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  moments.resize(std::min(moments.size(), max_reminders));
  return moments;
}

std::optional<days> days_until_end(Registration const& registration, base::Date today) {
  if (!registration.active() || !registration.until) return std::nullopt;
  days const left = sys_days{*registration.until} - sys_days{today};
  if (left < days{0} || left > reminded_before.front()) return std::nullopt;
  return left;
}

}  // namespace abode::rules
