#include "paper/address_letter.hpp"

namespace abode::paper {
namespace {

std::string joined(std::vector<std::string> const& lines) {
  std::string out;
  for (std::string const& line : lines) out += (out.empty() ? "" : ", ") + line;
  return out;
}

}  // namespace

Letter address_letter(AddressLetterFacts const& facts) {
  Letter letter;
  letter.window = {facts.name};
  letter.heading = "Your code";
  letter.code = facts.code;
  if (facts.at_counter) {
    letter.window.emplace_back("To be picked up");
    letter.before = {
        "You asked for this letter to pick it up, in order to confirm an address of yours in the residence "
        "register: " +
        joined(facts.address) + ", " + facts.country + "."};
  } else {
    letter.window.insert(letter.window.end(), facts.address.begin(), facts.address.end());
    letter.window.push_back(facts.country);
    letter.return_line = facts.return_line;
    letter.before = {
        "You asked for this letter in order to confirm in the residence register that post reaches you at "
        "this address."};
  }
  letter.before.push_back("To use the code: type " + facts.register_url +
                          " into a browser, sign in as you always do, choose \"Confirm by a letter\" at this address, "
                          "and type:");
  letter.after = {"The code is good once, through " + facts.good_through +
                      ". It works in your own account only, and for this address only.",
                  "If you do not use it, nothing happens: your registration stays as it is, by your word. Nobody will "
                  "ask you about it, and nobody writes down whether a letter arrived.",
                  "If you did not ask for it, somebody else may have signed in as you. Look at your history, and end "
                  "what is not yours.",
                  "It costs nothing. Nobody who works for the register will ask you for this code."};
  if (facts.test_mode) letter.foot = "Test mode: this letter has no legal effect.";
  return letter;
}

}  // namespace abode::paper
