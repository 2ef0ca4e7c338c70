// A proof of residence: what a register says of where somebody is registered, on the day that it says it. SD-JWT VC
// (draft-ietf-oauth-sd-jwt-vc) of a type of our own, with the names of the person identification data (PID) for person
// and address. It has no member for a nationality or a document (G9).
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "credential/sd_jwt.hpp"
#include "credential/x5c.hpp"

namespace abode::credential {

inline constexpr std::string_view residence_type = "urn:abode:residence:1";  ///< `vct`
/// What the type's claims are and are called: the document that a wallet gets (SD-JWT VC, "Type Metadata").
std::string_view residence_type_metadata();
/// `vct#integrity`: a hash of that document, as W3C Subresource Integrity writes it.
std::string residence_type_integrity();
inline constexpr std::string_view credential_type = "dc+sd-jwt";  ///< `typ`
inline constexpr std::string_view key_binding_type = "kb+jwt";

// Floors (design.md): a proof that carries no status is fresh, and short; one that does is lasting.
constexpr std::chrono::days longest_fresh_proof{14};
constexpr std::chrono::days longest_lasting_proof{366};

/// Claims that can be shown one by one, each a text. In the order of the names.
using Texts = std::map<std::string, std::string, std::less<>>;

/// Names that these may have.
inline constexpr std::array<std::string_view, 3> person_claims{"birthdate", "family_name", "given_name"};
inline constexpr std::array<std::string_view, 7> address_claims{"country",     "formatted", "house_number",  "locality",
                                                                "postal_code", "region",    "street_address"};
inline constexpr std::array<std::string_view, 3> residence_claims{"assurance", "kind", "since"};

struct StatusReference {
  std::string uri;  ///< of the list
  std::uint64_t index;
  bool operator==(StatusReference const&) const = default;
};

/// What is to be said.
struct ResidenceProof {
  std::string issuer;  ///< https address
  base::Time issued_at;
  base::Time expires_at;
  std::optional<base::Bytes> holder_key = {};  ///< x and y: who shows it has to prove that they hold it
  std::optional<StatusReference> status = {};
  Texts person;
  Texts address;
  Texts residence;
};

/// With all its disclosures and no key binding. Both times are cut to the hour, so that they tell proofs apart no more
/// than they must: a certificate that is to sign at once begins with the hour. `chain` is the signer's, first its own;
/// whether it is one for tests decides the mode that the proof states. `salt` gives salt_size_bytes random bytes, each
/// time others. The life is within the floors.
std::string issue(ResidenceProof const& proof, std::vector<certificates::Certificate> const& chain,
                  std::function<base::Bytes()> const& salt, Signer const& sign);

/// What a proof says, in whatever form it is shown. Read, not yet checked.
struct Statement {
  std::vector<certificates::Certificate> chain;  ///< of the key that signed it
  std::string issuer;
  base::Time issued_at;
  base::Time issued_by;  ///< the last moment that this may stand for: what names a day alone was made at any time of it
  base::Time expires_at;
  bool test_mode;  ///< it says so itself, or a certificate that came with it does
  std::optional<StatusReference> status;
  Texts person;  ///< what was disclosed of it
  Texts address;
  Texts residence;
};

/// A proof as a wallet or a file shows it.
struct ShownProof : Statement {
  SdJwtText text;
  Jws jws;
  std::optional<base::Time> not_before;
  std::optional<base::Bytes> holder_key;
  std::optional<Jws> key_binding;
};

/// errc::malformed: as split_sd_jwt, parse_jws, read_x5c and disclose; another `vct`; a claim that is never disclosed
/// selectively and was; a life over the floors; dates that contradict its times; a claim of another kind than the type
/// has.
base::result<ShownProof> parse_proof(std::string_view text, certificates::Memory& memory);

/// Whether a proof may live so long: its end is after its beginning, and within the floor.
bool is_life_of_a_proof(base::Time issued_at, base::Time expires_at, bool has_status);

}  // namespace abode::credential
