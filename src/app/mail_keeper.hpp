// The thread that sends the mails that wait.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "app/assembly.hpp"
#include "app/observatory.hpp"
#include "app/operator_log.hpp"
#include "service/mailing.hpp"

namespace abode::app {

/// The mailer of the settings, which are there. errc::not_found, forbidden (others may read it) or malformed for the
/// file with the password.
base::result<std::unique_ptr<ports::Mailer>> make_mailer(Assembly const& assembly);

class MailKeeper {
 public:
  /// Starts at once. `assembly` and `operator_log` outlive it.
  MailKeeper(Assembly const& assembly, std::unique_ptr<ports::Mailer> mailer, MailCounters counters,
             OperatorLog& operator_log);
  /// A mail that is under way is ended first, and what came of it noted.
  ~MailKeeper();

 private:
  void run();
  /// One batch; true if it was a full one and all of it went well.
  bool send_batch();
  /// False if the server takes no mail at all at present.
  bool send(service::DueMail const& due);
  /// Writes down what came of the batch. What cannot be written stays for the next time, before another mail is sent.
  bool settle();
  ports::Mail write(service::DueMail const& due, service::SealedContact const& contact);
  std::int64_t hours_left(ports::OutboxRow const& mail);
  void tell(base::result<void> const& outcome);
  bool wait();  ///< false when it is time to stop
  bool is_stopping();

  Assembly const& assembly_;
  service::Context const context_;
  std::unique_ptr<ports::Mailer> mailer_;
  MailCounters counters_;
  OperatorLog& operator_log_;
  /// Subject and body by language, and of a reminder or not: the same for everybody.
  std::map<std::pair<std::string, bool>, std::pair<std::string, std::string>> texts_;
  std::vector<service::TriedMail> tried_;
  bool failing_ = false;
  std::chrono::seconds pause_{1};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace abode::app
