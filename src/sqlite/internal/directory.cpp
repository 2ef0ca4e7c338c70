#include "sqlite/internal/directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace abode::sqlite::internal {
namespace {

using base::errc;
using base::fail;

constexpr int closed = -1;
constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

base::Error unusable() {
  return fail(errc::unavailable,
              "The store's directory cannot be used. Check that it is there and that you may write in it.");
}

bool sync_one(std::filesystem::path const& path, int flags = O_DIRECTORY) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (descriptor == closed) return false;
  bool const synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

}  // namespace

base::result<void> make_directory(std::filesystem::path const& directory) {
  std::error_code problem;
  if (std::filesystem::is_directory(directory, problem)) return {};
  std::filesystem::create_directories(directory, problem);
  if (problem) return unusable();
  std::filesystem::permissions(directory, std::filesystem::perms::owner_all, problem);
  if (problem) return unusable();
  return {};
}

base::result<void> make_private_file(std::filesystem::path const& file) {
  int const descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
  if (descriptor == closed) return unusable();
  ::close(descriptor);
  return {};
}

base::result<void> sync_file(std::filesystem::path const& file) {
  if (!sync_one(file, 0)) return unusable();
  return {};
}

base::result<void> sync_directory(std::filesystem::path const& directory) {
  std::error_code problem;
  auto const whole = std::filesystem::canonical(directory, problem);
  if (problem || !sync_one(whole) || !sync_one(whole.parent_path())) return unusable();
  return {};
}

}  // namespace abode::sqlite::internal
