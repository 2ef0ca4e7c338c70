// Proofs on paper: the making of one is that of any proof; what is signed is a seal that says what its page shows.
#pragma once

#include "credential/seal.hpp"
#include "service/proofs.hpp"

namespace abode::service {

/// What a commit leaves to be signed, and to be set as a page.
struct PageToSign {
  ProofsToSign made;
  credential::ResidenceSeal seal;
};

/// As issue_proofs, in the form of paper. errc::invalid as well, field "holder_keys": a page is bound to no key; field
/// "fields": it is more than the code on a page holds beside the certificate of the key in use.
base::result<PageToSign> issue_page(Context const& context, ports::ProofKeys& keys, ports::Transaction& transaction,
                                    Actor const& actor, ProofWish wish, std::optional<RequestKey> const& request);

/// The text for its code. errc::unavailable as sign_proof.
base::result<std::string> sign_page(ports::ProofKeys& keys, PageToSign const& page);

}  // namespace abode::service
