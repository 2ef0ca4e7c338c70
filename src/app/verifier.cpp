#include "app/verifier.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <thread>

#include "app/internal/pinned_trust.hpp"
#include "app/internal/verifier_directory.hpp"
#include "app/listen_address.hpp"
#include "app/stop_signals.hpp"
#include "http/server.hpp"
#include "openid4vp/request.hpp"
#include "openssl/vault.hpp"
#include "system/clock.hpp"
#include "system/directory_lock.hpp"
#include "system/files.hpp"
#include "verifier/site.hpp"
#include "webapp/webapp.hpp"

namespace abode::app {
namespace {

using namespace std::chrono_literals;
using base::result;
using internal::PinnedTrust;
using internal::VerifierDirectory;

int fail_with(base::Error const& error) {
  fmt::print(stderr, "abode: {}\n", error.detail);
  return 1;
}

int create(cli::VerifierOptions const& options) {
  auto const access = internal::create_verifier(
      options.directory, {*options.create, *options.public_url, options.trust}, system::machine_time());
  if (!access) return fail_with(access.error());
  std::string const directory = options.directory.string();
  fmt::print(
      "A fresh verifier is in {0}. Those who work with it sign in with this access key, also in\n"
      "{0}/keys/access.key:\n\n  {1}\n\n"
      "Take {0}/roots/ away: it is needed only to renew the key that signs requests.\n{2}"
      "Start it: abode verifier {0} --listen HOST:PORT\n",
      directory, access->reveal(base::Disclosure::to_holder),
      options.trust ? "" : "Put the trust file of those whose proofs you take into " + directory + "/trust.json.\n");
  return 0;
}

/// Looks every second whether the operator has changed what is trusted.
void keep_fresh(PinnedTrust& trust, std::stop_token const& stop) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock{mutex};
  while (!ended.wait_for(lock, stop, 1s, [] { return false; }) && !stop.stop_requested()) {
    auto const said = trust.refresh();
    if (!said)
      fmt::print(stderr, "abode: {} What was in use before stays in use.\n", said.error().detail);
    else if (*said)
      fmt::print(stderr, "abode: The trust file or a list was changed. {}\n", **said);
  }
}

int renew(cli::VerifierOptions const& options) {
  auto const renewed = internal::renew_verifier(options.directory, *options.renew, system::machine_time());
  if (!renewed) return fail_with(renewed.error());
  fmt::print("Requests are signed by a new key from the next start on. Take {} away again.\n", options.renew->string());
  return 0;
}

openid4vp::Asker asker_of(VerifierDirectory const& directory) {
  openssl::IssuerKey const& key = *directory.key;
  // A key in memory never fails to sign.
  return {openid4vp::client_id_of(key.chain().front()), directory.name, key.chain(),
          [&key](base::ByteView message) { return key.sign(message).value(); }};
}

/// Serves until a signal says stop. `web_files`: null to serve without the app.
result<void> serve(VerifierDirectory const& directory, ListenAddress const& address, ports::WebFiles const* web_files) {
  StopSignals signals;
  PinnedTrust trust{directory.trust_file(), directory.lists()};
  auto const pinned = trust.refresh();
  if (!pinned) return pinned.error();
  auto const clock = system::make_clock();
  auto const random = openssl::make_random();
  verifier::Desk desk{asker_of(directory), directory.public_url, trust, *clock, *random};
  verifier::Staff staff{directory.access_hash, *clock, *random};
  std::optional<verifier::BrowserApp> app;
  if (web_files != nullptr) app.emplace(webapp::App{*web_files, webapp::ServedBy::verifier}, trust);
  verifier::Site const site{
      desk, staff, *clock, *random, directory.public_url.starts_with("https://"), app ? &*app : nullptr};
  http::Server server{
      {}, [&site](http::Request const& request, http::Responder respond) { respond(verifier::answer(site, request)); }};
  if (auto const listening = server.listen(address.host, address.port); !listening) return listening;
  fmt::print("{} {} Its certificate is good until {}.\nThe verifier {} serves on http://{}:{}\n", desk.client_id(),
             **pinned, base::format_time(directory.key->life().until), directory.name, address.host, server.port());
  std::fflush(stdout);
  std::jthread const keeper{[&trust](std::stop_token const& stop) { keep_fresh(trust, stop); }};
  serve_until_stopped(server, signals);
  return {};
}

}  // namespace

int verifier(cli::VerifierOptions const& options) {
  if (options.create) return create(options);
  auto const address = options.renew ? ListenAddress{} : parse_listen_address(options.listen.value_or(""));
  if (!address) return fail_with(address.error());
  auto const lock = system::DirectoryLock::take(options.directory);
  if (!lock) return fail_with(lock.error());
  if (options.renew) return renew(options);
  auto const directory = VerifierDirectory::open(options.directory, system::machine_time());
  if (!directory) return fail_with(directory.error());
  std::unique_ptr<ports::WebFiles> web_files;
  if (options.web) {
    auto read = system::read_web_files(*options.web);
    if (!read) return fail_with(read.error());
    web_files = std::move(*read);
  }
  auto const served = serve(*directory, *address, web_files.get());
  return served ? 0 : fail_with(served.error());
}

}  // namespace abode::app
