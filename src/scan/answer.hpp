// What abode-scan answers on its standard output: a byte for the outcome (f found, l too large, m malformed), then
// texts, each after its length (4 bytes, big-endian): those of the codes, or the one sentence that says what is wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "scan/scan.hpp"

namespace abode::scan {

/// Codes hold 2,953 bytes at most.
constexpr std::size_t max_answer_bytes = max_codes * std::size_t{max_pages} * 4096;

/// Of what pictures::read_codes found.
std::string write_answer(base::result<std::vector<std::string>> const& found);

/// The other way. The file may have taken the program over, so an answer is believed no more than the file:
/// not_believed() if it has another form, is too large, or says what is wrong in anything but one line of plain text.
base::result<std::vector<std::string>> read_answer(std::string_view answer);

/// errc::malformed, of a program that did not answer as it should.
base::Error not_believed();

}  // namespace abode::scan
