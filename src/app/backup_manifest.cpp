#include "app/backup_manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "codec/json.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace json = codec::json;

constexpr std::size_t max_manifest_bytes = std::size_t{256} << 20;

std::string_view name_of(BackupKind kind) {
  return kind == BackupKind::data ? "data" : "keys";
}

/// Neither absolute nor leading out of the backup.
bool stays_inside(std::string_view path) {
  auto const normal = std::filesystem::path{path}.lexically_normal();
  return !path.empty() && normal == path && normal.is_relative() && *normal.begin() != "..";
}

std::uint64_t number(codec::ObjectReader& reader, std::string_view member) {
  std::string const text = reader.required_text(member);
  std::uint64_t value = 0;
  auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong != std::errc{} || end != text.data() + text.size())
    reader.fail(fail(errc::invalid, "This is not a number.", reader.path_of(member)));
  return value;
}

BackupFile read_file_entry(json::value const& value, codec::ObjectReader& outer) {
  codec::ObjectReader reader{value, outer.path_of("files")};
  BackupFile file;
  file.path = reader.required_text("path");
  file.size_bytes = number(reader, "size");
  auto const hash = codec::from_hex(reader.required_text("sha256"));
  if (auto const finished = reader.finish(); !finished) outer.fail(finished.error());
  if (!stays_inside(file.path)) outer.fail(fail(errc::invalid, "A path leads out of the backup.", "files.path"));
  if (!hash || hash->size() != file.sha256.size())
    outer.fail(fail(errc::invalid, "This is not a SHA-256.", "files.sha256"));
  else
    std::copy(hash->begin(), hash->end(), file.sha256.begin());
  return file;
}

result<void> check_listed(std::filesystem::path const& backup, Manifest const& manifest) {
  std::set<std::string, std::less<>> listed{manifest_name};
  for (BackupFile const& file : manifest.files) listed.insert(file.path);
  std::error_code problem;
  for (std::filesystem::recursive_directory_iterator at{backup, problem}, end; !problem && at != end;
       at.increment(problem)) {
    if (at->is_directory(problem)) continue;
    std::string const path = at->path().lexically_relative(backup).string();
    if (!listed.contains(path))
      return fail(errc::corrupted, path + " is in the backup but not in its manifest. Take another backup.");
  }
  if (problem) return fail(errc::unavailable, "Cannot read " + backup.string() + ": " + problem.message() + ".");
  return {};
}

}  // namespace

std::string format_manifest(Manifest const& manifest) {
  json::array files;
  for (BackupFile const& file : manifest.files)
    files.push_back(json::object{
        {"path", file.path}, {"size", std::to_string(file.size_bytes)}, {"sha256", codec::to_hex(file.sha256)}});
  std::string const line = json::serialize(json::object{{"format", backup_format},
                                                        {"kind", name_of(manifest.kind)},
                                                        {"mode", manifest.mode},
                                                        {"origin", manifest.origin},
                                                        {"made_at", base::format_time(manifest.made_at)},
                                                        {"log_size", std::to_string(manifest.log_size)},
                                                        {"checkpoint", manifest.checkpoint},
                                                        {"files", std::move(files)}});
  return line + "\n" + codec::to_hex(digest::sha256(base::as_bytes(line))) + "\n";
}

result<Manifest> parse_manifest(std::string_view text) {
  std::string_view const line = text.substr(0, text.find('\n'));
  if (text.substr(line.size()) != "\n" + codec::to_hex(digest::sha256(base::as_bytes(line))) + "\n")
    return fail(errc::malformed, "Its two lines do not belong together.");
  auto const parsed = codec::parse_json(line);
  if (!parsed) return parsed.error();
  codec::ObjectReader reader{*parsed};
  if (auto const format = reader.optional_integer("format"); format && *format != backup_format)
    return fail(errc::unsupported, "This backup is of another format. Use the version of abode that made it.");
  Manifest manifest;
  std::string const kind = reader.required_text("kind");
  if (kind != "data" && kind != "keys") reader.fail(fail(errc::invalid, "It is \"data\" or \"keys\".", "kind"));
  manifest.kind = kind == "keys" ? BackupKind::keys : BackupKind::data;
  manifest.mode = reader.required_text("mode");
  manifest.origin = reader.required_text("origin");
  auto const made_at = base::parse_time(reader.required_text("made_at"));
  if (made_at)
    manifest.made_at = *made_at;
  else
    reader.fail(fail(errc::invalid, "This is not a time.", "made_at"));
  manifest.log_size = number(reader, "log_size");
  manifest.checkpoint = reader.optional_text("checkpoint").value_or("");
  if (json::value const* files = reader.required("files"); files != nullptr) {
    if (!files->is_array()) return fail(errc::invalid, "This is not a list.", "files");
    for (json::value const& file : files->as_array()) manifest.files.push_back(read_file_entry(file, reader));
  }
  if (auto const finished = reader.finish(); !finished) return finished.error();
  return manifest;
}

result<BackupFile> describe(std::filesystem::path const& root, std::string const& path) {
  digest::Sha256 hash;
  BackupFile file{path, 0, {}};
  auto const read = system::read_blocks(root / path, [&](base::ByteView block) {
    hash.add(block);
    file.size_bytes += block.size();
  });
  if (!read) return read.error();
  file.sha256 = hash.finish();
  return file;
}

result<Manifest> verify_backup(std::filesystem::path const& backup) {
  auto const text = system::read_file(backup / manifest_name, max_manifest_bytes);
  if (!text && text.error().code == errc::not_found)
    return fail(errc::not_found, backup.string() + " is not a backup: it has no " + manifest_name + ".");
  if (!text) return text.error();
  auto manifest = parse_manifest(base::as_text(*text));
  if (!manifest)
    return fail(errc::corrupted,
                std::string{manifest_name} + " is damaged. Take another backup. " + manifest.error().detail);
  for (BackupFile const& file : manifest->files) {
    auto const found = describe(backup, file.path);
    if (!found || found->size_bytes != file.size_bytes || found->sha256 != file.sha256)
      return fail(errc::corrupted, file.path + " is missing or damaged in the backup. Take another backup.");
  }
  if (auto const listed = check_listed(backup, *manifest); !listed) return listed.error();
  return manifest;
}

result<Manifest> verify_backup(std::filesystem::path const& backup, BackupKind kind) {
  auto manifest = verify_backup(backup);
  if (manifest && manifest->kind != kind)
    return fail(errc::invalid, fmt::format("{} is a backup of {}, but one of {} is wanted.", backup.string(),
                                           name_of(manifest->kind), name_of(kind)));
  return manifest;
}

}  // namespace abode::app
