// The activation codes that go with cards: made for printing, each once. Signing in with them: sign_in.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/sign_in.hpp"

namespace abode::service {

/// The reference of the entry of a code that came with SheetFate::is_void.
inline constexpr char const* sheet_is_void = "void";

/// A code that was made, with what is needed to print it after the commit. It can be opened no earlier.
struct MadeActivationCode {
  base::Hash card_tag;
  ports::RecordRow row;
  ports::WrappedKey key;
  SignInCode code;
};

/// Makes a code for each of at most `limit` cards that nobody was handed one for, of records after `after`. Each is an
/// access entry in its record: the name is read for the letter.
base::result<std::vector<MadeActivationCode>> make_activation_codes(Context const& context,
                                                                    ports::Transaction& transaction,
                                                                    ports::RecordId after, std::size_t limit);

/// What becomes of the printed sheet when a new code is made for somebody whom the office has identified.
enum class SheetFate : std::uint8_t {
  stays,    ///< it may only be mislaid
  is_void,  ///< at once, passkeys go and all sessions end: its holder says that it was stolen
};

/// A new code for one card, in place of any before. For somebody who was in before it is told by a notice, and is good
/// after credential_hold: until then its holder, or the freeze code, takes it back. errc::not_found if there is no such
/// card.
base::result<MadeActivationCode> make_activation_code(Context const& context, ports::Transaction& transaction,
                                                      CardNumber const& card, SheetFate sheet = SheetFate::stays);

/// How a holder's card stands.
struct CardStanding {
  std::optional<base::Time> waits_until = {};  ///< a code was made anew, and is good from then
  std::uint64_t wrong_codes = 0;               ///< since the last letter
};

/// Nothing of note for somebody without a card.
base::result<CardStanding> card_standing(Context const& context, ports::Snapshot& snapshot,
                                         ports::HolderSession const& session);

/// Takes back a code that waits. Any session may. errc::conflict if none waits.
base::result<Receipt> discard_activation_code(Context const& context, ports::Transaction& transaction,
                                              ports::HolderSession const& session,
                                              std::optional<RequestKey> const& request);

/// What is printed in a person's letter.
struct Letter {
  std::string card;
  std::string activation_code;  ///< in groups
  identity::Names names;
};

/// Opens the name and the card's number, after the making was journalled durably (G4).
base::result<base::Personal<Letter>> letter_of(Context const& context, MadeActivationCode const& made,
                                               ports::Commit const& commit);

/// The file with these cards' codes is whole: they are not made again.
void mark_issued(ports::Transaction& transaction, std::span<base::Hash const> card_tags);

}  // namespace abode::service
