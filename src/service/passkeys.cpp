#include "service/passkeys.hpp"

#include <algorithm>

#include "service/internal/credentials.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/passkey_notes.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using internal::PasskeyNotes;
using ports::PasskeyRow;

// A challenge shows by itself that it was made here, when, and for what: eight bytes of time, eight random ones, and a
// keyed hash of both, of the purpose and of the session if there is one.
constexpr std::size_t challenge_time_bytes = 8;
constexpr std::size_t challenge_random_bytes = 8;
constexpr std::size_t challenge_body_bytes = challenge_time_bytes + challenge_random_bytes;

enum class Purpose : std::uint8_t { make = 1, sign_in = 2 };

base::Hash seal_challenge(Context const& context, Purpose purpose, base::Hash const& session, base::ByteView body) {
  base::Bytes bound{static_cast<std::uint8_t>(purpose)};
  base::append(bound, session);
  base::append(bound, body);
  base::Hash const tag = context.sealer.challenge_tag(bound);
  base::Hash challenge{};
  std::ranges::copy(body, challenge.begin());
  std::copy_n(tag.begin(), challenge.size() - body.size(), challenge.begin() + challenge_body_bytes);
  return challenge;
}

base::Hash make_challenge(Context const& context, Purpose purpose, base::Hash const& session) {
  base::Bytes body;
  base::append_be(body, static_cast<std::uint64_t>(context.clock.now().time_since_epoch().count()));
  base::append(body, context.random.bytes<challenge_random_bytes>());
  return seal_challenge(context, purpose, session, body);
}

base::Time time_in(base::ByteView challenge) {
  std::uint64_t seconds = 0;
  for (std::uint8_t const byte : challenge.first(challenge_time_bytes)) seconds = seconds << 8 | byte;
  return base::Time{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

/// When it was made; none for a challenge that is not ours, for another purpose or session, or too old.
std::optional<base::Time> made_at(Context const& context, Purpose purpose, base::Hash const& session,
                                  base::ByteView challenge) {
  if (challenge.size() != base::Hash{}.size()) return std::nullopt;
  auto const ours = seal_challenge(context, purpose, session, challenge.first(challenge_body_bytes));
  if (!base::equal_constant_time(ours, challenge)) return std::nullopt;
  base::Time const made = time_in(challenge);
  base::Time const now = context.clock.now();
  if (now < made || now >= made + passkey_challenge_life) return std::nullopt;
  return made;
}

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
  // A sheet that waits comes into its own when the one before it ends.
  for (ports::PrintedCodeRow const& code : snapshot.printed_codes(but.record))
    if (code.number != ports::freeze_code_number && !code.used_by && (!code.good_until || now < *code.good_until))
      return true;
  return false;
}

/// Somebody must be able to tell nothing from how long a look-up takes: a passkey that nobody has is checked as well.
/// This is the base point of the curve (SEC 2 section 2.4.2), whose signatures nobody sends by chance.
webauthn::PublicKey stand_in_key() {
  static constexpr std::array<std::uint8_t, 64> base_point{
      0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
      0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
      0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
      0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5};
  return {webauthn::Algorithm::es256, base::to_bytes(base_point)};
}

base::Error not_let_in() {
  return fail(errc::unauthenticated,
              "This passkey does not let you in. Try again, or sign in with a code of your printed sheet.");
}

/// Marks the challenge as answered; the others that are remembered are those that could still come again.
base::result<void> use_up(PasskeyNotes& notes, base::ByteView challenge, base::Time now) {
  internal::AnsweredChallenge const one{
      time_in(challenge), base::to_bytes(challenge.subspan(challenge_time_bytes, challenge_random_bytes))};
  std::erase_if(notes.answered, [now](auto const& old) { return now >= old.made_at + passkey_challenge_life; });
  if (std::ranges::find(notes.answered, one) != notes.answered.end()) return not_let_in();
  if (notes.answered.size() >= max_answered_challenges)
    return fail(errc::busy, "This passkey signed in very often just now. Wait five minutes.");
  notes.answered.push_back(one);
  return {};
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
  PasskeyInvitation invitation{make_challenge(context, Purpose::make, session.row().token_hash),
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
  if (!made_at(context, Purpose::make, session.row().token_hash, *challenge))
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
  return make_challenge(context, Purpose::sign_in, {});
}

base::result<CheckedPasskey> check_passkey(Context const& context, webauthn::RelyingParty const& party,
                                           ports::Snapshot& snapshot, webauthn::Assertion const& assertion) {
  auto challenge = webauthn::challenge_in(assertion.client_data);
  if (!challenge || !made_at(context, Purpose::sign_in, {}, *challenge)) return not_let_in();
  CheckedPasskey checked;
  checked.credential_tag_ = context.sealer.credential_tag(assertion.credential_id);
  auto const row = snapshot.passkey(checked.credential_tag_);
  auto const key = row ? webauthn::decode_public_key(row->public_key) : stand_in_key();
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
  if (auto const used = use_up(*notes, checked.challenge_, now); !used) return used.error();
  bool const counts = notes->sign_count != 0 || checked.sign_count_ != 0;
  if (counts && checked.sign_count_ <= notes->sign_count) return not_let_in();
  notes->sign_count = checked.sign_count_;
  notes->last_used = base::format_date(base::day_of(now)).substr(0, std::string_view{"2026-11"}.size());
  seal_notes(context, *key, *row, *notes);
  transaction.put_passkey(*row);
  return signed_in;
}

}  // namespace abode::service
