// Erasure (G10): a holder has their own record made unreadable for good. Asking is an entry and takes effect later, so
// that it can be taken back; keep_retention carries it out.
#pragma once

#include <optional>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/request_key.hpp"

namespace abode::service {

struct AskedErasure {
  Receipt receipt;
  std::optional<base::Time> due;  ///< until then it can be taken back, from then on it is done; none: taken back
};

/// Asks for the erasure of the holder's record (rules::erasure_due says when). All opening codes go at once: nobody can
/// read the record from then on. errc::conflict while it is asked for already, a registration is active, or a notice of
/// the last three years is unread: accesses are erased only once they are acknowledged. errc::key_reused.
base::result<AskedErasure> request_erasure(Context const& context, ports::Transaction& transaction,
                                           ports::HolderSession const& session,
                                           std::optional<RequestKey> const& request);

/// Takes it back, from any session. errc::conflict if none is asked for, too_late once it is due, key_reused.
base::result<AskedErasure> undo_erasure(Context const& context, ports::Transaction& transaction,
                                        ports::HolderSession const& session, std::optional<RequestKey> const& request);

}  // namespace abode::service
