#include "system/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace abode::system {
namespace {

using base::errc;
using base::fail;
using base::result;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

base::Error io_error(std::string const& doing, std::filesystem::path const& path) {
  int const error = errno;
  errc const code = error == ENOENT                      ? errc::not_found
                    : error == ENOSPC || error == EDQUOT ? errc::out_of_space
                                                         : errc::unavailable;
  return fail(code, "Cannot " + doing + " " + path.string() + ": " +
                        std::error_code{error, std::generic_category()}.message() + ".");
}

result<void> write_all(Descriptor const& file, base::ByteView content, std::filesystem::path const& path) {
  while (!content.empty()) {
    ssize_t const written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return io_error("write", path);
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

/// The directory that `path` is in; "." for a bare name.
std::filesystem::path directory_of(std::filesystem::path const& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

result<void> sync_directory(std::filesystem::path const& directory) {
  Descriptor const opened{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!opened.valid() || ::fsync(opened.get()) != 0) return io_error("sync", directory);
  return {};
}

/// A new file, durable. Nobody but the owner can open it before it is whole.
result<void> write_new(std::filesystem::path const& path, base::ByteView content, mode_t mode) {
  Descriptor const file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!file.valid()) return io_error("write", path);
  if (auto const written = write_all(file, content, path); !written) return written;
  if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0) return io_error("sync", path);
  return {};
}

class DirectoryTiles final : public ports::TileFiles {
 public:
  explicit DirectoryTiles(std::filesystem::path root) : root_(std::move(root)) {}

  result<void> put(std::string_view path, base::ByteView content) override {
    std::filesystem::path const file = root_ / path;
    auto const present = read_file(file, max_tile_size_bytes);
    if (present) {
      if (std::equal(present->begin(), present->end(), content.begin(), content.end())) return {};
      return fail(errc::conflict, "The log file " + file.string() + " is there already with other content.");
    }
    if (present.error().code != errc::not_found)
      return present.error();  // it may be the very file: never write over it
    if (auto const made = make_directories(file.parent_path(), Access::everyone_reads); !made) return made;
    return write_file(file, content, Access::everyone_reads);
  }

  result<void> publish_checkpoint(std::string_view checkpoint) override {
    if (auto const made = make_directories(root_, Access::everyone_reads); !made) return made;
    return write_file(root_ / "checkpoint", base::as_bytes(checkpoint), Access::everyone_reads);
  }

  result<base::Bytes> get(std::string_view path) override { return read_file(root_ / path, max_tile_size_bytes); }

 private:
  static constexpr std::size_t max_tile_size_bytes = std::size_t{256} * (65535 + 2);  // the largest bundle of entries
  std::filesystem::path root_;
};

constexpr std::size_t block_size_bytes = std::size_t{1} << 20;

/// One read of up to a block's size; 0 at the end of the file.
result<std::size_t> read_block(Descriptor const& file, std::span<std::uint8_t> into,
                               std::filesystem::path const& path) {
  for (;;) {
    ssize_t const got = ::read(file.get(), into.data(), into.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return io_error("read", path);
  }
}

}  // namespace

result<void> make_directories(std::filesystem::path const& path, Access access) {
  mode_t const mode = access == Access::owner_only ? 0700 : 0755;
  if (std::error_code absent; std::filesystem::is_directory(path, absent)) return {};
  if (path == directory_of(path)) return fail(errc::unavailable, path.string() + " is not a directory.");
  if (auto const parent = make_directories(directory_of(path), access); !parent) return parent;
  if (::mkdir(path.c_str(), mode) != 0) return errno == EEXIST ? result<void>{} : io_error("make the directory", path);
  if (::chmod(path.c_str(), mode) != 0) return io_error("set the rights of", path);  // whatever the umask
  return sync_directory(directory_of(path));
}

result<void> read_blocks(std::filesystem::path const& path, std::function<void(base::ByteView)> const& take) {
  Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.valid()) return io_error("read", path);
  base::Bytes block(block_size_bytes);
  for (;;) {
    auto const got = read_block(file, block, path);
    if (!got) return got.error();
    if (*got == 0) return {};
    take(base::ByteView{block}.first(*got));
  }
}

result<void> copy_file(std::filesystem::path const& from, std::filesystem::path const& to, Access access) {
  Descriptor const source{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!source.valid()) return io_error("read", from);
  Descriptor const target{::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!target.valid()) return io_error("write", to);
  base::Bytes block(block_size_bytes);
  for (;;) {
    auto const got = read_block(source, block, from);
    if (!got) return got.error();
    if (*got == 0) break;
    if (auto const written = write_all(target, base::ByteView{block}.first(*got), to); !written) return written;
  }
  if (::fchmod(target.get(), access == Access::owner_only ? 0600 : 0644) != 0 || ::fsync(target.get()) != 0)
    return io_error("sync", to);
  return sync_directory(directory_of(to));
}

result<void> replace_and_wipe(std::filesystem::path const& from, std::filesystem::path const& to) {
  Descriptor const old{::open(to.c_str(), O_WRONLY | O_CLOEXEC)};
  struct stat status{};
  if (!old.valid() || ::fstat(old.get(), &status) != 0) return io_error("open", to);
  if (::rename(from.c_str(), to.c_str()) != 0) return io_error("replace", to);
  if (auto const synced = sync_directory(directory_of(to)); !synced) return synced;
  base::Bytes const zeros(static_cast<std::size_t>(status.st_size));
  if (auto const wiped = write_all(old, zeros, to); !wiped) return wiped;
  return ::fsync(old.get()) == 0 ? result<void>{} : io_error("sync", to);
}

result<void> move_into_place(std::filesystem::path const& from, std::filesystem::path const& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
    return errno == EEXIST ? fail(errc::conflict, to.string() + " is there already. Choose another name.")
                           : io_error("move into place", to);
  return sync_directory(directory_of(to));
}

result<void> remove_file(std::filesystem::path const& path) {
  std::error_code problem;
  std::filesystem::remove(path, problem);
  if (problem) return fail(errc::unavailable, "Cannot remove " + path.string() + ": " + problem.message() + ".");
  return sync_directory(directory_of(path));
}

result<base::Bytes> read_file(std::filesystem::path const& path, std::size_t limit_bytes) {
  Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status{};
  if (!file.valid() || ::fstat(file.get(), &status) != 0) return io_error("read", path);
  if (!S_ISREG(status.st_mode)) return fail(errc::unavailable, path.string() + " is not a file.");
  if (static_cast<std::size_t>(status.st_size) > limit_bytes)
    return fail(errc::too_large, path.string() + " is larger than " + std::to_string(limit_bytes) + " bytes.");
  base::Bytes content(static_cast<std::size_t>(status.st_size));
  std::size_t have = 0;
  while (have < content.size()) {
    ssize_t const got = ::read(file.get(), content.data() + have, content.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error("read", path);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  content.resize(have);
  return content;
}

result<void> write_file(std::filesystem::path const& path, base::ByteView content, Access access) {
  std::filesystem::path const temporary = path.string() + ".new";
  ::unlink(temporary.c_str());  // what a crash may have left there
  auto done = write_new(temporary, content, access == Access::owner_only ? 0600 : 0644);
  if (done && ::rename(temporary.c_str(), path.c_str()) != 0) done = io_error("replace", path);
  if (!done) {
    ::unlink(temporary.c_str());  // half a file only fills the disk
    return done;
  }
  return sync_directory(directory_of(path));
}

result<void> require_owner_only(std::filesystem::path const& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return io_error("read", path);
  if ((status.st_mode & 077) != 0)
    return fail(errc::forbidden, path.string() + " can be read by others. Run: chmod 600 " + path.string());
  return {};
}

result<std::filesystem::path> make_temporary_directory(std::string pattern) {
  if (::mkdtemp(pattern.data()) == nullptr) return io_error("make the directory", pattern);
  return std::filesystem::path{pattern};
}

std::unique_ptr<ports::TileFiles> make_tile_files(std::filesystem::path root) {
  return std::make_unique<DirectoryTiles>(std::move(root));
}

}  // namespace abode::system
