// Fills a test register for the benchmarks: people with a session each, and opening codes of theirs.
//   bench_populate DIR PEOPLE CODES
// writes DIR/bench/tokens.txt (a bearer token a line), DIR/bench/codes.txt (an opening code a line) and
// DIR/bench/official.txt (an official's token). DIR is a fresh register of test mode that is not being served.
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "app/assembly.hpp"
#include "service/enrolment.hpp"
#include "service/opening_codes.hpp"
#include "service/sessions.hpp"

namespace {

using namespace abode;

constexpr std::size_t people_in_one_transaction = 500;

struct Person {
  std::string token;
  std::string code;
};

service::Identity person_number(std::size_t number) {
  return {{fmt::format("SPECIMEN{}", number), "BENCH"},
          base::Date{std::chrono::year{1980}, std::chrono::January, std::chrono::day{1}},
          {identity::DocumentKind::passport, fmt::format("B{:08}", number)}};
}

base::result<Person> add_person(service::Context const& context, ports::Transaction& transaction, std::size_t number,
                                bool with_code) {
  auto const record = service::enrol(context, transaction, person_number(number));
  if (!record) return record.error();
  auto const session = service::open_session(context, transaction, *record, ports::SignInProof::test_name);
  Person person{session.token.reveal(base::Disclosure::to_holder), {}};
  if (!with_code) return person;
  auto const holder = ports::HolderSession::prove(transaction, session.token, context.clock.now());
  if (!holder) return holder.error();
  auto const made =
      service::make_opening_code(context, transaction, *holder, {rules::Field::family_name, rules::Field::given_names},
                                 std::chrono::minutes{600}, {});
  if (!made) return made.error();
  person.code = made->code.code->reveal(base::Disclosure::to_holder);
  return person;
}

base::result<void> populate(app::Assembly const& assembly, std::size_t people, std::size_t codes) {
  auto const directory = assembly.layout.root / "bench";
  std::filesystem::create_directories(directory);
  std::ofstream tokens{directory / "tokens.txt"};
  std::ofstream code_file{directory / "codes.txt"};
  service::Context const context = assembly.context();
  for (std::size_t first = 0; first < people; first += people_in_one_transaction) {
    std::vector<Person> added;
    auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
      added.clear();
      for (std::size_t number = first; number < std::min(people, first + people_in_one_transaction); ++number) {
        auto person = add_person(context, transaction, number, number < codes);
        if (!person) return person.error();
        added.push_back(std::move(*person));
      }
      return {};
    });
    if (!commit) return commit.error();
    for (Person const& person : added) {
      tokens << person.token << '\n';
      if (!person.code.empty()) code_file << person.code << '\n';
    }
  }
  std::string official;
  auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    auto const session = service::sign_in_specimen_official(context, transaction, "clerk-school");
    if (!session) return session.error();
    official = session->token.reveal(base::Disclosure::to_holder);
    return {};
  });
  if (!commit) return commit.error();
  std::ofstream{directory / "official.txt"} << official << '\n';
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "Use: bench_populate DIR PEOPLE CODES\n";
    return 2;
  }
  auto const assembly = abode::app::open_register(argv[1]);
  if (!assembly) {
    std::cerr << assembly.error().detail << '\n';
    return 1;
  }
  auto const done = populate(*assembly, std::stoul(argv[2]), std::stoul(argv[3]));
  if (!done) std::cerr << done.error().detail << '\n';
  return done ? 0 : 1;
}
