// A directory to write to, and what may be in the way of writing.
#pragma once

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include "support/temporary_directory.hpp"
#include "system/files.hpp"

namespace abode::test {

/// Sets the umask for a scope.
class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(Umask const&) = delete;
  Umask& operator=(Umask const&) = delete;

 private:
  mode_t before_;
};

/// For a scope, no file can grow beyond this.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t limit_bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit const small{limit_bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    (void)std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(FileSizeLimit const&) = delete;
  FileSizeLimit& operator=(FileSizeLimit const&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

inline mode_t mode_of(std::filesystem::path const& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

class Scratch : public ::testing::Test {
 protected:
  std::string content(std::filesystem::path const& path) {
    auto const read = system::read_file(path, 1000);
    EXPECT_TRUE(read) << (read ? "" : read.error().detail);
    return read ? std::string{base::as_text(*read)} : std::string{};
  }
  std::vector<std::string> names_in(std::filesystem::path const& path) {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{path})
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  TemporaryDirectory temporary_;

 protected:
  std::filesystem::path const directory = temporary_.path();
};

template <class T>
void expect_error(base::result<T> const& outcome, base::errc code, std::filesystem::path const& names) {
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
  EXPECT_NE(outcome.error().detail.find(names.string()), std::string::npos) << outcome.error().detail;
}

}  // namespace abode::test
