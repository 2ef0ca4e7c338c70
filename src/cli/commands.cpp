#include "cli/commands.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/audit.hpp"
#include "cli/deadline.hpp"
#include "cli/demo.hpp"
#include "cli/generate.hpp"
#include "cli/monitor.hpp"
#include "cli/verify.hpp"

namespace abode::cli {
namespace {

/// The command that checks a proof of residence, and its options.
struct Verification {
  VerifyOptions options;
  CLI::App* command = nullptr;

  explicit Verification(CLI::App& app) {
    command = app.add_subcommand("verify", "check a proof of residence, offline");
    command
        ->add_option(
            "FILE", options.file,
            "the proof as it was shown: text, or a photo, scan or PDF of a page with its code; - is standard input")
        ->required();
    command->add_option("--trust", options.trust, "whose proofs you take: a file that you pinned")->required();
    command->add_option("--status", options.lists, "a status list that you fetched; may be given several times");
    auto* const audience =
        command->add_option("--audience", options.audience, "you, as you asked the holder to sign their showing");
    command->add_option("--nonce", options.nonce, "the number you asked them to sign with it")->needs(audience);
    audience->needs(command->get_option("--nonce"));
    command->add_option("--at", options.at, "as of this time, such as 2026-11-27T12:00:00Z; default: now");
    command->add_flag("--json", options.json, "for programs");
  }
};

/// The commands that bring people and officials into a register, and their options.
struct Enrolment {
  EnrolOptions enrol;
  CardsOptions cards;
  LettersOptions letters;
  InviteOptions invite;
  GenerateOptions generate;
  CLI::App* enrol_command = nullptr;
  CLI::App* cards_command = nullptr;
  CLI::App* letters_command = nullptr;
  CLI::App* invite_command = nullptr;
  CLI::App* generate_command = nullptr;

  explicit Enrolment(CLI::App& app) {
    char const* const stopped = "the register's directory; it must not be serving";
    enrol_command = app.add_subcommand("enrol", "enrol people from a list: CSV with a header line");
    enrol_command->add_option("DIR", enrol.directory, stopped)->required();
    enrol_command
        ->add_option("LIST", enrol.list,
                     "columns: card, document_kind and document_number or mrz, family_name, given_names, "
                     "birth_date, contact, language")
        ->required();
    enrol_command->add_option("--report", enrol.report,
                              "where to say which lines were not taken; default: LIST.report");

    cards_command =
        app.add_subcommand("cards", "make activation codes for cards that have none, encrypted for printing");
    cards_command->add_option("DIR", cards.directory, stopped)->required();
    cards_command->add_option("--out", cards.out, "a new file: CMS, for openssl cms -decrypt -inform PEM")->required();
    cards_command->add_option("--print-key", cards.print_key,
                              "the print shop's certificate, X.509 in PEM; default: print_key in abode.toml");
    auto* const one_card = cards_command->add_option("--card", cards.card,
                                                     "a new code for this card only, in place of any before. For "
                                                     "somebody who was in before it works after 24 hours: "
                                                     "identify them first");
    cards_command
        ->add_flag("--void-sheet", cards.void_sheet,
                   "with --card: their printed sheet was stolen, it is void at once and all their sessions end")
        ->needs(one_card);
    cards_command->add_option("--limit", cards.limit, "letters in one file")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}))
        ->capture_default_str();

    letters_command = app.add_subcommand(
        "letters", "print the letters that people asked for to confirm an address, encrypted for the print shop");
    letters_command->add_option("DIR", letters.directory, stopped)->required();
    letters_command->add_option("--out", letters.out, "a new file: a PDF in CMS, for openssl cms -decrypt -inform PEM")
        ->required();
    letters_command->add_option("--print-key", letters.print_key,
                                "the print shop's certificate, X.509 in PEM; default: print_key in abode.toml");
    letters_command->add_option("--limit", letters.limit, "letters in one file")
        ->check(CLI::Range(std::size_t{1}, std::size_t{20'000}))
        ->capture_default_str();

    invite_command = app.add_subcommand("invite", "make an official's account and a one-time invitation for it");
    invite_command->add_option("DIR", invite.directory, stopped)->required();
    invite_command->add_option("--official", invite.official, "the account, such as clerk-7; people see it")
        ->required();
    invite_command->add_option("--name", invite.name, "the official's name")->required();
    invite_command->add_option("--office", invite.office, "an office of the profile, by its id")->required();
    invite_command->add_option("--out", invite.out, "a new file for the invitation, yours only to read")->required();
    invite_command
        ->add_option("--role", invite.roles,
                     "propose a role for a supervisor to approve: clerk, reviewer, supervisor or auditor; may "
                     "be given several times")
        ->allow_extra_args(false);
    invite_command->add_flag("--void-passkeys", invite.void_passkeys,
                             "their passkeys are lost: remove all of them, and end their sessions");
    invite_command->add_flag("--revoke-roles", invite.revoke_roles, "take all their roles back, at once");

    generate_command = app.add_subcommand("generate", "make up people for tests, as a list for abode enrol");
    generate_command->add_option("N", generate.people, "how many")
        ->required()
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000'000}));
    generate_command->add_option("--out", generate.out, "a new file")->required();
    generate_command->add_option("--seed", generate.seed, "the same seed gives the same people")->capture_default_str();
  }

  std::optional<int> run(Commands const& commands) const {
    if (enrol_command->parsed()) return commands.enrol(enrol);
    if (cards_command->parsed()) return commands.cards(cards);
    if (letters_command->parsed()) return commands.letters(letters);
    if (invite_command->parsed()) return commands.invite(invite);
    if (generate_command->parsed()) return run_generate(generate);
    return std::nullopt;
  }
};

/// `abode backup`, either of its two forms.
CLI::App* add_backup(CLI::App& app, BackupOptions& options) {
  CLI::App* const command = app.add_subcommand("backup", "copy a register at work: data and log, without keys");
  CLI::Option* const directory = command->add_option("DIR", options.directory, "the register's directory");
  CLI::Option* const to = command->add_option("TO", options.to, "the new directory that is to be the backup");
  CLI::Option* const verify = command->add_option("--verify", options.verify, "look over a backup instead");
  directory->needs(to);
  verify->excludes(directory);
  command->callback([directory, verify] {
    if (directory->empty() && verify->empty()) throw CLI::RequiredError("DIR and TO, or --verify");
  });
  return command;
}

CLI::App* add_restore(CLI::App& app, RestoreOptions& options) {
  CLI::App* const command = app.add_subcommand("restore", "make a register from its backups");
  command->add_option("BACKUP", options.backup, "a backup of the data")->required();
  command->add_option("DIR", options.directory, "a new or empty directory")->required();
  command->add_option("--keys", options.keys, "the newest backup of the keys")->required();
  command->add_option("--key-files", options.key_files, "your copy of the register's keys/ directory")->required();
  command->add_option("--log", options.log, "the log's public files that survived: a directory with a checkpoint");
  command->add_option("--known-checkpoint", options.known_checkpoints,
                      "a checkpoint that the log is known to have reached");
  command->add_flag("--new-origin", options.new_origin, "begin a new log under a new name");
  return command;
}

CLI::App* add_profile(CLI::App& app, ProfileOptions& profile) {
  CLI::App* const command = app.add_subcommand("profile", "show the profile of a register, or announce a change of it");
  command->add_option("DIR", profile.directory, "the register's directory; it must not be served meanwhile")
      ->required();
  auto* const change = command->add_option(
      "--change", profile.change, "a profile file NAME.toml: in force 30 days after this, in test mode at once");
  command->add_flag("--withdraw", profile.withdraw, "take back the change that is announced")->excludes(change);
  return command;
}

CLI::App* add_witness(CLI::App& app, WitnessOptions& witness) {
  CLI::App* const command = app.add_subcommand("witness", "cosign public logs, so that none can show two histories");
  command->add_option("DIR", witness.directory, "the witness's own directory")->required();
  auto* const create = command->add_option("--create", witness.create, "make a fresh witness of this name there");
  command->add_option("--log", witness.logs, "with --create: the verifier key of a log; may be repeated")
      ->needs(create);
  auto* const listen = command->add_option("--listen", witness.listen, "HOST:PORT to serve on");
  listen->excludes(create);
  command->callback([create, listen] {
    if (create->count() + listen->count() == 0)
      throw CLI::RequiredError("--listen HOST:PORT, or --create NAME for a fresh witness,");
  });
  return command;
}

CLI::App* add_verifier(CLI::App& app, VerifierOptions& verifier) {
  CLI::App* const command =
      app.add_subcommand("verifier", "ask wallets for proofs of residence, and see whether they hold");
  command->add_option("DIR", verifier.directory, "the verifier's own directory")->required();
  auto* const create =
      command->add_option("--create", verifier.create, "make a fresh verifier there; this is its name for people");
  auto* const url =
      command->add_option("--public-url", verifier.public_url, "with --create: where wallets reach it, https://HOST")
          ->needs(create);
  create->needs(url);
  command->add_option("--trust", verifier.trust, "with --create: whose proofs you take, a file that you pinned")
      ->needs(create);
  auto* const renew = command->add_option(
      "--renew", verifier.renew, "a new key that signs requests, under the root in this directory: that you took away");
  renew->excludes(create);
  auto* const listen = command->add_option("--listen", verifier.listen, "HOST:PORT to serve on");
  listen->excludes(create)->excludes(renew);
  command
      ->add_option("--web", verifier.web,
                   "the folder of the built web app: the page that checks proofs, and the desk, served below /app/")
      ->needs(listen);
  command->callback([create, renew, listen] {
    if (create->count() + renew->count() + listen->count() == 0)
      throw CLI::RequiredError("--listen HOST:PORT, or --create NAME for a fresh verifier,");
  });
  return command;
}

CLI::App* add_monitor(CLI::App& app, MonitorOptions& monitor) {
  CLI::App* const command =
      app.add_subcommand("monitor", "follow a public log: read every leaf, and hold what it signs against them");
  command->add_option("URL", monitor.url, "where the log is, such as https://register.example")->required();
  auto* const trust = command->add_option_group("trust");
  trust->add_option("--key", monitor.key, "the log's verifier key (/log.vkey), from a source you trust");
  trust->add_option("--policy", monitor.policy, "a file (C2SP tlog-policy) with the log's key and its witnesses");
  trust->require_option(1);
  command->add_option("--state", monitor.state, "a directory for what it remembers, and for evidence")
      ->capture_default_str();
  command->add_option_function<std::uint32_t>(
      "--every", [&monitor](std::uint32_t seconds) { monitor.every = std::chrono::seconds{seconds}; },
      "look again after so many seconds, until an alarm; default: look once");
  return command;
}

/// The subcommands of `abode keys`.
struct KeysCommands {
  CLI::App* backup;
  CLI::App* rotate;
};
KeysCommands add_keys(CLI::App& app, KeysBackupOptions& backup, RotateOptions& rotate) {
  CLI::App* const keys = app.add_subcommand("keys", "back up and rotate a register's keys");
  keys->require_subcommand(1);
  CLI::App* const backup_command =
      keys->add_subcommand("backup", "copy the wrapped keys, apart from the data; delete the copy within 30 days");
  backup_command->add_option("DIR", backup.directory, "the register's directory")->required();
  backup_command->add_option("TO", backup.to, "the new directory that is to be the backup")->required();
  CLI::App* const rotate_command =
      keys->add_subcommand("rotate", "put a new key-encryption key in the place of the old, also while it serves");
  rotate_command->add_option("DIR", rotate.directory, "the register's directory")->required();
  rotate_command->add_option("--roots", rotate.roots,
                             "the directory with their roots: renew the keys that sign proofs instead");
  return {backup_command, rotate_command};
}

}  // namespace

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

  init_command->add_option("--profile", init.profile, "a built-in profile, or a profile file NAME.toml")
      ->capture_default_str();
  init_command
      ->add_option("--public-url", init.public_url, "scheme://HOST[:PORT] that people will type; abode.toml keeps it")
      ->capture_default_str();

  ServeOptions serve;
  CLI::App* const serve_command = app.add_subcommand("serve", "run a register: pages, API and public log");
  serve_command->add_option("DIR", serve.directory, "the register's directory")->required();
  serve_command->add_option("--listen", serve.listen, "HOST:PORT; default: that of public_url in abode.toml");
  serve_command->add_option("--web", serve.web,
                            "the folder of the built web app, served below /app/; default: without it");
  serve_command->add_option("--metrics", serve.metrics,
                            "HOST:PORT of this machine alone, for its operator's numbers at /metrics; default: none");

  Enrolment const enrolment{app};

  CLI::App* const demo_command = app.add_subcommand("demo", "the whole story in a minute, on a register of its own");

  DoctorOptions doctor;
  CLI::App* const doctor_command = app.add_subcommand("doctor", "check a register's settings, keys, seals and log");
  doctor_command->add_option("DIR", doctor.directory, "the register's directory")->required();

  BackupOptions backup;
  CLI::App* const backup_command = add_backup(app, backup);
  RestoreOptions restore;
  CLI::App* const restore_command = add_restore(app, restore);
  KeysBackupOptions keys_backup;
  RotateOptions rotate;
  KeysCommands const keys_commands = add_keys(app, keys_backup, rotate);

  ProfileOptions profile;
  CLI::App* const profile_command = add_profile(app, profile);
  WitnessOptions witness;
  CLI::App* const witness_command = add_witness(app, witness);

  VerifierOptions verifier;
  CLI::App* const verifier_command = add_verifier(app, verifier);

  MonitorOptions monitor;
  CLI::App* const monitor_command = add_monitor(app, monitor);

  Verification verification{app};
  AuditOptions audit;
  CLI::App* const audit_command = app.add_subcommand("audit", "check a person's exported history, offline");
  audit_command->add_option("FILE", audit.file, "the file from /api/v1/history/export, or - for standard input")
      ->required();
  auto* const audit_key =
      audit_command->add_option("--key", audit.key, "the log's verifier key (/log.vkey), from a source you trust");
  audit_command
      ->add_option("--policy", audit.policy,
                   "a file (C2SP tlog-policy) with the log's key, its witnesses and their quorum")
      ->excludes(audit_key);

  DeadlineOptions deadline;
  CLI::App* const deadline_command =
      app.add_subcommand("deadline", "until when to notify a residence; counted here, nothing is sent or kept");
  deadline_command->add_option("--profile", deadline.profile, "where: such as germany")->required();
  deadline_command->add_option("--entry", deadline.entry, "the day of moving in or arrival, YYYY-MM-DD")->required();
  deadline_command->add_option("--citizenship", deadline.citizenship,
                               "a country's two letters, such as UZ, if the deadline depends on it");
  deadline_command->add_option("--calendar", deadline.calendar, "of working days, such as germany-by");
  deadline_command->add_option("--profiles-dir", deadline.folder,
                               "a folder with deadlines/ and calendars/, instead of those built in");

  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {  // the library's way to say it, help included
    int const status = app.exit(error);
    return status == 0 ? 0 : 2;
  }
  if (init_command->parsed()) return commands.init(init);
  if (serve_command->parsed()) return commands.serve(serve);
  if (doctor_command->parsed()) return commands.doctor(doctor);
  if (backup_command->parsed()) return commands.backup(backup);
  if (restore_command->parsed()) return commands.restore(restore);
  if (keys_commands.backup->parsed()) return commands.backup_keys(keys_backup);
  if (keys_commands.rotate->parsed()) return commands.rotate_keys(rotate);
  if (profile_command->parsed()) return commands.profile(profile);
  if (witness_command->parsed()) return commands.witness(witness);
  if (verifier_command->parsed()) return commands.verifier(verifier);
  if (monitor_command->parsed()) return run_monitor(monitor);
  if (audit_command->parsed()) return run_audit(audit);
  if (verification.command->parsed()) return run_verify(verification.options);
  if (deadline_command->parsed()) return run_deadline(deadline);
  if (demo_command->parsed()) return run_demo();
  if (auto const status = enrolment.run(commands)) return *status;
  return 2;
}

}  // namespace abode::cli
