// A server's certificate and key, ready for use.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "http/server.hpp"

namespace abode::http {

/// TLS 1.2 and 1.3, no renegotiation, no compression (RFC 9325, sections 3 and 4). errc::invalid, naming the file, if
/// one cannot be read, is not PEM, or the key does not belong to the certificate.
base::result<std::shared_ptr<boost::asio::ssl::context>> load_certificate(CertificateFiles const& files);

}  // namespace abode::http
