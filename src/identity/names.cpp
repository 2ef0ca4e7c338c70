#include "identity/names.hpp"

#include <string_view>

namespace abode::identity {
namespace {

/// Words apart by one space, however many fillers are between them.
std::string plain(std::string_view identifier) {
  std::string words;
  for (char const c : identifier) {
    if (c != '<')
      words.push_back(c);
    else if (!words.empty() && words.back() != ' ')
      words.push_back(' ');
  }
  return words;
}

}  // namespace

Names names_of(Mrz const& mrz) {
  return {plain(mrz.primary_identifier), plain(mrz.secondary_identifier)};
}

}  // namespace abode::identity
