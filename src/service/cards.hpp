// Cards: the activation codes that go with them, and signing in with both. An attempt to sign in takes two steps, as an
// opening does: attempt_sign_in() counts and commits whatever comes of it, complete_sign_in() needs the Commit.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/request_key.hpp"
#include "service/sessions.hpp"

namespace abode::service {

constexpr std::size_t activation_code_characters = 12;  ///< Crockford base32: 60 random bits
constexpr std::size_t min_card_number_characters = 4;
constexpr std::size_t max_card_number_characters = 32;

using CardNumber = base::Secret<std::string>;
using ActivationCode = base::Secret<std::string>;

/// The number on a card as people write it: upper case, without blanks and hyphens. errc::invalid, field "card".
base::result<CardNumber> parse_card_number(std::string_view typed);
/// As a person typed it, back to 12 characters. errc::invalid, field "activation_code".
base::result<ActivationCode> parse_activation_code(std::string_view typed);
/// Printed as three groups of four: "7K2P-DXQ0-MVB3".
std::string in_groups_of_four(std::string const& code);

/// How long nobody is let in after this many wrong codes in a row: nothing for the first five, then a second, doubling
/// up to half a minute. Attempts meanwhile are not looked at and not counted, so they do not make it longer.
std::chrono::seconds sign_in_delay(std::uint64_t misses);

struct CardSignIn {
  CardNumber card;
  ActivationCode code;
};

/// errc::invalid, naming the field. What it says depends on the request alone, never on a card (G11).
base::result<CardSignIn> check_card_sign_in(std::string_view card, std::string_view activation_code);

/// An attempt that is counted. Whether it was right is not to be told before the commit.
class SignInAttempt {
 public:
  /// For the same transaction only.
  bool succeeded() const { return session_.has_value(); }

 private:
  friend base::result<SignInAttempt> attempt_sign_in(Context const&, ports::Transaction&, CardSignIn const&,
                                                     std::optional<RequestKey> const&);
  friend base::result<SignedIn> complete_sign_in(SignInAttempt const&, ports::Commit const&);

  std::optional<SignedIn> session_;
};

/// Looks the card up and writes its row, or the one that stands in for unknown cards: a right code is used up and makes
/// an entry and a session; a wrong one is counted. Unknown card, wrong code, used-up code and an attempt within the
/// delay ask the store for the same. errc::forbidden after card and code were right, but their holder is too young for
/// an account of their own (open_account): nothing is counted or used up then. The request that used a code may come
/// again for 15 minutes, under its key.
base::result<SignInAttempt> attempt_sign_in(Context const& context, ports::Transaction& transaction,
                                            CardSignIn const& request, std::optional<RequestKey> const& key);

/// errc::unauthenticated for every attempt that was not right, whatever the reason (G11).
base::result<SignedIn> complete_sign_in(SignInAttempt const& attempt, ports::Commit const& commit);

/// A code that was made, with what is needed to print it after the commit. It can be opened no earlier.
struct MadeActivationCode {
  base::Hash card_tag;
  ports::RecordRow row;
  ports::WrappedKey key;
  ActivationCode code;
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
