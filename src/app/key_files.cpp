#include "app/key_files.hpp"

#include <array>

#include "codec/text.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::Disclosure;
using base::errc;
using base::fail;
using base::result;
namespace fs = std::filesystem;

struct KeyFile {
  char const* name;
  base::Secret<base::Hash> openssl::Keys::* key;
};
constexpr char const* encryption_name = "encryption.key";
constexpr char const* next_name = "encryption.next.key";
constexpr std::array key_files{KeyFile{encryption_name, &openssl::Keys::encryption},
                               KeyFile{"index.key", &openssl::Keys::index}, KeyFile{"log.key", &openssl::Keys::log}};

}  // namespace

result<base::Secret<base::Hash>> load_key(fs::path const& path) {
  if (auto const ok = system::require_owner_only(path); !ok) return ok.error();
  auto const content = system::read_file(path, 1024);
  if (!content) return content.error();
  std::string_view text = base::as_text(*content);
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto const bytes = codec::from_hex(text);
  base::Hash key;
  if (!bytes || bytes->size() != key.size())
    return fail(
        errc::malformed,
        path.string() + " is not a key: 64 hexadecimal digits. Put the right file back from your copy of the keys.");
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return base::Secret{key};
}

result<void> store_key(fs::path const& path, base::Secret<base::Hash> const& key) {
  std::string const text = codec::to_hex(key.reveal(Disclosure::to_crypto)) + "\n";
  return system::write_file(path, base::as_bytes(text), system::Access::owner_only);
}

result<void> store_keys(fs::path const& directory, openssl::Keys const& keys) {
  std::error_code error;
  fs::create_directory(directory, error);
  if (!error) fs::permissions(directory, fs::perms::owner_all, error);
  if (error) return fail(errc::unavailable, "Cannot make " + directory.string() + ": " + error.message() + ".");
  for (auto const& [name, key] : key_files)
    if (auto const written = store_key(directory / name, keys.*key); !written) return written;
  if (keys.next_encryption) return store_next_key(directory, *keys.next_encryption);
  return {};
}

result<openssl::Keys> load_keys(fs::path const& directory) {
  openssl::Keys keys;
  for (auto const& [name, key] : key_files) {
    auto const loaded = load_key(directory / name);
    if (!loaded) return loaded.error();
    keys.*key = *loaded;
  }
  auto next = load_next_key(directory);
  if (!next) return next.error();
  keys.next_encryption = std::move(*next);
  return keys;
}

result<std::optional<base::Secret<base::Hash>>> load_next_key(fs::path const& directory) {
  std::error_code problem;
  if (!fs::exists(directory / next_name, problem)) return std::optional<base::Secret<base::Hash>>{};
  auto const loaded = load_key(directory / next_name);
  if (!loaded) return loaded.error();
  return std::optional{*loaded};
}

// Written under a name of its own first, so that of two commands at the same moment one wins and the other hears of it.
result<void> store_next_key(fs::path const& directory, base::Secret<base::Hash> const& next) {
  auto const aside = system::make_temporary_directory((directory / ".next-XXXXXX").string());
  if (!aside) return aside.error();
  auto done = store_key(*aside / next_name, next);
  if (done) done = system::move_into_place(*aside / next_name, directory / next_name);
  std::error_code ignored;
  fs::remove_all(*aside, ignored);
  return done;
}

result<void> adopt_next_key(fs::path const& directory, base::Secret<base::Hash> const& next) {
  auto const there = load_next_key(directory);
  if (!there) return there.error();
  if (*there != next)
    return fail(errc::conflict, "The next key in " + directory.string() +
                                    " is not the one that the keys are wrapped under. Put that one back.");
  return system::replace_and_wipe(directory / next_name, directory / encryption_name);
}

}  // namespace abode::app
