// What passkeys sign, whoever they are of: challenges that show by themselves what they were made for, and what is
// noted of one that was answered.
#pragma once

#include "service/context.hpp"
#include "service/internal/passkey_notes.hpp"
#include "webauthn/webauthn.hpp"

namespace abode::service::internal {

/// Bound into the challenge: one made for a person is none for an official, and the reverse.
enum class ChallengeFor : std::uint8_t { make = 1, sign_in = 2, staff_make = 3, staff_sign_in = 4 };

/// Fresh; nothing is kept of it. `session` is zero for whoever has none.
base::Hash make_challenge(Context const& context, ChallengeFor purpose, base::Hash const& session);

/// False for a challenge that is not ours, for another purpose or session, or older than passkey_challenge_life.
bool is_ours(Context const& context, ChallengeFor purpose, base::Hash const& session, base::ByteView challenge);

/// A key that nobody has: what a passkey that is not there is checked against, so that a look-up takes as long.
webauthn::PublicKey stand_in_key();

/// Notes a use: the challenge, which is ours, as answered, how often the device has signed, and the month. `refusal` if
/// it was answered before, or if the device counted back: then somebody has a copy of it (WebAuthn section 7.2, step
/// 22). errc::busy after max_answered_challenges.
base::result<void> note_use(PasskeyNotes& notes, base::ByteView challenge, std::uint32_t sign_count, base::Time now,
                            base::Error const& refusal);

}  // namespace abode::service::internal
