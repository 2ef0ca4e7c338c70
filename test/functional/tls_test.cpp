// TLS of its own, by the word of curl and openssl, which are no code of ours.
#include <gmock/gmock.h>

#include <signal.h>

#include <thread>

#include "support/running_register.hpp"

namespace abode::functional {
namespace {

using namespace test;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// A register with a certificate for localhost, made by openssl.
class Tls : public testing::Test {
 protected:
  Tls() {
    EXPECT_EQ(run_abode({"init", directory(), "--test-mode"}).status, 0);
    std::filesystem::create_directory(home_.path() / "register" / "tls");
    make_certificate();
    replace_text(settings(), "http://localhost:8080", "https://localhost:8443");
    replace_text(settings(), "# tls_certificate", "tls_certificate");
    replace_text(settings(), "# tls_key", "tls_key");
  }

  std::string directory() const { return (home_.path() / "register").string(); }
  std::filesystem::path settings() const { return home_.path() / "register" / "abode.toml"; }
  std::string chain() const { return (home_.path() / "register" / "tls" / "chain.pem").string(); }
  std::string key() const { return (home_.path() / "register" / "tls" / "key.pem").string(); }

  void make_certificate() const {
    Outcome const made = run_command({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                                      "ec_paramgen_curve:P-256", "-nodes", "-keyout", key(), "-out", chain(), "-days",
                                      "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"});
    ASSERT_EQ(made.status, 0) << made.errors;
  }

  void serve() { served_.emplace(serve_by({executable, "serve", directory(), "--listen", "localhost:0"})); }
  system::ChildProcess& process() { return served_->process; }
  std::string address() const { return "https://localhost:" + std::to_string(served_->port); }

  Outcome curl(std::vector<std::string> more) const {
    std::vector<std::string> command{"/usr/bin/curl", "--silent", "--show-error", "--cacert", chain()};
    command.insert(command.end(), more.begin(), more.end());
    return run_command(command);
  }

  void hang_up_and_await(std::string const& event) {
    ASSERT_EQ(::kill(process().id(), SIGHUP), 0);
    for (int i = 0; i < 400 && process().errors().find(event) == std::string::npos; ++i)
      std::this_thread::sleep_for(50ms);
    EXPECT_THAT(process().errors(), HasSubstr(event));
  }

 private:
  TemporaryDirectory home_;
  std::optional<Served> served_;
};

TEST_F(Tls, CarriesTheApi) {
  serve();
  Outcome const health = curl({"--include", address() + "/healthz"});
  EXPECT_EQ(health.status, 0) << health.errors;
  EXPECT_THAT(health.output, HasSubstr("HTTP/1.1 200"));
  EXPECT_THAT(health.output, HasSubstr("Strict-Transport-Security: max-age="));
  Outcome const session = curl({"--include", "--header", "Content-Type: application/json", "--data",
                                R"({"test_person":"anna-eriksson"})", address() + "/api/v1/sessions"});
  EXPECT_THAT(session.output, HasSubstr("HTTP/1.1 201"));
  EXPECT_THAT(session.output, HasSubstr("; Secure"));
  Outcome const twice = curl({address() + "/log.vkey", address() + "/openapi.json"});  // over one connection
  EXPECT_EQ(twice.status, 0) << twice.errors;
  EXPECT_THAT(twice.output, HasSubstr("\"openapi\""));
  EXPECT_EQ(process().stop(), 0);
}

TEST_F(Tls, IsNotLessThanItWasMadeFor) {
  serve();
  EXPECT_NE(curl({"--tls-max", "1.1", "--tlsv1.0", "--ciphers", "DEFAULT@SECLEVEL=0", address() + "/healthz"}).status,
            0);
  std::string const plain = "http://localhost:" + address().substr(address().rfind(':') + 1);
  EXPECT_NE(curl({plain + "/healthz"}).status, 0) << "plain HTTP gets no answer there";
  EXPECT_EQ(curl({"--tlsv1.2", "--tls-max", "1.2", address() + "/healthz"}).status, 0);
  EXPECT_EQ(curl({"--tlsv1.3", address() + "/healthz"}).status, 0);
}

TEST_F(Tls, TakesANewCertificateWithoutStopping) {
  serve();
  std::string const old_chain = read_text(chain());
  make_certificate();
  EXPECT_NE(curl({address() + "/healthz"}).status, 0) << "curl trusts only the new one, which is not in use yet";
  hang_up_and_await("certificate-reloaded");
  EXPECT_EQ(curl({address() + "/healthz"}).status, 0);
  EXPECT_NE(read_text(chain()), old_chain);
}

TEST_F(Tls, KeepsTheOldCertificateIfTheNewOneIsNoGood) {
  serve();
  write_text(key(), "no key");
  hang_up_and_await("certificate-kept");
  EXPECT_THAT(process().errors(), HasSubstr(key()));
  EXPECT_EQ(curl({address() + "/healthz"}).status, 0);
}

TEST_F(Tls, DoesNotStartWithWhatCannotBeUsed) {
  auto const refusal = [&] { return run_abode({"serve", directory(), "--listen", "localhost:0"}); };
  std::string const good_key = read_text(key());
  std::string const good_chain = read_text(chain());
  make_certificate();
  write_text(chain(), good_chain);
  EXPECT_EQ(refusal().status, 1);
  EXPECT_THAT(refusal().errors, HasSubstr("key.pem is not")) << "the key of another certificate";
  write_text(key(), good_key);
  write_text(chain(), "-----BEGIN CERTIFICATE-----\n");
  EXPECT_THAT(refusal().errors, HasSubstr("chain.pem is not a readable certificate"));
  std::filesystem::remove(chain());
  EXPECT_THAT(refusal().errors, HasSubstr("chain.pem is not a readable certificate"));
  write_text(chain(), good_chain);
  replace_text(settings(), "https://localhost:8443", "http://localhost:8443");
  EXPECT_THAT(refusal().errors, HasSubstr("public_url must begin with https://"));
  replace_text(settings(), "http://localhost:8443", "https://localhost:8443");
  replace_text(settings(), "tls_key = ", "# tls_key = ");
  EXPECT_THAT(refusal().errors, HasSubstr("tls_key is missing"));
}

}  // namespace
}  // namespace abode::functional
