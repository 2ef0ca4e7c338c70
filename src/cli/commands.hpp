// The command line: what can be asked, and the commands that need no register (audit, deadline, demo, generate).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace abode::cli {

struct InitOptions {
  std::filesystem::path directory;
  bool test_mode = false;
  std::string profile = "specimen";  ///< the name of a built-in profile, or a file NAME.toml
  std::string public_url = "http://localhost:8080";
};
struct ServeOptions {
  std::filesystem::path directory;
  std::optional<std::string> listen;         ///< HOST:PORT
  std::optional<std::string> metrics;        ///< HOST:PORT of this machine alone; none: no numbers are served
  std::optional<std::filesystem::path> web;  ///< folder of the built web app; none: plain pages only
};
struct DoctorOptions {
  std::filesystem::path directory;
};
struct BackupOptions {
  std::filesystem::path directory;
  std::filesystem::path to;
  std::optional<std::filesystem::path> verify;  ///< a backup to look over, instead of making one
};
struct KeysBackupOptions {
  std::filesystem::path directory;
  std::filesystem::path to;
};
struct RestoreOptions {
  std::filesystem::path backup;
  std::filesystem::path directory;
  std::filesystem::path keys;                            ///< a backup of keys
  std::filesystem::path key_files;                       ///< the copy of keys/
  std::optional<std::filesystem::path> log;              ///< the log's public files that survived
  std::vector<std::filesystem::path> known_checkpoints;  ///< the log is known to have reached
  bool new_origin = false;
};
struct RotateOptions {
  std::filesystem::path directory;
  std::optional<std::filesystem::path> roots;  ///< renew the keys for proofs under these, and not the other key
};
struct EnrolOptions {
  std::filesystem::path directory;
  std::filesystem::path list;
  std::optional<std::filesystem::path> report;  ///< default: the list's name with ".report"
};
struct CardsOptions {
  std::filesystem::path directory;
  std::filesystem::path out;
  std::optional<std::filesystem::path> print_key;  ///< default: that of abode.toml
  std::optional<std::string> card;                 ///< a new code for this card only
  bool void_sheet = false;                         ///< its printed sheet was stolen
  std::size_t limit = 50'000;                      ///< letters in one file
};
struct LettersOptions {
  std::filesystem::path directory;
  std::filesystem::path out;
  std::optional<std::filesystem::path> print_key;  ///< default: that of abode.toml
  std::size_t limit = 2'000;                       ///< letters in one file
};
struct InviteOptions {
  std::filesystem::path directory;
  std::string official;
  std::string name;
  std::string office;
  std::filesystem::path out;
  std::vector<std::string> roles;
  bool void_passkeys = false;  ///< those that the official has are lost
  bool revoke_roles = false;   ///< they are to do other work, or none
};
struct GenerateOptions {
  std::uint64_t people = 0;
  std::filesystem::path out;
  std::uint64_t seed = 1;
};
struct ProfileOptions {
  std::filesystem::path directory;
  std::optional<std::string> change;  ///< a profile file, or the name of a built-in one
  bool withdraw = false;              ///< the change that is announced
};
struct WitnessOptions {
  std::filesystem::path directory;
  std::optional<std::string> create;  ///< the name of a fresh witness, to be made there
  std::vector<std::string> logs;      ///< of a fresh one: verifier key lines
  std::optional<std::string> listen;  ///< HOST:PORT; given unless one is made
};
struct VerifierOptions {
  std::filesystem::path directory;
  std::optional<std::string> create;           ///< the name of a fresh verifier, to be made there
  std::optional<std::string> public_url;       ///< of a fresh one
  std::optional<std::filesystem::path> trust;  ///< of a fresh one: the trust file, to be copied
  std::optional<std::filesystem::path> renew;  ///< the directory with its root: a new key for requests
  std::optional<std::string> listen;           ///< HOST:PORT; given unless one is made or renewed
  std::optional<std::filesystem::path> web;    ///< the built web app, to be served with it
};
struct MonitorOptions {
  std::string url;                              ///< where the log's files are
  std::optional<std::string> key;               ///< verifier key line; this or a policy is given
  std::optional<std::filesystem::path> policy;  ///< trust policy of the log and its witnesses
  std::filesystem::path state = "abode-monitor";
  std::optional<std::chrono::seconds> every;  ///< none: look once
};
struct AuditOptions {
  std::filesystem::path file;
  std::optional<std::string> key;               ///< verifier key line, from a source the reader trusts
  std::optional<std::filesystem::path> policy;  ///< instead of it: a trust policy with the log's witnesses
};

struct VerifyOptions {
  std::filesystem::path file;
  std::filesystem::path trust;               ///< whose proofs the reader takes
  std::vector<std::filesystem::path> lists;  ///< status lists that were fetched before
  std::optional<std::string> audience;       ///< what the holder was asked to sign; both or neither
  std::optional<std::string> nonce;
  std::optional<std::string> at;  ///< RFC 3339; none: now
  bool json = false;
};

struct DeadlineOptions {
  std::string profile;
  std::string entry;                            ///< YYYY-MM-DD
  std::optional<std::string> citizenship;       ///< ISO 3166-1 alpha-2; stays on this device
  std::optional<std::string> calendar;          ///< instead of the profile's own
  std::optional<std::filesystem::path> folder;  ///< with deadlines/ and calendars/, instead of those built in
};

/// Commands that work on a register: app brings them. Each answers with the exit status.
struct Commands {
  std::function<int(InitOptions const&)> init;
  std::function<int(ServeOptions const&)> serve;
  std::function<int(DoctorOptions const&)> doctor;
  std::function<int(BackupOptions const&)> backup;
  std::function<int(KeysBackupOptions const&)> backup_keys;
  std::function<int(RestoreOptions const&)> restore;
  std::function<int(RotateOptions const&)> rotate_keys;
  std::function<int(EnrolOptions const&)> enrol;
  std::function<int(CardsOptions const&)> cards;
  std::function<int(LettersOptions const&)> letters;
  std::function<int(InviteOptions const&)> invite;
  std::function<int(WitnessOptions const&)> witness;
  std::function<int(ProfileOptions const&)> profile;
  std::function<int(VerifierOptions const&)> verifier;
};

/// Parses and runs; the exit status. 2: the command line was not understood.
int run(int argc, char** argv, Commands const& commands);

}  // namespace abode::cli
