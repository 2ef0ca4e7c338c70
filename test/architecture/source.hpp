// One file of the tree as the rules read it: with and without its comments and the insides of its literals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace abode::architecture {

/// A breach of a rule: where, what, and what to do instead.
struct Violation {
  std::string path;
  std::size_t line = 0;  ///< from 1; 0 if it is about the whole file
  std::string what;
  std::string instead;
};

/// "path:line: what. Instead: instead", one a line.
std::string describe(std::vector<Violation> const& violations);

/// Three readings of one text. All have the same length and line ends, so that an offset means the same in each.
struct Source {
  std::string path;    ///< from the root of the tree, such as "src/base/id.hpp"
  std::string text;    ///< as it stands in the file
  std::string spoken;  ///< comments are blank; what is left is code and literals
  std::string code;    ///< comments and the insides of string and character literals are blank

  std::size_t line_of(std::size_t offset) const;
  /// The folder under src/, or empty.
  std::string room() const;
  bool is_cpp() const;
  bool is_header() const;
};

/// Reads C++ (.hpp, .cpp). In any other file nothing is taken for a comment or a literal.
Source read_source(std::string path, std::string text);

/// An identifier, a number, "::", "->", a literal (as "\"\"") or one other character, with its place.
struct Token {
  std::string_view text;
  std::size_t line = 0;
};

/// The tokens of `source.code`; they point into it.
std::vector<Token> tokens_of(Source const& source);

/// The place of the bracket that closes the one at `open`, or tokens.size().
std::size_t closing(std::vector<Token> const& tokens, std::size_t open);

bool is_identifier(std::string_view token);

}  // namespace abode::architecture
