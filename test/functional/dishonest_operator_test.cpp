// What a dishonest operator can do who has every key and every file, and who sees it: the holder's audit, a monitor, or
// doctor. What nobody sees today is a test as well, and stands in docs/log.md.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "functional/database.hpp"
#include "log/history.hpp"
#include "log/tiles.hpp"
#include "openssl/ed25519.hpp"
#include "openssl/vault.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

/// An entry of the history that is forged, with its place in the store and in the log.
struct Held {
  log::Entry entry;
  log::Salt salt;
  std::uint64_t index;
  std::string row;
  base::Hash commitment{};
};
using History = std::vector<Held>;

/// The keys of a register that is at rest, and what can be done with them.
class Forger {
 public:
  Forger(fs::path directory, log::Bundle const& bundle) : directory_(std::move(directory)), bundle_(bundle) {
    record_ = cell("abode.db", "SELECT id FROM record WHERE position = " + std::to_string(bundle.position));
    auto const rows = run_sql(data(), "SELECT id FROM entry WHERE record = " + record_ + " ORDER BY seq");
    for (std::size_t seq = 0; seq < bundle.entries.size(); ++seq) {
      log::BundleEntry const& given = bundle.entries[seq];
      history_.push_back({log::decode_entry(given.encoded).value(), given.salt, given.index.value(), rows[seq][0]});
    }
    for (log::EntriesId const& id : log::new_entries(0, size()))
      for (base::Bytes& leaf : log::decode_entries(bytes_of(log::path_of(id)), id.width).value())
        leaves_.push_back(std::move(leaf));
  }

  History const& history() const { return history_; }
  std::vector<base::Bytes> const& leaves() const { return leaves_; }
  std::string const& record() const { return record_; }

  /// Puts `forged` into the store in place of the history: chained, committed to and sealed as the register does it.
  void put(History forged) {
    openssl::Keys const keys{key("encryption"), std::nullopt, key("index"), key("log")};
    auto const vault = openssl::make_sealer(keys);
    ports::WrappedKey const wrapped{
        codec::from_hex(cell("keys.db", "SELECT hex(wrapped) FROM record_key WHERE record = " + record_)).value()};
    run_sql(data(), "UPDATE entry SET seq = seq + 1000 WHERE record = " + record_);
    base::Hash previous{};
    for (std::uint64_t seq = 0; seq < forged.size(); ++seq) {
      Held& held = forged[seq];
      held.entry.seq = seq;
      held.entry.previous = previous;
      auto const encoded = log::encode_entry(held.entry).value();
      held.commitment = previous = log::commitment(held.salt, encoded);
      auto const sealed = vault->seal(ports::Sealed::entry, ports::RecordId{std::stoll(record_)}, seq, wrapped,
                                      log::seal_plaintext(encoded, held.salt));
      run_sql(data(), "UPDATE entry SET seq = " + std::to_string(seq) + ", commitment = " + blob(held.commitment) +
                          ", sealed = " + blob(sealed) + " WHERE id = " + held.row);
    }
    run_sql(data(), "DELETE FROM entry WHERE seq >= 1000 AND record = " + record_);
    run_sql(data(), "UPDATE record SET entries = " + std::to_string(forged.size()) + ", last = " + blob(previous) +
                        " WHERE id = " + record_);
    history_ = std::move(forged);
  }

  /// Writes the log anew with the leaves of the forged history, and signs it.
  void rewrite_log() {
    for (Held const& held : history_) leaves_.at(held.index) = log::leaf_of(held.commitment);
    std::vector<base::Hash> hashes;
    for (base::Bytes const& leaf : leaves_) hashes.push_back(log::hash_leaf(leaf));
    auto const none = [](log::Node) -> base::result<base::Hash> { return base::fail(base::errc::not_found, ""); };
    auto const growth = log::grow({}, hashes, none).value();
    fs::remove_all(log() / "tile");
    for (log::Tile const& tile : growth.tiles) write(log::path_of(tile.id), tile.content);
    for (log::EntriesId const& id : log::new_entries(0, leaves_.size()))
      write(log::path_of(id),
            log::encode_entries(std::span{leaves_}.subspan(id.index * log::full_width, id.width)).value());
    std::string const text = log::format_checkpoint({bundle_.origin, leaves_.size(), growth.edge.root(), {}});
    auto const signature = openssl::Ed25519Key{key("log")}.sign(base::as_bytes(text));
    std::string const note =
        text + "\n" + log::signature_line(log::VerifierKey::parse(bundle_.verifier_key).value(), signature);
    write("checkpoint", base::as_bytes(note));
    base::Bytes edge;
    for (base::Hash const& hash : growth.edge.hashes()) base::append(edge, hash);
    run_sql(data(),
            "UPDATE log SET edge = " + blob(edge) + ", checkpoint = CAST(" + blob(base::as_bytes(note)) + " AS TEXT)");
  }

  static std::string blob(base::ByteView bytes) { return "x'" + codec::to_hex(bytes) + "'"; }

 private:
  fs::path data() const { return directory_ / "abode.db"; }
  fs::path log() const { return directory_ / "log"; }
  std::string cell(std::string const& file, std::string const& sql) const {
    return run_sql(directory_ / file, sql).at(0).at(0);
  }
  std::uint64_t size() const { return std::stoull(cell("abode.db", "SELECT size FROM log")); }
  base::Bytes bytes_of(std::string const& path) const {
    return base::to_bytes(base::as_bytes(read_text(log() / path)));
  }
  void write(std::string const& path, base::ByteView content) const {
    fs::create_directories((log() / path).parent_path());
    write_text(log() / path, base::as_text(content));
  }
  base::Secret<base::Hash> key(std::string const& name) const {
    auto const bytes = codec::from_hex(read_text(directory_ / "keys" / (name + ".key")).substr(0, 64)).value();
    base::Hash out;
    std::copy_n(bytes.begin(), out.size(), out.begin());
    return base::Secret<base::Hash>{out};
  }

  fs::path directory_;
  log::Bundle const& bundle_;
  std::string record_;
  History history_;
  std::vector<base::Bytes> leaves_;
};

/// A register with the history of a person whose record an official has read, followed by a monitor; at rest.
class DishonestOperator : public testing::Test {
 protected:
  DishonestOperator() {
    auto person = running_.person();
    token_ = person.token();
    person.post("/api/v1/registrations", {{"kind", "main"}, {"address", sample_address()}});
    std::string const code =
        person.post("/api/v1/opening-codes", {{"fields", {"family_name"}}}).text("/opening_code/code");
    running_.official().post(
        "/api/v1/staff/openings",
        {{"code", code}, {"purpose", "tax-residence"}, {"reference", "T-9"}, {"fields", {"family_name"}}});
    before_ = standing();
    receipt_ = person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(2)}})
                   .text("/receipt/commitment");
    person.await_provable(last);
    key_ = person.get("/log.vkey").body;
    key_.pop_back();
    std::string const file = person.get("/api/v1/history/export").body;
    write_text(kept(), file);
    bundle_ = log::decode_bundle(file).value();
    EXPECT_EQ(bundle_.entries.size(), last + 1);
    EXPECT_EQ(monitor().status, 0);
    EXPECT_EQ(running_.stop(), 0);
    fs::copy(running_.directory(), honest(), fs::copy_options::recursive);
  }

  static constexpr std::uint64_t last = 4;    ///< seq of the last entry
  static constexpr std::uint64_t access = 3;  ///< of the official's read

  /// What the record's row says, to be put back by UPDATE.
  std::string standing() const {
    auto const row = run_sql(data(),
                             "SELECT 'version = ' || version || ', entries = ' || entries || ', last = x''' || "
                             "hex(last) || ''', last_at = ' || last_at || ', state_tag = x''' || hex(state_tag) || "
                             "''', sealed_state = x''' || hex(sealed_state) || '''' FROM record ORDER BY entries DESC");
    return row.at(0).at(0);
  }
  void put_back_the_honest_one() const {
    fs::remove_all(running_.directory());
    fs::copy(honest(), running_.directory(), fs::copy_options::recursive);
  }

  fs::path data() const { return running_.directory() / "abode.db"; }
  fs::path honest() const { return running_.directory().string() + "-honest"; }
  fs::path kept() const { return running_.directory().string() + "-kept.json"; }
  Forger forger() const { return {running_.directory(), bundle_}; }

  Outcome audit_of(fs::path const& file) const { return run_abode({"audit", file.string(), "--key", key_}); }
  Outcome audit() const {
    Answer const answer = running_.with_token(token_).get("/api/v1/history/export");
    EXPECT_EQ(answer.status, 200u) << answer.body;
    fs::path const file = running_.directory().string() + "-shown.json";
    write_text(file, answer.body);
    return audit_of(file);
  }
  Outcome monitor() const {
    return run_abode(
        {"monitor", running_.origin(), "--key", key_, "--state", running_.directory().string() + "-monitor"});
  }
  Outcome doctor() const { return run_abode({"doctor", running_.directory().string()}); }

  static void expect(Outcome const& outcome, int status, std::string const& words) {
    EXPECT_EQ(outcome.status, status) << outcome.output << outcome.errors;
    EXPECT_THAT(outcome.output, HasSubstr(words)) << outcome.errors;
  }

  RunningRegister running_;
  std::string token_;
  std::string key_;
  std::string before_;   ///< standing() before the last entry
  std::string receipt_;  ///< for the last entry
  log::Bundle bundle_;
};

TEST_F(DishonestOperator, IsNotSeenWhereThereIsNone) {
  Forger forger = this->forger();
  forger.put(forger.history());
  forger.rewrite_log();
  expect(doctor(), 0, "All is well.");
  running_.start();
  expect(audit(), 0, "accepted: All entries, 5 in number");
  expect(monitor(), 0, "the log grew as it must");
}

// With the log left as it is, audit and doctor see each lie. With the log rewritten, signed again and everything made
// to fit, the monitor sees it, as would whoever kept any checkpoint.
TEST_F(DishonestOperator, CannotChangeAHistoryUnseen) {
  struct Lie {
    std::string what;
    std::function<void(History&)> tell;
    std::uint64_t seq;                   ///< the first entry that is not in the log
    std::string at_best = "accepted: ";  ///< what an audit says by itself once the log is rewritten
  };
  Lie const lies[] = {
      {"an access is dropped", [](History& h) { h.erase(h.begin() + access); }, access},
      {"two entries are swapped", [](History& h) { std::swap(h[1].entry.operation, h[2].entry.operation); }, 1},
      {"all is dated back by a month",
       [](History& h) {
         for (Held& held : h) held.entry.time -= std::chrono::days{30};
       },
       0},
      {"the last is dated on", [](History& h) { h[last].entry.time += std::chrono::days{1}; }, last,
       "incomplete: The epoch 1 was due on"},
      {"an access was the holder's own act",
       [](History& h) {
         h[access].entry.actor = "holder";
         h[access].entry.office.clear();
       },
       access},
      {"an access had another purpose", [](History& h) { h[access].entry.purpose = "school-enrolment"; }, access},
      {"an access read less", [](History& h) { h[access].entry.fields.clear(); }, access}};
  for (Lie const& lie : lies) {
    SCOPED_TRACE(lie.what);
    put_back_the_honest_one();
    Forger forger = this->forger();
    History forged = forger.history();
    lie.tell(forged);
    forger.put(forged);
    std::string const seq = std::to_string(lie.seq);
    expect(doctor(), 1, "Record " + forger.record() + ": entry " + seq + " is not in the log at its place");
    running_.start();
    expect(audit(), 1, "rejected: Entry " + seq + ": The log does not hold this entry");
    EXPECT_EQ(running_.stop(), 0);

    forger.rewrite_log();
    expect(doctor(), 0, "All is well.");
    running_.start();
    expect(audit(), 0, lie.at_best);
    expect(monitor(), 1, "ALARM: The log has signed two roots for " + std::to_string(forger.leaves().size()));
    EXPECT_EQ(running_.stop(), 0);
  }
}

TEST_F(DishonestOperator, CannotRollTheLogBackUnseen) {
  running_.start();
  auto person = running_.with_token(token_);
  auto const act = [&](unsigned number) {
    return person.post("/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(number)}})
        .number("/receipt/entry");
  };
  person.await_provable(act(3));
  expect(monitor(), 0, "the log grew as it must");
  running_.kill();
  put_back_the_honest_one();
  running_.start();
  expect(monitor(), 1, "ALARM: The log went back");
  expect(audit(), 0, "accepted: ");  // a file is good of itself: whoever kept the newer one can show both

  // Grown on to more than it was, it is another log.
  person = running_.with_token(token_);
  for (unsigned number = 4; number < 7; ++number) person.await_provable(act(number));
  expect(monitor(), 1, "ALARM: The leaves do not lead to the root that the log has signed");
}

TEST_F(DishonestOperator, CannotSignALogThatItDoesNotShow) {
  Forger forger = this->forger();
  History forged = forger.history();
  forged[access].entry.fields.clear();
  forger.put(forged);
  forger.rewrite_log();
  fs::remove_all(running_.directory() / "log" / "tile");
  fs::copy(honest() / "log" / "tile", running_.directory() / "log" / "tile", fs::copy_options::recursive);
  expect(doctor(), 1, "do not lead to the signed root");
  running_.start();
  expect(audit(), 1, "rejected: Entry 0: The log does not hold this entry");
  fs::remove_all(running_.directory().string() + "-monitor");  // one that comes for the first time
  expect(monitor(), 1, "ALARM: The leaves do not lead to the root that the log has signed");
}

TEST_F(DishonestOperator, CannotHideTheLastEntryWithoutWhatItMade) {
  Forger forger = this->forger();
  History shorter = forger.history();
  shorter.pop_back();
  forger.put(shorter);
  running_.start();
  expect(audit(), 1, "rejected: Entry 3: The record does not stand as this last entry left it");
}

// Not seen until there are head trees, but by who kept the receipt: what it commits to is in the log, not in the
// history.
TEST_F(DishonestOperator, CanHideTheLastEntryTogetherWithWhatItMade) {
  Forger forger = this->forger();
  History shorter = forger.history();
  shorter.pop_back();
  forger.put(shorter);
  run_sql(data(), "UPDATE record SET " + before_ + " WHERE id = " + forger.record());
  expect(doctor(), 0, "All is well.");
  running_.start();
  expect(audit(), 0, "accepted: All entries, 4 in number");
  expect(monitor(), 0, "the log grew as it must");
  auto const& leaves = forger.leaves();
  auto const promised = codec::from_hex(receipt_).value();
  base::Hash commitment;
  std::copy_n(promised.begin(), commitment.size(), commitment.begin());
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), log::leaf_of(commitment)), 1);
  EXPECT_THAT(running_.with_token(token_).get("/api/v1/history").body, Not(HasSubstr(receipt_)));
}

TEST_F(DishonestOperator, CannotEraseAnAccessUnseen) {
  Forger const forger = this->forger();
  run_sql(data(),
          "UPDATE entry SET sealed = x'' WHERE record = " + forger.record() + " AND seq = " + std::to_string(access));
  expect(doctor(), 1, "Record " + forger.record() + ": entry 3 is damaged");
  running_.start();
  EXPECT_EQ(running_.with_token(token_).get("/api/v1/history/export").status, 500u);
  log::Bundle without = bundle_;
  without.entries.erase(without.entries.begin() + access);
  fs::path const file = running_.directory().string() + "-without.json";
  write_text(file, log::encode_bundle(without));
  expect(audit_of(file), 1, "rejected: Entry 3: This should be entry 3 of the record but it is entry 4");
}

// Seen by who kept their file: it holds, and no erasure was asked for in it.
TEST_F(DishonestOperator, CanEraseAWholeRecord) {
  Forger const forger = this->forger();
  run_sql(data(), "UPDATE record SET erasure_due = 1 WHERE id = " + forger.record());
  running_.start();
  auto const until = std::chrono::steady_clock::now() + patience;
  while (run_sql(data(), "SELECT count(*) FROM record WHERE erased_at IS NOT NULL")[0][0] == "0")
    ASSERT_LT(std::chrono::steady_clock::now(), until) << "the job does not come";
  EXPECT_EQ(running_.with_token(token_).get("/api/v1/history/export").status, 401u);
  EXPECT_EQ(running_.stop(), 0);
  expect(doctor(), 0, "1 erased with 5 entries");
  Outcome const kept_one = audit_of(kept());
  expect(kept_one, 0, "accepted: ");
  EXPECT_THAT(kept_one.output, Not(HasSubstr("erasure")));
}

// Doctor sees it, and so does whoever compares what is served with what a monitor read in the log. (Of the first one,
// chosen at init, there is no leaf.)
TEST_F(DishonestOperator, CannotRewriteAnAnnouncedProfileUnseen) {
  fs::path const changed = running_.directory().string() + "-profile.toml";
  std::string const text = read_text(running_.directory() / "profile.toml");
  write_text(changed, text);
  replace_text(changed, "evidence_days = 90", "evidence_days = 80");
  Outcome const announced = run_abode({"profile", running_.directory().string(), "--change", changed.string()});
  ASSERT_EQ(announced.status, 0) << announced.errors;
  auto const served_hash = [this] {
    return codec::to_hex(digest::sha256(base::as_bytes(running_.anyone().get("/api/v1/profile/current.toml").body)));
  };
  running_.start();
  expect(monitor(), 0, "with SHA-256 " + served_hash() + " was announced");
  EXPECT_EQ(running_.stop(), 0);
  expect(doctor(), 0, "is the one that the log has announced");
  replace_text(running_.directory() / "profile.toml", "evidence_days = 80", "evidence_days = 70");
  expect(doctor(), 1, "profile.toml is not what the log has announced");
  running_.start();
  fs::remove_all(running_.directory().string() + "-monitor");
  Outcome const seen = monitor();
  expect(seen, 0, " was announced");
  EXPECT_THAT(seen.output, Not(HasSubstr(served_hash())));
}

}  // namespace
}  // namespace abode::functional
