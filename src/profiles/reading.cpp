#include "profiles/reading.hpp"

#include <algorithm>

namespace abode::profiles {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string read_name(codec::TomlReader& reader, std::string_view key) {
  std::string name = reader.text(key);
  if (!is_name(name)) reader.fail(key, "is not a name: write a-z, 0-9 and hyphens, 64 at most.");
  return name;
}

rules::Period read_period(codec::TomlReader& reader) {
  rules::Period period{};
  period.count = static_cast<unsigned>(reader.integer("count", 1, rules::max_period_count));
  period.unit = static_cast<rules::Unit>(reader.choice("unit", {"working-days", "calendar-days", "weeks"}));
  period.first_day_counts = reader.flag("first_day_counts");
  if (period.unit == rules::Unit::working_days)
    period.on_day_off = rules::OnDayOff::next_working_day;
  else
    period.on_day_off = static_cast<rules::OnDayOff>(reader.choice("on_day_off", {"stays", "next-working-day"}));
  return period;
}

}  // namespace abode::profiles
