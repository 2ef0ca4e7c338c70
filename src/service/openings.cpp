#include "service/openings.hpp"

#include <algorithm>

#include "service/internal/one_time_codes.hpp"
#include "service/mailing.hpp"
#include "service/opening_counts.hpp"
#include "service/roles.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;

bool is_blocked(ports::OfficialRow const& official, base::Time now) {
  return official.misses >= rules::max_opening_misses && now < official.misses_since + rules::opening_miss_window;
}

void count_miss(ports::OfficialRow& official, base::Time now) {
  if (now >= official.misses_since + rules::opening_miss_window) {
    official.misses = 0;
    official.misses_since = now;
  }
  ++official.misses;
}

}  // namespace

base::result<OpeningRequest> check_opening_request(rules::Profile const& profile, std::string_view code,
                                                   std::string_view purpose, std::string reference,
                                                   rules::FieldSet fields) {
  auto parsed = parse_opening_code(code);
  if (!parsed) return parsed.error();
  rules::Purpose const* const known = rules::purpose_named(purpose);
  if (known == nullptr || profile.fields_for(purpose).empty())
    return fail(errc::invalid, "There is no such purpose. Choose one from the list.", "purpose");
  if (reference.empty())
    return fail(errc::invalid, "Give the number of your file: the person will see it.", "reference");
  if (reference.size() > log::max_reference_size_bytes)
    return fail(errc::invalid, "The reference is too long: 64 bytes at most.", "reference");
  if (fields.empty()) return fail(errc::invalid, "Say which fields you need, at least one.", "fields");
  return OpeningRequest{std::move(*parsed), known, std::move(reference), fields};
}

base::result<OpeningAttempt> attempt_opening(Context const& context, ports::Transaction& transaction,
                                             ports::OfficialSession const& session, OpeningRequest const& request,
                                             std::optional<RequestKey> const& key) {
  if (auto const may = require_role(session.official(), rules::StaffAct::open_record); !may) return may.error();
  ports::OfficialRow official = session.official();
  bool known_key = false;
  if (key) {
    auto const repeat = find_repeat(official.requests, *key);
    if (!repeat) return repeat.error();
    known_key = repeat->has_value();
  }
  auto code = transaction.opening_code(context.sealer.opening_code_tag(request.code));
  if (code && code->invitation) code.reset();
  // A blocked official's attempts stay in the office's book: nobody's record can be flooded from a counter.
  bool const blocked = is_blocked(official, context.clock.now());
  ports::RecordId const target = code && !blocked ? code->record : official.office_record;
  auto row = transaction.record(target);
  auto wrapped = transaction.key(target);
  if (!row || !wrapped)
    return fail(errc::corrupted, "A record or its key is missing. Tell the operator to run abode doctor.");

  base::Time const at = filing_time(context, *row);
  rules::FieldSet const wanted = request.fields & context.profile().fields_for(request.purpose->name);
  rules::FieldSet const granted = code ? wanted & rules::FieldSet::from_bits(code->fields) : rules::FieldSet{};
  base::Hash const user = internal::user_tag(context, key);
  bool const hit = code && !blocked && !granted.empty() && internal::is_usable(*code, at, user);

  Draft const draft{official.id.value(),
                    official.office,
                    std::string{request.purpose->name},
                    request.reference,
                    hit ? operation::opening : operation::opening_refused,
                    hit ? granted : request.fields};
  OpeningAttempt attempt;
  attempt.row_ = *row;
  auto const receipt = append_entry(context, transaction, *row, *wrapped, draft, row->state_tag, at, EntryKind::access);
  if (!receipt) return receipt.error();
  transaction.update_record(*row);
  add_notice(context, transaction, {target, receipt->entry, false, at});
  if (key && !known_key) remember(official.requests, max_requests_of_official, *key, receipt->entry, at);
  bool const first_use = hit && !code->used_by;
  if (hit) {
    internal::mark_used(*code, at, user);
    transaction.update_opening_code(*code);
  } else {
    count_miss(official, at);
  }
  transaction.put_official(official);
  count_opening(context, transaction, official.office, request.purpose->name, first_use);
  attempt.hit_ = hit;
  attempt.key_ = std::move(*wrapped);
  attempt.granted_ = granted;
  if (code) attempt.made_by_ = code->made_by;
  attempt.at_ = at;
  return attempt;
}

base::result<OpenedFields> complete_opening(Context const& context, OpeningAttempt const& attempt,
                                            ports::Commit const& commit) {
  if (!attempt.hit_)
    return fail(errc::opening_refused,
                "This code does not open anything for this purpose. Ask the person to check it, or to make a new one.");
  auto const grant = ports::Grant::for_access(commit, attempt.row_.id);
  if (!grant) return grant.error();
  auto state = open_state(context, attempt.row_, attempt.key_, *grant);
  if (!state) return state.error();
  if (attempt.made_by_)
    std::erase_if(state->reveal(base::Disclosure::to_rules).residence.registrations,
                  [&](rules::Registration const& registration) { return registration.filed_by != attempt.made_by_; });
  return OpenedFields{attempt.granted_, attempt.at_, std::move(*state)};
}

}  // namespace abode::service
