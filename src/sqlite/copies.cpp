#include "sqlite/copies.hpp"

#include "sqlite/internal/directory.hpp"
#include "sqlite/internal/schema.hpp"
#include "sqlite/internal/snapshot.hpp"
#include "system/directory_lock.hpp"

namespace abode::sqlite {
namespace {

using namespace internal;
using base::errc;
using base::fail;
using base::result;

constexpr std::size_t copy_cache_kib = 16384;

bool is_there(std::filesystem::path const& file) {
  std::error_code problem;
  return std::filesystem::exists(file, problem);
}

result<Meta> meta_in(Database& database, Part part) {
  auto meta = load_meta(database);
  if (!meta) return meta.error();
  if (!*meta) return fail(errc::corrupted, name_of(part).string() + " holds no store. Take another copy.");
  return std::move(**meta);
}

result<CopyFacts> facts_of(std::filesystem::path const& file, Part part, std::string const& vfs) {
  Database copied{file, Access::read, vfs, copy_cache_kib};
  auto meta = meta_in(copied, part);
  if (!meta) return meta.error();
  if (part == Part::keys) return CopyFacts{std::move(*meta), {}, {}};
  return CopyFacts{std::move(*meta), load_log_state(copied), load_pending_batch(copied)};
}

void begin_new_log(Database& data) {
  data.execute(
      "DELETE FROM batch; DELETE FROM published; DELETE FROM epoch; DELETE FROM head_tile; UPDATE log SET size = 0, "
      "edge = x'', checkpoint = '', last_taken = "
      "0;");
}

void continue_log(Database& data, Revival const& revival) {
  base::Bytes edge;
  for (base::Hash const& hash : revival.log.edge) base::append(edge, hash);
  Query{data, "UPDATE log SET size = ?, edge = ?, checkpoint = ?", revival.log.size, edge, revival.log.checkpoint}
      .run();
  if (revival.pending_is_in_log) data.execute("UPDATE batch SET leaves = NULL WHERE leaves IS NOT NULL");
}

result<void> revive_data(Database& data, Revival const& revival) {
  auto const meta = meta_in(data, Part::data);
  if (!meta) return meta.error();
  data.execute("BEGIN IMMEDIATE");
  if (meta->origin != revival.origin)
    begin_new_log(data);
  else
    continue_log(data, revival);
  Query{data, "UPDATE meta SET origin = ?", revival.origin}.run();
  data.execute("DELETE FROM session");
  Query{data, "UPDATE opening_code SET expires_at = min(expires_at, ?)", revival.now}.run();
  data.execute("COMMIT");
  return {};
}

}  // namespace

std::filesystem::path name_of(Part part) {
  return part == Part::data ? data_file : keys_file;
}

result<CopyFacts> copy(std::filesystem::path const& directory, Part part, std::filesystem::path const& to,
                       std::string const& vfs) {
  if (!is_there(directory / name_of(part)))
    return fail(errc::not_found, "There is no " + name_of(part).string() + " in " + directory.string() + ".");
  if (is_there(to)) return fail(errc::conflict, to.string() + " is there already. Choose another name.");
  if (auto const made = make_private_file(to); !made) return made.error();  // SQLite fills an empty file
  try {
    {
      Database source{directory / name_of(part), Access::read, vfs, copy_cache_kib};
      std::string const target = to.string();
      Query{source, "VACUUM INTO ?", target}.run();
    }
    if (auto const synced = sync_file(to); !synced) return synced.error();
    return facts_of(to, part, vfs);
  } catch (ports::StoreFailure const& failure) {
    return error_of(failure);
  }
}

result<CopyFacts> facts_of_copy(std::filesystem::path const& directory, Part part) {
  try {
    return facts_of(directory / name_of(part), part, {});
  } catch (ports::StoreFailure const& failure) {
    return error_of(failure);
  }
}

bool is_in_use(std::filesystem::path const& directory) {
  return !system::DirectoryLock::take(directory);
}

std::vector<std::string> find_damage(std::filesystem::path const& directory, Part part) {
  std::vector<std::string> found;
  auto const add = [&](std::string const& what) { found.push_back(name_of(part).string() + ": " + what); };
  try {
    Database database{directory / name_of(part), Access::read, {}, copy_cache_kib};
    for (Query rows{database, "PRAGMA integrity_check(20)"}; rows.next();) {
      std::string line;
      rows.get(line);
      if (line != "ok") add(line);
    }
  } catch (ports::StoreFailure const& failure) {
    add(failure.what());
  } catch (std::logic_error const& failure) {  // a damaged schema makes sound SQL look wrong
    add(failure.what());
  }
  return found;
}

result<void> revive(std::filesystem::path const& directory, Revival const& revival) {
  try {
    Files files{directory, Access::write, {}, copy_cache_kib};
    Query{files.keys, "UPDATE meta SET origin = ?", revival.origin}.run();
    return revive_data(files.data, revival);
  } catch (ports::StoreFailure const& failure) {
    return error_of(failure);
  }
}

}  // namespace abode::sqlite
