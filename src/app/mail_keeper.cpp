#include "app/mail_keeper.hpp"

#include <algorithm>
#include <tuple>

#include "codec/text.hpp"
#include "mail/smtp.hpp"
#include "system/files.hpp"
#include "system/process.hpp"
#include "text/catalogs.hpp"

namespace abode::app {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using base::result;
using Outcome = service::TriedMail::Outcome;

/// Noted in one write: small, so that people's writes do not wait for it.
constexpr std::size_t batch = 10;
constexpr std::chrono::seconds interval{1};
constexpr std::chrono::seconds longest_interval{60};  ///< while the server takes no mail
constexpr std::chrono::hours an_hour{1};
constexpr std::chrono::hours code_life = service::contact_code_life;

result<base::Secret<std::string>> load_password(std::filesystem::path const& file) {
  if (auto const ok = system::require_owner_only(file); !ok) return ok.error();
  auto const content = system::read_file(file, 1024);
  if (!content) return content.error();
  std::string_view text = base::as_text(*content);
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  if (text.empty() || text.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos)
    return fail(errc::malformed, file.string() + " is not a password: one line.");
  return base::Secret{std::string{text}};
}

}  // namespace

result<std::unique_ptr<ports::Mailer>> make_mailer(Assembly const& assembly) {
  MailSettings const& settings = assembly.config.mail.value();
  std::filesystem::path const& root = assembly.layout.root;
  mail::SmtpOptions options{
      .server = settings.server, .port = settings.port, .from = settings.from, .starttls = settings.starttls};
  if (settings.user) {
    auto password = load_password(root / settings.password.value());
    if (!password) return password.error();
    options.login = mail::Login{*settings.user, std::move(*password)};
  }
  if (settings.authorities) options.authorities = (root / *settings.authorities).string();
  return mail::make_smtp_mailer(std::move(options), *assembly.clock);
}

MailKeeper::MailKeeper(Assembly const& assembly, std::unique_ptr<ports::Mailer> mailer, MailCounters counters,
                       OperatorLog& operator_log)
    : assembly_(assembly),
      context_(assembly.context()),
      mailer_(std::move(mailer)),
      counters_(counters),
      operator_log_(operator_log) {
  thread_ = std::thread{[this] { run(); }};
}

MailKeeper::~MailKeeper() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void MailKeeper::run() {
  system::yield_to_other_threads();  // a mail can wait a moment, who registers should not
  do {
    while (send_batch() && !is_stopping()) {
    }
  } while (wait());
  settle();
}

bool MailKeeper::send_batch() {
  if (!settle()) return false;
  std::vector<service::DueMail> due;
  auto const read = assembly_.store->read([&](ports::Snapshot& snapshot) -> result<void> {
    due = service::due_mails(context_, snapshot, batch);
    return {};
  });
  if (!read) {
    tell(read);
    return false;
  }
  for (service::DueMail const& mail : due)
    if (is_stopping() || !send(mail)) break;
  bool const whole = tried_.size() == batch;
  return settle() && whole && !failing_;
}

bool MailKeeper::send(service::DueMail const& due) {
  auto const& contact = due.contact.reveal(Disclosure::to_mail);
  base::Time const now = assembly_.clock->now();
  if (!contact || (due.row.kind == ports::MailKind::confirm && now + an_hour > due.row.queued_at + code_life)) {
    tried_.push_back({due.row, Outcome::over});
    return true;
  }
  if (now + an_hour > due.row.queued_at + ports::lifetime_of(due.row.kind)) {
    tried_.push_back({due.row, Outcome::refused});
    return true;
  }
  auto const sent = mailer_->send(write(due, *contact));
  if (sent) {
    bool const accepted = *sent == ports::Sent::accepted;
    if (accepted) counters_.accepted->add();
    tried_.push_back({due.row, accepted ? Outcome::over : Outcome::refused});
    tell({});
    return true;
  }
  counters_.failed->add();
  // A mail that cannot be written at all never will be; anything else may come right.
  bool const takes_none = sent.error().code == errc::unavailable;
  tried_.push_back({due.row, sent.error().code == errc::invalid ? Outcome::refused
                             : takes_none                       ? Outcome::put_off
                                                                : Outcome::later});
  if (takes_none) tell(sent.error());
  return !takes_none;
}

bool MailKeeper::settle() {
  if (tried_.empty()) return true;
  std::size_t unsent = 0;
  auto const written = assembly_.store->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
    unsent = service::settle_mails(context_, transaction, tried_);
    return {};
  });
  if (!written) {
    tell(written.error());
    return false;
  }
  tried_.clear();
  if (unsent > 0) {
    counters_.given_up->add(unsent);
    operator_log_.write(Event::mail_given_up, {{"mails", unsent}});
  }
  return true;
}

/// Of a code in a mail that waited.
std::int64_t MailKeeper::hours_left(ports::OutboxRow const& mail) {
  return std::chrono::floor<std::chrono::hours>(mail.queued_at + code_life - assembly_.clock->now()).count();
}

ports::Mail MailKeeper::write(service::DueMail const& due, service::SealedContact const& contact) {
  using text::format_message;
  std::string const& language = contact.contact.language;
  ports::Mail mail{base::Personal{contact.contact.address}, language, {}, {}, codec::to_hex(due.row.message_id)};
  if (due.row.kind == ports::MailKind::confirm) {
    mail.subject = format_message(language, "mail.confirm.subject", {});
    mail.body = format_message(language, "mail.confirm.body",
                               {{"register", assembly_.config.public_url},
                                {"code", codec::in_groups_of_four(contact.code.value_or(std::string(8, '0')))},
                                {"hours", hours_left(due.row)}});
    return mail;
  }
  bool const reminds = due.row.kind == ports::MailKind::reminder;
  auto& texts = texts_[{language, reminds}];
  if (texts.first.empty())
    texts = {format_message(language, reminds ? "mail.reminder.subject" : "mail.changed.subject", {}),
             format_message(language, reminds ? "mail.reminder.body" : "mail.changed.body",
                            {{"register", assembly_.config.public_url}})};
  std::tie(mail.subject, mail.body) = texts;
  return mail;
}

/// A failure is told once, until it goes on.
void MailKeeper::tell(result<void> const& outcome) {
  if (!outcome && !failing_)
    operator_log_.write(Event::mail_waits, {{"kind", outcome.error().code}, {"why", outcome.error()}});
  if (outcome && failing_) operator_log_.write(Event::mail_goes_on);
  failing_ = !outcome;
}

bool MailKeeper::wait() {
  pause_ = failing_ ? std::min(2 * pause_, longest_interval) : interval;
  std::unique_lock lock{mutex_};
  return !wake_.wait_for(lock, pause_, [this] { return stopping_; });
}

bool MailKeeper::is_stopping() {
  std::lock_guard const lock{mutex_};
  return stopping_;
}

}  // namespace abode::app
