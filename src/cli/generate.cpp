#include "cli/generate.hpp"

#include <fmt/format.h>

#include <fstream>

#include "lists/synthetic.hpp"

namespace abode::cli {

int run_generate(GenerateOptions const& options) {
  if (std::error_code problem; std::filesystem::exists(options.out, problem)) {
    fmt::print(stderr, "abode: {} is there already. Choose a new file.\n", options.out.string());
    return 1;
  }
  std::ofstream out{options.out, std::ios::binary};
  out << lists::synthetic_header();
  for (std::uint64_t number = 1; number <= options.people && out; ++number)
    out << lists::synthetic_person(options.seed, number);
  out.close();
  if (!out) {
    fmt::print(stderr, "abode: {} could not be written. Is the directory there, and the disk not full?\n",
               options.out.string());
    return 1;
  }
  fmt::print("{} made-up people are in {}.\n", options.people, options.out.string());
  return 0;
}

}  // namespace abode::cli
