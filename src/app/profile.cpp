#include "app/profile.hpp"

#include <fmt/format.h>

#include "app/assembly.hpp"
#include "codec/text.hpp"
#include "log/profile_change.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

/// In the log before it is noted anywhere: no change without its leaf. A crash between the two leaves an announcement
/// that nothing follows; the command can be repeated.
result<void> announce(Assembly const& assembly, rules::Profile const& profile, base::Time in_force) {
  log::ProfileChange const change{log::profile_change_version, assembly.clock->now(), in_force, profile.name,
                                  profile.hash};
  return assembly.sequencer().publish_leaf(log::leaf_of(change));
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
  if (auto const told = announce(assembly, next->profile, in_force); !told) return told;
  if (auto const noted = note_change(assembly.layout, *next, in_force); !noted) return noted;
  fmt::print("The change to \"{}\" (SHA-256 {}) is in the public log. It is in force from {} on.\n",
             next->profile.title, codec::to_hex(next->profile.hash), base::format_time(in_force));
  return {};
}

result<void> withdraw(Assembly const& assembly) {
  if (!assembly.policies->next) return fail(errc::conflict, "No change is announced. There is nothing to withdraw.");
  if (auto const told = announce(assembly, assembly.policies->now, assembly.clock->now()); !told) return told;
  if (auto const dropped = drop_change(assembly.layout); !dropped) return dropped;
  fmt::print("The change is withdrawn, and the public log says so. \"{}\" stays in force.\n",
             assembly.policies->now.title);
  return {};
}

void show(Assembly const& assembly) {
  Policies const& policies = *assembly.policies;
  fmt::print("In force: {} (\"{}\", SHA-256 {})\n", policies.now.title, policies.now.name,
             codec::to_hex(policies.now.hash));
  if (policies.next)
    fmt::print("From {} on: {} (SHA-256 {})\n", base::format_time(policies.next_from), policies.next->title,
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
