// The StatusFiles port: published lists of statuses, as files that any static host can serve.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::ports {

/// One writer, many readers. A name is 12 hexadecimal digits (service::status_list_name).
class StatusFiles {
 public:
  virtual ~StatusFiles() = default;

  /// Writes a list, in place of the one before: atomically and durably. Fails as the disk does.
  virtual base::result<void> put(std::string_view name, std::string_view token) = 0;
  /// errc::not_found if there is none.
  virtual base::result<std::string> get(std::string_view name) = 0;
  /// Removes all others.
  virtual base::result<void> keep_only(std::vector<std::string> const& names) = 0;
};

}  // namespace abode::ports
