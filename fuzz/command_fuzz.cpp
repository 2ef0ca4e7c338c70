// Every command that the API, the pages and the surface for wallets take, fed with any body: a handler reads it and
// answers with work to be done or with an error that says what to do. None crashes, and none fails as only a fault
// inside the register may.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "api/routes.hpp"
#include "base/assert.hpp"
#include "openssl/vault.hpp"
#include "pages/pages.hpp"
#include "profiles/profiles.hpp"
#include "service/sequencer.hpp"
#include "system/clock.hpp"
#include "system/files.hpp"
#include "wallets/wallets.hpp"

namespace {

using namespace abode;

/// Handlers sign nothing: what needs a key is work that they answer with.
class NoKeys final : public ports::ProofKeys {
 public:
  std::shared_ptr<ports::CertifiedKey const> for_proofs() override { std::abort(); }
  std::shared_ptr<ports::CertifiedKey const> for_status_lists() override { std::abort(); }
};

/// A register without a store: handlers only read what comes.
struct Desk {
  std::unique_ptr<base::Clock> clock = system::make_clock();
  std::unique_ptr<base::Random> random = openssl::make_random();
  openssl::Keys keys = openssl::make_keys(*random);
  std::unique_ptr<ports::Sealer> sealer = openssl::make_sealer(keys);
  std::unique_ptr<ports::Signer> signer = openssl::make_signer(keys);
  std::unique_ptr<ports::TileFiles> tiles = system::make_tile_files("/nonexistent");
  rules::Profile profile =
      profiles::parse_profile(profiles::built_in_text("specimen").value(), "specimen.toml").value();
  NoKeys proof_keys;
  std::unique_ptr<ports::StatusFiles> status_files = system::make_status_files("/nonexistent");
  service::WalletDesk wallet_desk{*clock, *random};
  api::Register registry{{*clock, *random, *sealer, profile, service::Mode::test, {}, "http://localhost:8080"},
                         {*tiles, service::log_key(*signer, "fuzz.example/log")},
                         false,
                         {"localhost", {"http://localhost:8080"}},
                         proof_keys,
                         *status_files,
                         wallet_desk};
};

std::vector<api::Route> commands() {
  std::vector<api::Route> found;
  for (auto const& routes : {api::api_surface().routes, pages::page_surface().routes, wallets::wallet_surface().routes})
    std::copy_if(routes.begin(), routes.end(), std::back_inserter(found),
                 [](api::Route const& route) { return route.method == http::Method::post; });
  return found;
}

void take(api::Route const& route, api::Register const& registry, std::string body) {
  bool const of_program = route.path.starts_with("/api/");
  http::Request const request{http::Method::post,
                              std::string{route.path},
                              {},
                              {{"Content-Type", of_program ? "application/json" : "application/x-www-form-urlencoded"}},
                              std::move(body)};
  api::Call call{request, std::vector<std::string>(4, "7")};
  if (route.authority == api::Authority::guardian) call.child = base::GuardianshipId{"0000000000000000"};
  api::Reply const reply = route.handler(registry, call);
  auto const* const error = std::get_if<base::Error>(&reply);
  if (error == nullptr) return;
  base::ensure(!error->detail.empty(), "a refusal says nothing");
  base::ensure(error->code != base::errc::corrupted && error->code != base::errc::unavailable,
               "what somebody sent is told of as a fault of the register");
}

}  // namespace

// The first byte chooses the command, the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Desk const desk;
  static std::vector<api::Route> const routes = commands();
  if (size == 0) return 0;
  take(routes[data[0] % routes.size()], desk.registry, std::string{base::as_text({data + 1, size - 1})});
  return 0;
}
