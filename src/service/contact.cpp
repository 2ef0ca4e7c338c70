#include "service/contact.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "codec/cbor.hpp"
#include "codec/text.hpp"
#include "service/internal/contacts.hpp"
#include "service/internal/credentials.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/padding.hpp"
#include "service/internal/reminders.hpp"
#include "service/mailing.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using internal::RecordAndKey;

constexpr std::size_t sealed_contact_bytes = 320;  // an address of 254, a language, a code, and what CBOR adds

/// Queues a mail that carries its contact: one that is in force no more, or not yet.
void queue_carrying(Context const& context, ports::Transaction& transaction, ports::MailKind kind,
                    ports::ContactRow const& contact, std::uint64_t seq) {
  if (!context.mails) return;
  base::Time const now = context.clock.now();
  transaction.queue_mail({contact.record, kind, contact.seq, contact.sealed, seq, context.random.bytes<16>(), now, 0,
                          now + (kind == ports::MailKind::confirm ? std::chrono::seconds{0} : context.mails->wait)});
}

/// How often the holder named a contact within contact_code_life.
base::result<std::size_t> count_named(Context const& context, ports::Snapshot& snapshot, RecordAndKey const& record,
                                      ports::Grant const& grant, base::Time now) {
  constexpr std::size_t looked_at = 200;  // who writes more in a day names none for the rest of it
  std::size_t named = 0;
  auto const rows = snapshot.entries(record.row.id, record.row.entries, looked_at);
  for (ports::EntryRow const& row : rows) {
    auto const opened = open_entry(context, row, record.key, grant);
    if (!opened) return opened.error();
    if (opened->entry.time <= now - contact_code_life) return named;
    if (opened->entry.operation == operation::name_contact) ++named;
  }
  return rows.size() < looked_at ? named : max_contacts_named;
}

base::result<void> check_may_name(Context const& context, ports::Transaction& transaction, RecordAndKey const& record,
                                  ports::HolderSession const& session, identity::Contact const& contact) {
  if (!identity::is_language(contact.language))
    return fail(errc::invalid, "We cannot write in this language. Choose one from the list.", "language");
  if (auto const stays = check_stays(record.row); !stays) return stays;
  if (auto const may = internal::check_may_change(context, transaction, session); !may) return may;
  auto const named = count_named(context, transaction, record, session.grant(), context.clock.now());
  if (!named) return named.error();
  if (*named >= max_contacts_named)
    return fail(errc::conflict, "You changed your e-mail address five times within a day. Wait until tomorrow.");
  return {};
}

/// Puts a contact in force as of this entry, in place of the one before.
base::result<void> put_in_force(Context const& context, ports::Transaction& transaction, RecordAndKey const& record,
                                std::optional<ports::ContactRow> const& before, identity::Contact const& contact,
                                Receipt const& receipt, ports::Grant const& grant) {
  auto const state = open_state(context, record.row, record.key, grant);
  if (!state) return state.error();
  if (before) transaction.remove_contact(record.row.id, before->seq);
  transaction.put_contact(seal_contact(context, record.row.id, receipt.entry, record.key, {contact, {}}));
  internal::plan_reminders(context, transaction, grant, record.key, state->reveal(Disclosure::to_rules).residence,
                           receipt.entry);
  return {};
}

NamedContact let_wait(Context const& context, ports::Transaction& transaction, RecordAndKey const& record,
                      identity::Contact const& contact, Receipt const& receipt) {
  SealedContact const sealed{contact, codec::to_crockford(context.random.bytes<5>())};
  auto const row =
      seal_contact(context, record.row.id, receipt.entry, record.key, sealed, context.clock.now() + contact_code_life);
  transaction.put_contact(row);
  queue_carrying(context, transaction, ports::MailKind::confirm, row, receipt.entry);
  return {receipt, row.unconfirmed_until};
}

}  // namespace

std::string default_language(rules::Profile const& profile) {
  auto const found = std::find_if(profile.languages.begin(), profile.languages.end(), identity::is_language);
  return found == profile.languages.end() ? std::string{identity::languages.front()} : *found;
}

base::Bytes encode_contact(SealedContact const& contact) {
  codec::CborWriter out;
  out.map(4).unsigned_int(0).text(contact.contact.address).unsigned_int(1).text(contact.contact.language);
  out.unsigned_int(2);
  if (contact.code)
    out.text(*contact.code);
  else
    out.null();
  out.unsigned_int(3).boolean(contact.contact.reminders);
  return internal::padded(std::move(out).take(), sealed_contact_bytes);
}

base::result<SealedContact> decode_contact(base::ByteView encoded) {
  auto const item = internal::unpadded(encoded, sealed_contact_bytes);
  if (!item) return item.error();
  SealedContact contact;
  codec::CborReader in{*item};
  if (in.map(4) != 4) in.fail();
  in.key(0);
  contact.contact.address = in.text();
  in.key(1);
  contact.contact.language = in.text();
  in.key(2);
  if (!in.null()) contact.code = in.text();
  in.key(3);
  contact.contact.reminders = in.boolean();
  if (auto const done = in.finish(); !done) return done.error();
  return contact;
}

ports::ContactRow seal_contact(Context const& context, ports::RecordId record, std::uint64_t seq,
                               ports::WrappedKey const& key, SealedContact const& contact,
                               std::optional<base::Time> unconfirmed_until) {
  return {record, seq, context.sealer.seal(ports::Sealed::contact, record, seq, key, encode_contact(contact)),
          unconfirmed_until, 0};
}

base::result<base::Personal<Contacts>> list_contacts(Context const& context, ports::Snapshot& snapshot,
                                                     ports::HolderSession const& session) {
  auto const key = snapshot.key(session.record());
  if (!key) return fail(errc::corrupted, "The key of this record is missing. Tell the operator to run abode doctor.");
  auto const rows = internal::contact_rows(snapshot, session.record(), context.clock.now());
  Contacts contacts;
  if (rows.in_force) {
    auto opened = internal::open_contact(context, *rows.in_force, *key, session.grant());
    if (!opened) return opened.error();
    contacts.in_force = std::move(opened->contact);
  }
  if (rows.unconfirmed) {
    auto opened = internal::open_contact(context, *rows.unconfirmed, *key, session.grant());
    if (!opened) return opened.error();
    contacts.unconfirmed =
        UnconfirmedContact{std::move(opened->contact), *rows.unconfirmed->unconfirmed_until, rows.unconfirmed->misses};
  }
  return base::Personal{std::move(contacts)};
}

base::result<NamedContact> name_contact(Context const& context, ports::Transaction& transaction,
                                        ports::HolderSession const& session, identity::Contact const& contact,
                                        std::optional<RequestKey> const& request) {
  auto record = internal::load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  auto const rows = internal::contact_rows(transaction, session.record(), context.clock.now());
  if (*before) {
    bool const waits = rows.unconfirmed && rows.unconfirmed->seq == (*before)->entry.seq;
    return NamedContact{receipt_of(**before), waits ? rows.unconfirmed->unconfirmed_until : std::nullopt};
  }
  if (auto const may = check_may_name(context, transaction, *record, session, contact); !may) return may.error();
  bool known = false;
  if (rows.in_force) {
    auto const opened = internal::open_contact(context, *rows.in_force, record->key, session.grant());
    if (!opened) return opened.error();
    known = opened->contact.address == contact.address;
    if (opened->contact == contact && !rows.unconfirmed)
      return fail(errc::conflict,
                  "This is your e-mail address already, with this language and this choice of reminders.");
  }
  if (!known && !context.mails)
    return fail(errc::conflict, "This register sends no mail, so it cannot check a new address. Ask the office.");
  auto const receipt =
      append_told_entry(context, transaction, record->row, record->key, operation::name_contact, request);
  if (!receipt) return receipt.error();
  internal::drop_unconfirmed_contact(transaction, session.record());
  if (!known) return let_wait(context, transaction, *record, contact, *receipt);
  auto const put = put_in_force(context, transaction, *record, rows.in_force, contact, *receipt, session.grant());
  if (!put) return put.error();
  return NamedContact{*receipt, {}};
}

base::result<ContactCode> parse_contact_code(std::string_view typed) {
  auto normal = codec::normal_crockford(typed);
  if (!normal) return fail(errc::invalid, normal.error().detail, "code");
  if (normal->size() != contact_code_characters)
    return fail(errc::invalid, "A code has 8 characters. Type all of them as they stand in the mail.", "code");
  return ContactCode{std::move(*normal)};
}

base::result<ConfirmAttempt> attempt_confirm_contact(Context const& context, ports::Transaction& transaction,
                                                     ports::HolderSession const& session, ContactCode const& code,
                                                     std::optional<RequestKey> const& request) {
  auto record = internal::load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  ConfirmAttempt attempt;
  if (*before) {
    attempt.receipt_ = receipt_of(**before);
    return attempt;
  }
  if (auto const stays = check_stays(record->row); !stays) return stays.error();
  if (auto const open = internal::check_not_frozen(context, transaction, session.record()); !open) return open.error();
  auto rows = internal::contact_rows(transaction, session.record(), context.clock.now());
  if (!rows.unconfirmed)
    return fail(errc::conflict, "No e-mail address waits to be confirmed. Name it once more: a new code is mailed.");
  auto opened = internal::open_contact(context, *rows.unconfirmed, record->key, session.grant());
  if (!opened) return opened.error();
  if (!opened->code ||
      !base::equal_constant_time(base::as_bytes(*opened->code), base::as_bytes(code.reveal(Disclosure::to_digest)))) {
    ++rows.unconfirmed->misses;
    attempt.dropped_ = rows.unconfirmed->misses >= max_contact_misses;
    if (attempt.dropped_)
      internal::drop_unconfirmed_contact(transaction, session.record());
    else
      transaction.put_contact(*rows.unconfirmed);
    return attempt;
  }
  auto const receipt =
      append_told_entry(context, transaction, record->row, record->key, operation::confirm_contact, request);
  if (!receipt) return receipt.error();
  internal::drop_unconfirmed_contact(transaction, session.record());
  if (rows.in_force)
    queue_carrying(context, transaction, ports::MailKind::changed_former, *rows.in_force, receipt->entry);
  auto const put =
      put_in_force(context, transaction, *record, rows.in_force, opened->contact, *receipt, session.grant());
  if (!put) return put.error();
  attempt.receipt_ = *receipt;
  return attempt;
}

base::result<Receipt> complete_confirm_contact(ConfirmAttempt const& attempt, ports::Commit const&) {
  if (attempt.receipt_) return *attempt.receipt_;
  return fail(errc::invalid,
              attempt.dropped_
                  ? "This is not the code either. The new address was dropped after five wrong codes: name "
                    "it once more, and a new code is mailed."
                  : "This is not the code that was mailed to the new address. Take it from the newest mail.",
              "code");
}

base::result<Receipt> remove_contact(Context const& context, ports::Transaction& transaction,
                                     ports::HolderSession const& session, std::optional<RequestKey> const& request) {
  auto record = internal::load(transaction, session.record());
  if (!record) return record.error();
  auto const before = made_before(context, transaction, record->row, record->key, session.grant(), request);
  if (!before) return before.error();
  if (*before) return receipt_of(**before);
  if (auto const may = internal::check_may_change(context, transaction, session); !may) return may.error();
  auto const rows = internal::contact_rows(transaction, session.record(), context.clock.now());
  if (!rows.in_force && !rows.unconfirmed)
    return fail(errc::conflict, "We know no e-mail address of yours, so there is nothing to remove.");
  auto const receipt =
      append_told_entry(context, transaction, record->row, record->key, operation::remove_contact, request);
  if (!receipt) return receipt.error();
  internal::drop_unconfirmed_contact(transaction, session.record());
  if (rows.in_force) {
    transaction.remove_contact(session.record(), rows.in_force->seq);
    queue_carrying(context, transaction, ports::MailKind::changed_former, *rows.in_force, receipt->entry);
  }
  internal::plan_reminders(context, transaction, session.grant(), record->key, {}, receipt->entry);
  return *receipt;
}

}  // namespace abode::service
