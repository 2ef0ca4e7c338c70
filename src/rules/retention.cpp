#include "rules/retention.hpp"

#include <algorithm>

namespace abode::rules {
namespace {

base::Time kept_until(Ending const& ending, std::chrono::days keep) {
  return ending.filed_at + keep;
}

}  // namespace

base::result<base::Time> erasure_due(Residence const& state, base::Time now, std::chrono::days keep) {
  base::Time due = now + undo_window;
  for (Registration const& registration : state.registrations) {
    if (!registration.ended)
      return base::fail(base::errc::conflict,
                        "You are still registered somewhere. End your registrations first, then ask for the erasure.");
    due = std::max(due, kept_until(*registration.ended, keep));
  }
  return due;
}

Residence without_outlived(Residence state, base::Time now, std::chrono::days keep) {
  std::erase_if(state.registrations, [now, keep](Registration const& registration) {
    return registration.ended && kept_until(*registration.ended, keep) <= now;
  });
  return state;
}

}  // namespace abode::rules
