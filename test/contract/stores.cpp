#include "contract/stores.hpp"

#include "support/faulty_store.hpp"
#include "support/memory_store.hpp"

namespace abode::contract {
namespace {

std::unique_ptr<ports::Store> memory(std::filesystem::path const&, Limits limits) {
  return test::make_memory_store({.max_batch = limits.max_batch, .max_waiting = limits.max_waiting});
}

std::unique_ptr<ports::Store> on_sqlite(std::filesystem::path const& directory, Limits limits) {
  return make_sqlite({.directory = directory, .max_batch = limits.max_batch, .max_waiting = limits.max_waiting});
}

template <auto Make>
std::unique_ptr<ports::Store> retrying(std::filesystem::path const& directory, Limits limits) {
  return std::make_unique<test::FaultyStore>(Make(directory, limits), test::always(test::Fault::twice));
}

}  // namespace

std::unique_ptr<ports::Store> StoreContract::make(Limits limits) {
  auto const place = directory_.path() / "store";
  std::filesystem::remove_all(place);
  return GetParam().make(place, limits);
}

sqlite::Meta test_meta() {
  return {.mode = "test", .origin = "abode.example/log", .key_check = {1, 2, 3}};
}

std::unique_ptr<ports::Store> make_sqlite(sqlite::Options options) {
  return sqlite::create(std::move(options), test_meta()).value();
}

std::unique_ptr<ports::Store> reopen_sqlite(sqlite::Options options) {
  return sqlite::open(std::move(options), test_meta()).value();
}

INSTANTIATE_TEST_SUITE_P(Over, StoreContract,
                         testing::Values(Kind{"memory", memory, false}, Kind{"memory_retrying", retrying<memory>, true},
                                         Kind{"sqlite", on_sqlite, false},
                                         Kind{"sqlite_retrying", retrying<on_sqlite>, true}),
                         [](auto const& kind) { return std::string{kind.param.name}; });

}  // namespace abode::contract
