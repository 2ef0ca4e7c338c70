// Any bytes as a picture or a PDF: nothing of ours crashes, every refusal has a sentence, and what is found fits into
// an answer. The libraries below are Debian's and not instrumented: what breaks in them shows as a signal or as memory
// lost.
#include <cstdint>
#include <cstdlib>

#include "pictures/pictures.hpp"
#include "scan/answer.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const found = abode::pictures::read_codes({data, size});
  if (!found && found.error().detail.empty()) std::abort();
  auto const read = abode::scan::read_answer(abode::scan::write_answer(found));
  if (found ? !read || *read != *found : read || read.error().detail != found.error().detail) std::abort();
  return 0;
}
