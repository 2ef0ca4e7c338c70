#include "sqlite/store.hpp"

#include "sqlite/internal/directory.hpp"
#include "sqlite/internal/readers.hpp"
#include "sqlite/internal/schema.hpp"
#include "sqlite/internal/writer.hpp"
#include "system/directory_lock.hpp"

namespace abode::sqlite {
namespace {

using namespace internal;
using base::errc;
using base::fail;

constexpr std::size_t brief_cache_kib = 1024;  // for connections that only look at the meta row or make the tables

class SqliteStore final : public ports::Store {
 public:
  SqliteStore(system::DirectoryLock lock, Options const& options)
      : lock_(std::move(lock)), writer_(options, &SqliteStore::durable), readers_(options) {}
  ~SqliteStore() override { writer_.stop(); }  // while callbacks can still read
  SqliteStore(SqliteStore const&) = delete;
  SqliteStore& operator=(SqliteStore const&) = delete;

  void write(UseCase use_case, Done done) override { writer_.write(std::move(use_case), std::move(done)); }

  base::result<void> read(std::function<base::result<void>(ports::Snapshot&)> const& use) override {
    if (writer_.failed())
      return fail(errc::unavailable,
                  "The store has stopped after a failure. Try again when the service was restarted.");
    return readers_.read(use);
  }

 private:
  // The connection that closes last moves the write-ahead log into the database: that must be the writer's.
  system::DirectoryLock lock_;
  Writer writer_;
  Readers readers_;
};

bool is_there(std::filesystem::path const& file) {
  std::error_code problem;
  return std::filesystem::exists(file, problem);
}

base::Error no_keys() {
  return fail(errc::unavailable, "The keys are not where the data is. Put keys.db back before you open this store.");
}

base::Error no_store() {
  return fail(errc::not_found, "There is no store in this directory. Create one first.");
}

base::result<Meta> meta_of(Database& database) {
  auto meta = load_meta(database);
  if (!meta) return meta.error();
  if (!*meta) return no_store();
  return std::move(**meta);
}

base::result<void> check(Meta const& found, Meta const& expected) {
  if (found.mode != expected.mode)
    return fail(errc::conflict,
                "This is a " + found.mode + " store and cannot be served in " + expected.mode +
                    " mode. Choose another directory or start in " + found.mode + " mode.",
                "mode");
  if (found.origin != expected.origin)
    return fail(errc::conflict,
                "This store belongs to the log " + found.origin + ", not to " + expected.origin +
                    ". Choose another directory or correct the configured origin.",
                "origin");
  return {};
}

base::result<void> check_files(Options const& options, Meta const& expected) {
  if (!is_there(options.directory / data_file)) return no_store();
  if (!is_there(options.directory / keys_file)) return no_keys();
  Files files{options.directory, Access::write, options.vfs, brief_cache_kib};
  auto const data = meta_of(files.data);
  if (!data) return data.error();
  if (auto const fits = check(*data, expected); !fits) return fits.error();
  auto const keys = load_meta(files.keys);
  if (!keys) return keys.error();
  if (!*keys) return no_keys();
  if ((*keys)->mode != data->mode || (*keys)->origin != data->origin || (*keys)->key_check != data->key_check)
    return fail(errc::conflict, "The keys belong to another store. Put this store's own keys.db back.");
  return {};
}

base::result<void> make_keys(Options const& options, Meta const& meta) {
  if (auto const made = make_private_file(options.directory / keys_file); !made) return made.error();
  Database keys{options.directory / keys_file, Access::write, options.vfs, brief_cache_kib};
  auto const unfinished = load_meta(keys);
  if (!unfinished) return unfinished.error();
  if (*unfinished) {
    if (Query{keys, "SELECT 1 FROM record_key LIMIT 1"}.next())
      return fail(errc::conflict,
                  "There are keys in this directory, but not their data. Restore it or choose another.");
    keys.execute("DROP TABLE record_key; DROP TABLE meta;");
  }
  create_keys_schema(keys, meta);
  return {};
}

// The data's meta row is committed last, so a store that has one is whole.
base::result<void> make_files(Options const& options, Meta const& meta) {
  if (auto const made = make_private_file(options.directory / data_file); !made) return made.error();
  Database data{options.directory / data_file, Access::write, options.vfs, brief_cache_kib};
  auto const there = load_meta(data);
  if (!there) return there.error();
  if (*there)
    return fail(errc::conflict, "A store is in this directory already. Open it, or choose an empty directory.");
  if (auto const keys = make_keys(options, meta); !keys) return keys.error();
  create_data_schema(data, meta);
  return sync_directory(options.directory);
}

base::result<std::unique_ptr<ports::Store>> start(Options const& options, Meta const& meta,
                                                  base::result<void> (*prepare)(Options const&, Meta const&)) {
  try {
    auto lock = system::DirectoryLock::take(options.directory);
    if (!lock) return lock.error();
    if (auto const ready = prepare(options, meta); !ready) return ready.error();
    return std::unique_ptr<ports::Store>{std::make_unique<SqliteStore>(std::move(*lock), options)};
  } catch (ports::StoreFailure const& failure) {
    return error_of(failure);
  }
}

}  // namespace

base::result<std::unique_ptr<ports::Store>> create(Options options, Meta const& meta) {
  if (auto const made = make_directory(options.directory); !made) return made.error();
  return start(options, meta, make_files);
}

base::result<std::unique_ptr<ports::Store>> open(Options options, Meta const& expected) {
  if (!is_there(options.directory / data_file)) return no_store();
  return start(options, expected, check_files);
}

base::result<Meta> read_meta(std::filesystem::path const& directory) {
  if (!is_there(directory / data_file)) return no_store();
  try {
    Database data{directory / data_file, Access::read, {}, brief_cache_kib};
    return meta_of(data);
  } catch (ports::StoreFailure const& failure) {
    return error_of(failure);
  }
}

}  // namespace abode::sqlite
