// Proofs that are signed as they should be, and break a rule of their form: header, payload, disclosures, and the JSON
// that they are in.
#include <random>

#include "codec/text.hpp"
#include "vectors/credential_vectors.hpp"

namespace abode::vectors {
namespace {

using credential::digest_of;
using credential::make_disclosure;

std::string encoded(std::string_view text) {
  return codec::to_base64url(base::as_bytes(text));
}

/// As it can stand in a file of JSON.
std::string legible(std::string const& text) {
  std::string out;
  for (char const c : text)
    out +=
        c >= ' ' && c <= '~' ? std::string(1, c) : "<" + codec::to_hex(base::as_bytes(std::string_view{&c, 1})) + ">";
  return out;
}

/// Values of each kind, and numbers at their edges.
std::vector<json::value> any_values() {
  return {nullptr,
          true,
          false,
          0,
          -1,
          7,
          1.5,
          1764244800.0,
          253'402'300'799,
          253'402'300'800,
          INT64_MAX,
          INT64_MIN,
          std::uint64_t{1} << 63,
          "",
          "x",
          "7",
          json::array{},
          json::array{"x"},
          json::object{},
          json::object{{"x", 1}},
          json::object{{"_sd", json::array{}}},
          json::object{{"...", "x"}},
          json::array{json::object{{"...", "x"}}},
          json::array{json::object{{"...", "x"}, {"y", 1}}}};
}

void add_texts(JudgedWorld& world) {
  std::string const good = world.issue(world.proof());
  for (std::string const& text :
       {std::string{}, std::string{"hello"}, std::string{"~"}, std::string{"a.b.c~"}, std::string{".."},
        good.substr(0, good.find('~')), good + "WyJhIl0~", good + "x", good + "~", "~" + good, " " + good, good + " ",
        good + "\n", good + good, good.substr(0, good.size() - 1), "{" + good, good.substr(0, good.find('~') + 1)})
    world.add("text", text, {}, std::nullopt);
  std::string many = good;
  for (int i = 0; i < 87; ++i) many += "d~";
  world.add("100 disclosures", many);
  world.add("101 disclosures", many + "d~");
  world.add("101 disclosures, the last empty", many + "~");
  std::size_t const first = good.find('~');
  std::string const one = good.substr(first + 1, good.find('~', first + 1) - first);
  world.add("a disclosure twice", good + one);
  world.add("disclosures in another order", good.substr(0, first + 1) + good.substr(first + 1 + one.size()) + one);
  for (char const* text : {"[]", "{}", "[", "7", R"(["s","x"])", R"(["s",7,"x"])", R"([7,"n","x"])",
                           R"(["s","n","x","y"])", R"(["s","n","x"])"})
    world.add(std::string{"of nothing: "} + text, good + encoded(text) + "~");
}

void add_headers(JudgedWorld& world) {
  auto const with = [&](std::string const& name, json::value const& value) {
    world.add("header: " + name + " " + json::serialize(value),
              world.with_header(world.proof(), [&](json::object& header) { header[name] = value; }));
  };
  for (char const* name : {"alg", "typ", "x5c"}) {
    world.add(std::string{"header: no "} + name,
              world.with_header(world.proof(), [&](json::object& header) { header.erase(name); }));
    for (json::value const& value : any_values()) with(name, value);
  }
  for (json::value const& value : any_values()) {
    with("crit", value);
    with("jwk", value);
    with("more", value);
  }
  for (char const* alg : {"none", "HS256", "ES384", "es256", "ES256 "}) with("alg", alg);
  for (char const* typ : {"vc+sd-jwt", "DC+SD-JWT", "dc+sd-jwt;x", "jwt"}) with("typ", typ);
  with("crit", json::array{"b64"});
  json::object const jwk = credential::to_jwk(world.holder_key.public_key());
  with("jwk", jwk);
  for (char const* name : {"d", "p", "q", "dp", "dq", "qi", "k"}) {
    json::object wrong = jwk;
    wrong[name] = "AAAA";
    with("jwk", wrong);
    wrong[name] = nullptr;
    with("jwk", wrong);
  }
  for (char const* name : {"kty", "crv", "x", "y"})
    for (json::value const& value : {json::value("P-384"), json::value(""), json::value(7), json::value("EC")}) {
      json::object wrong = jwk;
      wrong[name] = value;
      with("jwk", wrong);
      world.add(std::string{"holder's key: "} + name, world.with_payload(world.bound(), [&](json::object& payload) {
        payload["cnf"] = json::object{{"jwk", wrong}};
      }));
    }
  std::string const leaf = codec::to_base64(world.leaf.der());
  for (json::value const& chain :
       {json::value(json::array{leaf, leaf}), json::value(json::array{leaf, leaf, leaf, leaf}),
        json::value(json::array{leaf, leaf, leaf, leaf, leaf}), json::value(json::array{leaf + "="}),
        json::value(json::array{leaf + "AAAA"}), json::value(json::array{leaf.substr(4)}),
        json::value(json::array{leaf.substr(0, leaf.size() - 4)}), json::value(json::array{leaf + "\n"}),
        json::value(json::array{codec::to_base64url(world.leaf.der())}), json::value(json::array{leaf, "AAAA"}),
        json::value(json::array{leaf, 7}), json::value(json::array{""}),
        json::value(json::array{leaf, codec::to_base64(world.root.der())}),
        json::value(json::array{codec::to_base64(world.root.der())})})
    with("x5c", chain);
}

void add_payloads(JudgedWorld& world) {
  auto const with = [&](std::string const& name, json::value const& value) {
    std::string const how = "payload: " + name + " " + json::serialize(value);
    world.add(how, world.with_payload(world.proof(), [&](json::object& payload) { payload[name] = value; }));
  };
  for (char const* name :
       {"iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "sub", "mode", "date_of_issuance",
        "date_of_expiry", "_sd", "_sd_alg", "...", "address", "residence", "family_name", "nationality"}) {
    world.add(std::string{"payload: no "} + name,
              world.with_payload(world.proof(), [&](json::object& payload) { payload.erase(name); }));
    for (json::value const& value : any_values()) with(name, value);
  }
  for (char const* name : {"nationalities", "document_number", "personal_administrative_number", "jti", "aud"})
    with(name, "XX");
  with("vct", "urn:other");
  with("mode", "perhaps");
  with("mode", "test");
  with("_sd_alg", "sha-256");
  with("_sd_alg", "sha-512");
  with("given_name", "shown twice");
  for (char const* name : {"date_of_issuance", "date_of_expiry"})
    for (char const* day : {"2026-11-26", "2026-11-27", "2026-12-11", "2026-12-12"}) with(name, day);
  for (json::value const& status :
       {json::value(json::object{{"status_list", json::object{{"idx", 5}}}}),
        json::value(json::object{{"status_list", json::object{{"uri", world.list_uri}}}}),
        json::value(json::object{{"status_list", json::object{{"idx", -1}, {"uri", world.list_uri}}}}),
        json::value(json::object{{"status_list", json::object{{"idx", "5"}, {"uri", world.list_uri}}}}),
        json::value(json::object{{"status_list", json::object{{"idx", 5}, {"uri", 7}}}}),
        json::value(json::object{{"status_list", json::object{{"idx", INT64_MAX}, {"uri", world.list_uri}}}}),
        json::value(json::object{{"status_list", 7}}),
        json::value(json::object{{"status_list", json::object{{"idx", 5}, {"uri", world.list_uri}, {"x", 1}}},
                                 {"other", 1}})}) {
    std::string const text =
        world.with_payload(world.proof(), [&](json::object& payload) { payload["status"] = status; });
    world.add("status " + json::serialize(status), text);
    world.add("status " + json::serialize(status), text, {world.list_with(0)});
  }
  for (char const* group : {"address", "residence"})
    for (json::value const& value : any_values()) {
      world.add(std::string{group} + ": floor " + json::serialize(value),
                world.with_payload(world.proof(),
                                   [&](json::object& payload) { payload[group].as_object()["floor"] = value; }));
      world.add(std::string{group} + ": _sd " + json::serialize(value),
                JudgedWorld::show_only(
                    world.with_payload(world.proof(),
                                       [&](json::object& payload) { payload[group].as_object()["_sd"] = value; }),
                    {"family_name"}));
    }
}

/// Claims that are seen without a disclosure, and none beside them; then by a disclosure.
void add_claims(JudgedWorld& world) {
  for (char const* name :
       {"birthdate", "family_name", "given_name", "country", "region", "kind", "assurance", "since", "other"})
    for (char const* group : {"", "address", "residence"})
      for (json::value const& value : any_values()) {
        auto const within = [&](json::object& payload) -> json::object& {
          return *group == '\0' ? payload : payload[group].as_object();
        };
        std::string const how = std::string{group} + " " + name + " " + json::serialize(value);
        world.add(
            "seen: " + how,
            JudgedWorld::show_only(
                world.with_payload(world.proof(), [&](json::object& payload) { within(payload)[name] = value; }), {}));
        auto const shown = make_disclosure(base::Bytes(16, 99), name, value);
        world.add(
            "shown: " + how,
            JudgedWorld::show_only(world.with_payload(world.proof(),
                                                      [&](json::object& payload) {
                                                        within(payload)["_sd"].as_array().emplace_back(shown.digest);
                                                      }),
                                   {}) +
                shown.text + "~");
      }
}

/// One more disclosure, with its digest at the top, in the address, or in a list that is disclosed.
void add_disclosures(JudgedWorld& world) {
  auto const add = [&](std::string const& how, std::string const& text) {
    std::string const disclosure = encoded(text);
    world.add("disclosure at the top: " + how, world.with_payload(world.proof(), [&](json::object& payload) {
      payload["_sd"].as_array().emplace_back(digest_of(disclosure));
    }) + disclosure + "~");
    world.add("disclosure in the address: " + how, world.with_payload(world.proof(), [&](json::object& payload) {
      payload["address"].as_object()["_sd"].as_array().emplace_back(digest_of(disclosure));
    }) + disclosure + "~");
    world.add("disclosure as an element: " + how, world.with_payload(world.proof(), [&](json::object& payload) {
      payload["sub"] = json::array{json::object{{"...", digest_of(disclosure)}}};
    }) + disclosure + "~");
    world.add("disclosure with its digest twice: " + how, world.with_payload(world.proof(), [&](json::object& payload) {
      payload["_sd"].as_array().emplace_back(digest_of(disclosure));
      payload["address"].as_object()["_sd"].as_array().emplace_back(digest_of(disclosure));
    }) + disclosure + "~");
  };
  for (char const* text : {R"(["s","sub","x"])",
                           R"(["s","country","XX"])",
                           R"(["s","family_name","X"])",
                           R"(["s","_sd","x"])",
                           R"(["s","...","x"])",
                           R"(["s","_sd_alg","sha-256"])",
                           R"(["s","floor","x"])",
                           R"(["s","sub",["a",{"...":"b"}]])",
                           R"(["s","x"])",
                           R"(["s"])",
                           R"([])",
                           R"(["s",7,"x"])",
                           R"([7,"n","x"])",
                           R"([7,"x"])",
                           R"(["s","n","x","y"])",
                           R"({"a":1})",
                           R"([)",
                           R"(["s","sub",{"_sd":"x"}])",
                           R"(["s","sub",{"_sd":[7]}])",
                           R"(["s","sub",{"_sd":["x"]}])",
                           R"( [ "s" , "sub" , "x" ] )",
                           R"(["s","sub",{"a":1,"a":2}])",
                           R"(["s","address",{}])",
                           R"(["s","residence",{}])"})
    add(text, text);
  for (char const* name : {"iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "sub", "mode",
                           "date_of_issuance", "date_of_expiry", "address", "residence"}) {
    auto const hidden = make_disclosure(base::Bytes(16, 99), name, "x");
    world.add(std::string{name} + " by a disclosure", world.with_payload(world.proof(), [&](json::object& payload) {
      payload.erase(name);
      payload["_sd"].as_array().emplace_back(hidden.digest);
    }) + hidden.text + "~");
  }
  std::string inner = encoded(R"(["s","region","Berlin"])");
  std::string const outer = encoded(R"(["s2","sub",{"country":"DE","_sd":[")" + digest_of(inner) + R"("]}])");
  std::string const nested = world.with_payload(
      world.proof(), [&](json::object& payload) { payload["_sd"].as_array().emplace_back(digest_of(outer)); });
  world.add("one in another", nested + inner + "~" + outer + "~");
  world.add("one in another, the outer alone", nested + outer + "~");
  world.add("one in another, the inner alone", nested + inner + "~");
  std::string const of_address = encoded(R"(["s3","address",{"country":"DE","_sd":[")" + digest_of(inner) + R"("]}])");
  std::string const whole =
      JudgedWorld::show_only(world.with_payload(world.proof(),
                                                [&](json::object& payload) {
                                                  payload.erase("address");
                                                  payload["_sd"].as_array().emplace_back(digest_of(of_address));
                                                }),
                             {"kind"});
  world.add("the whole address by a disclosure", whole + inner + "~" + of_address + "~");
}

/// A header with one member more, in JSON as it is written: it is good if the JSON is.
void add_json(JudgedWorld& world) {
  std::string const good = world.issue(world.proof());
  auto const parts = credential::split_sd_jwt(good).value();
  std::size_t const dot = parts.jws.find('.');
  std::string const payload = parts.jws.substr(dot, parts.jws.rfind('.') - dot);
  std::string const chain = json::serialize(credential::to_x5c({world.leaf}));
  auto const add = [&](std::string const& how, std::string const& header) {
    std::string const body = encoded(header) + payload;
    world.add("JSON: " + legible(how), body + "." + codec::to_base64url(world.leaf_key.sign(base::as_bytes(body))) +
                                           good.substr(parts.jws.size()));
  };
  std::string const start = R"({"alg":"ES256","typ":"dc+sd-jwt","x5c":)" + chain;
  auto const nested = [](std::size_t depth, std::string const& open, std::string const& close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += open;
    text += "1";
    for (std::size_t i = 0; i < depth; ++i) text += close;
    return text;
  };
  std::vector<std::string> values{"0",
                                  "-0",
                                  "-0.0",
                                  "00",
                                  "01",
                                  "-",
                                  "+1",
                                  "1.",
                                  ".5",
                                  "1.5",
                                  "1e5",
                                  "1E5",
                                  "1e+5",
                                  "1e-5",
                                  "1e",
                                  "1e+",
                                  "0e0",
                                  "0x10",
                                  "1e308",
                                  "1e309",
                                  "1e400",
                                  "-1e400",
                                  "1e-400",
                                  "1e99999999999",
                                  "1e-99999999999",
                                  "0e99999999999",
                                  "0.1e309",
                                  "NaN",
                                  "Infinity",
                                  "-Infinity",
                                  "9223372036854775807",
                                  "9223372036854775808",
                                  "18446744073709551615",
                                  "18446744073709551616",
                                  "-9223372036854775808",
                                  "-9223372036854775809",
                                  "123456789012345678901234567890",
                                  "true",
                                  "false",
                                  "null",
                                  "True",
                                  "tru",
                                  "nul",
                                  "nulll",
                                  "undefined",
                                  "\"\"",
                                  "\"a\"",
                                  "'a'",
                                  "\"a",
                                  "\"\\\"\"",
                                  R"("\/\b\f\n\r\t\\")",
                                  R"("\u0041")",
                                  R"("\u004")",
                                  R"("\u00e4\u10D0")",
                                  R"("\ud83d\ude00")",
                                  R"("\ud83d")",
                                  R"("\ude00")",
                                  R"("\ud83d\u0041")",
                                  R"("\ud83dx")",
                                  R"("\u0000")",
                                  R"("\x41")",
                                  R"("\a")",
                                  R"("\U0041")",
                                  "\"\t\"",
                                  "\"\n\"",
                                  "\"\x01\"",
                                  "\"\x1f\"",
                                  "\"\x7f\"",
                                  "\"\xc3\xa4\"",
                                  "\"\xc3\"",
                                  "\"\xff\"",
                                  "\"\xed\xa0\x80\"",
                                  "\"\xc0\x80\"",
                                  "\"\xf4\x90\x80\x80\"",
                                  "\"\xf0\x9f\x98\x80\"",
                                  "\"\xef\xbb\xbf\"",
                                  "\"\xe2\x80\xa8\"",
                                  "[]",
                                  "[1,2]",
                                  "[1,]",
                                  "[,1]",
                                  "[1 2]",
                                  "[",
                                  "]",
                                  "{}",
                                  "{\"a\":1}",
                                  "{\"a\":1,}",
                                  "{,}",
                                  "{a:1}",
                                  "{'a':1}",
                                  "{\"a\":1,\"a\":1}",
                                  R"({"a":1,"\u0061":2})",
                                  R"({"a":{"b":1},"c":{"b":1}})",
                                  R"({"a":{"b":1,"b":1}})",
                                  R"({"":1,"":2})",
                                  R"({"__proto__":1})",
                                  R"({"__proto__":1,"__proto__":2})",
                                  "{\"a\" : 1}",
                                  "{\"a\"\t:\n1\r}",
                                  "[\v1]",
                                  "[\f1]",
                                  "[\xc2\xa0"
                                  "1]",
                                  "[1] ",
                                  "[1]//x",
                                  "/*x*/1",
                                  "1 1",
                                  "",
                                  " ",
                                  "\"a\"\"b\""};
  for (std::size_t depth : {13U, 14U, 15U, 16U, 17U, 40U}) {
    values.push_back(nested(depth, "[", "]"));
    values.push_back(nested(depth, "{\"a\":", "}"));
  }
  for (std::string const& value : values) add(value, start + ",\"q\":" + value + "}");
  for (std::size_t size : {4095U, 4096U, 4097U, 5000U}) {
    add("a name of " + std::to_string(size), start + ",\"" + std::string(size, 'n') + "\":1}");
    add(
        "a name of " + std::to_string(size) + " bytes in two-byte letters", start + ",\"" + [&] {
          std::string name;
          for (std::size_t i = 0; i < size / 2; ++i) name += "\u00e4";
          return name;
        }() + "\":1}");
  }
  for (std::size_t count : {4093U, 4094U, 4096U, 4097U}) {
    std::string members;
    for (std::size_t i = 0; i < count; ++i) members += ",\"" + std::to_string(i) + "\":1";
    add(std::to_string(count) + " members", start + members + "}");
    add(std::to_string(count) + " members within", start + ",\"q\":{" + members.substr(1) + "}}");
  }
  add("blanks around", "\r\n\t " + start + "}\n ");
  add("a byte order mark", "\xef\xbb\xbf" + start + "}");
  add("something after it", start + "}x");
  add("another after it", start + "}{}");
  add("a name twice", start + ",\"alg\":\"ES256\"}");
  add("a name twice, written otherwise", start + ",\"\\u0061lg\":\"none\"}");
  add("names written otherwise", R"({"\u0061lg":"ES256","ty\u0070":"dc+sd-jwt","x5c":)" + chain + "}");
  add("cut off", start);
  add("a list", "[" + start + "}]");
}

}  // namespace

void add_forms_of_proofs(Judged& judged) {
  JudgedWorld world{judged};
  add_texts(world);
  add_headers(world);
  add_payloads(world);
  add_claims(world);
  add_disclosures(world);
  add_json(world);
}

}  // namespace abode::vectors
