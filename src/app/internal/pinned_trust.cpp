#include "app/internal/pinned_trust.hpp"

#include <fmt/format.h>

#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "system/files.hpp"

namespace abode::app::internal {
namespace {

namespace fs = std::filesystem;
using base::errc;
using base::fail;
using base::result;

constexpr std::size_t max_trust_bytes = 1024 * 1024;
constexpr std::size_t max_list_bytes = 4 * 1024 * 1024;
constexpr std::size_t max_lists = 1'000;

/// Without the line ends that an editor puts after it.
std::string_view trimmed(std::string_view text) {
  std::size_t const end = text.find_last_not_of(" \t\r\n");
  return end == text.npos ? std::string_view{} : text.substr(0, end + 1);
}

result<credential::Trust> read_trust(fs::path const& file, std::string& text) {
  auto const content = system::read_file(file, max_trust_bytes);
  if (!content && content.error().code == errc::not_found)
    return fail(errc::not_found, "There is no " + file.string() +
                                     ": the file that says whose proofs you take. Get it from the register, by a way "
                                     "that you trust.");
  if (!content) return content.error();
  auto trust = credential::read_trust(base::as_text(*content));
  if (!trust) return fail(trust.error().code, file.string() + ": " + trust.error().detail);
  text = base::as_text(*content);
  return trust;
}

}  // namespace

PinnedTrust::PinnedTrust(fs::path trust_file, fs::path lists)
    : trust_file_(std::move(trust_file)), lists_(std::move(lists)) {}

PinnedTrust::Prints PinnedTrust::look() const {
  Prints prints;
  std::error_code problem;
  auto const note = [&](fs::path const& file) {
    auto const size = fs::file_size(file, problem);
    if (problem) return;
    auto const changed = fs::last_write_time(file, problem);
    if (!problem) prints.emplace(file.string(), std::pair{size, changed});
  };
  note(trust_file_);
  for (auto const& entry : fs::directory_iterator{lists_, problem})
    if (prints.size() <= max_lists && entry.is_regular_file(problem)) note(entry.path());
  return prints;
}

result<std::optional<std::string>> PinnedTrust::refresh() {
  Prints prints = look();
  if (verifier_ && prints == seen_) return std::optional<std::string>{};
  seen_ = prints;
  auto sources = std::make_shared<verifier::Sources>();
  auto trust = read_trust(trust_file_, sources->trust_file);
  if (!trust) return trust.error();
  std::vector<credential::StatusToken> tokens;
  for (auto const& [name, print] : prints) {
    if (name == trust_file_.string()) continue;
    auto const content = system::read_file(name, max_list_bytes);
    if (!content) return content.error();
    std::string_view const text = trimmed(base::as_text(*content));
    auto token = credential::parse_status_token(text);
    if (!token) return fail(token.error().code, name + " is no status list. " + token.error().detail);
    sources->lists.emplace(codec::to_base64url(digest::sha256(base::as_bytes(text))), text);
    tokens.push_back(std::move(*token));
  }
  std::string said =
      fmt::format("It takes proofs of {} issuers, with {} lists of statuses.", trust->issuers.size(), tokens.size());
  credential::Verifier fresh{std::move(*trust), tokens};
  std::lock_guard const lock{mutex_};
  verifier_.emplace(std::move(fresh));
  sources_ = std::move(sources);
  return std::optional{std::move(said)};
}

credential::Verification PinnedTrust::check(std::string_view presentation, credential::Challenge const& challenge,
                                            base::Time now) {
  std::lock_guard const lock{mutex_};
  return verifier_.value().verify(presentation, challenge, now);
}

std::shared_ptr<verifier::Sources const> PinnedTrust::sources() {
  std::lock_guard const lock{mutex_};
  return sources_;
}

}  // namespace abode::app::internal
