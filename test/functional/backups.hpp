// A register's backups, and its public log read from its files as a monitor would.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "log/merkle.hpp"
#include "log/note.hpp"
#include "log/tiles.hpp"
#include "support/running_register.hpp"

namespace abode::functional {

/// The backups of a register, and the copy of its key files, in a directory of their own.
class Backups {
 public:
  explicit Backups(std::filesystem::path of) : register_(std::move(of)) {
    std::filesystem::copy(register_ / "keys", key_files());
  }

  std::filesystem::path data() const { return home_.path() / "data"; }
  std::filesystem::path keys() const { return home_.path() / "keys-backup"; }
  std::filesystem::path key_files() const { return home_.path() / "key-files"; }
  std::filesystem::path restored() const { return home_.path() / "restored"; }
  std::filesystem::path home() const { return home_.path(); }

  void take() const {
    test::Outcome const data_taken = test::run_abode({"backup", register_.string(), data().string()});
    ASSERT_EQ(data_taken.status, 0) << data_taken.errors;
    take_keys();
  }
  void take_keys() const {
    std::filesystem::remove_all(keys());
    test::Outcome const keys_taken = test::run_abode({"keys", "backup", register_.string(), keys().string()});
    ASSERT_EQ(keys_taken.status, 0) << keys_taken.errors;
  }
  test::Outcome restore(std::vector<std::string> const& more) const {
    std::vector<std::string> arguments{"restore",       data().string(), restored().string(), "--keys",
                                       keys().string(), "--key-files",   key_files().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::run_abode(arguments);
  }

 private:
  test::TemporaryDirectory home_;
  std::filesystem::path register_;
};

inline log::Checkpoint checkpoint_in(std::filesystem::path const& log_directory) {
  auto const note = log::parse_note(test::read_text(log_directory / "checkpoint")).value();
  return log::parse_checkpoint(note.text).value();
}

/// All leaves that the checkpoint in `log_directory` covers.
inline std::vector<base::Bytes> leaves_in(std::filesystem::path const& log_directory) {
  std::vector<base::Bytes> leaves;
  for (log::EntriesId const& file : log::new_entries(0, checkpoint_in(log_directory).size)) {
    std::string const content = test::read_text(log_directory / log::path_of(file));
    for (auto& leaf : log::decode_entries(base::as_bytes(content), file.width).value())
      leaves.push_back(std::move(leaf));
  }
  return leaves;
}

/// The root of the tree of the first `size` leaves.
inline base::Hash root_at(std::vector<base::Bytes> const& leaves, std::uint64_t size) {
  log::RightEdge edge;
  for (std::uint64_t i = 0; i < size; ++i) edge.append(log::hash_leaf(leaves.at(i)));
  return edge.root();
}

}  // namespace abode::functional
