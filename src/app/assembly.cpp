#include "app/assembly.hpp"

#include <fmt/format.h>

#include "app/key_files.hpp"
#include "app/policy.hpp"
#include "codec/text.hpp"
#include "log/note.hpp"
#include "service/epochs.hpp"
#include "service/specimens.hpp"
#include "sqlite/store.hpp"
#include "system/clock.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

// A clock this far behind the last checkpoint is wrong, not late; less is waited out.
constexpr std::chrono::hours tolerated_clock_lag{1};

// In bulk the same pages of the indexes are written again and again, so it pays to move them into the database rarely;
// what a write then has to wait for the move (decision 17), nobody feels.
constexpr std::size_t bulk_checkpoint_frames = 16'000;

sqlite::Options store_options(Layout const& layout, Use use) {
  sqlite::Options options;
  options.directory = layout.root;
  if (use == Use::bulk) options.checkpoint_frames = bulk_checkpoint_frames;
  return options;
}

/// When the register was last seen at work: the time of its checkpoint file.
base::Time last_seen(Layout const& layout) {
  std::error_code error;
  auto const written = std::filesystem::last_write_time(layout.log() / "checkpoint", error);
  if (error) return {};
  return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(written));
}

result<std::unique_ptr<base::Clock>> open_clock(Layout const& layout) {
  base::Time const seen = last_seen(layout);
  if (system::machine_time() + tolerated_clock_lag < seen)
    return fail(errc::unavailable, "This machine's clock is behind: the register was at work at " +
                                       base::format_time(seen) + ". Set the clock right and start again.");
  return system::make_clock(seen);
}

base::Error wrong_keys(Layout const& layout) {
  return fail(errc::forbidden, "The files in " + layout.keys().string() +
                                   " are not the keys of this register. Put the right ones back; nothing was changed.");
}

result<void> check_keys(Layout const& layout, openssl::Keys const& keys) {
  auto const meta = sqlite::read_meta(layout.root);
  if (!meta) return meta.error();
  if (meta->key_check != openssl::key_check(keys)) return wrong_keys(layout);
  return {};
}

/// The key-encryption key is the one that wrapped the keys: they are all under it, or under the one that follows it.
result<void> check_encryption_key(Assembly const& assembly) {
  return assembly.store->read([&](ports::Snapshot& snapshot) -> result<void> {
    auto const some = snapshot.keys({}, 1);
    return some.empty() || assembly.vault->knows(some.front().key) ? result<void>{} : wrong_keys(assembly.layout);
  });
}

/// The published log must not be ahead of the store: the store would sign another history for the same places.
result<void> check_not_rolled_back(Assembly const& assembly) {
  auto const published = assembly.tiles->get("checkpoint");
  if (!published) return published.error().code == errc::not_found ? result<void>{} : published.error();
  auto const damaged = [&](base::Error const& why) {
    return fail(errc::corrupted, (assembly.layout.log() / "checkpoint").string() + " is damaged. " + why.detail +
                                     " Put back the newest copy that anybody has: it is public.");
  };
  auto const note = log::parse_note(base::as_text(*published));
  if (!note) return damaged(note.error());
  auto const checkpoint = log::verify_checkpoint(*note, service::log_key(*assembly.signer, assembly.config.origin));
  if (!checkpoint) return damaged(checkpoint.error());
  return assembly.store->read([&](ports::Snapshot& snapshot) -> result<void> {
    std::uint64_t const stored = snapshot.log_state().size;
    if (checkpoint->size <= stored) return {};
    return fail(errc::conflict,
                fmt::format("The store is older than the log it published: {} leaves against {}. Put back the newest "
                            "abode.db and keys.db; serving this one would contradict what was signed.",
                            stored, checkpoint->size));
  });
}

Assembly assemble(Config config, Layout const& layout, Policies policies, openssl::Keys const& keys,
                  std::unique_ptr<IssuerFiles> proof_keys, std::unique_ptr<base::Clock> clock,
                  std::unique_ptr<ports::Store> store) {
  auto random = openssl::make_random();
  auto desk = std::make_unique<service::WalletDesk>(*clock, *random);
  return Assembly{std::move(config),
                  layout,
                  std::make_unique<Policies const>(std::move(policies)),
                  std::move(clock),
                  std::move(random),
                  openssl::make_sealer(keys),
                  keys.next_encryption,
                  openssl::make_signer(keys),
                  std::move(proof_keys),
                  system::make_status_files(layout.status()),
                  system::make_tile_files(layout.log()),
                  std::nullopt,
                  std::move(desk),
                  std::move(store)};
}

/// The policy file that the settings name. It is the one that people check histories by, so it names this log.
result<std::optional<log::TrustPolicy>> load_witnesses(Assembly const& assembly) {
  if (!assembly.config.witnesses) return std::optional<log::TrustPolicy>{};
  std::filesystem::path const file = assembly.layout.root / *assembly.config.witnesses;
  auto const text = system::read_file(file, log::max_policy_size_bytes);
  if (!text) return text.error();
  auto policy = log::TrustPolicy::parse(base::as_text(*text));
  auto const wrong = [&file](std::string const& why) { return fail(errc::invalid, file.string() + ": " + why); };
  if (!policy) return wrong(policy.error().detail);
  log::VerifierKey const key = service::log_key(*assembly.signer, assembly.config.origin);
  log::TrustedKey const* const own = policy->log(assembly.config.origin);
  if (own == nullptr || own->key != key) return wrong("it does not name this log. Add the line: log " + key.format());
  for (log::TrustedKey const& witness : policy->witnesses())
    if (!witness.url || !(witness.url->starts_with("https://") || witness.url->starts_with("http://")))
      return wrong("the witness " + witness.name + " has no address. Write it at the end of its line.");
  if (policy->witnesses().empty()) return wrong("it names no witness. Add one, or take the setting out of abode.toml.");
  return std::optional{std::move(*policy)};
}

/// The specimen people and officials, in test mode; real people come by a list, officials by an invitation.
result<void> seed(Assembly const& made) {
  if (made.config.mode != service::Mode::test) return {};
  auto const seeded = made.store->write_and_wait(
      [&](ports::Transaction& transaction) { return service::seed_specimens(made.context(), transaction); });
  return seeded ? result<void>{} : seeded.error();
}

}  // namespace

service::Context Assembly::context() const {
  rules::ProfileSchedule const profiles =
      policies->next ? rules::ProfileSchedule{policies->now, *policies->next, policies->announced.in_force,
                                              policies->announced.leaf}
                     : rules::ProfileSchedule{policies->now};
  std::optional<service::MailPolicy> mails;
  if (config.mail) mails = service::MailPolicy{config.mail->wait};
  return {*clock, *random, *vault, profiles, config.mode, mails, config.public_url};
}

api::Register Assembly::registry() const {
  service::PublicLog log{*tiles, service::log_key(*signer, config.origin)};
  if (witnesses)
    for (log::TrustedKey const& witness : witnesses->witnesses()) log.witnesses.push_back(witness.key);
  return {context(),
          std::move(log),
          config.public_url.starts_with("https://"),
          {webauthn::relying_party_id(config.public_url), {config.public_url}},
          *proof_keys,
          *status_files,
          *desk};
}

service::Sequencer Assembly::sequencer() const {
  return {*store, *tiles, *signer, *random, config.origin, !witnesses};
}

std::string make_origin(base::Random& random, service::Mode mode) {
  std::string_view const prefix = mode == service::Mode::test ? log::test_origin_prefix : std::string_view{};
  return std::string{prefix} + "abode.invalid/log-" + codec::to_hex(random.bytes<6>());
}

result<void> create_register(std::filesystem::path const& directory, service::Mode mode,
                             std::string const& profile_name, std::string const& public_url) {
  if (auto const checked = check_public_url(public_url); !checked) return checked;
  auto policy = find_policy(profile_name, mode);
  if (!policy && policy.error().code == errc::forbidden)
    return fail(errc::forbidden, policy.error().detail + " Choose another: abode init " + directory.string() +
                                     " --profile NAME. To try Abode out: abode init " + directory.string() +
                                     " --test-mode");
  if (!policy) return policy.error();
  Layout const layout{directory};
  if (auto const made = system::make_empty_directory(layout.root, system::Access::everyone_reads); !made) return made;
  auto const random = openssl::make_random();
  Config const config{mode,
                      public_url,
                      make_origin(*random, mode),
                      std::chrono::milliseconds{500},
                      default_epoch_length(mode),
                      policy->profile.name,
                      default_status_interval(mode)};
  openssl::Keys const keys = openssl::make_keys(*random);
  if (auto const stored = store_keys(layout.keys(), keys); !stored) return stored;
  std::string const issuer_name = codec::to_hex(random->bytes<3>());
  if (auto const made = create_issuer(layout, issuer_name, system::machine_time(), mode == service::Mode::test); !made)
    return made;
  auto proof_keys = IssuerFiles::open(config, layout.keys());
  if (!proof_keys) return proof_keys.error();
  if (auto const written =
          system::write_file(layout.profile(), base::as_bytes(policy->text), system::Access::everyone_reads);
      !written)
    return written;
  auto store = sqlite::create(store_options(layout, Use::serving),
                              {std::string{service::name_of(mode)}, config.origin, openssl::key_check(keys)});
  if (!store) return store.error();
  Assembly const made = assemble(config, layout, Policies{std::move(policy->profile), {}, {}}, keys,
                                 std::move(*proof_keys), system::make_clock({}), std::move(*store));
  if (auto const seeded = seed(made); !seeded) return seeded;
  auto const opened = made.store->write_and_wait([&made](ports::Transaction& transaction) {
    return service::open_first_epoch(*made.vault, *made.random, made.clock->now(), transaction,
                                     made.config.epoch_length);
  });
  if (!opened) return opened.error();
  // Last: a directory without settings is no register, and an init that was cut short leaves none.
  return system::write_file(layout.config(), base::as_bytes(format_config(config)), system::Access::everyone_reads);
}

result<Assembly> open_register(std::filesystem::path const& directory, Use use) {
  Layout const layout{directory};
  auto config = load_config(layout);
  if (!config) return config.error();
  auto policies = load_policies(layout, *config);
  if (!policies) return policies.error();
  auto const keys = load_keys(layout.keys());
  if (!keys) return keys.error();
  if (auto const ok = check_keys(layout, *keys); !ok) return ok.error();
  auto proof_keys = IssuerFiles::open(*config, layout.keys());
  if (!proof_keys) return proof_keys.error();
  auto clock = open_clock(layout);
  if (!clock) return clock.error();
  auto store =
      sqlite::open(store_options(layout, use), {std::string{service::name_of(config->mode)}, config->origin, {}});
  if (!store) return store.error();
  Assembly assembly = assemble(std::move(*config), layout, std::move(*policies), *keys, std::move(*proof_keys),
                               std::move(*clock), std::move(*store));
  if (auto const ok = check_encryption_key(assembly); !ok) return ok.error();
  auto witnesses = load_witnesses(assembly);
  if (!witnesses) return witnesses.error();
  assembly.witnesses = std::move(*witnesses);
  if (auto const ok = check_not_rolled_back(assembly); !ok) return ok.error();
  return assembly;
}

}  // namespace abode::app
