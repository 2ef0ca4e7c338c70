// Texts of the QR codes in a picture or a PDF that somebody handed over. The file may be made to do harm, so a program
// of its own reads it, abode-scan: all that the file can reach is that program, with little memory and little time.
#pragma once

#include <filesystem>
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

/// errc::too_large: more than max_file_bytes.
base::result<void> check_size(base::ByteView file);

/// What a program that reads a file may use.
struct Confines {
  std::size_t memory_bytes = std::size_t{1536} * 1024 * 1024;  ///< of addresses: what is mapped counts as well
  unsigned time_s = 30;                                        ///< of a processor
  unsigned wait_s = 120;  ///< in all: also a program that does nothing comes to an end
};

/// The texts of all QR codes, as pictures::read_codes finds them, by `program` (the path of abode-scan), which ends
/// with it. errc::unavailable: there is no such program. errc::malformed as well if it did not live to answer, used
/// more than it may, or answered what no file is answered. For programs of one thread.
base::result<std::vector<std::string>> read_codes_confined(std::filesystem::path const& program, base::ByteView file,
                                                           Confines const& confines = {});

}  // namespace abode::scan
