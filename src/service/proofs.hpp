// Proofs of residence: a holder has one made of a registration, for a wallet, as a file or on paper. That it was made
// is an entry; where it is shown, nobody here learns (G7). A move or an end withdraws none: a proof says "registered
// there on its date", and a status that followed every move would tell all who ever saw the proof of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/residence.hpp"
#include "ports/proof_keys.hpp"
#include "rules/proofs.hpp"
#include "service/actor.hpp"
#include "service/journal.hpp"
#include "service/request_key.hpp"
#include "service/status_lists.hpp"

namespace abode::service {

/// Made at once, alike but for the holder's keys: a wallet shows each once, so that verifiers cannot compare.
constexpr std::size_t max_proofs_at_once = 10;
/// Makings that are kept of one record, those that expired within ports::proof_afterlife included.
constexpr std::size_t max_kept_proofs = 200;

enum class ProofForm : std::uint8_t { wallet = 1, file = 2, paper = 3 };
std::string_view name_of(ProofForm form);

struct ProofWish {
  std::optional<rules::RegistrationId> registration = {};  ///< none: the main residence
  ProofForm form = ProofForm::file;
  rules::ProofLife life = rules::ProofLife::fresh;
  std::optional<std::chrono::days> days = {};  ///< none: the longest that the profile allows
  rules::ProofFields fields;
  std::vector<base::Bytes> holder_keys = {};  ///< P-256, x and y: a proof for each. None: one that is bound to nobody
};

/// Proofs that were made together, as their holder sees them. What they say is not kept.
struct KeptProof {
  ProofForm form;
  rules::ProofLife life;
  rules::ProofFields fields;
  rules::RegistrationId registration;
  base::Time issued_at;               ///< cut to the hour
  std::uint64_t copies;               ///< how many
  std::vector<StatusPlace> statuses;  ///< of each, if it is lasting
  std::uint64_t version;              ///< of the record's state that they are made of
  std::optional<base::Time> withdrawn_at = {};
  std::optional<std::string> number = {};  ///< of a paper: random, printed on it
  bool operator==(KeptProof const&) const = default;
};

/// Deterministic CBOR, all of one size. For the sealer.
base::Bytes encode_proof(KeptProof const& proof);
/// errc::corrupted for anything that encode_proof does not write.
base::result<KeptProof> decode_proof(base::ByteView encoded);

/// What a commit leaves to be signed, which is done after it, off the store's writer.
struct ProofsToSign {
  Receipt receipt;
  KeptProof kept;
  base::Time expires_at;
  std::vector<credential::ResidenceProof> proofs;  ///< one for each key, in their order
};

/// Makes proofs: an entry, and what is kept. errc::invalid (nothing chosen, days out of bounds, too many keys, a key
/// twice), not_found (no such registration), conflict (it has ended, there is no main residence, the record is frozen
/// or to be erased, too many are kept; or a request that comes again after the record has changed), stale_sign_in,
/// key_reused.
base::result<ProofsToSign> issue_proofs(Context const& context, ports::Transaction& transaction, Actor const& actor,
                                        ProofWish const& wish, std::optional<RequestKey> const& request);

/// Whether it would be made at this moment. Errors of issue_proofs.
base::result<void> check_proof_wish(Context const& context, ports::Snapshot& snapshot, Actor const& actor,
                                    ProofWish const& wish);

/// errc::unavailable unless the key may sign what is issued then.
base::result<void> check_signer(ports::CertifiedKey const& key, base::Time issued_at);

/// One of them, signed. errc::unavailable if the key is not good at present, or is in a device that does not answer.
base::result<std::string> sign_proof(ports::ProofKeys& keys, base::Random& random,
                                     credential::ResidenceProof const& proof);

struct ListedProof {
  std::uint64_t entry;  ///< of its making: its name among the holder's
  base::Time expires_at;
  KeptProof kept;
};

/// Those that are kept, the newest first.
base::result<std::vector<ListedProof>> list_proofs(Context const& context, ports::Snapshot& snapshot,
                                                   Actor const& actor);

/// Withdraws lasting proofs, at their holder's wish: their statuses say so from the next publication on. Any session
/// may. errc::not_found; errc::conflict if they are fresh, expired or withdrawn already; key_reused.
base::result<Receipt> withdraw_proof(Context const& context, ports::Transaction& transaction, Actor const& actor,
                                     std::uint64_t entry, std::optional<RequestKey> const& request);

}  // namespace abode::service
