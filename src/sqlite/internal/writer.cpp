#include "sqlite/internal/writer.hpp"

#include <algorithm>
#include <iterator>

namespace abode::sqlite::internal {
namespace {

using base::errc;
using base::fail;
using ports::StoreFailure;

base::Error no_longer_served() {
  return fail(errc::unavailable,
              "The store has stopped after a failure. Try again when the service has been restarted.");
}

std::int64_t greatest(Database& database, Sql sql) {
  Query row{database, sql};
  std::int64_t id = 0;
  if (row.next()) row.get(id);
  return id;
}

}  // namespace

Writer::Writer(Options const& options, MakeCommit make_commit)
    : options_(options),
      make_commit_(make_commit),
      files_(options.directory, Access::write, options.vfs, options.cache_kib) {
  // Keys whose record was never committed keep their ids, too.
  last_record_id_ = std::max(greatest(files_.data, "SELECT coalesce(max(id), 0) FROM record"),
                             greatest(files_.keys, "SELECT coalesce(max(record), 0) FROM record_key"));
  finish_erasures();
  thread_ = std::thread{[this] { work(); }};
}

void Writer::write(ports::Store::UseCase use_case, ports::Store::Done done) {
  {
    std::lock_guard const lock{mutex_};
    if (waiting_.size() < options_.max_waiting) {
      waiting_.push_back({std::move(use_case), std::move(done)});
      work_waits_.notify_one();
      return;
    }
  }
  done(fail(errc::busy, "Too much is waiting at the moment. Nothing was changed. Try again in a few seconds."));
}

void Writer::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    work_waits_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Writer::work() {
  for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) {
    auto outcomes = settle(batch);
    if (logs_hold_destroyed_keys_) empty_logs();
    answer(batch, outcomes);
    tidy_logs();
  }
}

std::vector<Writer::Job> Writer::next_batch() {
  std::unique_lock lock{mutex_};
  work_waits_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  auto const end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), options_.max_batch));
  std::vector<Job> batch{std::move_iterator{waiting_.begin()}, std::move_iterator{end}};
  waiting_.erase(waiting_.begin(), end);
  return batch;
}

// One answer for all if the batch as a whole fails: even a use case that failed by itself may have seen writes of
// others that are now undone.
std::vector<Writer::Outcome> Writer::settle(std::vector<Job> const& batch) {
  if (failed_) return std::vector<Outcome>(batch.size(), no_longer_served());
  try {
    auto outcomes = run_together(batch);
    if (!outcomes) outcomes = run_apart(batch);
    commit();
    return std::move(*outcomes);
  } catch (StoreFailure const& failure) {
    return std::vector<Outcome>(batch.size(), abandon(failure));
  } catch (std::exception const& bug) {
    base::fatal(std::string{"a use case broke off: "} + bug.what());
  }
}

void Writer::begin() {
  committing_ = false;
  batch_keys_ = {};
  Query{files_.data, "BEGIN IMMEDIATE"}.run();
  Query{files_.keys, "BEGIN"}.run();
}

Writer::Outcome Writer::run(ports::Store::UseCase const& use_case) {
  Transaction transaction{files_, batch_keys_, last_record_id_};
  auto const done = use_case(transaction);
  if (!done) return done.error();
  auto& [fresh, doomed] = transaction.key_changes();
  std::move(fresh.begin(), fresh.end(), std::back_inserter(batch_keys_.fresh));
  std::move(doomed.begin(), doomed.end(), std::back_inserter(batch_keys_.doomed));
  return std::move(transaction.accesses());
}

// Savepoints cost a tenth of a batch, and hardly any use case fails after it has written: those before its writes leave
// nothing to undo.
std::optional<std::vector<Writer::Outcome>> Writer::run_together(std::vector<Job> const& batch) {
  std::vector<Outcome> outcomes;
  outcomes.reserve(batch.size());
  begin();
  for (Job const& job : batch) {
    std::int64_t const changes_before = files_.data.total_changes();
    try {
      outcomes.push_back(run(job.use_case));
    } catch (StoreFailure const&) {
      if (!files_.data.in_transaction() || files_.data.sync_failed()) throw;  // the whole batch is lost
      return std::nullopt;
    }
    if (!outcomes.back() && files_.data.total_changes() != changes_before) return std::nullopt;
  }
  return outcomes;
}

std::vector<Writer::Outcome> Writer::run_apart(std::vector<Job> const& batch) {
  Query{files_.data, "ROLLBACK"}.run();
  Query{files_.keys, "ROLLBACK"}.run();
  std::vector<Outcome> outcomes;
  outcomes.reserve(batch.size());
  begin();
  for (Job const& job : batch) {
    Query{files_.data, "SAVEPOINT use_case"}.run();
    try {
      outcomes.push_back(run(job.use_case));
    } catch (StoreFailure const& failure) {
      if (!files_.data.in_transaction() || files_.data.sync_failed()) throw;
      outcomes.push_back(error_of(failure));
    }
    if (!outcomes.back()) Query{files_.data, "ROLLBACK TO use_case"}.run();
    Query{files_.data, "RELEASE use_case"}.run();
  }
  return outcomes;
}

// Keys first: a key without a record is litter, a record without its key could never be read again. That is what an
// erasure wants: what it leaves behind if only the second commit fails is finished when it is tried again.
void Writer::commit() {
  for (NewKey const& fresh : batch_keys_.fresh)
    if (fresh.replaces)
      Query{files_.keys, "UPDATE record_key SET wrapped = ? WHERE record = ? AND wrapped IS NOT NULL", fresh.key.bytes,
            fresh.record}
          .run();
    else
      Query{files_.keys, "INSERT INTO record_key VALUES (?, ?, NULL)", fresh.record, fresh.key.bytes}.run();
  for (auto const& [record, at] : batch_keys_.doomed)
    Query{files_.keys,
          R"(INSERT INTO record_key VALUES (?, NULL, ?)
             ON CONFLICT DO UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at)",
          record, at}
        .run();
  committing_ = true;
  Query{files_.keys, "COMMIT"}.run();
  if (!batch_keys_.doomed.empty()) logs_hold_destroyed_keys_ = true;
  Query{files_.data, "COMMIT"}.run();
}

// A full disk is told before the commit's last page is written, so once SQLite has rolled back nothing of it is left.
// After any other failed commit or sync the pages may or may not be on the disk.
base::Error Writer::abandon(StoreFailure const& failure) {
  bool const data_is_back = files_.data.roll_back();
  bool const keys_are_back = files_.keys.roll_back();
  bool const commit_is_unknown = committing_ && failure.code() != errc::out_of_space;
  if (commit_is_unknown || !data_is_back || !keys_are_back || files_.data.sync_failed() || files_.keys.sync_failed()) {
    give_up(std::string{"the outcome of a commit is unknown ("} + failure.what() + ")");
    return no_longer_served();
  }
  return error_of(failure);
}

void Writer::give_up(std::string const& why) {
  failed_ = true;
  files_.data.leave_log_on_close();
  files_.keys.leave_log_on_close();
  options_.on_unknown_outcome(why);
}

void Writer::answer(std::vector<Job>& batch, std::vector<Outcome>& outcomes) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    try {
      if (outcomes[i]) {
        batch[i].done(make_commit_(std::move(*outcomes[i])));
      } else {
        batch[i].done(outcomes[i].error());
      }
    } catch (...) {
      continue;  // the outcome stands, and the others must hear theirs
    }
  }
}

void Writer::tidy_logs() {
  if (failed_) return;
  for (Database* database : {&files_.keys, &files_.data})
    if (database->checkpoint_every(options_.checkpoint_frames) == Database::Checkpoint::failed)
      return give_up("a write-ahead log could not be moved into its database");
}

// Readers may be in the way, or the disk full: then it is tried again after the next batch.
void Writer::empty_logs() {
  if (failed_) return;
  bool emptied = true;
  for (Database* database : {&files_.keys, &files_.data}) {
    auto const outcome = database->empty_log();
    if (outcome == Database::Checkpoint::failed)
      return give_up("a write-ahead log could not be moved into its database");
    emptied = emptied && outcome == Database::Checkpoint::done;
  }
  logs_hold_destroyed_keys_ = !emptied;
}

void Writer::finish_erasures() {
  std::vector<DoomedKey> destroyed;
  for (Query row{files_.keys, "SELECT record, destroyed_at FROM record_key WHERE wrapped IS NULL"}; row.next();) {
    auto& [record, at] = destroyed.emplace_back();
    row.get(record, at);
  }
  logs_hold_destroyed_keys_ = !destroyed.empty();  // a crash may have come before the logs were emptied
  std::erase_if(destroyed, [this](DoomedKey const& key) {
    return !Query{files_.data, "SELECT 1 FROM record WHERE id = ? AND erased_at IS NULL", key.record}.next();
  });
  if (destroyed.empty()) return;
  Query{files_.data, "BEGIN IMMEDIATE"}.run();
  for (auto const& [record, at] : destroyed) erase_rows(files_.data, record, at);
  Query{files_.data, "COMMIT"}.run();
}

}  // namespace abode::sqlite::internal
