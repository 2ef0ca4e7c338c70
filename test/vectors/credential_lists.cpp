// Status lists: what of them is read, and what they say of a proof. Trust files.
#include <zlib.h>

#include "codec/text.hpp"
#include "unit/credential/published_lists.hpp"
#include "vectors/credential_vectors.hpp"

namespace abode::vectors {
namespace {

using namespace std::chrono_literals;
using credential::make_status_token;
using credential::StatusList;

/// By zlib, in each of its ways.
base::Bytes packed(base::Bytes const& bytes, int level = 9, int strategy = Z_DEFAULT_STRATEGY, int window = 15) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, window, 9, strategy) != Z_OK) throw std::runtime_error("no zlib");
  base::Bytes out(deflateBound(&stream, bytes.size()) + 64);
  base::Bytes in = bytes;
  stream.next_in = in.data();
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

class Tokens {
 public:
  explicit Tokens(test::ProofWorld& world) : world_(world) {}

  json::object good() const {
    return {{"sub", world_.list_uri},
            {"iat", world_.now.time_since_epoch().count()},
            {"exp", (world_.now + 24h).time_since_epoch().count()},
            {"ttl", 43'200},
            {"status_list", {{"bits", 2}, {"lst", StatusList{2, 100}.encode()}}}};
  }
  void add(std::string const& how, json::object const& payload, json::object header = {},
           char const* typ = "statuslist+jwt") {
    if (!header.contains("x5c")) header["x5c"] = credential::to_x5c({world_.status_leaf});
    add_text(how, credential::make_jws(header, typ, payload, world_.status_key.signer()));
  }
  void add_list(std::string const& how, unsigned bits, std::string const& lst) {
    json::object payload = good();
    payload["status_list"] = {{"bits", bits}, {"lst", lst}};
    add(how, payload);
  }
  void add_text(std::string const& how, std::string const& text) {
    json::object one{{"how", how}, {"text", text}};
    auto const token = credential::parse_status_token(text);
    if (!token)
      one["why"] = token.error().detail;
    else
      one["token"] = {{"uri", token->uri},
                      {"issued_at", token->issued_at.time_since_epoch().count()},
                      {"good_until", token->good_until.time_since_epoch().count()},
                      {"bits", token->list.bits()},
                      {"size", token->list.size()},
                      {"hash", digest_of(token->list)}};
    all_.push_back(std::move(one));
  }
  json::array take() { return std::move(all_); }

 private:
  static std::string digest_of(StatusList const& list) { return credential::digest_of(base::as_text(list.bytes())); }

  test::ProofWorld& world_;
  json::array all_;
};

void add_members(Tokens& tokens) {
  tokens.add("good", tokens.good());
  tokens.add("another type", tokens.good(), {}, "JWT");
  tokens.add("no certificates", tokens.good(), {{"x5c", json::array{}}});
  tokens.add("no certificate", tokens.good(), {{"x5c", json::array{"AAAA"}}});
  tokens.add("critical", tokens.good(), {{"crit", json::array{"x"}}});
  std::vector<json::value> const values{nullptr,
                                        0,
                                        -1,
                                        1,
                                        7,
                                        1.5,
                                        "",
                                        "1",
                                        INT64_MAX,
                                        253'402'300'799,
                                        253'402'300'800,
                                        std::int64_t{10} * 366 * 24 * 3600,
                                        std::int64_t{10} * 366 * 24 * 3600 + 1,
                                        json::object{},
                                        json::array{}};
  for (char const* name : {"sub", "iat", "exp", "ttl", "status_list", "more"}) {
    json::object payload = tokens.good();
    payload.erase(name);
    tokens.add(std::string{"no "} + name, payload);
    for (json::value const& value : values) {
      payload[name] = value;
      tokens.add(name + json::serialize(value), payload);
      if (std::string_view{name} == "ttl") {
        payload.erase("exp");
        tokens.add(name + json::serialize(value) + ", no exp", payload);
      }
    }
  }
  json::object untimed = tokens.good();
  untimed.erase("exp");
  untimed.erase("ttl");
  tokens.add("neither exp nor ttl", untimed);
  for (char const* name : {"bits", "lst", "aggregation_uri"}) {
    json::object payload = tokens.good();
    payload["status_list"].as_object().erase(name);
    tokens.add(std::string{"no "} + name, payload);
    for (json::value const& value : values) {
      payload["status_list"].as_object()[name] = value;
      tokens.add(name + json::serialize(value), payload);
    }
  }
}

void add_encodings(Tokens& tokens) {
  for (test::PublishedList const& list : test::published_lists())
    tokens.add_list("published, " + std::to_string(list.bits) + " bits, " + std::to_string(list.entries), list.bits,
                    list.lst);
  for (unsigned bits : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 16U}) tokens.add_list("width", bits, "eNrbuRgAAhcBXQ");
  for (char const* lst : {"eNrbuRgAAhcBXQ==", "eNrbuRgAAhcBXA", "", "eNo", "AAAA", "eNrbuRgAAhcBXQA", "*"})
    tokens.add_list(std::string{"broken "} + lst, 1, lst);
  base::Bytes some(5000);
  for (std::size_t i = 0; i < some.size(); ++i) some[i] = static_cast<std::uint8_t>(i % 97 == 0 ? i : i % 13 == 0);
  for (int level = 0; level <= 9; ++level)
    for (int strategy : {Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED}) {
      tokens.add_list("level " + std::to_string(level) + ", strategy " + std::to_string(strategy), 1,
                      codec::to_base64url(packed(some, level, strategy)));
      tokens.add_list("one byte, level " + std::to_string(level) + ", strategy " + std::to_string(strategy), 8,
                      codec::to_base64url(packed({1}, level, strategy)));
    }
  for (int window = 9; window <= 15; ++window)
    tokens.add_list("window " + std::to_string(window), 1,
                    codec::to_base64url(packed(some, 9, Z_DEFAULT_STRATEGY, window)));
  tokens.add_list("nothing in it", 1, codec::to_base64url(packed({})));
  constexpr std::size_t most = credential::max_status_list_bytes;
  for (std::size_t size : {most, most + 1, most * 4})
    for (int level : {0, 9}) {
      if (level == 0 && size > most + 1) continue;  // larger than a verifier reads
      tokens.add_list(std::to_string(size) + " bytes", 8, codec::to_base64url(packed(base::Bytes(size, 7), level)));
    }
  base::Bytes noise(3000);
  std::uint32_t seed = 1;
  for (auto& byte : noise) byte = static_cast<std::uint8_t>((seed = seed * 1'664'525 + 1'013'904'223) >> 24);
  tokens.add_list("noise", 8, codec::to_base64url(packed(noise)));
  for (auto const& [name, good] : {std::pair{"dynamic", packed(base::Bytes(some.begin(), some.begin() + 600))},
                                   {"fixed", packed(base::Bytes(some.begin(), some.begin() + 60), 9, Z_FIXED)},
                                   {"stored", packed(base::Bytes(some.begin(), some.begin() + 20), 0)}}) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        base::Bytes changed = good;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1U << bit);
        tokens.add_list(std::string{name} + ", byte " + std::to_string(at) + ", bit " + std::to_string(bit), 1,
                        codec::to_base64url(changed));
      }
      tokens.add_list(std::string{name} + ", cut off at " + std::to_string(at), 1,
                      codec::to_base64url(base::ByteView{good}.first(at)));
    }
    base::Bytes longer = good;
    longer.push_back(0);
    tokens.add_list(std::string{name} + ", a byte more", 1, codec::to_base64url(longer));
    longer.pop_back();
    base::append(longer, base::ByteView{good}.last(4));
    tokens.add_list(std::string{name} + ", its checksum twice", 1, codec::to_base64url(longer));
    base::append(longer, good);
    tokens.add_list(std::string{name} + ", twice", 1, codec::to_base64url(longer));
  }
}

json::object read_as_trust(std::string const& how, std::string const& text) {
  auto const trust = credential::read_trust(text);
  json::object one{{"how", how}, {"text", text}};
  if (!trust) {
    one["error"] = {{"code", base::name_of(trust.error().code)}, {"field", trust.error().field}};
    return one;
  }
  json::array issuers;
  for (auto const& issuer : trust->issuers) issuers.emplace_back(issuer.issuer);
  one["issuers"] = std::move(issuers);
  return one;
}

}  // namespace

void write_status_token_vectors(std::filesystem::path const& file) {
  test::ProofWorld world;
  Tokens tokens{world};
  add_members(tokens);
  add_encodings(tokens);
  write(file, tokens.take());
}

void add_statuses(Judged& judged) {
  JudgedWorld world{judged};
  std::string const text = world.issue(world.lasting());
  auto const& now = world.now;
  world.add("no list", text);
  for (unsigned bits : {1U, 2U, 4U, 8U})
    for (unsigned status = 0; status < std::min(1U << bits, 20U); ++status) {
      world.add("status " + std::to_string(status), text,
                {world.list_with(static_cast<std::uint8_t>(status), 5, bits)});
      for (std::uint64_t other : {4U, 6U})
        world.add("a neighbour's", text, {world.list_with(static_cast<std::uint8_t>(status), other, bits)});
    }
  world.add("status 255", text, {world.list_with(255, 5, 8)});
  for (std::uint64_t index : {0U, 1U, 2U, 3U, 50U, 98U, 99U, 100U, 101U, 103U, 104U, 1'000'000U})
    for (unsigned bits : {1U, 2U, 4U, 8U})
      world.add("place " + std::to_string(index), world.issue(world.lasting(index)),
                {world.list_with(1, std::min<std::uint64_t>(index, 99), bits)});
  world.add("a place beyond 2^53", world.issue(world.lasting((std::uint64_t{1} << 60) + 1)), {world.list_with(0)});
  StatusList const good{2, 100};
  auto const dated = [&](base::Time when) { return world.status_token(good, when); };
  for (auto const& age : {-120s, -61s, -60s, -59s, -1s, 0s, 3600s, 24 * 3600s - 1s, 24 * 3600s, 30 * 3600s})
    world.add("a list of " + std::to_string(age.count()) + " s ago", text, {dated(now - age)});
  std::vector<std::string> several{world.list_with(1), dated(now - 2h)};
  world.add("the older one says otherwise", text, several);
  several.push_back(dated(now - 30min));
  world.add("the newer one says otherwise", text, several);
  std::ranges::reverse(several);
  world.add("the newer one says otherwise, first", text, several);
  several.push_back(dated(now + 10min));
  world.add("one is of the future", text, several);
  world.add("two of the same time", text, {world.list_with(1), dated(now - 1h)});
  world.add("two of the same time, turned", text, {dated(now - 1h), world.list_with(1)});
  test::P256Key const thief;
  world.add("of a thief", text,
            {make_status_token(world.list_uri, now, now + 24h, 12h, good, {world.status_leaf}, thief.signer())});
  world.add("of a signer of proofs", text,
            {make_status_token(world.list_uri, now, now + 24h, 12h, good, {world.leaf}, world.leaf_key.signer())});
  world.add("at another address", text,
            {make_status_token(world.list_uri + "8", now, now + 24h, 12h, good, {world.status_leaf},
                               world.status_key.signer())});
  auto const late =
      test::make_certificate({"Status", world.status_key, world.status_root_key, "Status root", now, world.until});
  world.add("signed before its certificate", text,
            {make_status_token(world.list_uri, now - 1s, now + 24h, 12h, good, {late}, world.status_key.signer())});
  world.add("signed with its certificate", text,
            {make_status_token(world.list_uri, now, now + 24h, 12h, good, {late}, world.status_key.signer())});
  world.trust.issuers.push_back({"https://other.example", world.root, world.root});
  world.add("of another issuer", text,
            {make_status_token(world.list_uri, now, now + 24h, 12h, good, {world.leaf}, world.leaf_key.signer())});
  world.trust.issuers.back() = {"https://other.example", world.root, world.status_root};
  world.add("of two issuers", text, {dated(now)});
  world.trust = {{{world.issuer, world.root, world.status_leaf}}};
  world.add("the signer itself is pinned", text, {dated(now)});
  world.add("the signer itself is pinned, with others", text,
            {make_status_token(world.list_uri, now, now + 24h, 12h, good, {world.status_leaf, world.leaf},
                               world.status_key.signer())});
  world.trust = {{{world.issuer, world.leaf, world.status_root}}};
  world.add("the signer of proofs is pinned", text, {dated(now)});
}

void write_trust_vectors(std::filesystem::path const& file) {
  test::ProofWorld world;
  json::array all;
  std::string const good = credential::write_trust(world.trust);
  std::string const anchor = codec::to_base64(world.root.der());
  auto const add = [&](std::string const& text) { all.push_back(read_as_trust(text.substr(0, 60), text)); };
  for (std::string const& text :
       {good, std::string{}, std::string{"{}"}, std::string{"[]"}, std::string{"{"}, std::string{R"({"issuers": []})"},
        std::string{R"({"issuers": 7})"}, std::string{R"({"issuers": {}})"}, std::string{R"({"issuers": [7]})"},
        std::string{R"({"issuers": [], "more": 1})"}, std::string{R"({"issuers": [], "issuers": []})"}, good + "x",
        std::string{R"({"issuers": [{"issuer": "x", "anchor": "AAAA", "status_anchor": "AAAA"}]})"},
        std::string{R"({"issuers": [{"issuer": "x", "status_anchor": "AAAA"}]})"}, std::string{R"({"issuers": [{}]})"}})
    add(text);
  for (char const* name : {"issuer", "anchor", "status_anchor", "more"}) {
    json::object whole = codec::parse_json(good).value().as_object();
    json::object& issuer = whole["issuers"].as_array()[0].as_object();
    issuer.erase(name);
    add(json::serialize(whole));
    for (json::value const& value :
         {json::value(nullptr), json::value(7), json::value(""), json::value("x"), json::value("AAAA"),
          json::value(anchor), json::value(anchor + "AAAA"), json::value(anchor + "\n"), json::value(anchor.substr(4)),
          json::value(codec::to_base64url(world.root.der()) + "_"), json::value(codec::to_base64(world.leaf.der())),
          json::value(codec::to_base64(test::make_certificate_on("P-384").der()))}) {
      issuer[name] = value;
      add(json::serialize(whole));
    }
  }
  world.trust.issuers.push_back({"https://other.example", world.root, world.root});
  add(credential::write_trust(world.trust));
  world.trust.issuers.push_back(world.trust.issuers[0]);
  add(credential::write_trust(world.trust));
  write(file, all);
}

}  // namespace abode::vectors
