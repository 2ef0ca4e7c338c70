#include "scan/answer.hpp"

#include <algorithm>
#include <optional>

#include "base/bytes.hpp"

namespace abode::scan {
namespace {

using base::errc;
using base::fail;
using Texts = std::vector<std::string>;

constexpr char says_found = 'f';
constexpr char says_too_large = 'l';
constexpr char says_malformed = 'm';
constexpr std::size_t max_sentence_bytes = 300;

void add_text(std::string& to, std::string_view text) {
  base::Bytes size;
  base::append_be(size, static_cast<std::uint32_t>(text.size()));
  to += base::as_text(size);
  to += text;
}

std::optional<std::string> take_text(std::string_view& from) {
  if (from.size() < 4) return std::nullopt;
  std::size_t size = 0;
  for (char const c : from.substr(0, 4)) size = size << 8 | static_cast<unsigned char>(c);
  from.remove_prefix(4);
  if (from.size() < size) return std::nullopt;
  std::string text{from.substr(0, size)};
  from.remove_prefix(size);
  return text;
}

/// It comes to a terminal, where other characters may act.
bool is_sentence(std::string_view text) {
  return text.size() <= max_sentence_bytes && std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7f'; });
}

}  // namespace

std::string write_answer(base::result<Texts> const& found) {
  std::string answer;
  if (!found) {
    answer += found.error().code == errc::too_large ? says_too_large : says_malformed;
    add_text(answer, found.error().detail);
    return answer;
  }
  answer += says_found;
  for (std::string const& text : *found) add_text(answer, text);
  return answer;
}

base::result<Texts> read_answer(std::string_view answer) {
  if (answer.empty() || answer.size() > max_answer_bytes) return not_believed();
  char const outcome = answer[0];
  answer.remove_prefix(1);
  Texts texts;
  while (!answer.empty()) {
    auto text = take_text(answer);
    if (!text) return not_believed();
    texts.push_back(std::move(*text));
  }
  if (outcome == says_found) return texts;
  if (outcome != says_too_large && outcome != says_malformed) return not_believed();
  if (texts.size() != 1 || !is_sentence(texts[0])) return not_believed();
  return fail(outcome == says_too_large ? errc::too_large : errc::malformed, std::move(texts[0]));
}

base::Error not_believed() {
  return fail(errc::malformed,
              "Reading this file took more memory or time than it may, or it is broken. Make it smaller.");
}

}  // namespace abode::scan
