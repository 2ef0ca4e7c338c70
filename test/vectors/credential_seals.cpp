// Seals as they are made, and in each way that src/credential refuses.
#include <random>

#include "codec/text.hpp"
#include "vectors/credential_vectors.hpp"

namespace abode::vectors {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using test::at;

Change in(char const* group, std::string name, json::value value) {
  return [=](json::object& whole) { whole["data"].as_object()[group].as_object()[name] = value; };
}
Change without(char const* group, std::string name) {
  return [=](json::object& whole) { whole["data"].as_object()[group].as_object().erase(name); };
}

std::vector<json::value> any_values() {
  return {nullptr,
          true,
          0,
          -1,
          1,
          7,
          1.0,
          1.5,
          1e300,
          INT64_MAX,
          (std::int64_t{1} << 53) - 1,
          std::int64_t{1} << 53,
          -(std::int64_t{1} << 53),
          "",
          "x",
          json::array{},
          json::array{1, "x"},
          json::object{},
          json::object{{"i", 1}}};
}

void add_good(JudgedWorld& world) {
  world.add("a seal", world.seal(world.page()));
  world.add("a lasting seal", world.seal(world.lasting_page()), {world.list_with(0)});
  auto elsewhere = world.lasting_page();
  elsewhere.status->uri = "https://lists.example/1";
  world.add("a lasting seal, its list elsewhere", world.seal(elsewhere));
  constexpr std::string_view letters[] = {"a", "\"", "\\", "\n", "\x01", "\u00e4", "\u10d0", "\ue000", "\U0001F600"};
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    std::mt19937_64 dice{seed};
    auto made = seed % 2 == 0 ? world.page() : world.lasting_page(dice() % 100);
    made.person = made.address = made.residence = {};
    auto const fill = [&](credential::Texts& texts, auto const& names) {
      for (std::string_view const name : names) {
        if (dice() % 2 == 0) continue;
        std::string text;
        for (std::size_t n = dice() % 8; n > 0; --n) text += letters[dice() % std::size(letters)];
        texts.emplace(name, text);
      }
    };
    fill(made.person, credential::person_claims);
    fill(made.address, credential::address_claims);
    fill(made.residence, credential::residence_claims);
    world.add("any texts " + std::to_string(seed), world.seal(made), {world.list_with(0)});
  }
  json::object const whole = codec::parse_json(world.seal(world.page())).value().as_object();
  world.add("in another order, with blanks",
            "{ \"sig\": " + json::serialize(whole.at("sig")) +
                ",\n\t\"data\": {\"msg\":" + json::serialize(whole.at("data").at("msg")) +
                ",\"hdr\":" + json::serialize(whole.at("data").at("hdr")) + "} }");
  auto made = world.page();
  made.address["formatted"] = "";
  made.address["formatted"] = std::string(credential::max_seal_bytes - world.seal(made).size(), 'x');
  std::string const full = world.seal(made);
  world.add("as large as may be", full);
  world.add("a blank larger", "{ " + full.substr(1));
  made.address["formatted"] = "\u00e4" + made.address["formatted"].substr(2);
  world.add("as large as may be, in bytes", world.seal(made));
  world.add("a byte larger, not a sign", "{ " + world.seal(made).substr(1));
}

void add_members(JudgedWorld& world) {
  auto const add = [&](std::string const& how, Change const& change) {
    world.add(how, world.with_seal(world.page(), change));
    world.add(how + ", lasting", world.with_seal(world.lasting_page(), change), {world.list_with(0)});
  };
  for (char const* name : {"t", "v", "is", "x"}) {
    add(std::string{"no "} + name, without("hdr", name));
    for (json::value const& value : any_values()) add(name + json::serialize(value), in("hdr", name, value));
  }
  for (char const* name :
       {"nr", "md", "fr", "to", "sl", "fn", "co", "si", "bd", "x", "nationality", "na", "dn", "family_name"}) {
    add(std::string{"no "} + name, without("msg", name));
    for (json::value const& value : any_values()) add(name + json::serialize(value), in("msg", name, value));
  }
  for (char const* name : {"alg", "cer", "sigvl", "x"}) {
    add(std::string{"no "} + name, [&](json::object& whole) { whole["sig"].as_object().erase(name); });
    for (json::value const& value : any_values())
      add(name + json::serialize(value), [&](json::object& whole) { whole["sig"].as_object()[name] = value; });
  }
  for (char const* name : {"data", "sig", "x"}) {
    add(std::string{"no "} + name, [&](json::object& whole) { whole.erase(name); });
    for (json::value const& value : any_values())
      add(name + json::serialize(value), [&](json::object& whole) { whole[name] = value; });
  }
  for (char const* name : {"hdr", "msg", "x"}) {
    add(std::string{"no "} + name, [&](json::object& whole) { whole["data"].as_object().erase(name); });
    for (json::value const& value : any_values())
      add(name + json::serialize(value), [&](json::object& whole) { whole["data"].as_object()[name] = value; });
  }
  for (char const* type : {"icao.vacc", "abode.residence ", "Abode.residence"}) add(type, in("hdr", "t", type));
  for (char const* mode : {"perhaps", "test", "live", "Live"}) add(mode, in("msg", "md", mode));
  for (char const* number : {"7K2PDXQ04M8ZVW1", "7K2PDXQ04M8ZVW1HH", "7k2pdxq04m8zvw1h", "7K2P-DXQ0-4M8Z-V",
                             "IK2PDXQ04M8ZVW1H", "OK2PDXQ04M8ZVW1H", "LK2PDXQ04M8ZVW1H", "UK2PDXQ04M8ZVW1H",
                             "0123456789ABCDEF", "GHJKMNPQRSTVWXYZ", "7K2PDXQ04M8ZVW1\u00e4"})
    add(number, in("msg", "nr", number));
  for (char const* date :
       {"2026-02-30", "2026-02-29",           "2024-02-29", "2026-00-10", "2026-13-01",  "2026-11-00",
        "2026-11-31", "2026-11-27T00:00:00Z", "27.11.2026", "2026-1-1",   "2026-11-27 ", "+026-11-27",
        "0000-01-01", "0001-01-01",           "0099-12-31", "9999-12-31", "2026-11-26",  "2026-11-27",
        "2026-11-28", "2026-12-10",           "2026-12-11", "2027-11-27", "2027-11-28",  "2026\u201011-2"}) {
    add(std::string{"from "} + date, in("msg", "fr", date));
    add(std::string{"to "} + date, in("msg", "to", date));
    add(std::string{"from and to "} + date, [&](json::object& whole) {
      auto& message = whole["data"].as_object()["msg"].as_object();
      message["fr"] = date;
      message["to"] = date;
    });
  }
  for (json::value const& status :
       {json::value(json::object{{"i", -1}, {"u", "/1"}}), json::value(json::object{{"i", 1}}),
        json::value(json::object{{"u", "/1"}}), json::value(json::object{{"i", 1.5}, {"u", "/1"}}),
        json::value(json::object{{"i", 1}, {"u", "/1"}, {"x", 1}}), json::value(json::object{{"i", 1}, {"u", 1}}),
        json::value(json::object{{"i", 1}, {"u", "/status/7"}}), json::value(json::object{{"i", 1}, {"u", "status/7"}}),
        json::value(json::object{{"i", 99}, {"u", "/status/7"}}),
        json::value(json::object{{"i", 100}, {"u", "/status/7"}}),
        json::value(json::object{{"i", (std::int64_t{1} << 53) - 1}, {"u", "/status/7"}}),
        json::value(json::object{{"i", std::int64_t{1} << 53}, {"u", "/status/7"}}),
        json::value(json::object{{"i", 1}, {"u", world.list_uri}})})
    add("status " + json::serialize(status), in("msg", "sl", status));
  add("an issuer with a slash", in("hdr", "is", "https://register.example/"));
}

void add_texts(JudgedWorld& world) {
  std::string const good = world.seal(world.page());
  for (char const* text : {"{", "{}", "{ }", R"({"data":{}})", R"({"data":{},"sig":{}})", R"({"data":[],"sig":{}})",
                           R"({"data":{"hdr":{},"msg":{}},"sig":{}})", "{~", "{}~"})
    world.add("text", text);
  for (std::string const& text : {" " + good, good + " ", good + "x", good + "\n", good + "~", "\xef\xbb\xbf" + good})
    world.add("text", text, {}, std::nullopt);
  std::string twice = good;
  twice.insert(twice.find("\"fn\""), "\"fn\":\"SVENSSON\",");
  world.add("a member twice", twice);
  auto const with = [&](std::string_view before, std::string_view after) {
    std::string changed = good;
    changed.replace(changed.find(before), before.size(), after);
    world.add("instead of " + std::string{before}, changed);
  };
  with("ERIKSSON", "SVENSSON");
  with("ERIKSSON", "\\u0045RIKSSON");
  with("ERIKSSON", "\\ud800RIKSSON");
  with("2026-12-10", "2026-12-09");
  with("\"fn\"", "\"st\"");
  with("\"v\":1", "\"v\":1.0");
  with("\"v\":1", "\"v\":1e0");
  with("\"v\":1", "\"v\":01");
  with("\"v\":1", "\"v\": 1");
  auto const replaced = [&](char const* name, std::string const& value) {
    json::object whole = codec::parse_json(good).value().as_object();
    whole["sig"].as_object()[name] = value;
    world.add(std::string{"another "} + name, json::serialize(whole));
  };
  std::string const cer = codec::to_base64url(world.leaf.der());
  for (std::string const& other :
       {codec::to_base64url(world.root.der()), std::string{"AAAA"}, cer + "=", cer + "AAAA", cer.substr(4),
        codec::to_base64(world.leaf.der()), codec::to_base64url(world.status_leaf.der())})
    replaced("cer", other);
  std::string signature{codec::parse_json(good).value().at_pointer("/sig/sigvl").as_string()};
  for (std::string const& other :
       {signature + "==", signature.substr(1), signature + "AA", codec::to_base64(base::Bytes(64, 251)),
        codec::to_base64url(base::Bytes(64)), codec::to_base64url(base::Bytes(64, 255))})
    replaced("sigvl", other);
  signature.back() = signature.back() == 'A' ? 'B' : static_cast<char>(signature.back() + 1);
  replaced("sigvl", signature);
  for (char const* alg : {"none", "ES384", "RS256", "HS256", "es256"}) replaced("alg", alg);
}

void add_verdicts(JudgedWorld& world) {
  test::P256Key const thief;
  world.add("of a thief", credential::make_seal(world.page(), world.leaf, thief.signer()).value());
  world.add("of a test register",
            credential::make_seal(world.page(), world.test_leaf, world.leaf_key.signer()).value());
  world.add("of a status list's signer",
            credential::make_seal(world.page(), world.status_leaf, world.status_key.signer()).value());
  world.add("asked for a holder", world.seal(world.page()), {}, world.challenge);
  auto other = world.page();
  other.issuer = "https://register.example.org";
  world.add("of another issuer", world.seal(other));
  base::Time const kept = world.now;
  std::string const text = world.seal(world.page());
  for (char const* when : {"2026-11-26T23:58:59Z", "2026-11-26T23:59:00Z", "2026-11-27T00:00:00Z",
                           "2026-12-10T23:59:59Z", "2026-12-11T00:00:00Z"}) {
    world.now = at(when);
    world.add(std::string{"at "} + when, text);
  }
  auto made = world.lasting_page();
  made.issuer = "https://nobody.example";
  made.status->uri = world.list_uri;
  std::string const forged = credential::make_seal(made, world.test_leaf, thief.signer()).value();
  std::string const of_test = credential::make_seal(made, world.test_leaf, world.leaf_key.signer()).value();
  std::string const of_nobody = world.seal(made);
  made.issuer = world.issuer;
  std::string const of_issuer = world.seal(made);
  world.now = kept;
  auto const list = world.list_with(1);
  for (auto const& when : {kept, kept + days{400}, kept - days{2}})
    for (std::string const& shown : {forged + "x", forged, of_test, of_nobody, of_issuer})
      for (auto const& asked : {std::optional<credential::Challenge>{}, std::optional{world.challenge}}) {
        world.now = when;
        world.add("the first of several", shown, {list}, asked);
      }
  world.now = kept;
}

void add_altered(JudgedWorld& world) {
  std::string const good = world.seal(world.lasting_page());
  std::vector<std::string> const tokens{world.list_with(0)};
  world.add("to be altered", good, tokens);
  std::mt19937_64 dice{20261127};
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=\"{}:,\\ ";
  for (int round = 0; round < 700; ++round) {
    std::size_t const place = dice() % good.size();
    std::string text = good;
    text[place] = letters[dice() % letters.size()];
    world.add("altered " + std::to_string(round), text, tokens, std::nullopt);
    text = good;
    text.erase(place, 1);
    world.add("without one " + std::to_string(round), text, tokens, std::nullopt);
  }
}

}  // namespace

void add_seals(Judged& judged) {
  JudgedWorld world{judged};
  add_good(world);
  add_members(world);
  add_texts(world);
  add_verdicts(world);
  add_altered(world);
}

}  // namespace abode::vectors
