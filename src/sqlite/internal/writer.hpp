// The only thread that writes: batches of use cases under one commit.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "sqlite/internal/transaction.hpp"
#include "sqlite/store.hpp"

namespace abode::sqlite::internal {

class Writer {
 public:
  using MakeCommit = ports::Commit (*)(std::vector<ports::RecordId> accesses);

  Writer(Options const& options, MakeCommit make_commit);
  ~Writer() { stop(); }
  Writer(Writer const&) = delete;
  Writer& operator=(Writer const&) = delete;

  /// Any thread. `done` is called by the writer's thread; only errc::busy is told at once, by the caller's own.
  void write(ports::Store::UseCase use_case, ports::Store::Done done);
  /// Finishes what is waiting, then ends the thread.
  void stop();
  /// True once the outcome of a commit is unknown: nothing is served any more.
  bool failed() const { return failed_; }

 private:
  struct Job {
    ports::Store::UseCase use_case;
    ports::Store::Done done;
  };
  using Outcome = base::result<std::vector<ports::RecordId>>;  ///< the accesses it journalled, or why it did nothing

  void work();
  std::vector<Job> next_batch();
  std::vector<Outcome> settle(std::vector<Job> const& batch);
  void begin();
  /// One use case, with no undoing of its own.
  Outcome run(ports::Store::UseCase const& use_case);
  /// Begins, and runs all without savepoints. Empty if one of them failed after it had written: then all must be run
  /// again, apart.
  std::optional<std::vector<Outcome>> run_together(std::vector<Job> const& batch);
  /// Undoes run_together, begins anew, and runs each in a savepoint.
  std::vector<Outcome> run_apart(std::vector<Job> const& batch);
  void commit();
  base::Error abandon(ports::StoreFailure const& failure);
  void give_up(std::string const& why);
  void answer(std::vector<Job>& batch, std::vector<Outcome>& outcomes);
  void tidy_logs();
  /// After a key was destroyed: until it has succeeded once, the key may still stand in a write-ahead log.
  void empty_logs();
  /// Erases what an old copy of the data, or a crash between the two commits, has of records whose key is destroyed.
  void finish_erasures();

  Options const options_;
  MakeCommit const make_commit_;

  // The writer's thread only.
  Files files_;
  std::int64_t last_record_id_ = 0;
  KeyChanges batch_keys_;
  bool committing_ = false;
  bool logs_hold_destroyed_keys_ = false;

  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  std::condition_variable work_waits_;
  std::deque<Job> waiting_;  // guarded by mutex_
  bool stopping_ = false;    // guarded by mutex_
  std::thread thread_;
};

}  // namespace abode::sqlite::internal
