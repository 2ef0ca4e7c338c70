// Proofs as they are made, and in each way that src/credential refuses: the cases of test/unit/credential, and more of
// each kind.
#include <random>

#include "codec/text.hpp"
#include "vectors/credential_vectors.hpp"

namespace abode::vectors {
namespace {

using namespace std::chrono_literals;
using credential::digest_of;
using credential::make_disclosure;
using credential::make_jws;
using std::chrono::days;
using test::at;

std::vector<std::string> const claim_names{"birthdate",    "family_name", "given_name",  "country", "formatted",
                                           "house_number", "locality",    "postal_code", "region",  "street_address",
                                           "assurance",    "kind",        "since"};

void add_good(JudgedWorld& world) {
  std::string const text = world.issue(world.proof());
  world.add("fresh", text);
  world.add("fresh, nothing shown", JudgedWorld::show_only(text, {}));
  world.add("of a region", JudgedWorld::show_only(text, {"region", "country"}));
  for (std::string const& name : claim_names) world.add(name + " alone", JudgedWorld::show_only(text, {name}));
  world.add("lasting", world.issue(world.lasting()), {world.list_with(0)});
  std::string const bound = world.issue(world.bound());
  world.add("bound to a key", world.signed_by_holder(bound));
  world.add("bound to a key, a region", world.signed_by_holder(JudgedWorld::show_only(bound, {"region"})));
  std::mt19937_64 dice{7};
  for (int round = 0; round < 60; ++round) {
    std::set<std::string> names;
    for (std::string const& name : claim_names)
      if (dice() % 2 == 0) names.insert(name);
    world.add("any claims " + std::to_string(round), JudgedWorld::show_only(text, names));
  }
  constexpr std::string_view letters[] = {"a", "\"", "\\", "\n", "\x01", "\u00e4", "\u10d0", "\ue000", "\U0001F600"};
  for (int round = 0; round < 40; ++round) {
    auto made = world.proof();
    made.person["family_name"].clear();
    for (std::size_t n = dice() % 12; n > 0; --n) made.person["family_name"] += letters[dice() % std::size(letters)];
    world.add("any text " + std::to_string(round), world.issue(made));
  }
}

void add_holders(JudgedWorld& world) {
  std::string const text = world.issue(world.bound());
  world.add("not signed by its holder", text);
  world.add("signed by its holder, nothing asked", world.signed_by_holder(text), {}, std::nullopt);
  world.add("not signed by its holder, asked", text, {}, world.challenge);
  world.add("of nobody's key, asked", world.issue(world.proof()), {}, world.challenge);
  std::vector<std::pair<std::string, json::object>> const changes{
      {"another audience", {{"aud", "https://bank.example"}}},
      {"no audience", {{"aud", nullptr}}},
      {"a list of audiences", {{"aud", json::array{world.challenge.audience}}}},
      {"another nonce", {{"nonce", "other"}}},
      {"no nonce", {{"nonce", nullptr}}},
      {"a number as nonce", {{"nonce", 7}}},
      {"other claims", {{"sd_hash", digest_of("other")}}},
      {"no claims", {{"sd_hash", nullptr}}},
      {"no time", {{"iat", nullptr}}},
      {"half a second", {{"iat", 1.5}}},
      {"before 1970", {{"iat", -1}}},
      {"after 9999", {{"iat", 253'402'300'800}}},
      {"more members", {{"exp", 1}, {"iss", "x"}}}};
  for (auto const& [how, change] : changes) world.add("holder: " + how, world.signed_by_holder(text, change));
  for (int seconds : {-601, -600, -599, 0, 30, 59, 60, 61, 120})
    world.add("holder signed at " + std::to_string(seconds) + " s",
              world.signed_by_holder(text, {{"iat", world.now.time_since_epoch().count() + seconds}}));
  std::string const of_all = world.signed_by_holder(text);
  std::string const less = JudgedWorld::show_only(text, {"region"});
  world.add("holder signed more than is shown", less + of_all.substr(text.size()));
  world.add("holder signed less than is shown", text + world.signed_by_holder(less).substr(less.size()));
  test::P256Key const thief;
  json::object const payload{{"iat", world.now.time_since_epoch().count()},
                             {"aud", world.challenge.audience},
                             {"nonce", world.challenge.nonce},
                             {"sd_hash", digest_of(text)}};
  world.add("signed by a thief", text + make_jws({}, "kb+jwt", payload, thief.signer()));
  world.add("signed as another type", text + make_jws({}, "jwt", payload, world.holder_key.signer()));
  world.add("signed with a critical header",
            text + make_jws({{"crit", {"x"}}}, "kb+jwt", payload, world.holder_key.signer()));
  world.add("signed, of nobody's key", world.issue(world.proof()) + make_jws({}, "kb+jwt", payload, thief.signer()));
  world.add("signed, of nobody's key, not asked",
            world.issue(world.proof()) + make_jws({}, "kb+jwt", payload, thief.signer()), {}, std::nullopt);
  auto no_point = world.proof();
  no_point.holder_key = base::Bytes(64, 1);
  world.add("a holder's key that is no point", world.signed_by_holder(world.issue(no_point)));
}

void add_times(JudgedWorld& world) {
  std::string const text = world.issue(world.proof());
  base::Time const kept = world.now;
  for (char const* when :
       {"2026-11-27T11:58:00Z", "2026-11-27T11:58:59Z", "2026-11-27T11:59:00Z", "2026-11-27T11:59:30Z",
        "2026-12-11T11:59:59Z", "2026-12-11T12:00:00Z", "2030-01-01T00:00:00Z", "2000-01-01T00:00:00Z"}) {
    world.now = at(when);
    world.add(std::string{"at "} + when, text);
  }
  world.now = kept;
  for (int seconds : {-3600, 0, 59, 60, 61, 3600})
    world.add("not before " + std::to_string(seconds) + " s", world.with_payload(world.proof(), [&](json::object& p) {
      p["nbf"] = world.now.time_since_epoch().count() + seconds;
    }));
  auto const issued_at = at("2026-11-27T12:00:00Z");
  for (auto const& life : {0s, 1s, std::chrono::seconds{days{14}}, std::chrono::seconds{days{14}} + 1s,
                           std::chrono::seconds{days{366}}, std::chrono::seconds{days{366}} + 1s, -1s}) {
    auto const ending = [&](json::object& payload) {
      payload["exp"] = (issued_at + life).time_since_epoch().count();
      payload.erase("date_of_expiry");
    };
    std::string const name = std::to_string(life.count()) + " s";
    world.add("fresh for " + name, world.with_payload(world.proof(), ending));
    world.add("lasting for " + name, world.with_payload(world.lasting(), ending), {world.list_with(0)});
  }
}

void add_first_verdicts(JudgedWorld& world) {
  test::P256Key const thief;
  auto made = world.lasting();
  made.holder_key = world.holder_key.public_key();
  made.issuer = "https://nobody.example";
  std::string const forged = credential::issue(made, {world.test_leaf}, world.salt(), thief.signer());
  std::string const of_test = credential::issue(made, {world.test_leaf}, world.salt(), world.leaf_key.signer());
  std::string const of_nobody = world.issue(made);
  made.issuer = world.issuer;
  std::string const of_issuer = world.issue(made);
  std::vector<std::string> const tokens{world.list_with(1)};
  base::Time const kept = world.now;
  for (auto const& when : {kept, kept + days{400}, kept - days{1}}) {
    world.now = when;
    for (std::string const& text : {forged + "x", forged, of_test, of_nobody, of_issuer})
      for (auto const& asked : {std::optional<credential::Challenge>{}, std::optional{world.challenge}})
        world.add("the first of several", text, tokens, asked);
    world.add("the first of several", world.signed_by_holder(of_issuer), tokens);
    world.add("the first of several, no list", world.signed_by_holder(of_issuer));
  }
  world.now = kept;
}

void add_modes(JudgedWorld& world) {
  auto const of_test = credential::issue(world.proof(), {world.test_leaf}, world.salt(), world.leaf_key.signer());
  world.add("of a test register", of_test);
  world.add("says that it is of a test",
            world.with_payload(world.proof(), [](json::object& p) { p["mode"] = "test"; }));
  std::string const text = world.issue(world.proof());
  auto const kept = world.trust;
  world.trust.issuers.clear();
  world.add("of a test register that nobody pinned", of_test);
  world.add("of nobody pinned", text);
  auto const marked = test::make_certificate({.subject = "Root",
                                              .key = world.root_key,
                                              .signed_by = world.root_key,
                                              .issuer = "Root",
                                              .from = world.from,
                                              .until = world.until,
                                              .is_authority = true,
                                              .is_for_tests = true});
  world.trust = {{{world.issuer, marked, world.status_root}}};
  world.add("below a pinned test root", text);
  world.trust = kept;
  test::P256Key const between_key;
  auto const between = test::make_certificate({.subject = "Between",
                                               .key = between_key,
                                               .signed_by = world.root_key,
                                               .issuer = "Root",
                                               .from = world.from,
                                               .until = world.until,
                                               .is_authority = true,
                                               .is_for_tests = true});
  auto const below = test::make_certificate({"Leaf", world.leaf_key, between_key, "Between", world.from, world.until});
  world.add("below a test certificate",
            credential::issue(world.proof(), {below, between}, world.salt(), world.leaf_key.signer()));
}

void add_altered(JudgedWorld& world) {
  auto made = world.lasting();
  made.holder_key = world.holder_key.public_key();
  std::string const good = world.signed_by_holder(world.issue(made));
  std::vector<std::string> const tokens{world.list_with(0)};
  world.add("to be altered", good, tokens);
  std::mt19937_64 dice{20261127};
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=\" ";
  for (int round = 0; round < 700; ++round) {
    std::size_t const place = dice() % good.size();
    std::string text = good;
    text[place] = letters[dice() % letters.size()];
    world.add("altered " + std::to_string(round), text, tokens, world.challenge);
    text = good;
    text.erase(place, 1);
    world.add("without one " + std::to_string(round), text, tokens, world.challenge);
  }
  std::string_view const parts = good;
  for (std::size_t size = 0; size < good.size(); size += 37)
    world.add("cut off at " + std::to_string(size), std::string{parts.substr(0, size)}, tokens, world.challenge);
}

}  // namespace

void add_proofs(Judged& judged) {
  JudgedWorld world{judged};
  add_good(world);
  add_holders(world);
  add_times(world);
  add_modes(world);
  add_first_verdicts(world);
  add_altered(world);
}

}  // namespace abode::vectors
