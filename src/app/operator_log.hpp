// What the operator reads: one line of JSON on standard error for each event. Nothing of a request or a person can get
// in: events, names and words are compiled in, numbers are counts, sizes and codes, and the only sentences are those of
// base::Error, which hold no personal data.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

#include "api/routing.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::app {

enum class Event : std::uint8_t {
  started,
  stopping,
  stopped,
  log_waits,             ///< the public log could not take in what waits; tried again at the next interval
  log_goes_on,           ///< it does again
  epoch_waits,           ///< an epoch could not be closed when it was due; tried again
  epoch_goes_on,         ///< it was closed since
  witness_waits,         ///< a witness did not cosign; it is asked again
  witness_goes_on,       ///< it does again
  quorum_waits,          ///< too few witnesses cosigned in time: a checkpoint is shown without a quorum
  quorum_goes_on,        ///< enough do again
  keys_rotated,          ///< every key is wrapped under a new key-encryption key, and the old one is destroyed
  rotation_waits,        ///< they could not be, or not yet; tried again at once, both keys stay
  sweep_waits,           ///< expired rows could not be removed; tried again at the next interval
  mail_waits,            ///< the mail server did not take a mail, or what came of mails could not be noted; tried again
  mail_goes_on,          ///< it does again
  mail_given_up,         ///< mails that could not be sent: refused for good, or tried for three days
  status_waits,          ///< the lists of statuses could not be published when they were due; tried again
  status_goes_on,        ///< they were since
  proof_keys_renewed,    ///< new keys for proofs and lists were taken up
  proof_keys_kept,       ///< they could not be read: those before stay in use
  request_failed,        ///< an answer of 500 or above
  certificate_reloaded,  ///< TLS certificate and key were read anew
  certificate_kept,      ///< they could not be: the old ones stay in use
};

/// The name of an event in the log, such as "log-waits".
std::string_view name_of(Event event);

/// A name, known when this was compiled.
struct FieldName {
  consteval FieldName(char const* literal) : text(literal) {}  // NOLINT(google-explicit-constructor): reads as a name
  char const* text;
};

/// A name with a value of the few kinds that may be logged.
class LogField {
 public:
  LogField(FieldName name, std::integral auto number) : name_(name.text), value_(static_cast<std::int64_t>(number)) {}
  LogField(FieldName name, service::Mode mode) : name_(name.text), value_(service::name_of(mode)) {}
  LogField(FieldName name, base::errc code) : name_(name.text), value_(base::name_of(code)) {}
  /// A row of the table of routes, never the path that was asked for.
  LogField(FieldName name, api::Route const& route) : name_(name.text), value_(route.path) {}
  /// Its sentence.
  LogField(FieldName name, base::Error const& error) : name_(name.text), value_(std::string_view{error.detail}) {}

 private:
  friend class OperatorLog;
  std::string_view name_;
  std::variant<std::int64_t, std::string_view> value_;
};

/// Thread-safe.
class OperatorLog {
 public:
  explicit OperatorLog(base::Clock& clock) : clock_(clock) {}

  void write(Event event, std::initializer_list<LogField> fields = {});

  /// The line that write() prints, without its end.
  static std::string format(base::Time at, Event event, std::initializer_list<LogField> fields);

 private:
  base::Clock& clock_;
  std::mutex mutex_;  // one line at a time
};

}  // namespace abode::app
