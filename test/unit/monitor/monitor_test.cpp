#include "monitor/monitor.hpp"

#include <gtest/gtest.h>

#include <map>

#include "log/profile_change.hpp"
#include "log/restore_notice.hpp"
#include "log/tiles.hpp"
#include "unit/log/reference.hpp"

namespace abode::monitor {
namespace {

using base::Bytes;
using base::errc;
using log::reference::LogKey;
using log::reference::Tree;
using log::reference::WitnessKey;

base::Time const noon = base::parse_time("2026-11-26T12:00:00Z").value();

/// A log as its operator shows it, and what witnesses show of it.
class FakeLog : public Source {
 public:
  explicit FakeLog(LogKey const& key) : key_(key) {}

  void add(Bytes leaf) { leaves.push_back(std::move(leaf)); }
  void add_entries(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      Bytes leaf{0x01};
      base::append(leaf, log::reference::nth_leaf_hash(leaves.size() + salt));
      add(std::move(leaf));
    }
  }
  Tree tree() const {
    Tree tree{0};
    for (Bytes const& leaf : leaves) tree.append(log::hash_leaf(leaf));
    return tree;
  }
  std::string text(std::uint64_t size) const {
    auto const edge = log::RightEdge::load(size, tree().reader()).value();
    return log::format_checkpoint({key_.key.name(), size, edge.root(), {}});
  }
  /// Signs and shows all leaves.
  void show() {
    checkpoint = key_.note_of(text(leaves.size()));
    files.clear();
    auto const all = tree();
    for (log::TileId const& tile : log::new_tiles(0, leaves.size()))
      files[log::path_of(tile)] = log::build_tile(tile, all.reader()).value();
    for (log::EntriesId const& id : log::new_entries(0, leaves.size())) {
      auto const begin = leaves.begin() + static_cast<std::ptrdiff_t>(id.index * log::full_width);
      files[log::path_of(id)] = log::encode_entries(std::vector<Bytes>(begin, begin + id.width)).value();
    }
  }
  std::string witnessed(WitnessKey const& witness, std::uint64_t size) const {
    return key_.note_of(text(size)) + witness.line_under(text(size), noon);
  }

  base::result<Bytes> file(std::string const& path) override {
    ++reads;
    if (path == "checkpoint") return base::to_bytes(base::as_bytes(checkpoint));
    auto const found = files.find(path);
    if (found == files.end()) return base::fail(errc::not_found, path + " is not there.");
    return found->second;
  }
  base::result<std::optional<std::string>> seen_by(log::TrustedKey const& witness, std::string const&) override {
    if (unreachable) return base::fail(errc::unavailable, "No answer.");
    auto const found = views.find(witness.name);
    return found == views.end() ? std::nullopt : std::optional{found->second};
  }

  std::vector<Bytes> leaves;
  std::size_t salt = 0;
  std::string checkpoint;
  std::map<std::string, Bytes> files;
  std::map<std::string, std::string> views;
  bool unreachable = false;
  std::size_t reads = 0;

 private:
  LogKey const& key_;
};

struct MonitorTest : testing::Test {
  LogKey key{1};
  WitnessKey w{11};
  FakeLog shown{key};
  State state;
  log::TrustPolicy alone = log::TrustPolicy::parse("log " + key.key.format() + "\nquorum none\n").value();
  log::TrustPolicy witnessed =
      log::TrustPolicy::parse("log " + key.key.format() + "\nwitness w " + w.key.format() + "\nquorum w\n").value();

  Findings look_well(log::TrustPolicy const& policy) {
    auto const found = look(policy, shown, state);
    EXPECT_TRUE(found) << found.error().detail;
    EXPECT_FALSE(found->alarm) << found->alarm->what;
    return *found;
  }
  Alarm expect_alarm(log::TrustPolicy const& policy, std::string_view words) {
    State const before = state;
    auto const found = look(policy, shown, state);
    EXPECT_TRUE(found && found->alarm) << "no alarm";
    if (!found || !found->alarm) return {};
    EXPECT_NE(found->alarm->what.find(words), std::string::npos) << found->alarm->what;
    EXPECT_EQ(state, before) << "what was good stays as it was";
    return *found->alarm;
  }
};

using Monitor = MonitorTest;

TEST_F(Monitor, FollowsALogThatGrowsAndReadsEachLeafOnce) {
  for (std::size_t more : {0u, 1u, 9u, 246u, 1u, 255u, 700u, 0u}) {
    std::uint64_t const before = shown.leaves.size();
    shown.add_entries(more);
    shown.show();
    shown.reads = 0;
    Findings const found = look_well(alone);
    EXPECT_EQ(found.size_before, before);
    EXPECT_EQ(found.size, before + more);
    EXPECT_EQ(found.entries, more);
    EXPECT_LE(shown.reads, 2 + more / log::full_width + 1);
    EXPECT_EQ(state.edge, log::RightEdge::load(shown.leaves.size(), shown.tree().reader()).value());
    state = decode_state(encode_state(state)).value();
  }
}

TEST_F(Monitor, TakesTheFullFileForAPartialOneThatHasGone) {
  shown.add_entries(100);
  shown.show();
  std::string const early = shown.checkpoint;
  shown.add_entries(400);
  shown.show();
  shown.checkpoint = early;
  shown.files.erase("tile/entries/000.p/100");
  EXPECT_EQ(look_well(alone).size, 100u);
}

TEST_F(Monitor, TellsWhatPublicLeavesSay) {
  shown.add_entries(3);
  shown.add(log::leaf_of(log::RestoreNotice{1, noon, key.key.name(), {3, {}}, {5, {}}}));
  shown.add(log::leaf_of(log::ProfileChange{1, noon, noon + std::chrono::days{30}, "germany", {0xab}}));
  shown.show();
  Findings const found = look_well(alone);
  ASSERT_EQ(found.events.size(), 2u);
  EXPECT_EQ(found.events[0],
            "Leaf 3: the register was restored on 2026-11-26T12:00:00Z from a backup of 3 leaves. What was written in "
            "the 2 leaves after it is lost.");
  EXPECT_NE(found.events[1].find("the profile \"germany\" with SHA-256 ab00"), std::string::npos) << found.events[1];
  EXPECT_NE(found.events[1].find("in force from 2026-12-26T12:00:00Z on"), std::string::npos) << found.events[1];
  EXPECT_EQ(found.entries, 3u);
}

log::Epoch epoch(std::uint64_t number, std::uint64_t covered) {
  return {1, number, noon + std::chrono::hours{number}, std::chrono::hours{1}, covered, 1024, {0xe0}};
}

TEST_F(Monitor, FollowsTheEpochsFromOneLookToTheNext) {
  shown.add(log::leaf_of(epoch(0, 0)));
  shown.add_entries(3);
  shown.add(log::leaf_of(epoch(1, 2)));
  shown.show();
  Findings const found = look_well(alone);
  EXPECT_EQ(found.epochs, 2u);
  EXPECT_EQ(found.epoch, epoch(1, 2));
  state = decode_state(encode_state(state)).value();
  EXPECT_EQ(state.epoch, epoch(1, 2));
  shown.add(log::leaf_of(epoch(2, 5)));
  shown.show();
  EXPECT_EQ(look_well(alone).epochs, 1u);
  EXPECT_EQ(state.epoch, epoch(2, 5));
  EXPECT_EQ(look_well(alone).epochs, 0u);
}

TEST_F(Monitor, RaisesAnAlarmForEpochsThatDoNotFollowOneAnother) {
  shown.add(log::leaf_of(epoch(0, 0)));
  shown.add_entries(3);
  shown.add(log::leaf_of(epoch(1, 2)));
  shown.show();
  look_well(alone);
  auto smaller = epoch(2, 5);
  smaller.positions = 512;
  struct Lie {
    log::Epoch epoch;
    std::string words;
  };
  for (Lie const& lie : std::vector<Lie>{{epoch(1, 2), "Leaf 5: There is a second leaf for the epoch 1."},
                                         {epoch(3, 5), "Leaf 5: The epoch 2 was skipped: 3 came instead."},
                                         {epoch(2, 1), "Leaf 5: The epoch 2 covers 1 leaves, and the one before it"},
                                         {epoch(2, 6), "Leaf 5: The epoch 2 covers more than was in the log"},
                                         {smaller, "Leaf 5: The head tree of the epoch 2 has 512 positions"}}) {
    shown.leaves.resize(5);
    shown.add(log::leaf_of(lie.epoch));
    shown.show();
    EXPECT_EQ(expect_alarm(alone, lie.words).evidence, shown.checkpoint);
  }
  shown.leaves = {log::leaf_of(epoch(1, 0))};
  shown.show();
  state = {};
  expect_alarm(alone, "Leaf 0: The epoch 0 was skipped");
}

TEST_F(Monitor, WarnsOfAnEpochThatWitnessesShowToBeLate) {
  shown.add(log::leaf_of(epoch(0, 0)));
  shown.show();
  auto const cosigned_at = [&](base::Time at) { return key.note_of(shown.text(1)) + w.line_under(shown.text(1), at); };
  shown.checkpoint = cosigned_at(noon + std::chrono::hours{2} + std::chrono::minutes{2});
  EXPECT_TRUE(look_well(witnessed).warnings.empty());
  shown.checkpoint = cosigned_at(noon + std::chrono::hours{2} + std::chrono::minutes{2} + std::chrono::seconds{1});
  EXPECT_EQ(look_well(witnessed).warnings.at(0),
            "The epoch 1 was due on 2026-11-26T13:00:00Z and is not closed: nothing binds what came since.");
}

TEST_F(Monitor, RaisesAnAlarmForALeafOfNoKnownKind) {
  for (Bytes const& odd : {Bytes{}, Bytes{0x01}, Bytes(34, 0x01), Bytes(33, 0x05), Bytes{0x04, 1}}) {
    shown.leaves.clear();
    shown.add_entries(2);
    shown.add(odd);
    shown.show();
    expect_alarm(alone, "Leaf 2 is of no kind");
  }
}

TEST_F(Monitor, RaisesAnAlarmForARollback) {
  shown.add_entries(20);
  shown.show();
  look_well(alone);
  std::string const first = shown.checkpoint;
  shown.leaves.resize(19);
  shown.show();
  EXPECT_EQ(expect_alarm(alone, "went back: it shows 19 leaves").evidence, first + "\n" + shown.checkpoint);
}

TEST_F(Monitor, RaisesAnAlarmForTwoRootsOfOneSize) {
  shown.add_entries(20);
  shown.show();
  look_well(alone);
  shown.leaves[4][7] ^= 1;
  shown.show();
  expect_alarm(alone, "two roots for 20 leaves");
}

TEST_F(Monitor, RaisesAnAlarmForAHistoryThatWasRewritten) {
  shown.add_entries(300);
  shown.show();
  look_well(alone);
  shown.leaves[4][7] ^= 1;
  shown.add_entries(5);
  shown.show();
  expect_alarm(alone, "do not lead to the root");
}

TEST_F(Monitor, RaisesAnAlarmForEachLeafThatIsNotTheOneSigned) {
  shown.add_entries(7);
  shown.show();
  auto const honest = shown.files.at("tile/entries/000.p/7");
  for (std::size_t leaf = 0; leaf < 7; ++leaf) {
    shown.files["tile/entries/000.p/7"] = honest;
    shown.files["tile/entries/000.p/7"][leaf * 35 + 10] ^= 1;
    expect_alarm(alone, "do not lead to the root");
  }
}

TEST_F(Monitor, RaisesAnAlarmForACheckpointOfAnotherKey) {
  shown.add_entries(2);
  shown.show();
  LogKey const other{2};
  shown.checkpoint = other.note_of(shown.text(2));
  expect_alarm(alone, "cannot be trusted");
}

TEST_F(Monitor, OfALogThatCannotBeReadIsNoAlarm) {
  shown.add_entries(2);
  shown.show();
  auto const files = shown.files;
  shown.files.clear();
  EXPECT_FALSE(look(alone, shown, state));
  shown.files = files;
  shown.files["tile/entries/000.p/2"].pop_back();
  EXPECT_FALSE(look(alone, shown, state));
  shown.checkpoint = "no note";
  EXPECT_FALSE(look(alone, shown, state));
  EXPECT_EQ(state, State{});
}

TEST_F(Monitor, ComparesWithWhatWitnessesSaw) {
  shown.add_entries(40);
  shown.show();
  for (std::uint64_t size : {0u, 1u, 16u, 39u, 40u}) {
    shown.views["w"] = shown.witnessed(w, size);
    state = {};
    Findings const found = look_well(witnessed);
    EXPECT_FALSE(found.quorum);
    EXPECT_EQ(found.warnings.size(), 1u) << "of the missing quorum only";
  }
  shown.checkpoint = shown.witnessed(w, 40);
  Findings const found = look_well(witnessed);
  EXPECT_TRUE(found.quorum);
  EXPECT_TRUE(found.warnings.empty());
}

TEST_F(Monitor, RaisesAnAlarmForASplitView) {
  FakeLog elsewhere{key};
  elsewhere.salt = 1'000;
  elsewhere.add_entries(40);
  shown.add_entries(40);
  shown.show();
  for (std::uint64_t size : {1u, 16u, 39u, 40u}) {
    shown.views["w"] = elsewhere.witnessed(w, size);
    EXPECT_EQ(expect_alarm(witnessed, "Split view").evidence, shown.views["w"] + "\n" + shown.checkpoint);
  }
}

TEST_F(Monitor, RaisesAnAlarmForLeavesThatStayHidden) {
  shown.add_entries(40);
  shown.views["w"] = shown.witnessed(w, 40);
  auto const all = shown.leaves;
  shown.leaves.resize(30);
  shown.show();
  Findings const first = look_well(witnessed);
  EXPECT_NE(first.warnings.back().find("more than the log shows"), std::string::npos);
  state = decode_state(encode_state(state)).value();
  expect_alarm(witnessed, "hides 10 leaves");
  shown.leaves = all;
  shown.show();
  EXPECT_FALSE(look_well(witnessed).warnings.empty()) << "the quorum only";
  EXPECT_FALSE(state.ahead);
}

TEST_F(Monitor, IsOnlyWarnedOfWitnessesThatDoNotAnswerOrMakeNoSense) {
  shown.add_entries(3);
  shown.show();
  shown.checkpoint = shown.witnessed(w, 3);
  shown.unreachable = true;
  EXPECT_NE(look_well(witnessed).warnings.at(0).find("cannot be asked"), std::string::npos);
  shown.unreachable = false;
  shown.views["w"] = "nonsense";
  EXPECT_NE(look_well(witnessed).warnings.at(0).find("cannot be trusted"), std::string::npos);
}

TEST(MonitorState, OfAnotherFormIsRefused) {
  State state;
  state.checkpoint = "note\n";
  state.edge.append(log::reference::nth_leaf_hash(0));
  state.epoch = epoch(3, 1);
  std::string const good = encode_state(state);
  EXPECT_EQ(decode_state(good).value(), state);
  for (std::size_t i = 0; i + 1 < good.size(); ++i) EXPECT_FALSE(decode_state(good.substr(0, i))) << i;
  for (auto const& [from, to] : {std::pair{"\"version\":2", "\"version\":1"},
                                 {"\"size\":1", "\"size\":3"},
                                 {"\"size\":1", "\"size\":-1"},
                                 {"\"epoch\":\"Aq", "\"epoch\":\"AQ"},
                                 {"\"edge\":[", "\"edge\":[\"AAAA\","}}) {
    std::string changed = good;
    changed.replace(changed.find(from), std::string_view{from}.size(), to);
    EXPECT_FALSE(decode_state(changed)) << changed;
  }
}

}  // namespace
}  // namespace abode::monitor
