#include "architecture/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace abode::architecture {
namespace {

constexpr std::size_t max_lines = 600;

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// The brace that opens the body of the lambda whose captures end at `captures_end`, or tokens.size() if it is none.
std::size_t lambda_body(std::vector<Token> const& tokens, std::size_t captures_end) {
  std::size_t at = captures_end + 1;
  while (at < tokens.size() && tokens[at].text != "{") {
    std::string_view const text = tokens[at].text;
    if (is_any_of(text, {";", ")", "]", "}", "="})) return tokens.size();
    at = text == "(" ? closing(tokens, at) + 1 : at + 1;
  }
  return at;
}

/// True if the "[" at `at` begins the captures of a lambda: not a subscript and not an attribute.
bool begins_captures(std::vector<Token> const& tokens, std::size_t at) {
  if (at + 1 >= tokens.size() || tokens[at + 1].text == "[" || tokens[at + 1].text == "]") return false;
  if (at == 0) return true;
  std::string_view const before = tokens[at - 1].text;
  if (is_any_of(before, {"[", ")", "]", "\"\""})) return false;
  return !is_identifier(before) || is_any_of(before, {"return", "co_return", "co_await", "co_yield", "case"});
}

/// Leaves out places of literals and comments that only look like words: whole words of `text`, with their offsets.
bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  auto const in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  return (at == 0 || !in_word(text[at - 1])) && (at + size == text.size() || !in_word(text[at + size]));
}

}  // namespace

std::vector<Violation> check_coroutines(Source const& source) {
  std::vector<Violation> found;
  auto const tokens = tokens_of(source);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].text != "[" || !begins_captures(tokens, at)) continue;
    std::size_t const captures_end = closing(tokens, at);
    std::size_t const body = lambda_body(tokens, captures_end);
    if (body >= tokens.size()) continue;
    std::size_t const end = closing(tokens, body);
    bool const coroutine = std::any_of(
        tokens.begin() + static_cast<std::ptrdiff_t>(body), tokens.begin() + static_cast<std::ptrdiff_t>(end),
        [](Token const& token) { return is_any_of(token.text, {"co_await", "co_return", "co_yield"}); });
    if (coroutine)
      found.push_back({source.path, tokens[at].line, "a coroutine is a lambda with captures",
                       "write a named function that takes what it needs by value"});
  }
  return found;
}

std::vector<Violation> check_namespace(Source const& source) {
  std::vector<Violation> found;
  auto const tokens = tokens_of(source);
  for (std::size_t at = 0; at + 3 < tokens.size(); ++at) {
    if (tokens[at].text != "namespace" || tokens[at + 1].text != "abode" || tokens[at + 2].text != "::") continue;
    if (tokens[at + 3].text != source.room())
      found.push_back({source.path, tokens[at].line, fmt::format("opens the namespace abode::{}", tokens[at + 3].text),
                       fmt::format("stay in abode::{}: one room, one namespace", source.room())});
  }
  return found;
}

std::vector<Violation> check_form(Source const& source) {
  std::vector<Violation> found;
  auto const lines = static_cast<std::size_t>(std::count(source.text.begin(), source.text.end(), '\n'));
  if (lines > max_lines)
    found.push_back({source.path, lines, fmt::format("is {} lines long", lines),
                     fmt::format("split it by meaning; {} lines is the limit", max_lines)});
  if (source.is_header()) {
    std::size_t const first = source.code.find_first_not_of(" \t\n");
    if (first == std::string::npos || !std::string_view{source.code}.substr(first).starts_with("#pragma once\n"))
      found.push_back({source.path, 1, "does not begin with #pragma once", "write it before everything but comments"});
  }
  for (std::string_view word : {"TODO", "FIXME"})
    for (std::size_t at = source.text.find(word); at != std::string::npos; at = source.text.find(word, at + 1))
      if (stands_alone(source.text, at, word.size()))
        found.push_back({source.path, source.line_of(at), fmt::format("holds a {}", word),
                         "do it now, or write a decision in docs/decisions that says when"});
  return found;
}

std::vector<Violation> check_machine_paths(Source const& source) {
  std::vector<Violation> found;
  for (std::string_view path : {"/work/", "/home/", "/root/", "/Users/", "/tmp/build"}) {
    for (std::size_t at = source.text.find(path); at != std::string::npos; at = source.text.find(path, at + 1)) {
      char const before = at == 0 ? '\n' : source.text[at - 1];
      bool const inside_a_longer_path = std::isalnum(static_cast<unsigned char>(before)) != 0 ||
                                        std::string_view{"_-.}~*"}.find(before) != std::string_view::npos;
      if (!inside_a_longer_path)
        found.push_back({source.path, source.line_of(at), fmt::format("names {}, a place on somebody's machine", path),
                         "write a path relative to the repository, or take it as an argument"});
    }
  }
  return found;
}

std::vector<Violation> check_decisions(std::vector<std::string> names) {
  std::vector<Violation> found;
  std::erase(names, "README.md");
  std::sort(names.begin(), names.end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string const wanted = fmt::format("{:04}-", i + 1);
    if (names[i].starts_with(wanted) && names[i].ends_with(".md")) continue;
    found.push_back({"docs/decisions/" + names[i], 0, "is out of order",
                     fmt::format("call it {}title.md: numbers run on without gap or double", wanted)});
  }
  return found;
}

}  // namespace abode::architecture
