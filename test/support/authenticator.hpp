// An authenticator in memory, with the browser around it: makes passkeys and signs with them as WebAuthn Level 3 has
// it, and lies in every way that a relying party has to notice.
#pragma once

#include <memory>
#include <string>

#include "webauthn/webauthn.hpp"

namespace abode::test {

/// What the page and the device say, true unless a test changes it.
struct Ceremony {
  std::string rp_id = "localhost";
  std::string origin = "http://localhost:8080";
  std::string type = {};          ///< none: the right one
  std::string more_members = {};  ///< of the client data, such as ",\"crossOrigin\":true"
  bool present = true;
  bool verified = true;
  bool backup_eligible = false;
  bool backed_up = false;
  std::string format = "none";  ///< of the attestation; "packed": by the new key itself
};

/// One passkey.
class Authenticator {
 public:
  explicit Authenticator(webauthn::Algorithm algorithm = webauthn::Algorithm::es256);
  ~Authenticator();
  Authenticator(Authenticator const&) = delete;
  Authenticator& operator=(Authenticator const&) = delete;

  base::Bytes const& credential_id() const { return id_; }
  webauthn::Registration create(base::ByteView challenge, Ceremony const& ceremony = {});
  webauthn::Assertion get(base::ByteView challenge, Ceremony const& ceremony = {});

  std::uint32_t sign_count = 0;  ///< counted up by each use, unless it is zero
  std::optional<base::Bytes> user_handle = {};

 private:
  struct Key;
  base::Bytes data(Ceremony const& ceremony, bool with_key) const;
  base::Bytes sign(base::ByteView authenticator_data, base::ByteView client_data) const;

  webauthn::Algorithm algorithm_;
  std::unique_ptr<Key> key_;
  base::Bytes id_;
};

}  // namespace abode::test
