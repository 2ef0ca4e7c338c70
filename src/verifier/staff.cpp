#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "verifier/site.hpp"

namespace abode::verifier {

Staff::Staff(base::Hash const& access, base::Clock& clock, base::Random& random)
    : access_(access), clock_(clock), random_(random) {}

bool Staff::has_access(std::string_view key) const {
  return base::equal_constant_time(digest::sha256(base::as_bytes(key)), access_);
}

base::result<std::string> Staff::sign_in(std::string_view key) {
  if (!has_access(key)) return base::fail(base::errc::forbidden, "This is not the access key of this verifier.", "key");
  std::lock_guard const lock{mutex_};
  base::Time const now = clock_.now();
  std::erase_if(sessions_, [&](auto const& session) { return now >= session.second; });
  if (sessions_.size() >= max_sessions)
    return base::fail(base::errc::busy, "Too many people are signed in. Try again later.");
  std::string token = codec::to_base64url(random_.bytes<32>());
  sessions_.emplace(digest::sha256(base::as_bytes(token)), now + session_life);
  return token;
}

std::optional<base::Hash> Staff::who(std::string_view token) {
  base::Hash const hash = digest::sha256(base::as_bytes(token));
  std::lock_guard const lock{mutex_};
  auto const found = sessions_.find(hash);
  if (token.empty() || found == sessions_.end() || clock_.now() >= found->second) return std::nullopt;
  return hash;
}

void Staff::sign_out(std::string_view token) {
  std::lock_guard const lock{mutex_};
  sessions_.erase(digest::sha256(base::as_bytes(token)));
}

}  // namespace abode::verifier
