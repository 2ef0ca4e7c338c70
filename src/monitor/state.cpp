#include "monitor/state.hpp"

#include "codec/json.hpp"
#include "codec/text.hpp"

namespace abode::monitor {
namespace {

using base::errc;
using base::fail;
using base::result;
namespace json = codec::json;

constexpr std::int64_t version = 2;
constexpr std::size_t max_edge = 64;

base::Error damaged() {
  return fail(errc::malformed, "This is not what a monitor has written. Begin anew with an empty directory.");
}

}  // namespace

std::string encode_state(State const& state) {
  json::array edge;
  for (base::Hash const& hash : state.edge.hashes()) edge.emplace_back(codec::to_base64(hash));
  json::object out{{"version", version},
                   {"checkpoint", state.checkpoint},
                   {"size", static_cast<std::int64_t>(state.edge.size())},
                   {"edge", std::move(edge)}};
  if (state.epoch) out["epoch"] = codec::to_base64(log::leaf_of(*state.epoch));
  if (state.ahead) out["ahead"] = *state.ahead;
  return json::serialize(out) + "\n";
}

result<State> decode_state(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto const document = codec::parse_json(text);
  if (!document) return damaged();
  codec::ObjectReader reader{*document};
  if (reader.optional_integer("version") != version)
    return fail(errc::unsupported,
                "This was written by another version of the monitor. Begin anew with an empty directory.");
  State state;
  state.checkpoint = reader.required_text("checkpoint");
  auto const size = reader.optional_integer("size");
  std::vector<base::Hash> hashes;
  for (std::string const& item : reader.required_texts("edge", max_edge)) {
    auto const bytes = codec::from_base64(item);
    if (!bytes || bytes->size() != sizeof(base::Hash)) return damaged();
    std::copy(bytes->begin(), bytes->end(), hashes.emplace_back().begin());
  }
  auto const epoch = reader.optional_text("epoch");
  state.ahead = reader.optional_text("ahead");
  if (auto const read = reader.finish(); !read) return damaged();
  if (!size || *size < 0) return damaged();
  if (epoch) {
    auto const leaf = codec::from_base64(*epoch);
    auto const parsed = leaf ? log::parse_epoch_leaf(*leaf) : std::nullopt;
    if (!parsed || !*parsed) return damaged();
    state.epoch = **parsed;
  }
  auto edge = log::RightEdge::restore(static_cast<std::uint64_t>(*size), std::move(hashes));
  if (!edge) return damaged();
  state.edge = std::move(*edge);
  return state;
}

}  // namespace abode::monitor
