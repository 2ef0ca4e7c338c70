#include "vectors/log_vectors.hpp"

#include "codec/text.hpp"

namespace abode::vectors {

void add_broken(std::vector<Named>& to, std::string const& good) {
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string const which = "byte " + std::to_string(at);
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    to.push_back({which + " flipped", changed});
    to.push_back({which + " left out", good.substr(0, at) + good.substr(at + 1)});
    to.push_back({which + " doubled", good.substr(0, at) + good[at] + good.substr(at)});
  }
}

json::array hashes_of(log::Proof const& proof) {
  json::array out;
  for (base::Hash const& hash : proof) out.emplace_back(codec::to_base64(hash));
  return out;
}

json::object patched_cases(std::vector<Named> const& texts,
                           std::function<json::object(std::string const&)> const& outcome) {
  std::string const& first = texts.at(0).text;
  json::array cases;
  for (Named const& one : texts) {
    json::object item = patch_of(first, one.text);
    item["how"] = one.how;
    item["outcome"] = outcome(one.text);
    cases.push_back(std::move(item));
  }
  return {{"base", codec::to_base64(base::as_bytes(first))}, {"cases", std::move(cases)}};
}

void write_log_vectors(std::filesystem::path const& folder) {
  write_log_texts(folder);
  write_log_cbor(folder);
  write_log_trees(folder);
  write_log_histories(folder);
}

}  // namespace abode::vectors
