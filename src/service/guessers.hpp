// Who tried a code lately: kept in memory for half a minute, by a number that tells clients apart and nothing else. So
// whoever guesses waits, and nobody else does: an attacker cannot lock the owner of a card out
// (docs/decisions/0043-*.md).
#pragma once

#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/time.hpp"

namespace abode::service {

/// How long a client that tried a wrong code waits, by how many wrong ones there were in a row at that card: not at all
/// for the first five, then a second, doubling up to longest_guess_delay.
std::chrono::seconds guess_delay(std::uint64_t misses);
constexpr std::chrono::seconds longest_guess_delay{30};

/// What became of an attempt.
enum class Guess : std::uint8_t { right, wrong, too_soon };

/// Thread-safe.
class Guessers {
 public:
  /// Forgets the oldest rather than hold more than `most` clients.
  explicit Guessers(std::size_t most = 100'000) : most_(most) {}

  /// Counts an attempt as a wrong one until settle() says otherwise, so that attempts at the same moment see each
  /// other. When this client's last wrong one was, if that matters still.
  std::optional<base::Time> begin(std::uint64_t client, base::Time now);

  /// `before` is what begin() gave. An attempt that came too soon does not make the wait longer.
  void settle(std::uint64_t client, std::optional<base::Time> before, Guess outcome);

 private:
  void make_room(base::Time now);

  std::mutex mutex_;
  std::unordered_map<std::uint64_t, base::Time> last_;
  std::size_t const most_;
};

}  // namespace abode::service
