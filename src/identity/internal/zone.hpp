// The zone as a grid of characters, and where each size has its fields: Doc 9303 part 4, 5 and 6, section 4.2.2.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "identity/mrz.hpp"

namespace abode::identity::internal {

inline constexpr char filler = '<';

/// `length` characters of one line. Lines and columns count from 1, as in Doc 9303; an empty span is nowhere.
struct Span {
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t length = 0;
};

/// Pieces that are read one after the other as a single field; the unused ones are empty.
using Spans = std::array<Span, 4>;

/// Where the fields of one size are. A field that the size lacks is empty.
struct Layout {
  MrzSize size;
  std::size_t lines;
  std::size_t width;
  bool long_numbers;  ///< a number of more than 9 characters runs on into the optional data
  Span document_code;
  Span issuing_state;
  Span names;
  Span number;
  Span number_check;
  Span nationality;
  Span birth;
  Span birth_check;
  Span sex;
  Span expiry;
  Span expiry_check;
  Span optional;
  Span optional_check = {};
  Span more_optional = {};
  Spans composite;
  Span composite_check;
};

Layout const& layout_of(MrzSize size);

class Zone {
 public:
  /// All fillers.
  explicit Zone(MrzSize size);

  Layout const& layout() const { return *layout_; }
  std::string_view at(Span span) const;
  /// Writes a field from its first column on; it must fit.
  void put(Span span, std::string_view field);
  /// The check digit of these pieces as one field.
  char check_digit_of(Spans const& spans) const;
  /// Writes that check digit; does nothing where `at` is empty, because the size has no such digit.
  void put_check_digit(Span at, Spans const& covers);
  /// The lines joined by '\n'.
  std::string text() const;

 private:
  Layout const* layout_;
  std::array<std::string, 3> lines_;
};

/// Cleans pasted text and finds its size. Every character is a letter A-Z, a digit or a filler; fields are not checked.
base::result<Zone> read_zone(std::string_view text);

/// Where the document number, its check digit and the optional data after it are in one zone.
struct NumberPlaces {
  Spans number;
  Span check;
  Span optional;
};

/// Follows a long number into the optional data: there come its remaining characters, its check digit and a filler,
/// while a filler takes the usual place of the check digit (part 5, sections 4.2.2 and 4.2.4; part 6 likewise).
base::result<NumberPlaces> place_number(Zone const& zone);

}  // namespace abode::identity::internal
