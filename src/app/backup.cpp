#include "app/backup.hpp"

#include <fmt/format.h>

#include "app/backup_manifest.hpp"
#include "app/config.hpp"
#include "app/log_files.hpp"
#include "sqlite/copies.hpp"
#include "system/clock.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

constexpr std::size_t max_settings_bytes = 1 << 20;

/// A directory under a name of its own, until it is whole; else it goes with all that is in it.
class Unfinished {
 public:
  static result<Unfinished> make(fs::path const& final_name) {
    std::error_code problem;
    fs::path const target = fs::absolute(final_name).lexically_normal();
    if (fs::exists(target, problem))
      return fail(errc::conflict, target.string() + " is there already. Choose a new name for the backup.");
    fs::path const unfinished = target.string() + ".unfinished";
    fs::remove_all(unfinished, problem);  // what a crash may have left there
    if (auto const made = system::make_directories(unfinished, system::Access::owner_only); !made) return made.error();
    return Unfinished{target, unfinished};
  }
  Unfinished(Unfinished&& other) noexcept
      : target_(std::move(other.target_)), path_(std::exchange(other.path_, fs::path{})) {}
  Unfinished& operator=(Unfinished&&) = delete;
  ~Unfinished() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }

  fs::path const& path() const { return path_; }
  fs::path const& target() const { return target_; }
  result<void> finish() {
    auto const moved = system::move_into_place(path_, target_);
    if (moved) path_.clear();
    return moved;
  }

 private:
  Unfinished(fs::path target, fs::path path) : target_(std::move(target)), path_(std::move(path)) {}
  fs::path target_;
  fs::path path_;  // empty once it is finished
};

/// A backup in work: files go in one after the other, the manifest last.
class Writing {
 public:
  Writing(Unfinished place, BackupKind kind) : place_(std::move(place)) { manifest.kind = kind; }

  fs::path const& path() const { return place_.path(); }

  result<void> add(std::string const& path, base::ByteView content) {
    fs::path const file = place_.path() / path;
    if (auto const made = system::make_directories(file.parent_path(), system::Access::owner_only); !made) return made;
    if (auto const written = system::write_file(file, content, system::Access::owner_only); !written) return written;
    return add_written(path);
  }
  result<void> add_written(std::string const& path) {
    auto file = describe(place_.path(), path);
    if (!file) return file.error();
    manifest.files.push_back(std::move(*file));
    return {};
  }

  /// Writes the manifest, gives the backup its name, and reads all of it again.
  result<Manifest> finish() {
    std::string const text = format_manifest(manifest);
    if (auto const written =
            system::write_file(place_.path() / manifest_name, base::as_bytes(text), system::Access::owner_only);
        !written)
      return written.error();
    if (auto const named = place_.finish(); !named) return named.error();
    return verify_backup(place_.target(), manifest.kind);
  }

  Manifest manifest;

 private:
  Unfinished place_;
};

result<void> add_settings(Writing& backup, Layout const& layout) {
  std::error_code problem;
  for (fs::directory_iterator at{layout.root, problem}, end; !problem && at != end; at.increment(problem)) {
    if (at->path().extension() != ".toml") continue;
    auto const content = system::read_file(at->path(), max_settings_bytes);
    if (!content) return content.error();
    if (auto const added = backup.add(at->path().filename().string(), *content); !added) return added;
  }
  if (problem) return fail(errc::unavailable, "Cannot read " + layout.root.string() + ": " + problem.message() + ".");
  return {};
}

// The files of a log are written before its size is published in the store, and never change: those of the copied size
// are all there.
result<void> add_log(Writing& backup, Layout const& layout, ports::LogState const& log) {
  auto const tiles = system::make_tile_files(layout.log());
  for (std::string const& path : log_paths(log.size)) {
    auto const content = tiles->get(path);
    if (!content) return content.error();
    if (auto const added = backup.add("log/" + path, *content); !added) return added;
  }
  if (log.checkpoint.empty()) return {};
  return backup.add("log/checkpoint", base::as_bytes(log.checkpoint));
}

/// Copies one database into the backup and notes whose it is.
result<sqlite::CopyFacts> add_database(Writing& backup, Layout const& layout, sqlite::Part part) {
  fs::path const name = sqlite::name_of(part);
  base::Time const before = system::machine_time();
  auto facts = sqlite::copy(layout.root, part, backup.path() / name);
  if (!facts) return facts.error();
  // Such that keys of the same time or later have a key for every record of the data.
  backup.manifest.made_at = part == sqlite::Part::keys ? before : system::machine_time();
  backup.manifest.mode = facts->meta.mode;
  backup.manifest.origin = facts->meta.origin;
  backup.manifest.log_size = facts->log.size;
  backup.manifest.checkpoint = facts->log.checkpoint;
  if (auto const added = backup.add_written(name.string()); !added) return added.error();
  return facts;
}

result<Manifest> write_data(Layout const& layout, fs::path const& to) {
  if (auto const config = load_config(layout); !config) return config.error();
  auto place = Unfinished::make(to);
  if (!place) return place.error();
  Writing backup{std::move(*place), BackupKind::data};
  auto const facts = add_database(backup, layout, sqlite::Part::data);
  if (!facts) return facts.error();
  if (auto const added = add_settings(backup, layout); !added) return added.error();
  if (auto const added = add_log(backup, layout, facts->log); !added) return added.error();
  return backup.finish();
}

result<Manifest> write_keys(Layout const& layout, fs::path const& to) {
  if (auto const config = load_config(layout); !config) return config.error();
  auto place = Unfinished::make(to);
  if (!place) return place.error();
  Writing backup{std::move(*place), BackupKind::keys};
  if (auto const facts = add_database(backup, layout, sqlite::Part::keys); !facts) return facts.error();
  return backup.finish();
}

int fail_with(base::Error const& error, char const* doing) {
  if (error.code == errc::out_of_space)
    fmt::print(stderr, "abode: the disk is full, so nothing is left of this backup. Make room and {} again.\n", doing);
  else
    fmt::print(stderr, "abode: {}\n", error.detail);
  return 1;
}

std::uint64_t total_bytes(Manifest const& manifest) {
  std::uint64_t total = 0;
  for (BackupFile const& file : manifest.files) total += file.size_bytes;
  return total;
}

void print_verified(fs::path const& backup, Manifest const& manifest) {
  fmt::print("{} is whole: files {}, bytes {}, as of {}.\n", backup.string(), manifest.files.size(),
             total_bytes(manifest), base::format_time(manifest.made_at));
  if (manifest.kind == BackupKind::data)
    fmt::print("The log in it has {} leaves. It holds no keys.\n", manifest.log_size);
  else
    fmt::print("Delete it by {}: erased keys must not live on in it.\n",
               base::format_time(manifest.made_at + keys_backup_life));
}

/// Beyond its manifest: whether the databases' pages are whole and the log's files lead to the root it names.
result<void> look_inside(fs::path const& backup, Manifest const& manifest) {
  auto const damage =
      sqlite::find_damage(backup, manifest.kind == BackupKind::data ? sqlite::Part::data : sqlite::Part::keys);
  if (!damage.empty()) return fail(errc::corrupted, damage.front() + ". Take another backup.");
  if (manifest.kind == BackupKind::keys || manifest.checkpoint.empty()) return {};
  auto const grown = regrow(*system::make_tile_files(backup / "log"), manifest.log_size);
  if (!grown) return grown.error();
  auto const note = log::parse_note(manifest.checkpoint);
  if (!note) return note.error();
  auto const checkpoint = log::parse_checkpoint(note->text);
  if (!checkpoint) return checkpoint.error();
  if (grown->edge.root() != checkpoint->root || manifest.log_size != checkpoint->size)
    return fail(errc::corrupted, "The log in the backup does not lead to its checkpoint. Take another backup.");
  return {};
}

int verify(fs::path const& backup) {
  auto const manifest = verify_backup(backup);
  if (!manifest) return fail_with(manifest.error(), "verify it");
  if (auto const sound = look_inside(backup, *manifest); !sound) return fail_with(sound.error(), "verify it");
  print_verified(backup, *manifest);
  return 0;
}

int conclude(result<Manifest> const& manifest, fs::path const& to) {
  if (!manifest) return fail_with(manifest.error(), "take it");
  print_verified(to, *manifest);
  return 0;
}

}  // namespace

int backup(cli::BackupOptions const& options) {
  if (options.verify) return verify(*options.verify);
  return conclude(write_data(Layout{options.directory}, options.to), options.to);
}

int backup_keys(cli::KeysBackupOptions const& options) {
  return conclude(write_keys(Layout{options.directory}, options.to), options.to);
}

}  // namespace abode::app
