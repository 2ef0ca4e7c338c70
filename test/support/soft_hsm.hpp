// A device for keys made of software (SoftHSM 2), fresh and with a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "pkcs11/device.hpp"
#include "support/temporary_directory.hpp"

namespace abode::test {

/// One for a process: the library reads where it keeps its tokens once.
class SoftHsm {
 public:
  SoftHsm() {
    std::filesystem::create_directories(home_.path() / "tokens");
    std::ofstream{settings()} << "directories.tokendir = " << (home_.path() / "tokens").string()
                              << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", settings().c_str(), 1);
    run("softhsm2-util --init-token --free --label abode --pin " + pin() + " --so-pin 1234567");
  }

  static std::filesystem::path module() { return "/usr/lib/softhsm/libsofthsm2.so"; }
  static std::string token() { return "abode"; }
  static std::string pin() { return "4711"; }
  std::filesystem::path settings() const { return home_.path() / "softhsm2.conf"; }
  pkcs11::Address address() const { return {module(), token(), base::Secret<std::string>{pin()}}; }

 private:
  static void run(std::string const& command) {
    ASSERT_EQ(std::system((command + " > /dev/null").c_str()), 0) << command;
  }

  TemporaryDirectory home_;
};

}  // namespace abode::test
