#include "app/observatory.hpp"

#include <limits>

#include "app/listen_address.hpp"
#include "service/epochs.hpp"
#include "service/mailing.hpp"
#include "system/process.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;

constexpr std::size_t most_waiting_leaves = 4096;  ///< more are counted as so many

double count_waiting_leaves(ports::Store& store) {
  std::size_t waiting = 0;
  (void)store.read([&](ports::Snapshot& snapshot) -> base::result<void> {
    waiting = snapshot.queued_leaves(most_waiting_leaves).size();
    return {};
  });
  return static_cast<double>(waiting);
}

double size_of_log(ports::Store& store) {
  std::uint64_t size = 0;
  (void)store.read([&](ports::Snapshot& snapshot) -> base::result<void> {
    size = snapshot.log_state().size;
    return {};
  });
  return static_cast<double>(size);
}

double age_of_quorum(ports::Store& store, base::Time now) {
  std::optional<ports::PublishedRow> last;
  (void)store.read([&](ports::Snapshot& snapshot) -> base::result<void> {
    last = snapshot.last_quorum();
    return {};
  });
  return last ? static_cast<double>((now - last->at).count()) : std::numeric_limits<double>::infinity();
}

double age_of_epoch(ports::Store& store, base::Time now) {
  double age = std::numeric_limits<double>::infinity();
  (void)store.read([&](ports::Snapshot& snapshot) -> base::result<void> {
    auto const row = snapshot.newest_epoch();
    if (!row) return {};
    auto const epoch = service::epoch_of(*row);
    if (!epoch) return epoch.error();
    age = static_cast<double>((now - epoch->time).count());
    return {};
  });
  return age;
}

double count_waiting_mails(ports::Store& store, base::Time now) {
  std::size_t waiting = 0;
  (void)store.read([&](ports::Snapshot& snapshot) -> base::result<void> {
    waiting = service::count_waiting_mails(snapshot, now, most_waiting_leaves);
    return {};
  });
  return static_cast<double>(waiting);
}

http::Config listener_config() {
  http::Config config;
  config.limits.connections = 16;
  config.limits.body_bytes = 0;
  return config;
}

}  // namespace

Numbers::Numbers(Assembly const& assembly, std::vector<api::Surface> const& surfaces)
    : store_(*assembly.store, registry_),
      took_(registry_.histogram("abode_request_seconds", "Time from a request being whole to its answer.")) {
  for (api::Surface const& surface : surfaces)
    for (api::Route const& route : surface.routes)
      answers_[&route] = make_counters(http::name_of(route.method), route.path);
  answers_[nullptr] = make_counters("any", "none");
  ports::Store& store = *assembly.store;
  registry_.gauge("abode_log_leaves", "Leaves in the signed log.", [&store] { return size_of_log(store); });
  registry_.gauge("abode_log_waiting_leaves", "Entries that wait for the log, at most 4096.",
                  [&store] { return count_waiting_leaves(store); });
  registry_.gauge("abode_epoch_age_seconds", "Since the newest epoch of the log was closed.",
                  [&store, &clock = *assembly.clock] { return age_of_epoch(store, clock.now()); });
  if (assembly.witnesses)
    registry_.gauge("abode_witness_quorum_age_seconds",
                    "Since enough witnesses last cosigned; infinite before they did for the first time.",
                    [&store, &clock = *assembly.clock] { return age_of_quorum(store, clock.now()); });
  if (assembly.config.mail) {
    auto const counter = [&](std::string_view outcome) {
      return &registry_.counter("abode_mails_total", "What came of mails, and of attempts to send one.",
                                {{metrics::Label::outcome, outcome}});
    };
    mails_ = {counter("accepted"), counter("given-up"), counter("failed-attempt")};
    registry_.gauge("abode_waiting_mails", "Mails that wait to be sent, at most 4096.",
                    [&store, &clock = *assembly.clock] { return count_waiting_mails(store, clock.now()); });
  }
  registry_.gauge("abode_resident_bytes", "Memory of this process.",
                  [] { return static_cast<double>(system::resident_bytes()); });
}

Numbers::PerStatus Numbers::make_counters(std::string_view method, std::string_view path) {
  using metrics::Label;
  PerStatus made{};
  constexpr std::string_view classes[status_classes] = {"2xx", "3xx", "4xx", "5xx"};
  for (std::size_t i = 0; i < status_classes; ++i)
    made.at(i) = &registry_.counter("abode_requests_total", "Requests answered, by route.",
                                    {{Label::method, method}, {Label::route, path}, {Label::status, classes[i]}});
  return made;
}

void Numbers::count(api::Answered const& answered) {
  took_.observe_us(static_cast<std::uint64_t>(answered.took.count()));
  std::size_t const status_class = answered.status / 100;
  if (status_class < 2 || status_class > 5) return;
  answers_.at(answered.route).at(status_class - 2)->add();
}

MetricsListener::MetricsListener(metrics::Registry const& registry)
    : server_(listener_config(), [&registry](http::Request request, http::Responder respond) {
        if (request.path != "/metrics")
          return respond(http::response(404, "text/plain", "The numbers are at /metrics. Nothing else is here.\n"));
        if (request.method != http::Method::get)
          return respond(http::response(405, "text/plain", "The numbers can only be read. Send GET.\n"));
        respond(http::response(200, "text/plain; version=0.0.4; charset=utf-8", registry.format()));
      }) {}

base::result<void> MetricsListener::start(std::string const& address) {
  auto const parsed = parse_listen_address(address);
  if (!parsed) return parsed.error();
  if (!is_loopback(parsed->host))
    return fail(errc::invalid,
                "The numbers are served to this machine only. Write localhost:PORT, 127.0.0.1:PORT or [::1]:PORT.",
                "metrics");
  if (auto const listening = server_.listen(parsed->host, parsed->port); !listening) return listening;
  thread_ = std::thread{[this] { server_.run(); }};
  return {};
}

MetricsListener::~MetricsListener() {
  server_.stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace abode::app
