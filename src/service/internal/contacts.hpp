// The rows of contacts.
#pragma once

#include <optional>

#include "service/contact.hpp"

namespace abode::service::internal {

struct ContactRows {
  std::optional<ports::ContactRow> in_force;
  std::optional<ports::ContactRow> unconfirmed;
};
/// A row whose time is over is none, whether it was swept or not.
ContactRows contact_rows(ports::Snapshot& snapshot, ports::RecordId record, base::Time now);

/// errc::corrupted if it is damaged.
base::result<SealedContact> open_contact(Context const& context, ports::ContactRow const& row,
                                         ports::WrappedKey const& key, ports::Grant const& grant);

/// Drops a contact that waits to be confirmed, with the mail that carries its code.
void drop_unconfirmed_contact(ports::Transaction& transaction, ports::RecordId record);

}  // namespace abode::service::internal
