#include "service/sign_in.hpp"

#include "codec/text.hpp"
#include "service/internal/contacts.hpp"
#include "service/internal/credentials.hpp"
#include "service/internal/one_time_codes.hpp"
#include "service/internal/sheets.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using internal::repeat_window;

/// Unused, or used by this very request not long ago.
bool is_good_for(std::optional<base::Hash> const& used_by, base::Time used_at, base::Hash const& user, base::Time now) {
  return !used_by || (*used_by == user && now < used_at + repeat_window);
}

/// What somebody typed, beside what is known of that card and that code.
struct LookedUp {
  base::Time now;
  base::Hash user;                               ///< marks the request
  ports::CardRow card;                           ///< or the one that stands in
  bool is_activation_code;                       ///< right and good
  std::optional<ports::PrintedCodeRow> printed;  ///< right and good
};

LookedUp look_up(Context const& context, ports::Transaction& transaction, CardAndCode const& request,
                 std::optional<RequestKey> const& key) {
  base::Time const now = context.clock.now();
  base::Hash const card_tag = context.sealer.card_tag(request.card);
  base::Hash const code_tag = context.sealer.activation_code_tag(card_tag, request.code);
  LookedUp guess{
      now, internal::user_tag(context, key), transaction.card(card_tag).value_or(internal::stand_in_card()), false, {}};
  ports::CardRow const& card = guess.card;
  bool const same = base::equal_constant_time(card.code_tag.value_or(base::Hash{}), code_tag) && card.code_tag;
  guess.is_activation_code = same && card.good_from <= now && is_good_for(card.used_by, card.used_at, guess.user, now);
  guess.printed = transaction.printed_code(context.sealer.printed_code_tag(card_tag, request.code));
  auto const& printed = guess.printed;
  if (printed && !(internal::is_good(*printed, now) && printed->record == card.record &&
                   is_good_for(printed->used_by, printed->used_at, guess.user, now)))
    guess.printed.reset();
  return guess;
}

/// Writes the card's row, right or not; wrong attempts are counted.
void count(ports::Transaction& transaction, LookedUp& guess, bool right) {
  if (!right) {
    ++guess.card.misses;
    guess.card.missed_at = guess.now;
  }
  transaction.put_card(guess.card);
}

/// The first use counts; a repeat is none. True if it is the first.
template <class Row>
bool mark_used(Row& row, LookedUp const& guess) {
  if (row.used_by) return false;
  row.used_by = guess.user;
  row.used_at = guess.now;
  return true;
}

/// The entry and the notice of a freeze; what waits for its time is dropped.
base::result<base::Time> freeze(Context const& context, ports::Transaction& transaction, ports::CardRow const& card,
                                base::Time now) {
  auto known = internal::load(transaction, card.record);
  if (!known) return known.error();
  auto const receipt = append_told_entry(context, transaction, known->row, known->key, operation::freeze, {});
  if (!receipt) return receipt.error();
  internal::end_sheets(transaction, card.record, now, {});
  internal::drop_waiting_passkeys(transaction, card.record, now);
  internal::drop_unconfirmed_contact(transaction, card.record);
  if (internal::waits(card, now)) internal::drop_waiting_code(transaction, card);
  return now + internal::freeze_time;
}

}  // namespace

SignInCode draw_sign_in_code(base::Random& random) {
  return SignInCode{codec::to_crockford(random.bytes<8>()).substr(0, sign_in_code_characters)};
}

base::result<CardNumber> parse_card_number(std::string_view typed) {
  auto const invalid = [](char const* detail) { return fail(errc::invalid, detail, "card"); };
  std::string number;
  for (char c : typed) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if ((c < 'A' || c > 'Z') && (c < '0' || c > '9'))
      return invalid("A card number has letters A to Z and digits only. Type it as it is printed on the card.");
    number.push_back(c);
    if (number.size() > max_card_number_characters)
      return invalid("A card number has 32 characters at most. Type it as it is printed on the card.");
  }
  if (number.size() < min_card_number_characters)
    return invalid("A card number has 4 characters at least. Type it as it is printed on the card.");
  return CardNumber{std::move(number)};
}

base::result<SignInCode> parse_sign_in_code(std::string_view typed) {
  auto normal = codec::normal_crockford(typed);
  if (!normal) return fail(errc::invalid, normal.error().detail, "code");
  if (normal->size() != sign_in_code_characters)
    return fail(errc::invalid,
                "A code has 12 characters. Type all of them as they stand in your letter or on your printed sheet.",
                "code");
  return SignInCode{std::move(*normal)};
}

base::result<CardAndCode> check_card_and_code(std::string_view card, std::string_view code) {
  auto number = parse_card_number(card);
  if (!number) return number.error();
  auto parsed = parse_sign_in_code(code);
  if (!parsed) return parsed.error();
  return CardAndCode{std::move(*number), std::move(*parsed)};
}

base::result<SignInAttempt> attempt_sign_in(Context const& context, ports::Transaction& transaction,
                                            CardAndCode const& request, std::optional<RequestKey> const& key) {
  LookedUp guess = look_up(context, transaction, request, key);
  bool const by_sheet = guess.printed && guess.printed->number != ports::freeze_code_number;
  bool const right = guess.is_activation_code || by_sheet;
  if (right && !by_sheet) mark_used(guess.card, guess);
  count(transaction, guess, right);
  SignInAttempt attempt;
  if (!right) return attempt;
  if (by_sheet && mark_used(*guess.printed, guess)) transaction.put_printed_code(*guess.printed);
  auto session =
      by_sheet ? internal::let_in(context, transaction, guess.card.record, ports::SignInProof::printed_code,
                                  std::to_string(guess.printed->number))
               : internal::let_in(context, transaction, guess.card.record, ports::SignInProof::activation_code, {});
  if (!session) return session.error();
  attempt.session_ = std::move(*session);
  return attempt;
}

base::result<SignedIn> complete_sign_in(SignInAttempt const& attempt, ports::Commit const&) {
  if (attempt.session_) return *attempt.session_;
  return fail(errc::unauthenticated,
              "This card number and this code do not let you in. Check both and try again. A code is good once: if "
              "yours was used, take the next one of your sheet, or ask the office for a "
              "new one.");
}

base::result<FreezeAttempt> attempt_freeze(Context const& context, ports::Transaction& transaction,
                                           CardAndCode const& request, std::optional<RequestKey> const& key) {
  LookedUp guess = look_up(context, transaction, request, key);
  bool const right = guess.printed && guess.printed->number == ports::freeze_code_number;
  count(transaction, guess, right);
  FreezeAttempt attempt;
  if (!right) return attempt;
  if (!mark_used(*guess.printed, guess)) {
    attempt.frozen_until_ = guess.printed->used_at + internal::freeze_time;
    return attempt;
  }
  transaction.put_printed_code(*guess.printed);
  auto const until = freeze(context, transaction, guess.card, guess.now);
  if (!until) return until.error();
  attempt.frozen_until_ = *until;
  return attempt;
}

base::result<base::Time> complete_freeze(FreezeAttempt const& attempt, ports::Commit const&) {
  if (attempt.frozen_until_) return *attempt.frozen_until_;
  return fail(errc::unauthenticated,
              "This card number and this freeze code freeze nothing. Check both and try again. The freeze code stands "
              "at the bottom of your printed sheet and is good once.");
}

}  // namespace abode::service
