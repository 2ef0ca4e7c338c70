#include "system/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

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
using internal::write_all;

/// A new file, durable. Nobody but the owner can open it before it is whole.
result<void> write_new(std::filesystem::path const& path, base::ByteView content, mode_t mode) {
  Descriptor const file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (!file.valid()) return io_error("write", path);
  if (auto const written = write_all(file, content, path); !written) return written;
  if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0) return io_error("sync", path);
  return {};
}

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
  if (auto const made = internal::make_directory(path, mode); !made) return made;
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

result<void> make_empty_directory(std::filesystem::path const& path, Access access) {
  if (auto const made = make_directories(path, access); !made) return made;
  std::error_code error;
  bool const empty = std::filesystem::is_empty(path, error);
  if (error) return fail(errc::unavailable, "Cannot use the directory " + path.string() + ": " + error.message() + ".");
  if (!empty) return fail(errc::conflict, path.string() + " is not empty. Choose a new directory.");
  return {};
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

}  // namespace abode::system
