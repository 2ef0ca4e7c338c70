// Somebody who lost their card's code comes to the counter with the card. An official looks at their document and has a
// new activation code made for the card's number. Nothing of the record is read or shown, and whether there is a card
// of this number is not to be seen: an unknown one gets a code that lets nobody in (G11).
#pragma once

#include <optional>
#include <string>

#include "service/journal.hpp"
#include "service/request_key.hpp"
#include "service/sign_in.hpp"

namespace abode::service {

/// So many people one official identifies in identification_window. It bounds what somebody in their seat can do.
constexpr std::uint64_t max_identifications = 50;
constexpr std::chrono::hours identification_window{24};

struct IdentificationRequest {
  CardNumber card;
  std::string reference;  ///< the official's own file number: the holder will see it
};

/// errc::invalid, naming the field. What it says depends on the request alone. The number is typed twice, because
/// nothing tells a wrong one from a right one.
base::result<IdentificationRequest> check_identification_request(std::string_view card, std::string_view card_again,
                                                                 std::string reference);

/// What is handed to the person.
struct NewActivationCode {
  SignInCode code;       ///< 12 characters
  base::Time good_from;  ///< at the earliest: later while the record is frozen
};

/// A new code in place of any before, good after credential_hold, until which its holder, or the freeze code, takes it
/// back: an entry in the record, or in the office's book if there is no such card, and a notice. It takes
/// StaffAct::identify_in_person and a fresh sign-in (errc::stale_sign_in). errc::conflict if this very request made a
/// code before, which is shown once, and over max_identifications; errc::key_reused.
base::result<NewActivationCode> identify_in_person(Context const& context, ports::Transaction& transaction,
                                                   ports::OfficialSession const& session,
                                                   IdentificationRequest const& request,
                                                   std::optional<RequestKey> const& key);

}  // namespace abode::service
