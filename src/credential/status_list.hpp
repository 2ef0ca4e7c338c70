// Token Status List (draft-ietf-oauth-status-list-21): one small number for each proof, by its index, in a list that is
// fetched whole and so tells nobody which proof is looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "credential/jws.hpp"
#include "credential/x5c.hpp"

namespace abode::credential {

/// Values of a status (section 7.1).
enum class Status : std::uint8_t { valid = 0, invalid = 1, suspended = 2 };

/// The most that a list holds once it is inflated: 2^20 entries of 8 bits. What inflates to more is refused.
constexpr std::size_t max_status_list_bytes = std::size_t{1} << 20;

class StatusList {
 public:
  /// All of them 0. `bits` (1, 2, 4 or 8) for each entry; whole bytes are filled.
  StatusList(unsigned bits, std::size_t entries);
  /// The `lst` of a token. errc::malformed: another number of bits, not base64url, not zlib, too large, bytes after it.
  static base::result<StatusList> decode(unsigned bits, std::string_view lst);

  unsigned bits() const { return bits_; }
  /// How many entries there are, those that fill the last byte included.
  std::size_t size() const { return bytes_.size() * 8 / bits_; }
  /// The entry; the index is below size().
  std::uint8_t at(std::size_t index) const;
  /// `value` fits into the bits.
  void set(std::size_t index, std::uint8_t value);
  base::Bytes const& bytes() const { return bytes_; }
  /// The `lst` of a token: zlib, in base64url.
  std::string encode() const;

 private:
  StatusList(unsigned bits, base::Bytes bytes) : bits_(bits), bytes_(std::move(bytes)) {}
  unsigned bits_;
  base::Bytes bytes_;
};

/// A list as its issuer signed it (section 5.1). Read, not yet checked.
struct StatusToken {
  Jws jws;
  std::vector<certificates::Certificate> chain;  ///< of the key that signed it
  std::string uri;                               ///< `sub`: by which proofs refer to it
  base::Time issued_at;
  /// Until when it says how things are: `exp`, or without one as long as `ttl` says, or default_list_life.
  base::Time good_until;
  StatusList list;
};

/// How long a list is good that says nothing of that.
constexpr std::chrono::hours default_list_life{24};

constexpr std::string_view status_token_type = "statuslist+jwt";

/// errc::malformed, as parse_jws and decode, and for members that are missing.
base::result<StatusToken> parse_status_token(std::string_view text);

/// A list once it is packed, so that it can be signed anew without being packed anew.
struct PackedStatusList {
  unsigned bits;
  std::string_view lst;  ///< StatusList::encode
};
std::string make_status_token(std::string_view uri, base::Time issued_at, base::Time expires_at,
                              std::chrono::seconds ttl, PackedStatusList const& list,
                              std::vector<certificates::Certificate> const& chain, Signer const& sign);
std::string make_status_token(std::string_view uri, base::Time issued_at, base::Time expires_at,
                              std::chrono::seconds ttl, StatusList const& list,
                              std::vector<certificates::Certificate> const& chain, Signer const& sign);

}  // namespace abode::credential
