// Closes epochs: makes the head tree of one, and proves from the trees that are kept how many entries a record had
// (design.md "Journal, log and history").
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "log/epoch.hpp"
#include "log/head_tree.hpp"
#include "log/history.hpp"
#include "ports/store.hpp"
#include "service/context.hpp"

namespace abode::service {

/// Adds epoch 0, which binds nothing: with its first checkpoint a log says how often it will have epochs.
base::result<void> open_first_epoch(ports::Sealer& sealer, base::Random& random, base::Time now,
                                    ports::Transaction& transaction, std::chrono::seconds length);

/// When the next epoch is to be closed, if epochs last `length` from now on: never later than the last one has
/// announced. None while its leaf is not in the log. errc::corrupted if the store has no epoch.
base::result<std::optional<base::Time>> next_epoch_due(ports::Snapshot& snapshot, std::chrono::seconds length);

/// Closes the next epoch over what is published; its leaf then waits for the sequencer. Reads the records page by page,
/// so that no snapshot is held for long, and then writes once. errc::conflict if another was closed meanwhile;
/// otherwise fails as the store does, or with errc::corrupted. Nothing is lost then, call again.
base::result<void> close_epoch(Context const& context, ports::Store& store, std::chrono::seconds length);

/// What the epochs that are in a log of `size` leaves say of the record at `position`, for its holder: of the last one
/// before `first_index`, where its entry 0 is, and of all later ones. `prove` gives the inclusion of a leaf of the log.
/// An epoch whose tree was lost before a restore is left out.
using ProveLeaf = std::function<base::result<log::Proof>(std::uint64_t index)>;
base::result<std::vector<log::BundleEpoch>> bundle_epochs(Context const& context, ports::Snapshot& snapshot,
                                                          std::uint64_t position, std::uint64_t first_index,
                                                          std::uint64_t size, ProveLeaf const& prove);

/// errc::corrupted if the row does not hold what an epoch's must.
base::result<log::Epoch> epoch_of(ports::EpochRow const& row);

/// The head tree of an epoch, made of the journal, at any time after its end. `nonce` is that of its row. Fails as the
/// store does; errc::corrupted as log::HeadTreeBuilder.
base::result<log::HeadTree> head_tree_of(ports::Sealer& sealer, ports::Store& store, log::Epoch const& epoch,
                                         base::Hash const& nonce);

}  // namespace abode::service
