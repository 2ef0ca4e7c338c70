// A store's files as whole copies, for backups; a store made of copies again; and damage in the files themselves.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sqlite/store.hpp"

namespace abode::sqlite {

/// The two files of a store.
enum class Part : std::uint8_t { data, keys };

/// Its name in the store's directory.
std::filesystem::path name_of(Part part);

/// What a copied file says of itself.
struct CopyFacts {
  Meta meta;
  ports::LogState log;                  ///< of the data; empty for the keys
  std::optional<ports::Batch> pending;  ///< of the data: the batch that was persisted but not published
};

/// Writes the file of the store in `directory` as of one moment into `to`, which must not be there yet: for its owner
/// only, synced, without what was deleted. Others may go on reading and writing the store meanwhile. What is half
/// written after a failure is the caller's to remove. errc::not_found, errc::conflict (`to` is there),
/// errc::out_of_space, errc::corrupted, errc::unavailable.
base::result<CopyFacts> copy(std::filesystem::path const& directory, Part part, std::filesystem::path const& to,
                             std::string const& vfs = {});

/// What the copy in `directory` says of itself. Fails as copy() does.
base::result<CopyFacts> facts_of_copy(std::filesystem::path const& directory, Part part);

/// True if a process has the store in `directory` open, or cannot be told from one that has.
bool is_in_use(std::filesystem::path const& directory);

/// What is wrong with the pages and indexes of a file, a sentence for each; empty if nothing is. Also while the store
/// is open. What stands in the rows is not looked at: seals and the log tell of that.
std::vector<std::string> find_damage(std::filesystem::path const& directory, Part part);

/// How a store goes on from copies.
struct Revival {
  std::string origin;   ///< another than before: the log begins anew, and every entry is queued for it again
  ports::LogState log;  ///< to go on from if the origin stays: the copy's own, or a larger one of the same tree
  bool pending_is_in_log = false;  ///< `log` holds the batch that was pending in the copy
  base::Time now;
};

/// Makes the copies in `directory` the store of a restored register: sets origin and log, ends all sessions and lets
/// all opening codes expire, because the copies cannot know which of them were ended since. Nobody else may use them.
base::result<void> revive(std::filesystem::path const& directory, Revival const& revival);

}  // namespace abode::sqlite
