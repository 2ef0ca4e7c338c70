#include <algorithm>

#include "system/files.hpp"

namespace abode::system {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

constexpr std::string_view ending = ".jwt";
constexpr std::size_t max_list_bytes = 4 * 1024 * 1024;

class DirectoryStatusFiles : public ports::StatusFiles {
 public:
  explicit DirectoryStatusFiles(fs::path root) : root_(std::move(root)) {}

  result<void> put(std::string_view name, std::string_view token) override {
    if (auto const made = make_directories(root_, Access::everyone_reads); !made) return made;
    return write_file(path_of(name), base::as_bytes(token), Access::everyone_reads);
  }

  result<std::string> get(std::string_view name) override {
    auto const content = read_file(path_of(name), max_list_bytes);
    if (!content) return content.error();
    return std::string{base::as_text(*content)};
  }

  result<void> keep_only(std::vector<std::string> const& names) override {
    std::error_code problem;
    if (!fs::exists(root_, problem)) return {};
    std::vector<fs::path> others;
    for (fs::directory_iterator at{root_, problem}, end; !problem && at != end; at.increment(problem)) {
      bool const is_list = at->path().extension() == ending;
      if (is_list && std::ranges::find(names, at->path().stem().string()) == names.end()) others.push_back(at->path());
    }
    if (problem) return fail(errc::unavailable, "Cannot read " + root_.string() + ": " + problem.message() + ".");
    for (fs::path const& file : others)
      if (auto const removed = remove_file(file); !removed) return removed;
    return {};
  }

 private:
  fs::path path_of(std::string_view name) const { return root_ / (std::string{name} + std::string{ending}); }

  fs::path root_;
};

}  // namespace

std::unique_ptr<ports::StatusFiles> make_status_files(fs::path root) {
  return std::make_unique<DirectoryStatusFiles>(std::move(root));
}

}  // namespace abode::system
