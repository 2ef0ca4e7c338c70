// A register's data directory: abode.toml, profile.toml, keys/, the databases, and log/ with the public log's files.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "http/server.hpp"
#include "service/context.hpp"

namespace abode::app {

/// The mail server that tells people that something changed.
struct MailSettings {
  std::string server;
  std::uint16_t port;
  std::string from;                                       ///< address of the sender
  std::optional<std::string> user = {};                   ///< none: without login
  std::optional<std::filesystem::path> password = {};     ///< file, below the directory
  std::optional<std::filesystem::path> authorities = {};  ///< PEM file of who may vouch for the server
  bool starttls = true;
  std::chrono::seconds wait{60};  ///< of a mail for others that would say the same
};

/// A device (PKCS #11) that the keys of proofs are made and kept in.
struct DeviceSettings {
  std::filesystem::path module;  ///< its maker's library
  std::string token;             ///< its label
  std::string pin;               ///< name of a file in keys/
};

/// What abode.toml says.
struct Config {
  service::Mode mode;
  std::string public_url;                                  ///< scheme://host[:port], as people type it
  std::string origin;                                      ///< the log's name, in every checkpoint, for life
  std::chrono::milliseconds log_interval;                  ///< between batches of the log
  std::chrono::seconds epoch_length;                       ///< after which the head tree is made anew
  std::string profile;                                     ///< the name of the profile in profile.toml
  std::chrono::seconds status_interval;                    ///< between publications of the lists of statuses
  std::optional<http::CertificateFiles> certificate = {};  ///< none: plain HTTP, for a proxy or for tests
  std::optional<std::filesystem::path> print_key = {};     ///< certificate of the print shop, below the directory
  std::optional<std::string> return_address = {};          ///< one line, small above the addresses of letters
  std::optional<std::filesystem::path> witnesses = {};     ///< trust policy of the log, below the directory
  std::optional<MailSettings> mail = {};                   ///< none: no mail is queued or sent
  std::optional<DeviceSettings> device = {};               ///< none: keys are files
};

constexpr std::chrono::milliseconds min_log_interval{50};
constexpr std::chrono::milliseconds max_log_interval{60'000};
constexpr std::chrono::seconds min_status_interval{1};
constexpr std::chrono::seconds max_status_interval{12 * 3600};

/// A new register's: a day, and in test mode a minute, so that whoever tries it out sees one.
std::chrono::seconds default_epoch_length(service::Mode mode);
/// The same: an hour, and in test mode ten seconds.
std::chrono::seconds default_status_interval(service::Mode mode);

/// errc::invalid if `url` is more or less than scheme, host and perhaps a port.
base::result<void> check_public_url(std::string_view url);

/// A fresh abode.toml for `config`, with a comment on every setting.
std::string format_config(Config const& config);

/// Strict: unknown and missing settings and wrong types are errc::invalid, naming the setting and what to do.
base::result<Config> parse_config(std::string_view toml);

/// Where things are in a data directory. Absolute paths.
struct Layout {
  explicit Layout(std::filesystem::path const& directory) : root(std::filesystem::absolute(directory)) {}
  std::filesystem::path root;
  std::filesystem::path config() const { return root / "abode.toml"; }
  std::filesystem::path profile() const { return root / "profile.toml"; }
  std::filesystem::path next_profile() const { return root / "profile.next.toml"; }
  /// Says that the next profile was announced, and from when it is in force.
  std::filesystem::path profile_change() const { return root / "profile.change.toml"; }
  std::filesystem::path keys() const { return root / "keys"; }
  std::filesystem::path log() const { return root / "log"; }
  /// Of the keys that sign proofs. To be taken away.
  std::filesystem::path roots() const { return root / "roots"; }
  std::filesystem::path status() const { return root / "status"; }
};

base::result<Config> load_config(Layout const& layout);

}  // namespace abode::app
