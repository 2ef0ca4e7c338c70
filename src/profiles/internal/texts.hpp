// The files that the build put into the program (cmake/embed.cmake), by name without ".toml", in order.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace abode::profiles {

using Text = std::pair<std::string_view, std::string_view>;  ///< name, content

std::span<Text const> profile_texts();
std::span<Text const> calendar_texts();

std::vector<std::string_view> names_of(std::span<Text const> texts);
/// errc::not_found: "There is no WHAT "NAME". There are: ..."
base::result<std::string_view> text_named(std::span<Text const> texts, std::string_view what, std::string_view name);

}  // namespace abode::profiles
