// Measures the public log by itself; bench/log runs the commands one after the other and prints a table.
//   bench_log pure DIR SECONDS      leaves/s into files: batches of 256 and of 2,048, durable, signed, published; and
//                                   beside it the same files with the plainest calls and nothing else
//   bench_log store DIR SECONDS     leaves/s through the Store: 64 callers that wait for their commit
//   bench_log make DIR LEAVES       a log of so many leaves, a person's 1,000 entries among them; nothing is synced
//   bench_log use DIR               start, proofs and memory of a process that uses that log
//   bench_log monitor DIR           one look of a monitor at all of it
//   bench_log audit DIR             the audit of the person's file
// Each prints lines "what|figure|unit".
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "figures.hpp"
#include "log/entry.hpp"
#include "log/head_tree.hpp"
#include "log/history.hpp"
#include "log/tiles.hpp"
#include "monitor/monitor.hpp"
#include "openssl/vault.hpp"
#include "service/sequencer.hpp"
#include "sqlite/store.hpp"
#include "system/files.hpp"

namespace {

using namespace abode;
namespace fs = std::filesystem;
using namespace bench;

constexpr char const* origin = "bench.example/log";
constexpr std::size_t callers = 64;
constexpr std::size_t person_entries = 1000;
constexpr std::uint64_t person_epochs = log::kept_epochs;  // as many as there are with a day's length
constexpr std::size_t proofs = 1000;

struct LogKeys {
  std::unique_ptr<base::Random> random = openssl::make_random();
  openssl::Keys keys = openssl::make_keys(*random);
  std::unique_ptr<ports::Signer> signer = openssl::make_signer(keys);
  log::VerifierKey key = service::log_key(*signer, origin);

  std::string sign(std::uint64_t size, base::Hash const& root) const {
    std::string const text = log::format_checkpoint({origin, size, root, {}});
    return text + "\n" + log::signature_line(key, signer->sign_checkpoint(text));
  }
};

std::vector<base::Bytes> random_leaves(base::Random& random, std::size_t count) {
  std::vector<base::Bytes> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(log::leaf_of(random.bytes<32>()));
  return leaves;
}

std::vector<base::Hash> hashes_of(std::vector<base::Bytes> const& leaves) {
  std::vector<base::Hash> hashes;
  for (base::Bytes const& leaf : leaves) hashes.push_back(log::hash_leaf(leaf));
  return hashes;
}

// The log alone.

/// The log alone, growing by batches of one size.
class PureLog {
 public:
  PureLog(fs::path const& directory, std::size_t batch)
      : files_(system::make_tile_files(directory)), leaves_(random_leaves(*log_.random, batch)) {}

  void add_batch() {
    std::uint64_t const size = edge_.size();
    log::TileHashReader older{size, [&](log::TileId tile) { return files_->get(log::path_of(tile)); }};
    auto growth = must(log::grow(std::move(edge_), hashes_of(leaves_), std::ref(older)));
    edge_ = std::move(growth.edge);
    std::vector<ports::TileFile> files;
    for (log::Tile& tile : growth.tiles) files.push_back({log::path_of(tile.id), std::move(tile.content)});
    for (std::size_t at = 0; at < leaves_.size(); at += log::full_width)
      files.push_back({log::path_of(log::EntriesId{(size + at) / log::full_width}),
                       must(log::encode_entries(std::span{leaves_}.subspan(at, log::full_width)))});
    must(files_->put(files));
    must(files_->publish_checkpoint(log_.sign(edge_.size(), edge_.root())));
  }

 private:
  LogKeys log_;
  std::unique_ptr<ports::TileFiles> files_;
  std::vector<base::Bytes> leaves_;
  log::RightEdge edge_;
};

void done(int outcome, char const* what) {
  if (outcome < 0) must(base::result<void>{base::fail(base::errc::unavailable, std::string{"Cannot "} + what + ".")});
}

/// What the disk and the file system ask for the same promise: as many files of these sizes, written and synced one
/// after the other, named, and their directories synced; then a checkpoint likewise.
class BareLoop {
 public:
  /// `full_tiles` have a file of entries each; one file of hashes above them always comes along.
  BareLoop(fs::path directory, std::size_t full_tiles) : root_(std::move(directory)), full_tiles_(full_tiles) {
    directories_ = full_tiles > 0 ? std::vector{above_, hashes_, entries_} : std::vector{above_};
    for (fs::path const& each : directories_) fs::create_directories(each);
  }

  void add_batch() {
    std::vector<File> files = {write(above_ / std::to_string(++batches_), std::size_t{128} * sizeof(base::Hash))};
    for (std::size_t i = 0; i < full_tiles_; ++i) {
      std::string const name = fmt::format("{}-{}", batches_, i);
      files.push_back(write(hashes_ / name, log::full_width * sizeof(base::Hash)));
      files.push_back(write(entries_ / name, log::full_width * std::size_t{35}));
    }
    for (File const& file : files) sync_and_name(file);
    for (fs::path const& each : directories_) sync_directory(each);
    sync_and_name(write(root_ / "checkpoint", 200));
    sync_directory(root_);
  }

 private:
  struct File {
    int descriptor;
    fs::path path;
  };
  static fs::path temporary(fs::path const& path) { return path.string() + ".new"; }

  static File write(fs::path const& path, std::size_t size_bytes) {
    static base::Bytes const content(std::size_t{1} << 16, 1);
    int const descriptor = ::open(temporary(path).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    done(descriptor, "open a file");
    done(::write(descriptor, content.data(), size_bytes) == static_cast<ssize_t>(size_bytes) ? 0 : -1, "write");
    return {descriptor, path};
  }
  static void sync_and_name(File const& file) {
    done(::fdatasync(file.descriptor), "sync a file");
    ::close(file.descriptor);
    fs::rename(temporary(file.path), file.path);
  }
  static void sync_directory(fs::path const& path) {
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    done(descriptor, "open a directory");
    done(::fsync(descriptor), "sync a directory");
    ::close(descriptor);
  }

  fs::path const root_;
  fs::path const hashes_ = root_ / "tile" / "0";
  fs::path const above_ = root_ / "tile" / "1";
  fs::path const entries_ = root_ / "tile" / "entries";
  std::size_t const full_tiles_;
  std::vector<fs::path> directories_;
  std::uint64_t batches_ = 0;
};

/// One of those that take turns of a fifth of a second, so that what else the machine does falls on all.
struct Contestant {
  std::string name;
  std::size_t batch;
  std::function<void()> add_batch;
  std::vector<double> rates = {};

  void take_turn() {
    auto const start = Clock::now();
    std::size_t leaves = 0;
    for (; seconds_since(start) < 0.2; leaves += batch) add_batch();
    rates.push_back(static_cast<double>(leaves) / seconds_since(start));
  }
};

void print_rates(Contestant const& contestant) {
  print(contestant.name, spread_of(contestant.rates), "leaves/s");
}

void print_ratio(Contestant const& one, Contestant const& other) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < one.rates.size(); ++i) ratios.push_back(one.rates[i] / other.rates[i]);
  print("times these files alone", spread_of(ratios), "");
}

void pure(fs::path const& directory, double seconds) {
  constexpr std::size_t small = log::full_width;
  constexpr std::size_t large = service::Sequencer::max_batch;
  PureLog log_small{directory / "small", small};
  PureLog log_large{directory / "large", large};
  BareLoop files_small{directory / "files-small", 1};
  BareLoop files_large{directory / "files-large", large / log::full_width};
  BareLoop one_file{directory / "one-file", 0};
  Contestant in_small{fmt::format("pure path, batches of {}", small), small, [&] { log_small.add_batch(); }};
  Contestant alone_small{"the files of that, one by one", small, [&] { files_small.add_batch(); }};
  Contestant alone_one{"one file and a checkpoint for each 256", small, [&] { one_file.add_batch(); }};
  Contestant in_large{fmt::format("pure path, batches of {}", large), large, [&] { log_large.add_batch(); }};
  Contestant alone_large{"the files of that, one by one", large, [&] { files_large.add_batch(); }};
  auto const start = Clock::now();
  while (seconds_since(start) < seconds)
    for (Contestant* each : {&in_small, &alone_small, &alone_one, &in_large, &alone_large}) each->take_turn();
  print_rates(in_small);
  print_rates(alone_small);
  print_ratio(in_small, alone_small);
  print_rates(alone_one);
  print_rates(in_large);
  print_rates(alone_large);
  print_ratio(in_large, alone_large);
}

// Through the Store.

/// 64 callers, each with a record of its own; each appends its next entry once the last one is durable.
class Appenders {
 public:
  explicit Appenders(ports::Store& store, base::Random& random) : store_(store), random_(random) {
    must(store_.write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
      rows_.clear();
      for (std::size_t i = 0; i < callers; ++i) {
        ports::RecordRow row{transaction.new_record_id(), i, 0, 0, {}, {}, {}, base::Bytes(400), {}};
        transaction.add_record(row, ports::WrappedKey{base::Bytes(60)});
        rows_.push_back(std::move(row));
      }
      return {};
    }));
  }

  std::uint64_t run(double seconds) {
    end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    running_ = callers;
    for (std::size_t i = 0; i < callers; ++i) next(i);
    std::unique_lock lock{mutex_};
    idle_.wait(lock, [this] { return running_ == 0; });
    return appended_;
  }

 private:
  void next(std::size_t i) {
    auto const commitment = random_.bytes<32>();
    store_.write(
        [this, i, commitment](ports::Transaction& transaction) -> base::result<void> {
          ports::RecordRow row = rows_[i];
          transaction.add_entry({row.id, row.entries, commitment, base::Bytes(700)}, false);
          ++row.entries;
          row.last = commitment;
          transaction.update_record(row);
          return {};
        },
        [this, i, commitment](base::result<ports::Commit> const& commit) {
          must(commit ? base::result<void>{} : base::result<void>{commit.error()});
          ++rows_[i].entries;
          rows_[i].last = commitment;
          ++appended_;
          if (Clock::now() < end_) return next(i);
          std::lock_guard const lock{mutex_};
          if (--running_ == 0) idle_.notify_all();
        });
  }

  ports::Store& store_;
  base::Random& random_;
  std::vector<ports::RecordRow> rows_;
  Clock::time_point end_;
  std::atomic<std::uint64_t> appended_ = 0;
  std::size_t running_ = 0;
  std::mutex mutex_;
  std::condition_variable idle_;
};

/// As when serving: meanwhile the log takes the leaves in, twice a second.
void through_store(fs::path const& directory, double seconds) {
  LogKeys const log;
  sqlite::Options options{.directory = directory};
  auto const store = must(sqlite::create(options, {"test", origin, base::Bytes(32)}));
  auto const files = system::make_tile_files(directory / "log");
  service::Sequencer sequencer{*store, *files, *log.signer, *log.random, origin};
  Appenders appenders{*store, *log.random};
  std::atomic<bool> stop = false;
  std::thread keeper{[&] {
    while (!stop) {
      while (must(sequencer.step()) == service::Sequencer::max_batch) {
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{500});
    }
  }};
  auto const start = Clock::now();
  std::uint64_t const appended = appenders.run(seconds);
  print("durable, through the Store, 64 callers", static_cast<double>(appended) / seconds_since(start), "leaves/s");
  auto const drain = Clock::now();
  stop = true;
  keeper.join();
  while (must(sequencer.step()) > 0) {
  }
  print("until the rest is in the log", seconds_since(drain), "s");
}

// A large log.

log::Salt salt_of(std::size_t seq) {
  log::Salt salt{};
  salt[0] = static_cast<std::uint8_t>(seq);
  salt[1] = static_cast<std::uint8_t>(seq >> 8);
  return salt;
}

base::Bytes facts_after(std::size_t count) {
  return base::Bytes(200, static_cast<std::uint8_t>(count));
}

/// A person's history in which every entry follows on from the one before.
log::Bundle person(base::Hash const& state_key) {
  log::Bundle bundle;
  bundle.origin = origin;
  bundle.position = 4711;
  bundle.state = facts_after(person_entries);
  bundle.state_key = state_key;
  base::Hash previous{};
  for (std::size_t seq = 0; seq < person_entries; ++seq) {
    log::Entry entry;
    entry.position = bundle.position;
    entry.seq = seq;
    entry.previous = previous;
    entry.time = base::parse_time("2026-11-21T10:00:00Z").value() + std::chrono::minutes{seq};
    entry.actor = "holder";
    entry.operation = "correct";
    entry.fields = {"main_address"};
    entry.before = log::state_mac(salt_of(seq), log::state_tag(state_key, facts_after(seq)));
    entry.after = log::state_mac(salt_of(seq), log::state_tag(state_key, facts_after(seq + 1)));
    bundle.entries.push_back({must(log::encode_entry(entry)), salt_of(seq), {}, {}});
    previous = log::commitment(salt_of(seq), bundle.entries.back().encoded);
  }
  return bundle;
}

/// An epoch over the log before `index`, where its leaf comes to stand, with the person's head alone in its tree.
log::BundleEpoch epoch_at(log::Bundle const& bundle, std::uint64_t number, std::uint64_t index,
                          base::Hash const& seed) {
  constexpr std::uint64_t positions = 8192;
  log::EpochSeed const secret{seed};
  log::Epoch epoch{log::epoch_version,
                   number,
                   base::parse_time("2026-11-21T10:00:00Z").value() + std::chrono::hours{number},
                   std::chrono::hours{1},
                   index,
                   positions,
                   {}};
  auto const counted = std::partition_point(bundle.entries.begin(), bundle.entries.end(),
                                            [index](log::BundleEntry const& entry) { return *entry.index < index; });
  auto const count = static_cast<std::uint64_t>(counted - bundle.entries.begin());
  log::BundleEntry const& last = bundle.entries.at(count - 1);
  log::Head const head{bundle.position, count, log::commitment(last.salt, last.encoded)};
  log::HeadTreeBuilder builder{number, secret, positions};
  must(builder.add(head));
  auto const tree = must(builder.finish());
  epoch.root = tree.root;
  auto proof =
      must(log::prove_head(number, secret, positions, bundle.position, {&head, 1},
                           [&tree](log::TileId) -> base::result<base::Bytes> { return tree.tiles[0].content; }));
  return {
      log::leaf_of(epoch), index, {}, log::BundleHead{count, log::blind_of(secret, bundle.position), std::move(proof)}};
}

base::result<base::Bytes> content_of(fs::path const& path) {
  return system::read_file(path, 1 << 20);
}

log::TileHashReader reader_of(fs::path const& directory, std::uint64_t size) {
  return {size, [directory](log::TileId tile) { return content_of(directory / log::path_of(tile)); }};
}

void write(fs::path const& path, base::ByteView content) {
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary} << base::as_text(content);
}

void make(fs::path const& directory, std::uint64_t leaves) {
  LogKeys const log;
  log::Bundle bundle = person(log.random->bytes<32>());
  std::uint64_t const apart = leaves / person_entries;
  for (std::size_t seq = 0; seq < person_entries; ++seq) bundle.entries[seq].index = seq * apart;
  for (std::uint64_t number = 0; number < person_epochs; ++number)  // just after one of the person's entries
    bundle.epochs.push_back(
        epoch_at(bundle, number, (number + 1) * (person_entries / person_epochs) * apart + 1, log.random->bytes<32>()));
  log::RightEdge edge;
  constexpr std::uint64_t at_once = std::uint64_t{256} * 256;
  while (edge.size() < leaves) {
    std::uint64_t const first = edge.size();
    auto batch = random_leaves(*log.random, std::min(at_once, leaves - first));
    for (std::size_t seq = (first + apart - 1) / apart; seq < person_entries && seq * apart < first + batch.size();
         ++seq) {
      auto const& entry = bundle.entries[seq];
      batch[seq * apart - first] = log::leaf_of(log::commitment(entry.salt, entry.encoded));
    }
    for (log::BundleEpoch const& epoch : bundle.epochs)
      if (epoch.index >= first && epoch.index - first < batch.size()) batch[epoch.index - first] = epoch.leaf;
    auto older = reader_of(directory, first);
    auto growth = must(log::grow(std::move(edge), hashes_of(batch), std::ref(older)));
    edge = std::move(growth.edge);
    for (log::Tile const& tile : growth.tiles) write(directory / log::path_of(tile.id), tile.content);
    for (std::size_t at = 0; at < batch.size(); at += log::full_width) {
      auto const end = std::min(batch.size(), at + log::full_width);
      log::EntriesId const id{(first + at) / log::full_width, static_cast<unsigned>(end - at)};
      write(directory / log::path_of(id), must(log::encode_entries(std::span{batch}.subspan(at, end - at))));
    }
  }
  bundle.checkpoint = log.sign(leaves, edge.root());
  bundle.verifier_key = log.key.format();
  auto reader = reader_of(directory, leaves);
  for (auto& entry : bundle.entries)
    entry.proof = must(log::inclusion_proof(entry.index.value(), leaves, std::ref(reader)));
  for (auto& epoch : bundle.epochs) epoch.proof = must(log::inclusion_proof(epoch.index, leaves, std::ref(reader)));
  write(directory / "checkpoint", base::as_bytes(bundle.checkpoint));
  write(directory / "key", base::as_bytes(bundle.verifier_key));
  write(directory / "person.json", base::as_bytes(log::encode_bundle(bundle)));
}

std::string text_of(fs::path const& path) {
  auto const content = must(system::read_file(path, log::max_bundle_size_bytes));
  return std::string{base::as_text(content)};
}

log::Checkpoint checkpoint_of(fs::path const& directory) {
  auto const key = must(log::VerifierKey::parse(text_of(directory / "key")));
  return must(log::verify_checkpoint(must(log::parse_note(text_of(directory / "checkpoint"))), key));
}

/// What a register does with its log when it starts, and when somebody asks for a proof.
void use(fs::path const& directory) {
  auto const start = Clock::now();
  auto const checkpoint = checkpoint_of(directory);
  auto reader = reader_of(directory, checkpoint.size);
  auto const edge = must(log::RightEdge::load(checkpoint.size, std::ref(reader)));
  if (edge.root() != checkpoint.root)
    must(base::result<void>{base::fail(base::errc::corrupted, "Not the signed root.")});
  print("start: from the checkpoint to the edge of the tree", seconds_since(start) * 1000, "ms");
  auto const random = openssl::make_random();
  auto const proving = Clock::now();
  for (std::size_t i = 0; i < proofs; ++i) {
    auto fresh = reader_of(directory, checkpoint.size);
    must(log::inclusion_proof(random->below(checkpoint.size), checkpoint.size, std::ref(fresh)));
  }
  print("an inclusion proof from tiles", seconds_since(proving) * 1000 / proofs, "ms");
  print("memory of that process", peak_memory_mib(), "MiB");
}

class Files : public monitor::Source {
 public:
  explicit Files(fs::path directory) : directory_(std::move(directory)) {}
  base::result<base::Bytes> file(std::string const& path) override { return content_of(directory_ / path); }
  base::result<std::optional<std::string>> seen_by(log::TrustedKey const&, std::string const&) override {
    return std::optional<std::string>{};
  }

 private:
  fs::path directory_;
};

void monitor_all(fs::path const& directory) {
  auto const policy = must(log::TrustPolicy::parse("log " + text_of(directory / "key") + "\nquorum none\n"));
  Files files{directory};
  monitor::State state;
  auto const start = Clock::now();
  auto const findings = must(monitor::look(policy, files, state));
  if (findings.alarm || findings.size != checkpoint_of(directory).size)
    must(base::result<void>{base::fail(base::errc::corrupted, "The monitor did not find the log good.")});
  print("monitor of the whole log", seconds_since(start), "s");
  print("memory of the monitor", peak_memory_mib(), "MiB");
}

void audit(fs::path const& directory) {
  std::string const file = text_of(directory / "person.json");
  auto const key = must(log::VerifierKey::parse(text_of(directory / "key")));
  auto const start = Clock::now();
  auto const report = log::audit(must(log::decode_bundle(file)), key);
  if (report.verdict != log::AuditVerdict::accepted)
    must(base::result<void>{base::fail(base::errc::corrupted, report.reason)});
  print("audit of 1,000 entries and 90 epochs", seconds_since(start) * 1000, "ms");
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> const arguments(argv + 1, argv + argc);
  std::map<std::string, std::function<void(fs::path, double)>> const commands{
      {"pure", pure},
      {"store", through_store},
      {"make", [](fs::path const& at, double leaves) { make(at, static_cast<std::uint64_t>(leaves)); }},
      {"use", [](fs::path const& at, double) { use(at); }},
      {"monitor", [](fs::path const& at, double) { monitor_all(at); }},
      {"audit", [](fs::path const& at, double) { audit(at); }}};
  auto const command = arguments.size() > 1 ? commands.find(arguments[0]) : commands.end();
  if (command == commands.end()) {
    std::cerr << "Use: bench_log pure|store|make|use|monitor|audit DIR [NUMBER]; bench/log does all of it\n";
    return 2;
  }
  command->second(arguments[1], arguments.size() > 2 ? std::stod(arguments[2]) : 0);
  return 0;
}
