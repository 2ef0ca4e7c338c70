// The rows of printed sheets, and of cards with their activation codes.
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

/// Removes a sheet that waits; true if there was one. The one in use ends at `end_of_use`; without it, when another is
/// made.
bool end_sheets(ports::Transaction& transaction, ports::RecordId record, base::Time now,
                std::optional<base::Time> end_of_use);

/// The row that is written for a card that nobody has, so that a miss does what a hit does. No number has its tag.
ports::CardRow stand_in_card();

/// Gives a card a new code, good from `good_from`, in place of any before; wrong codes are counted anew.
void give_code(ports::CardRow& card, base::Hash const& code_tag, base::Time good_from);

/// An activation code that was made anew and is not good yet.
bool waits(ports::CardRow const& card, base::Time now);
/// Takes it back; no other is made for the card until somebody asks for one.
void drop_waiting_code(ports::Transaction& transaction, ports::CardRow card);

}  // namespace abode::service::internal
