#include "app/restore.hpp"

#include <fmt/format.h>

#include <map>

#include "app/assembly.hpp"
#include "app/backup_manifest.hpp"
#include "app/internal/restored_log.hpp"
#include "app/issuer_files.hpp"
#include "app/key_files.hpp"
#include "app/log_files.hpp"
#include "log/epoch.hpp"
#include "log/restore_notice.hpp"
#include "service/epochs.hpp"
#include "service/status_lists.hpp"
#include "sqlite/copies.hpp"
#include "system/clock.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

constexpr std::size_t max_settings_bytes = 64 * 1024;
constexpr std::size_t log_part_size_bytes = std::size_t{1} << 20;  ///< files of the log that are made durable together

struct Backups {
  Manifest data;
  Manifest keys;
};

result<Backups> verify_both(cli::RestoreOptions const& options, base::Time now) {
  auto data = verify_backup(options.backup, BackupKind::data);
  if (!data) return data.error();
  auto keys = verify_backup(options.keys, BackupKind::keys);
  if (!keys) return keys.error();
  if (data->mode != keys->mode || data->origin != keys->origin)
    return fail(errc::conflict,
                "The keys are of another register than the data. Give the keys of " + data->origin + ".");
  if (keys->made_at < data->made_at)
    return fail(errc::conflict,
                "The backup of keys is older than that of the data: keys would be missing, or come back that were "
                "destroyed. Give the newest backup of keys.");
  if (now > keys->made_at + keys_backup_life)
    return fail(errc::too_late,
                fmt::format("The backup of keys is older than {} days: keys that were destroyed since would come back. "
                            "Give a newer one, and delete this one.",
                            keys_backup_life.count()));
  return Backups{std::move(*data), std::move(*keys)};
}

/// The settings under another origin, if it is another; all else stays as the operator wrote it.
result<std::string> with_origin(std::string settings, std::string const& old_origin, std::string const& origin) {
  std::string const quoted = '"' + old_origin + '"';
  if (std::size_t const at = settings.find(quoted); at != std::string::npos)
    settings.replace(at, quoted.size(), '"' + origin + '"');
  auto const config = parse_config(settings);
  if (!config) return config.error();
  if (config->origin != origin)
    return fail(errc::invalid, "Write the origin in abode.toml on one line, as init did, and take another backup.",
                "origin");
  return settings;
}

/// A register in the making. Until it is finished, what is in its directory goes again.
class Restoring {
 public:
  Restoring(cli::RestoreOptions const& options, base::Time now)
      : options_(options), now_(now), layout_(options.directory), random_(openssl::make_random()) {}
  ~Restoring() {
    if (!began_ || finished_) return;
    std::error_code ignored;
    for (auto const& left : fs::directory_iterator{layout_.root, ignored}) fs::remove_all(left.path(), ignored);
  }
  Restoring(Restoring const&) = delete;
  Restoring& operator=(Restoring const&) = delete;

  result<void> run() {
    if (auto const ready = prepare(); !ready) return ready;
    if (auto const empty = system::make_empty_directory(layout_.root, system::Access::everyone_reads); !empty)
      return empty;
    began_ = true;
    if (auto const put = put_files(); !put) return put;
    auto const revived = sqlite::revive(layout_.root, {config_.origin, log_.state, log_.pending_is_in_log, now_});
    if (!revived) return revived;
    if (auto const opened = open_and_announce(); !opened) return opened;
    if (auto const settings = put_settings(); !settings) return settings;
    finished_ = true;
    return {};
  }

  void report() const {
    fmt::print("The register is in {}, as it was at {}.\n", layout_.root.string(), base::format_time(data_.made_at));
    if (options_.new_origin)
      fmt::print("It begins a new log, {}; every entry comes into it when the register serves.\n", config_.origin);
    else
      fmt::print("Its log goes on after {} leaves.\n", log_.state.size);
    if (log_.known.size > log_.backup.size)
      fmt::print(
          "The log had {} leaves more than the backup: what they stood for is lost, and their people must be told.\n",
          log_.known.size - log_.backup.size);
    if (erased_ > 0) fmt::print("{} records were erased before the backup of keys was made, and stay so.\n", erased_);
    fmt::print("Everybody must sign in again, and opening codes have expired. Look it over: abode doctor {}\n",
               layout_.root.string());
  }

 private:
  /// All that can be refused before anything is written.
  result<void> prepare() {
    auto backups = verify_both(options_, now_);
    if (!backups) return backups.error();
    data_ = std::move(backups->data);
    auto config = load_config(Layout{options_.backup});
    if (!config) return config.error();
    config_ = std::move(*config);
    auto keys = load_keys(options_.key_files);
    if (!keys) return keys.error();
    keys_ = std::move(*keys);
    if (auto const proof_keys = IssuerFiles::open(config_, options_.key_files); !proof_keys) return proof_keys.error();
    auto const facts = sqlite::facts_of_copy(options_.backup, sqlite::Part::data);
    if (!facts) return facts.error();
    if (facts->meta.key_check != openssl::key_check(keys_))
      return fail(errc::forbidden, "The files in " + options_.key_files.string() +
                                       " are not the keys of this register. Give the directory with the right ones.");
    auto const signer = openssl::make_signer(keys_);
    auto log = internal::choose_log({options_.backup, options_.log, options_.known_checkpoints, options_.new_origin},
                                    data_, facts->pending, service::log_key(*signer, data_.origin));
    if (!log) return log.error();
    log_ = std::move(*log);
    if (options_.new_origin) config_.origin = make_origin(*random_, config_.mode);
    return {};
  }

  result<void> put_files() {
    if (auto const stored = store_keys(layout_.keys(), keys_); !stored) return stored;
    if (auto const copied = copy_issuer(config_, options_.key_files, layout_.keys()); !copied) return copied;
    for (auto const& [from, part] :
         {std::pair{options_.backup, sqlite::Part::data}, std::pair{options_.keys, sqlite::Part::keys}}) {
      fs::path const name = sqlite::name_of(part);
      if (auto const put = system::copy_file(from / name, layout_.root / name, system::Access::owner_only); !put)
        return put;
    }
    if (options_.new_origin) return {};
    auto const from = system::make_tile_files(log_.files);
    auto const to = system::make_tile_files(layout_.log());
    if (auto const put = put_log(*from, *to); !put) return put;
    if (log_.state.checkpoint.empty()) return {};
    return to->publish_checkpoint(log_.state.checkpoint);
  }

  result<void> put_log(ports::TileFiles& from, ports::TileFiles& to) {
    std::vector<ports::TileFile> together;
    std::size_t size_bytes = 0;
    for (std::string const& path : log_paths(log_.state.size)) {
      auto content = from.get(path);
      if (!content) return content.error();
      size_bytes += content->size();
      together.push_back({path, std::move(*content)});
      if (size_bytes < log_part_size_bytes) continue;
      if (auto const put = to.put(together); !put) return put;
      together.clear();
      size_bytes = 0;
    }
    return to.put(together);
  }

  result<void> open_and_announce() {
    sqlite::Options store_options;
    store_options.directory = layout_.root;
    auto const store = sqlite::open(store_options, {data_.mode, config_.origin, {}});
    if (!store) return store.error();
    auto const vault = openssl::make_sealer(keys_);
    if (auto const fit = check_wrapped_keys(**store, *vault); !fit) return fit;
    auto const tiles = system::make_tile_files(layout_.log());
    auto const signer = openssl::make_signer(keys_);
    if (auto const known = settle_epochs(**store, *vault, *tiles); !known) return known;
    service::Sequencer sequencer{**store, *tiles, *signer, *random_, config_.origin};
    log::RestoreNotice const notice{log::restore_notice_version, now_, data_.origin, log_.backup, log_.known};
    return sequencer.publish_leaf(log::leaf_of(notice));
  }

  /// A new log begins with its own epoch 0. One that goes on had epochs closed after the backup, whose trees are lost.
  result<void> settle_epochs(ports::Store& store, openssl::Vault& vault, ports::TileFiles& tiles) {
    std::map<std::uint64_t, ports::EpochRow> in_log;
    auto const read = visit_leaves(tiles, log_.backup.size, options_.new_origin ? 0 : log_.state.size,
                                   [&in_log](std::uint64_t index, base::Bytes const& leaf) {
                                     auto const epoch = log::parse_epoch_leaf(leaf);
                                     if (epoch && *epoch)
                                       in_log[(*epoch)->number] = {(*epoch)->number, leaf, std::nullopt, index};
                                   });
    if (!read) return read.error();
    auto const commit = store.write_and_wait([&](ports::Transaction& transaction) -> result<void> {
      service::close_status_lists(transaction);
      if (options_.new_origin)
        return service::open_first_epoch(vault, *random_, now_, transaction, config_.epoch_length);
      std::map<std::uint64_t, ports::EpochRow> known;
      for (ports::EpochRow const& row : transaction.epochs()) known[row.number] = row;
      for (auto const& [number, row] : in_log) {
        auto const kept = known.find(number);
        if (kept != known.end() && kept->second.leaf == row.leaf && kept->second.index == row.index) continue;
        if (kept != known.end()) transaction.remove_epoch(number);
        transaction.add_epoch(row, {});
      }
      return {};
    });
    if (!commit) return commit.error();
    return {};
  }

  result<void> check_wrapped_keys(ports::Store& store, openssl::Vault& vault) {
    return store.read([&](ports::Snapshot& snapshot) -> result<void> {
      constexpr std::size_t page = 1000;
      ports::RecordId last{};
      for (auto ids = snapshot.record_ids(last, page); !ids.empty(); ids = snapshot.record_ids(last, page)) {
        for (ports::RecordId id : ids) {
          auto const key = snapshot.key(id);
          if (!key) ++erased_;
          if (key && !vault.knows(*key))
            return fail(errc::forbidden,
                        "The backup of keys is wrapped under another key-encryption key than the one in " +
                            options_.key_files.string() + ". Give key files and keys of the same time.");
        }
        last = ids.back();
      }
      return {};
    });
  }

  // abode.toml last: a directory without it is no register.
  result<void> put_settings() {
    for (BackupFile const& file : data_.files) {
      if (!file.path.ends_with(".toml") || layout_.root / file.path == layout_.config()) continue;
      auto const put =
          system::copy_file(options_.backup / file.path, layout_.root / file.path, system::Access::everyone_reads);
      if (!put) return put;
    }
    auto const text = system::read_file(Layout{options_.backup}.config(), max_settings_bytes);
    if (!text) return text.error();
    auto const settings = with_origin(std::string{base::as_text(*text)}, data_.origin, config_.origin);
    if (!settings) return settings.error();
    return system::write_file(layout_.config(), base::as_bytes(*settings), system::Access::everyone_reads);
  }

  cli::RestoreOptions const& options_;
  base::Time const now_;
  Layout const layout_;
  std::unique_ptr<base::Random> const random_;
  Manifest data_;
  Config config_{};
  openssl::Keys keys_;
  internal::RestoredLog log_;
  std::uint64_t erased_ = 0;
  bool began_ = false;
  bool finished_ = false;
};

}  // namespace

int restore(cli::RestoreOptions const& options) {
  Restoring restoring{options, system::machine_time()};
  if (auto const done = restoring.run(); !done) {
    fmt::print(stderr, "abode: {}\n", done.error().detail);
    return 1;
  }
  restoring.report();
  return 0;
}

}  // namespace abode::app
