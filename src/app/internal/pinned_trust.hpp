// What a verifier trusts, as files that its operator keeps up to date while it serves: whose proofs it takes, and
// lists of statuses that were fetched before. Each is read once and checked once, and again when it was changed.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "credential/verification.hpp"
#include "verifier/site.hpp"

namespace abode::app::internal {

/// Thread-safe.
class PinnedTrust : public verifier::Checker, public verifier::SourceKeeper {
 public:
  /// `lists`: every file in it is one.
  PinnedTrust(std::filesystem::path trust_file, std::filesystem::path lists);

  /// Takes up what was changed since: what happened, in a sentence; none if nothing was. errc::not_found, malformed or
  /// invalid, naming the file: then what was in use stays so, and the same files are not looked at again.
  base::result<std::optional<std::string>> refresh();

  credential::Verification check(std::string_view presentation, credential::Challenge const& challenge,
                                 base::Time now) override;
  /// Of the last refresh that went well: there was one.
  std::shared_ptr<verifier::Sources const> sources() override;

 private:
  /// Size and time of a change, by path: another one is another file.
  using Prints = std::map<std::string, std::pair<std::uintmax_t, std::filesystem::file_time_type>>;
  Prints look() const;

  std::filesystem::path trust_file_;
  std::filesystem::path lists_;
  Prints seen_;
  std::mutex mutex_;
  std::optional<credential::Verifier> verifier_;
  std::shared_ptr<verifier::Sources const> sources_;
};

}  // namespace abode::app::internal
