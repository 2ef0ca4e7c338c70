// What a wallet answers, once it is opened: a proof that was shown, or that it shows none.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/error.hpp"
#include "codec/json.hpp"

namespace abode::openid4vp {

/// The presentation of a proof, as its holder signed it. Not yet checked.
struct Presentation {
  std::string text;
};

/// Why a wallet shows nothing (section 8.5). What it says beyond the code is not kept.
enum class Decline : std::uint8_t {
  access_denied,   ///< its holder said no, or it has no such proof
  not_understood,  ///< it says that the request is wrong, or that it does not know the form
  unavailable
};
/// For people: what it means, and what to do.
std::string_view words_for(Decline decline);
/// "access-denied".
std::string_view name_of(Decline decline);
/// By the `error` of the specification; an unknown one is not_understood.
Decline decline_of(std::string_view error);

using Answer = std::variant<Presentation, Decline>;

/// `text` is what was encrypted: a JSON object with `state`, which has to be that of the request, and `vp_token` or
/// `error` (sections 8.1 and 8.5). Other members are ignored, as the specification wants. errc::malformed: no such
/// object, more or fewer presentations than one, or one for another question. errc::forbidden: of another request.
base::result<Answer> read_answer(std::string_view text, std::string_view state);

}  // namespace abode::openid4vp
