#include "system/internal/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace abode::system::internal {

using base::errc;
using base::fail;
using base::result;

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

std::filesystem::path directory_of(std::filesystem::path const& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

result<void> make_directory(std::filesystem::path const& path, mode_t mode) {
  if (::mkdir(path.c_str(), mode) != 0) return errno == EEXIST ? result<void>{} : io_error("make the directory", path);
  return ::chmod(path.c_str(), mode) == 0 ? result<void>{} : io_error("set the rights of", path);
}

result<void> sync_directory(std::filesystem::path const& directory) {
  Descriptor const opened{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!opened.valid() || ::fsync(opened.get()) != 0) return io_error("sync", directory);
  return {};
}

}  // namespace abode::system::internal
