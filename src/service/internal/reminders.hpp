// The reminders that wait for a record's holder: mails, each queued for its moment.
#pragma once

#include "service/context.hpp"

namespace abode::service::internal {

/// Makes those that wait the ones that follow from `residence` and from the contact in force: after every change of
/// either, in its transaction, `seq` being its entry. One whose day it is stays until it is sent. Only what
/// a holder does themselves comes here: an opening must not (G11).
void plan_reminders(Context const& context, ports::Transaction& transaction, ports::Grant const& grant,
                    ports::WrappedKey const& key, rules::Residence const& residence, std::uint64_t seq);

}  // namespace abode::service::internal
