// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint and tlog-cosignature): how the log puts its name
// under a root, how witnesses put theirs beside it, and how anyone checks both. Signing itself needs the private key
// and happens elsewhere: sign the text, or cosignature_message(), then add signature_line().
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::log {

inline constexpr std::size_t max_note_size_bytes = 1'000'000;
inline constexpr std::size_t max_note_signatures = 64;  ///< signed-note asks for at least 16

/// The first four bytes of SHA-256(name || 0x0A || type || public key).
using KeyId = std::array<std::uint8_t, 4>;

/// Signature types by the byte that signed-note assigns to them.
enum class SignatureType : std::uint8_t {
  ed25519 = 0x01,         ///< RFC 8032 over the note text: what a log signs
  cosignature_v1 = 0x04,  ///< RFC 8032 over cosignature_message(), with its time: what a witness signs
};

/// The public half of a key that signs notes.
class VerifierKey {
 public:
  /// errc::invalid if the name is empty or holds a space, a plus sign or a control character, or if the key has not the
  /// length of its type.
  static base::result<VerifierKey> create(std::string name, SignatureType type, base::ByteView public_key);
  /// The line form, `name+hex(key id)+base64(type || public key)`. errc::unsupported for a type not served,
  /// errc::malformed for anything else that format() would not write.
  static base::result<VerifierKey> parse(std::string_view line);
  std::string format() const;

  std::string const& name() const { return name_; }
  KeyId const& id() const { return id_; }
  SignatureType type() const { return type_; }
  base::Bytes const& public_key() const { return public_key_; }
  bool operator==(VerifierKey const&) const = default;

 private:
  VerifierKey(std::string name, SignatureType type, base::Bytes public_key);

  std::string name_;
  SignatureType type_;
  base::Bytes public_key_;
  KeyId id_;
};

/// One line under a note.
struct NoteSignature {
  std::string name;
  KeyId key_id{};
  base::Bytes signature;
  bool operator==(NoteSignature const&) const = default;
};

struct SignedNote {
  std::string text;  ///< ends in a newline
  std::vector<NoteSignature> signatures;
  bool operator==(SignedNote const&) const = default;
};

/// "— name base64(key id || signature)\n".
std::string signature_line(VerifierKey const& key, base::ByteView signature);

/// The bytes that a witness signs at `time` for a checkpoint of this text (tlog-cosignature, "Ed25519 signed message"):
/// that this is the largest tree of this log that it has seen, and that it grew out of all that it saw before.
base::Bytes cosignature_message(base::Time time, std::string_view text);
/// The signature of a note line of type cosignature_v1: the time, big-endian in 8 bytes, and the 64 bytes of Ed25519.
base::Bytes cosignature(base::Time time, base::ByteView ed25519_signature);

std::string format_note(SignedNote const& note);
/// Takes exactly what format_note writes; errc::too_large over the limits, errc::malformed otherwise.
base::result<SignedNote> parse_note(std::string_view note);

/// The time in a signature of type cosignature_v1, once it is verified.
base::Time time_of_cosignature(NoteSignature const& signature);

/// The keys among `trusted` that signed the note, each once, in the order of the signatures. Signatures of other keys
/// are ignored; a trusted key with a bad signature condemns the whole note. errc::invalid, with field "signature" (bad)
/// or "key" (no trusted key signed).
base::result<std::vector<VerifierKey>> verify_note(SignedNote const& note, std::span<VerifierKey const> trusted);

/// Logs of test mode have a name that begins so, which marks everything they sign.
inline constexpr std::string_view test_origin_prefix = "test-mode.";
inline bool is_test_origin(std::string_view origin) {
  return origin.starts_with(test_origin_prefix);
}

/// What the log signs: its name, how many leaves it has, and their root.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  base::Hash root{};
  std::vector<std::string> extensions = {};  ///< further lines, not empty
  bool operator==(Checkpoint const&) const = default;
};

/// The note text. Origin and extensions must be single lines that are not empty.
std::string format_checkpoint(Checkpoint const& checkpoint);
/// Takes exactly what format_checkpoint writes; errc::malformed otherwise.
base::result<Checkpoint> parse_checkpoint(std::string_view text);

/// The checkpoint in a note signed by `log_key`, whose name must be the checkpoint's origin. Fails as verify_note and
/// parse_checkpoint do, or with errc::invalid, field "origin".
base::result<Checkpoint> verify_checkpoint(SignedNote const& note, VerifierKey const& log_key);

}  // namespace abode::log
