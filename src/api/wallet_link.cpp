#include "api/wallet_link.hpp"

#include "http/message.hpp"

namespace abode::api {

std::string wallet_link(std::string const& issuer, std::string const& offer_id) {
  return "openid-credential-offer://?credential_offer_uri=" +
         http::percent_encode(issuer + std::string{wallet_offer_path} + offer_id);
}

}  // namespace abode::api
