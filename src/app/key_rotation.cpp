#include "app/key_rotation.hpp"

#include <fmt/format.h>

#include "app/issuer_files.hpp"
#include "app/key_files.hpp"
#include "service/key_rotation.hpp"
#include "sqlite/copies.hpp"
#include "system/clock.hpp"

namespace abode::app {
namespace {

using base::result;

/// Begins a rotation unless one is begun. True if it was.
result<bool> begin(Layout const& layout) {
  auto const keys = load_keys(layout.keys());
  if (!keys) return keys.error();
  if (keys->next_encryption) return true;
  auto const random = openssl::make_random();
  auto const stored = store_next_key(layout.keys(), openssl::make_next_encryption(*random, *keys));
  if (!stored && stored.error().code == base::errc::conflict) return true;  // another command was quicker
  if (!stored) return stored.error();
  return false;
}

result<void> finish_here(Layout const& layout) {
  auto assembly = open_register(layout.root);
  if (!assembly) return assembly.error();
  if (!assembly->next_key) return {};  // the process that served has ended it
  service::KeyRotation rotation{*assembly->store, *assembly->vault};
  for (bool done = false; !done;) {
    auto const stepped = rotation.step();
    if (!stepped) return stepped.error();
    done = *stepped;
  }
  fmt::print("{} keys are wrapped anew.\n", rotation.rewrapped());
  return adopt_next_key(layout.keys(), *assembly->next_key);
}

result<void> wait_for_server(Layout const& layout) {
  fmt::print("The process that serves the register wraps the keys anew.\n");
  std::fflush(stdout);
  for (;;) {
    auto const next = load_next_key(layout.keys());
    if (!next) return next.error();
    if (!*next) return {};
    if (!sqlite::is_in_use(layout.root)) return finish_here(layout);  // it has stopped meanwhile
    std::this_thread::sleep_for(KeyRotator::interval);
  }
}

result<void> rotate(Layout const& layout) {
  if (auto const config = load_config(layout); !config) return config.error();
  auto const resumed = begin(layout);
  if (!resumed) return resumed.error();
  if (*resumed) fmt::print("A rotation was begun before: it goes on.\n");
  return sqlite::is_in_use(layout.root) ? wait_for_server(layout) : finish_here(layout);
}

/// A register that serves takes them up within a second.
int renew_proof_keys(Layout const& layout, std::filesystem::path const& roots) {
  auto const config = load_config(layout);
  auto const renewed =
      config ? renew_issuer(layout, *config, roots, system::machine_time()) : result<void>{config.error()};
  if (!renewed) {
    fmt::print(stderr, "abode: {}\n", renewed.error().detail);
    return 1;
  }
  fmt::print(
      "Proofs and their lists of statuses are signed with new keys from now on. What the old ones signed stays good.\n"
      "Copy {} to its other place, and take the roots away again.\n",
      layout.keys().string());
  return 0;
}

}  // namespace

int rotate_keys(cli::RotateOptions const& options) {
  Layout const layout{options.directory};
  if (options.roots) return renew_proof_keys(layout, *options.roots);
  if (auto const done = rotate(layout); !done) {
    fmt::print(stderr, "abode: {}\n", done.error().detail);
    return 1;
  }
  fmt::print(
      "The old key-encryption key is destroyed. Backups of keys that were made before cannot be opened any more: copy\n"
      "{} to its other place, and make a backup of keys now.\n",
      layout.keys().string());
  return 0;
}

KeyRotator::KeyRotator(Assembly const& assembly, OperatorLog& operator_log)
    : assembly_(assembly), operator_log_(operator_log) {
  thread_ = std::thread{[this] { run(); }};
}

KeyRotator::~KeyRotator() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

/// A failure is told once and tried again: until then both keys stay.
void KeyRotator::run() {
  while (!stopping_after(interval)) {
    auto const done = rotate();
    if (!done && done.error().detail != last_failure_) {
      last_failure_ = done.error().detail;
      operator_log_.write(Event::rotation_waits, {{"kind", done.error().code}, {"why", done.error()}});
    }
    if (done) last_failure_.clear();
  }
}

result<void> KeyRotator::rotate() {
  if (forget_at_ && std::chrono::steady_clock::now() >= *forget_at_) {
    assembly_.vault->end_rotation();
    forget_at_.reset();
  }
  if (forget_at_) return {};  // one at a time: the next waits until the old key is forgotten
  auto const next = load_next_key(assembly_.layout.keys());
  if (!next) return next.error();
  if (!*next) return {};
  assembly_.vault->begin_rotation(**next);
  service::KeyRotation rotation{*assembly_.store, *assembly_.vault};
  for (bool done = false; !done;) {
    if (stopping_after({})) return {};
    auto const stepped = rotation.step();
    if (!stepped) return stepped.error();
    done = *stepped;
  }
  if (auto const adopted = adopt_next_key(assembly_.layout.keys(), **next); !adopted) return adopted;
  operator_log_.write(Event::keys_rotated, {{"keys", rotation.rewrapped()}});
  forget_at_ = std::chrono::steady_clock::now() + grace;
  return {};
}

bool KeyRotator::stopping_after(std::chrono::milliseconds wait) {
  std::unique_lock lock{mutex_};
  return wake_.wait_for(lock, wait, [this] { return stopping_; });
}

}  // namespace abode::app
