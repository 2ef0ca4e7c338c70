// Measures what each request of a signed-in person begins with: proving the session.
//   bench_sessions DIR SESSIONS SECONDS
// makes a store in DIR with so many sessions. Prints lines "what|figure|unit"; the hash of the token, which no check
// can do without, is measured in turns with the whole.
#include <filesystem>

#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "figures.hpp"
#include "openssl/vault.hpp"
#include "service/sessions.hpp"
#include "sqlite/store.hpp"
#include "system/clock.hpp"

namespace {

using namespace abode;
using namespace bench;

constexpr std::size_t sessions_at_once = 8192;
constexpr std::size_t checks_in_a_turn = 20'000;

/// Sessions of as many people as there are, in no order.
std::vector<ports::SessionToken> make_sessions(ports::Store& store, base::Random& random, std::size_t count) {
  std::vector<ports::SessionToken> tokens;
  base::Time const end{std::chrono::seconds{4'000'000'000}};
  while (tokens.size() < count) {
    auto const commit = store.write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
      for (std::size_t i = 0; i < sessions_at_once && tokens.size() < count; ++i) {
        tokens.emplace_back(codec::to_base64url(random.bytes<32>()));
        ports::RecordId const record{static_cast<std::int64_t>(tokens.size())};
        transaction.add_session({ports::hash_of(tokens.back()),
                                 ports::Subject::person,
                                 record,
                                 {},
                                 end,
                                 {},
                                 end,
                                 ports::SignInProof::printed_code});
      }
      return {};
    });
    if (!commit) must(base::result<int>{commit.error()});
  }
  return tokens;
}

/// Microseconds for each of many calls.
template <class Act>
double time_of_one(Act act) {
  auto const start = Clock::now();
  for (std::size_t i = 0; i < checks_in_a_turn; ++i) act(i);
  return seconds_since(start) * 1e6 / static_cast<double>(checks_in_a_turn);
}

int measure(std::filesystem::path const& directory, std::size_t count, double seconds) {
  auto const random = openssl::make_random();
  auto const clock = system::make_clock({});
  auto const store = must(sqlite::create(sqlite::Options{.directory = directory}, {"test", "bench", base::Bytes(32)}));
  auto const tokens = make_sessions(*store, *random, count);
  std::vector<double> checks;
  std::vector<double> hashes;
  std::vector<double> ratios;
  auto const start = Clock::now();
  for (std::size_t turn = 1; seconds_since(start) < seconds; ++turn) {
    // An odd step: neighbours in time are no neighbours in the table.
    auto const token = [&](std::size_t i) -> auto const& { return tokens[(i * 7919 + turn) % tokens.size()]; };
    must(store->read([&](ports::Snapshot& snapshot) -> base::result<void> {
      checks.push_back(
          time_of_one([&](std::size_t i) { must(ports::HolderSession::prove(snapshot, token(i), clock->now())); }));
      return {};
    }));
    std::uint8_t sum = 0;
    hashes.push_back(time_of_one([&](std::size_t i) { sum ^= ports::hash_of(token(i))[0]; }));
    if (sum == 1) hashes.back() += 1e-9;  // so that the hashes are needed
    ratios.push_back(checks.back() / hashes.back());
  }
  print("a session proven, of " + std::to_string(count), spread_of(checks), "us");
  print("the hash of its token alone", spread_of(hashes), "us");
  print("times the hash", spread_of(ratios), "");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "Usage: bench_sessions DIR SESSIONS SECONDS\n";
    return 2;
  }
  return measure(argv[1], std::stoul(argv[2]), std::stod(argv[3]));
}
