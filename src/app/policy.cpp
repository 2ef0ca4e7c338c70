#include "app/policy.hpp"

#include "codec/toml.hpp"
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

/// The profile in `text`, if it may serve in `mode` today.
result<rules::Profile> usable(std::string const& text, std::string const& file, service::Mode mode) {
  auto profile = profiles::parse_profile(text, file);
  if (!profile) return profile;
  if (profile->model && mode != service::Mode::test)
    return fail(errc::forbidden,
                "The profile \"" + profile->name + "\" is a model without legal effect: it serves only in test mode.");
  if (auto const* const rule = rules::not_yet_in_force(*profile, base::day_of(system::machine_time())))
    return fail(errc::invalid, file + ": the rule \"" + rule->rule + "\" is in force only from " +
                                   base::format_date(rule->valid_from) + " on. Wait, or take the rule of today.");
  if (mode == service::Mode::test) service::add_specimen_offices(*profile);
  return profile;
}

}  // namespace

result<Policy> find_policy(std::string const& name, service::Mode mode) {
  auto text = text_of(name);
  if (!text) return text.error();
  auto profile = usable(*text, name.ends_with(".toml") ? name : name + ".toml", mode);
  if (!profile) return profile.error();
  return Policy{std::move(*text), std::move(*profile)};
}

result<rules::Profile> load_policy(Layout const& layout, Config const& config) {
  auto const text = read_text(layout.profile());
  if (!text) return text.error();
  auto profile = usable(*text, layout.profile().string(), config.mode);
  if (profile && profile->name != config.profile)
    return fail(errc::conflict, "abode.toml names the profile \"" + config.profile + "\", but profile.toml holds \"" +
                                    profile->name + "\". Put back the one that was there.");
  return profile;
}

}  // namespace abode::app
