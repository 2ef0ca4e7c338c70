#include "service/record.hpp"

namespace abode::service {

using base::errc;
using base::fail;

base::result<base::Personal<RecordState>> open_state(Context const& context, ports::RecordRow const& row,
                                                     ports::WrappedKey const& key, ports::Grant const& grant) {
  auto const plaintext = context.sealer.open(grant, ports::Sealed::state, row.version, key, row.sealed_state);
  if (!plaintext) return plaintext.error();
  auto state = decode_state(*plaintext);
  if (!state) return state.error();
  return base::Personal{std::move(*state)};
}

base::result<void> check_stays(ports::RecordRow const& row) {
  if (!row.erasure_due) return {};
  return fail(errc::conflict, "You asked for your record to be erased. To change anything, take that back first.");
}

base::result<OpenRecord> open_record(Context const& context, ports::Snapshot& snapshot, ports::Grant const& grant) {
  auto row = snapshot.record(grant.record());
  auto key = snapshot.key(grant.record());
  if (!row || !key)
    return fail(errc::corrupted, "This record or its key is missing. Tell the operator to run abode doctor.");
  auto state = open_state(context, *row, *key, grant);
  if (!state) return state.error();
  return OpenRecord{std::move(*row), std::move(*key), std::move(*state)};
}

void seal_state(Context const& context, ports::RecordRow& row, ports::WrappedKey const& key, RecordState const& state) {
  ++row.version;
  row.state_tag = state_tag(state);
  row.sealed_state = context.sealer.seal(ports::Sealed::state, row.id, row.version, key, encode_state(state));
}

}  // namespace abode::service
