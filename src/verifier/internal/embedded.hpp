// Files that ship inside the program.
#pragma once

#include <string_view>

namespace abode::verifier {

std::string_view style_sheet();
std::string_view icon();

}  // namespace abode::verifier
