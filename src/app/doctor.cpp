#include "app/doctor.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <functional>
#include <optional>

#include "app/assembly.hpp"
#include "app/log_files.hpp"
#include "app/mail_keeper.hpp"
#include "codec/text.hpp"
#include "log/entry.hpp"
#include "log/profile_change.hpp"
#include "log/tiles.hpp"
#include "service/epochs.hpp"
#include "sqlite/copies.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

/// What one check found: a sentence on what is good, or the error.
using Finding = result<std::string>;

bool report(std::string_view check, Finding const& finding) {
  fmt::print("  {:<4} {:<12} {}\n", finding ? "ok" : "BAD", check, finding ? *finding : finding.error().detail);
  return finding.has_value();
}

Finding check_pages(Layout const& layout) {
  std::string found;
  for (sqlite::Part part : {sqlite::Part::data, sqlite::Part::keys})
    for (std::string const& what : sqlite::find_damage(layout.root, part)) found += what + "; ";
  if (found.empty()) return std::string{"every page and index of the databases is whole"};
  return fail(errc::corrupted, found + "restore the register from its backups.");
}

Finding check_checkpoint(Assembly const& assembly, ports::LogState const& state) {
  if (state.checkpoint.empty()) return std::string{"no checkpoint yet; the first comes when the register serves"};
  auto const published = read_checkpoint(state.checkpoint, service::log_key(*assembly.signer, assembly.config.origin));
  if (!published) return published.error();
  log::Checkpoint const& checkpoint = published->checkpoint;
  auto const grown = regrow(*assembly.tiles, checkpoint.size);
  if (!grown) return grown.error();
  if (grown->edge.root() != checkpoint.root || checkpoint.size != state.size || grown->edge.hashes() != state.edge)
    return fail(errc::corrupted, "The files in " + assembly.layout.log().string() +
                                     " do not lead to the signed root. Restore them from a backup.");
  return fmt::format("{} leaves lead to the signed root", checkpoint.size);
}

Finding check_public_file(Assembly const& assembly, ports::LogState const& state) {
  auto const file = assembly.tiles->get("checkpoint");
  if (!file && state.checkpoint.empty()) return std::string{"not there yet"};
  if (!file) return file.error();
  if (base::as_text(*file) != state.checkpoint)
    return std::string{"is older than the store's; the next start publishes the newest"};
  return std::string{"is the newest"};
}

/// How long the keys sign that proofs and their statuses are signed with, and whether their roots are out of the way.
Finding check_proof_keys(Assembly const& assembly) {
  constexpr std::chrono::days early{60};
  base::Time const until =
      std::min(assembly.proof_keys->for_proofs()->life().until, assembly.proof_keys->for_status_lists()->life().until);
  std::string const renew = "abode keys rotate " + assembly.layout.root.string() + " --roots DIRECTORY-OF-ROOTS";
  if (until <= assembly.clock->now() + early)
    return fail(errc::unavailable,
                "The keys for proofs sign until " + base::format_time(until) + ". Renew them: " + renew);
  std::error_code problem;
  if (assembly.config.mode == service::Mode::live && std::filesystem::exists(assembly.layout.roots(), problem))
    return fail(errc::conflict, "The roots of the keys for proofs are still in " + assembly.layout.roots().string() +
                                    ": whoever gets hold of them makes proofs for years. Take them to another place.");
  return "the keys for proofs sign until " + base::format_time(until);
}

/// The change of profile that the log says is in force, as whoever reads the log would conclude: a later one takes the
/// place of one that was still to come.
result<std::optional<log::ProfileChange>> announced_profile(Assembly const& assembly, std::uint64_t size) {
  std::optional<log::ProfileChange> in_force;
  std::optional<log::ProfileChange> newest;
  result<void> sound;
  auto const read = visit_leaves(*assembly.tiles, 0, size, [&](std::uint64_t, base::Bytes const& leaf) {
    auto const change = log::parse_profile_leaf(leaf);
    if (!change) sound = change.error();
    if (!change || !*change) return;
    if (newest && newest->in_force <= (*change)->time) in_force = newest;
    newest = *change;
  });
  if (!read) return read.error();
  if (!sound) return sound.error();
  if (newest && newest->in_force <= assembly.clock->now()) in_force = newest;
  return in_force;
}

Finding check_profile(Assembly const& assembly, std::uint64_t size) {
  auto const announced = announced_profile(assembly, size);
  if (!announced) return announced.error();
  if (!*announced) return std::string{"is the first one; the log has announced no other"};
  if ((*announced)->hash == assembly.policies->now.hash) return std::string{"is the one that the log has announced"};
  return fail(errc::conflict,
              "profile.toml is not what the log has announced, which is the profile with SHA-256 " +
                  codec::to_hex((*announced)->hash) +
                  ". Put that one back, or announce this one: take it away from there and give it to abode profile.");
}

/// The tiles of a head tree lead to the root that its leaf names. Of the newest, the journal does, too.
result<void> check_head_tree(Assembly const& assembly, ports::Snapshot& snapshot, log::Epoch const& epoch,
                             std::optional<base::Hash> const& remake_from) {
  log::TileHashReader kept{epoch.positions >> log::head_block_height, [&](log::TileId tile) -> result<base::Bytes> {
                             auto content = snapshot.head_tile(epoch.number, tile.level, tile.index);
                             if (!content) return fail(errc::corrupted, "A tile of its head tree is missing.");
                             return std::move(*content);
                           }};
  auto const edge = log::RightEdge::load(epoch.positions >> log::head_block_height, std::ref(kept));
  if (!edge) return edge.error();
  bool sound = edge->root() == epoch.root;
  if (sound && remake_from) {
    auto const remade = service::head_tree_of(*assembly.vault, *assembly.store, epoch, *remake_from);
    if (!remade) return remade.error();
    sound = remade->root == epoch.root;
  }
  if (sound) return {};
  return fail(errc::corrupted, "Its head tree does not lead to its root. Restore the register from its backups.");
}

result<void> check_epoch(Assembly const& assembly, ports::Snapshot& snapshot, ports::EpochRow const& row,
                         std::uint64_t size, bool newest) {
  auto const epoch = service::epoch_of(row);
  if (!epoch) return epoch.error();
  if (row.index && *row.index < size) {
    auto const leaf = leaf_at(*assembly.tiles, *row.index);
    if (!leaf) return leaf.error();
    if (*leaf != row.leaf) return fail(errc::corrupted, "Its leaf is not in the log at its place.");
  }
  if (!row.nonce) return {};
  return check_head_tree(assembly, snapshot, *epoch, newest ? row.nonce : std::nullopt);
}

Finding check_epochs(Assembly const& assembly, ports::Snapshot& snapshot, std::uint64_t size) {
  auto const rows = snapshot.epochs();
  if (rows.empty()) return fail(errc::corrupted, "There is no epoch. Restore the register from its backups.");
  std::size_t lost = 0;
  for (ports::EpochRow const& row : rows) {
    auto const checked = check_epoch(assembly, snapshot, row, size, row.number == rows.back().number);
    if (!checked) return fail(errc::corrupted, fmt::format("Epoch {}: {}", row.number, checked.error().detail));
    if (!row.nonce) ++lost;
  }
  std::string finding = fmt::format("{} are kept; the newest is {}, and the journal leads to its head tree",
                                    rows.size() - lost, rows.back().number);
  if (!rows.back().nonce) finding = fmt::format("{} are kept", rows.size() - lost);
  if (lost > 0) finding += fmt::format("; the trees of {} were lost before a restore", lost);
  return finding;
}

/// The settings, and how many mails wait.
Finding check_mail(Assembly const& assembly, ports::Snapshot& snapshot) {
  constexpr std::size_t counted = 10'000;
  std::size_t const waiting = service::count_waiting_mails(snapshot, assembly.clock->now(), counted);
  if (!assembly.config.mail)
    return waiting == 0 ? std::string{"no mail server in abode.toml: no mail is queued or sent"}
                        : fmt::format(
                              "no mail server in abode.toml: {} mails of before are not sent, and go within "
                              "three days",
                              waiting);
  if (auto const mailer = make_mailer(assembly); !mailer) return mailer.error();
  return fmt::format("goes to {}, port {}; {}{} mails wait", assembly.config.mail->server, assembly.config.mail->port,
                     waiting == counted ? "at least " : "", waiting);
}

/// A line on a terminal that counts up; nothing where the output goes elsewhere.
class Progress {
 public:
  explicit Progress(std::uint64_t total) : total_(total), shown_(::isatty(STDERR_FILENO) == 1) {}
  ~Progress() {
    if (shown_) fmt::print(stderr, "\r{:60}\r", "");
  }
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  void at(std::uint64_t done) const {
    if (shown_ && done % 500 == 0) fmt::print(stderr, "\r       records      {} of {}", done, total_);
  }

 private:
  std::uint64_t total_;
  bool shown_;
};

/// Looks through all records and tells of each that is damaged.
class RecordCheck {
 public:
  RecordCheck(Assembly const& assembly, ports::Snapshot& snapshot, std::uint64_t published)
      : assembly_(assembly),
        snapshot_(snapshot),
        published_(published),
        leaves_(published, [&assembly](log::TileId tile) { return assembly.tiles->get(log::path_of(tile)); }) {}

  void run() {
    Progress const progress{snapshot_.record_count()};
    ports::RecordId last{};
    constexpr std::size_t page = 1000;
    for (auto ids = snapshot_.record_ids(last, page); !ids.empty(); ids = snapshot_.record_ids(last, page)) {
      for (ports::RecordId id : ids) {
        if (auto const damage = damage_of(id)) tell(id, *damage);
        progress.at(++looked_at_);
      }
      last = ids.back();
    }
  }

  Finding summary() const {
    if (damaged_ > 0) return fail(errc::corrupted, fmt::format("{} of {} records are damaged.", damaged_, looked_at_));
    std::string finding =
        fmt::format("{} records with {} entries: every seal is whole, every commitment and leaf in its place",
                    live_.records, live_.entries);
    if (erased_.records > 0)
      finding += fmt::format("; {} erased with {} entries: unreadable, their commitments stand", erased_.records,
                             erased_.entries);
    return finding;
  }

 private:
  static constexpr std::uint64_t max_told = 50;

  struct Count {
    std::uint64_t records = 0;
    std::uint64_t entries = 0;
  };

  void tell(ports::RecordId id, std::string const& damage) {
    if (++damaged_ > max_told) return;
    report("record", fail(errc::corrupted,
                          fmt::format("Record {}: {}. Restore the register from its backups.", id.value(), damage)));
  }

  /// One record: its key, the seals of its state and entries, their commitments, and their leaves in the log. Of an
  /// erased one: that nothing but the commitments is left, and that these are in the log.
  std::optional<std::string> damage_of(ports::RecordId id) {
    auto const row = snapshot_.record(id);
    auto const key = snapshot_.key(id);
    if (!row) return "it is missing";
    if (auto const damage = damage_of(*row, key)) return damage;
    base::Hash last{};
    for (std::uint64_t seq = 0; seq < row->entries; ++seq) {
      auto const entry = snapshot_.entry(id, seq);
      if (!entry) return fmt::format("entry {} is missing", seq);
      if (auto const damage = damage_of(*entry, key)) return fmt::format("entry {} {}", seq, *damage);
      last = entry->commitment;
    }
    Count& count = row->erased_at ? erased_ : live_;
    ++count.records;
    count.entries += row->entries;
    if (auto const damage = damage_of_guardianships(*row)) return damage;
    if (auto const damage = damage_of_contacts(*row, key)) return damage;
    if (auto const damage = damage_of_proofs(*row, key)) return damage;
    if (last != row->last) return "its last entry is not the one it names";
    if (snapshot_.entry(id, row->entries)) return fmt::format("entry {} is more than it counts", row->entries);
    return std::nullopt;
  }

  /// The key, and what is sealed in the row itself.
  std::optional<std::string> damage_of(ports::RecordRow const& row, std::optional<ports::WrappedKey> const& key) {
    if (row.erased_at) {
      if (key || !row.sealed_state.empty()) return "it was erased, but not wholly";
      return std::nullopt;
    }
    if (!key) return "its key is missing";
    if (!assembly_.vault->knows(*key)) return "its key is damaged, or is wrapped under a key that is not in keys/";
    if (!assembly_.vault->intact(ports::Sealed::state, row.id, row.version, *key, row.sealed_state))
      return "its state is damaged";
    return std::nullopt;
  }

  /// E-mail addresses, also those that waiting mails carry. An erased record has none.
  std::optional<std::string> damage_of_contacts(ports::RecordRow const& row,
                                                std::optional<ports::WrappedKey> const& key) {
    auto contacts = snapshot_.contacts(row.id);
    auto const mails = snapshot_.outbox(row.id);
    if (!key) {
      if (contacts.empty() && mails.empty()) return std::nullopt;
      return "it was erased, but an e-mail address or a mail of it is left";
    }
    for (ports::OutboxRow const& mail : mails)
      if (!mail.sealed.empty()) contacts.push_back({row.id, mail.contact, mail.sealed});
    for (ports::ContactRow const& contact : contacts)
      if (!assembly_.vault->intact(ports::Sealed::contact, row.id, contact.seq, *key, contact.sealed))
        return "an e-mail address of it is damaged";
    return std::nullopt;
  }

  std::optional<std::string> damage_of_proofs(ports::RecordRow const& row,
                                              std::optional<ports::WrappedKey> const& key) {
    auto const proofs = snapshot_.proofs(row.id);
    if (!key) return proofs.empty() ? std::nullopt : std::optional<std::string>{"it was erased, but a proof is left"};
    for (ports::ProofRow const& proof : proofs)
      if (!assembly_.vault->intact(ports::Sealed::proof, row.id, proof.seq, *key, proof.sealed))
        return "what is noted of its proofs is damaged";
    return std::nullopt;
  }

  /// Those on either side lead to a record that is there; an erased record has none.
  std::optional<std::string> damage_of_guardianships(ports::RecordRow const& row) {
    for (ports::GuardianshipRow const& of : snapshot_.guardianships_over(row.id))
      if (auto const damage = damage_of_guardianship(row, of.guardian)) return damage;
    for (ports::GuardianshipRow const& of : snapshot_.guardianships_of(row.id))
      if (auto const damage = damage_of_guardianship(row, of.child)) return damage;
    return std::nullopt;
  }

  std::optional<std::string> damage_of_guardianship(ports::RecordRow const& row, ports::RecordId other) {
    if (row.erased_at) return "it was erased, but a guardianship of it is left";
    auto const at_other_end = snapshot_.record(other);
    if (!at_other_end || at_other_end->erased_at) return "a guardianship of it leads to a record that is not there";
    return std::nullopt;
  }

  /// The seal, and the commitment that what is sealed makes. Without a key, that nothing is sealed.
  std::optional<std::string> damage_of_seal(ports::EntryRow const& entry, std::optional<ports::WrappedKey> const& key) {
    if (!key) return entry.sealed.empty() ? std::nullopt : std::optional<std::string>{"is damaged"};
    auto const commitment = assembly_.vault->commitment_in(entry.record, entry.seq, *key, entry.sealed);
    if (!commitment) return "is damaged";
    if (*commitment != entry.commitment) return "does not make the commitment that is noted for it";
    return std::nullopt;
  }

  std::optional<std::string> damage_of(ports::EntryRow const& entry, std::optional<ports::WrappedKey> const& key) {
    if (auto const damage = damage_of_seal(entry, key)) return damage;
    auto const index = snapshot_.leaf_index(entry.record, entry.seq);
    if (!index || *index >= published_) return std::nullopt;
    auto const leaf = leaves_({0, *index});
    if (!leaf) return "cannot be found in the log: " + leaf.error().detail;
    if (*leaf != log::hash_leaf(log::leaf_of(entry.commitment))) return "is not in the log at its place";
    return std::nullopt;
  }

  Assembly const& assembly_;
  ports::Snapshot& snapshot_;
  std::uint64_t const published_;
  log::TileHashReader leaves_;
  std::uint64_t looked_at_ = 0;
  Count live_;
  Count erased_;
  std::uint64_t damaged_ = 0;
};

bool check_records(Assembly const& assembly, ports::Snapshot& snapshot, std::uint64_t published) {
  RecordCheck check{assembly, snapshot, published};
  check.run();
  return report("records", check.summary());
}

}  // namespace

int doctor(cli::DoctorOptions const& options) {
  auto const assembly = open_register(options.directory);
  bool const opened =
      report("opening", assembly ? Finding{"settings, keys and store fit together"} : Finding{assembly.error()});
  Layout const layout{options.directory};
  std::error_code problem;
  bool well = std::filesystem::exists(layout.config(), problem) && report("pages", check_pages(layout));
  if (!opened) return 1;
  well = report("proof keys", check_proof_keys(*assembly)) && well;
  auto const read = assembly->store->read([&](ports::Snapshot& snapshot) -> result<void> {
    ports::LogState const state = snapshot.log_state();
    bool const log_well = report("log", check_checkpoint(*assembly, state));
    well = report("checkpoint", check_public_file(*assembly, state)) && log_well && well;
    if (log_well) {
      well = report("profile", check_profile(*assembly, state.size)) && well;
      well = report("mail", check_mail(*assembly, snapshot)) && well;
      well = report("epochs", check_epochs(*assembly, snapshot, state.size)) && well;
      well = check_records(*assembly, snapshot, state.size) && well;
    }
    return {};
  });
  if (!read) well = report("store", Finding{read.error()});
  fmt::print("{}\n", well ? "All is well." : "Something is damaged: see above.");
  return well ? 0 : 1;
}

}  // namespace abode::app
