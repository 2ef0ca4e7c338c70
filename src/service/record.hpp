// A record as the register knows it once it is opened, and as it is sealed.
#pragma once

#include <optional>

#include "base/secret.hpp"
#include "identity/documents.hpp"
#include "identity/names.hpp"
#include "ports/grant.hpp"
#include "rules/purposes.hpp"
#include "rules/residence.hpp"
#include "service/context.hpp"

namespace abode::service {

/// Who a person is. No nationality, no issuing state: the register stores neither (G9).
struct Identity {
  identity::Names names;
  std::optional<base::Date> birth_date;  ///< some documents do not know it
  identity::Document document;
  bool operator==(Identity const&) const = default;
};

/// What a holder wants corrected of what they cannot change themselves. It stays until they withdraw it: nothing
/// follows from it by itself.
struct RectificationRequest {
  std::uint64_t entry;  ///< that tells of it: its name among the holder's requests
  rules::Field field;   ///< family_name, given_names or birth_date
  std::string wanted;   ///< what should stand there; of a date YYYY-MM-DD
  std::string reason;
  base::Time filed_at;
  bool operator==(RectificationRequest const&) const = default;
};
constexpr std::size_t max_rectification_requests = 5;  ///< of one holder at a time

/// All that is known of a person; of an office's book, nothing.
struct RecordState {
  base::Hash tag_key{};  ///< random, for life: keys the state tag, so that the tag tells nothing
  std::optional<Identity> identity;
  rules::Residence residence;
  std::optional<std::string> card = {};  ///< number of the identity card, canonical (parse_card_number)
  std::vector<RectificationRequest> rectifications = {};  ///< in the order of filing
  bool operator==(RecordState const&) const = default;
};

/// Deterministic CBOR of all but the tag key: what the state tag covers.
base::Bytes encode_facts(RecordState const& state);
/// log::state_tag of the facts under the tag key. Journal entries bind it (log::state_mac).
base::Hash state_tag(RecordState const& state);

/// Deterministic CBOR, as it stands in a state.
base::Bytes encode_address(rules::Address const& address);

base::Bytes encode_state(RecordState const& state);
/// errc::corrupted for anything encode_state does not write.
base::result<RecordState> decode_state(base::ByteView encoded);

/// A record in work: its row, its key and its opened state.
struct OpenRecord {
  ports::RecordRow row;
  ports::WrappedKey key;
  base::Personal<RecordState> state;
};

/// errc::conflict once the holder has asked for the record to be erased: until they take that back, nothing new comes
/// in that would have to be kept or be acknowledged first.
base::result<void> check_stays(ports::RecordRow const& row);

/// errc::corrupted if the seal does not open.
base::result<OpenRecord> open_record(Context const& context, ports::Snapshot& snapshot, ports::Grant const& grant);

/// Opens a state whose row and key were read before.
base::result<base::Personal<RecordState>> open_state(Context const& context, ports::RecordRow const& row,
                                                     ports::WrappedKey const& key, ports::Grant const& grant);

/// Seals `state` into `row` as its next version, with its tag. The caller writes the row.
void seal_state(Context const& context, ports::RecordRow& row, ports::WrappedKey const& key, RecordState const& state);

}  // namespace abode::service
