// Pieces that several pages show.
#pragma once

#include "pages/internal/html.hpp"
#include "ports/grant.hpp"
#include "rules/address.hpp"
#include "rules/profile.hpp"
#include "service/history.hpp"

namespace abode::pages {

/// <time> in words.
Html when(base::Time time);
Html when(base::Date date);

/// The lines as on an envelope; parts that the person gave as well are not repeated.
Html address(rules::Address const& address);

/// One row of a <dl>: what it is, and its value.
Html row(std::string_view what, Html const& value);
Html row(std::string_view what, std::string_view value);

/// For the receipt of an entry that made this registration: by when the rules want it filed, as a plain fact. Nothing
/// for other entries, and where the rules name no time.
Html filing_window_row(rules::Profile const& profile, log::Entry const& entry, rules::Registration const& registration);

/// <dl> of the purposes that the profile has, each with what it may open.
Html purpose_list(rules::Profile const& profile);

/// For a form that takes a fresh sign-in, in a session that is none: how to sign in without losing what is typed. The
/// page runs the script for passkeys.
Html sign_in_again();

/// The same for an official, who has a passkey and no code.
Html official_signs_in_again();

/// Under which name and for which office an official works.
Html who_works(rules::Profile const& profile, ports::OfficialRow const& official);

/// A link that looks like a button.
Html button_link(std::string_view path, std::string_view label);

/// Whether an entry is in the public log, as was found out while this very page was made.
struct LogMark {
  enum class State : std::uint8_t { proven, waiting, broken };
  State state;
  std::uint64_t index = 0;  ///< of its leaf, once proven
};

/// Follows an entry's proof up to the signed root of the latest checkpoint: `prover` is made once for a page.
LogMark check_in_log(base::result<service::LogProver>& prover, ports::HolderSession const& session,
                     service::HistoryItem const& item);
Html show(LogMark const& mark);

/// Rows of a <dl>: when, who, and what else the entry tells.
Html entry_rows(log::Entry const& entry, rules::Profile const& profile);

/// A link that saves the proof of an entry; nothing before it is in the log.
Html proof_link(std::uint64_t seq, LogMark const& mark, std::string_view label, std::string_view style);

/// One entry of a history or notice of an inbox: who, when, why, which fields, and its mark. `fresh`: not read yet.
Html entry_card(log::Entry const& entry, LogMark const& mark, rules::Profile const& profile, bool fresh);

}  // namespace abode::pages
