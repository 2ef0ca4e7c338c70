#include "app/internal/witness_directory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/key_files.hpp"
#include "base/assert.hpp"
#include "codec/text.hpp"
#include "codec/toml.hpp"
#include "digest/digest.hpp"
#include "openssl/ed25519.hpp"
#include "openssl/vault.hpp"
#include "system/files.hpp"

namespace abode::app::internal {
namespace {

namespace fs = std::filesystem;
using base::errc;
using base::fail;
using base::result;
using log::SignatureType;
using log::VerifierKey;

constexpr std::size_t max_logs = 1'000;

fs::path settings_in(fs::path const& root) {
  return root / "witness.toml";
}
fs::path key_in(fs::path const& root) {
  return root / "keys" / "witness.key";
}
fs::path checkpoints_in(fs::path const& root) {
  return root / "checkpoints";
}

result<std::vector<VerifierKey>> keys_of_logs(std::vector<std::string> const& lines) {
  std::vector<VerifierKey> out;
  for (std::string const& line : lines) {
    auto key = VerifierKey::parse(line);
    if (!key) return fail(key.error().code, "The key of a log, \"" + line + "\": " + key.error().detail, "logs");
    if (key->type() != SignatureType::ed25519)
      return fail(errc::invalid, "\"" + line + "\" is not the key of a log but of a witness.", "logs");
    out.push_back(std::move(*key));
  }
  return out;
}

std::string quoted(std::string const& text) {
  return "\"" + text + "\"";
}

std::string format_settings(std::string const& name, std::vector<std::string> const& logs) {
  std::string lines;
  for (std::string const& log : logs) lines += "  " + quoted(log) + ",\n";
  return fmt::format(
      R"(# Settings of this witness. An unknown setting is an error.

# Its name in every cosignature. Never change it.
name = {}

# The verifier keys of the logs that it cosigns for, from a source you trust.
logs = [
{}]
)",
      quoted(name), lines);
}

}  // namespace

result<VerifierKey> create_witness(fs::path const& directory, std::string const& name,
                                   std::vector<std::string> const& logs) {
  if (logs.empty()) return fail(errc::invalid, "Name a log with --log KEY: a witness cosigns for the logs it knows.");
  if (auto const known = keys_of_logs(logs); !known) return known.error();
  base::Secret const seed{openssl::make_random()->bytes<32>()};
  auto key = VerifierKey::create(name, SignatureType::cosignature_v1, openssl::Ed25519Key{seed}.public_key());
  if (!key) return key.error();
  if (name.find_first_of("\"\\") != std::string::npos)
    return fail(errc::invalid, "The name of a witness has no quotes and no backslashes, such as example.org/witness.");
  auto const empty = system::make_empty_directory(directory, system::Access::owner_only);
  if (!empty) return empty.error();
  for (fs::path const& folder : {key_in(directory).parent_path(), checkpoints_in(directory)})
    if (auto const made = system::make_directories(folder, system::Access::owner_only); !made) return made.error();
  if (auto const stored = store_key(key_in(directory), seed); !stored) return stored.error();
  auto const written = system::write_file(settings_in(directory), base::as_bytes(format_settings(name, logs)),
                                          system::Access::owner_only);
  if (!written) return written.error();
  return key;
}

result<WitnessDirectory> WitnessDirectory::open(fs::path const& directory) {
  fs::path const root = fs::absolute(directory);
  auto const text = system::read_file(settings_in(root), codec::max_toml_bytes);
  if (!text && text.error().code == errc::not_found)
    return fail(errc::not_found, root.string() + " holds no witness. Make one: abode witness " + root.string() +
                                     " --create NAME --log KEY");
  if (!text) return text.error();
  auto const table = codec::parse_toml(base::as_text(*text), "witness.toml");
  if (!table) return table.error();
  codec::TomlFault fault{"witness.toml"};
  codec::TomlReader reader{fault, *table};
  std::string name = reader.text("name");
  std::vector<std::string> const lines = reader.texts("logs", max_logs);
  reader.finish();
  if (auto const read = fault.outcome(); !read) return read.error();
  auto logs = keys_of_logs(lines);
  if (!logs) return logs.error();
  auto seed = load_key(key_in(root));
  if (!seed) return seed.error();
  auto const key = VerifierKey::create(name, SignatureType::cosignature_v1, openssl::Ed25519Key{*seed}.public_key());
  if (!key) return key.error();
  return WitnessDirectory{root, std::move(name), std::move(*logs), std::move(*seed)};
}

VerifierKey WitnessDirectory::key(base::ByteView public_key) const {
  auto key = VerifierKey::create(name_, SignatureType::cosignature_v1, public_key);
  base::ensure(key.has_value(), "a witness's key that was good when it was opened");
  return std::move(*key);
}

base::Time WitnessDirectory::last_written() const {
  base::Time last{};
  std::error_code problem;
  for (auto const& file : fs::directory_iterator{checkpoints_in(root_), problem}) {
    auto const written = fs::last_write_time(file.path(), problem);
    if (!problem)
      last = std::max(last, std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(written)));
  }
  return last;
}

fs::path WitnessDirectory::file_of(std::string const& origin) const {
  return checkpoints_in(root_) / codec::to_hex(digest::sha256(base::as_bytes(origin)));
}

result<std::optional<std::string>> WitnessDirectory::latest(std::string const& origin) {
  auto const note = system::read_file(file_of(origin), log::max_note_size_bytes);
  if (note) return std::optional{std::string{base::as_text(*note)}};
  if (note.error().code == errc::not_found) return std::optional<std::string>{};
  return note.error();
}

result<void> WitnessDirectory::keep(std::string const& origin, std::string const& note) {
  return system::write_file(file_of(origin), base::as_bytes(note), system::Access::owner_only);
}

}  // namespace abode::app::internal
