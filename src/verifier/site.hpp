// A verifier over HTTP: its whole surface. It sees no register, and makes no connection to anybody.
#pragma once

#include "verifier/desk.hpp"
#include "webapp/webapp.hpp"

namespace abode::verifier {

/// People who sign in by the access key and ask by the pages: tokens of their browsers, in memory. Thread-safe.
class Staff {
 public:
  static constexpr std::size_t max_sessions = 1'000;
  static constexpr std::chrono::hours session_life{12};

  /// `access` is the hash of the access key.
  Staff(base::Hash const& access, base::Clock& clock, base::Random& random);

  /// Whether this is the access key.
  bool has_access(std::string_view key) const;
  /// A fresh token, for the cookie. errc::forbidden: it is not the access key.
  base::result<std::string> sign_in(std::string_view key);
  /// The hash of the token if it is good: who it is.
  std::optional<base::Hash> who(std::string_view token);
  void sign_out(std::string_view token);

 private:
  base::Hash access_;
  base::Clock& clock_;
  base::Random& random_;
  std::mutex mutex_;
  std::map<base::Hash, base::Time> sessions_;  ///< hash of the token, and when it ends
};

/// What this verifier trusts, as its files have it: for browsers that check by themselves. None of it is secret.
struct Sources {
  std::string trust_file;
  std::map<std::string, std::string, std::less<>> lists;  ///< status lists, each by a name that is made of its content
};

/// Thread-safe.
class SourceKeeper {
 public:
  virtual ~SourceKeeper() = default;
  /// What is in use now. Never null.
  virtual std::shared_ptr<Sources const> sources() = 0;
};

/// The app for those who work here. Both outlive it.
struct BrowserApp {
  webapp::App pages;
  SourceKeeper& sources;
};

/// What the routes work with. All of it outlives it.
struct Site {
  Desk& desk;
  Staff& staff;
  base::Clock& clock;
  base::Random& random;
  bool secure;                      ///< browsers come by https: cookies travel on nothing else
  BrowserApp const* app = nullptr;  ///< null: served without
};

/// Answers a request. Every answer has the headers by which a browser keeps, frames and leaks nothing of it.
http::Response answer(Site const& site, http::Request const& request);

}  // namespace abode::verifier
