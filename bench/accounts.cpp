// Makes a register of many people, as `abode enrol` left it, ready to be loaded: people spread evenly over it are
// signed in and make opening codes, and one of them gets a long history.
//   bench_accounts DIR PEOPLE ACCOUNTS CODES ENTRIES
// PEOPLE were enrolled; ACCOUNTS of them are signed in and have CODES opening codes each; one has ENTRIES entries.
// Writes DIR/bench/tokens.txt (a bearer token a line), codes.txt (everybody's first code, then everybody's second),
// official.txt (an official's token) and history.txt (the token of the one with the long history). DIR is not served.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "app/assembly.hpp"
#include "service/journal.hpp"
#include "service/opening_codes.hpp"
#include "service/sessions.hpp"

namespace {

using namespace abode;
using base::result;

constexpr std::size_t accounts_in_one_transaction = 500;
constexpr std::size_t entries_in_one_transaction = 500;
constexpr std::chrono::minutes code_life{600};

struct Account {
  std::string token;
  std::vector<std::string> codes;
};

struct Wish {
  std::uint64_t people;
  std::uint64_t accounts;
  std::uint64_t codes;
  std::uint64_t entries;
};

result<void> write(app::Assembly const& assembly, ports::Store::UseCase use_case) {
  auto const commit = assembly.store->write_and_wait(std::move(use_case));
  return commit ? result<void>{} : result<void>{commit.error()};
}

result<Account> sign_in(service::Context const& context, ports::Transaction& transaction, ports::RecordId record,
                        std::uint64_t codes) {
  auto const session = service::open_session(context, transaction, record, ports::SignInProof::test_name);
  Account account{session.token.reveal(base::Disclosure::to_holder), {}};
  auto const holder = ports::HolderSession::prove(transaction, session.token, context.clock.now());
  if (!holder) return holder.error();
  for (std::uint64_t i = 0; i < codes; ++i) {
    auto const made = service::make_opening_code(context, transaction, *holder,
                                                 {rules::Field::family_name, rules::Field::given_names}, code_life, {});
    if (!made) return made.error();
    account.codes.push_back(made->code.code->reveal(base::Disclosure::to_holder));
  }
  return account;
}

/// Enrolled people have the last ids; `number` counts accounts from 0.
result<ports::RecordId> record_of(ports::Snapshot& snapshot, Wish const& wish, std::uint64_t number) {
  std::uint64_t const others = snapshot.record_count() - wish.people;
  std::uint64_t const after = others + number * wish.people / wish.accounts;
  auto const found = snapshot.record_ids(ports::RecordId{static_cast<std::int64_t>(after)}, 1);
  if (found.empty()) return base::fail(base::errc::invalid, "There are fewer people than that in this register.");
  return found.front();
}

result<std::vector<Account>> sign_in_all(app::Assembly const& assembly, Wish const& wish) {
  std::vector<Account> all;
  service::Context const context = assembly.context();
  while (all.size() < wish.accounts) {
    std::vector<Account> added;
    auto const done = write(assembly, [&](ports::Transaction& transaction) -> result<void> {
      added.clear();
      std::uint64_t const end = std::min(wish.accounts, all.size() + accounts_in_one_transaction);
      for (std::uint64_t number = all.size(); number < end; ++number) {
        auto const record = record_of(transaction, wish, number);
        if (!record) return record.error();
        auto account = sign_in(context, transaction, *record, wish.codes);
        if (!account) return account.error();
        added.push_back(std::move(*account));
      }
      return {};
    });
    if (!done) return done.error();
    std::move(added.begin(), added.end(), std::back_inserter(all));
  }
  return all;
}

/// Entries as openings by officials leave them, each with its notice.
result<void> add_entries(service::Context const& context, ports::Transaction& transaction, ports::RecordId id,
                         std::uint64_t count) {
  auto row = transaction.record(id);
  auto const key = transaction.key(id);
  if (!row || !key) return base::fail(base::errc::corrupted, "A record or its key is missing.");
  for (std::uint64_t i = 0; i < count; ++i) {
    service::Draft const draft{"clerk-school",
                               "school-office",
                               "school-enrolment",
                               fmt::format("S-2026-{}", i),
                               service::operation::opening,
                               {rules::Field::family_name, rules::Field::given_names}};
    base::Time const at = service::filing_time(context, *row);
    auto const receipt =
        service::append_entry(context, transaction, *row, *key, draft, row->state_tag, at, service::EntryKind::write);
    if (!receipt) return receipt.error();
    transaction.add_notice({id, receipt->entry, false, at});
  }
  transaction.update_record(*row);
  return {};
}

/// Gives the token of the one whose history it is.
result<std::string> write_history(app::Assembly const& assembly, Wish const& wish) {
  service::Context const context = assembly.context();
  ports::RecordId id{};
  std::string token;
  auto const begun = write(assembly, [&](ports::Transaction& transaction) -> result<void> {
    auto const record = record_of(transaction, wish, wish.accounts / 2);
    if (!record) return record.error();
    id = *record;
    token = service::open_session(context, transaction, id, ports::SignInProof::test_name)
                .token.reveal(base::Disclosure::to_holder);
    return {};
  });
  if (!begun) return begun.error();
  for (std::uint64_t done = 0; done < wish.entries; done += entries_in_one_transaction) {
    auto const added = write(assembly, [&](ports::Transaction& transaction) {
      return add_entries(context, transaction, id, std::min(entries_in_one_transaction, wish.entries - done));
    });
    if (!added) return added.error();
  }
  return token;
}

result<std::string> sign_in_official(app::Assembly const& assembly) {
  std::string token;
  auto const done = write(assembly, [&](ports::Transaction& transaction) -> result<void> {
    auto const session = service::sign_in_specimen_official(assembly.context(), transaction, "clerk-school");
    if (!session) return session.error();
    token = session->token.reveal(base::Disclosure::to_holder);
    return {};
  });
  return done ? result<std::string>{token} : result<std::string>{done.error()};
}

result<void> prepare(app::Assembly const& assembly, Wish const& wish) {
  auto const accounts = sign_in_all(assembly, wish);
  if (!accounts) return accounts.error();
  auto const history = write_history(assembly, wish);
  if (!history) return history.error();
  auto const official = sign_in_official(assembly);
  if (!official) return official.error();
  auto const directory = assembly.layout.root / "bench";
  std::filesystem::create_directories(directory);
  std::ofstream tokens{directory / "tokens.txt"};
  for (Account const& account : *accounts) tokens << account.token << '\n';
  std::ofstream codes{directory / "codes.txt"};
  for (std::uint64_t i = 0; i < wish.codes; ++i)
    for (Account const& account : *accounts) codes << account.codes[i] << '\n';
  std::ofstream{directory / "history.txt"} << *history << '\n';
  std::ofstream{directory / "official.txt"} << *official << '\n';
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "Use: bench_accounts DIR PEOPLE ACCOUNTS CODES ENTRIES\n";
    return 2;
  }
  auto const assembly = abode::app::open_register(argv[1]);
  if (!assembly) {
    std::cerr << assembly.error().detail << '\n';
    return 1;
  }
  auto const done =
      prepare(*assembly, Wish{std::stoull(argv[2]), std::stoull(argv[3]), std::stoull(argv[4]), std::stoull(argv[5])});
  if (!done) std::cerr << done.error().detail << '\n';
  return done ? 0 : 1;
}
