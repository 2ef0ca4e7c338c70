#include "ports/proof_keys.hpp"

#include <optional>

namespace abode::ports {

base::result<std::string> make_signed(CertifiedKey const& key,
                                      std::function<base::result<std::string>(Sign const&)> const& make) {
  constexpr std::size_t signature_bytes = 64;
  std::optional<base::Error> failure;
  auto made = make([&](base::ByteView message) {
    auto signature = key.sign(message);
    if (!signature) failure = signature.error();
    return signature ? std::move(*signature) : base::Bytes(signature_bytes);
  });
  if (failure) return *failure;
  return made;
}

}  // namespace abode::ports
