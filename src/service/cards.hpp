// The activation codes that go with cards: made for printing, each once. Signing in with them: sign_in.hpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/sign_in.hpp"

namespace abode::service {

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

/// A new code for one card, in place of any before. errc::not_found if there is no such card.
base::result<MadeActivationCode> make_activation_code(Context const& context, ports::Transaction& transaction,
                                                      CardNumber const& card);

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
