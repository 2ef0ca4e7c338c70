#include "api/wallet_link.hpp"

namespace abode::api {

std::string wallet_link(std::string const& issuer, std::string const& offer_id) {
  return "openid-credential-offer://?credential_offer_uri=" +
         http::percent_encode(issuer + std::string{wallet_offer_path} + offer_id);
}

std::string wallet_authorize_link(std::string_view client, std::string_view request_uri) {
  return wallet_answer_link(std::string{wallet_authorize_path}, {{wallet_client_field, std::string{client}},
                                                                 {wallet_request_field, std::string{request_uri}}});
}

std::string wallet_answer_link(std::string const& redirect_uri, http::Pairs const& answer) {
  std::string link = redirect_uri;
  char separator = link.find('?') == link.npos ? '?' : '&';
  for (auto const& [name, value] : answer) {
    link += separator + name + "=" + http::percent_encode(value);
    separator = '&';
  }
  return link;
}

}  // namespace abode::api
