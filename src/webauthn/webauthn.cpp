#include "webauthn/webauthn.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <algorithm>
#include <memory>

#include "codec/cbor.hpp"
#include "digest/digest.hpp"
#include "webauthn/internal/client_data.hpp"

namespace abode::webauthn {
namespace {

using base::errc;
using base::fail;

/// Owns an object of libfido2, whose release functions take the address of the pointer and clear it.
template <class Object, void (*release)(Object**)>
struct Release {
  void operator()(Object* object) const { release(&object); }
};
template <class Object, void (*release)(Object**)>
using Owned = std::unique_ptr<Object, Release<Object, release>>;

using NewCredential = Owned<fido_cred_t, fido_cred_free>;
using Assert = Owned<fido_assert_t, fido_assert_free>;

/// Flags of authenticator data (section 6.1).
constexpr unsigned person_present = 0x01;
constexpr unsigned person_verified = 0x04;
constexpr unsigned backup_eligible = 0x08;
constexpr unsigned backed_up = 0x10;
constexpr unsigned has_credential = 0x40;
constexpr unsigned has_extensions = 0x80;

constexpr std::size_t flags_at = 32;       ///< behind the hash of the relying party's id
constexpr std::size_t sign_count_at = 33;  ///< four bytes
constexpr std::size_t shortest_data = 37;  ///< nothing but these

base::Error refused(char const* detail) {
  return fail(errc::invalid, detail, "credential");
}

/// True if what follows the fixed part is what the flags say, to the last byte. libfido2's parser believes lengths that
/// stand in the data, and would ask for as much memory.
bool is_well_formed(base::ByteView data) {
  unsigned const flags = data[flags_at];
  base::ByteView rest = data.subspan(shortest_data);
  if ((flags & has_credential) != 0) {
    constexpr std::size_t model_bytes = 16;
    constexpr std::size_t length_bytes = 2;
    if (rest.size() < model_bytes + length_bytes) return false;
    std::size_t const id_bytes = std::size_t{rest[model_bytes]} << 8 | rest[model_bytes + 1];
    if (rest.size() < model_bytes + length_bytes + id_bytes) return false;
    rest = rest.subspan(model_bytes + length_bytes + id_bytes);
  }
  codec::CborReader items{rest};
  if ((flags & has_credential) != 0) items.skip();
  if ((flags & has_extensions) != 0) items.skip();
  return items.finish().has_value();
}

/// What both ceremonies ask of authenticator data before its signature or key counts.
base::result<void> check_authenticator_data(base::ByteView data, RelyingParty const& party) {
  if (data.size() < shortest_data || data.size() > max_answer_bytes || !is_well_formed(data))
    return refused("The answer of this authenticator cannot be read. Try another one.");
  if (!base::equal_constant_time(data.first(flags_at), digest::sha256(base::as_bytes(party.id))))
    return refused("This passkey belongs to another site. Choose the one that you made here.");
  unsigned const flags = data[flags_at];
  if ((flags & person_present) == 0 || (flags & person_verified) == 0)
    return refused(
        "Your device did not check that it was you. Set up a PIN, a fingerprint or your face on it, and try again.");
  if ((flags & backed_up) != 0 && (flags & backup_eligible) == 0)
    return refused("The answer of this authenticator contradicts itself. Try another one.");
  return {};
}

std::uint32_t sign_count_of(base::ByteView data) {
  std::uint32_t count = 0;
  for (std::uint8_t const byte : data.subspan(sign_count_at, 4)) count = count << 8 | byte;
  return count;
}

/// An attestation object (section 6.5.4). We ask for no statement, so all that may come is none, or one that the new
/// key makes about itself.
struct Attestation {
  std::string format;
  base::Bytes authenticator_data;
  std::optional<std::int64_t> algorithm = {};  ///< of a statement
  base::Bytes signature = {};
};

void read_statement(codec::CborReader& in, Attestation& attestation) {
  std::uint64_t const members = in.map(2);
  for (std::uint64_t i = 0; i < members; ++i) {
    std::string const name = in.text();
    if (name == "alg")
      attestation.algorithm = in.signed_int();
    else if (name == "sig")
      attestation.signature = in.bytes();
    else
      in.fail();
  }
}

base::result<Attestation> read_attestation(base::ByteView encoded) {
  base::Error const malformed =
      fail(errc::malformed, "The answer of this authenticator cannot be read. Try another one.", "credential");
  if (encoded.size() > max_answer_bytes) return malformed;
  codec::CborReader in{encoded};
  Attestation attestation;
  unsigned seen = 0;
  std::uint64_t const members = in.map(3);
  for (std::uint64_t i = 0; i < members; ++i) {
    std::string const name = in.text();
    if (name == "fmt") {
      attestation.format = in.text();
      seen |= 1;
    } else if (name == "attStmt") {
      read_statement(in, attestation);
      seen |= 2;
    } else if (name == "authData") {
      attestation.authenticator_data = in.bytes();
      seen |= 4;
    } else {
      in.fail();
    }
  }
  if (!in.finish() || seen != 7) return malformed;
  return attestation;
}

/// Authenticator data with a new key of this algorithm in it; null if it holds another, or is malformed.
NewCredential parse_credential(base::ByteView data, Algorithm algorithm, RelyingParty const& party,
                               base::Hash const& client_hash) {
  NewCredential credential{fido_cred_new()};
  bool const parsed =
      credential && fido_cred_set_type(credential.get(), static_cast<int>(algorithm)) == FIDO_OK &&
      fido_cred_set_rp(credential.get(), party.id.c_str(), nullptr) == FIDO_OK &&
      fido_cred_set_clientdata_hash(credential.get(), client_hash.data(), client_hash.size()) == FIDO_OK &&
      fido_cred_set_uv(credential.get(), FIDO_OPT_TRUE) == FIDO_OK &&
      fido_cred_set_authdata_raw(credential.get(), data.data(), data.size()) == FIDO_OK;
  return parsed ? std::move(credential) : nullptr;
}

bool attests_itself(fido_cred_t& credential, Attestation const& attestation, Algorithm algorithm) {
  return attestation.format == "packed" && attestation.algorithm == static_cast<std::int64_t>(algorithm) &&
         fido_cred_set_fmt(&credential, "packed") == FIDO_OK &&
         fido_cred_set_sig(&credential, attestation.signature.data(), attestation.signature.size()) == FIDO_OK &&
         fido_cred_verify_self(&credential) == FIDO_OK;
}

/// The key in libfido2's form, which asks that it is a key at all; null if it is not.
std::shared_ptr<void> native_key(PublicKey const& key) {
  auto const made = [&](auto* object, auto* release, auto* from) -> std::shared_ptr<void> {
    std::shared_ptr<void> owned{object, [release](void* p) {
                                  auto* typed = static_cast<decltype(object)>(p);
                                  release(&typed);
                                }};
    if (object == nullptr || from(object, key.bytes.data(), key.bytes.size()) != FIDO_OK) return nullptr;
    return owned;
  };
  switch (key.algorithm) {
    case Algorithm::es256: return made(es256_pk_new(), es256_pk_free, es256_pk_from_ptr);
    case Algorithm::eddsa: return made(eddsa_pk_new(), eddsa_pk_free, eddsa_pk_from_ptr);
    case Algorithm::rs256: return made(rs256_pk_new(), rs256_pk_free, rs256_pk_from_ptr);
  }
  return nullptr;
}

std::size_t key_size_bytes(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::es256: return 64;
    case Algorithm::eddsa: return 32;
    case Algorithm::rs256: return 256 + 3;
  }
  return 0;
}

bool is_signed(PublicKey const& key, RelyingParty const& party, Assertion const& assertion) {
  auto const native = native_key(key);
  base::Hash const client_hash = digest::sha256(assertion.client_data);
  Assert const check{fido_assert_new()};
  auto const& data = assertion.authenticator_data;
  auto const& signature = assertion.signature;
  return native && check && fido_assert_set_rp(check.get(), party.id.c_str()) == FIDO_OK &&
         fido_assert_set_clientdata_hash(check.get(), client_hash.data(), client_hash.size()) == FIDO_OK &&
         fido_assert_set_count(check.get(), 1) == FIDO_OK &&
         fido_assert_set_authdata_raw(check.get(), 0, data.data(), data.size()) == FIDO_OK &&
         fido_assert_set_sig(check.get(), 0, signature.data(), signature.size()) == FIDO_OK &&
         fido_assert_set_up(check.get(), FIDO_OPT_TRUE) == FIDO_OK &&
         fido_assert_set_uv(check.get(), FIDO_OPT_TRUE) == FIDO_OK &&
         fido_assert_verify(check.get(), 0, static_cast<int>(key.algorithm), native.get()) == FIDO_OK;
}

}  // namespace

std::string relying_party_id(std::string_view url) {
  std::size_t const scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string host{url.substr(scheme + 3)};
  host.resize(std::min(host.find_first_of(":/"), host.size()));
  // In a host's name the last label is never a number, in an IPv4 address always; IPv6 addresses stand in brackets.
  std::string const last = host.substr(host.rfind('.') + 1);
  bool const is_address = host.starts_with('[') || last.find_first_not_of("0123456789") == std::string::npos;
  if (is_address) return {};
  for (char& c : host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return host;
}

base::Bytes encode(PublicKey const& key) {
  base::Bytes out;
  base::append_be(out, static_cast<std::uint16_t>(key.algorithm));
  base::append(out, key.bytes);
  return out;
}

base::result<PublicKey> decode_public_key(base::ByteView encoded) {
  for (Algorithm const algorithm : algorithms) {
    PublicKey const key{algorithm, encoded.size() < 2 ? base::Bytes{} : base::to_bytes(encoded.subspan(2))};
    if (key.bytes.size() == key_size_bytes(algorithm) && std::ranges::equal(encode(key), encoded)) return key;
  }
  return fail(errc::corrupted, "A stored passkey is not in its own form. Tell the operator to run abode doctor.");
}

base::result<base::Bytes> challenge_in(base::ByteView client_data) {
  auto data = internal::read_client_data(client_data);
  if (!data) return data.error();
  return std::move(data->challenge);
}

base::result<Credential> check_registration(RelyingParty const& party, base::ByteView challenge,
                                            Registration const& registration) {
  if (auto const right = internal::check_client_data(registration.client_data, "webauthn.create", party, challenge);
      !right)
    return right.error();
  auto const attestation = read_attestation(registration.attestation_object);
  if (!attestation) return attestation.error();
  auto const& data = attestation->authenticator_data;
  if (auto const right = check_authenticator_data(data, party); !right) return right.error();
  for (Algorithm const algorithm : algorithms) {
    auto const parsed = parse_credential(data, algorithm, party, digest::sha256(registration.client_data));
    if (!parsed) continue;
    bool const without = attestation->format == "none" && !attestation->algorithm && attestation->signature.empty();
    if (!without && !attests_itself(*parsed, *attestation, algorithm))
      return refused("This authenticator says more of itself than was asked for. Try another one.");
    base::ByteView const id{fido_cred_id_ptr(parsed.get()), fido_cred_id_len(parsed.get())};
    base::ByteView const key_bytes{fido_cred_pubkey_ptr(parsed.get()), fido_cred_pubkey_len(parsed.get())};
    PublicKey key{algorithm, base::to_bytes(key_bytes)};
    if (id.empty() || id.size() > max_credential_id_bytes || key.bytes.size() != key_size_bytes(algorithm) ||
        !native_key(key))
      break;
    return Credential{base::to_bytes(id), std::move(key), sign_count_of(data)};
  }
  return refused("This authenticator made a key that cannot be used here. Try another one.");
}

base::result<std::uint32_t> check_assertion(RelyingParty const& party, base::ByteView challenge, PublicKey const& key,
                                            Assertion const& assertion) {
  auto right = internal::check_client_data(assertion.client_data, "webauthn.get", party, challenge);
  if (right) right = check_authenticator_data(assertion.authenticator_data, party);
  if (right && !is_signed(key, party, assertion)) right = refused("This is not the passkey's signature.");
  if (!right) return fail(errc::unauthenticated, right.error().detail);
  return sign_count_of(assertion.authenticator_data);
}

}  // namespace abode::webauthn
