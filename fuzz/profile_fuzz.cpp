// Every file that people write for profiles, fed with anything: nothing crashes, and what is read keeps its promises.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "deadlines/deadlines.hpp"
#include "profiles/calendars.hpp"
#include "profiles/profiles.hpp"
#include "rules/floors.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using abode::base::ensure;
  std::string_view const text = abode::base::as_text({data, size});
  if (auto const profile = abode::profiles::parse_profile(text, "profile")) {
    ensure(abode::rules::check_floors(*profile).has_value(), "a profile below a floor was read");
    ensure(profile->kind(abode::rules::Kind::main) != nullptr, "a profile without a main residence was read");
  } else {
    ensure(!profile.error().detail.empty(), "a refusal says nothing");
  }
  auto const calendar = abode::profiles::parse_calendar(text, "calendar");
  if (calendar)
    for (auto const& year : calendar->years) ensure(abode::rules::working_days(*calendar, year) <= 366, "a long year");
  if (auto const table = abode::deadlines::parse_table(text, "table")) {
    using namespace std::chrono_literals;
    auto const russia = abode::profiles::built_in_calendar("russia");
    auto const answer = abode::deadlines::answer(*table, &*russia, 2026y / 4 / 28, "UZ");
    if (answer) ensure(!abode::deadlines::in_words(*table, *answer).empty(), "an answer without words");
  }
  return 0;
}
