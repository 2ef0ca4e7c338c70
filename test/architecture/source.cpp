#include "architecture/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace abode::architecture {
namespace {

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Walks over C++ once and blanks comments in both readings, insides of literals in one.
class Reader {
 public:
  explicit Reader(Source& source) : source_(source), text_(source.text) {}

  void run() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        blank_comment(line_end());
      } else if (starts("/*")) {
        blank_comment(end_of("*/", at_ + 2));
      } else if (text_[at_] == '"' && raw_prefix()) {
        skip_raw_literal();
      } else if (text_[at_] == '\'' && digit_separator()) {
        source_.code[at_++] = '_';  // keeps the number one token
      } else if (text_[at_] == '"' || text_[at_] == '\'') {
        skip_literal(text_[at_]);
      } else {
        ++at_;
      }
    }
  }

 private:
  bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  /// Just after the next `what`, or the end.
  std::size_t end_of(std::string_view what, std::size_t from) const {
    std::size_t const found = text_.find(what, from);
    return found == std::string_view::npos ? text_.size() : found + what.size();
  }

  /// The end of this line; a backslash before it carries a comment on to the next.
  std::size_t line_end() const {
    std::size_t end = text_.find('\n', at_);
    while (end != std::string_view::npos && end > 0 && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    return std::min(end, text_.size());
  }

  /// R, u8R, LR, uR or UR just before the quotation mark, as a word of its own.
  bool raw_prefix() const {
    if (at_ == 0 || text_[at_ - 1] != 'R') return false;
    std::size_t begin = at_ - 1;
    while (begin > 0 && in_word(text_[begin - 1])) --begin;
    std::string_view const prefix = text_.substr(begin, at_ - begin);
    return prefix == "R" || prefix == "u8R" || prefix == "LR" || prefix == "uR" || prefix == "UR";
  }

  /// The mark in 1'000 or 0xff'ff; but u8'a' is a literal.
  bool digit_separator() const {
    std::size_t begin = at_;
    while (begin > 0 && (in_word(text_[begin - 1]) || text_[begin - 1] == '\'')) --begin;
    return begin < at_ && std::isdigit(static_cast<unsigned char>(text_[begin])) != 0;
  }

  void skip_raw_literal() {
    std::size_t const open = text_.find('(', at_);
    if (open == std::string_view::npos) {
      at_ = text_.size();
      return;
    }
    std::string const close = ")" + std::string{text_.substr(at_ + 1, open - at_ - 1)} + "\"";
    std::size_t const end = end_of(close, open);
    blank(source_.code, at_ + 1, end - 1);
    at_ = end;
  }

  void skip_literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2U : 1U;
    end = std::min(end, text_.size());
    blank(source_.code, at_ + 1, end);
    at_ = std::min(end + 1, text_.size());
  }

  void blank_comment(std::size_t end) {
    blank(source_.code, at_, end);
    blank(source_.spoken, at_, end);
    at_ = end;
  }

  static void blank(std::string& reading, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (reading[i] != '\n') reading[i] = ' ';
  }

  Source& source_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string describe(std::vector<Violation> const& violations) {
  std::string out;
  for (auto const& [path, line, what, instead] : violations)
    out += fmt::format("{}:{}: {}. Instead: {}\n", path, line, what, instead);
  return out;
}

std::size_t Source::line_of(std::size_t offset) const {
  auto const end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return static_cast<std::size_t>(std::count(text.begin(), end, '\n')) + 1;
}

std::string Source::room() const {
  if (!path.starts_with("src/")) return {};
  std::size_t const end = path.find('/', 4);
  return end == std::string::npos ? std::string{} : path.substr(4, end - 4);
}

bool Source::is_cpp() const {
  return path.ends_with(".cpp") || is_header();
}

bool Source::is_header() const {
  return path.ends_with(".hpp");
}

Source read_source(std::string path, std::string text) {
  Source source{std::move(path), text, text, text};
  if (source.is_cpp()) Reader{source}.run();
  return source;
}

std::vector<Token> tokens_of(Source const& source) {
  std::string_view const code = source.code;
  std::vector<Token> tokens;
  std::size_t line = 1;
  for (std::size_t at = 0; at < code.size();) {
    std::size_t end = at + 1;
    if (in_word(code[at])) {
      while (end < code.size() && in_word(code[end])) ++end;
    } else if (code[at] == '"' || code[at] == '\'') {
      end = std::min(code.find(code[at], at + 1), code.size() - 1) + 1;
    } else if (code.substr(at, 2) == "::" || code.substr(at, 2) == "->") {
      end = at + 2;
    }
    bool const literal = code[at] == '"' || code[at] == '\'';
    if (std::isspace(static_cast<unsigned char>(code[at])) == 0)
      tokens.push_back({literal ? std::string_view{"\"\""} : code.substr(at, end - at), line});
    line += static_cast<std::size_t>(std::count(code.begin() + static_cast<std::ptrdiff_t>(at),
                                                code.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at = end;
  }
  return tokens;
}

std::size_t closing(std::vector<Token> const& tokens, std::size_t open) {
  std::string_view const opens = tokens[open].text;
  std::string_view const closes = opens == "(" ? ")" : opens == "[" ? "]" : "}";
  std::size_t depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].text == opens) ++depth;
    if (tokens[i].text == closes && --depth == 0) return i;
  }
  return tokens.size();
}

bool is_identifier(std::string_view token) {
  return !token.empty() && in_word(token[0]) && std::isdigit(static_cast<unsigned char>(token[0])) == 0;
}

}  // namespace abode::architecture
