// Texts of the QR codes in a picture or a PDF that somebody handed over: a photo, a scan, a page as it was made. The
// file may be made to do harm: all it can reach is a process of its own, with little memory and little time.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::scan {

constexpr std::size_t max_file_bytes = std::size_t{32} * 1024 * 1024;
constexpr std::size_t max_pixels = 64'000'000;  ///< of a picture: what the best cameras of phones make by default
constexpr int max_pages = 10;                   ///< of a PDF
constexpr std::size_t max_codes = 32;           ///< that are looked for in one picture

/// By how the file begins.
enum class Kind : std::uint8_t { other, png, jpeg, pdf };
Kind kind_of(base::ByteView file);

/// The texts of all QR codes, each once, in no order; none if there are none. errc::too_large: over one of the limits
/// above, said before anything is unpacked. errc::malformed: broken, cut off, locked by a password, or no picture and
/// no PDF.
base::result<std::vector<std::string>> read_codes(base::ByteView file);

/// What a process that reads a file may use.
struct Confines {
  std::size_t memory_bytes = std::size_t{1536} * 1024 * 1024;  ///< of addresses: what is mapped counts as well
  unsigned time_s = 30;                                        ///< of a processor
};

/// The same, in a process of its own that ends with it: what a file breaks, it breaks there. For programs of one
/// thread. errc::malformed as well if that process did not live to answer, or used more than it may.
base::result<std::vector<std::string>> read_codes_confined(base::ByteView file, Confines const& confines = {});

}  // namespace abode::scan
