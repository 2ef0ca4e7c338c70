// G12: what was acknowledged survives the sudden death of the process, in the middle of any load.
#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "codec/text.hpp"
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

TEST(Crash, NothingAcknowledgedIsLostWhenTheProcessIsKilledUnderLoad) {
  RunningRegister running;
  std::string const tokens[] = {running.person().token(), running.person("peter-stevenson").token()};
  Receipts receipts[2];
  for (unsigned round = 1; round <= 3; ++round) {
    Receipts::count = 0;
    std::vector<std::thread> clients;
    for (unsigned who = 0; who < 2; ++who)
      for (unsigned i = 0; i < 2; ++i) {
        unsigned const first = round * 10'000 + i * 1'000;
        clients.emplace_back(
            [&, who, first] { register_addresses(running.with_token(tokens[who]), first, receipts[who]); });
        clients.emplace_back([&, who] { make_and_revoke_codes(running.with_token(tokens[who]), receipts[who]); });
      }
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (Receipts::count < 150 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    running.kill();
    for (std::thread& client : clients) client.join();

    running.start();
    std::string key = running.anyone().get("/log.vkey").body;
    key.pop_back();
    for (unsigned who = 0; who < 2; ++who) {
      SCOPED_TRACE("round " + std::to_string(round) + ", person " + std::to_string(who));
      expect_kept(running.with_token(tokens[who]), log::VerifierKey::parse(key).value(), receipts[who].all());
    }
  }
  EXPECT_EQ(running.stop(), 0);
  Outcome const checked = run_abode({"doctor", running.directory().string()});
  EXPECT_EQ(checked.status, 0) << checked.output;
}

}  // namespace
}  // namespace abode::functional
