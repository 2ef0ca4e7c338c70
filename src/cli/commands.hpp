// The command line: what can be asked, and the commands that need no register of their own (audit, demo).
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace abode::cli {

struct InitOptions {
  std::filesystem::path directory;
  bool test_mode = false;
};
struct ServeOptions {
  std::filesystem::path directory;
  std::optional<std::string> listen;   ///< HOST:PORT
  std::optional<std::string> metrics;  ///< HOST:PORT of this machine alone; none: no numbers are served
};
struct DoctorOptions {
  std::filesystem::path directory;
};
struct AuditOptions {
  std::filesystem::path file;
  std::optional<std::string> key;  ///< verifier key line, from a source the reader trusts
};

/// Commands that work on a register: app brings them. Each answers with the exit status.
struct Commands {
  std::function<int(InitOptions const&)> init;
  std::function<int(ServeOptions const&)> serve;
  std::function<int(DoctorOptions const&)> doctor;
};

/// Parses and runs; the exit status. 2: the command line was not understood.
int run(int argc, char** argv, Commands const& commands);

}  // namespace abode::cli
