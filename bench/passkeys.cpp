// Measures signing in with passkeys: the check of the signature on two threads, and the use case on the store's writer.
//   bench_passkeys DIR PEOPLE SECONDS
// makes a register in DIR with so many people, each with a passkey. Prints lines "what|figure|unit"; the check of a
// signature alone, on one thread, is measured in turns with the whole.
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "app/assembly.hpp"
#include "figures.hpp"
#include "service/enrolment.hpp"
#include "service/passkeys.hpp"
#include "support/authenticator.hpp"

namespace {

using namespace abode;
using namespace bench;
using test::Authenticator;

constexpr std::size_t checking_threads = 2;
constexpr std::size_t raw_checks_in_a_turn = 1000;
webauthn::RelyingParty const party{"localhost", {"http://localhost:8080"}};

struct Person {
  std::unique_ptr<Authenticator> device;
  webauthn::PublicKey key;
};

template <class T>
T write(app::Assembly const& assembly, std::function<base::result<T>(ports::Transaction&)> run) {
  std::optional<T> made;
  auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> base::result<void> {
    auto outcome = run(transaction);
    if (!outcome) return outcome.error();
    made.emplace(std::move(*outcome));
    return {};
  });
  if (!commit) must(base::result<int>{commit.error()});
  return std::move(*made);
}

Person add_person(app::Assembly const& assembly, std::size_t number) {
  service::Context const context = assembly.context();
  Person person{std::make_unique<Authenticator>(), {}};
  write<int>(assembly, [&](ports::Transaction& transaction) -> base::result<int> {
    service::Identity const identity{{"Bench", fmt::format("Person {}", number)},
                                     {},
                                     {identity::DocumentKind::passport, fmt::format("B{}", number)}};
    auto const record = service::enrol(context, transaction, identity);
    if (!record) return record.error();
    auto const opened = service::open_session(context, transaction, *record, ports::SignInProof::test_name);
    auto const session = ports::HolderSession::prove(transaction, opened.token, context.clock.now());
    if (!session) return session.error();
    auto const invitation = service::invite_passkey(context, transaction, *session);
    if (!invitation) return invitation.error();
    auto const made = person.device->create(invitation->challenge);
    auto const credential = webauthn::check_registration(party, invitation->challenge, made);
    if (!credential) return credential.error();
    person.key = credential->key;
    auto const added = service::add_passkey(context, party, transaction, *session, {"Phone", made}, {});
    if (!added) return added.error();
    return 0;
  });
  return person;
}

/// Everybody signs in once, as fast as it goes; how many a second.
double sign_all_in(app::Assembly const& assembly, std::vector<webauthn::Assertion> const& answers) {
  service::Context const context = assembly.context();
  std::mutex mutex;
  std::condition_variable all_done;
  std::size_t done = 0;
  std::atomic<std::size_t> next = 0;
  auto const sign_in = [&](webauthn::Assertion const& answer) {
    std::optional<service::CheckedPasskey> checked;
    must(assembly.store->read([&](ports::Snapshot& snapshot) -> base::result<void> {
      checked = must(service::check_passkey(context, party, snapshot, answer));
      return {};
    }));
    assembly.store->write(
        [&context, checked = *checked](ports::Transaction& transaction) -> base::result<void> {
          auto const signed_in = service::sign_in_with_passkey(context, transaction, checked);
          return signed_in ? base::result<void>{} : base::result<void>{signed_in.error()};
        },
        [&](base::result<ports::Commit> const& commit) {
          if (!commit) must(base::result<int>{commit.error()});
          std::lock_guard const lock{mutex};
          if (++done == answers.size()) all_done.notify_one();
        });
  };
  auto const start = Clock::now();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < checking_threads; ++i)
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < answers.size(); at = next++) sign_in(answers[at]);
    });
  for (std::thread& thread : threads) thread.join();
  std::unique_lock lock{mutex};
  all_done.wait(lock, [&] { return done == answers.size(); });
  return static_cast<double>(answers.size()) / seconds_since(start);
}

/// The check of the signature alone, with all that WebAuthn asks besides.
double check_alone(std::vector<Person> const& people, std::vector<webauthn::Assertion> const& answers) {
  auto const start = Clock::now();
  for (std::size_t i = 0; i < raw_checks_in_a_turn; ++i) {
    std::size_t const at = i % answers.size();
    auto const challenge = must(webauthn::challenge_in(answers[at].client_data));
    must(webauthn::check_assertion(party, challenge, people[at].key, answers[at]));
  }
  return static_cast<double>(raw_checks_in_a_turn) / seconds_since(start);
}

int measure(std::filesystem::path const& directory, std::size_t count, double seconds) {
  must(app::create_register(directory, service::Mode::test, "generic", "http://localhost:8080"));
  auto const assembly = must(app::open_register(directory));
  std::vector<Person> people;
  for (std::size_t i = 0; i < count; ++i) people.push_back(add_person(assembly, i));
  std::vector<double> whole;
  std::vector<double> raw;
  std::vector<double> ratios;
  auto const start = Clock::now();
  while (whole.empty() || seconds_since(start) < seconds) {
    std::vector<webauthn::Assertion> answers;
    for (Person const& person : people)
      answers.push_back(person.device->get(service::sign_in_challenge(assembly.context())));
    whole.push_back(sign_all_in(assembly, answers));
    raw.push_back(check_alone(people, answers));
    ratios.push_back(whole.back() / raw.back());
  }
  print("sign-ins with a passkey, on two threads and the writer", spread_of(whole), "a second");
  print("checks of a passkey's answer alone, on one thread", spread_of(raw), "a second");
  print("times the check alone", spread_of(ratios), "");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "Usage: bench_passkeys DIR PEOPLE SECONDS\n";
    return 2;
  }
  return measure(argv[1], std::stoul(argv[2]), std::stod(argv[3]));
}
