#include "app/witnessing.hpp"

#include <algorithm>

#include "app/internal/witness_client.hpp"

namespace abode::app {

using base::result;

Witnessing::Witnessing(Assembly const& assembly, OperatorLog& operator_log)
    : assembly_(assembly), operator_log_(operator_log) {
  for (std::size_t i = 0; i < assembly_.witnesses->witnesses().size(); ++i)
    threads_.emplace_back([this, i] { ask(i); });
  threads_.emplace_back([this] { run_rounds(); });
}

Witnessing::~Witnessing() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

/// Looks at the log at its own interval, and whenever a line came.
void Witnessing::run_rounds() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    std::string newest;
    (void)assembly_.store->read([&newest](ports::Snapshot& snapshot) -> result<void> {
      newest = snapshot.log_state().checkpoint;
      return {};
    });
    if (!newest.empty()) advance(newest);
    show_if_ready();
    changed_.wait_for(lock, assembly_.config.log_interval);
  }
}

/// Begins a round with the newest checkpoint if the one before it has had its turn.
void Witnessing::advance(std::string const& newest) {
  auto note = log::parse_note(newest);
  if (!note) return;  // the log's own step tells of a store that is damaged
  auto checkpoint = log::parse_checkpoint(note->text);
  if (!checkpoint || !is_due(*checkpoint)) return;
  round_ = Round{round_.number + 1, std::move(*note), std::move(*checkpoint), std::chrono::steady_clock::now(), {}};
  changed_.notify_all();
}

bool Witnessing::is_due(log::Checkpoint const& newest) const {
  if (round_.number == 0) return true;
  if (newest.size > round_.checkpoint.size) return round_.shown;
  return round_.quorum && std::chrono::steady_clock::now() - round_.began >= freshness;
}

void Witnessing::show_if_ready() {
  if (round_.number == 0 || round_.quorum) return;
  std::vector<log::VerifierKey> cosigners;
  for (auto const& [witness, line] : round_.lines) cosigners.push_back(assembly_.witnesses->witnesses()[witness].key);
  bool const quorum = assembly_.witnesses->quorum(cosigners);
  bool const late = std::chrono::steady_clock::now() - round_.began >= patience;
  if (!quorum && (!late || round_.shown)) return;
  if (!publish(round_, quorum)) return;  // tried again at the next interval
  round_.shown = true;
  round_.quorum = quorum;
  if (quorum == quorum_missing_) {
    quorum_missing_ = !quorum;
    operator_log_.write(quorum ? Event::quorum_goes_on : Event::quorum_waits, {{"size", round_.checkpoint.size}});
  }
}

result<void> Witnessing::publish(Round const& round, bool quorum) {
  log::SignedNote note = round.note;
  base::Time seen = assembly_.clock->now();
  for (auto const& [witness, line] : round.lines) {
    note.signatures.push_back(line);
    seen = std::min(seen, log::time_of_cosignature(line));
  }
  ports::PublishedRow row{round.checkpoint.size, seen, log::format_note(note), quorum};
  auto const commit = assembly_.store->write_and_wait([&row](ports::Transaction& transaction) -> result<void> {
    if (auto const last = transaction.published()) row.at = std::max(row.at, last->at);
    transaction.add_published(row);
    return {};
  });
  if (!commit) return commit.error();
  return assembly_.tiles->publish_checkpoint(row.checkpoint);
}

/// The thread of one witness: each round is put to it until it has signed, or the next round has begun.
void Witnessing::ask(std::size_t witness) {
  internal::WitnessClient client{assembly_.witnesses->witnesses()[witness], *assembly_.tiles};
  std::uint64_t done = 0;  // the last round that it signed
  std::string failure;     // the last one told of
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    if (round_.number == done) {
      changed_.wait(lock);
      continue;
    }
    std::uint64_t const number = round_.number;
    log::SignedNote const note = round_.note;
    log::Checkpoint const checkpoint = round_.checkpoint;
    lock.unlock();
    auto answer = client.cosign(note, checkpoint);
    bool const signed_it = answer.has_value();
    lock.lock();
    heard(witness, number, std::move(answer), failure);
    if (signed_it)
      done = number;
    else
      changed_.wait_for(lock, retry, [this, number] { return stopping_ || round_.number != number; });
  }
}

void Witnessing::heard(std::size_t witness, std::uint64_t round, result<log::NoteSignature> answer,
                       std::string& failure) {
  std::string const now = answer ? "" : answer.error().detail;
  if (now != failure) {
    if (answer)
      operator_log_.write(Event::witness_goes_on, {{"witness", witness}});
    else
      operator_log_.write(Event::witness_waits, {{"witness", witness}, {"why", answer.error()}});
    failure = now;
  }
  if (!answer || round != round_.number) return;
  round_.lines.insert_or_assign(witness, std::move(*answer));
  changed_.notify_all();
}

}  // namespace abode::app
