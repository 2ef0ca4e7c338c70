#include "credential/seal.hpp"

#include <algorithm>
#include <span>

#include "base/assert.hpp"
#include "codec/canonical_json.hpp"
#include "codec/text.hpp"

namespace abode::credential {
namespace {

using base::errc;
using base::fail;
using base::result;
using certificates::Certificate;
using Names = std::span<SealName const>;

constexpr std::size_t signature_size = 64;
constexpr std::string_view algorithm = "ES256";

base::Error malformed(std::string detail) {
  return fail(errc::malformed, std::move(detail));
}

base::Time start_of(base::Date day) {
  return base::Time{std::chrono::sys_days{day}};
}
base::Time end_of(base::Date day) {
  return start_of(day) + std::chrono::days{1};
}

// Writing

/// A list below the issuer's own address is written without it.
json::object write_status(StatusReference const& status, std::string const& issuer) {
  bool const is_below = status.uri.starts_with(issuer + "/");
  return {{"i", status.index}, {"u", is_below ? status.uri.substr(issuer.size()) : status.uri}};
}

void write_texts(json::object& to, Texts const& texts, Names names) {
  std::size_t written = 0;
  for (SealName const& name : names)
    if (auto const found = texts.find(name.claim); found != texts.end()) {
      to[name.in_seal] = found->second;
      ++written;
    }
  base::ensure(written == texts.size(), "a seal has a name for each claim");
}

json::object data_of(ResidenceSeal const& seal, Certificate const& signer) {
  json::object message{{"nr", seal.number},
                       {"md", signer.is_for_tests() ? "test" : "live"},
                       {"fr", base::format_date(seal.issued_on)},
                       {"to", base::format_date(seal.good_through)}};
  if (seal.status) message["sl"] = write_status(*seal.status, seal.issuer);
  write_texts(message, seal.person, seal_person_names);
  write_texts(message, seal.address, seal_address_names);
  write_texts(message, seal.residence, seal_residence_names);
  return {{"hdr", {{"t", seal_type}, {"v", seal_version}, {"is", seal.issuer}}}, {"msg", std::move(message)}};
}

std::string canonical(json::value const& value) {
  auto text = codec::to_canonical_json(value);
  base::ensure(text.has_value(), "a seal that is made has texts and small numbers");
  return std::move(*text);
}

std::string with_signature(json::object data, Certificate const& signer, base::ByteView signature) {
  json::object const seal{
      {"data", std::move(data)},
      {"sig",
       {{"alg", algorithm}, {"cer", codec::to_base64url(signer.der())}, {"sigvl", codec::to_base64url(signature)}}}};
  return canonical(seal);
}

struct Longest {
  std::size_t size = 0;
  std::string field = {};
  std::string_view claim = {};

  void look_at(Texts const& texts, std::string const& group) {
    for (auto const& [name, text] : texts)
      if (std::size_t const needed = canonical(json::value(text)).size(); needed > size)
        *this = {needed, group + name, name};
  }
};

base::Error too_large(ResidenceSeal const& seal, std::size_t bytes) {
  Longest longest;
  longest.look_at(seal.person, "");
  longest.look_at(seal.address, "address.");
  longest.look_at(seal.residence, "residence.");
  std::string const over = std::to_string(bytes - max_seal_bytes);
  if (longest.field.empty())
    return fail(errc::too_large, "The register's own address is " + over + " bytes too long for the code on a page.");
  return fail(errc::too_large,
              "This is " + over + " bytes too much for the code on the page. Leave out \"" +
                  std::string{longest.claim} + "\", which is the longest text in it.",
              std::move(longest.field));
}

// Reading

result<std::string> take_text(json::object& from, std::string_view name) {
  auto text = text_of(from, name);
  from.erase(name);
  return text;
}

result<base::Date> take_date(json::object& from, std::string_view name) {
  auto const text = take_text(from, name);
  if (!text) return text.error();
  auto const date = base::parse_date(*text);
  if (!date) return malformed("\"" + std::string{name} + "\" is no date.");
  return date;
}

result<void> expect_text(json::object& from, std::string_view name, std::string_view wanted) {
  auto const text = take_text(from, name);
  if (!text) return text.error();
  if (*text != wanted) return malformed("\"" + std::string{name} + "\" is not \"" + std::string{wanted} + "\".");
  return {};
}

result<void> expect_nothing_else(json::object const& object) {
  if (object.empty()) return {};
  return malformed("There is a member \"" + std::string{object.begin()->key()} + "\" that a seal has not.");
}

result<void> read_header(json::object header, ShownSeal& seal) {
  if (auto const type = expect_text(header, "t", seal_type); !type) return type;
  auto const version = integer_of(header, "v");
  if (!version || *version != seal_version) return malformed("It is of another version.");
  header.erase("v");
  auto issuer = take_text(header, "is");
  if (!issuer) return issuer.error();
  seal.issuer = std::move(*issuer);
  return expect_nothing_else(header);
}

result<void> take_status(json::object& message, ShownSeal& seal) {
  if (!message.contains("sl")) return {};
  auto status = object_of(message, "sl");
  if (!status) return status.error();
  auto const index = integer_of(*status, "i");
  if (!index || *index < 0) return malformed("The status has no index.");
  status->erase("i");
  auto const uri = take_text(*status, "u");
  if (!uri) return uri.error();
  seal.status = {uri->starts_with('/') ? seal.issuer + *uri : *uri, static_cast<std::uint64_t>(*index)};
  message.erase("sl");
  return expect_nothing_else(*status);
}

result<void> take_frame(json::object& message, ShownSeal& seal) {
  auto number = take_text(message, "nr");
  if (!number) return number.error();
  auto const normal = codec::normal_crockford(*number);
  if (!normal || *normal != *number || number->size() != certificate_number_size)
    return malformed("Its number is not one of a certificate.");
  seal.number = std::move(*number);
  auto const mode = take_text(message, "md");
  if (!mode) return mode.error();
  if (*mode != "test" && *mode != "live") return malformed("Its mode is neither live nor test.");
  seal.test_mode = *mode == "test";
  auto const issued_on = take_date(message, "fr");
  if (!issued_on) return issued_on.error();
  auto const good_through = take_date(message, "to");
  if (!good_through) return good_through.error();
  seal.issued_on = *issued_on;
  seal.good_through = *good_through;
  seal.issued_at = start_of(*issued_on);
  seal.issued_by = end_of(*issued_on) - std::chrono::seconds{1};
  seal.expires_at = end_of(*good_through);
  return take_status(message, seal);
}

result<void> take_texts(json::object& message, Names names, Texts& to) {
  for (SealName const& name : names) {
    if (!message.contains(name.in_seal)) continue;
    auto text = take_text(message, name.in_seal);
    if (!text) return malformed("\"" + std::string{name.in_seal} + "\" is no text.");
    to.emplace(name.claim, std::move(*text));
  }
  return {};
}

result<void> read_message(json::object message, ShownSeal& seal) {
  if (auto const frame = take_frame(message, seal); !frame) return frame;
  if (auto const person = take_texts(message, seal_person_names, seal.person); !person) return person;
  if (auto const address = take_texts(message, seal_address_names, seal.address); !address) return address;
  if (auto const residence = take_texts(message, seal_residence_names, seal.residence); !residence) return residence;
  if (auto const rest = expect_nothing_else(message); !rest) return rest;
  if (!is_life_of_a_proof(seal.issued_at, seal.expires_at, seal.status.has_value()))
    return malformed("Its life is not that of a proof: 14 days at most, or a year with a status.");
  return {};
}

result<void> read_signature(json::object signature, ShownSeal& seal, certificates::Memory& memory) {
  if (auto const alg = expect_text(signature, "alg", algorithm); !alg) return alg;
  auto const cer = take_text(signature, "cer");
  if (!cer) return cer.error();
  auto const der = codec::from_base64url(*cer);
  auto certificate = der ? memory.parse(*der) : result<Certificate>{der.error()};
  if (!certificate) return malformed("\"cer\" is no certificate.");
  if (certificate->is_self_signed()) return malformed("Its certificate is signed by itself.");
  auto const value = take_text(signature, "sigvl");
  if (!value) return value.error();
  auto bytes = codec::from_base64url(*value);
  if (!bytes || bytes->size() != signature_size) return malformed("Its signature is not 64 bytes long.");
  seal.signature = std::move(*bytes);
  seal.test_mode |= certificate->is_for_tests();
  seal.chain.push_back(std::move(*certificate));
  return expect_nothing_else(signature);
}

/// What is signed, with its blanks and its order mended.
result<void> read_data(json::object data, ShownSeal& seal) {
  auto text = codec::to_canonical_json(data);
  if (!text) return malformed(text.error().detail);
  seal.signed_text = std::move(*text);
  auto header = object_of(data, "hdr");
  if (!header) return header.error();
  auto message = object_of(data, "msg");
  if (!message) return message.error();
  data.erase("hdr");
  data.erase("msg");
  if (auto const read = read_header(std::move(*header), seal); !read) return read;
  if (auto const read = read_message(std::move(*message), seal); !read) return read;
  return expect_nothing_else(data);
}

}  // namespace

result<void> check_fits(ResidenceSeal const& seal, Certificate const& signer) {
  std::size_t const size = with_signature(data_of(seal, signer), signer, base::Bytes(signature_size)).size();
  return size > max_seal_bytes ? result<void>{too_large(seal, size)} : result<void>{};
}

result<std::string> make_seal(ResidenceSeal const& seal, Certificate const& signer, Signer const& sign) {
  base::ensure(is_life_of_a_proof(start_of(seal.issued_on), end_of(seal.good_through), seal.status.has_value()),
               "a proof within the floors");
  if (auto const fits = check_fits(seal, signer); !fits) return fits.error();
  json::object data = data_of(seal, signer);
  base::Bytes const signature = sign(base::as_bytes(canonical(data)));
  return with_signature(std::move(data), signer, signature);
}

result<ShownSeal> parse_seal(std::string_view text, certificates::Memory& memory) {
  if (text.size() > max_seal_bytes) return malformed("It is longer than the 1,100 bytes of a seal.");
  auto const value = codec::parse_json(text);
  if (!value || !value->is_object()) return malformed("It is no JSON object.");
  json::object rest = value->get_object();
  auto data = object_of(rest, "data");
  if (!data) return data.error();
  auto signature = object_of(rest, "sig");
  if (!signature) return signature.error();
  rest.erase("data");
  rest.erase("sig");
  if (auto const nothing = expect_nothing_else(rest); !nothing) return nothing.error();
  ShownSeal seal{};
  if (auto const read = read_data(std::move(*data), seal); !read) return read.error();
  if (auto const read = read_signature(std::move(*signature), seal, memory); !read) return read.error();
  return seal;
}

}  // namespace abode::credential
