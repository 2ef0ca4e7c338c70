// A person's history in a log, honest or not, for the tests of its audit.
#pragma once

#include <functional>
#include <vector>

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

/// Writes the entries into a log of 60 leaves, chains and proves them honestly. `breach` is what a dishonest register
/// does to the entries before it commits to them.
inline Bundle bundle_of(std::vector<Entry> entries, LogKey const& log,
                        std::function<void(std::vector<Entry>&)> const& breach = {}) {
  if (breach) breach(entries);
  Bundle bundle;
  Hash previous{};
  for (std::size_t seq = 0; seq < entries.size(); ++seq) {
    if (entries[seq].previous == Hash{} && entries[seq].seq > 0) entries[seq].previous = previous;
    bundle.entries.push_back({encode_entry(entries[seq]).value(), salt_of(seq), index_of(seq), {}});
    previous = commitment(salt_of(seq), bundle.entries.back().encoded);
  }
  Tree tree{0};
  for (std::uint64_t i = 0; i < 60; ++i) {
    bool const ours = i % 7 == 3 && i / 7 < entries.size();
    auto const& ours_or_first = bundle.entries[ours ? i / 7 : 0];
    tree.append(ours ? hash_leaf(leaf_of(commitment(ours_or_first.salt, ours_or_first.encoded))) : nth_leaf_hash(i));
  }
  for (BundleEntry& entry : bundle.entries) entry.proof = inclusion_proof(*entry.index, 60, tree.reader()).value();
  bundle.origin = log.key.name();
  bundle.verifier_key = log.key.format();
  bundle.checkpoint = log.note_of(format_checkpoint({log.key.name(), 60, tree.edge().root(), {}}));
  bundle.position = 4711;
  bundle.state = facts_after(entries.size());
  bundle.state_key = state_key;
  return bundle;
}

}  // namespace abode::log::reference
