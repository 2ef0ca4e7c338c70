// The encodings of status lists that the specification publishes (draft-ietf-oauth-status-list-21, section 4.1 and
// appendix "Test vectors for Status List encoding"), and the values that they are of, entered anew.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace abode::test {

struct PublishedList {
  unsigned bits;
  std::size_t entries;
  std::string lst;
  std::vector<std::pair<std::size_t, unsigned>> values;  ///< all others are 0
};

std::vector<PublishedList> published_lists();

}  // namespace abode::test
