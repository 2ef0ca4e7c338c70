// Whole histories, honest and not, with what the audit says of each: its verdict, reason, rows, epochs and witnesses.
#include "codec/text.hpp"
#include "unit/log/story.hpp"
#include "vectors/log_audits.hpp"
#include "vectors/log_vectors.hpp"

namespace abode::vectors {
namespace {

using log::Bundle;
using log::BundleEntry;
using log::Entry;
using log::Epoch;
using namespace log::reference;
using std::chrono::hours;
using std::chrono::seconds;

LogKey const& log_key() {
  static LogKey const key{1};
  return key;
}

Bundle honest() {
  return bundle_of(story(5), log_key());
}

/// Everything that somebody may do to an honest file after it was made.
void add_changed_files(Group& group) {
  Bundle const good = honest();
  auto const change = [&](std::string const& how, auto const& breach) { group.broken(how, good, breach); };
  change("another key's line", [](Bundle& b) { b.verifier_key = LogKey{2}.key.format(); });
  change("no key's line", [](Bundle& b) { b.verifier_key = "nonsense"; });
  change("a witness's line", [](Bundle& b) { b.verifier_key = WitnessKey{1, "abode.example/log"}.key.format(); });
  change("another size signed for", [](Bundle& b) { b.checkpoint[20] = '9'; });
  change("no note", [](Bundle& b) { b.checkpoint = "nonsense"; });
  change("no checkpoint", [](Bundle& b) { b.checkpoint = log_key().note_of("hello\n"); });
  change("another log's checkpoint", [](Bundle& b) {
    b.checkpoint = log_key().note_of(log::format_checkpoint({"other.example", 60, filled(1), {}}));
  });
  change("a checkpoint that nobody signed", [](Bundle& b) { b.checkpoint = LogKey{1, "x"}.note_of("hello\n"); });
  change("an empty tree", [](Bundle& b) {
    b.checkpoint = log_key().note_of(log::format_checkpoint({log_key().key.name(), 0, log::empty_root(), {}}));
  });
  change("another origin", [](Bundle& b) { b.origin = "other.example"; });
  change("a test-mode origin", [](Bundle& b) { b.origin = "test-mode.example"; });
  change("no entries", [](Bundle& b) { b.entries.clear(); });
  change("another position", [](Bundle& b) { b.position = 1; });
  change("the largest position", [](Bundle& b) { b.position = ~std::uint64_t{0}; });
  change("a state with a byte more", [](Bundle& b) { b.state.push_back(7); });
  change("no state", [](Bundle& b) { b.state.clear(); });
  change("another state's key", [](Bundle& b) { b.state_key[0] ^= 1; });
  for (std::size_t a = 0; a < 5; ++a) {
    std::string const which = "entry " + std::to_string(a);
    auto const at = static_cast<std::ptrdiff_t>(a);
    change(which + " left out", [=](Bundle& b) { b.entries.erase(b.entries.begin() + at); });
    change(which + " twice", [=](Bundle& b) { b.entries.insert(b.entries.begin() + at, BundleEntry{b.entries[a]}); });
    change(which + " lengthened", [=](Bundle& b) { b.entries[a].encoded.push_back(0); });
    change(which + " empty", [=](Bundle& b) { b.entries[a].encoded.clear(); });
    change(which + " not yet provable", [=](Bundle& b) { b.entries[a].index.reset(); });
    change(which + " not yet provable, under the first epoch alone", [=](Bundle& b) {
      b.epochs.resize(1);
      b.entries[a].index.reset();
    });
    change(which + " at the first one's place", [=](Bundle& b) { b.entries[a].index = b.entries[0].index; });
    for (std::uint64_t index : {0u, 11u, 59u, 60u, 61u})
      change(which + " at index " + std::to_string(index), [=](Bundle& b) { b.entries[a].index = index; });
    change(which + " at the largest index", [=](Bundle& b) { b.entries[a].index = (std::uint64_t{1} << 53) - 1; });
    change(which + " with a hash less", [=](Bundle& b) { b.entries[a].proof.pop_back(); });
    change(which + " with a hash more", [=](Bundle& b) { b.entries[a].proof.push_back(filled(1)); });
    change(which + " without hashes", [=](Bundle& b) { b.entries[a].proof.clear(); });
    for (std::size_t c = a + 1; c < 5; ++c)
      change(which + " and " + std::to_string(c) + " swapped",
             [=](Bundle& b) { std::swap(b.entries[a], b.entries[c]); });
  }
  change("the end cut off, with the state that it made", [](Bundle& b) {
    b.entries.pop_back();
    b.state = facts_after(4);
  });
  change("the end cut off and uncounted", [](Bundle& b) {
    b.entries.pop_back();
    b.state = facts_after(4);
    b.epochs[2].head->count = 4;
  });
  change("the end cut off, and its epoch", [](Bundle& b) {
    b.entries.pop_back();
    b.state = facts_after(4);
    b.epochs.pop_back();
  });
}

void add_changed_bytes(Group& group) {
  Bundle const good = honest();
  for (std::size_t seq = 0; seq < good.entries.size(); ++seq) {
    std::string const which = "entry " + std::to_string(seq);
    for (std::size_t at = 0; at < good.entries[seq].encoded.size(); ++at)
      group.broken(which + " byte " + std::to_string(at), good, [=](Bundle& b) { b.entries[seq].encoded[at] ^= 1; });
    for (std::size_t at = 0; at < 32; ++at)
      group.broken(which + " salt " + std::to_string(at), good, [=](Bundle& b) { b.entries[seq].salt[at] ^= 1; });
    for (std::size_t at = 0; at < good.entries[seq].proof.size(); ++at)
      group.broken(which + " hash " + std::to_string(at), good,
                   [=](Bundle& b) { b.entries[seq].proof[at][at % 32] ^= 1; });
  }
  for (std::size_t n = 0; n < good.epochs.size(); ++n) {
    std::string const which = "epoch " + std::to_string(n);
    for (std::size_t at = 0; at < good.epochs[n].leaf.size(); ++at)
      group.broken(which + " byte " + std::to_string(at), good, [=](Bundle& b) { b.epochs[n].leaf[at] ^= 1; });
    for (std::size_t at = 0; at < good.epochs[n].proof.size(); ++at)
      group.broken(which + " hash " + std::to_string(at), good, [=](Bundle& b) { b.epochs[n].proof[at][at] ^= 1; });
    if (!good.epochs[n].head) continue;
    for (std::size_t at = 0; at < good.epochs[n].head->proof.size(); ++at)
      group.broken(which + " head's hash " + std::to_string(at), good,
                   [=](Bundle& b) { b.epochs[n].head->proof[at][at] ^= 1; });
    for (std::size_t at = 0; at < 32; ++at)
      group.broken(which + " blind " + std::to_string(at), good, [=](Bundle& b) { b.epochs[n].head->blind[at] ^= 1; });
    for (std::uint64_t count : {0u, 1u, 3u, 4u, 6u, 1'000'000u})
      group.broken(which + " with a count of " + std::to_string(count), good,
                   [=](Bundle& b) { b.epochs[n].head->count = count; });
  }
}

/// What a register does that lies to the log itself, with good proofs and signatures.
void add_lies(Group& group) {
  auto const lie = [&](std::string const& how, auto const& breach) {
    group.bundle(how, bundle_of(story(5), log_key(), breach));
  };
  lie("erasure asked for and taken back", [](std::vector<Entry>& e) {
    e[1].operation = "erasure";
    e[3].operation = "undo-erasure";
    e[4].operation = "erasure";
  });
  for (std::size_t seq = 0; seq < 5; ++seq) {
    std::string const which = " in entry " + std::to_string(seq);
    lie("another position" + which, [=](std::vector<Entry>& e) { e[seq].position = 4712; });
    if (seq > 0) lie("another one before" + which, [=](std::vector<Entry>& e) { e[seq].previous = filled(9); });
    lie("another number" + which, [=](std::vector<Entry>& e) { e[seq].seq = seq + 1; });
    lie("a year earlier" + which, [=](std::vector<Entry>& e) { e[seq].time -= hours{24 * 365}; });
    lie("a year later" + which, [=](std::vector<Entry>& e) { e[seq].time += hours{24 * 365}; });
    lie("another state left" + which, [=](std::vector<Entry>& e) { e[seq].after = filled(9); });
    if (seq > 0) lie("the same time" + which, [=](std::vector<Entry>& e) { e[seq].time = e[seq - 1].time; });
  }
  lie("texts of many scripts", [](std::vector<Entry>& e) {
    e[2].office = "\u041c\u043e\u0441\u043a\u0432\u0430 \u2013 \u0535\u0580\u0587\u0561\u0576";
  });
  for (std::size_t count : {1u, 2u, 3u, 4u})
    group.bundle("a story of " + std::to_string(count), bundle_of(story(count), log_key()));
}

/// The story's file as a register makes it that closed these epochs.
Bundle closed(std::function<void(Bundle&)> const& add_all) {
  Bundle bundle = bundle_without_epochs(story(5), log_key());
  add_all(bundle);
  prove_all(bundle, log_key());
  return bundle;
}

void add_altered_epochs(Group& group) {
  auto const alter = [&](std::string const& how, std::size_t number, std::function<void(Epoch&)> const& breach) {
    Bundle bundle = honest();
    Epoch epoch = *log::parse_epoch_leaf(bundle.epochs[number].leaf).value();
    breach(epoch);
    bundle.epochs[number].leaf = log::leaf_of(epoch);
    prove_all(bundle, log_key());
    group.bundle("epoch " + std::to_string(number) + " with " + how, bundle);
    bundle.epochs.resize(number + 1);
    group.bundle("epoch " + std::to_string(number) + " last, with " + how, bundle);
  };
  for (std::size_t number : {0u, 1u, 2u}) {
    for (std::uint64_t covered : {0u, 1u, 2u, 13u, 15u, 39u, 41u, 61u})
      alter("covered " + std::to_string(covered), number, [=](Epoch& e) { e.covered = covered; });
    for (std::uint64_t positions : {1u, 4096u, 16384u})
      alter("positions " + std::to_string(positions), number, [=](Epoch& e) { e.positions = positions; });
    for (std::uint64_t other : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3},
                                std::uint64_t{200}, ~std::uint64_t{0}})
      alter("number " + std::to_string(other), number, [=](Epoch& e) { e.number = other; });
    for (int days : {-60, -1, 1, 60})
      alter("time by days " + std::to_string(days), number, [=](Epoch& e) { e.time += std::chrono::days{days}; });
    for (int length_s : {1, 3600, 7200, 2'678'400})
      alter("length " + std::to_string(length_s), number, [=](Epoch& e) { e.length = seconds{length_s}; });
    alter("another root", number, [](Epoch& e) { e.root[0] ^= 1; });
    alter("version 2", number, [](Epoch& e) { e.version = 2; });
  }
}

void add_epochs(Group& group) {
  auto const add = [&](std::string const& how, std::function<void(Bundle&)> const& add_all) {
    group.bundle(how, closed(add_all));
  };
  auto const with = [&](std::string const& how, std::function<void(log::Head&)> const& lie) {
    add(how, [&](Bundle& b) {
      add_epoch(b, 0, 0, 1);
      add_epoch(b, 1, 40, 40, lie);
    });
  };
  with("a count of 4 bound", [](log::Head& head) { head.count = 4; });
  with("a count of 6 bound", [](log::Head& head) { head.count = 6; });
  with("another last one bound", [](log::Head& head) { head.last = filled(9); });
  with("bound at another position", [](log::Head& head) { head.position = 4713; });
  with("nothing bound", [](log::Head& head) { head.count = 0, head.last = {}; });
  add("two before entry 0", [](Bundle& b) {
    add_epoch(b, 0, 0, 1);
    add_epoch(b, 1, 2, 2);
    add_epoch(b, 2, 40, 40);
  });
  for (std::uint64_t gap : {1u, 30u, 89u, 90u, 91u, 200u})
    add("a gap of " + std::to_string(gap), [=](Bundle& b) {
      add_epoch(b, 0, 0, 1);
      add_epoch(b, 1 + gap, 14, 14);
      add_epoch(b, 2 + gap, 40, 40);
    });
  Bundle const good = honest();
  auto const change = [&](std::string const& how, auto const& breach) { group.broken(how, good, breach); };
  change("no epoch", [](Bundle& b) { b.epochs.clear(); });
  for (std::size_t n : {0u, 1u, 2u}) {
    std::string const which = "epoch " + std::to_string(n);
    auto const at = static_cast<std::ptrdiff_t>(n);
    change(which + " left out", [=](Bundle& b) { b.epochs.erase(b.epochs.begin() + at); });
    change(which + " alone", [=](Bundle& b) { b.epochs = {log::BundleEpoch{b.epochs[n]}}; });
    change(which + " twice", [=](Bundle& b) { b.epochs.insert(b.epochs.begin() + at, log::BundleEpoch{b.epochs[n]}); });
    change(which + " without head", [=](Bundle& b) { b.epochs[n].head.reset(); });
    change(which + " with another's head", [=](Bundle& b) { b.epochs[n].head = b.epochs[n == 1 ? 2 : 1].head; });
    change(which + " at another place", [=](Bundle& b) { b.epochs[n].index += 1; });
    change(which + " beyond the tree", [=](Bundle& b) { b.epochs[n].index = 60; });
    change(which + " with a hash less", [=](Bundle& b) { b.epochs[n].proof.pop_back(); });
    change(which + " with an entry's leaf", [=](Bundle& b) { b.epochs[n].leaf = log::leaf_of(filled(1)); });
    change(which + " with no leaf", [=](Bundle& b) { b.epochs[n].leaf.clear(); });
    change(which + " with a broken leaf", [=](Bundle& b) { b.epochs[n].leaf = {0x02, 0x01}; });
  }
  change("epochs swapped", [](Bundle& b) { std::swap(b.epochs[1], b.epochs[2]); });
  change("not yet provable, and an epoch left out", [](Bundle& b) {
    b.epochs.pop_back();
    b.entries[4].index.reset();
    b.epochs.erase(b.epochs.begin());
  });
  change("an earlier one not yet provable, with a head that counts it", [](Bundle& b) {
    b.entries[0].index.reset();
    b.epochs[1].head->count = 1;
    b.epochs.pop_back();
  });
  add_altered_epochs(group);
}

/// The story's log under two witnesses, which saw each entry a second after it was made.
struct Witnessed {
  WitnessKey w1{11, "witness.example/w1"};
  WitnessKey w2{12, "witness.example/w2"};
  std::vector<Entry> entries = story(5);
  Bundle bundle = bundle_of(entries, log_key());

  Witnessed() {
    cosign(bundle.checkpoint, entries.back().time + seconds{1});
    for (std::size_t seq = 0; seq < entries.size(); ++seq) see(index_of(seq) + 1, entries[seq].time + seconds{1});
  }
  std::string policy(std::string const& rest) const {
    return "log " + log_key().key.format() + "\nwitness w1 " + w1.key.format() + "\nwitness w2 " + w2.key.format() +
           "\n" + rest;
  }
  void cosign(std::string& note, base::Time at) const {
    std::string const text = log::parse_note(note).value().text;
    note += w1.line_under(text, at) + w2.line_under(text, at + seconds{1});
  }
  std::string text() const { return log::parse_note(bundle.checkpoint).value().text; }
  /// Adds an older checkpoint as witnesses saw it.
  void see(std::uint64_t size, base::Time at) {
    Tree const tree = tree_of(bundle);
    auto const edge = log::RightEdge::load(size, tree.reader()).value();
    std::string note = log_key().note_of(log::format_checkpoint({log_key().key.name(), size, edge.root(), {}}));
    cosign(note, at);
    bundle.seen.push_back({note, log::consistency_proof(size, 60, tree.reader()).value()});
  }
};

void add_times(Group& group) {
  auto const add = [&](std::string const& how, std::function<void(Witnessed&)> const& breach) {
    Witnessed story;
    breach(story);
    group.bundle(how, story.bundle);
  };
  for (std::size_t seq = 0; seq < 5; ++seq)
    for (int by : {-200, -131, -130, -129, -11, -10, -9, -1, 0, 1, 9, 10, 11, 130, 131}) {
      std::string const which = "entry " + std::to_string(seq) + ", seen " + std::to_string(by) + " s after it ";
      add(which + "without it", [=](Witnessed& s) { s.see(index_of(seq), s.entries[seq].time + seconds{by}); });
      add(which + "with it", [=](Witnessed& s) { s.see(index_of(seq) + 1, s.entries[seq].time + seconds{by}); });
      add(which + "with it and not before", [=](Witnessed& s) {
        s.bundle.seen.erase(s.bundle.seen.begin() + static_cast<std::ptrdiff_t>(seq));
        s.see(index_of(seq) + 1, s.entries[seq].time + seconds{by});
      });
    }
  base::Time const due = base::parse_time("2026-11-22T11:00:00Z").value();
  for (int after_s : {0, 86'400, 86'519, 86'520, 86'521, 1'000'000})
    add("the newest seen " + std::to_string(after_s) + " s after the next epoch was due", [=](Witnessed& s) {
      s.bundle.checkpoint = log_key().note_of(s.text());
      s.cosign(s.bundle.checkpoint, due + seconds{after_s});
    });
}

void add_cosignatures(Group& group) {
  auto const add = [&](std::string const& how, std::function<void(Witnessed&)> const& breach) {
    Witnessed story;
    breach(story);
    group.bundle(how, story.bundle);
  };
  add("no cosignature", [](Witnessed& s) { s.bundle.checkpoint = log_key().note_of(s.text()); });
  add("one cosignature", [](Witnessed& s) {
    s.bundle.checkpoint = log_key().note_of(s.text()) + s.w1.line_under(s.text(), s.entries.back().time);
  });
  add("a bad cosignature",
      [](Witnessed& s) { s.bundle.checkpoint += s.w1.line_under("another text\n", s.entries.back().time); });
  add("a stranger's cosignature",
      [](Witnessed& s) { s.bundle.checkpoint += WitnessKey{9, "x"}.line_under("x\n", s.entries.back().time); });
  add("nothing older", [](Witnessed& s) { s.bundle.seen.clear(); });
  add("an entry rejected before", [](Witnessed& s) { s.bundle.entries[1].salt[0] ^= 1; });
  add("an entry not yet provable", [](Witnessed& s) {
    s.bundle.entries[4].index.reset();
    s.bundle.epochs.pop_back();
  });
  for (std::size_t n = 0; n < 5; ++n) {
    std::string const which = "older " + std::to_string(n);
    add(which + " left out",
        [=](Witnessed& s) { s.bundle.seen.erase(s.bundle.seen.begin() + static_cast<std::ptrdiff_t>(n)); });
    add(which + " with one cosignature", [=](Witnessed& s) {
      std::string const text = log::parse_note(s.bundle.seen[n].checkpoint).value().text;
      s.bundle.seen[n].checkpoint = log_key().note_of(text) + s.w1.line_under(text, s.entries[n].time + seconds{1});
    });
    add(which + " with a bad cosignature",
        [=](Witnessed& s) { s.bundle.seen[n].checkpoint += s.w2.line_under("x\n", s.entries[n].time); });
    add(which + " with a hash less", [=](Witnessed& s) { s.bundle.seen[n].proof.pop_back(); });
    add(which + " with a hash more", [=](Witnessed& s) { s.bundle.seen[n].proof.emplace_back(); });
    add(which + " with another hash", [=](Witnessed& s) { s.bundle.seen[n].proof[0][0] ^= 1; });
    add(which + " with another's proof",
        [=](Witnessed& s) { s.bundle.seen[n].proof = s.bundle.seen[(n + 1) % 5].proof; });
    add(which + " of a fork", [=](Witnessed& s) {
      std::string note = log_key().note_of(log::format_checkpoint({log_key().key.name(), 10, nth_leaf_hash(9), {}}));
      s.cosign(note, s.entries[0].time);
      s.bundle.seen[n] = {note, s.bundle.seen[0].proof};
    });
    add(which + " of more leaves than now", [=](Witnessed& s) {
      std::string note = log_key().note_of(log::format_checkpoint({log_key().key.name(), 61, nth_leaf_hash(9), {}}));
      s.cosign(note, s.entries[0].time);
      s.bundle.seen[n].checkpoint = note;
    });
    add(which + " no note", [=](Witnessed& s) { s.bundle.seen[n].checkpoint = "nonsense"; });
    add(which + " of another log", [=](Witnessed& s) {
      s.bundle.seen[n].checkpoint =
          LogKey{3, "other.example"}.note_of("other.example\n1\n" + codec::to_base64(filled(1)) + "\n");
    });
  }
}

void add_broken_bytes(Group& group, std::string const& file) {
  std::vector<Named> broken;
  vectors::add_broken(broken, file);
  for (Named const& one : broken) group.file(one.how, one.text);
}

}  // namespace

void write_log_histories(std::filesystem::path const& folder) {
  json::array groups;
  std::string const five = log::encode_bundle(honest());
  std::string const small = log::encode_bundle(bundle_of(story(1), log_key()));
  auto const with = [&](Group group, std::initializer_list<std::function<void(Group&)>> fill) {
    for (auto const& add : fill) add(group);
    groups.push_back(std::move(group).take());
  };
  with({"by the key", five, log_key().key}, {add_changed_files, add_changed_bytes, add_lies, add_epochs});
  with({"by the file's own key", five, std::nullopt}, {add_changed_files});
  with({"by another key", five, LogKey{2}.key}, {add_changed_files});
  with(
      {"in test mode", log::encode_bundle(bundle_of(story(2), LogKey{1, "test-mode.abode.invalid/log"})), std::nullopt},
      {});
  with({"as JSON", small, log_key().key},
       {[&](Group& group) { add_history_files(group, bundle_of(story(1), log_key())); }});
  with({"byte by byte", small, log_key().key}, {[&](Group& group) { add_broken_bytes(group, small); }});
  Witnessed const story;
  std::string const seen = log::encode_bundle(story.bundle);
  with({"by a policy", seen, story.policy("group both all w1 w2\nquorum both\n")},
       {add_times, add_cosignatures, add_changed_files});
  with({"by a policy of one witness", seen, story.policy("quorum w1\n")}, {add_cosignatures});
  with({"by a policy that asks nobody", seen, story.policy("quorum none\n")}, {add_cosignatures});
  with({"by a policy of another key", five, "log " + LogKey{2}.key.format() + "\nquorum none\n"}, {});
  with({"by a policy of another log", five, "log " + LogKey{1, "elsewhere.example"}.key.format() + "\nquorum none\n"},
       {add_changed_files});
  write(folder / "log_histories.json", groups);
}

}  // namespace abode::vectors
