// The file form of a Bundle.
#include "base/assert.hpp"
#include "codec/json.hpp"
#include "codec/text.hpp"
#include "log/history.hpp"
#include "log/internal/text.hpp"
#include "log/proof.hpp"

namespace abode::log {
namespace {

using base::errc;
using base::result;
using codec::ObjectReader;
namespace json = codec::json;

constexpr std::int64_t max_index = (std::int64_t{1} << 53) - 1;

json::array to_json(Proof const& proof) {
  json::array out;
  for (base::Hash const& hash : proof) out.emplace_back(codec::to_base64(hash));
  return out;
}

json::object to_json(BundleEntry const& entry) {
  json::object out{{"entry", codec::to_base64(entry.encoded)}, {"salt", codec::to_base64(entry.salt)}};
  if (entry.index) {
    base::ensure(*entry.index <= static_cast<std::uint64_t>(max_index), "a log of 2^53 leaves");
    out["index"] = *entry.index;
    out["proof"] = to_json(entry.proof);
  }
  return out;
}

json::object to_json(BundleEpoch const& epoch) {
  json::object out{{"leaf", codec::to_base64(epoch.leaf)}, {"index", epoch.index}, {"proof", to_json(epoch.proof)}};
  if (epoch.head)
    out["head"] = json::object{{"count", epoch.head->count},
                               {"blind", codec::to_base64(epoch.head->blind)},
                               {"proof", to_json(epoch.head->proof)}};
  return out;
}

/// Refuses the member `key` in the words of `what`, unless something was refused before.
void refuse(ObjectReader& reader, std::string_view key, char const* what) {
  reader.fail(base::fail(errc::invalid, "\"" + std::string{key} + "\" must be " + what + ".", reader.path_of(key)));
}

base::Bytes required_bytes(ObjectReader& reader, std::string_view key) {
  auto bytes = codec::from_base64(reader.required_text(key));
  if (bytes) return std::move(*bytes);
  refuse(reader, key, "base64");
  return {};
}

base::Hash required_hash(ObjectReader& reader, std::string_view key) {
  auto const hash = internal::hash_from_base64(reader.required_text(key));
  if (!hash) refuse(reader, key, "32 bytes in base64");
  return hash.value_or(base::Hash{});
}

std::uint64_t required_decimal(ObjectReader& reader, std::string_view key) {
  auto const number = internal::parse_decimal(reader.required_text(key));
  if (!number) refuse(reader, key, "a text of decimal digits");
  return number.value_or(0);
}

Proof read_proof(ObjectReader& reader) {
  Proof proof;
  for (std::string const& text : reader.required_texts("proof", max_proof_hashes)) {
    auto const hash = internal::hash_from_base64(text);
    if (!hash) refuse(reader, "proof", "a list of hashes, each 32 bytes in base64");
    proof.push_back(hash.value_or(base::Hash{}));
  }
  return proof;
}

std::uint64_t whole_number(ObjectReader& reader, std::string_view key, json::value const& value) {
  std::int64_t const number = value.is_int64() ? value.get_int64() : -1;
  if (number < 0 || number > max_index) refuse(reader, key, "a whole number from 0 to 2^53 - 1");
  return static_cast<std::uint64_t>(number);
}

std::uint64_t required_number(ObjectReader& reader, std::string_view key) {
  json::value const* const value = reader.required(key);
  return value == nullptr ? 0 : whole_number(reader, key, *value);
}

result<BundleEntry> read_entry(json::value const& value, std::string path) {
  ObjectReader reader{value, std::move(path)};
  BundleEntry out;
  out.encoded = required_bytes(reader, "entry");
  out.salt = required_hash(reader, "salt");
  // A null would be a second way of writing "not yet provable"; only the absence of the member says it.
  if (json::value const* const index = reader.optional("index"); index != nullptr) {
    out.index = whole_number(reader, "index", *index);
    out.proof = read_proof(reader);
  }
  if (auto const read = reader.finish(); !read) return read.error();
  return out;
}

result<std::vector<BundleEntry>> read_entries(json::value const& value) {
  json::array const* const array = value.if_array();
  if (array == nullptr) return base::fail(errc::invalid, "\"entries\" must be a list.", "entries");
  if (array->size() > max_bundle_entries)
    return base::fail(errc::too_large, "A history has at most 20,000 entries.", "entries");
  std::vector<BundleEntry> out;
  for (json::value const& item : *array) {
    auto entry = read_entry(item, "entries." + std::to_string(out.size()));
    if (!entry) return entry.error();
    out.push_back(std::move(*entry));
  }
  return out;
}

result<std::vector<SeenCheckpoint>> read_seen(json::value const& value) {
  json::array const* const array = value.if_array();
  if (array == nullptr) return base::fail(errc::invalid, "\"seen\" must be a list.", "seen");
  if (array->size() > max_bundle_entries)
    return base::fail(errc::too_large, "A history has at most 20,000 older checkpoints.", "seen");
  std::vector<SeenCheckpoint> out;
  for (json::value const& item : *array) {
    ObjectReader reader{item, "seen." + std::to_string(out.size())};
    SeenCheckpoint seen{reader.required_text("checkpoint"), read_proof(reader)};
    if (auto const read = reader.finish(); !read) return read.error();
    out.push_back(std::move(seen));
  }
  return out;
}

result<BundleHead> read_head(json::value const& value, std::string path) {
  ObjectReader reader{value, std::move(path)};
  BundleHead out{required_number(reader, "count"), required_hash(reader, "blind"), read_proof(reader)};
  if (auto const read = reader.finish(); !read) return read.error();
  return out;
}

result<std::vector<BundleEpoch>> read_epochs(json::value const& value) {
  json::array const* const array = value.if_array();
  if (array == nullptr) return base::fail(errc::invalid, "\"epochs\" must be a list.", "epochs");
  if (array->size() > max_bundle_epochs)
    return base::fail(errc::too_large, "A history has at most 2,000 epochs.", "epochs");
  std::vector<BundleEpoch> out;
  for (json::value const& item : *array) {
    std::string const path = "epochs." + std::to_string(out.size());
    ObjectReader reader{item, path};
    BundleEpoch epoch{required_bytes(reader, "leaf"), required_number(reader, "index"), read_proof(reader)};
    json::value const* const given = reader.optional("head");
    if (auto const read = reader.finish(); !read) return read.error();
    if (given != nullptr) {
      auto head = read_head(*given, path + ".head");
      if (!head) return head.error();
      epoch.head = std::move(*head);
    }
    out.push_back(std::move(epoch));
  }
  return out;
}

}  // namespace

std::string encode_bundle(Bundle const& bundle) {
  json::array entries;
  for (BundleEntry const& entry : bundle.entries) entries.push_back(to_json(entry));
  json::object out;
  out["version"] = bundle.version;
  out["origin"] = bundle.origin;
  out["verifier_key"] = bundle.verifier_key;
  out["checkpoint"] = bundle.checkpoint;
  out["position"] = std::to_string(bundle.position);
  out["entries"] = std::move(entries);
  out["state"] = codec::to_base64(bundle.state);
  out["state_key"] = codec::to_base64(bundle.state_key);
  json::array seen;
  for (SeenCheckpoint const& older : bundle.seen)
    seen.push_back(json::object{{"checkpoint", older.checkpoint}, {"proof", to_json(older.proof)}});
  out["seen"] = std::move(seen);
  json::array epochs;
  for (BundleEpoch const& epoch : bundle.epochs) epochs.push_back(to_json(epoch));
  out["epochs"] = std::move(epochs);
  return json::serialize(out);
}

result<Bundle> decode_bundle(std::string_view text) {
  if (text.size() > max_bundle_size_bytes) return base::fail(errc::too_large, "A history file has at most 64 MiB.");
  auto const document = codec::parse_json(text);
  if (!document) return document.error();
  ObjectReader reader{*document};
  auto const version = reader.optional_integer("version");
  if (version && *version != static_cast<std::int64_t>(bundle_version))
    return base::fail(errc::unsupported, "This history file is of another version. Use an abode that knows it.",
                      "version");
  if (!version) refuse(reader, "version", "there, and a whole number");

  Bundle out;
  out.origin = reader.required_text("origin");
  out.verifier_key = reader.required_text("verifier_key");
  out.checkpoint = reader.required_text("checkpoint");
  out.position = required_decimal(reader, "position");
  json::value const* const list = reader.required("entries");
  out.state = required_bytes(reader, "state");
  out.state_key = required_hash(reader, "state_key");
  json::value const* const older = reader.required("seen");
  json::value const* const closed = reader.required("epochs");
  if (auto const read = reader.finish(); !read) return read.error();
  auto entries = read_entries(*list);
  if (!entries) return entries.error();
  out.entries = std::move(*entries);
  auto seen = read_seen(*older);
  if (!seen) return seen.error();
  out.seen = std::move(*seen);
  auto epochs = read_epochs(*closed);
  if (!epochs) return epochs.error();
  out.epochs = std::move(*epochs);
  return out;
}

}  // namespace abode::log
