#include "app/operator_log.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "codec/json.hpp"

namespace abode::app {

std::string_view name_of(Event event) {
  switch (event) {
    case Event::started: return "started";
    case Event::stopping: return "stopping";
    case Event::stopped: return "stopped";
    case Event::log_waits: return "log-waits";
    case Event::log_goes_on: return "log-goes-on";
    case Event::epoch_waits: return "epoch-waits";
    case Event::epoch_goes_on: return "epoch-goes-on";
    case Event::witness_waits: return "witness-waits";
    case Event::witness_goes_on: return "witness-goes-on";
    case Event::quorum_waits: return "quorum-waits";
    case Event::quorum_goes_on: return "quorum-goes-on";
    case Event::keys_rotated: return "keys-rotated";
    case Event::rotation_waits: return "rotation-waits";
    case Event::sweep_waits: return "sweep-waits";
    case Event::mail_waits: return "mail-waits";
    case Event::mail_goes_on: return "mail-goes-on";
    case Event::mail_given_up: return "mail-given-up";
    case Event::status_waits: return "status-waits";
    case Event::status_goes_on: return "status-goes-on";
    case Event::proof_keys_renewed: return "proof-keys-renewed";
    case Event::proof_keys_kept: return "proof-keys-kept";
    case Event::request_failed: return "request-failed";
    case Event::certificate_reloaded: return "certificate-reloaded";
    case Event::certificate_kept: return "certificate-kept";
  }
  base::fatal("an event without a name");
}

std::string OperatorLog::format(base::Time at, Event event, std::initializer_list<LogField> fields) {
  codec::json::object line{{"at", base::format_time(at)}, {"event", name_of(event)}};
  for (LogField const& field : fields) std::visit([&](auto const& value) { line[field.name_] = value; }, field.value_);
  return codec::json::serialize(line);
}

void OperatorLog::write(Event event, std::initializer_list<LogField> fields) {
  std::string const line = format(clock_.now(), event, fields) + "\n";
  std::lock_guard const lock{mutex_};
  fmt::print(stderr, "{}", line);
}

}  // namespace abode::app
