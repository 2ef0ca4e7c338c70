// Mails that tell a holder that something changed, or that a date which they set comes near: queued in the transaction
// that changed it, sent by whoever has a mail server, at least once, each under the same name in every attempt. A mail
// says nothing but that. What comes of it has no consequence for anybody (G2).
#pragma once

#include <vector>

#include "ports/mailer.hpp"
#include "service/contact.hpp"

namespace abode::service {

/// Until a mail that could not be sent is tried again: doubled with each attempt, up to the longest.
constexpr std::chrono::seconds first_mail_pause{60};
constexpr std::chrono::hours longest_mail_pause{6};
/// The same if the server takes no mail at all: so long that others are tried before it, and no more.
constexpr std::chrono::seconds short_mail_pause{5};

/// "changed", "changed-former", "confirm", "reminder".
std::string_view name_of(ports::MailKind kind);

/// Adds a notice and, if the register sends mail, queues one. Of every record, an office's book among them, whether it
/// has a contact or not: so what an opening writes does not tell whose record it hit (G11).
void add_notice(Context const& context, ports::Transaction& transaction, ports::NoticeRow const& row);

/// The mail without the notice, about the entry `seq`.
void queue_change_mail(Context const& context, ports::Transaction& transaction, ports::RecordId record,
                       std::uint64_t seq);

/// A mail to be sent now, opened.
struct DueMail {
  ports::OutboxRow row;
  base::Personal<std::optional<SealedContact>> contact;  ///< none: there is nobody to send it to
};

/// At most `limit`, the longest due first. A contact that does not open is none: doctor tells of it.
std::vector<DueMail> due_mails(Context const& context, ports::Snapshot& snapshot, std::size_t limit);

/// How many wait to be sent, `limit` at most: without the reminders whose moment is to come.
std::size_t count_waiting_mails(ports::Snapshot& snapshot, base::Time now, std::size_t limit);

/// What came of one.
struct TriedMail {
  ports::OutboxRow row;  ///< as it was read
  enum class Outcome : std::uint8_t {
    over,     ///< sent, or there is nobody to send it to
    refused,  ///< for good, or its time is over
    later,    ///< refused for now
    put_off,  ///< the server took no mail at all: that is no attempt of this one
  } outcome;
};

/// Writes down what came of them: what is over or refused goes, unless it took in news meanwhile, which make it a mail
/// of its own; what is to be tried later waits, or goes when its time is over. Returns how many went unsent.
std::size_t settle_mails(Context const& context, ports::Transaction& transaction, std::vector<TriedMail> const& tried);

}  // namespace abode::service
