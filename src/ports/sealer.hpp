// The Sealer port: crypto by purpose. No nonce, mode or algorithm is ever a parameter.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/secret.hpp"
#include "ports/grant.hpp"
#include "ports/rows.hpp"

namespace abode::ports {

/// What a sealed blob is; bound into the seal together with record and version, so that blobs cannot change places.
enum class Sealed : std::uint8_t { state = 1, entry = 2, opening_code = 3, passkey = 4, contact = 5, proof = 6 };

/// Authenticated encryption under per-person data keys, and the keyed hashes for look-ups. Thread-safe.
class Sealer {
 public:
  virtual ~Sealer() = default;

  /// A fresh data key for `record`, wrapped.
  virtual WrappedKey new_key(RecordId record) = 0;

  /// Seals `plaintext`; `version` is the state's version, or the seq of an entry, a code, a contact or proofs.
  virtual base::Bytes seal(Sealed what, RecordId record, std::uint64_t version, WrappedKey const& key,
                           base::ByteView plaintext) = 0;

  /// Opens a blob of the record that `grant` is for. errc::corrupted if it was altered, cut, moved from another place,
  /// or sealed under another key.
  virtual base::result<base::Bytes> open(Grant const& grant, Sealed what, std::uint64_t version, WrappedKey const& key,
                                         base::ByteView sealed) = 0;

  /// Opens the one contact that `delivery` leads to, and nothing else. errc::corrupted as above, or if it leads to
  /// none.
  virtual base::result<base::Bytes> open_contact(DeliveryGrant const& delivery, WrappedKey const& key) = 0;

  /// True if the blob is intact; shows nothing of it. For doctor.
  virtual bool intact(Sealed what, RecordId record, std::uint64_t version, WrappedKey const& key,
                      base::ByteView sealed) = 0;

  /// The commitment that a sealed entry makes (log::commitment), and nothing else of it; empty if it is not intact. For
  /// doctor.
  virtual std::optional<base::Hash> commitment_in(RecordId record, std::uint64_t seq, WrappedKey const& key,
                                                  base::ByteView sealed) = 0;

  /// The same data key under the newest key-encryption key; empty if it is under that one already. errc::corrupted if
  /// it cannot be unwrapped.
  virtual base::result<std::optional<WrappedKey>> rewrap(RecordId record, WrappedKey const& key) = 0;

  /// Blind index of a document (its canonical bytes).
  virtual base::Hash document_tag(base::ByteView canonical) = 0;
  /// Blind index of a card (its number in canonical form).
  virtual base::Hash card_tag(base::Secret<std::string> const& number) = 0;
  /// Stored form of a card's activation code; the same code on another card has another.
  virtual base::Hash activation_code_tag(base::Hash const& card_tag, base::Secret<std::string> const& code) = 0;
  /// The same of a code of a printed sheet.
  virtual base::Hash printed_code_tag(base::Hash const& card_tag, base::Secret<std::string> const& code) = 0;
  /// Names a registration of a record together with an address (both in bytes that are always the same).
  virtual base::Hash letter_place_tag(RecordId record, base::ByteView registration_and_address) = 0;
  /// Stored form of the code of a letter to that place; the same code of another letter has another.
  virtual base::Hash letter_code_tag(base::Hash const& place_tag, base::Secret<std::string> const& code) = 0;
  /// Stored form of an official's invitation.
  virtual base::Hash invitation_tag(base::Secret<std::string> const& invitation) = 0;
  /// Stored form of an opening code.
  virtual base::Hash opening_code_tag(base::Secret<std::string> const& code) = 0;
  /// Blind index of a passkey (the id of its credential).
  virtual base::Hash credential_tag(base::ByteView credential_id) = 0;
  /// What a person's passkeys know them by (WebAuthn's user handle): the same for all of one record, and says nothing
  /// to anybody else.
  virtual base::Hash user_handle(RecordId record) = 0;
  /// The same of an official; none of theirs is any person's.
  virtual base::Hash staff_handle(OfficialId const& official) = 0;
  /// What shows that a passkey's challenge was made here, for this purpose; both are in `challenge`.
  virtual base::Hash challenge_tag(base::ByteView challenge) = 0;
  /// What the blinds of an epoch's head tree come from (log::EpochSeed): who has the nonce alone has nothing.
  virtual base::Secret<base::Hash> epoch_seed(base::Hash const& nonce) = 0;
};

}  // namespace abode::ports
