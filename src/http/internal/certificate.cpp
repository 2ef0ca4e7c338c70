#include "http/internal/certificate.hpp"

#include <openssl/ssl.h>

namespace abode::http {
namespace {

using boost::asio::ssl::context;
using boost::system::error_code;

base::Error unusable(std::filesystem::path const& file, std::string const& why) {
  return base::fail(base::errc::invalid, file.string() + " " + why, "certificate");
}

}  // namespace

base::result<std::shared_ptr<context>> load_certificate(CertificateFiles const& files) {
  auto made = std::make_shared<context>(context::tls_server);
  made->set_options(context::default_workarounds | context::no_compression | context::single_dh_use);
  SSL_CTX_set_min_proto_version(made->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(made->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  error_code ec;
  made->use_certificate_chain_file(files.chain.string(), ec);
  if (ec)
    return unusable(files.chain, "is not a readable certificate in PEM form. Put the chain there, the server's first.");
  made->use_private_key_file(files.key.string(), context::pem, ec);
  if (ec)
    return unusable(files.key,
                    "is not a readable private key in PEM form, or not that of the certificate. Put the key of " +
                        files.chain.string() + " there, without a password.");
  if (SSL_CTX_check_private_key(made->native_handle()) != 1)
    return unusable(files.key, "is not the key of " + files.chain.string() + ". Put the right one there.");
  return made;
}

}  // namespace abode::http
