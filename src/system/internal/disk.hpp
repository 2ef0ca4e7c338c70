// Steps of writing to a disk that the files of this room share.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::system::internal {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// What errno says. errc::not_found, errc::out_of_space or errc::unavailable.
base::Error io_error(std::string const& doing, std::filesystem::path const& path);

/// All of `content`; `path` is for the error's text.
base::result<void> write_all(Descriptor const& file, base::ByteView content, std::filesystem::path const& path);

/// The directory that `path` is in; "." for a bare name.
std::filesystem::path directory_of(std::filesystem::path const& path);

/// One directory, with these rights whatever the umask; not durable yet. Fine if it is there.
base::result<void> make_directory(std::filesystem::path const& path, mode_t mode);

/// Makes durable which names are in it.
base::result<void> sync_directory(std::filesystem::path const& directory);

}  // namespace abode::system::internal
