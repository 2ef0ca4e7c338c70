// Country codes.
#pragma once

#include <string_view>

namespace abode::deadlines {

/// The form of ISO 3166-1 alpha-2: two capital letters.
inline bool is_country(std::string_view code) {
  auto const capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return code.size() == 2 && capital(code[0]) && capital(code[1]);
}

}  // namespace abode::deadlines
