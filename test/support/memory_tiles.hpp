// The public log's files in memory, with trouble at a chosen write.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ports/tile_files.hpp"

namespace abode::test {

/// A write that fails, of a batch of files or of the checkpoint; what was written all the same, a bit for each file.
struct FileFault {
  std::uint64_t written;
};
inline constexpr FileFault refused{0};               ///< nothing was
inline constexpr FileFault lost{~std::uint64_t{0}};  ///< everything was, only the answer was lost

class MemoryTiles final : public ports::TileFiles {
 public:
  using Plan = std::function<std::optional<FileFault>(std::uint64_t n)>;

  std::map<std::string, base::Bytes, std::less<>> files;
  std::vector<std::string> checkpoints;                    ///< all that were ever published, oldest first
  Plan plan = [](std::uint64_t) { return std::nullopt; };  ///< for the n-th write, counted from 1
  std::uint64_t writes = 0;                                ///< batches of files, and checkpoints

  base::result<void> put(std::span<ports::TileFile const> batch) override {
    auto const fault = plan(++writes);
    std::vector<ports::TileFile> written;
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (!fault || (fault->written >> i & 1) != 0) written.push_back(batch[i]);
    if (auto const done = put_now(written); !done) return done;
    return answer(fault);
  }
  base::result<void> publish_checkpoint(std::string_view checkpoint) override {
    auto const fault = plan(++writes);
    if (!fault || (fault->written & 1) != 0) {
      checkpoints.emplace_back(checkpoint);
      files["checkpoint"] = base::to_bytes(base::as_bytes(checkpoint));
    }
    return answer(fault);
  }
  base::result<base::Bytes> get(std::string_view path) override {
    auto const found = files.find(path);
    if (found == files.end()) return base::fail(base::errc::not_found, "There is no such file.");
    return found->second;
  }

 private:
  base::result<void> put_now(std::span<ports::TileFile const> batch) {
    for (ports::TileFile const& file : batch)
      if (auto const present = files.find(file.path); present != files.end() && present->second != file.content)
        return base::fail(base::errc::conflict, "There is another file already.");
    for (ports::TileFile const& file : batch) files[file.path] = file.content;
    return {};
  }
  static base::result<void> answer(std::optional<FileFault> fault) {
    if (fault) return base::fail(base::errc::unavailable, "The disk does not answer.");
    return {};
  }
};

}  // namespace abode::test
