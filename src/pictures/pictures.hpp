// Texts of the QR codes in a picture or a PDF: a photo, a scan, a page as it was made. For the program abode-scan,
// where a file that is made to do harm reaches nothing else.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace abode::pictures {

/// The texts of all QR codes, each once, in no order; none if there are none. errc::too_large: over one of the limits
/// of scan/scan.hpp, said before anything is unpacked. errc::malformed: broken, cut off, locked by a password, or no
/// picture and no PDF.
base::result<std::vector<std::string>> read_codes(base::ByteView file);

}  // namespace abode::pictures
