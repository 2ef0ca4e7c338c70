// Any bytes as what a wallet sends: as the body of its request for proofs, as its proof of a key (DPoP), and as the
// claims of one. Nothing crashes; and as nobody here holds a nonce or signs, each is refused with a sentence and a word
// that the specification has for it.
#include <cstdint>
#include <string>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "openssl/vault.hpp"
#include "system/clock.hpp"
#include "wallets/dpop.hpp"
#include "wallets/key_proofs.hpp"

namespace {

using namespace abode;

constexpr std::string_view issuer = "https://register.example";

void must_refuse(base::Error const& error) {
  base::ensure(!error.detail.empty(), "a refusal says nothing");
  base::ensure(!error.field.empty(), "a refusal has no word for the wallet");
}

void send_proof(service::WalletDesk& desk, base::Time now, std::string text) {
  http::Request const request{http::Method::post, "/wallet/token", {}, {{"DPoP", std::move(text)}}, {}};
  auto const checked = wallets::check_dpop(desk, now, request, "https://register.example/wallet/token");
  base::ensure(!checked.has_value(), "a proof without a signature is taken");
  must_refuse(checked.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static std::unique_ptr<base::Clock> const clock = system::make_clock();
  static std::unique_ptr<base::Random> const random = openssl::make_random();
  service::WalletDesk desk{*clock, *random};
  std::string const text{base::as_text({data, size})};

  auto const wanted = wallets::read_credential_request(desk, clock->now(), issuer, {}, text);
  base::ensure(!wanted.has_value(), "a request without a nonce of ours is taken");
  must_refuse(wanted.error());

  std::string const encoded = codec::to_base64url({data, size});
  std::string const header = codec::to_base64url(base::as_bytes(R"({"alg":"ES256","typ":"dpop+jwt"})"));
  std::string const signature = "." + codec::to_base64url(base::Bytes(64, 1));
  send_proof(desk, clock->now(), text);
  send_proof(desk, clock->now(), encoded + "." + header + signature);
  send_proof(desk, clock->now(), header + "." + encoded + signature);
  return 0;
}
