#include "service/passkeys.hpp"

#include "service/internal/challenges.hpp"
#include "service/internal/credentials.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/passkey_notes.hpp"
#include "service/internal/sheets.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using internal::ChallengeFor;
using internal::PasskeyNotes;
using ports::PasskeyRow;

base::result<PasskeyNotes> open_notes(Context const& context, ports::Grant const& grant, ports::WrappedKey const& key,
                                      PasskeyRow const& row) {
  auto const opened = context.sealer.open(grant, ports::Sealed::passkey, row.seq, key, row.sealed);
  if (!opened) return opened.error();
  return internal::decode_notes(*opened);
}

void seal_notes(Context const& context, ports::WrappedKey const& key, PasskeyRow& row, PasskeyNotes const& notes) {
  row.sealed = context.sealer.seal(ports::Sealed::passkey, row.record, row.seq, key, internal::encode_notes(notes));
}

base::result<void> check_may_add(Context const& context, ports::Snapshot& snapshot, ports::HolderSession const& session,
                                 ports::RecordRow const& row) {
  if (auto const stays = check_stays(row); !stays) return stays.error();
  if (auto const may = internal::check_may_change(context, snapshot, session); !may) return may.error();
  if (snapshot.passkeys(session.record()).size() >= max_passkeys)
    return fail(errc::conflict, "You have as many passkeys as one person can have. Remove one that you do not use.");
  return {};
}

std::optional<PasskeyRow> find_passkey(ports::Snapshot& snapshot, ports::RecordId record, std::uint64_t entry,
                                       base::Time now) {
  for (PasskeyRow& row : snapshot.passkeys(record))
    if (row.seq == entry && (!row.good_until || now < *row.good_until)) return std::move(row);
  return std::nullopt;
}

base::Error no_such_passkey() {
  return fail(errc::not_found, "There is no such passkey among yours. Look it up in your list.");
}

/// True if something else lets its holder in: another passkey, or a code of a sheet that is left.
bool has_other_way(ports::Snapshot& snapshot, PasskeyRow const& but, base::Time now) {
  for (PasskeyRow const& row : snapshot.passkeys(but.record))
    if (row.credential_tag != but.credential_tag && internal::is_good(row, now) && !row.good_until) return true;
  // Of a sheet in use; one that waits may be taken back.
  for (ports::PrintedCodeRow const& code : snapshot.printed_codes(but.record))
    if (code.number != ports::freeze_code_number && !code.used_by && internal::is_good(code, now)) return true;
  return false;
}

base::Error not_let_in() {
  return fail(errc::unauthenticated,
              "This passkey does not let you in. Try again, or sign in with a code of your printed sheet.");
}

}  // namespace

base::result<void> check_passkey_name(std::string const& name) {
  if (name.empty())
    return fail(errc::invalid, "Give the passkey a name that you will know it by, such as \"My phone\".", "name");
  if (name.size() > max_passkey_name_bytes)
    return fail(errc::invalid, "This name is too long. Choose one of at most 30 characters.", "name");
  return {};
}

base::result<PasskeyInvitation> invite_passkey(Context const& context, ports::Snapshot& snapshot,
                                               ports::HolderSession const& session) {
  auto const record = internal::load(snapshot, session.record());
  if (!record) return record.error();
  if (auto const may = check_may_add(context, snapshot, session, record->row); !may) return may.error();
  PasskeyInvitation invitation{internal::make_challenge(context, ChallengeFor::make, session.row().token_hash),
                               context.sealer.user_handle(session.record()),
                               {}};
  for (PasskeyRow const& row : snapshot.passkeys(session.record())) {
    auto notes = open_notes(context, session.grant(), record->key, row);
    if (!notes) return notes.error();
    invitation.known.push_back(std::move(notes->credential_id));
  }
  return invitation;
}

base::result<AddedPasskey> add_passkey(Context const& context, webauthn::RelyingParty const& party,
                                       ports::Transaction& transaction, ports::HolderSession const& session,
                                       NewPasskey const& wish, std::optional<RequestKey> const& request) {
  auto record = internal::load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) {
    auto const row = find_passkey(transaction, session.record(), (*before)->entry.seq, context.clock.now());
    return AddedPasskey{receipt_of(**before), row ? row->good_from : (*before)->entry.time};
  }
  if (auto const named = check_passkey_name(wish.name); !named) return named.error();
  if (auto const may = check_may_add(context, transaction, session, record->row); !may) return may.error();
  auto const challenge = webauthn::challenge_in(wish.registration.client_data);
  if (!challenge) return challenge.error();
  if (!internal::is_ours(context, ChallengeFor::make, session.row().token_hash, *challenge))
    return fail(errc::invalid, "This took longer than five minutes, or began elsewhere. Try again.", "credential");
  auto const credential = webauthn::check_registration(party, *challenge, wish.registration);
  if (!credential) return credential.error();
  PasskeyRow row{context.sealer.credential_tag(credential->id),
                 session.record(),
                 0,
                 webauthn::encode(credential->key),
                 internal::counts_from(context, transaction, session),
                 {},
                 {}};
  if (transaction.passkey(row.credential_tag))
    return fail(errc::conflict, "This passkey was added before. It stands in your list.", "credential");
  auto const receipt =
      append_told_entry(context, transaction, record->row, record->key, operation::add_passkey, request);
  if (!receipt) return receipt.error();
  row.seq = receipt->entry;
  seal_notes(context, record->key, row, {wish.name, credential->id, credential->sign_count, {}, {}});
  transaction.put_passkey(row);
  return AddedPasskey{*receipt, row.good_from};
}

base::result<std::vector<PasskeyListed>> list_passkeys(Context const& context, ports::Snapshot& snapshot,
                                                       ports::HolderSession const& session) {
  auto const record = internal::load(snapshot, session.record());
  if (!record) return record.error();
  base::Time const now = context.clock.now();
  std::vector<PasskeyListed> all;
  for (PasskeyRow const& row : snapshot.passkeys(session.record())) {
    if (row.good_until && now >= *row.good_until) continue;
    auto notes = open_notes(context, session.grant(), record->key, row);
    if (!notes) return notes.error();
    all.push_back({row.seq, std::move(notes->name), row.good_from, row.good_until, std::move(notes->last_used)});
  }
  return all;
}

base::result<RemovedPasskey> remove_passkey(Context const& context, ports::Transaction& transaction,
                                            ports::HolderSession const& session, std::uint64_t entry,
                                            std::optional<RequestKey> const& request) {
  auto record = internal::load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  base::Time const now = context.clock.now();
  auto row = find_passkey(transaction, session.record(), entry, now);
  if (*before) return RemovedPasskey{receipt_of(**before), row && row->good_until ? *row->good_until : now};
  if (!row) return no_such_passkey();
  base::Time from = now;
  if (internal::is_good(*row, now)) {
    if (auto const may = internal::check_may_change(context, transaction, session); !may) return may.error();
    if (!has_other_way(transaction, *row, now))
      return fail(errc::conflict,
                  "Nothing else would let you in. Make a printed sheet or another passkey first, and use it once it is "
                  "good.");
    from = internal::counts_from(context, transaction, session);
    if (row->good_until && from > now)
      return fail(errc::conflict, "This passkey is being removed already: see in your list from when.");
  }
  if (from > now) {
    row->good_until = from;
    transaction.put_passkey(*row);
  } else {
    transaction.remove_passkey(row->credential_tag);
    // Which passkey began a session is kept nowhere; those of this one go with the others.
    for (ports::SessionRow const& other : transaction.sessions(session.record()))
      if (other.proof == ports::SignInProof::passkey && other.token_hash != session.row().token_hash)
        transaction.remove_session(other.token_hash);
  }
  auto const receipt =
      append_told_entry(context, transaction, record->row, record->key, operation::remove_passkey, request);
  if (!receipt) return receipt.error();
  return RemovedPasskey{*receipt, from};
}

base::result<Receipt> keep_passkey(Context const& context, ports::Transaction& transaction,
                                   ports::HolderSession const& session, std::uint64_t entry,
                                   std::optional<RequestKey> const& request) {
  auto record = internal::load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return receipt_of(**before);
  auto row = find_passkey(transaction, session.record(), entry, context.clock.now());
  if (!row) return no_such_passkey();
  if (!row->good_until)
    return fail(errc::conflict, "This passkey is not being removed, so there is nothing to take back.");
  row->good_until.reset();
  transaction.put_passkey(*row);
  return append_told_entry(context, transaction, record->row, record->key, operation::keep_passkey, request);
}

base::Hash sign_in_challenge(Context const& context) {
  return internal::make_challenge(context, ChallengeFor::sign_in, {});
}

base::result<CheckedPasskey> check_passkey(Context const& context, webauthn::RelyingParty const& party,
                                           ports::Snapshot& snapshot, webauthn::Assertion const& assertion) {
  auto challenge = webauthn::challenge_in(assertion.client_data);
  if (!challenge || !internal::is_ours(context, ChallengeFor::sign_in, {}, *challenge)) return not_let_in();
  CheckedPasskey checked;
  checked.credential_tag_ = context.sealer.credential_tag(assertion.credential_id);
  auto const row = snapshot.passkey(checked.credential_tag_);
  auto const key = row ? webauthn::decode_public_key(row->public_key) : internal::stand_in_key();
  if (!key) return key.error();
  auto const count = webauthn::check_assertion(party, *challenge, *key, assertion);
  bool const same_person =
      row && (!assertion.user_handle ||
              base::equal_constant_time(*assertion.user_handle, context.sealer.user_handle(row->record)));
  if (!count || !same_person) return not_let_in();
  base::Time const now = context.clock.now();
  if (now < row->good_from)
    return fail(errc::unauthenticated, "This passkey lets you in from " + base::format_time(row->good_from) +
                                           ". Until then sign in as you did before.");
  if (!internal::is_good(*row, now)) return not_let_in();
  checked.record_ = row->record;
  checked.public_key_ = row->public_key;
  checked.sign_count_ = *count;
  checked.challenge_ = std::move(*challenge);
  return checked;
}

base::result<SignedIn> sign_in_with_passkey(Context const& context, ports::Transaction& transaction,
                                            CheckedPasskey const& checked) {
  base::Time const now = context.clock.now();
  auto row = transaction.passkey(checked.credential_tag_);
  if (!row || row->public_key != checked.public_key_ || !internal::is_good(*row, now)) return not_let_in();
  auto signed_in = internal::let_in(context, transaction, row->record, ports::SignInProof::passkey,
                                    std::string{passkey_reference} + std::to_string(row->seq));
  if (!signed_in) return signed_in.error();
  auto const session = ports::HolderSession::prove(transaction, signed_in->token, now);
  if (!session) return session.error();
  auto const key = transaction.key(row->record);
  auto notes = open_notes(context, session->grant(), *key, *row);
  if (!notes) return notes.error();
  auto const noted = internal::note_use(*notes, checked.challenge_, checked.sign_count_, now, not_let_in());
  if (!noted) return noted.error();
  seal_notes(context, *key, *row, *notes);
  transaction.put_passkey(*row);
  return signed_in;
}

}  // namespace abode::service
