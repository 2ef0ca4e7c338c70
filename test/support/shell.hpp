// What other programs say.
#pragma once

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace abode::test {

/// All that a command of the shell prints.
inline std::string said_by(std::string const& command) {
  std::string out;
  auto const close = [](FILE* pipe) { pclose(pipe); };
  std::unique_ptr<FILE, decltype(close)> const pipe{popen((command + " 2>&1").c_str(), "r"), close};
  std::array<char, 4096> buffer{};
  while (std::size_t const got = fread(buffer.data(), 1, buffer.size(), pipe.get())) out.append(buffer.data(), got);
  return out;
}

}  // namespace abode::test
