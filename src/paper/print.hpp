// Letters as a PDF that a print shop prints as it is: A4, one page each, for window envelopes, with the fonts in it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace abode::paper {

/// What stands on one page. Every text is UTF-8 without control characters; any script.
struct Letter {
  std::vector<std::string> window;  ///< all that the envelope's window shows: name and address, line by line
  std::string return_line;          ///< above them, small; empty: none
  std::string heading;
  std::vector<std::string> before;  ///< paragraphs above the code
  std::string code;                 ///< in groups, set large
  std::vector<std::string> after;   ///< paragraphs below it
  std::string foot;                 ///< the last line of the page; empty: none
};

struct Printed {
  std::string pdf;
  std::size_t with_missing_signs = 0;  ///< letters with a character that no font here has: boxes stand in its place
};

/// errc::unavailable, with the packages to install, unless the fonts are there that letters and certificates are set
/// in: Noto Sans and Noto Serif, also for Armenian and Georgian.
base::result<void> check_fonts();

/// The letters in their order. Nothing is ever cut off: long lines are wrapped, and what would be too much for its
/// place is set smaller. The same letters give the same bytes, for the same `made_at` and fonts; they tell nothing of
/// the machine.
base::result<Printed> print(std::span<Letter const> letters, base::Time made_at);

}  // namespace abode::paper
