#include <fmt/format.h>

#include <array>
#include <functional>
#include <map>

#include "system/files.hpp"

namespace abode::system {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

constexpr std::size_t max_file_bytes = 8 * 1024 * 1024;
constexpr std::size_t max_files = 2'000;

struct Kind {
  std::string_view ending;
  std::string_view media_type;
};
constexpr std::array kinds{Kind{".html", "text/html; charset=utf-8"},
                           Kind{".js", "text/javascript; charset=utf-8"},
                           Kind{".css", "text/css; charset=utf-8"},
                           Kind{".webmanifest", "application/manifest+json"},
                           Kind{".svg", "image/svg+xml"},
                           Kind{".wasm", "application/wasm"}};

std::string_view media_type_of(fs::path const& file) {
  std::string const ending = file.extension().string();
  for (Kind const& kind : kinds)
    if (kind.ending == ending) return kind.media_type;
  return {};
}

bool is_encoding(fs::path const& file) {
  return file.extension() == ".gz" || file.extension() == ".br";
}

result<std::string> text_of(fs::path const& file) {
  auto const content = read_file(file, max_file_bytes);
  if (!content) return content.error();
  return std::string{base::as_text(*content)};
}

/// Empty if the build made none.
result<std::string> encoding_of(fs::path file, char const* ending) {
  file += ending;
  std::error_code problem;
  if (!fs::exists(file, problem)) return std::string{};
  return text_of(file);
}

result<ports::WebFile> read_web_file(fs::path const& file) {
  std::string_view const type = media_type_of(file);
  if (type.empty())
    return fail(errc::invalid, "The web app holds " + file.string() + ", of a kind that is not served. Build it anew.");
  auto content = text_of(file);
  if (!content) return content.error();
  auto gzip = encoding_of(file, ".gz");
  if (!gzip) return gzip.error();
  auto brotli = encoding_of(file, ".br");
  if (!brotli) return brotli.error();
  std::string etag = fmt::format("W/\"{:x}-{:x}\"", content->size(), std::hash<std::string>{}(*content));
  return ports::WebFile{std::string{type}, std::move(*content), std::move(*gzip), std::move(*brotli), std::move(etag)};
}

class FilesInMemory : public ports::WebFiles {
 public:
  result<void> add(fs::path const& root, fs::path const& file) {
    auto read = read_web_file(file);
    if (!read) return read.error();
    files_.emplace(file.lexically_relative(root).generic_string(), std::move(*read));
    return {};
  }
  std::size_t size() const { return files_.size(); }

  ports::WebFile const* find(std::string_view name) const override {
    auto const found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, ports::WebFile, std::less<>> files_;
};

}  // namespace

result<std::unique_ptr<ports::WebFiles>> read_web_files(fs::path const& folder) {
  auto files = std::make_unique<FilesInMemory>();
  std::error_code problem;
  for (fs::recursive_directory_iterator at{folder, problem}, end; !problem && at != end; at.increment(problem)) {
    if (!at->is_regular_file(problem) || is_encoding(at->path())) continue;
    if (files->size() == max_files)
      return fail(errc::too_large,
                  folder.string() + " holds more files than a web app has. Name the folder it was built in.");
    if (auto const added = files->add(folder, at->path()); !added) return added.error();
  }
  if (problem)
    return fail(errc::unavailable, "Cannot read the web app in " + folder.string() + ": " + problem.message() + ".");
  if (files->find("index.html") == nullptr)
    return fail(errc::invalid,
                folder.string() + " holds no index.html. Name the folder that the web app was built in.");
  return std::unique_ptr<ports::WebFiles>{std::move(files)};
}

}  // namespace abode::system
