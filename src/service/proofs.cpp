#include "service/proofs.hpp"

#include <algorithm>
#include <set>

#include "base/assert.hpp"
#include "codec/cbor.hpp"
#include "codec/text.hpp"
#include "service/internal/credentials.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/padding.hpp"
#include "service/sessions.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using base::result;
using credential::ResidenceProof;
using rules::ProofField;

constexpr std::size_t sealed_proof_bytes = 384;  // ten places of 15 bytes, an id, a number, and what CBOR adds
constexpr std::size_t paper_number_bytes = 10;   // 16 characters

void write_time_or_null(codec::CborWriter& out, std::optional<base::Time> const& time) {
  if (time)
    out.unsigned_int(static_cast<std::uint64_t>(time->time_since_epoch().count()));
  else
    out.null();
}

base::Time read_time(codec::CborReader& in) {
  return base::Time{std::chrono::seconds{in.unsigned_int()}};
}

base::Time hour_of(base::Time time) {
  return std::chrono::floor<std::chrono::hours>(time);
}

result<rules::Registration> find_to_prove(OpenRecord const& record, Actor const& actor,
                                          std::optional<rules::RegistrationId> const& wanted) {
  rules::Residence const& residence = record.state.reveal(Disclosure::to_rules).residence;
  rules::Registration const* const found = wanted ? residence.find(*wanted) : residence.main();
  bool const is_theirs = found != nullptr && (!actor.is_guardian() || found->filed_by == actor.guardianship());
  if (!is_theirs && wanted)
    return fail(errc::not_found, "There is no such registration. Look it up in your list and try again.");
  if (!is_theirs)
    return fail(errc::conflict, "You have no main residence that could be proved. Register one, or choose another.");
  if (!found->active())
    return fail(errc::conflict, "This registration has ended, so there is nothing to prove of today.");
  return *found;
}

result<void> check_wish(ProofWish const& wish) {
  if (wish.fields.empty()) return fail(errc::invalid, "Choose at least one thing that the proof shall say.", "fields");
  if (wish.holder_keys.size() > max_proofs_at_once)
    return fail(errc::invalid, "At most 10 proofs are made at once. Send fewer keys.", "holder_keys");
  std::set<base::Bytes> const distinct{wish.holder_keys.begin(), wish.holder_keys.end()};
  if (distinct.size() != wish.holder_keys.size())
    return fail(errc::invalid, "The same key is there twice: verifiers could tell that it is the same holder.",
                "holder_keys");
  return {};
}

/// Whoever else sits down at the holder's session has no proof made, nor while the record is frozen.
result<void> check_may_issue(Context const& context, ports::Snapshot& snapshot, ports::RecordRow const& row,
                             Actor const& actor) {
  if (auto const stays = check_stays(row, actor); !stays) return stays;
  if (auto const open = internal::check_not_frozen(context, snapshot, actor.record()); !open) return open;
  if (auto const fresh = require_fresh(context, actor.begun_at()); !fresh) return fresh;
  if (snapshot.proofs(actor.record()).size() >= max_kept_proofs)
    return fail(errc::conflict, "You have 200 proofs. Wait until the oldest are a week past their end.");
  return {};
}

/// What a wish comes to, if all of it may be.
struct Granted {
  std::chrono::days days;
  rules::Registration registration;
};

result<Granted> check_all(Context const& context, ports::Snapshot& snapshot, OpenRecord const& record,
                          Actor const& actor, ProofWish const& wish) {
  if (auto const checked = check_wish(wish); !checked) return checked.error();
  auto const days = rules::proof_days(context.profile(), wish.life, wish.days);
  if (!days) return days.error();
  if (auto const may = check_may_issue(context, snapshot, record.row, actor); !may) return may.error();
  auto registration = find_to_prove(record, actor, wish.registration);
  if (!registration) return registration.error();
  return Granted{*days, std::move(*registration)};
}

void say(credential::Texts& texts, std::string_view name, std::string const& text) {
  if (!text.empty()) texts.emplace(name, text);
}

credential::Texts address_texts(rules::Address const& address, rules::ProofFields fields) {
  credential::Texts texts;
  if (!fields.has(ProofField::address) && !fields.has(ProofField::region)) return texts;
  say(texts, "country", address.country);
  say(texts, "region", address.region.value_or(""));
  if (!fields.has(ProofField::address)) return texts;
  std::string lines;
  for (std::string const& line : address.lines) lines += (lines.empty() ? "" : "\n") + line;
  say(texts, "formatted", lines);
  say(texts, "street_address", address.street.value_or(""));
  say(texts, "house_number", address.house_number.value_or(""));
  say(texts, "postal_code", address.postal_code.value_or(""));
  say(texts, "locality", address.locality.value_or(""));
  return texts;
}

credential::Texts person_texts(Identity const& person, rules::ProofFields fields) {
  credential::Texts texts;
  if (fields.has(ProofField::family_name)) say(texts, "family_name", person.names.family);
  if (fields.has(ProofField::given_names)) say(texts, "given_name", person.names.given);
  if (fields.has(ProofField::birth_date) && person.birth_date)
    say(texts, "birthdate", base::format_date(*person.birth_date));
  return texts;
}

credential::Texts residence_texts(rules::Registration const& registration, rules::ProofFields fields) {
  credential::Texts texts;
  say(texts, "kind", std::string{rules::name_of(registration.kind)});
  if (fields.has(ProofField::assurance)) say(texts, "assurance", std::string{rules::name_of(registration.assurance)});
  if (fields.has(ProofField::since)) say(texts, "since", base::format_date(registration.since));
  return texts;
}

/// What is to be signed, one for each key.
std::vector<ResidenceProof> proofs_of(Context const& context, RecordState const& state, KeptProof const& kept,
                                      base::Time expires_at, std::vector<base::Bytes> const& keys) {
  rules::Registration const* const registration = state.residence.find(kept.registration);
  base::ensure(registration != nullptr && state.identity.has_value(), "what is proved is there");
  ResidenceProof const proof{.issuer = context.issuer,
                             .issued_at = kept.issued_at,
                             .expires_at = expires_at,
                             .person = person_texts(*state.identity, kept.fields),
                             .address = address_texts(registration->address, kept.fields),
                             .residence = residence_texts(*registration, kept.fields)};
  std::vector<ResidenceProof> proofs(kept.copies, proof);
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    if (i < keys.size()) proofs[i].holder_key = keys[i];
    if (i < kept.statuses.size())
      proofs[i].status = {status_list_uri(context, kept.statuses[i].list), kept.statuses[i].place};
  }
  return proofs;
}

result<KeptProof> open_proof(Context const& context, ports::ProofRow const& row, ports::WrappedKey const& key,
                             ports::Grant const& grant) {
  auto const plaintext = context.sealer.open(grant, ports::Sealed::proof, row.seq, key, row.sealed);
  if (!plaintext) return plaintext.error();
  return decode_proof(*plaintext);
}

ports::ProofRow seal_proof(Context const& context, ports::RecordId record, std::uint64_t seq,
                           ports::WrappedKey const& key, base::Time expires_at, KeptProof const& kept) {
  return {record, seq, expires_at, context.sealer.seal(ports::Sealed::proof, record, seq, key, encode_proof(kept))};
}

std::optional<ports::ProofRow> find_proof(ports::Snapshot& snapshot, ports::RecordId record, std::uint64_t entry) {
  auto const rows = snapshot.proofs(record);
  auto const found = std::ranges::find(rows, entry, &ports::ProofRow::seq);
  return found == rows.end() ? std::nullopt : std::optional{*found};
}

/// The proofs that this request made before, signed anew. Of a record that has changed since they cannot be.
result<ProofsToSign> make_again(Context const& context, ports::Snapshot& snapshot, OpenRecord const& record,
                                Actor const& actor, Opened const& made, ProofWish const& wish) {
  auto const row = find_proof(snapshot, actor.record(), made.entry.seq);
  if (!row) return fail(errc::not_found, "These proofs are gone. Have new ones made.");
  auto kept = open_proof(context, *row, record.key, actor.grant());
  if (!kept) return kept.error();
  if (kept->version != record.row.version || kept->withdrawn_at)
    return fail(
        errc::conflict,
        "Your record has changed since these proofs were made, or you have withdrawn them. Have new ones made.");
  auto proofs =
      proofs_of(context, record.state.reveal(Disclosure::to_holder), *kept, row->expires_at, wish.holder_keys);
  return ProofsToSign{receipt_of(made), std::move(*kept), row->expires_at, std::move(proofs)};
}

KeptProof make(Context const& context, ports::Transaction& transaction, ProofWish const& wish,
               rules::Registration const& registration, base::Time expires_at) {
  KeptProof kept{.form = wish.form,
                 .life = wish.life,
                 .fields = wish.fields,
                 .registration = registration.id,
                 .issued_at = hour_of(context.clock.now()),
                 .copies = std::max<std::uint64_t>(wish.holder_keys.size(), 1),
                 .statuses = {},
                 .version = 0};
  if (wish.life == rules::ProofLife::lasting)
    for (std::uint64_t i = 0; i < kept.copies; ++i)
      kept.statuses.push_back(take_status_place(context, transaction, expires_at));
  if (wish.form == ProofForm::paper) kept.number = codec::to_crockford(context.random.bytes<paper_number_bytes>());
  return kept;
}

}  // namespace

std::string_view name_of(ProofForm form) {
  switch (form) {
    case ProofForm::wallet: return "wallet";
    case ProofForm::file: return "file";
    case ProofForm::paper: return "paper";
  }
  base::fatal("a form of a proof without a name");
}

base::Bytes encode_proof(KeptProof const& proof) {
  codec::CborWriter out;
  out.map(10).unsigned_int(0).unsigned_int(static_cast<std::uint64_t>(proof.form));
  out.unsigned_int(1).unsigned_int(static_cast<std::uint64_t>(proof.life));
  out.unsigned_int(2).unsigned_int(proof.fields.bits());
  out.unsigned_int(3).text(proof.registration.value());
  out.unsigned_int(4).unsigned_int(static_cast<std::uint64_t>(proof.issued_at.time_since_epoch().count()));
  out.unsigned_int(5).unsigned_int(proof.copies);
  out.unsigned_int(6).array(proof.statuses.size());
  for (StatusPlace const& status : proof.statuses) out.array(2).unsigned_int(status.list).unsigned_int(status.place);
  out.unsigned_int(7).unsigned_int(proof.version);
  out.unsigned_int(8);
  write_time_or_null(out, proof.withdrawn_at);
  out.unsigned_int(9);
  if (proof.number)
    out.text(*proof.number);
  else
    out.null();
  return internal::padded(std::move(out).take(), sealed_proof_bytes);
}

result<KeptProof> decode_proof(base::ByteView encoded) {
  auto const item = internal::unpadded(encoded, sealed_proof_bytes);
  if (!item) return item.error();
  codec::CborReader in{*item};
  KeptProof proof{};
  if (in.map(10) != 10) in.fail();
  in.key(0);
  std::uint64_t const form = in.unsigned_int();
  if (form < 1 || form > 3) in.fail();
  proof.form = static_cast<ProofForm>(form);
  in.key(1);
  std::uint64_t const life = in.unsigned_int();
  if (life < 1 || life > 2) in.fail();
  proof.life = static_cast<rules::ProofLife>(life);
  in.key(2);
  proof.fields = rules::ProofFields::from_bits(static_cast<unsigned>(in.unsigned_int()));
  in.key(3);
  proof.registration = rules::RegistrationId{in.text()};
  in.key(4);
  proof.issued_at = read_time(in);
  in.key(5);
  proof.copies = in.unsigned_int();
  in.key(6);
  for (std::uint64_t n = in.array(max_proofs_at_once); n > 0; --n) {
    if (in.array(2) != 2) in.fail();
    std::uint64_t const list = in.unsigned_int();
    proof.statuses.push_back({list, in.unsigned_int()});
  }
  in.key(7);
  proof.version = in.unsigned_int();
  in.key(8);
  if (!in.null()) proof.withdrawn_at = read_time(in);
  in.key(9);
  if (!in.null()) proof.number = in.text();
  if (proof.copies < 1 || proof.copies > max_proofs_at_once) in.fail();
  if (auto const done = in.finish(); !done) return done.error();
  return proof;
}

result<ProofsToSign> issue_proofs(Context const& context, ports::Transaction& transaction, Actor const& actor,
                                  ProofWish const& wish, std::optional<RequestKey> const& request) {
  auto record = open_record(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return make_again(context, transaction, *record, actor, **before, wish);
  auto const granted = check_all(context, transaction, *record, actor, wish);
  if (!granted) return granted.error();
  auto const& [days, registration] = *granted;

  base::Time const at = filing_time(context, record->row);
  base::Time const expires_at = hour_of(context.clock.now()) + days;
  KeptProof kept = make(context, transaction, wish, registration, expires_at);
  kept.version = record->row.version;
  auto proofs = proofs_of(context, record->state.reveal(Disclosure::to_holder), kept, expires_at, wish.holder_keys);
  internal::RecordAndKey known{record->row, record->key};
  auto const receipt =
      internal::append_code_entry(context, transaction, known, actor, operation::issue_proof, registration.id.value(),
                                  rules::record_fields(wish.fields, registration.kind), at, request);
  if (!receipt) return receipt.error();
  transaction.put_proof(seal_proof(context, actor.record(), receipt->entry, record->key, expires_at, kept));
  return ProofsToSign{*receipt, std::move(kept), expires_at, std::move(proofs)};
}

result<void> check_proof_wish(Context const& context, ports::Snapshot& snapshot, Actor const& actor,
                              ProofWish const& wish) {
  auto const record = open_record(context, snapshot, actor);
  if (!record) return record.error();
  auto const granted = check_all(context, snapshot, *record, actor, wish);
  return granted ? result<void>{} : granted.error();
}

result<void> check_signer(ports::CertifiedKey const& key, base::Time issued_at) {
  if (certificates::check_life(key.life(), issued_at)) return {};
  return fail(errc::unavailable,
              "The register's key for proofs is not good at present, so nobody would take a proof that it signs. Try "
              "again later; the operator has to renew it.");
}

result<std::string> sign_proof(ports::ProofKeys& keys, base::Random& random, ResidenceProof const& proof) {
  auto const key = keys.for_proofs();
  if (auto const good = check_signer(*key, proof.issued_at); !good) return good.error();
  auto const draw_salt = [&random] {
    auto const salt = random.bytes<credential::salt_size_bytes>();
    return base::Bytes{salt.begin(), salt.end()};
  };
  return ports::make_signed(
      *key, [&](ports::Sign const& sign) { return credential::issue(proof, key->chain(), draw_salt, sign); });
}

result<std::vector<ListedProof>> list_proofs(Context const& context, ports::Snapshot& snapshot, Actor const& actor) {
  auto const record = internal::load(context, snapshot, actor);
  if (!record) return record.error();
  std::vector<ListedProof> listed;
  for (ports::ProofRow const& row : snapshot.proofs(actor.record())) {
    auto kept = open_proof(context, row, record->key, actor.grant());
    if (!kept) return kept.error();
    listed.push_back({row.seq, row.expires_at, std::move(*kept)});
  }
  std::reverse(listed.begin(), listed.end());
  return listed;
}

result<Receipt> withdraw_proof(Context const& context, ports::Transaction& transaction, Actor const& actor,
                               std::uint64_t entry, std::optional<RequestKey> const& request) {
  auto record = internal::load(context, transaction, actor);
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, actor.grant(), request);
  if (!before) return before.error();
  if (*before) return receipt_of(**before);
  auto const row = find_proof(transaction, actor.record(), entry);
  if (!row) return fail(errc::not_found, "There is no such proof among yours. Look it up in your list and try again.");
  auto kept = open_proof(context, *row, record->key, actor.grant());
  if (!kept) return kept.error();
  base::Time const at = filing_time(context, record->row);
  if (kept->withdrawn_at) return fail(errc::conflict, "You have withdrawn this proof already.");
  if (kept->statuses.empty())
    return fail(errc::conflict, "A fresh proof cannot be withdrawn: it ends by itself within days.");
  if (at >= row->expires_at) return fail(errc::conflict, "This proof has expired, so there is nothing to withdraw.");
  for (StatusPlace const& status : kept->statuses) revoke_status_place(transaction, status);
  kept->withdrawn_at = at;
  auto const receipt = internal::append_code_entry(context, transaction, *record, actor, operation::withdraw_proof,
                                                   std::to_string(entry), {}, at, request);
  if (!receipt) return receipt.error();
  transaction.put_proof(seal_proof(context, actor.record(), row->seq, record->key, row->expires_at, *kept));
  return receipt;
}

}  // namespace abode::service
