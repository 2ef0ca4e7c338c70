// Any bytes as what strangers send to a verifier: as the form of a wallet's answer, as its encrypted part and that
// part's header, as what was encrypted, as a presentation, as the form by which a request is fetched, as the path and
// as what a program asks. Nothing crashes, nothing that nobody encrypted is an answer, every refusal has a sentence,
// and nothing is kept of a proof that nobody vouches for.
#include <cstdint>
#include <string>

#include "base/assert.hpp"
#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "verifier/site.hpp"

namespace {

using namespace abode;

constexpr char const* form_type = "application/x-www-form-urlencoded";

class CountingRandom final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(++count_ * 7);
  }

 private:
  std::uint32_t count_ = 0;
};

class StandingClock final : public base::Clock {
 public:
  base::Time now() override { return base::Time{std::chrono::seconds{1'800'000'000}}; }
};

class TrustingNobody final : public verifier::Checker {
 public:
  credential::Verification check(std::string_view presentation, credential::Challenge const& challenge,
                                 base::Time now) override {
    return verifier_.verify(presentation, challenge, now);
  }

 private:
  credential::Verifier verifier_{credential::Trust{}, {}};
};

/// A verifier with one question open.
struct Whole {
  StandingClock clock;
  CountingRandom random;
  TrustingNobody checker;
  verifier::Desk desk{{"x509_hash:x", "A school", {}, [](base::ByteView) { return base::Bytes(64, 1); }},
                      "https://check.example",
                      checker,
                      clock,
                      random};
  verifier::Staff staff{digest::sha256(base::as_bytes("key")), clock, random};
  verifier::Site site{desk, staff, clock, random, true};
  base::Hash owner{};
  std::string id = desk.ask(*openid4vp::find_query("region"), owner, {}).value().id;

  http::Response send(http::Method method, std::string path, std::string body, char const* type = form_type) {
    http::Request const request{
        method, std::move(path), {}, {{"Content-Type", type}, {"Authorization", "Bearer key"}}, std::move(body)};
    auto response = verifier::answer(site, request);
    base::ensure(response.status >= 200 && response.status < 600, "a status that is none");
    base::ensure(!http::header(response, "Content-Security-Policy").empty(), "an answer without its headers");
    return response;
  }
  void must_refuse(std::string body) {
    auto const response = send(http::Method::post, "/wallet/answers/" + id, std::move(body));
    base::ensure(response.status != 200, "what nobody encrypted is an answer");
    base::ensure(response.body.find("error_description") != std::string::npos, "a refusal says nothing");
  }
};

void look_at(std::string_view text) {
  auto const answer = openid4vp::read_answer(text, "s");
  if (!answer) base::ensure(!answer.error().detail.empty(), "a refusal says nothing");
  TrustingNobody checker;
  auto const found = checker.check(text, {"x509_hash:x", "n"}, StandingClock{}.now());
  auto const finding = openid4vp::judge(openid4vp::all_queries().front(), found);
  base::ensure(finding.outcome == openid4vp::Outcome::refused, "a proof is taken that nobody vouches for");
  base::ensure(finding.claims.empty() && finding.issuer.empty(), "something is kept of it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text{base::as_text({data, size})};
  std::string const encoded = codec::to_base64url({data, size});
  Whole whole;
  whole.must_refuse(text);
  whole.must_refuse("response=" + http::percent_encode(text));
  whole.must_refuse("response=" + encoded + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
  whole.send(http::Method::post, "/wallet/requests/" + whole.id, text);
  whole.send(http::Method::post, "/api/requests", text, "application/json");
  whole.send(http::Method::get, "/" + text, {});
  base::ensure(!whole.desk.look(whole.id, whole.owner).value().finding, "a question was answered by noise");
  look_at(text);
  return 0;
}
