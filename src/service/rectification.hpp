// Requests for a correction of what a holder cannot change themselves. Whoever may decide on them does not exist yet
// (that needs a case with a human decision): a request is dated, sealed and shown to its holder, and changes nothing.
#pragma once

#include <optional>

#include "service/journal.hpp"
#include "service/record.hpp"
#include "service/request_key.hpp"

namespace abode::service {

constexpr std::size_t max_rectification_text_bytes = 400;  ///< of each text: about 100 characters in any script

/// The fields that can be asked for: what a holder can correct by themselves is not among them.
constexpr rules::FieldSet rectifiable_fields{rules::Field::family_name, rules::Field::given_names,
                                             rules::Field::birth_date};

struct RectificationWish {
  rules::Field field;
  std::string wanted;
  std::string reason;
};

/// errc::invalid, naming the member at fault. Texts are cleaned already.
base::result<void> check_rectification(RectificationWish const& wish);

struct FiledRectification {
  Receipt receipt;
  std::optional<RectificationRequest> request;  ///< as it stands; none once it is withdrawn
};

/// Files a request. errc::invalid, conflict (five are open, or the record is to be erased), key_reused.
base::result<FiledRectification> request_rectification(Context const& context, ports::Transaction& transaction,
                                                       ports::HolderSession const& session,
                                                       RectificationWish const& wish,
                                                       std::optional<RequestKey> const& request);

/// Takes the request back that entry `entry` made. errc::not_found, key_reused.
base::result<FiledRectification> withdraw_rectification(Context const& context, ports::Transaction& transaction,
                                                        ports::HolderSession const& session, std::uint64_t entry,
                                                        std::optional<RequestKey> const& request);

}  // namespace abode::service
