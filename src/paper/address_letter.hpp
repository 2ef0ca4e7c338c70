// The letter that confirms an address: its words, from the catalogs, in its place each.
#pragma once

#include "paper/print.hpp"

namespace abode::paper {

struct AddressLetterFacts {
  std::string language;            ///< that its reader is written to in
  std::string language_of_office;  ///< of what the window says to those who hand it out
  std::string name;
  std::vector<std::string> address;  ///< as on an envelope
  std::string country;               ///< its name, for the last line of the address, as post abroad reads it
  bool at_counter;                   ///< to be picked up: the window shows the name alone
  std::string code;                  ///< in groups
  std::string good_through;          ///< the last day, in words of its reader's
  std::string register_url;          ///< where people sign in, as they type it
  std::string return_line;           ///< of the register; empty: none
  bool test_mode;
};

/// Nothing on the outside tells what it is, or what language is in it.
Letter address_letter(AddressLetterFacts const& facts);

}  // namespace abode::paper
