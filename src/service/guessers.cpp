#include "service/guessers.hpp"

#include <algorithm>
#include <vector>

namespace abode::service {
namespace {

constexpr std::uint64_t free_misses = 5;

}  // namespace

std::chrono::seconds guess_delay(std::uint64_t misses) {
  if (misses < free_misses) return std::chrono::seconds{0};
  std::uint64_t const doublings = std::min<std::uint64_t>(misses - free_misses, 10);
  return std::min(longest_guess_delay, std::chrono::seconds{std::int64_t{1} << doublings});
}

std::optional<base::Time> Guessers::begin(std::uint64_t client, base::Time now) {
  std::lock_guard const lock{mutex_};
  auto const found = last_.find(client);
  std::optional<base::Time> before;
  if (found != last_.end() && now < found->second + longest_guess_delay) before = found->second;
  if (found == last_.end() && last_.size() >= most_) make_room(now);
  last_[client] = now;
  return before;
}

void Guessers::settle(std::uint64_t client, std::optional<base::Time> before, Guess outcome) {
  std::lock_guard const lock{mutex_};
  if (outcome == Guess::wrong) return;
  if (outcome == Guess::too_soon && before)
    last_[client] = *before;
  else
    last_.erase(client);
}

/// Those that matter no longer go; if all do, the oldest half.
void Guessers::make_room(base::Time now) {
  std::erase_if(last_, [now](auto const& entry) { return now >= entry.second + longest_guess_delay; });
  if (last_.size() < most_) return;
  std::vector<base::Time> times;
  for (auto const& entry : last_) times.push_back(entry.second);
  auto const middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  std::erase_if(last_, [oldest = *middle](auto const& entry) { return entry.second <= oldest; });
}

}  // namespace abode::service
