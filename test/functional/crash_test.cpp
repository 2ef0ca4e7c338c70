// G12: what was acknowledged survives the sudden death of the process, in the middle of any load.
#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "codec/text.hpp"
#include "functional/backups.hpp"
#include "log/history.hpp"
#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;

struct Receipt {
  std::uint64_t entry;
  std::string commitment;
};

/// The receipts that one person was given, from any thread.
class Receipts {
 public:
  void add(Answer const& answer) {
    std::lock_guard const lock{mutex_};
    receipts_.push_back({answer.number("/receipt/entry"), answer.text("/receipt/commitment")});
    ++count;
  }
  std::vector<Receipt> all() const {
    std::lock_guard const lock{mutex_};
    return receipts_;
  }
  static inline std::atomic<std::size_t> count = 0;

 private:
  mutable std::mutex mutex_;
  std::vector<Receipt> receipts_;
};

/// Posts until the connection breaks; keeps the receipt of every acknowledged write.
bool post(ApiClient& client, std::string const& target, json::object const& body, Receipts& receipts,
          Answer* made = nullptr) {
  auto const answer =
      client.try_send(http::Method::post, target, {{"Content-Type", "application/json"}}, json::serialize(body));
  if (!answer) return false;
  if (answer->status < 300) receipts.add(*answer);
  if (made != nullptr) *made = *answer;
  return true;
}

void register_addresses(ApiClient client, unsigned first, Receipts& receipts) {
  for (unsigned i = first;
       post(client, "/api/v1/registrations", {{"kind", "secondary"}, {"address", sample_address(i)}}, receipts); ++i) {
  }
}

void make_and_revoke_codes(ApiClient client, Receipts& receipts) {
  for (;;) {
    Answer made;
    if (!post(client, "/api/v1/opening-codes", {{"fields", {"family_name"}}}, receipts, &made)) return;
    if (made.status != 201) continue;
    std::string const entry = std::to_string(made.number("/opening_code/entry"));
    if (!post(client, "/api/v1/opening-codes/" + entry + "/revoke", {}, receipts)) return;
  }
}

/// Every receipt is in the person's history, and every entry of it is proven against the log's key.
void expect_kept(ApiClient client, log::VerifierKey const& key, std::vector<Receipt> const& receipts) {
  ASSERT_FALSE(receipts.empty());
  client.await_provable(client.get("/api/v1/history?limit=1").number("/entries/0/entry"));
  Answer const file = client.get("/api/v1/history/export");
  ASSERT_EQ(file.status, 200u) << file.body;
  log::Bundle const bundle = log::decode_bundle(file.body).value();
  log::AuditReport const report = log::audit(bundle, key);
  EXPECT_EQ(report.verdict, log::AuditVerdict::accepted) << report.reason;
  for (Receipt const& receipt : receipts) {
    ASSERT_LT(receipt.entry, bundle.entries.size()) << "an acknowledged entry is gone";
    log::BundleEntry const& kept = bundle.entries[receipt.entry];
    EXPECT_EQ(codec::to_hex(log::commitment(kept.salt, kept.encoded)), receipt.commitment) << "entry " << receipt.entry;
  }
}

/// Has officials try codes that nobody made: each attempt is an entry in the book of their office.
void try_codes(ApiClient client) {
  json::object const opening{
      {"code", "00000-00000"}, {"purpose", "counter-help"}, {"reference", "A 1"}, {"fields", {"family_name"}}};
  while (client.try_send(http::Method::post, "/api/v1/staff/openings", {{"Content-Type", "application/json"}},
                         json::serialize(opening))) {
  }
}

/// Reads a history and the log, and keeps every checkpoint that was shown.
void watch(ApiClient holder, ApiClient anyone, std::set<std::string>& checkpoints) {
  for (;;) {
    if (!holder.try_send(http::Method::get, "/api/v1/history")) return;
    auto const shown = anyone.try_send(http::Method::get, "/checkpoint");
    if (!shown) return;
    if (shown->status == 200) checkpoints.insert(shown->body);
  }
}

/// Each checkpoint is signed, and is a root of the one tree that the log's files now hold.
void expect_one_history(RunningRegister const& running, log::VerifierKey const& key,
                        std::set<std::string> const& checkpoints) {
  auto const leaves = leaves_in(running.directory() / "log");
  for (std::string const& note : checkpoints) {
    auto const checkpoint = log::verify_checkpoint(log::parse_note(note).value(), key).value();
    ASSERT_LE(checkpoint.size, leaves.size()) << "a checkpoint that was shown is ahead of the log";
    EXPECT_EQ(root_at(leaves, checkpoint.size), checkpoint.root) << "contradicted at size " << checkpoint.size;
  }
}

log::VerifierKey key_of(RunningRegister const& running) {
  std::string key = running.anyone().get("/log.vkey").body;
  key.pop_back();
  return log::VerifierKey::parse(key).value();
}

/// Mixed load until so many writes are acknowledged, then a kill where it stands, and a start.
void load_and_kill(RunningRegister& running, std::string const (&tokens)[2], Receipts (&receipts)[2], unsigned round,
                   std::size_t acknowledged, std::set<std::string>& checkpoints) {
  Receipts::count = 0;
  ApiClient official = running.official();  // signed in before anything can be killed
  std::vector<std::thread> clients;
  for (unsigned who = 0; who < 2; ++who) {
    clients.emplace_back(
        [&, who] { register_addresses(running.with_token(tokens[who]), round * 1'000, receipts[who]); });
    clients.emplace_back([&, who] { make_and_revoke_codes(running.with_token(tokens[who]), receipts[who]); });
  }
  clients.emplace_back([&official] { try_codes(std::move(official)); });
  clients.emplace_back([&] { watch(running.with_token(tokens[0]), running.anyone(), checkpoints); });
  auto const deadline = std::chrono::steady_clock::now() + patience;
  while (Receipts::count < acknowledged && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  running.kill();
  for (std::thread& client : clients) client.join();
  running.start();
}

// bench/crash runs this test as often as it takes for more kills.
TEST(Crash, NothingAcknowledgedIsLostAndNothingSignedIsContradictedInTwentyKills) {
  std::random_device entropy;
  auto const seed = entropy();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  constexpr unsigned registers = 4;  // several: a record takes 200 acts
  constexpr unsigned kills_of_each = 5;
  for (unsigned r = 0; r < registers; ++r) {
    RunningRegister running;
    std::string const tokens[] = {running.person().token(), running.person("peter-stevenson").token()};
    log::VerifierKey const key = key_of(running);
    Receipts receipts[2];
    std::set<std::string> checkpoints;
    for (unsigned round = 1; round <= kills_of_each; ++round) {
      SCOPED_TRACE("register " + std::to_string(r) + ", round " + std::to_string(round));
      load_and_kill(running, tokens, receipts, round, 1 + random() % 60, checkpoints);
      for (unsigned who = 0; who < 2; ++who)
        if (!receipts[who].all().empty()) expect_kept(running.with_token(tokens[who]), key, receipts[who].all());
      if (HasFatalFailure()) return;
    }
    EXPECT_EQ(running.stop(), 0);
    EXPECT_FALSE(checkpoints.empty());
    expect_one_history(running, key, checkpoints);
    Outcome const checked = run_abode({"doctor", running.directory().string()});
    EXPECT_EQ(checked.status, 0) << checked.output;
  }
}

}  // namespace
}  // namespace abode::functional
