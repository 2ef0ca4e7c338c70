// Who may open sealed data: the holder in a proven session, a guardian of theirs in one, or an official after a
// committed access entry. Nobody else can make a Grant, and the Sealer opens nothing without one (G4); but for the one
// address that a committed mail goes to, which a DeliveryGrant opens.
#pragma once

#include <string_view>

#include "base/secret.hpp"
#include "ports/store.hpp"

namespace abode::ports {

/// Leave to open what is sealed under one record's key.
class Grant {
 public:
  RecordId record() const { return record_; }

  /// After the access was journalled durably: errc::forbidden if `commit` holds no access entry in `record`.
  static base::result<Grant> for_access(Commit const& commit, RecordId record);

 private:
  friend class HolderSession;
  friend class GuardianSession;
  explicit Grant(RecordId record) : record_(record) {}
  RecordId record_;
};

/// Leave to open the address that one mail goes to, and its language, in order to send it: no state, no entry, no code.
/// It comes from a mail that a use case queued and that is committed, so not from within a Transaction.
class DeliveryGrant {
 public:
  /// The mails to be tried at `now`, the longest due first, at most `limit`, each with the contact it goes to.
  static std::vector<DeliveryGrant> due(Snapshot& committed, base::Time now, std::size_t limit);
  static std::vector<DeliveryGrant> due(Transaction&, base::Time, std::size_t) = delete;

  OutboxRow const& mail() const { return mail_; }
  /// Sealed. None if the record has no contact in force (any more): then there is nobody to send it to.
  std::optional<ContactRow> const& contact() const { return contact_; }

 private:
  DeliveryGrant(OutboxRow mail, std::optional<ContactRow> contact)
      : mail_(std::move(mail)), contact_(std::move(contact)) {}
  OutboxRow mail_;
  std::optional<ContactRow> contact_;
};

/// The opaque session token as the client holds it.
using SessionToken = base::Secret<std::string>;

/// The hash under which a token's session is stored.
base::Hash hash_of(SessionToken const& token);

/// A person's session, proven by its token.
class HolderSession {
 public:
  /// errc::unauthenticated if there is none, it is an official's, or it has expired.
  static base::result<HolderSession> prove(Snapshot& snapshot, SessionToken const& token, base::Time now);

  /// One that was proven before and may have ended since. Errors as prove().
  static base::result<HolderSession> prove_again(Snapshot& snapshot, HolderSession const& before, base::Time now);

  RecordId record() const { return row_.record; }
  SessionRow const& row() const { return row_; }
  Grant grant() const { return Grant{row_.record}; }

 private:
  explicit HolderSession(SessionRow row) : row_(std::move(row)) {}
  SessionRow row_;
};

/// A guardian's authority over one child's record: their own proven session, and the row that names them and the child.
/// Whether the child is still under age only the opened record tells: service::open_record for an Actor.
class GuardianSession {
 public:
  /// none() unless there is such a guardianship and it is this guardian's.
  static base::result<GuardianSession> prove(Snapshot& snapshot, HolderSession const& guardian,
                                             base::GuardianshipId const& id);
  /// errc::not_found: the one answer where there is no such guardianship, where it is another's, and where it is over.
  static base::Error none();

  RecordId record() const { return row_.child; }  ///< the child's
  base::GuardianshipId const& id() const { return row_.id; }
  HolderSession const& guardian() const { return guardian_; }
  Grant grant() const { return Grant{row_.child}; }

 private:
  GuardianSession(HolderSession guardian, GuardianshipRow row) : guardian_(guardian), row_(std::move(row)) {}
  HolderSession guardian_;
  GuardianshipRow row_;
};

/// An official's session, proven by its token, however it began. One that an invitation began adds a passkey and does
/// nothing else, so nothing but that takes a session of this type.
class StaffSession {
 public:
  /// errc::unauthenticated if there is none, it is a person's, or it has expired.
  static base::result<StaffSession> prove(Snapshot& snapshot, SessionToken const& token, base::Time now);

  OfficialRow const& official() const { return official_; }
  SessionRow const& row() const { return row_; }

 private:
  StaffSession(SessionRow row, OfficialRow official) : row_(std::move(row)), official_(std::move(official)) {}
  SessionRow row_;
  OfficialRow official_;
};

/// A session of an official who showed a passkey, or in test mode a name. It opens nothing by itself.
class OfficialSession {
 public:
  /// Errors of StaffSession::prove, and of of().
  static base::result<OfficialSession> prove(Snapshot& snapshot, SessionToken const& token, base::Time now);
  /// errc::forbidden if the session began in another way.
  static base::result<OfficialSession> of(StaffSession const& session);

  OfficialRow const& official() const { return session_.official(); }
  SessionRow const& row() const { return session_.row(); }
  StaffSession const& staff() const { return session_; }

 private:
  explicit OfficialSession(StaffSession session) : session_(std::move(session)) {}
  StaffSession session_;
};

}  // namespace abode::ports
