// What came of a question, in words for whoever asked.
#pragma once

#include "openid4vp/finding.hpp"

namespace abode::verifier::internal {

/// How good it is: each has a colour and a shape of its own, so that neither has to be seen alone.
enum class Light : std::uint8_t {
  good,   ///< rely on it
  again,  ///< it may become good: ask again
  bad     ///< do not rely on it
};

struct Words {
  Light light;
  std::string_view title;
  std::string_view meaning;
  std::string_view next;  ///< what to do
};

Words words_for(openid4vp::Finding const& finding);

}  // namespace abode::verifier::internal
