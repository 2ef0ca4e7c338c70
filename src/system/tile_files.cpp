// The public log's files in a directory, made durable together: a batch waits for the disk a few times, whatever the
// number of its files.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <system_error>
#include <thread>
#include <vector>

#include "system/files.hpp"
#include "system/internal/disk.hpp"

namespace abode::system {
namespace {

using base::errc;
using base::fail;
using base::result;
using internal::Descriptor;
using internal::directory_of;
using internal::io_error;
using internal::sync_directory;
using ports::TileFile;
namespace fs = std::filesystem;

constexpr std::size_t max_open = 64;       ///< files that are written together
constexpr std::size_t max_threads = 4;     ///< that wait for the disk at once
constexpr std::size_t max_settled = 1000;  ///< directories that are remembered
constexpr mode_t directory_mode = 0755;    ///< static hosts serve these under another account
constexpr mode_t file_mode = 0644;

/// Does things that only wait for the disk several at once. Its helpers start with the first of them; whoever is late
/// finds the work done by the others. Used by one thread.
class Team {
 public:
  using Act = std::function<result<void>(std::size_t)>;

  Team() = default;
  Team(Team const&) = delete;
  Team& operator=(Team const&) = delete;
  ~Team() {
    std::lock_guard const lock{mutex_};
    dismissed_ = true;
    wanted_.notify_all();
  }

  /// `act` for each of 0 to count - 1. The first failure, if any, once all are done.
  result<void> run(std::size_t count, Act const& act) {
    start_helpers(count);
    std::unique_lock lock{mutex_};
    act_ = &act;
    count_ = count;
    next_ = finished_ = 0;
    failure_.reset();
    wanted_.notify_all();
    work(lock);
    all_done_.wait(lock, [this] { return finished_ == count_; });
    if (failure_) return *failure_;
    return {};
  }

 private:
  void start_helpers(std::size_t count) {
    try {
      while (helpers_.size() + 1 < std::min(count, max_threads)) helpers_.emplace_back([this] { help(); });
    } catch (std::system_error const&) {
      // No more threads to be had: those there are do all of it.
    }
  }
  void help() {
    std::unique_lock lock{mutex_};
    while (!dismissed_) {
      work(lock);
      wanted_.wait(lock, [this] { return dismissed_ || next_ < count_; });
    }
  }
  void work(std::unique_lock<std::mutex>& lock) {
    while (next_ < count_) {
      std::size_t const mine = next_++;
      lock.unlock();
      auto const done = (*act_)(mine);
      lock.lock();
      if (!done && !failure_) failure_ = done.error();
      if (++finished_ == count_) all_done_.notify_one();
    }
  }

  std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable all_done_;
  Act const* act_ = nullptr;
  std::size_t count_ = 0;
  std::size_t next_ = 0;
  std::size_t finished_ = 0;
  std::optional<base::Error> failure_;
  bool dismissed_ = false;
  std::vector<std::jthread> helpers_;  // last: they use the others
};

/// A file that has no name of its own yet. Nobody but the owner can open it before it is whole.
struct Temporary {
  fs::path name;
  fs::path final_name;
  Descriptor file;

  explicit Temporary(fs::path const& path)
      : name(path.string() + ".new"),
        final_name(path),
        file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}

  /// The disk may begin with it, so that the first sync finds all files of a batch on their way.
  result<void> write(base::ByteView content) const {
    if (!file.valid()) return io_error("write", name);
    if (auto const written = internal::write_all(file, content, name); !written) return written;
    if (::fchmod(file.get(), file_mode) != 0) return io_error("set the rights of", name);
    (void)::sync_file_range(file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);  // a hint: sync() says whether it worked
    return {};
  }
  result<void> sync() const { return ::fsync(file.get()) == 0 ? result<void>{} : io_error("sync", name); }
  result<void> rename() const {
    return ::rename(name.c_str(), final_name.c_str()) == 0 ? result<void>{} : io_error("replace", final_name);
  }
};

class DirectoryTiles final : public ports::TileFiles {
 public:
  explicit DirectoryTiles(fs::path root) : root_(std::move(root)) {}

  result<void> put(std::span<TileFile const> files) override {
    auto const absent = absent_of(files);
    if (!absent) return absent.error();
    std::set<fs::path> directories;  // of those that are there too: whoever wrote them may have died before the sync
    for (TileFile const& file : files) directories.insert((root_ / file.path).parent_path());
    for (fs::path const& directory : directories)
      if (auto const settled = settle(directory); !settled) return settled;
    for (std::size_t at = 0; at < absent->size(); at += max_open)
      if (auto const done = write_together(std::span{*absent}.subspan(at, std::min(max_open, absent->size() - at)));
          !done)
        return done;
    std::vector<fs::path> const to_sync{directories.begin(), directories.end()};
    return team_.run(to_sync.size(), [&](std::size_t i) { return sync_directory(to_sync[i]); });
  }

  result<void> publish_checkpoint(std::string_view checkpoint) override {
    if (auto const made = make_directories(root_, Access::everyone_reads); !made) return made;
    return write_file(root_ / "checkpoint", base::as_bytes(checkpoint), Access::everyone_reads);
  }

  result<base::Bytes> get(std::string_view path) override { return read_file(root_ / path, max_tile_size_bytes); }

 private:
  static constexpr std::size_t max_tile_size_bytes = std::size_t{256} * (65535 + 2);  // the largest bundle of entries

  /// Those that are to be written. What cannot be read may be the very file: never write over it.
  result<std::vector<TileFile const*>> absent_of(std::span<TileFile const> files) {
    std::vector<TileFile const*> absent;
    for (TileFile const& file : files) {
      auto const present = get(file.path);
      if (!present && present.error().code != errc::not_found) return present.error();
      if (!present)
        absent.push_back(&file);
      else if (*present != file.content)
        return fail(errc::conflict,
                    "The log file " + (root_ / file.path).string() + " is there already with other content.");
    }
    return absent;
  }

  /// Makes a directory of the log and those above it as needed, and their names durable, once in the life of this
  /// object: that one is there does not say so.
  result<void> settle(fs::path const& directory) {
    if (settled_.contains(directory)) return {};
    if (directory == root_) {
      if (auto const made = make_directories(root_, Access::everyone_reads); !made) return made;
    } else {
      if (auto const parent = settle(directory_of(directory)); !parent) return parent;
      if (auto const made = internal::make_directory(directory, directory_mode); !made) return made;
    }
    if (auto const synced = sync_directory(directory_of(directory)); !synced) return synced;
    if (settled_.size() == max_settled) settled_.clear();
    settled_.insert(directory);
    return {};
  }

  /// Gives each its name once all of them are on the disk; the names are not durable yet.
  result<void> write_together(std::span<TileFile const* const> files) {
    std::vector<Temporary> temporaries;
    auto const done = [&]() -> result<void> {
      for (TileFile const* file : files) ::unlink((root_ / (file->path + ".new")).c_str());  // of a crash
      for (TileFile const* file : files)
        if (auto const written = temporaries.emplace_back(root_ / file->path).write(file->content); !written)
          return written;
      auto const synced = team_.run(temporaries.size(), [&](std::size_t i) { return temporaries[i].sync(); });
      if (!synced) return synced;
      for (Temporary const& temporary : temporaries)
        if (auto const renamed = temporary.rename(); !renamed) return renamed;
      return {};
    }();
    if (!done)
      for (Temporary const& temporary : temporaries)
        ::unlink(temporary.name.c_str());  // half a batch only fills the disk
    return done;
  }

  fs::path root_;
  std::set<fs::path> settled_;
  Team team_;
};

}  // namespace

std::unique_ptr<ports::TileFiles> make_tile_files(std::filesystem::path root) {
  return std::make_unique<DirectoryTiles>(std::move(root));
}

}  // namespace abode::system
