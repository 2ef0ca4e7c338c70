// Measures the closing of an epoch, alone and while others write; bench/log runs it.
//   bench_epochs DIR POSITIONS SECONDS
// makes a store with half as many records as POSITIONS, a power of two, each with an entry in the log. Prints lines
// "what|figure|unit".
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "figures.hpp"
#include "log/entry.hpp"
#include "openssl/vault.hpp"
#include "service/epochs.hpp"
#include "sqlite/store.hpp"
#include "system/clock.hpp"
#include "system/process.hpp"

namespace {

using namespace abode;
using namespace bench;

constexpr std::size_t callers = 64;
constexpr std::size_t records_at_once = 8192;
constexpr std::chrono::seconds epoch_length{1};

/// Records at places all over the tree, each with one entry, all of which are in the log.
class Register {
 public:
  Register(std::filesystem::path const& directory, std::uint64_t positions)
      : store(must(sqlite::create(sqlite::Options{.directory = directory}, {"test", "bench", base::Bytes(32)}))),
        positions_(positions) {
    for (std::uint64_t made = 0; made < positions / 2; made += records_at_once) add_records(made);
    must(write([this](ports::Transaction& transaction) -> base::result<void> {
      return service::open_first_epoch(*sealer, *random, clock->now(), transaction, epoch_length);
    }));
    place_epoch();
  }

  base::result<void> write(ports::Store::UseCase use_case) const {
    auto const commit = store->write_and_wait(std::move(use_case));
    return commit ? base::result<void>{} : base::result<void>{commit.error()};
  }
  /// What the sequencer does for an epoch, without a log.
  void place_epoch() const {
    must(write([](ports::Transaction& transaction) -> base::result<void> {
      if (auto const epoch = transaction.waiting_epoch())
        transaction.place_epoch(epoch->number, transaction.log_state().size);
      return {};
    }));
  }
  void close_epoch() const {
    must(service::close_epoch(context, *store, epoch_length));
    place_epoch();
  }

  std::unique_ptr<base::Random> random = openssl::make_random();
  openssl::Keys keys = openssl::make_keys(*random);
  std::unique_ptr<ports::Sealer> sealer = openssl::make_sealer(keys);
  std::unique_ptr<base::Clock> clock = system::make_clock({});
  rules::Profile profile{};
  service::Context context{*clock, *random, *sealer, profile, service::Mode::test};
  std::unique_ptr<ports::Store> store;

 private:
  void add_records(std::uint64_t first) {
    must(write([this, first](ports::Transaction& transaction) -> base::result<void> {
      ports::Batch batch{transaction.log_state().size, {}, {}};
      for (std::uint64_t i = first; i < std::min(first + records_at_once, positions_ / 2); ++i) {
        // An odd factor goes round all places of a power of two.
        std::uint64_t const position = i * 0x9e3779b97f4a7c15 % positions_;
        auto const commitment = random->bytes<32>();
        ports::RecordRow const row{
            transaction.new_record_id(), position, 0, 1, commitment, {}, {}, base::Bytes(400), {}};
        transaction.add_record(row, ports::WrappedKey{base::Bytes(60)});
        transaction.add_entry({row.id, 0, commitment, base::Bytes(700)}, false);
        batch.origin.push_back(static_cast<std::uint32_t>(batch.leaves.size()));
        batch.leaves.push_back(log::leaf_of(commitment));
      }
      std::uint64_t const size = batch.start + batch.leaves.size();
      transaction.take_batch(batch);
      return transaction.publish(batch.start, {size, {}, "bench"});
    }));
  }

  std::uint64_t positions_;
};

/// 64 callers; each appends the next entry of a record of its own once the last one is durable.
class Appenders {
 public:
  explicit Appenders(Register const& made) : made_(made) {
    must(made_.store->read([this](ports::Snapshot& snapshot) -> base::result<void> {
      for (ports::RecordId id : snapshot.record_ids({}, callers)) rows_.push_back(snapshot.record(id).value());
      return {};
    }));
  }

  /// The time of the slowest but one of a hundred writes, in milliseconds.
  double p99_over(double seconds) {
    took_.clear();
    end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    running_ = rows_.size();
    for (std::size_t i = 0; i < rows_.size(); ++i) next(i);
    std::unique_lock lock{mutex_};
    idle_.wait(lock, [this] { return running_ == 0; });
    std::sort(took_.begin(), took_.end());
    return took_[took_.size() * 99 / 100] * 1000;
  }
  std::size_t writes() const { return took_.size(); }

 private:
  void next(std::size_t i) {
    auto const begun = Clock::now();
    auto const commitment = made_.random->bytes<32>();
    made_.store->write(
        [this, i, commitment](ports::Transaction& transaction) -> base::result<void> {
          ports::RecordRow row = rows_[i];
          transaction.add_entry({row.id, row.entries, commitment, base::Bytes(700)}, false);
          ++row.entries;
          row.last = commitment;
          transaction.update_record(row);
          return {};
        },
        [this, i, commitment, begun](base::result<ports::Commit> const& commit) {
          must(commit ? base::result<void>{} : base::result<void>{commit.error()});
          ++rows_[i].entries;
          rows_[i].last = commitment;
          took_.push_back(seconds_since(begun));  // on the writer's one thread
          if (Clock::now() < end_) return next(i);
          std::lock_guard const lock{mutex_};
          if (--running_ == 0) idle_.notify_all();
        });
  }

  Register const& made_;
  std::vector<ports::RecordRow> rows_;
  std::vector<double> took_;
  Clock::time_point end_;
  std::size_t running_ = 0;
  std::mutex mutex_;
  std::condition_variable idle_;
};

/// Closes epochs one after the other until it goes, as app::EpochKeeper does.
class Closer {
 public:
  explicit Closer(Register const& made) {
    thread_ = std::thread{[this, &made] {
      system::yield_to_other_threads();
      while (!stop_) {
        made.close_epoch();
        ++closed_;
      }
    }};
  }
  ~Closer() {
    stop_ = true;
    thread_.join();
  }
  Closer(Closer const&) = delete;
  Closer& operator=(Closer const&) = delete;

 private:
  std::atomic<bool> stop_ = false;
  std::size_t closed_ = 0;
  std::thread thread_;
};

double median(std::vector<double> figures) {
  std::sort(figures.begin(), figures.end());
  return figures[figures.size() / 2];
}

void measure(std::filesystem::path const& directory, std::uint64_t positions, double seconds) {
  constexpr int rounds = 5;
  Register const made{directory, positions};
  double const before = peak_memory_mib();
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    auto const start = Clock::now();
    made.close_epoch();
    times.push_back(seconds_since(start));
  }
  print(fmt::format("head tree of {} positions, half of them used", positions), median(times), "s");
  print("memory for it", peak_memory_mib() - before, "MiB");
  Appenders appenders{made};
  appenders.p99_over(1);  // warms up
  std::vector<double> alone;
  std::vector<double> with;
  std::vector<double> ratios;
  for (int i = 0; i < rounds; ++i) {
    alone.push_back(appenders.p99_over(seconds));
    Closer const closer{made};
    with.push_back(appenders.p99_over(seconds));
    ratios.push_back(with.back() / alone.back());
  }
  print("writes by 64 callers, p99", median(alone), "ms");
  print("the same while one tree after the other is made, p99", median(with), "ms");
  print("that is", median(ratios), "times as long");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "Use: bench_epochs DIR POSITIONS SECONDS; bench/log does it\n";
    return 2;
  }
  measure(argv[1], std::stoull(argv[2]), std::stod(argv[3]));
  return 0;
}
