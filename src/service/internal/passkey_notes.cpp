#include "service/internal/passkey_notes.hpp"

#include <limits>

#include "codec/cbor.hpp"

namespace abode::service::internal {
namespace {

constexpr std::uint64_t members = 5;
constexpr std::uint64_t max_answered = 1000;

}  // namespace

base::Bytes encode_notes(PasskeyNotes const& notes) {
  codec::CborWriter out;
  out.array(members).text(notes.name).bytes(notes.credential_id).unsigned_int(notes.sign_count);
  if (notes.last_used)
    out.text(*notes.last_used);
  else
    out.null();
  out.array(notes.answered.size());
  for (AnsweredChallenge const& one : notes.answered)
    out.array(2).signed_int(one.made_at.time_since_epoch().count()).bytes(one.random);
  return std::move(out).take();
}

base::result<PasskeyNotes> decode_notes(base::ByteView encoded) {
  codec::CborReader in{encoded};
  if (in.array(members) != members) in.fail();
  PasskeyNotes notes{in.text(), in.bytes(), 0, {}, {}};
  std::uint64_t const count = in.unsigned_int();
  if (count > std::numeric_limits<std::uint32_t>::max()) in.fail();
  notes.sign_count = static_cast<std::uint32_t>(count);
  if (!in.null()) notes.last_used = in.text();
  std::uint64_t const answered = in.array(max_answered);
  for (std::uint64_t i = 0; i < answered && !in.failed(); ++i) {
    if (in.array(2) != 2) in.fail();
    base::Time const made_at{std::chrono::seconds{in.signed_int()}};
    notes.answered.push_back({made_at, in.bytes()});
  }
  if (auto const done = in.finish(); !done) return done.error();
  return notes;
}

}  // namespace abode::service::internal
