#include "log/note.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "log/internal/text.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::result;

/// No later time is in a cosignature: the year 9999, far below the 2^63 - 1 of tlog-cosignature, so that every time is
/// one that can be written down.
constexpr std::uint64_t max_cosignature_seconds = 253'402'300'799;

constexpr std::string_view signature_start = "\u2014 ";

/// What the notes need to know of a signature type. A new type is a new line in the table below.
struct Algorithm {
  SignatureType type;
  std::size_t key_size_bytes;
  bool (*verify)(base::ByteView public_key, std::string_view text, base::ByteView signature);
};

bool verify_text(base::ByteView public_key, std::string_view text, base::ByteView signature) {
  return digest::verify_ed25519(public_key, base::as_bytes(text), signature);
}

constexpr std::size_t time_size_bytes = 8;

std::uint64_t seconds_in(base::ByteView cosignature) {
  return base::read_be(cosignature.first(time_size_bytes));
}

bool verify_cosignature(base::ByteView public_key, std::string_view text, base::ByteView signature) {
  if (signature.size() <= time_size_bytes) return false;
  std::uint64_t const seconds = seconds_in(signature);
  if (seconds > max_cosignature_seconds) return false;
  base::Time const time{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
  return digest::verify_ed25519(public_key, cosignature_message(time, text), signature.subspan(time_size_bytes));
}

constexpr Algorithm algorithms[] = {
    {SignatureType::ed25519, 32, verify_text},
    {SignatureType::cosignature_v1, 32, verify_cosignature},
};

Algorithm const* find_algorithm(std::uint8_t type) {
  for (Algorithm const& algorithm : algorithms)
    if (static_cast<std::uint8_t>(algorithm.type) == type) return &algorithm;
  return nullptr;
}

Algorithm const& algorithm_of(SignatureType type) {
  Algorithm const* const algorithm = find_algorithm(static_cast<std::uint8_t>(type));
  base::ensure(algorithm != nullptr, "a signature type that is not in the table");
  return *algorithm;
}

bool is_unicode_space(char32_t c) {
  return c == 0x20 || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_key_name(std::string_view name) {
  return !name.empty() &&
         internal::is_text_of(name, [](char32_t c) { return c >= 0x20 && c != U'+' && !is_unicode_space(c); });
}

bool is_single_line(std::string_view text) {
  return !text.empty() && text.find('\n') == std::string_view::npos;
}

base::Bytes typed_key(SignatureType type, base::ByteView public_key) {
  base::Bytes out{static_cast<std::uint8_t>(type)};
  base::append(out, public_key);
  return out;
}

KeyId key_id_of(std::string_view name, SignatureType type, base::ByteView public_key) {
  base::Hash const hash = digest::sha256({base::as_bytes(name), base::as_bytes("\n"), typed_key(type, public_key)});
  KeyId id;
  std::copy_n(hash.begin(), id.size(), id.begin());
  return id;
}

std::string format_signature(std::string_view name, KeyId const& id, base::ByteView signature) {
  base::Bytes bytes = base::to_bytes(id);
  base::append(bytes, signature);
  return std::string{signature_start} + std::string{name} + " " + codec::to_base64(bytes) + "\n";
}

base::Error malformed_note(char const* what) {
  return base::fail(errc::malformed, std::string{"This is not a signed note: "} + what + ". Copy it again, whole.");
}

result<NoteSignature> parse_signature(std::string_view line) {
  auto const malformed = malformed_note("a signature line is not of the form that it must have");
  if (!line.starts_with(signature_start)) return malformed;
  line.remove_prefix(signature_start.size());
  std::size_t const space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return malformed;
  auto const bytes = codec::from_base64(line.substr(space + 1));
  NoteSignature out;
  if (!bytes || bytes->size() <= out.key_id.size()) return malformed;
  out.name = line.substr(0, space);
  std::copy_n(bytes->begin(), out.key_id.size(), out.key_id.begin());
  out.signature = base::to_bytes(base::ByteView{*bytes}.subspan(out.key_id.size()));
  return out;
}

base::Error malformed_checkpoint(char const* what) {
  return base::fail(errc::malformed, std::string{"This is not a checkpoint: "} + what + ". Copy it again, whole.");
}

}  // namespace

VerifierKey::VerifierKey(std::string name, SignatureType type, base::Bytes public_key)
    : name_(std::move(name)),
      type_(type),
      public_key_(std::move(public_key)),
      id_(key_id_of(name_, type_, public_key_)) {}

result<VerifierKey> VerifierKey::create(std::string name, SignatureType type, base::ByteView public_key) {
  if (!is_key_name(name))
    return base::fail(errc::invalid, "A key needs a name without spaces and plus signs, such as example.org/log.",
                      "name");
  if (public_key.size() != algorithm_of(type).key_size_bytes)
    return base::fail(errc::invalid, "The public key has the wrong length for its type.", "public_key");
  return VerifierKey{std::move(name), type, base::to_bytes(public_key)};
}

result<VerifierKey> VerifierKey::parse(std::string_view line) {
  auto const malformed = base::fail(errc::malformed, "This is not a verifier key. Copy the line again, whole.");
  std::size_t const first = line.find('+');
  std::size_t const second = first == std::string_view::npos ? first : line.find('+', first + 1);
  if (second == std::string_view::npos) return malformed;
  auto const key = codec::from_base64(line.substr(second + 1));
  if (!key || key->empty()) return malformed;
  Algorithm const* const algorithm = find_algorithm(key->front());
  if (algorithm == nullptr)
    return base::fail(
        errc::unsupported,
        "This verifier key is of a type that is not served. A log's is of type 01, a witness's of type 04.");
  auto const out = create(std::string{line.substr(0, first)}, algorithm->type, base::ByteView{*key}.subspan(1));
  // Comparing the whole line holds the key id against the key, and leaves one way of writing it.
  if (!out || out->format() != line) return malformed;
  return out;
}

std::string VerifierKey::format() const {
  return name_ + "+" + codec::to_hex(id_) + "+" + codec::to_base64(typed_key(type_, public_key_));
}

std::string signature_line(VerifierKey const& key, base::ByteView signature) {
  return format_signature(key.name(), key.id(), signature);
}

base::Bytes cosignature_message(base::Time time, std::string_view text) {
  std::string const head = "cosignature/v1\ntime " + std::to_string(time.time_since_epoch().count()) + "\n";
  base::Bytes out = base::to_bytes(base::as_bytes(head));
  base::append(out, base::as_bytes(text));
  return out;
}

base::Bytes cosignature(base::Time time, base::ByteView ed25519_signature) {
  auto const seconds = static_cast<std::uint64_t>(time.time_since_epoch().count());
  base::Bytes out;
  for (unsigned shift = 64; shift > 0;) out.push_back(static_cast<std::uint8_t>(seconds >> (shift -= 8)));
  base::append(out, ed25519_signature);
  return out;
}

base::Time time_of_cosignature(NoteSignature const& signature) {
  base::ensure(signature.signature.size() > time_size_bytes, "the time of something that is no cosignature");
  return base::Time{std::chrono::seconds{static_cast<std::int64_t>(seconds_in(signature.signature))}};
}

std::string format_note(SignedNote const& note) {
  base::ensure(note.text.ends_with('\n') && !note.signatures.empty(), "a note without a last newline or a signature");
  std::string out = note.text + "\n";
  for (NoteSignature const& line : note.signatures) out += format_signature(line.name, line.key_id, line.signature);
  return out;
}

result<SignedNote> parse_note(std::string_view note) {
  if (note.size() > max_note_size_bytes)
    return base::fail(errc::too_large, "A signed note has at most 1,000,000 bytes.");
  if (!internal::is_text_of(note, [](char32_t c) { return c >= 0x20 || c == U'\n'; }))
    return malformed_note("it is not UTF-8 text without control characters");
  std::size_t const blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return malformed_note("there is no blank line before the signatures");
  SignedNote out{std::string{note.substr(0, blank + 1)}, {}};
  std::string_view rest = note.substr(blank + 2);
  if (rest.empty()) return malformed_note("there is no signature");
  while (!rest.empty()) {
    if (out.signatures.size() == max_note_signatures)
      return base::fail(errc::too_large, "A signed note has at most 64 signatures.");
    auto const line = internal::take_line(rest);
    if (!line) return malformed_note("the last newline is missing");
    auto signature = parse_signature(*line);
    if (!signature) return signature.error();
    out.signatures.push_back(std::move(*signature));
  }
  return out;
}

result<std::vector<VerifierKey>> verify_note(SignedNote const& note, std::span<VerifierKey const> trusted) {
  std::vector<VerifierKey> good;
  for (NoteSignature const& line : note.signatures) {
    auto const key = std::find_if(trusted.begin(), trusted.end(), [&](VerifierKey const& candidate) {
      return candidate.name() == line.name && candidate.id() == line.key_id;
    });
    if (key == trusted.end()) continue;
    Algorithm const& algorithm = algorithm_of(key->type());
    if (!algorithm.verify(key->public_key(), note.text, line.signature))
      return base::fail(errc::invalid, "The signature of " + key->name() + " is not good: the note was altered.",
                        "signature");
    if (std::find(good.begin(), good.end(), *key) == good.end()) good.push_back(*key);
  }
  if (good.empty())
    return base::fail(errc::invalid, "No key that you trust has signed this note. Check that you use the right key.",
                      "key");
  return good;
}

std::string format_checkpoint(Checkpoint const& checkpoint) {
  base::ensure(is_single_line(checkpoint.origin), "a checkpoint whose origin is not one line");
  std::string out =
      checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + codec::to_base64(checkpoint.root) + "\n";
  for (std::string const& extension : checkpoint.extensions) {
    base::ensure(is_single_line(extension), "a checkpoint with an extension that is not one line");
    out += extension + "\n";
  }
  return out;
}

result<Checkpoint> parse_checkpoint(std::string_view text) {
  auto const origin = internal::take_line(text);
  if (!origin || origin->empty()) return malformed_checkpoint("the first line must name the log");
  auto const size = internal::parse_decimal(internal::take_line(text).value_or(""));
  if (!size) return malformed_checkpoint("the second line must be the size of the tree");
  auto const root = internal::hash_from_base64(internal::take_line(text).value_or(""));
  if (!root) return malformed_checkpoint("the third line must be the root hash in base64");
  Checkpoint out{std::string{*origin}, *size, *root, {}};
  while (!text.empty()) {
    auto const extension = internal::take_line(text);
    if (!extension || extension->empty()) return malformed_checkpoint("a line at its end is empty or has no newline");
    out.extensions.emplace_back(*extension);
  }
  return out;
}

result<Checkpoint> verify_checkpoint(SignedNote const& note, VerifierKey const& log_key) {
  if (auto const signers = verify_note(note, {&log_key, 1}); !signers) return signers.error();
  auto checkpoint = parse_checkpoint(note.text);
  if (checkpoint && checkpoint->origin != log_key.name())
    return base::fail(errc::invalid,
                      "The checkpoint is of the log " + checkpoint->origin + ", the key of " + log_key.name() + ".",
                      "origin");
  return checkpoint;
}

}  // namespace abode::log
