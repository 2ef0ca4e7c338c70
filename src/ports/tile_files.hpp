// The TileFiles port: the public log as files that any static host can serve (C2SP tlog-tiles).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::ports {

/// An immutable file, by its URL path below the log's root, such as "tile/0/x001/067".
struct TileFile {
  std::string path;
  base::Bytes content;
};

/// One writer, many readers.
class TileFiles {
 public:
  virtual ~TileFiles() = default;

  /// Writes files, each path once, and makes them durable together: all of them are when it returns. After a failure or
  /// a crash each is whole or absent, whichever it be; put them again. Writing the same bytes again is allowed
  /// (recovery does); other bytes at one of the paths are errc::conflict, and nothing is written.
  virtual base::result<void> put(std::span<TileFile const> files) = 0;
  /// Replaces the checkpoint, atomically and durably.
  virtual base::result<void> publish_checkpoint(std::string_view checkpoint) = 0;
  /// errc::not_found if absent. `path` must be canonical (log::parse_tile_path).
  virtual base::result<base::Bytes> get(std::string_view path) = 0;
};

}  // namespace abode::ports
