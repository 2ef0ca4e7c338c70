// A register put together from its data directory: the one place where adapters meet ports.
#pragma once

#include <memory>
#include <optional>

#include "api/routing.hpp"
#include "app/config.hpp"
#include "app/issuer_files.hpp"
#include "app/policy.hpp"
#include "log/trust_policy.hpp"
#include "openssl/vault.hpp"
#include "ports/signer.hpp"
#include "ports/status_files.hpp"
#include "service/sequencer.hpp"

namespace abode::app {

/// Everything of one register, opened. Members are destroyed in reverse order: the store first of those that use
/// others.
struct Assembly {
  Config config;
  Layout layout;
  std::unique_ptr<Policies const> policies;
  std::unique_ptr<base::Clock> clock;
  std::unique_ptr<base::Random> random;
  std::unique_ptr<openssl::Vault> vault;
  std::optional<base::Secret<base::Hash>> next_key;  ///< the vault rotated to, if a rotation had begun at the opening
  std::unique_ptr<ports::Signer> signer;
  std::unique_ptr<IssuerFiles> proof_keys;
  std::unique_ptr<ports::StatusFiles> status_files;
  std::unique_ptr<ports::TileFiles> tiles;
  std::optional<log::TrustPolicy> witnesses;  ///< who cosigns the log, if anybody does
  std::unique_ptr<service::WalletDesk> desk;
  std::unique_ptr<ports::Store> store;

  service::Context context() const;
  api::Register registry() const;
  service::Sequencer sequencer() const;
};

/// Makes a fresh register in an empty or absent directory: keys, settings, store, the profile (the name of a built-in
/// one, or a file NAME.toml), in test mode the specimen people. errc::conflict if anything is in the directory; what is
/// wrong with the profile or with `public_url`.
base::result<void> create_register(std::filesystem::path const& directory, service::Mode mode,
                                   std::string const& profile, std::string const& public_url);

/// A fresh name for a log. In test mode it says so, because it stands in every checkpoint and proof.
std::string make_origin(base::Random& random, service::Mode mode);

/// What a register is opened for. `bulk`: to write as much as possible, with nobody waiting for an answer.
enum class Use : std::uint8_t { serving, bulk };

/// Opens the register for this process alone. Refuses, each with what to do: no register, a broken setting or profile,
/// a policy of witnesses that does not fit, missing, readable-by-others or wrong keys, a store of another mode, a
/// process that has it open, a clock that is behind, a store that is older than the log it published.
base::result<Assembly> open_register(std::filesystem::path const& directory, Use use = Use::serving);

}  // namespace abode::app
