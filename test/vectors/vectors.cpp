#include "vectors/vectors.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/bytes.hpp"
#include "codec/text.hpp"

namespace abode::vectors {

void write(std::filesystem::path const& file, json::value const& content) {
  std::ofstream out{file, std::ios::binary};
  out << json::serialize(content) << '\n';
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

json::object patch_of(std::string_view base, std::string_view changed) {
  std::size_t const most = std::min(base.size(), changed.size());
  std::size_t start = 0;
  while (start < most && base[start] == changed[start]) ++start;
  std::size_t end = 0;
  while (end < most - start && base[base.size() - 1 - end] == changed[changed.size() - 1 - end]) ++end;
  return {{"at", start},
          {"cut", base.size() - start - end},
          {"put", codec::to_base64(base::as_bytes(changed.substr(start, changed.size() - start - end)))}};
}

json::object refusal_of(base::Error const& error) {
  return {{"code", base::name_of(error.code)}, {"field", error.field}, {"detail", error.detail}};
}

json::string digits(std::uint64_t number) {
  return json::string{std::to_string(number)};
}

}  // namespace abode::vectors
