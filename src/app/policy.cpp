#include "app/policy.hpp"

#include <limits>

#include "app/log_files.hpp"
#include "codec/text.hpp"
#include "codec/toml.hpp"
#include "log/profile_change.hpp"
#include "profiles/profiles.hpp"
#include "service/specimens.hpp"
#include "system/clock.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

result<std::string> read_text(std::filesystem::path const& path) {
  auto const content = system::read_file(path, codec::max_toml_bytes);
  if (!content) return content.error();
  return std::string{base::as_text(*content)};
}

result<std::string> text_of(std::string const& name) {
  if (name.ends_with(".toml")) return read_text(name);
  auto const text = profiles::built_in_text(name);
  if (!text) return text.error();
  return std::string{*text};
}

/// The profile in `text`, if it may serve in `mode` on `day`.
result<rules::Profile> usable(std::string const& text, std::string const& file, service::Mode mode, base::Date day) {
  auto profile = profiles::parse_profile(text, file);
  if (!profile) return profile;
  if (profile->model && mode != service::Mode::test)
    return fail(errc::forbidden,
                "The profile \"" + profile->name + "\" is a model without legal effect: it serves only in test mode.");
  if (auto const* const rule = rules::not_yet_in_force(*profile, day))
    return fail(errc::invalid, file + ": the rule \"" + rule->rule + "\" is in force only from " +
                                   base::format_date(rule->valid_from) + " on. Wait, or take the rule of that day.");
  if (mode == service::Mode::test) service::add_specimen_offices(*profile);
  return profile;
}

base::Date today() {
  return base::day_of(system::machine_time());
}

/// What was noted of a change.
struct NotedChange {
  std::string hash;  ///< hex, of the file
  AnnouncedChange announced;
};

result<std::optional<NotedChange>> noted_change(Layout const& layout) {
  std::error_code problem;
  if (!std::filesystem::exists(layout.profile_change(), problem)) return std::optional<NotedChange>{};
  auto const text = read_text(layout.profile_change());
  if (!text) return text.error();
  auto const table = codec::parse_toml(*text, "profile.change.toml");
  if (!table) return table.error();
  codec::TomlFault fault{"profile.change.toml"};
  codec::TomlReader reader{fault, *table};
  NotedChange change{reader.text("hash"), {}};
  std::string const in_force = reader.text("in_force");
  change.announced.leaf =
      static_cast<std::uint64_t>(reader.integer("leaf", 0, std::numeric_limits<std::int64_t>::max()));
  reader.finish();
  if (auto const read = fault.outcome(); !read) return read.error();
  auto const time = base::parse_time(in_force);
  if (!time) return time.error();
  change.announced.in_force = *time;
  return std::optional{change};
}

/// The note is only a finger that points to the leaf: what counts is what everybody could read in the log.
bool is_announced(Layout const& layout, rules::Profile const& profile, AnnouncedChange const& announced) {
  auto const tiles = system::make_tile_files(layout.log());
  auto const leaf = leaf_at(*tiles, announced.leaf);
  if (!leaf) return false;
  auto const change = log::parse_profile_leaf(*leaf);
  return change && *change && (*change)->hash == profile.hash && (*change)->name == profile.name &&
         (*change)->in_force == announced.in_force;
}

/// The announced profile. Its file must be the one that was announced.
result<std::optional<rules::Profile>> load_next(Layout const& layout, Config const& config,
                                                std::optional<NotedChange> const& change) {
  if (!change) return std::optional<rules::Profile>{};
  auto const text = read_text(layout.next_profile());
  if (!text) return text.error();
  auto profile = usable(*text, layout.next_profile().string(), config.mode, base::day_of(change->announced.in_force));
  if (!profile) return profile.error();
  if (codec::to_hex(profile->hash) != change->hash || profile->name != config.profile ||
      !is_announced(layout, *profile, change->announced))
    return fail(errc::conflict, layout.profile_change().string() + " and " + layout.next_profile().string() +
                                    " are not the change that the public log has announced. Put back what was there, "
                                    "or take both files away and announce the change again.");
  return std::optional{std::move(*profile)};
}

}  // namespace

result<Policy> find_policy(std::string const& name, service::Mode mode) {
  auto text = text_of(name);
  if (!text) return text.error();
  auto profile = usable(*text, name.ends_with(".toml") ? name : name + ".toml", mode, today());
  if (!profile) return profile.error();
  return Policy{std::move(*text), std::move(*profile)};
}

result<Policies> load_policies(Layout const& layout, Config const& config) {
  auto const change = noted_change(layout);
  if (!change) return change.error();
  auto next = load_next(layout, config, *change);
  if (!next) return next.error();
  if (*next && (*change)->announced.in_force <= system::machine_time()) {
    // The text first: cut off after it, the next start does the same again.
    auto const written =
        system::write_file(layout.profile(), base::as_bytes((*next)->text), system::Access::everyone_reads);
    if (!written) return written.error();
    if (auto const dropped = drop_change(layout); !dropped) return dropped.error();
    next->reset();
  }
  auto const text = read_text(layout.profile());
  if (!text) return text.error();
  auto profile = usable(*text, layout.profile().string(), config.mode, today());
  if (!profile) return profile.error();
  if (profile->name != config.profile)
    return fail(errc::conflict, "abode.toml names the profile \"" + config.profile + "\", but profile.toml holds \"" +
                                    profile->name + "\". Put back the one that was there.");
  return Policies{std::move(*profile), std::move(*next), *change ? (*change)->announced : AnnouncedChange{}};
}

result<Policy> find_next_policy(std::string const& file, rules::Profile const& now, service::Mode mode,
                                base::Time in_force) {
  auto text = text_of(file);
  if (!text) return text.error();
  auto profile = usable(*text, file, mode, base::day_of(in_force));
  if (!profile) return profile.error();
  if (profile->name != now.name)
    return fail(errc::conflict, "This is the profile \"" + profile->name + "\", the register's is \"" + now.name +
                                    "\". A change keeps the name: correct it in the file.");
  if (profile->hash == now.hash)
    return fail(errc::conflict, "This is the profile that is in force, byte for byte. There is nothing to change.");
  return Policy{std::move(*text), std::move(*profile)};
}

result<void> note_change(Layout const& layout, Policy const& next, AnnouncedChange const& announced) {
  auto const written =
      system::write_file(layout.next_profile(), base::as_bytes(next.text), system::Access::everyone_reads);
  if (!written) return written;
  std::string const note = "# Written by abode profile: the change that the public log has announced.\nhash = \"" +
                           codec::to_hex(next.profile.hash) + "\"\nin_force = \"" +
                           base::format_time(announced.in_force) + "\"\nleaf = " + std::to_string(announced.leaf) +
                           "\n";
  return system::write_file(layout.profile_change(), base::as_bytes(note), system::Access::everyone_reads);
}

result<void> drop_change(Layout const& layout) {
  if (auto const removed = system::remove_file(layout.profile_change()); !removed) return removed;
  return system::remove_file(layout.next_profile());
}

}  // namespace abode::app
