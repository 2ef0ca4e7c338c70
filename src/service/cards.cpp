#include "service/cards.hpp"

#include <algorithm>

#include "codec/text.hpp"
#include "digest/digest.hpp"

namespace abode::service {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;

constexpr std::uint64_t free_misses = 5;
constexpr std::chrono::seconds longest_delay{30};
constexpr std::chrono::minutes repeat_window{15};

constexpr rules::FieldSet letter_fields{rules::Field::family_name, rules::Field::given_names};

/// 64 bits make 13 characters; the first 12 carry 60 of the bits.
ActivationCode draw_code(Context const& context) {
  return ActivationCode{codec::to_crockford(context.random.bytes<8>()).substr(0, activation_code_characters)};
}

/// The row that is written for a card that nobody has, so that a miss does what a wrong code does. No number has its
/// tag.
ports::CardRow stand_in() {
  return {.card_tag = {},
          .record = {},
          .code_tag = {},
          .issued = true,
          .used_by = {},
          .used_at = {},
          .misses = 0,
          .missed_at = {}};
}

/// Marks the request that uses a code; one without key by something that no later request can equal.
base::Hash user_tag(Context const& context, std::optional<RequestKey> const& key) {
  return key ? digest::sha256({key->tag, key->body_hash}) : context.random.bytes<32>();
}

bool is_right(ports::CardRow const& card, base::Hash const& code_tag, base::Hash const& user, base::Time now) {
  bool const same = base::equal_constant_time(card.code_tag.value_or(base::Hash{}), code_tag) && card.code_tag;
  bool const fresh = !card.used_by || (*card.used_by == user && now < card.used_at + repeat_window);
  return same && fresh;
}

void mark_used(ports::CardRow& card, base::Hash const& user, base::Time now) {
  card.misses = 0;
  if (card.used_by) return;
  card.used_by = user;
  card.used_at = now;
}

base::result<SignedIn> let_in(Context const& context, ports::Transaction& transaction, ports::RecordId record) {
  auto row = transaction.record(record);
  auto const key = transaction.key(record);
  if (!row || !key)
    return fail(errc::corrupted, "A record or its key is missing. Tell the operator to run abode doctor.");
  Draft const draft{"holder", {}, {}, {}, operation::sign_in, {}};
  auto const receipt = append_entry(context, transaction, *row, *key, draft, row->state_tag, filing_time(context, *row),
                                    EntryKind::write);
  if (!receipt) return receipt.error();
  transaction.update_record(*row);
  return open_account(context, transaction, record, ports::SignInProof::activation_code);
}

base::result<MadeActivationCode> make_for(Context const& context, ports::Transaction& transaction,
                                          ports::CardRow card) {
  auto row = transaction.record(card.record);
  auto key = transaction.key(card.record);
  if (!row || !key)
    return fail(errc::corrupted, "A record or its key is missing. Tell the operator to run abode doctor.");
  MadeActivationCode made{card.card_tag, *row, *key, draw_code(context)};
  Draft const draft{"register", {}, {}, {}, operation::make_activation_code, letter_fields};
  auto const receipt = append_entry(context, transaction, *row, *key, draft, row->state_tag, filing_time(context, *row),
                                    EntryKind::access);
  if (!receipt) return receipt.error();
  transaction.update_record(*row);
  card.code_tag = context.sealer.activation_code_tag(card.card_tag, made.code);
  card.issued = false;
  card.used_by.reset();
  card.used_at = {};
  card.misses = 0;
  transaction.put_card(card);
  return made;
}

}  // namespace

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

base::result<ActivationCode> parse_activation_code(std::string_view typed) {
  auto normal = codec::normal_crockford(typed);
  if (!normal) return fail(errc::invalid, normal.error().detail, "activation_code");
  if (normal->size() != activation_code_characters)
    return fail(errc::invalid, "An activation code has 12 characters. Type all of them as they stand in your letter.",
                "activation_code");
  return ActivationCode{std::move(*normal)};
}

std::string in_groups_of_four(std::string const& code) {
  std::string grouped;
  for (std::size_t at = 0; at < code.size(); at += 4) grouped += (at == 0 ? "" : "-") + code.substr(at, 4);
  return grouped;
}

std::chrono::seconds sign_in_delay(std::uint64_t misses) {
  if (misses < free_misses) return std::chrono::seconds{0};
  std::uint64_t const doublings = std::min<std::uint64_t>(misses - free_misses, 10);
  return std::min(longest_delay, std::chrono::seconds{std::int64_t{1} << doublings});
}

base::result<CardSignIn> check_card_sign_in(std::string_view card, std::string_view activation_code) {
  auto number = parse_card_number(card);
  if (!number) return number.error();
  auto code = parse_activation_code(activation_code);
  if (!code) return code.error();
  return CardSignIn{std::move(*number), std::move(*code)};
}

base::result<SignInAttempt> attempt_sign_in(Context const& context, ports::Transaction& transaction,
                                            CardSignIn const& request, std::optional<RequestKey> const& key) {
  base::Time const now = context.clock.now();
  base::Hash const card_tag = context.sealer.card_tag(request.card);
  base::Hash const code_tag = context.sealer.activation_code_tag(card_tag, request.code);
  base::Hash const user = user_tag(context, key);
  ports::CardRow card = transaction.card(card_tag).value_or(stand_in());
  bool const looked_at = now >= card.missed_at + sign_in_delay(card.misses);
  bool const right = is_right(card, code_tag, user, now) && looked_at;
  if (right) {
    mark_used(card, user, now);
  } else if (looked_at) {
    ++card.misses;
    card.missed_at = now;
  }
  transaction.put_card(card);
  SignInAttempt attempt;
  if (!right) return attempt;
  auto session = let_in(context, transaction, card.record);
  if (!session) return session.error();
  attempt.session_ = std::move(*session);
  return attempt;
}

base::result<SignedIn> complete_sign_in(SignInAttempt const& attempt, ports::Commit const&) {
  if (attempt.session_) return *attempt.session_;
  return fail(
      errc::unauthenticated,
      "This card number and activation code do not let you in. Check both and wait half a minute before you try "
      "again. A code is good once: if yours was used, ask the office for a new one.");
}

base::result<std::vector<MadeActivationCode>> make_activation_codes(Context const& context,
                                                                    ports::Transaction& transaction,
                                                                    ports::RecordId after, std::size_t limit) {
  std::vector<MadeActivationCode> all;
  for (ports::CardRow const& card : transaction.cards_to_issue(after, limit)) {
    auto made = make_for(context, transaction, card);
    if (!made) return made.error();
    all.push_back(std::move(*made));
  }
  return all;
}

base::result<MadeActivationCode> make_activation_code(Context const& context, ports::Transaction& transaction,
                                                      CardNumber const& card) {
  auto const known = transaction.card(context.sealer.card_tag(card));
  if (!known) return fail(errc::not_found, "There is no card of this number. Compare it with the card.", "card");
  return make_for(context, transaction, *known);
}

base::result<base::Personal<Letter>> letter_of(Context const& context, MadeActivationCode const& made,
                                               ports::Commit const& commit) {
  auto const grant = ports::Grant::for_access(commit, made.row.id);
  if (!grant) return grant.error();
  auto const state = open_state(context, made.row, made.key, *grant);
  if (!state) return state.error();
  RecordState const& opened = state->reveal(Disclosure::to_print);
  if (!opened.identity || !opened.card)
    return fail(errc::corrupted, "A record with a card has no name or number. Tell the operator to run abode doctor.");
  return base::Personal<Letter>{
      {*opened.card, in_groups_of_four(made.code.reveal(Disclosure::to_print)), opened.identity->names}};
}

void mark_issued(ports::Transaction& transaction, std::span<base::Hash const> card_tags) {
  for (base::Hash const& card_tag : card_tags) {
    auto card = transaction.card(card_tag);
    if (!card) continue;
    card->issued = true;
    transaction.put_card(*card);
  }
}

}  // namespace abode::service
