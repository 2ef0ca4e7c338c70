// The TileFiles port: the public log as files that any static host can serve (C2SP tlog-tiles).
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::ports {

/// Files by their URL path below the log's root, such as "tile/0/x001/067". One writer, many readers.
class TileFiles {
 public:
  virtual ~TileFiles() = default;

  /// Writes an immutable file: durable when it returns, whole or absent after a crash. Writing the same bytes again is
  /// allowed (recovery does); other bytes at an existing path are errc::conflict.
  virtual base::result<void> put(std::string_view path, base::ByteView content) = 0;
  /// Replaces the checkpoint, atomically and durably.
  virtual base::result<void> publish_checkpoint(std::string_view checkpoint) = 0;
  /// errc::not_found if absent. `path` must be canonical (log::parse_tile_path).
  virtual base::result<base::Bytes> get(std::string_view path) = 0;
};

}  // namespace abode::ports
