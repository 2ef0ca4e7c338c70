// The sequencer under 10,000 drawn schedules: at each call of the store and the files, the process may die before it or
// after it, the call may fail with and without effect, entries may come, and a second process may take its turn. Of a
// batch of files that was cut off, any may be there. A schedule is its seed: a failure prints it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "log/tiles.hpp"
#include "service/sequencer.hpp"
#include "support/world.hpp"

namespace abode::service {
namespace {

using base::Hash;
using base::result;

constexpr std::string_view origin = "example.org/abode";

/// The process is gone, in the middle of whatever it did.
struct Death {};

/// What becomes of one call.
enum class Fate : std::uint8_t { done, refused, lost, dies_before, dies_after };

struct Tally {
  std::uint64_t deaths = 0;
  std::uint64_t failures = 0;
  std::uint64_t partial = 0;  ///< batches of files of which some were written, and others not
  std::uint64_t rival_steps = 0;
  std::uint64_t overtaken = 0;  ///< conflicts at the compare-and-swap
  std::uint64_t checkpoints = 0;
};

class Schedule;

/// The store as one process sees it.
class StoreOfProcess final : public ports::Store {
 public:
  explicit StoreOfProcess(Schedule& schedule) : schedule_(schedule) {}
  void write(UseCase use_case, Done done) override;
  result<void> read(std::function<result<void>(ports::Snapshot&)> const& use) override;

 private:
  Schedule& schedule_;
};

/// The files likewise.
class FilesOfProcess final : public ports::TileFiles {
 public:
  explicit FilesOfProcess(Schedule& schedule) : schedule_(schedule) {}
  result<void> put(std::span<ports::TileFile const> files) override;
  result<void> publish_checkpoint(std::string_view checkpoint) override;
  result<base::Bytes> get(std::string_view path) override;

 private:
  Schedule& schedule_;
};

/// Signs nothing; what it is asked to sign is held against the tree in the end.
class NotingSigner final : public ports::Signer {
 public:
  base::Bytes checkpoint_public_key() override { return base::Bytes(32, 7); }
  base::Bytes sign_checkpoint(std::string_view text) override {
    texts.emplace_back(text);
    return base::Bytes(64, 7);
  }
  std::vector<std::string> texts;
};

/// One run. What is durable is here: the store, the files, and what was promised to clients.
class Schedule {
 public:
  Schedule(std::uint64_t seed, Tally& tally) : random_(seed), tally_(tally), with_rival_(seed % 2 == 0) {}

  void run() {
    queue(random_.below(10) == 0 ? 240 : random_.below(6));
    for (std::uint64_t turns = 4 + random_.below(6); turns > 0; --turns) {
      if (random_.below(3) != 0) queue(random_.below(12));
      if (random_.below(6) == 0) sweep_at_any_time();
      turn(first_);
      if (with_rival_ && random_.below(3) == 0) turn(second_);
    }
    come_to_rest();
    expect_sound();
  }

  /// What a call comes to, and what happens around it. `act_partly` is what may be left of one that was cut off.
  template <class Result>
  Result meet(std::function<Result()> const& act, bool writes, std::function<void()> const& act_partly = [] {}) {
    happen_meanwhile();
    Fate const fate = draw_fate(writes);
    if (fate == Fate::dies_before || fate == Fate::refused) act_partly();
    if (fate == Fate::dies_before) throw Death{};
    if (fate == Fate::refused) return ++tally_.failures, failure();
    Result outcome = act();
    happen_meanwhile();
    if (fate == Fate::dies_after) throw Death{};
    if (fate == Fate::lost && outcome) return ++tally_.failures, failure();
    return outcome;
  }

  ports::Store& store() { return *store_; }
  test::MemoryTiles& tiles() { return tiles_; }
  /// A store under contention runs a use case, rolls it back and runs it again.
  bool draws_a_retry() { return !quiet_ && random_.below(8) == 0; }
  result<void> put(std::span<ports::TileFile const> files) {
    auto const done = tiles_.put(files);
    if (!done) ADD_FAILURE() << "a file was to be written over with other bytes";
    return done;
  }
  /// Each file of a batch is there or not, as it falls.
  void put_some(std::span<ports::TileFile const> files) {
    std::vector<ports::TileFile> written;
    for (ports::TileFile const& file : files)
      if (random_.below(2) == 0) written.push_back(file);
    tally_.partial += !written.empty() && written.size() < files.size();
    (void)put(written);
  }
  /// Nobody may hear of a tree before all its files are there.
  void expect_files_of(std::string const& checkpoint) {
    std::uint64_t const size = checkpoint.empty() ? 0 : size_of(checkpoint);
    for (log::TileId const& tile : log::new_tiles(0, size)) expect_file(log::path_of(tile));
    for (log::EntriesId const& entries : log::new_entries(0, size)) expect_file(log::path_of(entries));
  }
  void expect_files() { expect_files_of(state().checkpoint); }

 private:
  /// A process: what it remembers goes with it.
  struct Process {
    explicit Process(Schedule& schedule) : schedule_(schedule), store(schedule), files(schedule) {}
    Schedule& schedule_;
    StoreOfProcess store;
    FilesOfProcess files;
    std::optional<Sequencer> sequencer;
  };

  void expect_file(std::string const& path) {
    EXPECT_TRUE(tiles_.files.contains(path)) << path << " was not there when its checkpoint was published";
  }

  static base::Error failure() { return base::fail(base::errc::unavailable, "No answer came. Try again."); }

  Fate draw_fate(bool writes) {
    if (quiet_ || random_.below(12) != 0) return Fate::done;
    constexpr Fate of_writes[] = {Fate::refused, Fate::lost, Fate::dies_before, Fate::dies_after};
    constexpr Fate of_reads[] = {Fate::refused, Fate::dies_before};
    return writes ? of_writes[random_.below(std::size(of_writes))] : of_reads[random_.below(std::size(of_reads))];
  }

  /// Between any two calls of one process, clients act and the other process takes its turn.
  void happen_meanwhile() {
    if (quiet_ || inside_) return;
    inside_ = true;
    if (random_.below(20) == 0) queue(1 + random_.below(3));
    if (with_rival_ && random_.below(8) == 0)
      for (std::uint64_t turns = 1 + random_.below(2); turns > 0; --turns) {
        ++tally_.rival_steps;
        turn(at_work_ == &first_ ? second_ : first_);
      }
    inside_ = false;
  }

  void turn(Process& process) {
    Process* const before = std::exchange(at_work_, &process);
    try {
      if (!process.sequencer) start(process);
      if (!with_rival_ && random_.below(8) == 0)
        publish_leaf(*process.sequencer);
      else if (auto const stepped = process.sequencer->step(); !stepped)
        tally_.overtaken += stepped.error().code == base::errc::conflict;
    } catch (Death const&) {
      ++tally_.deaths;
      process.sequencer.reset();
    }
    at_work_ = before;
  }

  /// A start is refused when the published log is ahead of the store: that never happens by itself.
  void start(Process& process) {
    EXPECT_LE(shown_size(), state().size) << "the published log is ahead of the store";
    process.sequencer.emplace(process.store, process.files, signer_, random_, std::string{origin});
  }

  void publish_leaf(Sequencer& sequencer) {
    base::Bytes const leaf{0x04, static_cast<std::uint8_t>(public_leaves_.size())};
    bool& promised = public_leaves_[leaf];
    promised = sequencer.publish_leaf(leaf).has_value();
  }

  /// The writes of some clients at once: promised, or refused.
  void queue(std::uint64_t count) {
    bool const refused = random_.below(10) == 0;
    std::size_t const first = entries_.size();
    for (std::uint64_t i = 0; i < count; ++i) entries_.emplace_back(random_.bytes<32>(), !refused);
    auto const written = store_->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
      for (std::size_t i = first; i < entries_.size(); ++i)
        transaction.add_entry({record_of(i), 0, entries_[i].first, {}}, false);
      if (refused) return failure();
      return {};
    });
    EXPECT_EQ(written.has_value(), !refused);
  }
  static ports::RecordId record_of(std::size_t entry) { return ports::RecordId{static_cast<std::int64_t>(entry) + 1}; }

  /// The sequencer reads no clock; the job beside it does, and any time may come.
  void sweep_at_any_time() {
    base::Time const now{std::chrono::seconds{static_cast<std::int64_t>(random_.below(253'402'300'799))}};
    EXPECT_TRUE(store_->write_and_wait([now](ports::Transaction& transaction) -> result<void> {
      transaction.sweep(now, 100);
      return {};
    }));
  }

  /// No trouble any more: a process starts after all the others and works until nothing waits.
  void come_to_rest() {
    quiet_ = true;
    first_.sequencer.reset();
    second_.sequencer.reset();
    start(first_);
    for (int steps = 0; steps < 10; ++steps) {
      auto const stepped = first_.sequencer->step();
      ASSERT_TRUE(stepped) << stepped.error().detail;
      if (*stepped == 0 && !waits()) return;
    }
    FAIL() << "the sequencer does not come to rest";
  }

  void expect_sound() {
    read_leaves();
    expect_every_entry_once();
    expect_one_root_for_each_size();
    expect_files_that_agree();
  }

  void read_leaves() {
    std::uint64_t const size = state().size;
    for (log::EntriesId const& id : log::new_entries(0, size))
      for (auto& leaf : test::must(log::decode_entries(test::must(tiles_.get(log::path_of(id))), id.width)))
        leaves_.push_back(std::move(leaf));
    ASSERT_EQ(leaves_.size(), size);
    log::RightEdge edge;
    roots_.push_back(edge.root());
    for (base::Bytes const& leaf : leaves_) {
      edge.append(log::hash_leaf(leaf));
      roots_.push_back(edge.root());
    }
  }

  void expect_every_entry_once() {
    std::multiset<base::Bytes> const in_log{leaves_.begin(), leaves_.end()};
    using Indices = std::vector<std::optional<std::uint64_t>>;
    auto const indices = test::must(test::read(*store_, [&](ports::Snapshot& s) -> result<Indices> {
      Indices found;
      for (std::size_t i = 0; i < entries_.size(); ++i) found.push_back(s.leaf_index(record_of(i), 0));
      return found;
    }));
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      auto const& [commitment, written] = entries_[i];
      base::Bytes const leaf = log::leaf_of(commitment);
      ASSERT_EQ(in_log.count(leaf), written ? 1u : 0u) << "entry " << i;
      if (!written) continue;
      ASSERT_TRUE(indices[i]) << "entry " << i;
      ASSERT_EQ(leaves_.at(*indices[i]), leaf) << "entry " << i;
    }
    for (auto const& [leaf, promised] : public_leaves_) {
      EXPECT_LE(in_log.count(leaf), 1u);
      EXPECT_TRUE(!promised || in_log.contains(leaf)) << "a public leaf that was promised is not there";
    }
  }

  /// Every checkpoint that was ever signed is of a beginning of the log as it is now: so all of them agree.
  void expect_one_root_for_each_size() {
    for (std::string const& text : signer_.texts) {
      auto const checkpoint = test::must(log::parse_checkpoint(text));
      ASSERT_LT(checkpoint.size, roots_.size());
      ASSERT_EQ(checkpoint.root, roots_[checkpoint.size]) << "another root was signed for size " << checkpoint.size;
    }
    std::uint64_t last = 0;
    for (std::string const& note : tiles_.checkpoints) {
      std::uint64_t const size = size_of(note);
      // Two processes at once are kept away by the directory's lock; without it the file may go back for a moment.
      ASSERT_TRUE(with_rival_ || size >= last) << "the published log shrank";
      last = size;
      ASSERT_LE(size, leaves_.size());
    }
    tally_.checkpoints += tiles_.checkpoints.size();
    EXPECT_EQ(shown_size(), leaves_.size());
    EXPECT_EQ(base::as_text(tiles_.files["checkpoint"]), state().checkpoint);
  }

  /// Every file that was ever written, partial ones among them, is what the leaves lead to.
  void expect_files_that_agree() {
    std::map<std::string, log::EntriesId> entries;
    for (std::uint64_t size = 1; size <= leaves_.size(); ++size)
      for (log::EntriesId const& id : log::new_entries(size - 1, size)) entries.emplace(log::path_of(id), id);
    auto const none = [](log::Node) -> result<Hash> { return base::fail(base::errc::not_found, ""); };
    std::vector<Hash> hashes;
    for (base::Bytes const& leaf : leaves_) hashes.push_back(log::hash_leaf(leaf));
    auto const whole = log::grow({}, hashes, none).value();
    for (auto const& [path, content] : tiles_.files) {
      if (path == "checkpoint") continue;
      if (path.starts_with("tile/entries/")) {
        ASSERT_TRUE(entries.contains(path)) << path << " is beyond the log";
        log::EntriesId const id = entries.at(path);
        auto const held = std::span{leaves_}.subspan(id.index * log::full_width, id.width);
        ASSERT_EQ(content, log::encode_entries(held).value()) << path << " contradicts the log";
        continue;
      }
      bool begins_a_tile = false;
      for (log::Tile const& tile : whole.tiles) {
        std::string const full = log::path_of(log::TileId{tile.id.level, tile.id.index, log::full_width});
        bool const same_place = path == full || path.starts_with(full + ".p/");
        begins_a_tile = begins_a_tile || (same_place && content.size() <= tile.content.size() &&
                                          std::equal(content.begin(), content.end(), tile.content.begin()));
      }
      ASSERT_TRUE(begins_a_tile) << path << " contradicts the log";
    }
  }

  static std::uint64_t size_of(std::string_view note) {
    return test::must(log::parse_checkpoint(test::must(log::parse_note(note)).text)).size;
  }
  std::uint64_t shown_size() {
    auto const shown = tiles_.files.find("checkpoint");
    return shown == tiles_.files.end() ? 0 : size_of(base::as_text(shown->second));
  }
  ports::LogState state() {
    return test::must(test::read(*store_, [](ports::Snapshot& s) -> result<ports::LogState> { return s.log_state(); }));
  }
  bool waits() {
    return test::must(test::read(
        *store_, [](ports::Snapshot& s) -> result<bool> { return s.pending_batch() || !s.queued_leaves(1).empty(); }));
  }

  test::SeededRandom random_;
  Tally& tally_;
  bool const with_rival_;
  std::unique_ptr<ports::Store> store_ = test::make_memory_store();
  test::MemoryTiles tiles_;
  NotingSigner signer_;
  std::vector<std::pair<Hash, bool>> entries_;  ///< and whether it was written
  std::map<base::Bytes, bool> public_leaves_;   ///< and whether it was promised
  bool quiet_ = false;
  bool inside_ = false;
  Process first_{*this};
  Process second_{*this};
  Process* at_work_ = nullptr;
  std::vector<base::Bytes> leaves_;
  std::vector<Hash> roots_;  ///< by size
};

void StoreOfProcess::write(UseCase use_case, Done done) {
  auto const rolled_back = [&use_case](ports::Transaction& transaction) -> result<void> {
    (void)use_case(transaction);
    return base::fail(base::errc::busy, "Once more.");
  };
  auto outcome = schedule_.meet<result<ports::Commit>>(
      [&] {
        if (schedule_.draws_a_retry()) (void)schedule_.store().write_and_wait(rolled_back);
        auto written = schedule_.store().write_and_wait(use_case);
        schedule_.expect_files();
        return written;
      },
      true);
  done(std::move(outcome));
}

result<void> StoreOfProcess::read(std::function<result<void>(ports::Snapshot&)> const& use) {
  return schedule_.meet<result<void>>([&] { return schedule_.store().read(use); }, false);
}

result<void> FilesOfProcess::put(std::span<ports::TileFile const> files) {
  return schedule_.meet<result<void>>([&] { return schedule_.put(files); }, true, [&] { schedule_.put_some(files); });
}

result<void> FilesOfProcess::publish_checkpoint(std::string_view checkpoint) {
  return schedule_.meet<result<void>>(
      [&] {
        schedule_.expect_files_of(std::string{checkpoint});
        return schedule_.tiles().publish_checkpoint(checkpoint);
      },
      true);
}

result<base::Bytes> FilesOfProcess::get(std::string_view path) {
  return schedule_.meet<result<base::Bytes>>([&] { return schedule_.tiles().get(path); }, false);
}

class SequencerSimulation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SequencerSimulation, KeepsOneLogWhateverHappens) {
  constexpr std::uint64_t seeds = 1000;
  Tally tally;
  for (std::uint64_t seed = GetParam() * seeds; seed < (GetParam() + 1) * seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Schedule{seed, tally}.run();
    if (HasFailure()) return;
  }
  // What a schedule is to try was tried, many times.
  EXPECT_GT(tally.deaths, seeds);
  EXPECT_GT(tally.failures, seeds);
  EXPECT_GT(tally.partial, seeds / 20);
  EXPECT_GT(tally.rival_steps, seeds);
  EXPECT_GT(tally.overtaken, seeds / 10);
  EXPECT_GT(tally.checkpoints, 2 * seeds);
}

INSTANTIATE_TEST_SUITE_P(Thousands, SequencerSimulation, ::testing::Range<std::uint64_t>(0, 10));

}  // namespace
}  // namespace abode::service
