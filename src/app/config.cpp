#include "app/config.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "identity/contact.hpp"
#include "log/epoch.hpp"
#include "log/note.hpp"
#include "system/files.hpp"
#include "text/text.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::size_t max_config_bytes = 64 * 1024;
constexpr std::size_t max_return_address_bytes = 200;

base::Error config_error(std::string const& setting, std::string const& detail) {
  return fail(errc::invalid, "abode.toml: " + setting + " " + detail, setting);
}

result<std::string> text_setting(toml::table const& table, char const* name) {
  auto const value = table[name].value_exact<std::string>();
  if (!value || value->empty())
    return config_error(name, "is missing or not a text. Write it as " + std::string{name} + " = \"...\".");
  return *value;
}

result<service::Mode> mode_setting(toml::table const& table) {
  auto const text = text_setting(table, "mode");
  if (!text) return text.error();
  if (*text == "test") return service::Mode::test;
  if (*text == "live") return service::Mode::live;
  return config_error("mode", "is \"test\" or \"live\", and never changes.");
}

result<std::string> url_setting(toml::table const& table) {
  auto url = text_setting(table, "public_url");
  if (!url) return url;
  if (auto const checked = check_public_url(*url); !checked) return checked.error();
  return url;
}

/// Both files, or neither.
result<std::optional<http::CertificateFiles>> certificate_settings(toml::table const& table) {
  if (!table.contains("tls_certificate") && !table.contains("tls_key")) return std::optional<http::CertificateFiles>{};
  auto const chain = text_setting(table, "tls_certificate");
  if (!chain) return chain.error();
  auto const key = text_setting(table, "tls_key");
  if (!key) return key.error();
  return std::optional{http::CertificateFiles{*chain, *key}};
}

result<std::optional<std::string>> optional_text(toml::table const& table, char const* name) {
  if (!table.contains(name)) return std::optional<std::string>{};
  auto text = text_setting(table, name);
  if (!text) return text.error();
  return std::optional{std::move(*text)};
}

bool is_this_machine(std::string_view server) {
  return server == "localhost" || server == "127.0.0.1" || server == "::1";
}

/// "required", or "none" for a server on this machine.
result<bool> starttls_setting(toml::table const& table, std::string_view server) {
  auto const text = optional_text(table, "starttls");
  if (!text) return text.error();
  if (!*text || **text == "required") return true;
  if (**text != "none") return config_error("mail.starttls", "is \"required\" or \"none\".");
  if (!is_this_machine(server))
    return config_error("mail.starttls",
                        "is \"none\" only for a server on this machine: addresses of people would go over the network "
                        "for everybody to read. Write \"required\".");
  return false;
}

result<void> mail_files(toml::table const& table, MailSettings& mail) {
  auto user = optional_text(table, "user");
  if (!user) return user.error();
  auto const password = optional_text(table, "password");
  if (!password) return password.error();
  if (user->has_value() != password->has_value())
    return config_error("mail.user", "and password, the name of a file, go together: give both or neither.");
  auto const authorities = optional_text(table, "authorities");
  if (!authorities) return authorities.error();
  mail.user = std::move(*user);
  if (*password) mail.password = **password;
  if (*authorities) mail.authorities = **authorities;
  return {};
}

result<MailSettings> mail_settings(toml::table const* table) {
  if (table == nullptr) return config_error("mail", "is a table: write [mail], and its settings below.");
  static std::set<std::string_view> const known{"server",   "port",     "from",        "user",
                                                "password", "starttls", "authorities", "wait_s"};
  for (auto const& [key, value] : *table)
    if (!known.contains(key.str()))
      return config_error("mail." + std::string{key.str()}, "is not a setting. Correct its name or take the line out.");
  auto server = text_setting(*table, "server");
  if (!server) return server.error();
  if (!std::all_of(server->begin(), server->end(),
                   [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':'; }))
    return config_error("mail.server", "is the name or number of a host, such as smtp.example.org.");
  auto const port = (*table)["port"].value_exact<std::int64_t>();
  if (!port || *port < 1 || *port > 65535) return config_error("mail.port", "is a whole number, mostly 587 or 25.");
  auto const typed = text_setting(*table, "from");
  if (!typed) return typed.error();
  auto from = identity::parse_email_address(*typed);
  if (!from) return config_error("mail.from", "is no address: write it as register@example.org.");
  auto const wait = table->contains("wait_s") ? (*table)["wait_s"].value_exact<std::int64_t>() : 60;
  if (!wait || *wait < 0 || *wait > 3600) return config_error("mail.wait_s", "is a whole number from 0 to 3600.");
  auto const starttls = starttls_setting(*table, *server);
  if (!starttls) return starttls.error();
  MailSettings mail{.server = std::move(*server),
                    .port = static_cast<std::uint16_t>(*port),
                    .from = std::move(*from),
                    .starttls = *starttls,
                    .wait = std::chrono::seconds{*wait}};
  if (auto const files = mail_files(*table, mail); !files) return files.error();
  return mail;
}

result<DeviceSettings> device_settings(toml::table const* table) {
  if (table == nullptr) return config_error("device", "is a table: write [device], and its settings below.");
  for (auto const& [key, value] : *table)
    if (key.str() != "module" && key.str() != "token" && key.str() != "pin")
      return config_error("device." + std::string{key.str()},
                          "is not a setting. Correct its name or take the line out.");
  auto const module = text_setting(*table, "module");
  if (!module) return module.error();
  auto token = text_setting(*table, "token");
  if (!token) return token.error();
  auto pin = text_setting(*table, "pin");
  if (!pin) return pin.error();
  if (pin->find('/') != pin->npos)
    return config_error("device.pin", "is the name of a file in keys/, such as \"device.pin\".");
  return DeviceSettings{*module, std::move(*token), std::move(*pin)};
}

}  // namespace

result<void> check_public_url(std::string_view url) {
  bool const http = url.starts_with("http://");
  if (!http && !url.starts_with("https://"))
    return config_error("public_url", "begins with https:// (or http:// for tests).");
  std::string_view const rest = url.substr(http ? 7 : 8);
  if (rest.empty() || rest.find_first_of("/?#@ \"\\") != std::string_view::npos)
    return config_error("public_url", "is scheme, host and port only, such as http://localhost:8080.");
  return {};
}

std::chrono::seconds default_epoch_length(service::Mode mode) {
  return mode == service::Mode::test ? std::chrono::seconds{60} : std::chrono::seconds{std::chrono::days{1}};
}

std::chrono::seconds default_status_interval(service::Mode mode) {
  return mode == service::Mode::test ? std::chrono::seconds{10} : std::chrono::seconds{std::chrono::hours{1}};
}

std::string format_config(Config const& config) {
  return fmt::format(
      R"(# Settings of this Abode register. An unknown setting is an error, so a slip of the pen is noticed at the next start.

# "test": specimen people, nothing has legal effect. "live": real people. Fixed for the life of the register.
mode = "{}"

# The address that people type. Browsers on other addresses cannot act for a signed-in person.
public_url = "{}"

# The name of the public log. It stands in every checkpoint and every proof. Never change it.
origin = "{}"

# How often new entries go into the public log, in milliseconds ({} to {}).
log_interval_ms = {}

# How long an epoch of the log lasts, in seconds ({} to {}; a day is 86400). After each, the log binds how many entries
# every record has.
epoch_length_s = {}

# The jurisdiction's policy: the name of the profile in profile.toml.
profile = "{}"

# How often the lists are published that say which proofs were withdrawn, in seconds ({} to {}; an hour is 3600).
status_interval_s = {}

# To speak TLS without a proxy: PEM files of the certificate with its chain, and of its key. After renewing them, send the
# process SIGHUP. Relative paths are below this directory.
# tls_certificate = "tls/chain.pem"
# tls_key = "tls/key.pem"

# The certificate (X.509, PEM) of whoever prints the letters, for abode cards and abode letters. Without it, both want
# --print-key.
# print_key = "print.pem"

# The sender's address, on one line: it stands small above the reader's in the window of the envelope. Name no register
# in it if nobody who handles the mail is to know what is inside.
# return_address = "Karl-Marx-Allee 31, 10178 Berlin"

# Who cosigns the log: a C2SP tlog-policy file with this log's key (/log.vkey), the witnesses with their addresses, and
# how many must sign. Checkpoints are shown once they have, or after 10 seconds without them.
# witnesses = "witnesses.policy"

# The mail server by which people are told that something changed in their record. Without it no mail is sent, and people
# look into their inbox here. The password stands in a file that only its owner may read. Without TLS ("none") only to a
# server on this machine. Keep this table at the end of the file.
# [mail]
# server = "smtp.example.org"
# port = 587
# from = "register@example.org"
# user = "register"
# password = "keys/mail.password"
# starttls = "required"
# authorities = "mail-ca.pem"
# wait_s = 60

# A device (PKCS #11) that makes and keeps the keys of proofs: its maker's library, the label of the token, and the name
# of the file in keys/ that holds its PIN. After setting it, make new keys: abode keys rotate DIR --roots ROOTS. Keep this
# table at the end of the file as well.
# [device]
# module = "/usr/lib/softhsm/libsofthsm2.so"
# token = "abode"
# pin = "device.pin"
)",
      service::name_of(config.mode), config.public_url, config.origin, min_log_interval.count(),
      max_log_interval.count(), config.log_interval.count(), log::min_epoch_length.count(),
      log::max_epoch_length.count(), config.epoch_length.count(), config.profile, min_status_interval.count(),
      max_status_interval.count(), config.status_interval.count());
}

result<Config> parse_config(std::string_view text) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (toml::parse_error const& error) {  // the library's way to say it
    return fail(errc::malformed,
                fmt::format("abode.toml, line {}: {}.", error.source().begin.line, error.description()));
  }
  static std::set<std::string_view> const known{
      "mode",    "public_url", "origin",         "log_interval_ms", "epoch_length_s", "profile", "tls_certificate",
      "tls_key", "print_key",  "return_address", "witnesses",       "mail",           "device",  "status_interval_s"};
  for (auto const& [key, value] : table)
    if (!known.contains(key.str()))
      return config_error(std::string{key.str()}, "is not a setting. Correct its name or take the line out.");
  auto const mode = mode_setting(table);
  if (!mode) return mode.error();
  auto const url = url_setting(table);
  if (!url) return url.error();
  auto const origin = text_setting(table, "origin");
  if (!origin) return origin.error();
  if (log::is_test_origin(*origin) != (*mode == service::Mode::test))
    return config_error("origin",
                        "begins with \"test-mode.\" in test mode and never otherwise. Put back what init wrote.");
  auto const interval = table["log_interval_ms"].value_exact<std::int64_t>();
  if (!interval || *interval < min_log_interval.count() || *interval > max_log_interval.count())
    return config_error("log_interval_ms", fmt::format("is a whole number from {} to {}.", min_log_interval.count(),
                                                       max_log_interval.count()));
  auto const epoch = table["epoch_length_s"].value_exact<std::int64_t>();
  if (!epoch || *epoch < log::min_epoch_length.count() || *epoch > log::max_epoch_length.count())
    return config_error("epoch_length_s", fmt::format("is a whole number from {} to {}.", log::min_epoch_length.count(),
                                                      log::max_epoch_length.count()));
  auto const status = table["status_interval_s"].value_exact<std::int64_t>();
  if (!status || *status < min_status_interval.count() || *status > max_status_interval.count())
    return config_error("status_interval_s", fmt::format("is a whole number from {} to {}.",
                                                         min_status_interval.count(), max_status_interval.count()));
  auto const profile = text_setting(table, "profile");
  if (!profile) return profile.error();
  auto const certificate = certificate_settings(table);
  if (!certificate) return certificate.error();
  Config config{*mode,
                *url,
                *origin,
                std::chrono::milliseconds{*interval},
                std::chrono::seconds{*epoch},
                *profile,
                std::chrono::seconds{*status},
                *certificate};
  if (table.contains("print_key")) {
    auto const file = text_setting(table, "print_key");
    if (!file) return file.error();
    config.print_key = *file;
  }
  if (table.contains("return_address")) {
    auto const line = text_setting(table, "return_address");
    if (!line) return line.error();
    auto const clean = text::clean_line(*line, "return_address");
    if (!clean || clean->size() > max_return_address_bytes)
      return config_error("return_address",
                          "is one line of at most 200 bytes, such as \"Karl-Marx-Allee 31, 10178 Berlin\".");
    config.return_address = *clean;
  }
  if (table.contains("witnesses")) {
    auto const file = text_setting(table, "witnesses");
    if (!file) return file.error();
    config.witnesses = *file;
  }
  if (table.contains("mail")) {
    auto mail = mail_settings(table["mail"].as_table());
    if (!mail) return mail.error();
    config.mail = std::move(*mail);
  }
  if (table.contains("device")) {
    auto device = device_settings(table["device"].as_table());
    if (!device) return device.error();
    config.device = std::move(*device);
  }
  return config;
}

result<Config> load_config(Layout const& layout) {
  auto const content = system::read_file(layout.config(), max_config_bytes);
  if (!content && content.error().code == errc::not_found)
    return fail(errc::not_found, layout.root.string() + " holds no register. Make one: abode init " +
                                     layout.root.string() + " --test-mode");
  if (!content) return content.error();
  auto config = parse_config(base::as_text(*content));
  if (config && config->certificate) {
    config->certificate->chain = layout.root / config->certificate->chain;
    config->certificate->key = layout.root / config->certificate->key;
  }
  return config;
}

}  // namespace abode::app
