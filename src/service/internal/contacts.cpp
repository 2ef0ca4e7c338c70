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

void drop_unconfirmed_contact(ports::Transaction& transaction, ports::RecordId record) {
  for (ports::ContactRow const& row : transaction.contacts(record)) {
    if (!row.unconfirmed_until) continue;
    transaction.remove_contact(record, row.seq);
    transaction.remove_mail(record, ports::MailKind::confirm, row.seq);
  }
}

}  // namespace abode::service::internal
