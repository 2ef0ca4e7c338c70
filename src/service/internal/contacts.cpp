#include "service/internal/contacts.hpp"

namespace abode::service::internal {

ContactRows contact_rows(ports::Snapshot& snapshot, ports::RecordId record, base::Time now) {
  ContactRows rows;
  for (ports::ContactRow& row : snapshot.contacts(record)) {
    if (!row.unconfirmed_until)
      rows.in_force = std::move(row);
    else if (now < *row.unconfirmed_until)
      rows.unconfirmed = std::move(row);
  }
  return rows;
}

base::result<SealedContact> open_contact(Context const& context, ports::ContactRow const& row,
                                         ports::WrappedKey const& key, ports::Grant const& grant) {
  auto const plaintext = context.sealer.open(grant, ports::Sealed::contact, row.seq, key, row.sealed);
  if (!plaintext) return plaintext.error();
  return decode_contact(*plaintext);
}

void drop_unconfirmed_contact(ports::Transaction& transaction, ports::RecordId record) {
  for (ports::ContactRow const& row : transaction.contacts(record)) {
    if (!row.unconfirmed_until) continue;
    transaction.remove_contact(record, row.seq);
    transaction.remove_mail(record, ports::MailKind::confirm, row.seq);
  }
}

}  // namespace abode::service::internal
