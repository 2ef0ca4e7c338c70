// The public log's files in memory, with trouble at a chosen write.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ports/tile_files.hpp"

namespace abode::test {

/// What happens to one write of a file.
enum class FileFault : std::uint8_t {
  refused,  ///< fails, and nothing is written
  lost,     ///< is written, yet fails: its answer was lost
};

class MemoryTiles final : public ports::TileFiles {
 public:
  using Plan = std::function<std::optional<FileFault>(std::uint64_t n)>;

  std::map<std::string, base::Bytes, std::less<>> files;
  std::vector<std::string> checkpoints;                    ///< all that were ever published, oldest first
  Plan plan = [](std::uint64_t) { return std::nullopt; };  ///< for the n-th write, counted from 1
  std::uint64_t writes = 0;

  base::result<void> put(std::string_view path, base::ByteView content) override {
    return write([&]() -> base::result<void> {
      auto const [file, added] = files.try_emplace(std::string{path}, base::to_bytes(content));
      if (!added && file->second != base::to_bytes(content))
        return base::fail(base::errc::conflict, "There is another file already.");
      return {};
    });
  }
  base::result<void> publish_checkpoint(std::string_view checkpoint) override {
    return write([&]() -> base::result<void> {
      checkpoints.emplace_back(checkpoint);
      files["checkpoint"] = base::to_bytes(base::as_bytes(checkpoint));
      return {};
    });
  }
  base::result<base::Bytes> get(std::string_view path) override {
    auto const found = files.find(path);
    if (found == files.end()) return base::fail(base::errc::not_found, "There is no such file.");
    return found->second;
  }

 private:
  template <class Write>
  base::result<void> write(Write act) {
    auto const fault = plan(++writes);
    if (fault != FileFault::refused)
      if (auto const done = act(); !done) return done;
    if (fault) return base::fail(base::errc::unavailable, "The disk does not answer.");
    return {};
  }
};

}  // namespace abode::test
