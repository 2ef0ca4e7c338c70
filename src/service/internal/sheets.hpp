// The rows of printed sheets, and of activation codes that wait.
#pragma once

#include "ports/store.hpp"

namespace abode::service::internal {

/// How long a freeze holds.
constexpr std::chrono::hours freeze_time{72};

/// Its sheet is the one in use: neither waits nor was followed by another.
bool is_good(ports::PrintedCodeRow const& code, base::Time now);

/// Until when a freeze holds; none if nothing is frozen now. The code that froze tells: its sheet is not replaced
/// meanwhile, and when it is made void the freeze ends with it.
std::optional<base::Time> frozen_until(std::vector<ports::PrintedCodeRow> const& codes, base::Time now);

/// Removes the codes of a sheet that is not good yet, if there is one, and lets the one in use stay. True if there was.
bool drop_waiting_sheet(ports::Transaction& transaction, ports::RecordId record, base::Time now);

/// Ends the sheet in use now, and drops one that waits.
void void_sheets(ports::Transaction& transaction, ports::RecordId record, base::Time now);

/// An activation code that was made anew and is not good yet.
bool waits(ports::CardRow const& card, base::Time now);
/// Takes it back; no other is made for the card until somebody asks for one.
void drop_waiting_code(ports::Transaction& transaction, ports::CardRow card);

}  // namespace abode::service::internal
