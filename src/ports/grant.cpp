#include "ports/grant.hpp"

#include "digest/digest.hpp"

namespace abode::ports {
namespace {

using base::errc;
using base::fail;

base::result<SessionRow> live_session(Snapshot& snapshot, base::Hash const& token_hash, Subject subject,
                                      base::Time now) {
  auto session = snapshot.session(token_hash);
  if (!session || session->subject != subject || now >= session->expires_at)
    return fail(errc::unauthenticated, "You are not signed in, or your session has ended. Sign in and try again.");
  return std::move(*session);
}

}  // namespace

base::result<Grant> Grant::for_access(Commit const& commit, RecordId record) {
  if (!commit.journalled_access_to(record))
    return fail(errc::forbidden, "This access was not journalled, so nothing can be opened.");
  return Grant{record};
}

std::vector<DeliveryGrant> DeliveryGrant::due(Snapshot& committed, base::Time now, std::size_t limit) {
  std::vector<DeliveryGrant> deliveries;
  for (OutboxRow& mail : committed.outbox_due(now, limit)) {
    std::optional<ContactRow> contact;
    if (!mail.sealed.empty()) {
      contact = ContactRow{mail.record, mail.contact, mail.sealed};
    } else {
      for (ContactRow& row : committed.contacts(mail.record))
        if (!row.unconfirmed_until) contact = std::move(row);
    }
    deliveries.push_back(DeliveryGrant{std::move(mail), std::move(contact)});
  }
  return deliveries;
}

base::Hash hash_of(SessionToken const& token) {
  return digest::sha256(base::as_bytes(token.reveal(base::Disclosure::to_digest)));
}

base::result<HolderSession> HolderSession::prove(Snapshot& snapshot, SessionToken const& token, base::Time now) {
  auto session = live_session(snapshot, hash_of(token), Subject::person, now);
  if (!session) return session.error();
  return HolderSession{std::move(*session)};
}

base::result<HolderSession> HolderSession::prove_again(Snapshot& snapshot, HolderSession const& before,
                                                       base::Time now) {
  auto session = live_session(snapshot, before.row_.token_hash, Subject::person, now);
  if (!session) return session.error();
  return HolderSession{std::move(*session)};
}

base::result<GuardianSession> GuardianSession::prove(Snapshot& snapshot, HolderSession const& guardian,
                                                     base::GuardianshipId const& id) {
  auto row = snapshot.guardianship(id);
  if (!row || row->guardian != guardian.record()) return none();
  return GuardianSession{guardian, std::move(*row)};
}

base::Error GuardianSession::none() {
  return fail(errc::not_found, "You file for no such child. Your list of children names those you file for.");
}

base::result<StaffSession> StaffSession::prove(Snapshot& snapshot, SessionToken const& token, base::Time now) {
  auto session = live_session(snapshot, hash_of(token), Subject::official, now);
  if (!session) return session.error();
  auto official = snapshot.official(session->official);
  if (!official) return fail(errc::unauthenticated, "This account is no longer there. Ask your office.");
  return StaffSession{std::move(*session), std::move(*official)};
}

base::result<OfficialSession> OfficialSession::prove(Snapshot& snapshot, SessionToken const& token, base::Time now) {
  auto const session = StaffSession::prove(snapshot, token, now);
  if (!session) return session.error();
  return of(*session);
}

base::result<OfficialSession> OfficialSession::of(StaffSession const& session) {
  SignInProof const proof = session.row().proof;
  if (proof != SignInProof::passkey && proof != SignInProof::test_name)
    return fail(errc::forbidden, "An invitation only lets you add a passkey. Add one, and sign in with it.");
  return OfficialSession{session};
}

}  // namespace abode::ports
