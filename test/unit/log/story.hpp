// A person's history in a log, honest or not, for the tests of its audit.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

#include "log/head_tree.hpp"
#include "log/history.hpp"
#include "unit/log/reference.hpp"

namespace abode::log::reference {

inline Hash filled(std::uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

inline Salt salt_of(std::size_t seq) {
  return filled(static_cast<std::uint8_t>(0xa0 + seq));
}

inline Hash const state_key = filled(0x5e);

/// The record's facts once it has `count` entries.
inline base::Bytes facts_after(std::size_t count) {
  return base::Bytes(40, static_cast<std::uint8_t>(count));
}

/// A record's entries, each following on from the one before.
inline std::vector<Entry> story(std::size_t count) {
  std::vector<Entry> entries;
  for (std::size_t seq = 0; seq < count; ++seq) {
    Entry entry;
    entry.position = 4711;
    entry.seq = seq;
    entry.time = base::parse_time("2026-11-21T10:00:00Z").value() + std::chrono::hours{seq};
    entry.actor = seq == 2 ? "registrar" : "holder";
    entry.office = seq == 2 ? "Mitte" : "";
    entry.purpose = seq == 2 ? "correct-record" : "";
    entry.operation = seq == 2 ? "open" : "change";
    entry.fields = {"address"};
    entry.before = state_mac(salt_of(seq), state_tag(state_key, facts_after(seq)));
    entry.after = state_mac(salt_of(seq), state_tag(state_key, facts_after(seq + 1)));
    entries.push_back(entry);
  }
  return entries;
}

inline std::uint64_t index_of(std::size_t seq) {
  return seq * 7 + 3;
}

inline constexpr std::uint64_t story_positions = 8192;

inline EpochSeed seed_of(std::uint64_t epoch) {
  return EpochSeed{filled(static_cast<std::uint8_t>(0x10 + epoch))};
}

/// How far the records had come that stand beside the story's, some of them in its block.
inline std::vector<Head> neighbours() {
  return {{1, 3, filled(1)}, {4700, 1, filled(2)}, {4712, 9, filled(3)}, {8191, 2, filled(4)}};
}

/// Adds an epoch that covers the first `covered` leaves, honestly, with its leaf at `index` and without its proof
/// there. `lie` is what a dishonest register does to the story's head.
inline void add_epoch(Bundle& bundle, std::uint64_t number, std::uint64_t covered, std::uint64_t index,
                      std::function<void(Head&)> const& lie = {}) {
  Epoch epoch{epoch_version,
              number,
              base::parse_time("2026-11-21T09:00:00Z").value() + std::chrono::hours{number},
              std::chrono::hours{24},
              covered,
              story_positions,
              {}};
  Head head{bundle.position, 0, {}};
  for (BundleEntry const& entry : bundle.entries)
    if (entry.index && *entry.index < covered)
      head = {head.position, head.count + 1, commitment(entry.salt, entry.encoded)};
  std::uint64_t const count = head.count;
  if (lie) lie(head);
  EpochSeed const seed = seed_of(number);
  HeadTreeBuilder builder{number, seed, story_positions};
  std::vector<Head> block;
  auto const add = [&](Head const& one) {
    EXPECT_TRUE(builder.add(one));
    if (one.position / head_block_size == bundle.position / head_block_size) block.push_back(one);
  };
  for (Head const& one : neighbours()) add(one);
  if (head.count > 0) add(head);
  std::sort(block.begin(), block.end(), [](Head const& a, Head const& b) { return a.position < b.position; });
  HeadTree const tree = builder.finish().value();
  epoch.root = tree.root;
  BundleEpoch listed{leaf_of(epoch), index, {}, {}};
  if (count > 0) {
    auto const fetch = [&tree](TileId id) -> base::result<base::Bytes> {
      for (Tile const& tile : tree.tiles)
        if (tile.id == id) return tile.content;
      return base::fail(base::errc::not_found, "no such tile");
    };
    listed.head = BundleHead{count, blind_of(seed, bundle.position),
                             prove_head(number, seed, story_positions, bundle.position, block, fetch).value()};
  }
  bundle.epochs.push_back(std::move(listed));
}

/// The log of 60 leaves that the bundle's entries and epochs are in, among others.
inline Tree tree_of(Bundle const& bundle) {
  std::map<std::uint64_t, Hash> ours;
  for (BundleEntry const& entry : bundle.entries)
    if (entry.index) ours[*entry.index] = hash_leaf(leaf_of(commitment(entry.salt, entry.encoded)));
  for (BundleEpoch const& epoch : bundle.epochs) ours[epoch.index] = hash_leaf(epoch.leaf);
  Tree tree{0};
  for (std::uint64_t i = 0; i < 60; ++i) tree.append(ours.contains(i) ? ours[i] : nth_leaf_hash(i));
  return tree;
}

/// Proves everything in that log, and signs it.
inline void prove_all(Bundle& bundle, LogKey const& log) {
  Tree const tree = tree_of(bundle);
  for (BundleEntry& entry : bundle.entries) entry.proof = inclusion_proof(*entry.index, 60, tree.reader()).value();
  for (BundleEpoch& epoch : bundle.epochs) epoch.proof = inclusion_proof(epoch.index, 60, tree.reader()).value();
  bundle.checkpoint = log.note_of(format_checkpoint({log.key.name(), 60, tree.edge().root(), {}}));
}

/// A file of the entries, chained, without epochs and proofs. `breach` is what a dishonest register does to the entries
/// before it commits to them.
inline Bundle bundle_without_epochs(std::vector<Entry> entries, LogKey const& log,
                                    std::function<void(std::vector<Entry>&)> const& breach = {}) {
  if (breach) breach(entries);
  Bundle bundle;
  Hash previous{};
  for (std::size_t seq = 0; seq < entries.size(); ++seq) {
    if (entries[seq].previous == Hash{} && entries[seq].seq > 0) entries[seq].previous = previous;
    bundle.entries.push_back({encode_entry(entries[seq]).value(), salt_of(seq), index_of(seq), {}});
    previous = commitment(salt_of(seq), bundle.entries.back().encoded);
  }
  bundle.origin = log.key.name();
  bundle.verifier_key = log.key.format();
  bundle.position = 4711;
  bundle.state = facts_after(entries.size());
  bundle.state_key = state_key;
  return bundle;
}

/// Writes the entries into a log of 60 leaves, chains and proves them honestly, with an epoch before entry 0, one over
/// the entries 0 and 1, and one over all.
inline Bundle bundle_of(std::vector<Entry> entries, LogKey const& log,
                        std::function<void(std::vector<Entry>&)> const& breach = {}) {
  Bundle bundle = bundle_without_epochs(std::move(entries), log, breach);
  add_epoch(bundle, 0, 0, 1);
  add_epoch(bundle, 1, 14, 14);
  add_epoch(bundle, 2, 40, 40);
  prove_all(bundle, log);
  return bundle;
}

}  // namespace abode::log::reference
