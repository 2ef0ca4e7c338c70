// Signing in with a card and a code: the activation code of a letter, or one of a printed sheet. And freezing with a
// card and the sheet's freeze code. An attempt takes two steps, as an opening does: the first counts and commits
// whatever comes of it, the second needs the Commit.
#pragma once

#include <optional>
#include <string>

#include "service/journal.hpp"
#include "service/request_key.hpp"
#include "service/sessions.hpp"

namespace abode::service {

constexpr std::size_t sign_in_code_characters = 12;  ///< Crockford base32: 60 random bits
constexpr std::size_t min_card_number_characters = 4;
constexpr std::size_t max_card_number_characters = 32;

using CardNumber = base::Secret<std::string>;
using SignInCode = base::Secret<std::string>;

/// The number on a card as people write it: upper case, without blanks and hyphens. errc::invalid, field "card".
base::result<CardNumber> parse_card_number(std::string_view typed);
/// As a person typed it, back to 12 characters. errc::invalid, field "code".
base::result<SignInCode> parse_sign_in_code(std::string_view typed);
/// 64 bits make 13 characters; the first 12 carry 60 of the bits.
SignInCode draw_sign_in_code(base::Random& random);

/// A card and a code, as they were typed.
struct CardAndCode {
  CardNumber card;
  SignInCode code;
};

/// errc::invalid, naming the field. What it says depends on the request alone, never on a card (G11).
base::result<CardAndCode> check_card_and_code(std::string_view card, std::string_view code);

/// An attempt that is counted. Whether it was right is not to be told before the commit.
class SignInAttempt {
 public:
  /// For the same transaction only.
  bool succeeded() const { return session_.has_value(); }

 private:
  friend base::result<SignInAttempt> attempt_sign_in(Context const&, ports::Transaction&, CardAndCode const&,
                                                     std::optional<RequestKey> const&);
  friend base::result<SignedIn> complete_sign_in(SignInAttempt const&, ports::Commit const&);

  std::optional<SignedIn> session_;
};

/// Looks the card up and writes its row, or the one that stands in for unknown cards: a right code is used up and makes
/// an entry and a session; a wrong one is counted. Unknown card, wrong code, used-up code, a code that is not good yet
/// or any more ask the store for the same, and none of them keeps a right code out. errc::forbidden after card and code
/// were right, but their holder is too young for an account of their own (open_account): nothing is counted or used up
/// then. The request that used a code may come again for 15 minutes, under its key.
base::result<SignInAttempt> attempt_sign_in(Context const& context, ports::Transaction& transaction,
                                            CardAndCode const& request, std::optional<RequestKey> const& key);

/// errc::unauthenticated for every attempt that was not right, whatever the reason (G11).
base::result<SignedIn> complete_sign_in(SignInAttempt const& attempt, ports::Commit const& commit);

/// The same of a freeze.
class FreezeAttempt {
 private:
  friend base::result<FreezeAttempt> attempt_freeze(Context const&, ports::Transaction&, CardAndCode const&,
                                                    std::optional<RequestKey> const&);
  friend base::result<base::Time> complete_freeze(FreezeAttempt const&, ports::Commit const&);

  std::optional<base::Time> frozen_until_;
};

/// As attempt_sign_in, with the freeze code: makes an entry and a notice, drops a sheet, a passkey, an activation code
/// or an e-mail address that waits and the removal of a passkey that does, and nothing else.
/// It opens nothing, ends no session and takes no move back.
base::result<FreezeAttempt> attempt_freeze(Context const& context, ports::Transaction& transaction,
                                           CardAndCode const& request, std::optional<RequestKey> const& key);

/// Until when the record is frozen. errc::unauthenticated as above.
base::result<base::Time> complete_freeze(FreezeAttempt const& attempt, ports::Commit const& commit);

}  // namespace abode::service
