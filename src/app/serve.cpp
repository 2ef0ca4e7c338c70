#include "app/serve.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <thread>

#include "api/executor.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "app/assembly.hpp"
#include "app/listen_address.hpp"
#include "app/log_keeper.hpp"
#include "http/server.hpp"
#include "pages/pages.hpp"

namespace abode::app {
namespace {

constexpr unsigned worker_threads = 2;

/// SIGINT and SIGTERM, waited for by one thread instead of interrupting any.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

std::vector<std::string> allowed_origins(Assembly const& assembly, unsigned short port) {
  std::vector<std::string> origins{assembly.config.public_url};
  if (assembly.config.mode == service::Mode::test)
    for (char const* host : {"localhost", "127.0.0.1"}) origins.push_back(fmt::format("http://{}:{}", host, port));
  return origins;
}

void greet(Assembly const& assembly, ListenAddress const& address, unsigned short port) {
  if (assembly.config.mode == service::Mode::test)
    fmt::print(
        "Abode runs in test mode: specimen people, nothing has legal effect.\n\n"
        "  Open      http://{}:{}\n"
        "  Try       sign in as Anna, register an address, make an opening code;\n"
        "            then, as an official, open her record with it, and see in her history what was read.\n"
        "  Stop      Ctrl-C\n",
        address.host, port);
  else
    fmt::print("Abode serves {} on {}:{}\n", assembly.config.public_url, address.host, port);
  std::fflush(stdout);
}

int fail_to_start(base::Error const& error) {
  fmt::print(stderr, "abode: {}\n", error.detail);
  return 1;
}

}  // namespace

int serve(cli::ServeOptions const& options) {
  sigset_t const stop_signals = block_stop_signals();
  auto assembly = open_register(options.directory);
  if (!assembly) return fail_to_start(assembly.error());
  auto const address = parse_listen_address(options.listen, assembly->config.public_url);
  if (!address) return fail_to_start(address.error());

  service::Mode const mode = assembly->config.mode;
  http::Config http_config;
  http_config.transport_problem = [mode](unsigned status, std::string_view detail) {
    return api::transport_problem(mode, status, detail);
  };
  boost::asio::thread_pool workers{worker_threads};
  std::unique_ptr<api::Executor> executor;
  http::Server server{std::move(http_config), [&executor](http::Request request, http::Responder responder) {
                        executor->handle(std::move(request), std::move(responder));
                      }};
  if (auto const listening = server.listen(address->host, address->port); !listening)
    return fail_to_start(listening.error());
  executor = std::make_unique<api::Executor>(
      assembly->registry(), *assembly->store, std::vector{pages::page_surface(), api::api_surface()},
      api::ExecutorConfig{allowed_origins(*assembly, server.port()),
                          [&workers](std::function<void()> work) { boost::asio::post(workers, std::move(work)); }});
  {
    LogKeeper const log_keeper{*assembly};
    greet(*assembly, *address, server.port());
    std::thread stopper{[&server, &stop_signals] {
      int received = 0;
      sigwait(&stop_signals, &received);
      server.stop();
    }};
    server.run();
    stopper.join();
  }
  workers.join();           // reads end before their store does; what is handed to the workers now is dropped unrun
  assembly->store.reset();  // the last use cases end
  return 0;
}

}  // namespace abode::app
