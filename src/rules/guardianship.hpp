// Until when somebody files for a child.
#pragma once

#include "base/time.hpp"

namespace abode::rules {

/// A guardian's access ends on the child's birthday of this age.
constexpr std::chrono::years age_of_majority{18};
constexpr std::size_t max_guardians = 4;  ///< of one child

/// The day on which somebody born on `born` reaches the age. Who was born on 29 February reaches it on 1 March of a
/// year without that day: the year of life ends with 28 February.
base::Date birthday(base::Date born, std::chrono::years age);

/// True from the birthday of that age on. Days are those of UTC.
bool has_reached(base::Date born, std::chrono::years age, base::Time now);

}  // namespace abode::rules
