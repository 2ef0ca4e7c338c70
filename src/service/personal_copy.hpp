// Everything the register holds about one person, for that person (the right of access). What each part is for, and
// what is left out and why: data_inventory.hpp.
#pragma once

#include <vector>

#include "service/contact.hpp"
#include "service/history.hpp"
#include "service/joint_moves.hpp"
#include "service/opening_codes.hpp"
#include "service/passkeys.hpp"
#include "service/proofs.hpp"
#include "service/record.hpp"

namespace abode::service {

/// An e-mail address with its row; without the code of one that waits.
struct CopiedContact {
  ports::ContactRow row;
  identity::Contact contact;
};

struct PersonalCopy {
  base::Time made_at;
  ports::RecordRow row;
  RecordState state;
  std::vector<CopiedContact> contacts;
  std::vector<ports::OutboxRow> mails;  ///< that wait to be sent
  std::optional<ports::CardRow> card;   ///< how its holder signs in, if with a card
  std::vector<ports::PrintedCodeRow> printed_codes;
  std::vector<PasskeyListed> passkeys;
  std::vector<HistoryItem> history;              ///< oldest first
  std::vector<OpeningCode> opening_codes;        ///< newest first, without the codes themselves: a copy opens nothing
  std::vector<MoveInvitation> move_invitations;  ///< the same
  std::vector<ports::LetterRow> letters;         ///< to confirm an address
  std::vector<ListedProof> proofs;               ///< newest first
  std::vector<ports::SessionRow> sessions;
  std::vector<ports::NoticeRow> notices;  ///< newest first
  /// Who the other person is, is not told: a guardianship goes by its id.
  std::vector<ports::GuardianshipRow> guardianships;  ///< in which they are the child, then the guardian
};

/// errc::too_large over log::max_bundle_entries.
base::result<base::Personal<PersonalCopy>> personal_copy(Context const& context, ports::Snapshot& snapshot,
                                                         ports::HolderSession const& session);

}  // namespace abode::service
