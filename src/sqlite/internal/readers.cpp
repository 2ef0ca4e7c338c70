#include "sqlite/internal/readers.hpp"

namespace abode::sqlite::internal {
namespace {

constexpr std::size_t reader_cache_kib = 8192;

// From here to the end of its scope everything read is of one moment. The first SELECT fixes it; keys are read later,
// and are therefore all there.
class ReadTransaction {
 public:
  explicit ReadTransaction(Files& files) : files_(files) {
    Query{files_.data, "BEGIN"}.run();
    Query{files_.keys, "BEGIN"}.run();
    Query{files_.data, "SELECT records FROM total"}.next();
  }
  ~ReadTransaction() {
    files_.data.roll_back();
    files_.keys.roll_back();
  }
  ReadTransaction(ReadTransaction const&) = delete;
  ReadTransaction& operator=(ReadTransaction const&) = delete;

 private:
  Files& files_;
};

}  // namespace

Readers::Readers(Options const& options) {
  base::ensure(options.readers > 0, "a store needs a reader");
  for (unsigned i = 0; i < options.readers; ++i)
    free_.push_back(std::make_unique<Files>(options.directory, Access::read, options.vfs, reader_cache_kib));
}

base::result<void> Readers::read(std::function<base::result<void>(ports::Snapshot&)> const& use) {
  struct Loan {
    explicit Loan(Readers& lender) : readers(lender), files(lender.take()) {}
    ~Loan() { readers.give_back(std::move(files)); }
    Loan(Loan const&) = delete;
    Loan& operator=(Loan const&) = delete;
    Readers& readers;
    std::unique_ptr<Files> files;
  };
  Loan const loan{*this};
  try {
    ReadTransaction const transaction{*loan.files};
    Snapshot snapshot{*loan.files};
    return use(snapshot);
  } catch (ports::StoreFailure const& failure) {
    return error_of(failure);
  }
}

std::unique_ptr<Files> Readers::take() {
  std::unique_lock lock{mutex_};
  one_is_back_.wait(lock, [this] { return !free_.empty(); });
  auto files = std::move(free_.back());
  free_.pop_back();
  return files;
}

void Readers::give_back(std::unique_ptr<Files> files) {
  std::lock_guard const lock{mutex_};
  free_.push_back(std::move(files));
  one_is_back_.notify_one();
}

}  // namespace abode::sqlite::internal
