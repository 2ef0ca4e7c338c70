#include "app/internal/print_file.hpp"

#include "system/files.hpp"

namespace abode::app::internal {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::size_t max_certificate_bytes = 64 * 1024;

}  // namespace

result<openssl::PrintKey> load_print_key(std::optional<std::filesystem::path> const& named, Assembly const& assembly) {
  auto const& configured = assembly.config.print_key;
  if (!named && !configured)
    return fail(errc::invalid,
                "There is no print key. Give the print shop's certificate: --print-key FILE, or print_key in "
                "abode.toml.");
  auto const pem = system::read_file(named ? *named : assembly.layout.root / *configured, max_certificate_bytes);
  if (!pem) return pem.error();
  return openssl::PrintKey::parse(*pem);
}

result<void> check_new(std::filesystem::path const& file) {
  if (std::error_code problem; std::filesystem::exists(file, problem))
    return fail(errc::conflict, file.string() + " is there already. Choose a new file.");
  return {};
}

result<void> write_for_print(openssl::PrintKey const& key, base::Secret<std::string> const& content,
                             std::filesystem::path const& file) {
  return system::write_file(file, base::as_bytes(key.encrypt(content)), system::Access::owner_only);
}

}  // namespace abode::app::internal
