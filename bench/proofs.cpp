// Measures how fast proofs of residence are issued and verified, and a status list is made anew.
//   bench_proofs DIR SECONDS
// One thread. A proof with ten claims, its holder's signature and a place in a cached status list, in turns with the
// bare check (or making) of one P-256 signature. Leaves in DIR what `abode verify` takes: proof, list, trust.json.
// Prints lines "what|figure|unit".
#include <filesystem>
#include <random>

#include "credential/verification.hpp"
#include "digest/digest.hpp"
#include "figures.hpp"
#include "support/issuer.hpp"
#include "system/clock.hpp"

namespace {

using namespace abode;
using namespace bench;
using credential::Verdict;
using test::make_certificate;

constexpr int turns = 9;

struct Case {
  base::Time now = system::machine_time();
  base::Time from = now - std::chrono::days{10};
  base::Time until = now + std::chrono::days{400};
  test::P256Key root_key;
  test::P256Key key;
  test::P256Key holder;
  base::Bytes const holder_key = holder.public_key();
  certificates::Certificate root = make_certificate({"Root", root_key, root_key, "Root", from, until, true});
  certificates::Certificate leaf = make_certificate({"Leaf", key, root_key, "Root", from, until});
  credential::Trust trust{{{"https://register.example", root, root}}};
  credential::Challenge challenge{"https://school.example", "n"};
  std::string const uri = "https://register.example/status/1";
  std::mt19937_64 dice{7};

  std::string issue() {
    credential::ResidenceProof const proof{
        .issuer = "https://register.example",
        .issued_at = now,
        .expires_at = now + std::chrono::days{200},
        .holder_key = holder_key,
        .status = credential::StatusReference{uri, 4711},
        .person = {{"family_name", "ERIKSSON"}, {"given_name", "ANNA"}, {"birthdate", "1974-08-12"}},
        .address = {{"street_address", "Sonnenallee"},
                    {"house_number", "17b"},
                    {"locality", "Berlin"},
                    {"country", "DE"}},
        .residence = {{"kind", "main"}, {"assurance", "declared"}, {"since", "2021-09-01"}}};
    auto const salt = [&] {
      base::Bytes bytes;
      base::append_be(bytes, dice());
      base::append_be(bytes, dice());
      return bytes;
    };
    return credential::issue(proof, {leaf}, salt, key.signer());
  }
  std::string presentation() {
    std::string const text = issue();
    return text + credential::make_jws({}, credential::key_binding_type,
                                       {{"iat", now.time_since_epoch().count()},
                                        {"aud", challenge.audience},
                                        {"nonce", challenge.nonce},
                                        {"sd_hash", credential::digest_of(text)}},
                                       holder.signer());
  }
  std::string list() const {
    credential::StatusList const list{1, 100'000};
    return credential::make_status_token(uri, now, now + std::chrono::hours{24}, std::chrono::hours{12}, list, {leaf},
                                         key.signer());
  }
};

/// How often in a second, over a while.
template <class Work>
double rate_of(double seconds, Work const& work) {
  auto const start = Clock::now();
  for (int runs = 0;;) {
    for (int i = 0; i < 100; ++i, ++runs) work();
    if (double const passed = seconds_since(start); passed >= seconds) return runs / passed;
  }
}

/// The one and the other in turns, so that what else the machine does meets both.
template <class Whole, class Bare>
void print_rates(std::string const& what, double seconds, Whole const& whole, Bare const& bare) {
  std::vector<double> rates;
  std::vector<double> ratios;
  for (int turn = 0; turn < turns; ++turn) {
    double const raw = rate_of(seconds / (2 * turns), bare);
    rates.push_back(rate_of(seconds / (2 * turns), whole));
    ratios.push_back(rates.back() / raw);
  }
  print(what, spread_of(rates), "/s on one core");
  print("  of the rate of one bare P-256 signature", spread_of(ratios), "times");
}

void measure_status_list() {
  constexpr std::size_t entries = 1'000'000;
  std::mt19937_64 dice{11};
  credential::StatusList list{1, entries};
  for (std::size_t i = 0; i < entries / 100; ++i) list.set(dice() % entries, 1);
  std::vector<double> times_ms;
  std::size_t size = 0;
  for (int i = 0; i < 25; ++i) {
    auto const start = Clock::now();
    list.set(dice() % entries, 1);
    size = list.encode().size();
    times_ms.push_back(seconds_since(start) * 1000);
  }
  print("status list of 1,000,000, 1% set: made anew after one change", spread_of(times_ms), "ms");
  print("  its size", static_cast<double>(size), "characters");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: bench_proofs DIR SECONDS\n";
    return 2;
  }
  std::filesystem::path const folder = argv[1];
  double const seconds = std::atof(argv[2]);
  Case one;
  std::string const shown = one.presentation();
  std::ofstream{folder / "proof"} << shown;
  std::ofstream{folder / "list"} << one.list();
  std::ofstream{folder / "trust.json"} << credential::write_trust(one.trust);

  credential::Verifier verifier{one.trust, {must(credential::parse_status_token(one.list()))}};
  auto const verify = [&] {
    auto const found = verifier.verify(shown, one.challenge, one.now);
    if (found.verdict != Verdict::valid) must(base::result<void>{base::fail(base::errc::invalid, found.why)});
  };
  auto const message = base::as_bytes(shown);
  auto const signature = one.key.sign(message);
  auto const public_key = one.key.public_key();
  print_rates("verify, with the holder's signature and a cached status", seconds, verify, [&] {
    if (!digest::verify_es256(public_key, message, signature)) std::abort();
  });
  print_rates("issue, with ten claims", seconds, [&] { one.issue(); }, [&] { one.key.sign(message); });
  measure_status_list();
  return 0;
}
