#include "app/witness.hpp"

#include <fmt/format.h>

#include "app/internal/witness_directory.hpp"
#include "app/listen_address.hpp"
#include "app/stop_signals.hpp"
#include "http/server.hpp"
#include "openssl/ed25519.hpp"
#include "system/clock.hpp"
#include "system/directory_lock.hpp"
#include "witness/routes.hpp"

namespace abode::app {
namespace {

using base::result;
using internal::WitnessDirectory;

int fail_with(base::Error const& error) {
  fmt::print(stderr, "abode: {}\n", error.detail);
  return 1;
}

int create(cli::WitnessOptions const& options) {
  auto const key = internal::create_witness(options.directory, *options.create, options.logs);
  if (!key) return fail_with(key.error());
  fmt::print(
      "A fresh witness is in {}. Its key, for the policy files of those who trust it:\n\n  {}\n\n"
      "Start it: abode witness {} --listen HOST:PORT\n"
      "Never put back an older copy of this directory: the witness would forget what it has signed.\n",
      options.directory.string(), key->format(), options.directory.string());
  return 0;
}

/// Serves until a signal says stop.
result<void> serve(WitnessDirectory& directory, ListenAddress const& address) {
  StopSignals signals;
  auto const clock = system::make_clock(directory.last_written());
  openssl::Ed25519Key const secret{directory.seed()};
  witness::Witness witness{directory.logs(),
                           {directory.key(secret.public_key()), [&](base::ByteView text) { return secret.sign(text); }},
                           directory,
                           *clock};
  http::Server server{{}, [&witness](http::Request const& request, http::Responder respond) {
                        respond(witness::answer(witness, request));
                      }};
  if (auto const listening = server.listen(address.host, address.port); !listening) return listening;
  fmt::print("The witness {} serves {} logs on http://{}:{}\n", witness.key().name(), directory.logs().size(),
             address.host, server.port());
  std::fflush(stdout);
  serve_until_stopped(server, signals);
  return {};
}

}  // namespace

int witness(cli::WitnessOptions const& options) {
  if (options.create) return create(options);
  auto const address = parse_listen_address(options.listen.value_or(""));
  if (!address) return fail_with(address.error());
  auto const lock = system::DirectoryLock::take(options.directory);
  if (!lock) return fail_with(lock.error());
  auto directory = WitnessDirectory::open(options.directory);
  if (!directory) return fail_with(directory.error());
  auto const served = serve(*directory, *address);
  return served ? 0 : fail_with(served.error());
}

}  // namespace abode::app
