#include "service/staff_passkeys.hpp"

#include <algorithm>
#include <span>

#include "codec/text.hpp"
#include "service/internal/challenges.hpp"
#include "service/internal/officials.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using internal::ChallengeFor;
using ports::StaffPasskeyRow;

constexpr std::size_t passkey_id_bytes = 8;

std::string id_of(StaffPasskeyRow const& row) {
  return codec::to_hex(std::span{row.credential_tag}.first(passkey_id_bytes));
}

base::result<StaffPasskeyListed> as_listed(StaffPasskeyRow const& row) {
  auto notes = internal::decode_notes(row.notes);
  if (!notes) return notes.error();
  return StaffPasskeyListed{id_of(row), std::move(notes->name), row.added_at, std::move(notes->last_used)};
}

/// Who came by an invitation cannot sign in anew; their session is short in any case.
base::result<void> check_fresh(Context const& context, ports::SessionRow const& session) {
  if (session.proof == ports::SignInProof::invitation) return {};
  return require_fresh(context, session.begun_at);
}

base::result<void> check_may_add(Context const& context, ports::Snapshot& snapshot,
                                 ports::StaffSession const& session) {
  if (auto const fresh = check_fresh(context, session.row()); !fresh) return fresh.error();
  if (snapshot.staff_passkeys(session.official().id).size() >= max_staff_passkeys)
    return fail(errc::conflict, "You have as many passkeys as one official can have. Remove one that you do not use.");
  return {};
}

/// In the book of the official's office, so that the log covers who came to have a way in.
base::result<Receipt> note(Context const& context, ports::Transaction& transaction, ports::OfficialRow const& official,
                           char const* operation) {
  return internal::append_officials_entry(context, transaction, official.office_record,
                                          {official.id.value(), official.office, {}, {}, operation, {}});
}

base::Error not_let_in() {
  return fail(errc::unauthenticated,
              "This passkey does not let an official in. Try again, or ask your operator for an invitation.");
}

}  // namespace

base::result<PasskeyInvitation> invite_staff_passkey(Context const& context, ports::Snapshot& snapshot,
                                                     ports::StaffSession const& session) {
  if (auto const may = check_may_add(context, snapshot, session); !may) return may.error();
  PasskeyInvitation invitation{internal::make_challenge(context, ChallengeFor::staff_make, session.row().token_hash),
                               context.sealer.staff_handle(session.official().id),
                               {}};
  for (StaffPasskeyRow const& row : snapshot.staff_passkeys(session.official().id)) {
    auto notes = internal::decode_notes(row.notes);
    if (!notes) return notes.error();
    invitation.known.push_back(std::move(notes->credential_id));
  }
  return invitation;
}

base::result<StaffPasskeyListed> add_staff_passkey(Context const& context, webauthn::RelyingParty const& party,
                                                   ports::Transaction& transaction, ports::StaffSession const& session,
                                                   NewPasskey const& wish, std::optional<RequestKey> const& request) {
  ports::OfficialRow official = session.official();
  auto const challenge = webauthn::challenge_in(wish.registration.client_data);
  if (!challenge) return challenge.error();
  if (auto const named = check_passkey_name(wish.name); !named) return named.error();
  if (!internal::is_ours(context, ChallengeFor::staff_make, session.row().token_hash, *challenge))
    return fail(errc::invalid, "This took longer than five minutes, or began elsewhere. Try again.", "credential");
  auto const credential = webauthn::check_registration(party, *challenge, wish.registration);
  if (!credential) return credential.error();
  base::Hash const tag = context.sealer.credential_tag(credential->id);
  auto const known = transaction.staff_passkey(tag);
  if (request) {
    auto const repeat = find_repeat(official.requests, *request);
    if (!repeat) return repeat.error();
    if (*repeat && known && known->official == official.id) return as_listed(*known);
    if (*repeat) return fail(errc::conflict, "This request added a passkey that is gone. Begin anew.", "credential");
  }
  if (auto const may = check_may_add(context, transaction, session); !may) return may.error();
  if (known) return fail(errc::conflict, "This passkey was added before. It stands in your list.", "credential");

  auto const receipt = note(context, transaction, official, operation::add_passkey);
  if (!receipt) return receipt.error();
  StaffPasskeyRow const row{tag, official.id, receipt->filed_at, webauthn::encode(credential->key),
                            internal::encode_notes({wish.name, credential->id, credential->sign_count, {}, {}})};
  transaction.put_staff_passkey(row);
  if (request) {
    remember(official.requests, max_requests_of_official, *request, receipt->entry, receipt->filed_at);
    transaction.put_official(official);
  }
  if (session.row().proof == ports::SignInProof::invitation) transaction.remove_session(session.row().token_hash);
  return as_listed(row);
}

base::result<std::vector<StaffPasskeyListed>> list_staff_passkeys(ports::Snapshot& snapshot,
                                                                  ports::OfficialSession const& session) {
  std::vector<StaffPasskeyListed> all;
  for (StaffPasskeyRow const& row : snapshot.staff_passkeys(session.official().id)) {
    auto listed = as_listed(row);
    if (!listed) return listed.error();
    all.push_back(std::move(*listed));
  }
  return all;
}

base::result<void> remove_staff_passkey(Context const& context, ports::Transaction& transaction,
                                        ports::OfficialSession const& session, std::string_view id) {
  if (auto const fresh = check_fresh(context, session.row()); !fresh) return fresh.error();
  ports::OfficialId const& official = session.official().id;
  auto const all = transaction.staff_passkeys(official);
  auto const one = std::ranges::find_if(all, [&](auto const& row) { return id_of(row) == id; });
  if (one == all.end()) return fail(errc::not_found, "There is no such passkey among yours. Look it up in your list.");
  if (all.size() == 1)
    return fail(errc::conflict, "Nothing else would let you in. Add another passkey first, or ask your operator.");
  auto const receipt = note(context, transaction, session.official(), operation::remove_passkey);
  if (!receipt) return receipt.error();
  transaction.remove_staff_passkey(one->credential_tag);
  for (ports::SessionRow const& other : transaction.official_sessions(official))
    if (other.token_hash != session.row().token_hash) transaction.remove_session(other.token_hash);
  return {};
}

void void_staff_passkeys(ports::Transaction& transaction, ports::OfficialId const& official) {
  for (StaffPasskeyRow const& row : transaction.staff_passkeys(official))
    transaction.remove_staff_passkey(row.credential_tag);
  for (ports::SessionRow const& session : transaction.official_sessions(official))
    transaction.remove_session(session.token_hash);
}

base::Hash staff_sign_in_challenge(Context const& context) {
  return internal::make_challenge(context, ChallengeFor::staff_sign_in, {});
}

base::result<CheckedStaffPasskey> check_staff_passkey(Context const& context, webauthn::RelyingParty const& party,
                                                      ports::Snapshot& snapshot, webauthn::Assertion const& assertion) {
  auto challenge = webauthn::challenge_in(assertion.client_data);
  if (!challenge || !internal::is_ours(context, ChallengeFor::staff_sign_in, {}, *challenge)) return not_let_in();
  CheckedStaffPasskey checked;
  checked.credential_tag_ = context.sealer.credential_tag(assertion.credential_id);
  auto const row = snapshot.staff_passkey(checked.credential_tag_);
  auto const key = row ? webauthn::decode_public_key(row->public_key) : internal::stand_in_key();
  if (!key) return key.error();
  auto const count = webauthn::check_assertion(party, *challenge, *key, assertion);
  bool const same_official =
      row && (!assertion.user_handle ||
              base::equal_constant_time(*assertion.user_handle, context.sealer.staff_handle(row->official)));
  if (!count || !same_official) return not_let_in();
  checked.public_key_ = row->public_key;
  checked.sign_count_ = *count;
  checked.challenge_ = std::move(*challenge);
  return checked;
}

base::result<SignedIn> sign_in_with_staff_passkey(Context const& context, ports::Transaction& transaction,
                                                  CheckedStaffPasskey const& checked) {
  auto row = transaction.staff_passkey(checked.credential_tag_);
  if (!row || row->public_key != checked.public_key_) return not_let_in();
  auto notes = internal::decode_notes(row->notes);
  if (!notes) return notes.error();
  auto const noted =
      internal::note_use(*notes, checked.challenge_, checked.sign_count_, context.clock.now(), not_let_in());
  if (!noted) return noted.error();
  row->notes = internal::encode_notes(*notes);
  transaction.put_staff_passkey(*row);
  return open_official_session(context, transaction, row->official, ports::SignInProof::passkey);
}

}  // namespace abode::service
