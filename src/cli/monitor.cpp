#include "cli/monitor.hpp"

#include <fmt/format.h>

#include <thread>

#include "cli/internal/trust.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "fetch/fetch.hpp"
#include "monitor/monitor.hpp"
#include "system/files.hpp"

namespace abode::cli {
namespace {

namespace fs = std::filesystem;
using base::errc;
using base::fail;
using base::result;

constexpr std::size_t max_state_bytes = 4'000'000;

/// The log and its witnesses over HTTP.
class WebSource final : public monitor::Source {
 public:
  explicit WebSource(std::string url) : url_(std::move(url)) {
    while (url_.ends_with('/')) url_.pop_back();
  }

  result<base::Bytes> file(std::string const& path) override {
    auto const text = get(url_ + "/" + path);
    if (!text) return text.error();
    return base::to_bytes(base::as_bytes(*text));
  }

  result<std::optional<std::string>> seen_by(log::TrustedKey const& witness, std::string const& origin) override {
    if (!witness.url) return std::optional<std::string>{};
    std::string url = *witness.url;
    while (url.ends_with('/')) url.pop_back();
    auto const text = get(url + "/" + codec::to_hex(digest::sha256(base::as_bytes(origin))) + "/checkpoint");
    if (!text && text.error().code == errc::not_found) return std::optional<std::string>{};
    if (!text) return text.error();
    return std::optional{*text};
  }

 private:
  result<std::string> get(std::string const& url) {
    auto response = client_.get(url);
    if (!response) return response.error();
    if (response->status == 404) return fail(errc::not_found, url + " is not there.");
    if (response->status != 200)
      return fail(errc::unavailable, url + " answers with status " + std::to_string(response->status) + ".");
    return std::move(response->body);
  }

  std::string url_;
  fetch::Client client_;
};

fs::path state_in(fs::path const& directory) {
  return directory / "monitor.json";
}

result<monitor::State> load(fs::path const& directory) {
  auto const text = system::read_file(state_in(directory), max_state_bytes);
  if (!text && text.error().code == errc::not_found) return monitor::State{};
  if (!text) return text.error();
  return monitor::decode_state(base::as_text(*text));
}

result<void> store(fs::path const& directory, monitor::State const& state) {
  std::string const text = monitor::encode_state(state);
  return system::write_file(state_in(directory), base::as_bytes(text), system::Access::owner_only);
}

/// Both notes as they were signed: nobody has to believe the monitor.
int raise(fs::path const& directory, monitor::Alarm const& alarm, std::uint64_t size) {
  fs::path const file = directory / fmt::format("evidence-{}.txt", size);
  fmt::print("ALARM: {}\n", alarm.what);
  if (auto const written = system::write_file(file, base::as_bytes(alarm.evidence), system::Access::owner_only);
      !written)
    fmt::print(stderr, "abode: {}\n{}\n", written.error().detail, alarm.evidence);
  else
    fmt::print("The signed notes that show it are in {}. Publish them.\n", file.string());
  return 1;
}

void print(monitor::Findings const& findings) {
  fmt::print("{} leaves checked, {} of them new; the log grew as it must.\n", findings.size,
             findings.size - findings.size_before);
  if (findings.epochs > 0)
    fmt::print("  {} epochs closed, each after the one before; the newest is {}, of {}.\n", findings.epochs,
               findings.epoch->number, base::format_time(findings.epoch->time));
  for (std::string const& event : findings.events) fmt::print("  {}\n", event);
  for (std::string const& warning : findings.warnings) fmt::print("  Warning: {}\n", warning);
  std::fflush(stdout);
}

int look(log::TrustPolicy const& policy, WebSource& source, fs::path const& directory) {
  auto state = load(directory);
  if (!state) return fmt::print(stderr, "abode: {}\n", state.error().detail), 2;
  auto const findings = monitor::look(policy, source, *state);
  if (!findings) return fmt::print(stderr, "abode: {}\n", findings.error().detail), 2;
  if (findings->alarm) return raise(directory, *findings->alarm, findings->size_before);
  if (auto const stored = store(directory, *state); !stored)
    return fmt::print(stderr, "abode: {}\n", stored.error().detail), 2;
  print(*findings);
  return 0;
}

}  // namespace

int run_monitor(MonitorOptions const& options) {
  auto const policy = options.policy ? internal::read_policy(*options.policy) : internal::policy_of_key(*options.key);
  if (!policy) return fmt::print(stderr, "abode: {}\n", policy.error().detail), 2;
  if (policy->logs().size() != 1)
    return fmt::print(stderr, "abode: A monitor follows one log. Give it a policy that names one.\n"), 2;
  if (auto const made = system::make_directories(options.state, system::Access::owner_only); !made)
    return fmt::print(stderr, "abode: {}\n", made.error().detail), 2;
  WebSource source{options.url};
  for (;;) {
    int const status = look(*policy, source, options.state);
    if (status == 1 || !options.every) return status;
    std::this_thread::sleep_for(*options.every);
  }
}

}  // namespace abode::cli
