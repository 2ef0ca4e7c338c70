#include "profiles/internal/texts.hpp"

#include <algorithm>
#include <string>

namespace abode::profiles {

std::vector<std::string_view> names_of(std::span<Text const> texts) {
  std::vector<std::string_view> names;
  for (auto const& [name, content] : texts) names.push_back(name);
  return names;
}

base::result<std::string_view> text_named(std::span<Text const> texts, std::string_view what, std::string_view name) {
  auto const found = std::find_if(texts.begin(), texts.end(), [&](Text const& text) { return text.first == name; });
  if (found != texts.end()) return found->second;
  std::string list;
  for (std::string_view known : names_of(texts)) list += (list.empty() ? "" : ", ") + std::string{known};
  return base::fail(base::errc::not_found,
                    "There is no " + std::string{what} + " \"" + std::string{name} + "\". There are: " + list + ".");
}

}  // namespace abode::profiles
