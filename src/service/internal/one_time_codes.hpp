// What the one-time codes of a holder have in common: those for an official, and the invitations.
#pragma once

#include <optional>
#include <string>

#include "service/journal.hpp"
#include "service/opening_codes.hpp"
#include "service/request_key.hpp"

namespace abode::service::internal {

/// How long the very request that used a code may come again, because its answer was lost on the way.
constexpr std::chrono::minutes repeat_window{15};

CodeState state_of(ports::OpeningCodeRow const& row, base::Time now);

/// A holder's code by the entry of its making.
std::optional<ports::OpeningCodeRow> find_code(ports::Snapshot& snapshot, ports::RecordId record, std::uint64_t entry,
                                               bool invitation);

struct RecordAndKey {
  ports::RecordRow row;
  ports::WrappedKey key;
  std::optional<base::Date> birth_date = {};  ///< of a guardian's child
};
/// errc::corrupted if one of the two is missing.
base::result<RecordAndKey> load(ports::Snapshot& snapshot, ports::RecordId id);
/// The same for an actor; a guardian's record is opened for it, because only that tells whether it may be.
base::result<RecordAndKey> load(Context const& context, ports::Snapshot& snapshot, Actor const& actor);

/// The entry of an act on codes, or of another that leaves the state as it is; a guardian's with a notice. Writes the
/// record's row.
base::result<Receipt> append_code_entry(Context const& context, ports::Transaction& transaction, RecordAndKey& record,
                                        Actor const& actor, char const* operation, std::string reference,
                                        rules::FieldSet fields, base::Time at,
                                        std::optional<RequestKey> const& request);

/// Marks the request that uses a code: who, key and body. A request without key is marked by something that no later
/// request can equal.
base::Hash user_tag(Context const& context, std::optional<RequestKey> const& key);
bool is_usable(ports::OpeningCodeRow const& code, base::Time now, base::Hash const& user);
void mark_used(ports::OpeningCodeRow& code, base::Time now, base::Hash const& user);

}  // namespace abode::service::internal
