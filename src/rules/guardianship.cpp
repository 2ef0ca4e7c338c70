#include "rules/guardianship.hpp"

namespace abode::rules {

base::Date birthday(base::Date born, std::chrono::years age) {
  base::Date const same_day = born + age;
  return same_day.ok() ? same_day : base::Date{same_day.year(), std::chrono::March, std::chrono::day{1}};
}

bool has_reached(base::Date born, std::chrono::years age, base::Time now) {
  return base::day_of(now) >= birthday(born, age);
}

}  // namespace abode::rules
