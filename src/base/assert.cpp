#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace abode::base {

void fatal(std::string_view why) {
  std::fprintf(stderr, "abode: fatal: %.*s\n", static_cast<int>(why.size()), why.data());
  std::fflush(stderr);
  std::abort();
}

}  // namespace abode::base
