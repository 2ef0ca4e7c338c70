#include "cli/commands.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/audit.hpp"
#include "cli/demo.hpp"

namespace abode::cli {

int run(int argc, char** argv, Commands const& commands) {
  CLI::App app{"Abode: a residence register that belongs to the people in it."};
  app.set_version_flag("--version", "abode " ABODE_VERSION);
  app.require_subcommand(1);
  app.footer("abode COMMAND --help tells more about a command.");

  InitOptions init;
  CLI::App* const init_command = app.add_subcommand("init", "make a fresh register: keys, settings, an empty store");
  init_command->add_option("DIR", init.directory, "a new or empty directory")->required();
  init_command->add_flag("--test-mode", init.test_mode,
                         "specimen people, no legal effect; fixed for the register's life");

  ServeOptions serve;
  CLI::App* const serve_command = app.add_subcommand("serve", "run a register: pages, API and public log");
  serve_command->add_option("DIR", serve.directory, "the register's directory")->required();
  serve_command->add_option("--listen", serve.listen, "HOST:PORT; default: that of public_url in abode.toml");
  serve_command->add_option("--metrics", serve.metrics,
                            "HOST:PORT of this machine alone, for its operator's numbers at /metrics; default: none");

  CLI::App* const demo_command = app.add_subcommand("demo", "the whole story in a minute, on a register of its own");

  DoctorOptions doctor;
  CLI::App* const doctor_command = app.add_subcommand("doctor", "check a register's settings, keys, seals and log");
  doctor_command->add_option("DIR", doctor.directory, "the register's directory")->required();

  AuditOptions audit;
  CLI::App* const audit_command = app.add_subcommand("audit", "check a person's exported history, offline");
  audit_command->add_option("FILE", audit.file, "the file from /api/v1/history/export, or - for standard input")
      ->required();
  audit_command->add_option("--key", audit.key, "the log's verifier key (/log.vkey), from a source you trust");

  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {  // the library's way to say it, help included
    int const status = app.exit(error);
    return status == 0 ? 0 : 2;
  }
  if (init_command->parsed()) return commands.init(init);
  if (serve_command->parsed()) return commands.serve(serve);
  if (doctor_command->parsed()) return commands.doctor(doctor);
  if (audit_command->parsed()) return run_audit(audit);
  if (demo_command->parsed()) return run_demo();
  return 2;
}

}  // namespace abode::cli
