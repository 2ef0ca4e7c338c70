#include "app/profile.hpp"

#include <fmt/format.h>

#include "app/assembly.hpp"
#include "app/log_files.hpp"
#include "codec/text.hpp"
#include "log/profile_change.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

/// The index of the leaf.
result<std::uint64_t> find_leaf(Assembly const& assembly, base::Bytes const& leaf, std::uint64_t from) {
  for (std::uint64_t index = from;; ++index) {
    auto const found = leaf_at(*assembly.tiles, index);
    if (!found) return found.error();
    if (*found == leaf) return index;
  }
}

result<AnnouncedChange> announce(Assembly const& assembly, rules::Profile const& profile, base::Time in_force) {
  base::Bytes const leaf = log::leaf_of(
      log::ProfileChange{log::profile_change_version, assembly.clock->now(), in_force, profile.name, profile.hash});
  std::uint64_t before = 0;
  auto const read = assembly.store->read([&before](ports::Snapshot& snapshot) -> result<void> {
    before = snapshot.log_state().size;
    return {};
  });
  if (!read) return read.error();
  if (auto const published = assembly.sequencer().publish_leaf(leaf); !published) return published.error();
  auto const index = find_leaf(assembly, leaf, before);
  if (!index) return index.error();
  return AnnouncedChange{in_force, *index};
}

/// Offices that officials may belong to do not go without a word.
void warn_of_closed_offices(rules::Profile const& now, rules::Profile const& next) {
  for (rules::Office const& office : now.offices)
    if (next.office(office.id) == nullptr)
      fmt::print("Note: the office \"{}\" is not in it any more. Its officials keep their accounts.\n", office.id);
}

result<void> change(Assembly const& assembly, std::string const& file) {
  base::Time const now = assembly.clock->now();
  bool const at_once = assembly.config.mode == service::Mode::test;
  base::Time const in_force = at_once ? now : now + rules::profile_notice;
  if (assembly.policies->next)
    return fail(errc::conflict, "A change is announced already. Withdraw it first: abode profile " +
                                    assembly.layout.root.string() + " --withdraw");
  auto const next = find_next_policy(file, assembly.policies->now, assembly.config.mode, in_force);
  if (!next) return next.error();
  // In the log before it is noted anywhere: no change without its leaf. A crash between the two leaves an announcement
  // that nothing follows; the command can be repeated.
  auto const announced = announce(assembly, next->profile, in_force);
  if (!announced) return announced.error();
  if (auto const noted = note_change(assembly.layout, *next, *announced); !noted) return noted;
  warn_of_closed_offices(assembly.policies->now, next->profile);
  fmt::print("The change to \"{}\" (SHA-256 {}) is in the public log. It is in force from {} on.\n",
             next->profile.title, codec::to_hex(next->profile.hash), base::format_time(in_force));
  return {};
}

result<void> withdraw(Assembly const& assembly) {
  if (!assembly.policies->next) return fail(errc::conflict, "No change is announced. There is nothing to withdraw.");
  // What decides goes first: cut off after it, the log announces a change that never comes, and not the other way
  // round.
  if (auto const dropped = drop_change(assembly.layout); !dropped) return dropped;
  auto const told = announce(assembly, assembly.policies->now, assembly.clock->now());
  if (!told) return told.error();
  fmt::print("The change is withdrawn, and the public log says so. \"{}\" stays in force.\n",
             assembly.policies->now.title);
  return {};
}

void show(Assembly const& assembly) {
  Policies const& policies = *assembly.policies;
  fmt::print("In force: {} (\"{}\", SHA-256 {})\n", policies.now.title, policies.now.name,
             codec::to_hex(policies.now.hash));
  if (policies.next)
    fmt::print("From {} on: {} (SHA-256 {})\n", base::format_time(policies.announced.in_force), policies.next->title,
               codec::to_hex(policies.next->hash));
}

}  // namespace

int profile(cli::ProfileOptions const& options) {
  auto const assembly = open_register(options.directory);
  result<void> done = assembly ? result<void>{} : result<void>{assembly.error()};
  if (done && options.change)
    done = change(*assembly, *options.change);
  else if (done && options.withdraw)
    done = withdraw(*assembly);
  else if (done)
    show(*assembly);
  if (done) return 0;
  fmt::print(stderr, "abode: {}\n", done.error().detail);
  return 1;
}

}  // namespace abode::app
