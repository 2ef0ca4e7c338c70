#include "service/identification.hpp"

#include <algorithm>

#include "service/internal/officials.hpp"
#include "service/internal/sheets.hpp"
#include "service/mailing.hpp"
#include "service/roles.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using base::result;
using ports::OfficialRow;

result<void> count_identification(OfficialRow& official, base::Time now) {
  if (now >= official.identified_since + identification_window) {
    official.identifications = 0;
    official.identified_since = now;
  }
  if (official.identifications >= max_identifications)
    return fail(
        errc::conflict,
        "You have identified as many people as one official does in a day. Ask a colleague, or go on tomorrow.");
  ++official.identifications;
  return {};
}

/// The entry and its notice, in `target`.
result<Receipt> note(Context const& context, ports::Transaction& transaction, OfficialRow const& official,
                     ports::RecordId target, std::string const& reference) {
  Draft const draft{official.id.value(), official.office, {}, reference, operation::identify, {}};
  auto const receipt = internal::append_officials_entry(context, transaction, target, draft);
  if (!receipt) return receipt;
  add_notice(context, transaction, {target, receipt->entry, false, receipt->filed_at});
  return receipt;
}

}  // namespace

result<IdentificationRequest> check_identification_request(std::string_view card, std::string_view card_again,
                                                           std::string reference) {
  auto number = parse_card_number(card);
  if (!number) return number.error();
  auto const again = parse_card_number(card_again);
  if (!again || again->reveal(base::Disclosure::to_digest) != number->reveal(base::Disclosure::to_digest))
    return fail(errc::invalid, "The two numbers differ. Compare both with the card.", "card_again");
  if (reference.empty())
    return fail(errc::invalid, "Give the number of your file: the person will see it.", "reference");
  if (reference.size() > log::max_reference_size_bytes)
    return fail(errc::invalid, "The reference is too long: 64 bytes at most.", "reference");
  return IdentificationRequest{std::move(*number), std::move(reference)};
}

result<NewActivationCode> identify_in_person(Context const& context, ports::Transaction& transaction,
                                             ports::OfficialSession const& session,
                                             IdentificationRequest const& request,
                                             std::optional<RequestKey> const& key) {
  OfficialRow official = session.official();
  if (auto const may = require_role(official, rules::StaffAct::identify_in_person); !may) return may.error();
  if (auto const fresh = require_fresh(context, session.row().begun_at); !fresh) return fresh.error();
  if (key) {
    auto const repeat = find_repeat(official.requests, *key);
    if (!repeat) return repeat.error();
    if (*repeat)
      return fail(errc::conflict, "This code was made, and is shown once. If you do not have it, begin anew.");
  }
  base::Time const now = context.clock.now();
  if (auto const counted = count_identification(official, now); !counted) return counted.error();

  auto const known = transaction.card(context.sealer.card_tag(request.card));
  ports::CardRow card = known.value_or(internal::stand_in_card());
  auto const sheets = transaction.printed_codes(card.record);
  auto const receipt =
      note(context, transaction, official, known ? card.record : official.office_record, request.reference);
  if (!receipt) return receipt.error();
  NewActivationCode made{draw_sign_in_code(context.random), now + credential_hold};
  internal::give_code(card, context.sealer.activation_code_tag(card.card_tag, made.code),
                      std::max(made.good_from, internal::frozen_until(sheets, now).value_or(now)));
  card.issued = true;
  transaction.put_card(card);
  if (key) remember(official.requests, max_requests_of_official, *key, receipt->entry, receipt->filed_at);
  transaction.put_official(official);
  return made;
}

}  // namespace abode::service
