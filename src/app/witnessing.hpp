// Asks the witnesses for their cosignatures, and shows the log's checkpoints once enough of them have signed.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "app/assembly.hpp"
#include "app/operator_log.hpp"

namespace abode::app {

/// While it lives, every checkpoint that the log signs and that is the newest when its turn comes goes to all witnesses
/// of the policy at once. With a quorum it is published: in the store, and as the log's file. Without one in time it is
/// published all the same, marked so: a register does not stop because its witnesses do.
class Witnessing {
 public:
  static constexpr std::chrono::seconds patience{10};   ///< how long a quorum is waited for
  static constexpr std::chrono::seconds freshness{60};  ///< a log that does not grow is cosigned again after this
  static constexpr std::chrono::seconds retry{1};       ///< until a witness that failed is asked again

  /// Starts at once. The assembly, which has a policy, and the log outlive it.
  Witnessing(Assembly const& assembly, OperatorLog& operator_log);
  ~Witnessing();

 private:
  using Instant = std::chrono::steady_clock::time_point;
  /// One checkpoint on its way.
  struct Round {
    std::uint64_t number = 0;
    log::SignedNote note;
    log::Checkpoint checkpoint;
    Instant began;
    std::map<std::size_t, log::NoteSignature> lines;  ///< by witness
    bool shown = false;                               ///< published, with a quorum or without
    bool quorum = false;                              ///< published with one
  };

  void run_rounds();
  void advance(std::string const& newest);
  bool is_due(log::Checkpoint const& newest) const;
  void show_if_ready();
  base::result<void> publish(Round const& round, bool quorum);
  void ask(std::size_t witness);
  void heard(std::size_t witness, std::uint64_t round, base::result<log::NoteSignature> answer, std::string& failure);

  Assembly const& assembly_;
  OperatorLog& operator_log_;
  std::mutex mutex_;
  std::condition_variable changed_;  ///< a new round, a new line, or the end
  Round round_;                      ///< number 0: none yet
  bool stopping_ = false;
  bool quorum_missing_ = false;  ///< and the operator was told
  std::vector<std::thread> threads_;
};

}  // namespace abode::app
