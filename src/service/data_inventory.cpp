#include "service/data_inventory.hpp"

#include <vector>

#include "base/assert.hpp"
#include "service/internal/inventory.hpp"

namespace abode::service {
namespace {

std::string span_in_words(std::chrono::seconds span) {
  using namespace std::chrono_literals;
  auto const days = std::chrono::duration_cast<std::chrono::days>(span).count();
  if (days >= 365 && days % 365 == 0) return days == 365 ? "One year" : std::to_string(days / 365) + " years";
  if (days > 3) return std::to_string(days) + " days";
  return std::to_string(std::chrono::duration_cast<std::chrono::hours>(span).count()) + " hours";
}

std::string time_in_words(Expiry const& expiry, rules::Profile const& profile) {
  std::chrono::seconds const after = expiry.by_profile ? profile.retention.ended_registrations : expiry.after;
  if (after == std::chrono::seconds{0}) return "At " + std::string{expiry.counted_from};
  return span_in_words(after) + " after " + std::string{expiry.counted_from};
}

}  // namespace

std::span<DataItem const> data_inventory() {
  static std::vector<DataItem> const all = [] {
    auto const people = internal::inventory_of_people();
    auto const of_register = internal::inventory_of_register();
    std::vector<DataItem> items{people.begin(), people.end()};
    items.insert(items.end(), of_register.begin(), of_register.end());
    return items;
  }();
  return all;
}

std::string_view in_words(Ground ground) {
  switch (ground) {
    case Ground::public_task: return "The register's task in the public interest (GDPR Article 6(1)(e))";
    case Ground::own_wish: return "You asked for it, within the register's task (GDPR Article 6(1)(e))";
    case Ground::accountability: return "Accountability and security (GDPR Articles 5(2) and 32)";
    case Ground::none_needed: return "None needed: it tells nothing about a person";
  }
  base::fatal("a ground without words");
}

std::string in_words(Expiry const& expiry, rules::Profile const& profile) {
  switch (expiry.end) {
    case End::on_time: return time_in_words(expiry, profile);
    case End::on_next_act:
      return time_in_words(expiry, profile) + ", when you change your record next; or when you have your record erased";
    case End::on_sign_in:
      return time_in_words(expiry, profile) +
             " it opens nothing any more, and it goes when either of the two signs in next; or " +
             "when either has their record erased";
    case End::on_later_epoch: return "When " + std::string{expiry.counted_from};
    case End::by_holder: return "When you remove or replace it; or when you have your record erased";
    case End::with_erasure: return "When you have your record erased";
    case End::stays: return "It stays: " + std::string{expiry.counted_from};
  }
  base::fatal("an expiry without words");
}

}  // namespace abode::service
