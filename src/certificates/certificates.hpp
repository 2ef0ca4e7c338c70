// X.509 certificates of P-256 keys, and whether a chain of them leads up to one that the reader has pinned (RFC 5280).
// No network, no list of well-known authorities: what is trusted is given.
#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::certificates {

/// The policy (RFC 5280, section 4.2.1.4) that marks a certificate of a register in test mode: an identifier of our
/// own, from a random UUID (ITU-T X.667). Whoever pins such a certificate pins something that can vouch for tests
/// alone.
inline constexpr std::string_view test_policy = "2.25.309770018858934349351857162989729162338";

class Certificate {
 public:
  /// errc::malformed: not one whole DER certificate.
  static base::result<Certificate> parse(base::ByteView der);

  Certificate(Certificate const&);
  Certificate& operator=(Certificate const&);
  Certificate(Certificate&&) noexcept;
  Certificate& operator=(Certificate&&) noexcept;
  ~Certificate();

  base::Bytes der() const;
  /// x and y, 64 bytes. errc::unsupported for another kind of key.
  base::result<base::Bytes> p256_key() const;
  bool is_self_signed() const;
  /// Whether it names test_policy.
  bool is_for_tests() const;
  /// The same bytes.
  bool operator==(Certificate const& other) const;

 private:
  friend base::result<struct Life> life_of_chain(std::vector<Certificate> const&, Certificate const&);
  struct Impl;
  explicit Certificate(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The time in which every certificate of a chain is good, ends included.
struct Life {
  base::Time from;
  base::Time until;
};

/// By the first certificate, an end entity's that may sign, and by way of the others, up to `anchor`, which stands for
/// itself. errc::forbidden, saying what is wrong: it does not lead there.
base::result<Life> life_of_chain(std::vector<Certificate> const& chain, Certificate const& anchor);
/// Whether that chain was good then. errc::forbidden, saying what is wrong.
base::result<void> check_life(base::result<Life> const& life, base::Time then);

/// The same answers, remembered: to read one certificate takes as long as to check two signatures. For one thread.
class Memory {
 public:
  base::result<Certificate> parse(base::ByteView der);
  base::result<Life> life_of_chain(std::vector<Certificate> const& chain, Certificate const& anchor);

 private:
  std::map<base::Bytes, Certificate> certificates_;  ///< by their bytes
  std::map<base::Bytes, base::result<Life>> lives_;  ///< by the bytes of anchor and chain
};

}  // namespace abode::certificates
