// What cairo 1.16 cannot say in a PDF: languages, and what stands for a picture (ISO 32000-1, sections 14.9.2
// and 14.9.3).
#pragma once

#include <string>
#include <vector>

namespace abode::paper::internal {

/// An element of the structure, as cairo was told of it.
struct PdfElement {
  std::string tag;
  std::string language;     ///< BCP 47; empty: that of the element around it
  std::string alternative;  ///< for a figure
};

/// `pdf` as cairo wrote it, with the languages named in its catalog and in its structure. The elements are those of its
/// structure in the order in which they began. Another number of them, or other tags, are a bug.
std::string with_languages(std::string pdf, std::string const& language, std::vector<PdfElement> const& elements);

}  // namespace abode::paper::internal
