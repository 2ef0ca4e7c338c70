#include "app/internal/certified_key_files.hpp"

#include "system/files.hpp"

namespace abode::app::internal {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::size_t max_pem_bytes = 64 * 1024;

}  // namespace

result<void> store_certified_key(std::filesystem::path const& file, openssl::IssuerKey const& key) {
  auto const pem = key.to_pem();
  return system::write_file(file, base::as_bytes(pem.reveal(base::Disclosure::to_crypto)), system::Access::owner_only);
}

result<std::unique_ptr<openssl::IssuerKey>> load_certified_key(std::filesystem::path const& file,
                                                               openssl::FindKey const& find) {
  if (auto const ok = system::require_owner_only(file); !ok) return ok.error();
  auto const content = system::read_file(file, max_pem_bytes);
  if (!content) return content.error();
  auto key = openssl::read_issuer_key(base::Secret{std::string{base::as_text(*content)}}, find);
  if (key) return key;
  if (key.error().code != errc::malformed) return fail(key.error().code, file.string() + ": " + key.error().detail);
  return fail(errc::malformed, file.string() + " is not a key with its certificates. " + key.error().detail +
                                   " Put the right file back from your copy of the keys.");
}

bool is_root_of(openssl::IssuerKey const& root, openssl::IssuerKey const& key) {
  return root.chain().front() == root.anchor() && root.anchor() == key.anchor();
}

}  // namespace abode::app::internal
