#include "app/enrol.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <deque>
#include <fstream>
#include <future>

#include "app/assembly.hpp"
#include "codec/csv.hpp"
#include "lists/people.hpp"
#include "service/enrolment.hpp"
#include "system/files.hpp"

namespace abode::app {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::size_t people_in_one_transaction = 2000;
constexpr std::size_t transactions_at_once = 2;  ///< one is written while the next is read
constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::size_t max_reported_faults = 100'000;

/// A line on a terminal that grows with what is done; nothing anywhere else.
class Progress {
 public:
  explicit Progress(std::uintmax_t whole) : whole_(whole), on_terminal_(::isatty(STDERR_FILENO) == 1) {}
  ~Progress() {
    if (shown_) fmt::print(stderr, "\n");
  }
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  void show(std::uintmax_t done, std::uint64_t people) {
    std::uintmax_t const percent = whole_ == 0 ? 100 : done * 100 / whole_;
    if (!on_terminal_ || (shown_ && percent == percent_)) return;
    percent_ = percent;
    shown_ = true;
    constexpr std::size_t width = 40;
    std::size_t const filled = percent * width / 100;
    fmt::print(stderr, "\r[{}{}] {:3} %  {} people", std::string(filled, '#'), std::string(width - filled, ' '),
               percent, people);
    std::fflush(stderr);
  }

 private:
  std::uintmax_t whole_;
  std::uintmax_t percent_ = 0;
  bool on_terminal_;
  bool shown_ = false;
};

/// Goes through the list, and knows what came of it.
class Run {
 public:
  Run(Assembly const& assembly, std::filesystem::path const& list)
      : assembly_(assembly),
        context_(assembly.context()),
        today_(base::day_of(assembly.clock->now())),
        in_(list, std::ios::binary) {}

  /// Nothing more is taken after an error; what was taken before it stays.
  result<void> read_all(Progress& progress) {
    if (!in_) return fail(errc::unavailable, "The list cannot be read. Check its name and who may read it.");
    std::string piece(piece_bytes, '\0');
    while (in_) {
      in_.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      auto const got = static_cast<std::size_t>(in_.gcount());
      reader_.feed(std::string_view{piece}.substr(0, got));
      if (!in_) reader_.finish();
      if (auto const taken = take_records(); !taken) return taken;
      progress.show(read_bytes_ += got, accepted_);
    }
    if (!header_) return fail(errc::invalid, "The list is empty. Its first line names the columns.");
    if (auto const sent = send(); !sent) return sent;
    return settle(0);
  }

  std::uint64_t accepted() const { return accepted_; }
  std::uint64_t refused() const { return refused_; }

  /// For the operator: which lines were not taken and why. It says nothing of anyone, and not who was known before.
  std::string report() const {
    std::string text = fmt::format("accepted: {}\nnot taken: {}\n", accepted_, refused_) + faults_;
    if (refused_ > max_reported_faults) text += "and more: mend these first\n";
    return text;
  }

 private:
  result<void> take_records() {
    while (auto const item = reader_.next()) {
      if (item->fault) {
        note(item->fault->line, item->fault->error);
        continue;
      }
      if (!header_) {
        auto header = lists::Header::read(*item->record);
        if (!header) return header.error();
        header_ = std::move(*header);
        continue;
      }
      auto person = lists::read_person(*header_, *item->record, today_);
      if (!person) {
        note(item->record->line, person.error());
        continue;
      }
      batch_.push_back(std::move(*person));
      if (batch_.size() < people_in_one_transaction) continue;
      if (auto const sent = send(); !sent) return sent;
    }
    return {};
  }

  void note(std::uint64_t line, base::Error const& error) {
    if (++refused_ > max_reported_faults) return;
    faults_ += fmt::format("line {}: {}{}{}\n", line, error.field, error.field.empty() ? "" : ": ", error.detail);
  }

  result<void> send() {
    if (batch_.empty()) return {};
    auto const people = std::make_shared<std::vector<service::Newcomer>>(std::move(batch_));
    batch_.clear();
    auto const outcome = std::make_shared<std::promise<result<void>>>();
    waiting_.push_back({people->size(), outcome->get_future()});
    assembly_.store->write(
        [people, context = context_](ports::Transaction& transaction) -> result<void> {
          for (service::Newcomer const& person : *people)
            if (auto const enrolled = service::enrol_newcomer(context, transaction, person); !enrolled) return enrolled;
          return {};
        },
        [outcome](result<ports::Commit> commit) {
          outcome->set_value(commit ? result<void>{} : result<void>{commit.error()});
        });
    return settle(transactions_at_once - 1);
  }

  /// Waits until at most `left` transactions are under way.
  result<void> settle(std::size_t left) {
    while (waiting_.size() > left) {
      auto const done = waiting_.front().done.get();
      if (!done) return done;
      accepted_ += waiting_.front().people;
      waiting_.pop_front();
    }
    return {};
  }

  struct Waiting {
    std::size_t people;
    std::future<result<void>> done;
  };

  Assembly const& assembly_;
  service::Context context_;
  base::Date today_;
  std::ifstream in_;
  codec::CsvReader reader_;
  std::optional<lists::Header> header_;
  std::vector<service::Newcomer> batch_;
  std::deque<Waiting> waiting_;
  std::uintmax_t read_bytes_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t refused_ = 0;
  std::string faults_;
};

int fail_with(base::Error const& error) {
  fmt::print(stderr, "abode: {}\n", error.detail);
  return 1;
}

}  // namespace

int enrol(cli::EnrolOptions const& options) {
  auto const assembly = open_register(options.directory, Use::bulk);
  if (!assembly) return fail_with(assembly.error());
  std::error_code unknown;
  std::uintmax_t const size = std::filesystem::file_size(options.list, unknown);
  Run run{*assembly, options.list};
  auto const done = [&] {
    Progress progress{unknown ? 0 : size};
    return run.read_all(progress);
  }();
  std::filesystem::path const report = options.report.value_or(options.list.string() + ".report");
  if (run.accepted() + run.refused() > 0) {
    auto const written = system::write_file(report, base::as_bytes(run.report()), system::Access::owner_only);
    if (!written) return fail_with(written.error());
    fmt::print("{} people accepted.\n", run.accepted());
  }
  if (run.refused() > 0)
    fmt::print("{} lines were not taken. {} says which and why: mend them and run this again.\n", run.refused(),
               report.string());
  if (!done) return fail_with(done.error());
  return run.refused() == 0 ? 0 : 1;
}

}  // namespace abode::app
