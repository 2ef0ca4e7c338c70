#include "monitor/monitor.hpp"

#include <functional>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "log/entry.hpp"
#include "log/profile_change.hpp"
#include "log/restore_notice.hpp"
#include "log/tiles.hpp"

namespace abode::monitor {
namespace {

using base::errc;
using base::result;

constexpr std::uint8_t entry_kind = 0x01;
constexpr std::size_t entry_leaf_size_bytes = 1 + sizeof(base::Hash);

std::string leaves(std::uint64_t number) {
  return std::to_string(number) + (number == 1 ? " leaf" : " leaves");
}

std::string sentence(log::RestoreNotice const& notice, std::uint64_t index) {
  std::string text = "Leaf " + std::to_string(index) + ": the register was restored on " +
                     base::format_time(notice.time) + " from a backup of " + leaves(notice.backup.size) + ".";
  if (notice.known.size > notice.backup.size)
    text += " What was written in the " + leaves(notice.known.size - notice.backup.size) + " after it is lost.";
  return text;
}

std::string sentence(log::ProfileChange const& change, std::uint64_t index) {
  return "Leaf " + std::to_string(index) + ": on " + base::format_time(change.time) + " the profile \"" + change.name +
         "\" with SHA-256 " + codec::to_hex(change.hash) + " was announced, in force from " +
         base::format_time(change.in_force) + " on.";
}

/// The look in progress. Each step returns false once there is an alarm.
class Look {
 public:
  Look(log::TrustPolicy const& policy, Source& source, State const& state)
      : policy_(policy), source_(source), state_(state), edge_(state.edge) {
    findings_.epoch = state.epoch;
    findings_.size_before = findings_.size = state.edge.size();
  }

  result<Findings> run(State& state) {
    if (auto const read = read_checkpoint(); !read) return read.error();
    if (findings_.alarm || !check_against_last()) return std::move(findings_);
    if (auto const grown = read_leaves(); !grown) return grown.error();
    if (findings_.alarm) return std::move(findings_);
    compare_with_witnesses();
    if (findings_.alarm) return std::move(findings_);
    miss_overdue_epoch();
    state = State{note_, std::move(edge_), findings_.epoch, std::move(ahead_)};
    return std::move(findings_);
  }

 private:
  void alarm(std::string what, std::vector<std::string> const& notes) {
    std::string evidence;
    for (std::string const& note : notes) evidence += (evidence.empty() ? "" : "\n") + note;
    findings_.alarm = Alarm{std::move(what), std::move(evidence)};
  }

  result<void> read_checkpoint() {
    auto const file = source_.file("checkpoint");
    if (!file) return file.error();
    note_ = std::string{base::as_text(*file)};
    auto const note = log::parse_note(note_);
    if (!note) return note.error();
    auto cosigned = log::verify_cosigned(*note, policy_);
    if (!cosigned) {
      alarm("The log shows a checkpoint that cannot be trusted. " + cosigned.error().detail, {note_});
      return {};
    }
    findings_.quorum = cosigned->quorum;
    seen_at_ = cosigned->seen_at;
    if (!cosigned->quorum)
      findings_.warnings.push_back("Only " + std::to_string(cosigned->cosigners.size()) +
                                   " witnesses have cosigned the newest checkpoint. The policy asks for more.");
    checkpoint_ = std::move(cosigned->checkpoint);
    return {};
  }

  bool check_against_last() {
    std::uint64_t const before = state_.edge.size();
    if (checkpoint_.size < before)
      alarm("The log went back: it shows " + leaves(checkpoint_.size) + ", and showed " + leaves(before) + " before.",
            {state_.checkpoint, note_});
    else if (checkpoint_.size == before && !state_.checkpoint.empty() && checkpoint_.root != state_.edge.root())
      alarm("The log has signed two roots for " + leaves(before) + ".", {state_.checkpoint, note_});
    return !findings_.alarm;
  }

  result<void> read_leaves() {
    for (std::uint64_t next = edge_.size(); next < checkpoint_.size; next = edge_.size()) {
      std::uint64_t const file = next / log::full_width;
      std::uint64_t const end = std::min(checkpoint_.size, (file + 1) * log::full_width);
      auto const read = read_entries(file, static_cast<unsigned>(end - file * log::full_width));
      if (!read) return read.error();
      for (std::uint64_t i = next; i < end; ++i) take(i, (*read)[i - file * log::full_width]);
      if (findings_.alarm) return {};
    }
    if (edge_.root() != checkpoint_.root)
      alarm(
          "The leaves do not lead to the root that the log has signed: its history was rewritten, or its files are "
          "damaged.",
          state_.checkpoint.empty() ? std::vector{note_} : std::vector{state_.checkpoint, note_});
    findings_.size = edge_.size();
    return {};
  }

  /// A partial file may have gone once there is the full one.
  result<std::vector<base::Bytes>> read_entries(std::uint64_t index, unsigned width) {
    unsigned have = width;
    auto content = source_.file(log::path_of(log::EntriesId{index, have}));
    if (!content && content.error().code == errc::not_found && width != log::full_width) {
      have = log::full_width;
      content = source_.file(log::path_of(log::EntriesId{index, have}));
    }
    if (!content) return content.error();
    return log::decode_entries(*content, have);
  }

  void take(std::uint64_t index, base::Bytes const& leaf) {
    edge_.append(log::hash_leaf(leaf));
    if (leaf.size() == entry_leaf_size_bytes && leaf.front() == entry_kind) {
      ++findings_.entries;
      return;
    }
    auto const restored = log::parse_restore_leaf(leaf);
    auto const changed = log::parse_profile_leaf(leaf);
    auto const closed = log::parse_epoch_leaf(leaf);
    if (restored && *restored)
      findings_.events.push_back(sentence(**restored, index));
    else if (changed && *changed)
      findings_.events.push_back(sentence(**changed, index));
    else if (closed && *closed)
      take(index, **closed);
    else if (!findings_.alarm)
      alarm("Leaf " + std::to_string(index) + " is of no kind that a register writes.", {note_});
  }

  void take(std::uint64_t index, log::Epoch const& epoch) {
    auto const objection = log::object_to_succession(findings_.epoch, epoch, index);
    if (objection && !findings_.alarm) alarm("Leaf " + std::to_string(index) + ": " + *objection, {note_});
    findings_.epoch = epoch;
    ++findings_.epochs;
  }

  /// Only witnesses tell what time it is in the log.
  void miss_overdue_epoch() {
    if (!findings_.epoch || !seen_at_) return;
    if (auto const due = log::overdue_at(*findings_.epoch, *seen_at_))
      findings_.warnings.push_back("The epoch " + std::to_string(findings_.epoch->number + 1) + " was due on " +
                                   base::format_time(*due) + " and is not closed: nothing binds what came since.");
  }

  void compare_with_witnesses() {
    for (log::TrustedKey const& witness : policy_.witnesses()) {
      auto const seen = source_.seen_by(witness, checkpoint_.origin);
      if (!seen)
        findings_.warnings.push_back("The witness " + witness.name + " cannot be asked. " + seen.error().detail);
      else if (*seen)
        compare_with(witness, **seen);
      if (findings_.alarm) return;
    }
  }

  void compare_with(log::TrustedKey const& witness, std::string const& text) {
    auto const note = log::parse_note(text);
    auto const theirs = note ? log::verify_cosigned(*note, policy_) : base::result<log::Cosigned>{note.error()};
    if (!theirs) {
      findings_.warnings.push_back("What the witness " + witness.name + " shows cannot be trusted. " +
                                   theirs.error().detail);
      return;
    }
    log::Checkpoint const& other = theirs->checkpoint;
    if (other.size > checkpoint_.size) return note_ahead(witness, text, other.size);
    auto const reader_of = [this](log::TileId tile) { return source_.file(log::path_of(tile)); };
    log::TileHashReader reader{checkpoint_.size, reader_of};
    auto const proof = log::consistency_proof(other.size, checkpoint_.size, std::ref(reader));
    bool const fits =
        proof && log::verify_consistency(other.size, checkpoint_.size, other.root, checkpoint_.root, *proof);
    if (!fits)
      alarm("Split view: the log that the witness " + witness.name + " saw, of " + leaves(other.size) +
                ", is not the one that is shown here.",
            {text, note_});
  }

  /// A witness signs a moment before the log shows it. What is still not shown at the next look is hidden.
  void note_ahead(log::TrustedKey const& witness, std::string const& text, std::uint64_t size) {
    auto const before = state_.ahead ? log::parse_note(*state_.ahead) : base::result<log::SignedNote>{base::Error{}};
    auto const hidden = before ? log::parse_checkpoint(before->text) : base::result<log::Checkpoint>{base::Error{}};
    if (hidden && hidden->size > checkpoint_.size)
      return alarm("The log hides " + leaves(hidden->size - checkpoint_.size) + " that the witness " + witness.name +
                       " has seen.",
                   {*state_.ahead, note_});
    ahead_ = text;
    findings_.warnings.push_back("The witness " + witness.name + " has seen " + leaves(size) +
                                 ", more than the log shows. Look again in a minute.");
  }

  log::TrustPolicy const& policy_;
  Source& source_;
  State const& state_;
  Findings findings_;
  std::string note_;
  std::optional<base::Time> seen_at_;
  log::Checkpoint checkpoint_;
  log::RightEdge edge_;
  std::optional<std::string> ahead_;
};

}  // namespace

result<Findings> look(log::TrustPolicy const& policy, Source& source, State& state) {
  base::ensure(policy.logs().size() == 1, "a monitor follows one log");
  return Look{policy, source, state}.run(state);
}

}  // namespace abode::monitor
