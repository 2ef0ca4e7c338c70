#include "rules/profile.hpp"

#include <algorithm>

namespace abode::rules {

Office const* Profile::office(std::string_view id) const {
  auto const found = std::find_if(offices.begin(), offices.end(), [&](Office const& o) { return o.id == id; });
  return found == offices.end() ? nullptr : &*found;
}

Profile const& specimen_profile() {
  static Profile const profile{
      .name = "specimen",
      .model = true,
      .offices = {{"school-office", "School Office of Utopia"}, {"civic-office", "Civic Office of Utopia"}},
      .opening_code_min = std::chrono::minutes{15},
      .opening_code_max = std::chrono::days{7},
      .opening_code_default = std::chrono::days{1},
      .session_life = std::chrono::hours{12},
  };
  return profile;
}

}  // namespace abode::rules
