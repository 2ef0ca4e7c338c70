#include "service/internal/challenges.hpp"

#include <algorithm>

#include "service/passkeys.hpp"

namespace abode::service::internal {
namespace {

using base::errc;
using base::fail;

// A challenge shows by itself that it was made here, when, and for what: eight bytes of time, eight random ones, and a
// keyed hash of both, of the purpose and of the session if there is one.
constexpr std::size_t challenge_time_bytes = 8;
constexpr std::size_t challenge_random_bytes = 8;
constexpr std::size_t challenge_body_bytes = challenge_time_bytes + challenge_random_bytes;

base::Hash seal_challenge(Context const& context, ChallengeFor purpose, base::Hash const& session,
                          base::ByteView body) {
  base::Bytes bound{static_cast<std::uint8_t>(purpose)};
  base::append(bound, session);
  base::append(bound, body);
  base::Hash const tag = context.sealer.challenge_tag(bound);
  base::Hash challenge{};
  std::ranges::copy(body, challenge.begin());
  std::copy_n(tag.begin(), challenge.size() - body.size(), challenge.begin() + challenge_body_bytes);
  return challenge;
}

base::Time time_in(base::ByteView challenge) {
  std::uint64_t const seconds = base::read_be(challenge.first(challenge_time_bytes));
  return base::Time{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

/// Marks the challenge as answered; the others that are remembered are those that could still come again.
base::result<void> use_up(PasskeyNotes& notes, base::ByteView challenge, base::Time now, base::Error const& refusal) {
  AnsweredChallenge const one{time_in(challenge),
                              base::to_bytes(challenge.subspan(challenge_time_bytes, challenge_random_bytes))};
  if (now >= one.made_at + passkey_challenge_life) return refusal;  // checked a moment too early
  std::erase_if(notes.answered, [now](auto const& old) { return now >= old.made_at + passkey_challenge_life; });
  if (std::ranges::find(notes.answered, one) != notes.answered.end()) return refusal;
  if (notes.answered.size() >= max_answered_challenges)
    return fail(errc::busy, "This passkey signed in very often just now. Wait five minutes.");
  notes.answered.push_back(one);
  return {};
}

}  // namespace

base::Hash make_challenge(Context const& context, ChallengeFor purpose, base::Hash const& session) {
  base::Bytes body;
  base::append_be(body, static_cast<std::uint64_t>(context.clock.now().time_since_epoch().count()));
  base::append(body, context.random.bytes<challenge_random_bytes>());
  return seal_challenge(context, purpose, session, body);
}

bool is_ours(Context const& context, ChallengeFor purpose, base::Hash const& session, base::ByteView challenge) {
  if (challenge.size() != base::Hash{}.size()) return false;
  auto const ours = seal_challenge(context, purpose, session, challenge.first(challenge_body_bytes));
  if (!base::equal_constant_time(ours, challenge)) return false;
  base::Time const made = time_in(challenge);
  base::Time const now = context.clock.now();
  return made <= now && now < made + passkey_challenge_life;
}

/// The base point of the curve (SEC 2 section 2.4.2), whose signatures nobody sends by chance.
webauthn::PublicKey stand_in_key() {
  static constexpr std::array<std::uint8_t, 64> base_point{
      0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
      0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
      0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
      0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5};
  return {webauthn::Algorithm::es256, base::to_bytes(base_point)};
}

base::result<void> note_use(PasskeyNotes& notes, base::ByteView challenge, std::uint32_t sign_count, base::Time now,
                            base::Error const& refusal) {
  if (auto const used = use_up(notes, challenge, now, refusal); !used) return used.error();
  bool const counts = notes.sign_count != 0 || sign_count != 0;
  if (counts && sign_count <= notes.sign_count) return refusal;
  notes.sign_count = sign_count;
  notes.last_used = base::format_date(base::day_of(now)).substr(0, std::string_view{"2026-11"}.size());
  return {};
}

}  // namespace abode::service::internal
