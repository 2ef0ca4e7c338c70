#include "app/internal/verifier_directory.hpp"

#include <fmt/format.h>

#include "app/internal/certified_key_files.hpp"
#include "app/key_files.hpp"
#include "app/listen_address.hpp"
#include "codec/text.hpp"
#include "codec/toml.hpp"
#include "credential/trust.hpp"
#include "digest/digest.hpp"
#include "openssl/vault.hpp"
#include "system/files.hpp"

namespace abode::app::internal {
namespace {

namespace fs = std::filesystem;
using base::errc;
using base::fail;
using base::result;

constexpr std::size_t max_trust_bytes = 1024 * 1024;
constexpr std::size_t max_name_bytes = 50;  ///< with " root" behind it; a certificate's name takes 64 characters

fs::path settings_in(fs::path const& root) {
  return root / "verifier.toml";
}
fs::path key_in(fs::path const& root) {
  return root / "keys" / "requests.pem";
}
fs::path access_in(fs::path const& root) {
  return root / "keys" / "access.key";
}
fs::path root_key_in(fs::path const& root) {
  return root / "roots" / "requests.pem";
}

/// Wallets send people's proofs there: https, or this machine for trials.
result<void> check_url(std::string const& url) {
  constexpr std::string_view https = "https://";
  constexpr std::string_view http = "http://";
  bool const safe = url.starts_with(https);
  std::string const rest = safe ? url.substr(https.size()) : url.starts_with(http) ? url.substr(http.size()) : "";
  if (rest.empty() || rest.find_first_of("/?#@\"\\ ") != rest.npos)
    return fail(errc::invalid, "The public address is scheme, host and port only, such as https://check.example.",
                "public_url");
  std::string const host = rest.substr(0, rest.rfind(':'));
  if (!safe && !is_loopback(host))
    return fail(errc::invalid, "The public address begins with https:// (or http://localhost for trials).",
                "public_url");
  return {};
}

result<void> check_name(std::string const& name) {
  bool const plain = name.find_first_of("\"\\\r\n\t") == name.npos;
  if (!name.empty() && name.size() <= max_name_bytes && plain) return {};
  return fail(errc::invalid, "Give the name that people know you by, of at most 50 bytes, without quotes.", "name");
}

std::string format_settings(VerifierWish const& wish) {
  return fmt::format(
      R"(# Settings of this verifier. An unknown setting is an error.

# Who asks, as holders and those who work here know it.
name = "{}"

# Where wallets and browsers reach it: scheme, host and port.
public_url = "{}"
)",
      wish.name, wish.public_url);
}

result<void> make_keys(fs::path const& root, std::string const& name, base::Time now) {
  // Of another name than the key below it: or that would look as if it signed itself.
  auto const above = openssl::make_root_key(name + " root", now, false);
  if (auto const stored = store_certified_key(root_key_in(root), *above); !stored) return stored;
  return store_certified_key(key_in(root), *openssl::make_signing_key(*above, name, now));
}

result<base::Bytes> read_trust_file(fs::path const& file) {
  auto content = system::read_file(file, max_trust_bytes);
  if (!content) return content.error();
  auto const trust = credential::read_trust(base::as_text(*content));
  if (!trust) return fail(trust.error().code, file.string() + ": " + trust.error().detail);
  return content;
}

/// Wallets would refuse what a certificate that is over stands for.
result<void> check_certificate(fs::path const& file, openssl::IssuerKey const& key, base::Time now) {
  auto const good = certificates::check_life(key.life(), now);
  if (good) return {};
  return fail(errc::unavailable, "Wallets take no request by the key in " + file.string() + ". " + good.error().detail +
                                     " Get a new certificate for it, or a new key: --renew.");
}

/// What verifier.toml says.
struct Settings {
  std::string name;
  std::string public_url;
};

result<Settings> read_settings(fs::path const& root) {
  auto const text = system::read_file(settings_in(root), codec::max_toml_bytes);
  if (!text && text.error().code == errc::not_found)
    return fail(errc::not_found, root.string() + " holds no verifier. Make one: abode verifier " + root.string() +
                                     " --create NAME --public-url URL --trust FILE");
  if (!text) return text.error();
  auto const table = codec::parse_toml(base::as_text(*text), "verifier.toml");
  if (!table) return table.error();
  codec::TomlFault fault{"verifier.toml"};
  codec::TomlReader reader{fault, *table};
  Settings settings{reader.text("name"), reader.text("public_url")};
  reader.finish();
  if (auto const read = fault.outcome(); !read) return read.error();
  if (auto const good = check_name(settings.name); !good) return good.error();
  if (auto const good = check_url(settings.public_url); !good) return good.error();
  return settings;
}

/// The access key as people type it: what the file says.
std::string as_typed(base::Secret<base::Hash> const& key) {
  return codec::to_hex(key.reveal(base::Disclosure::to_crypto));
}

}  // namespace

result<base::Secret<std::string>> create_verifier(fs::path const& directory, VerifierWish const& wish, base::Time now) {
  if (auto const good = check_name(wish.name); !good) return good.error();
  if (auto const good = check_url(wish.public_url); !good) return good.error();
  auto const trust = wish.trust ? read_trust_file(*wish.trust) : result<base::Bytes>{base::Bytes{}};
  if (!trust) return trust.error();
  auto const empty = system::make_empty_directory(directory, system::Access::owner_only);
  if (!empty) return empty.error();
  for (fs::path const& folder :
       {key_in(directory).parent_path(), root_key_in(directory).parent_path(), directory / "status"})
    if (auto const made = system::make_directories(folder, system::Access::owner_only); !made) return made.error();
  if (auto const made = make_keys(directory, wish.name, now); !made) return made.error();
  base::Secret const access{openssl::make_random()->bytes<32>()};
  if (auto const stored = store_key(access_in(directory), access); !stored) return stored.error();
  if (wish.trust) {
    auto const copied = system::write_file(directory / "trust.json", *trust, system::Access::owner_only);
    if (!copied) return copied.error();
  }
  auto const written =
      system::write_file(settings_in(directory), base::as_bytes(format_settings(wish)), system::Access::owner_only);
  if (!written) return written.error();
  return base::Secret{as_typed(access)};
}

result<void> renew_verifier(fs::path const& directory, fs::path const& roots, base::Time now) {
  auto const settings = read_settings(directory);
  if (!settings) return settings.error();
  auto const above = load_certified_key(roots / root_key_in({}).filename());
  if (!above) return above.error();
  auto const before = load_certified_key(key_in(directory));
  if (!before) return before.error();
  if (!is_root_of(**above, **before))
    return fail(errc::conflict, roots.string() + " is not the root of " + key_in(directory).string() +
                                    ". Give the directory that you took away, or have its authority certify the key.");
  return store_certified_key(key_in(directory), *openssl::make_signing_key(**above, settings->name, now));
}

result<VerifierDirectory> VerifierDirectory::open(fs::path const& directory, base::Time now) {
  fs::path const root = fs::absolute(directory);
  auto settings = read_settings(root);
  if (!settings) return settings.error();
  auto key = load_certified_key(key_in(root));
  if (!key) return key.error();
  if (auto const good = check_certificate(key_in(root), **key, now); !good) return good.error();
  auto const access = load_key(access_in(root));
  if (!access) return access.error();
  return VerifierDirectory{root, std::move(settings->name), std::move(settings->public_url), std::move(*key),
                           digest::sha256(base::as_bytes(as_typed(*access)))};
}

}  // namespace abode::app::internal
