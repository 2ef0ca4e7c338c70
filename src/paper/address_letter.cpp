#include "paper/address_letter.hpp"

#include "text/catalogs.hpp"

namespace abode::paper {
namespace {

using text::format_message;

/// As the page of the register has it, which is in English so far.
constexpr std::string_view button = "Confirm by a letter";

std::string joined(std::vector<std::string> const& lines) {
  std::string out;
  for (std::string const& line : lines) out += (out.empty() ? "" : ", ") + line;
  return out;
}

}  // namespace

Letter address_letter(AddressLetterFacts const& facts) {
  std::string const& language = facts.language;
  Letter letter;
  letter.window = {facts.name};
  letter.heading = format_message(language, "letter.heading", {});
  letter.code = facts.code;
  if (facts.at_counter) {
    letter.window.push_back(format_message(facts.language_of_office, "letter.pick-up", {}));
    letter.before = {
        format_message(language, "letter.at-counter", {{"address", joined(facts.address) + ", " + facts.country}})};
  } else {
    letter.window.insert(letter.window.end(), facts.address.begin(), facts.address.end());
    letter.window.push_back(facts.country);
    letter.return_line = facts.return_line;
    letter.before = {format_message(language, "letter.by-post", {})};
  }
  letter.before.push_back(
      format_message(language, "letter.use", {{"register", facts.register_url}, {"button", button}}));
  letter.after = {format_message(language, "letter.good", {{"day", facts.good_through}}),
                  format_message(language, "letter.unused", {}), format_message(language, "letter.unasked", {}),
                  format_message(language, "letter.free", {})};
  if (facts.test_mode) letter.foot = format_message(language, "letter.test", {});
  return letter;
}

}  // namespace abode::paper
