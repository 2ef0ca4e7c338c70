#include "app/serve.hpp"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <thread>

#include "api/executor.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "app/assembly.hpp"
#include "app/epoch_keeper.hpp"
#include "app/key_rotation.hpp"
#include "app/listen_address.hpp"
#include "app/log_keeper.hpp"
#include "app/mail_keeper.hpp"
#include "app/observatory.hpp"
#include "app/operator_log.hpp"
#include "app/status_keeper.hpp"
#include "app/stop_signals.hpp"
#include "app/witnessing.hpp"
#include "http/server.hpp"
#include "pages/pages.hpp"
#include "system/files.hpp"
#include "wallets/wallets.hpp"

namespace abode::app {
namespace {

constexpr unsigned worker_threads = 2;

/// In test mode the port may be any that was free.
api::Register register_at(Assembly const& assembly, unsigned short port, ports::WebFiles const* web_files) {
  api::Register registry = assembly.registry();
  registry.web_files = web_files;
  if (assembly.config.mode == service::Mode::test)
    for (char const* host : {"localhost", "127.0.0.1"})
      registry.party.origins.push_back(fmt::format("http://{}:{}", host, port));
  return registry;
}

http::Config http_config(service::Mode mode) {
  http::Config config;
  config.transport_problem = [mode](unsigned status, std::string_view detail) {
    return api::transport_problem(mode, status, detail);
  };
  return config;
}

/// TLS, if the settings name a certificate.
base::result<void> secure(http::Server& server, Config const& config) {
  if (!config.certificate) return {};
  if (!config.public_url.starts_with("https://"))
    return base::fail(base::errc::invalid,
                      "abode.toml names a certificate, so public_url must begin with https://. Correct one of them.");
  return server.use_certificate(*config.certificate);
}

void observe(api::Answered const& answered, Numbers& numbers, OperatorLog& operator_log) {
  numbers.count(answered);
  if (answered.status < 500 || answered.error == nullptr) return;
  if (answered.route != nullptr)
    operator_log.write(Event::request_failed, {{"route", *answered.route}, {"kind", answered.error->code}});
  else
    operator_log.write(Event::request_failed, {{"kind", answered.error->code}});
}

/// Returns when the server was told to stop. SIGHUP: read the certificate anew.
void heed_signals(StopSignals& signals, http::Server& server, Config const& config, OperatorLog& operator_log) {
  while (!signals.next()) {
    if (auto const secured = secure(server, config); !secured)
      operator_log.write(Event::certificate_kept, {{"why", secured.error()}});
    else if (config.certificate)
      operator_log.write(Event::certificate_reloaded);
  }
  operator_log.write(Event::stopping);
  server.stop();
}

void greet(Assembly const& assembly, ListenAddress const& address, unsigned short port,
           std::optional<unsigned short> metrics_port) {
  char const* const scheme = assembly.config.certificate ? "https" : "http";
  if (assembly.config.mode == service::Mode::test)
    fmt::print(
        "Abode runs in test mode: specimen people, nothing has legal effect.\n\n"
        "  Open      {}://{}:{}\n"
        "  Try       sign in as Anna, register an address, make an opening code;\n"
        "            then, as an official, open her record with it, and see in her history what was read.\n"
        "  Stop      Ctrl-C\n",
        scheme, address.host, port);
  else
    fmt::print("Abode serves {} on {}:{}\n", assembly.config.public_url, address.host, port);
  if (metrics_port) fmt::print("  Numbers   http://localhost:{}/metrics (for this machine alone)\n", *metrics_port);
  std::fflush(stdout);
}

int fail_to_start(base::Error const& error) {
  fmt::print(stderr, "abode: {}\n", error.detail);
  return 1;
}

}  // namespace

int serve(cli::ServeOptions const& options) {
  StopSignals signals;
  auto assembly = open_register(options.directory);
  if (!assembly) return fail_to_start(assembly.error());
  auto const address = parse_listen_address(options.listen, assembly->config.public_url);
  if (!address) return fail_to_start(address.error());
  OperatorLog operator_log{*assembly->clock};
  std::unique_ptr<ports::WebFiles> web_files;
  if (options.web) {
    auto read = system::read_web_files(*options.web);
    if (!read) return fail_to_start(read.error());
    web_files = std::move(*read);
  }
  std::vector const surfaces{pages::page_surface(), wallets::wallet_surface(), api::api_surface()};
  Numbers numbers{*assembly, surfaces};
  MetricsListener metrics{numbers.registry()};
  if (options.metrics)
    if (auto const started = metrics.start(*options.metrics); !started) return fail_to_start(started.error());

  std::optional<std::unique_ptr<ports::Mailer>> mailer;
  if (assembly->config.mail) {
    auto made = make_mailer(*assembly);
    if (!made) return fail_to_start(made.error());
    mailer = std::move(*made);
  }

  boost::asio::thread_pool workers{worker_threads};
  std::unique_ptr<api::Executor> executor;
  http::Server server{http_config(assembly->config.mode),
                      [&executor](http::Request request, http::Responder responder) {
                        executor->handle(std::move(request), std::move(responder));
                      }};
  if (auto const secured = secure(server, assembly->config); !secured) return fail_to_start(secured.error());
  if (auto const listening = server.listen(address->host, address->port); !listening)
    return fail_to_start(listening.error());
  executor = std::make_unique<api::Executor>(
      register_at(*assembly, server.port(), web_files.get()), numbers.store(), surfaces,
      api::ExecutorConfig{
          .on_worker = [&workers](std::function<void()> work) { boost::asio::post(workers, std::move(work)); },
          .on_answer = [&](api::Answered const& answered) { observe(answered, numbers, operator_log); }});
  {
    LogKeeper const log_keeper{*assembly, operator_log};
    EpochKeeper const epoch_keeper{*assembly, operator_log};
    std::optional<Witnessing> witnessing;
    if (assembly->witnesses) witnessing.emplace(*assembly, operator_log);
    std::optional<MailKeeper> mail_keeper;
    if (mailer) mail_keeper.emplace(*assembly, std::move(*mailer), numbers.mails(), operator_log);
    StatusKeeper const status_keeper{*assembly, operator_log};
    KeyRotator const key_rotator{*assembly, operator_log};
    greet(*assembly, *address, server.port(), options.metrics ? std::optional{metrics.port()} : std::nullopt);
    operator_log.write(Event::started, {{"mode", assembly->config.mode}, {"port", server.port()}});
    std::thread listener{[&] { heed_signals(signals, server, assembly->config, operator_log); }};
    server.run();
    listener.join();
  }
  workers.join();           // reads end before their store does; what is handed to the workers now is dropped unrun
  assembly->store.reset();  // the last use cases end
  operator_log.write(Event::stopped);
  return 0;
}

}  // namespace abode::app
