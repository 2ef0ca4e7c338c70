// Whom to believe about a log: its key, its witnesses, and how many of them must have cosigned (C2SP tlog-policy). One
// file serves the register, which asks those witnesses, and everybody who checks a history offline.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "log/note.hpp"

namespace abode::log {

inline constexpr std::size_t max_policy_size_bytes = 1'000'000;
inline constexpr std::size_t max_policy_lines = 1'000;  ///< of logs, witnesses and groups together

/// A log, or a witness, that a policy knows.
struct TrustedKey {
  std::string name;  ///< of a witness, within this file only; empty for a log
  VerifierKey key;
  std::optional<std::string> url = {};  ///< of a witness: its submission prefix; of a log: where its files are
  bool operator==(TrustedKey const&) const = default;
};

class TrustPolicy {
 public:
  /// Takes the text of a policy file. errc::malformed or errc::invalid with the line and what is wrong with it: a key
  /// of the wrong type, a key or a name twice, a member or a quorum that no line before defines, a member in two
  /// groups, a threshold out of range, no quorum or two. errc::too_large over the limits.
  static base::result<TrustPolicy> parse(std::string_view text);

  std::vector<TrustedKey> const& logs() const { return logs_; }
  std::vector<TrustedKey> const& witnesses() const { return witnesses_; }
  /// The log of this origin, or null.
  TrustedKey const* log(std::string_view origin) const;
  /// False for "quorum none": no cosignature is asked for.
  bool asks_for_cosignatures() const { return quorum_.has_value(); }

  /// True if the witnesses with these keys make a quorum.
  bool quorum(std::span<VerifierKey const> cosigners) const;

  bool operator==(TrustPolicy const&) const = default;

 private:
  friend class PolicyReader;

  /// A witness (its place among them), or a group (its place among those).
  struct Member {
    bool group = false;
    std::size_t place = 0;
    bool operator==(Member const&) const = default;
  };
  struct Group {
    std::size_t threshold = 0;
    std::vector<Member> members;
    bool operator==(Group const&) const = default;
  };
  bool has_cosigned(Member const& member, std::span<VerifierKey const> cosigners) const;

  std::vector<TrustedKey> logs_;
  std::vector<TrustedKey> witnesses_;
  std::vector<Group> groups_;  ///< members of a group stand before it
  std::optional<Member> quorum_;
};

/// A checkpoint that the log signed, with what its witnesses said of it.
struct Cosigned {
  Checkpoint checkpoint;
  std::vector<VerifierKey> cosigners;  ///< each once
  bool quorum = false;                 ///< as the policy asks
  /// When the first witness of the note saw it; none without a cosignature.
  std::optional<base::Time> seen_at = {};
};

/// The checkpoint in a note under this policy. errc::invalid, field "origin", for a log that the policy does not know;
/// else fails as verify_checkpoint() does, also for a bad cosignature of a known witness. A missing quorum is no error.
base::result<Cosigned> verify_cosigned(SignedNote const& note, TrustPolicy const& policy);

}  // namespace abode::log
